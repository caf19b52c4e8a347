"""The pages of a transcript: one for each cover and each table of a matrix, and one for the text around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.model.issue import Issue
from pipeline.transcript.cover_text import Cover
from pipeline.transcript.dictionary import Dictionary
from pipeline.transcript.known_words import Vocabulary
from pipeline.transcript.page_tables import cover_table, matrix_columns, matrix_table
from pipeline.transcript.page_texts import MatrixSheet, Sheet
from pipeline.transcript.typesetting import PlacedPage, place_page


def place_sheets(sheets: Sequence[Sheet], words: Dictionary, vocabulary: Vocabulary) -> list[PlacedPage]:
    """Place every sheet on a page of its own, numbered from 1."""
    return [_placed(number, sheet, sheets, words, vocabulary) for number, sheet in enumerate(sheets, 1)]


def _placed(
    number: int, sheet: Sheet, sheets: Sequence[Sheet], words: Dictionary, vocabulary: Vocabulary
) -> PlacedPage:
    settings = words.settings
    if isinstance(sheet, Cover):
        heading = [sheet.heading] if sheet.heading else []
        table = cover_table(sheet, vocabulary, settings)
        return place_page(number, heading, table, [], _debris(sheet.debris, number), settings)
    if isinstance(sheet, MatrixSheet):
        same = [other.table for other in sheets if isinstance(other, MatrixSheet) and other.sop == sheet.sop]
        table = matrix_table(sheet.table, matrix_columns(same, words), words)
        return place_page(number, sheet.title, table, sheet.below, _matrix_issues(sheet, number), settings)
    return place_page(number, sheet.paragraphs, None, [], [], settings)


def _matrix_issues(sheet: MatrixSheet, number: int) -> list[Issue]:
    issues = _debris(sheet.table.head.debris if sheet.table.head else (), number)
    if sheet.table.shifted:
        rows = ", ".join(sheet.table.shifted)
        message = f"page {number}: rows {rows} had lost or gained empty cells and were put under the columns they fit"
        issues.append(Issue(code="rows-realigned", severity="info", message=message))
    return issues


def _debris(texts: Iterable[str], number: int) -> list[Issue]:
    """What was read and taken for nothing, told word by word."""
    told = list(dict.fromkeys(text for text in texts if text))
    if not told:
        return []
    listed = ", ".join(f'"{text}"' for text in told)
    return [Issue(code="transcript-debris", severity="info", message=f"page {number}: not taken for data: {listed}")]

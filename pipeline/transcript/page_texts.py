"""A transcript's blocks put together as covers, matrices and the text around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.model.issue import Issue
from pipeline.transcript.blocks import Block, Row
from pipeline.transcript.boxes import Lines, first_box_row
from pipeline.transcript.column_heads import Head, agreed_heads
from pipeline.transcript.cover_text import (
    Cover,
    is_cover,
    known_lines,
    opens_box,
    read_cover_table,
    split_by_known,
    with_lost_ends,
    with_paragraphs,
)
from pipeline.transcript.dictionary import Dictionary, line_of
from pipeline.transcript.identity import label_column
from pipeline.transcript.known_words import Vocabulary
from pipeline.transcript.matrix_text import MatrixTable, is_matrix, read_matrix, table_head
from pipeline.transcript.merged_columns import KnownLines
from pipeline.transcript.page_tables import cover_table, matrix_columns, matrix_table
from pipeline.transcript.typesetting import PlacedPage, place_page

_TITLE = re.compile(r"(?:sop|standar|prosedur)\b", re.IGNORECASE)
_SIGNED = re.compile(r"\bNIP\b|,$", re.IGNORECASE)


@dataclass
class CoverPart:
    """The blocks of a cover: paragraphs above its table, its rows, paragraphs below."""

    above: list[Block]
    rows: list[Row]
    below: list[Block] = field(default_factory=list)


@dataclass
class MatrixPart:
    """One table of a matrix, with its title above and what stands below it."""

    title: list[Block]
    rows: list[Row]
    below: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class MatrixSheet:
    """One table of a matrix, the paragraphs above and below it, and the number of the matrix it is a part of."""

    title: tuple[Lines, ...]
    table: MatrixTable
    below: tuple[Lines, ...]
    sop: int


@dataclass(frozen=True)
class TextSheet:
    """Paragraphs that belong to neither."""

    paragraphs: tuple[Lines, ...]


Sheet = Cover | MatrixSheet | TextSheet


def sheets_of(blocks: Sequence[Block], words: Dictionary, vocabulary: Vocabulary) -> list[Sheet]:
    """The transcript as one sheet per cover and per table of a matrix, in order."""
    parts, rest = _parts(blocks, words, vocabulary)
    covers = _covers([part for part in parts if isinstance(part, CoverPart)], words, vocabulary)
    matrices = _matrices([part for part in parts if isinstance(part, MatrixPart)], words, vocabulary)
    sheets: list[Sheet] = [covers.pop(0) if isinstance(part, CoverPart) else matrices.pop(0) for part in parts]
    return [*sheets, TextSheet(_lines(rest))] if rest else sheets


def _matrices(parts: Sequence[MatrixPart], words: Dictionary, vocabulary: Vocabulary) -> list[MatrixSheet]:
    """All tables of matrices; one without a head goes on with the one before it."""
    heads = [table_head(part.rows, words, vocabulary) for part in parts]
    agreed = iter(agreed_heads([head for head in heads if head], words, vocabulary))
    sheets: list[MatrixSheet] = []
    before: Head | None = None
    for sop, (part, found) in enumerate(zip(parts, heads, strict=True)):
        head = next(agreed) if found else None
        table = read_matrix(part.rows, head, before, words, vocabulary)
        before = head or before
        goes_on = head is None and sheets and len(sheets[-1].table.columns) == len(table.columns)
        same = sheets[-1].sop if goes_on else sop
        sheets.append(MatrixSheet(_lines(part.title), table, _lines(part.below), same))
    return sheets


def _parts(
    blocks: Sequence[Block], words: Dictionary, vocabulary: Vocabulary
) -> tuple[list[CoverPart | MatrixPart], list[Block]]:
    """Covers and matrix tables in order, with the paragraphs that belong to them; the rest where there are none."""
    parts: list[CoverPart | MatrixPart] = []
    pending: list[Block] = []
    for block in blocks:
        last = parts[-1] if parts else None
        cover = last if isinstance(last, CoverPart) else None
        if block.rows and is_matrix(block.rows, vocabulary, words.settings):
            parts.append(MatrixPart(pending or _title_of(cover), list(block.rows)))
            pending = []
        elif block.rows and is_cover(block.rows, words, vocabulary):
            if cover and not pending and _only_boxes(block, words, vocabulary):
                cover.rows += block.rows
            else:
                parts.append(CoverPart(_unsigned(pending, last), list(block.rows)))
                pending = []
        elif cover and (cover.below or opens_box(block, words, vocabulary)):
            cover.below.append(_as_text(block))
        else:
            pending.append(_as_text(block))
    if parts and pending:
        parts[-1].below += pending
        pending = []
    return parts, pending


def _only_boxes(block: Block, words: Dictionary, vocabulary: Vocabulary) -> bool:
    return (
        label_column(block.rows, vocabulary, words.settings) is None
        and first_box_row(block.rows, words, vocabulary) == 0
    )


def _title_of(cover: CoverPart | None) -> list[Block]:
    """A title that closes the paragraphs of a cover, taken from them: the matrix's own."""
    if cover and len(cover.below) > 1 and len(cover.below[-1].lines) == 1 and _TITLE.match(cover.below[-1].text):
        return [cover.below.pop()]
    return []


def _unsigned(pending: list[Block], last: CoverPart | MatrixPart | None) -> list[Block]:
    """The paragraphs before a cover that are its own; a signature goes to the matrix before it."""
    ends = [index for index, block in enumerate(pending) if any(_SIGNED.search(line) for line in block.lines)]
    if not ends or not isinstance(last, MatrixPart):
        return pending
    last.below += pending[: ends[-1] + 1]
    return pending[ends[-1] + 1 :]


def _as_text(block: Block) -> Block:
    """A table that is neither, as the lines it has."""
    if not block.rows:
        return block
    lines = (" ".join(cell for cell in row if cell) for row in block.rows)
    return Block(block.line, tuple(line for line in lines if line))


def _covers(parts: Sequence[CoverPart], words: Dictionary, vocabulary: Vocabulary) -> list[Cover]:
    """All covers; those that lost their columns or lines are read with the help of those that did not."""
    first = [_cover(part, KnownLines(), words, vocabulary) for part in parts]
    known = known_lines(cover for cover in first if not (cover.whole or cover.flowed))
    again = [
        _cover(part, known, words, vocabulary) if cover.flowed else cover
        for part, cover in zip(parts, first, strict=True)
    ]
    return [with_lost_ends(split_by_known(cover, again), again, words) for cover in again]


def _cover(part: CoverPart, known: KnownLines, words: Dictionary, vocabulary: Vocabulary) -> Cover:
    cover = read_cover_table(part.rows, known, words, vocabulary)
    return with_paragraphs(cover, part.above, part.below, words, vocabulary)


def _lines(blocks: Sequence[Block]) -> tuple[Lines, ...]:
    return tuple(tuple(line_of(line) for line in block.lines) for block in blocks)


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

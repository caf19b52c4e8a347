"""Columns of a scanned matrix that are empty in every row, though something stands in them: read again, or told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.layout.text_lines import lines_of
from pipeline.message import msg
from pipeline.model.draft import Column, MatrixDraft
from pipeline.model.issue import Issue
from pipeline.model.page import ReadAgain, Word
from pipeline.model.pointer import pointer
from pipeline.settings import ExtractSettings

_KINDS = ("kelengkapan", "waktu", "output", "keterangan")


def with_empty_columns_read(draft: MatrixDraft, read_again: ReadAgain, settings: ExtractSettings) -> MatrixDraft:
    """Read columns that have a head and no word in any row again, where most of their cells hold ink.

    Args:
        draft: The matrix; only its rows on scanned pages are looked at.
        read_again: Reads boxes of a page in another way.
        settings: The thresholds.

    Returns:
        The matrix with what was read now, and an issue for every cell with ink that stayed empty.
    """
    scanned = {part.page.number for part in draft.parts if part.page.kind == "scan" and not part.page.tiles}
    for column in draft.columns:
        cells = [row.cells[column.index] for row in draft.rows if column.index in row.cells]
        empty = column.kind in _KINDS and column.head.lines and not any(cell.lines for cell in cells)
        if empty and len(cells) >= settings.empty_rows and all(cell.page in scanned for cell in cells):
            draft = _read_column(draft, column, read_again, settings)
    return draft


def _read_column(draft: MatrixDraft, column: Column, read_again: ReadAgain, settings: ExtractSettings) -> MatrixDraft:
    found: dict[int, tuple[Word, ...]] = {}
    cells = {place: row.cells[column.index] for place, row in enumerate(draft.rows) if column.index in row.cells}
    for number in sorted({cell.page for cell in cells.values()}):
        places = [place for place, cell in cells.items() if cell.page == number]
        readings = read_again(number, [cells[place].box for place in places])
        found |= {place: words for place, words in zip(places, readings, strict=True) if words is not None}
    if len(found) < settings.inked_share * len(cells):
        return draft
    issues = [_unread(place, column) for place, words in found.items() if not words]
    return replace(_filled(draft, column, found), issues=(*draft.issues, *issues))


def _filled(draft: MatrixDraft, column: Column, found: Mapping[int, tuple[Word, ...]]) -> MatrixDraft:
    rows = list(draft.rows)
    for place, words in found.items():
        cell = rows[place].cells[column.index]
        filled = replace(cell, lines=lines_of(words))
        rows[place] = replace(rows[place], cells={**rows[place].cells, column.index: filled})
    return replace(draft, rows=tuple(rows))


def _unread(place: int, column: Column) -> Issue:
    path = pointer("kegiatan", place, *(() if column.kind == "keterangan" else ("mutu_baku",)), column.kind)
    message = msg(
        "something stands in the {field} of step {no}, but could not be read", field=column.kind, no=place + 1
    )
    return Issue.of("column-unread", "warning", message, path)

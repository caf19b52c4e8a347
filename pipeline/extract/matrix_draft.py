"""The activity matrix as one draft, its rows joined over page breaks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.layout.sop_tables import MatrixTable, row_number
from pipeline.layout.text_lines import flat
from pipeline.message import msg
from pipeline.model.draft import Band, Column, Lane, MatrixDraft, MatrixPart, RowDraft
from pipeline.model.issue import Issue
from pipeline.model.page import CellText

TOTAL = re.compile(r"\W*(?:(?:jumlah|total)\b|(?:keterangan|ket\.?|catatan)\s*:)", re.IGNORECASE)

Cells = Mapping[int, CellText]


def read_matrix(tables: Sequence[MatrixTable]) -> MatrixDraft:
    """Join the tables of a matrix, in page order, to one draft: its rows are numbered by their order from 1.

    Tables with more columns of the same rows, on sheets of their own, are joined row by row.
    """
    draft = _with_rows([table for table in tables if not table.side])
    sides = [table for table in tables if table.side]
    return _with_side(draft, sides) if sides else draft


def _with_rows(tables: Sequence[MatrixTable]) -> MatrixDraft:
    """The tables that stand below each other as one draft."""
    columns = tables[0].columns
    rows: list[RowDraft] = []
    parts: list[MatrixPart] = []
    issues: list[Issue] = []
    for n, table in enumerate(tables):
        bands: list[Band] = []
        for i, ((top, bottom), cells) in enumerate(zip(table.body.bands, table.body.texts, strict=True)):
            following = table.body.texts[i + 1] if i + 1 < len(table.body.texts) else None
            if _is_total(cells, columns):
                issues.append(_no_step(cells, table.page.number))
                continue
            if n and i == 0 and rows and _goes_on(cells, following, rows, columns):
                rows[-1] = RowDraft(rows[-1].no, _joined(rows[-1].cells, cells))
            else:
                rows.append(RowDraft(len(rows) + 1, dict(cells)))
            bands.append(Band(rows[-1].no, top, bottom))
        issues += [_title_row(title) for title in table.body.titles]
        parts.append(MatrixPart(table.page, table.box, tuple(bands), _lanes(table)))
    issues += _miscounted(tables)
    return MatrixDraft(columns, tuple(rows), tuple(parts), tables[0].title, tuple(issues))


def _with_side(draft: MatrixDraft, sides: Sequence[MatrixTable]) -> MatrixDraft:
    """The draft with the columns of other sheets: each row's cells by its number there, or else by its place."""
    rows = [
        (table, band, cells) for table in sides for band, cells in zip(table.body.bands, table.body.texts, strict=True)
    ]
    places = _places(draft, sides, [cells for _, _, cells in rows])
    if places is None:
        pages = sorted({table.page.number for table in sides})
        return replace(draft, issues=(*draft.issues, _unjoined(len(draft.rows), len(rows), pages)))
    first = len(draft.columns)
    added = [column for column in sides[0].columns if column.kind != "no"]
    index = {column.index: first + i for i, column in enumerate(added)}
    cells_of = [dict(row.cells) for row in draft.rows]
    bands: dict[int, list[Band]] = {}
    for (table, (top, bottom), cells), place in zip(rows, places, strict=True):
        cells_of[place].update((index[i], cell) for i, cell in cells.items() if i in index)
        bands.setdefault(table.page.number, []).append(Band(place + 1, top, bottom))
    return replace(
        draft,
        columns=(*draft.columns, *(replace(column, index=index[column.index]) for column in added)),
        rows=tuple(replace(row, cells=cells) for row, cells in zip(draft.rows, cells_of, strict=True)),
        parts=(*draft.parts, *(MatrixPart(t.page, t.box, tuple(bands.get(t.page.number, ())), ()) for t in sides)),
    )


def _places(draft: MatrixDraft, sides: Sequence[MatrixTable], rows: Sequence[Cells]) -> list[int] | None:
    """The place, from 0, of the step that each row of other sheets belongs to; None where nobody can tell."""
    own = [row_number(row.cells, draft.columns) for row in draft.rows]
    theirs = [row_number(cells, sides[0].columns) for cells in rows]
    known = {number: place for place, number in enumerate(own) if number is not None}
    if len(known) == len(own) and len(set(theirs)) == len(theirs) and all(number in known for number in theirs):
        return [known[number] for number in theirs if number is not None]
    return list(range(len(rows))) if len(rows) == len(draft.rows) else None


def _unjoined(steps: int, rows: int, pages: Sequence[int]) -> Issue:
    one = msg("page {page}", page=pages[0])
    message = msg(
        "{where}: {rows} row(s) with more columns of {steps} step(s); nobody can tell which belongs to which",
        where=one if len(pages) == 1 else msg("pages {first}-{last}", first=pages[0], last=pages[-1]),
        rows=rows,
        steps=steps,
    )
    return Issue.of("side-rows-unjoined", "warning", message)


def _miscounted(tables: Sequence[MatrixTable]) -> list[Issue]:
    """Tell, once, that the row that counts the columns does not count those that were found.

    One number may be misread: the last two that stand alone in their cells have to be off by the same.
    """
    for table in tables:
        counted = table.body.counted
        off = [int(text) - place for place, text in enumerate(counted, 1) if text.isdecimal()][-2:]
        if len(off) == 2 and off[0] == off[1] != 0:
            message = msg(
                "page {page}: {columns} columns were found, where the row below the heads counts {counted}",
                page=table.page.number,
                columns=len(counted),
                counted=len(counted) + off[1],
            )
            return [Issue.of("columns-miscounted", "info", message)]
    return []


def _lanes(table: MatrixTable) -> tuple[Lane, ...]:
    return tuple(
        Lane(c.index, table.edges[c.index], table.edges[c.index + 1]) for c in table.columns if c.kind == "pelaksana"
    )


def _text(cells: Cells, columns: Sequence[Column], kind: str) -> str:
    return " ".join(flat(cells[c.index]) for c in columns if c.kind == kind)


def _goes_on(cells: Cells, following: Cells | None, rows: Sequence[RowDraft], columns: Sequence[Column]) -> bool:
    """Whether the first row of a page ends the last one of the page before.

    It has no number of its own where rows are numbered, and the next number, or its words, tell that it is no new row.
    """
    if not _text(cells, columns, "kegiatan"):
        return True
    if _text(cells, columns, "no").strip() or not any(row_number(row.cells, columns) for row in rows):
        return False
    last = row_number(rows[-1].cells, columns)
    after = row_number(following, columns) if following else None
    if last is not None and after is not None:
        return after == last + 1
    return _text(cells, columns, "kegiatan")[:1].islower() or not _text(cells, columns, "waktu")


def _joined(first: Cells, second: Cells) -> dict[int, CellText]:
    """A row's cells over a page break: the lines of both pages, under the first one's box where it has words."""
    joined: dict[int, CellText] = {}
    for index, cell in first.items():
        other = second.get(index)
        if other is None or not other.lines:
            joined[index] = cell
        else:
            joined[index] = replace(cell, lines=cell.lines + other.lines) if cell.lines else other
    return joined


def _is_total(cells: Cells, columns: Sequence[Column]) -> bool:
    """A row that adds up the others ("Jumlah waktu", "Total"), or explains the table ("Ket :"), is no activity."""
    return not _text(cells, columns, "no").strip() and bool(TOTAL.match(_text(cells, columns, "kegiatan")))


def _no_step(cells: Cells, page: int) -> Issue:
    words = " | ".join(flat(cell) for cell in cells.values() if cell.lines)
    message = msg("page {page}: a row that is no activity: {words}", page=page, words=words)
    return Issue.of("row-not-a-step", "info", message)


def _title_row(title: CellText) -> Issue:
    message = msg("page {page}: a row over all columns is no activity: {words}", page=title.page, words=flat(title))
    return Issue.of("row-not-a-step", "info", message)

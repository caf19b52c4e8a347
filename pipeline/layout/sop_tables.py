"""The tables of one page: those of a cover, and its matrices, with or without a head of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.layout.cover_labels import CoverTable
from pipeline.layout.matrix_head import MUTU_BAKU, MatrixHead, find_head, find_side_head
from pipeline.layout.matrix_rows import MatrixBody, read_body
from pipeline.layout.merged_heads import with_split_heads
from pipeline.layout.ruled_page import RuledPage, TableCells
from pipeline.layout.ruled_tables import Table
from pipeline.layout.text_lines import flat, lines_of, title_lines, words_in
from pipeline.model.draft import Column
from pipeline.model.geometry import Box
from pipeline.model.headings import Headings
from pipeline.model.orientation import Orientation
from pipeline.model.page import CellText, Page
from pipeline.model.rulings import covered_lengths
from pipeline.settings import LayoutSettings

ROW_NUMBER = re.compile(r"\D?(\d{1,3})\D{0,2}")


@dataclass(frozen=True)
class MatrixTable:
    """A matrix on one page; `headed` tells whether it prints its head, `title` what stands above it.

    A `side` table holds more columns of the rows of a matrix that is printed on sheets before it.
    """

    page: Page
    table: Table
    columns: tuple[Column, ...]
    edges: tuple[float, ...]
    body: MatrixBody
    headed: bool
    title: CellText | None
    side: bool = False

    @property
    def box(self) -> Box:
        """The box around its columns and activity rows."""
        bottom = self.body.bands[-1][1] if self.body.bands else self.table.box.bottom
        top = self.body.bands[0][0] if self.body.bands else self.table.box.top
        return Box(self.edges[0], top, self.edges[-1], bottom)

    @property
    def first_number(self) -> int | None:
        """The first number that the No column prints here."""
        return next(iter(self._numbers()), None)

    @property
    def last_number(self) -> int | None:
        """The last number that the No column prints here."""
        return next(reversed(self._numbers()), None)

    def _numbers(self) -> list[int]:
        printed = (row_number(row, self.columns) for row in self.body.texts)
        return [number for number in printed if number is not None]


def row_number(cells: Mapping[int, CellText], columns: Sequence[Column]) -> int | None:
    """The number that the No column prints in a row of cells, by column index; None where there is none."""
    column = next((c.index for c in columns if c.kind == "no"), None)
    found = ROW_NUMBER.fullmatch(flat(cells[column])) if column is not None else None
    return int(found[1]) if found else None


def read_page(
    ruled: RuledPage, headings: Headings, settings: LayoutSettings, before: Sequence[MatrixTable] = ()
) -> tuple[list[CoverTable], list[MatrixTable]]:
    """Find the cover tables and the matrices of one page.

    Args:
        ruled: The page, with its tables.
        headings: The known labels.
        settings: The thresholds.
        before: The tables so far of the matrix at hand, which a table without a head may go on with.

    Returns:
        Both from top to bottom. A table without labels counts as a cover's where no matrix stands above it: the boxes
        of a cover may go on in it.
    """
    covers: list[CoverTable] = []
    matrices: list[MatrixTable] = []
    page, above = ruled.page, 0.0
    for cells in ruled.tables:
        table, grid, texts = cells.table, cells.grid, cells.texts
        head = find_head(cells, headings, settings)
        bottom = head.top if head else table.box.bottom
        labels = cells.labels_above(bottom)
        labels = labels if not head or len(labels) > 1 else ()  # one is a title that sounds like a label
        if head:
            matrices.append(_headed(page, table, head, above, bool(labels), before, settings))
        elif len(labels) < settings.continued_labels and (
            going_on := _beside(cells, before, headings, settings) or _headless(page, table, before, settings)
        ):
            matrices.append(going_on)
        if labels or not (head or matrices):
            box = Box(table.box.x0, table.box.top, table.box.x1, bottom)
            covers.append(CoverTable(page, grid, texts, labels, box))
        above = table.box.bottom
    return covers, matrices


def _beside(
    cells: TableCells, before: Sequence[MatrixTable], headings: Headings, settings: LayoutSettings
) -> MatrixTable | None:
    """The table as more columns of a matrix that lacks those of Mutu Baku; None where it lacks none."""
    page, table = cells.page, cells.table
    if not before or page.number - before[-1].page.number > 1 or page.number == before[-1].page.number:
        return None
    if any(column.kind in MUTU_BAKU for part in before if not part.side for column in part.columns):
        return None
    head = find_side_head(cells, headings, settings)
    if head is None:
        return None
    body = read_body(page, table, head.bottom, head.columns, head.edges, settings)
    return MatrixTable(page, table, head.columns, head.edges, body, True, None, side=True)


def _headed(
    page: Page,
    table: Table,
    head: MatrixHead,
    above: float,
    with_cover: bool,
    parts: Sequence[MatrixTable],
    settings: LayoutSettings,
) -> MatrixTable:
    head = with_split_heads(page, table, head, settings)
    body = read_body(page, table, head.bottom, head.columns, head.edges, settings)
    title = None
    if not with_cover:
        inside = _words_between(page, table.box.top, head.top, table.box)
        title = inside or _title(page, above, table.box.top, settings)
    found = MatrixTable(page, table, head.columns, head.edges, body, True, title)
    before = next((part for part in reversed(parts) if not part.side), None)
    near = parts and page.number - parts[-1].page.number == 1
    if before and near and not with_cover and len(head.columns) != len(before.columns):
        return _with_columns_of(before, found, head.bottom, settings) or found
    return found


def _with_columns_of(
    before: MatrixTable, found: MatrixTable, top: float, settings: LayoutSettings
) -> MatrixTable | None:
    """A matrix as the next part of the one before, whose head differs; None where its numbers do not count on there.

    A head may be drawn otherwise on the next page: two columns under one, or one that lost its words.
    """
    page, last = found.page, before.last_number
    if last is None:
        return None
    fit, edges = _fit(before.edges, before.table, found.table, page.text_size, settings)
    if fit < settings.fit:
        return None
    body = read_body(page, found.table, top, before.columns, edges, settings)
    going_on = MatrixTable(page, found.table, before.columns, edges, body, True, found.title)
    return going_on if going_on.first_number in (last, last + 1) else None


def _words_between(page: Page, top: float, bottom: float, box: Box) -> CellText | None:
    """The text inside a table above its head, where a title has a row of its own."""
    area = Box(box.x0, top, box.x1, bottom)
    lines = title_lines(lines_of(words_in(page.words, area)))
    return CellText(page.number, area, lines) if lines else None


def _title(page: Page, above: float, top: float, settings: LayoutSettings) -> CellText | None:
    """The few lines just above a matrix that stand together, and below y = `above`."""
    area = Box(0.0, above, page.width, top)
    lines = lines_of([w for w in words_in(page.words, area) if w.orientation is Orientation.UPRIGHT])
    taken: list[int] = []
    edge = top
    for i in reversed(range(len(lines))):
        reach = settings.title_gap if taken else settings.title_reach
        if edge - lines[i].box.bottom > reach * page.text_size or len(taken) == settings.title_lines:
            break
        taken.insert(0, i)
        edge = lines[i].box.top
    title = title_lines([lines[i] for i in taken])
    return CellText(page.number, area, title) if title else None


def _headless(page: Page, table: Table, parts: Sequence[MatrixTable], settings: LayoutSettings) -> MatrixTable | None:
    """The table as the next part of the matrix before it, where enough of its column lines stand in the same places.

    Where the rest of its columns has sheets of its own, it may go on with those.
    """
    if not parts or page.number - parts[-1].page.number > 1 or page.number == parts[-1].page.number:
        return None
    sides = [next((part for part in reversed(parts) if part.side is side), None) for side in (False, True)]
    best: tuple[float, MatrixTable, tuple[float, ...]] | None = None
    for before in sides:
        fit, edges = _fit(before.edges, before.table, table, page.text_size, settings) if before else (0.0, ())
        if before and fit >= settings.fit and (best is None or fit > best[0]):
            best = fit, before, edges
    if best is None:
        return None
    _, before, edges = best
    body = read_body(page, table, table.box.top, before.columns, edges, settings)
    return MatrixTable(page, table, before.columns, edges, body, False, None, before.side)


def _fit(
    edges: Sequence[float], before: Table, table: Table, size: float, settings: LayoutSettings
) -> tuple[float, tuple[float, ...]]:
    """The column edges of one page on the next, as they are or as the table has moved and grown, and how many show.

    Returns:
        The share of the edges that are drawn there, 0..1, and all of them.
    """
    scale = table.box.width / before.box.width
    best: tuple[float, tuple[float, ...]] = (0.0, tuple(edges))
    for moved in (
        tuple(edges),
        tuple(x + table.box.x0 - before.box.x0 for x in edges),
        tuple(table.box.x0 + (x - before.box.x0) * scale for x in edges),
    ):
        snapped = [_snapped(x, table, size, settings) for x in moved]
        share = sum(s is not None for s in snapped) / len(moved)
        if share > best[0]:
            best = (share, tuple(x if s is None else s for x, s in zip(moved, snapped, strict=True)))
        if share == 1:
            break
    drawn = _through_lines(table, size, settings)
    if settings.fit <= best[0] < 1 and len(drawn) == len(edges):
        return best[0], drawn
    return best


def _through_lines(table: Table, size: float, settings: LayoutSettings) -> tuple[float, ...]:
    """The lines that run through nearly all of a table's height, by their x.

    Where they are as many as the columns' edges, they are these: some columns are narrower on this page.
    """
    lines = covered_lengths(table.vertical, settings.snap * size, table.box.top, table.box.bottom)
    return tuple(at for at, covered in lines if covered >= settings.through_cover * table.box.height)


def _snapped(x: float, table: Table, size: float, settings: LayoutSettings) -> float | None:
    """The x of a column line near x that runs through most of the table."""
    reach = settings.fit_reach * size
    lines = [line for line in table.vertical if abs(line.at - x) <= reach]
    near = covered_lengths(lines, settings.snap * size, table.box.top, table.box.bottom)
    at, covered = max(near, key=lambda line: line[1], default=(0.0, 0.0))
    return at if near and covered >= settings.fit_cover * table.box.height else None

"""The tables of one page: those of a cover, and its matrices, with or without a head of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.layout.cover_labels import CoverTable, find_labels
from pipeline.layout.matrix_head import MatrixHead, find_head
from pipeline.layout.matrix_rows import MatrixBody, read_body
from pipeline.layout.ruled_tables import Table, grid_of, tables_of
from pipeline.layout.text_lines import flat, lines_of, texts_of
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
    """A matrix on one page; `headed` tells whether it prints its head, `title` what stands above it."""

    page: Page
    table: Table
    columns: tuple[Column, ...]
    edges: tuple[float, ...]
    body: MatrixBody
    headed: bool
    title: CellText | None

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
    page: Page, headings: Headings, settings: LayoutSettings, before: MatrixTable | None
) -> tuple[list[CoverTable], list[MatrixTable]]:
    """Find the cover tables and the matrices of one page.

    Args:
        page: The page, with the rulings of its tables.
        headings: The known labels.
        settings: The thresholds.
        before: The matrix of the page before that a table without a head may go on with.

    Returns:
        Both from top to bottom. A table without labels counts as a cover's where no matrix stands above it: the boxes
        of a cover may go on in it.
    """
    covers: list[CoverTable] = []
    matrices: list[MatrixTable] = []
    above = 0.0
    for table in tables_of(page, settings):
        grid = grid_of(table, page.text_size, settings)
        texts = texts_of(page, grid)
        head = find_head(grid, texts, headings, settings)
        labels = find_labels(page, texts, headings, settings, head.top if head else table.box.bottom)
        labels = labels if not head or len(labels) > 1 else ()  # one is a title that sounds like a label
        if head:
            matrices.append(_headed(page, table, head, above, bool(labels), settings))
        elif (
            before
            and (going_on := _headless(page, table, before, settings))
            and len(labels) < settings.continued_labels
        ):
            matrices.append(going_on)
        if labels or not (head or matrices):
            bottom = head.top if head else table.box.bottom
            box = Box(table.box.x0, table.box.top, table.box.x1, bottom)
            covers.append(CoverTable(page, grid, texts, labels, box))
        above = table.box.bottom
    return covers, matrices


def _headed(
    page: Page, table: Table, head: MatrixHead, above: float, with_cover: bool, settings: LayoutSettings
) -> MatrixTable:
    body = read_body(page, table, head.bottom, head.columns, head.edges, settings)
    title = None
    if not with_cover:
        inside = _words_between(page, table.box.top, head.top, table.box)
        title = inside or _title(page, above, table.box.top, settings)
    return MatrixTable(page, table, head.columns, head.edges, body, True, title)


def _words_between(page: Page, top: float, bottom: float, box: Box) -> CellText | None:
    """The text inside a table above its head, where a title has a row of its own."""
    area = Box(box.x0, top, box.x1, bottom)
    words = [w for w in page.words if area.contains(*w.box.center)]
    return CellText(page.number, area, lines_of(words)) if words else None


def _title(page: Page, above: float, top: float, settings: LayoutSettings) -> CellText | None:
    """The few lines just above a matrix that stand together, and below y = `above`."""
    area = Box(0.0, above, page.width, top)
    lines = lines_of([w for w in page.words if area.contains(*w.box.center) and w.orientation is Orientation.UPRIGHT])
    taken: list[int] = []
    edge = top
    for i in reversed(range(len(lines))):
        reach = settings.title_gap if taken else settings.title_reach
        if edge - lines[i].box.bottom > reach * page.text_size or len(taken) == settings.title_lines:
            break
        taken.insert(0, i)
        edge = lines[i].box.top
    return CellText(page.number, area, tuple(lines[i] for i in taken)) if taken else None


def _headless(page: Page, table: Table, before: MatrixTable, settings: LayoutSettings) -> MatrixTable | None:
    """The table as the next part of the matrix before it, where enough of its column lines stand in the same places."""
    if page.number - before.page.number > 1 or page.number == before.page.number:
        return None
    edges = _fitted(before.edges, before.table, table, page.text_size, settings)
    if edges is None:
        return None
    body = read_body(page, table, table.box.top, before.columns, edges, settings)
    return MatrixTable(page, table, before.columns, edges, body, False, None)


def _fitted(
    edges: Sequence[float], before: Table, table: Table, size: float, settings: LayoutSettings
) -> tuple[float, ...] | None:
    """The column edges of one page on the next: as they are, or as the table has moved and grown; None if neither."""
    scale = table.box.width / before.box.width
    best: tuple[float, tuple[float, ...]] = (0.0, ())
    for moved in (
        tuple(edges),
        tuple(x + table.box.x0 - before.box.x0 for x in edges),
        tuple(table.box.x0 + (x - before.box.x0) * scale for x in edges),
    ):
        snapped = [_snapped(x, table, size, settings) for x in moved]
        share = sum(s is not None for s in snapped) / len(moved)
        if share > best[0]:
            best = (share, tuple(x if s is None else s for x, s in zip(moved, snapped, strict=True)))
    return best[1] if best[0] >= settings.fit else None


def _snapped(x: float, table: Table, size: float, settings: LayoutSettings) -> float | None:
    """The x of a column line near x that runs through most of the table."""
    lines = (line for line in table.vertical() if abs(line.at - x) <= settings.fit_reach * size)
    near = covered_lengths(lines, settings.snap * size, table.box.top, table.box.bottom)
    at, covered = max(near, key=lambda line: line[1], default=(0.0, 0.0))
    return at if near and covered >= settings.fit_cover * table.box.height else None

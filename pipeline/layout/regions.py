"""Which page is a cover, which a matrix, and where one SOP ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.layout.cover_labels import CoverTable, find_labels, is_cover
from pipeline.layout.matrix_head import Head, find_head
from pipeline.layout.matrix_rows import Body, read_body
from pipeline.layout.ruled_tables import Table, grid_of, tables_of
from pipeline.layout.text_lines import flat, lines_of, texts_of
from pipeline.model.draft import Column
from pipeline.model.geometry import Box
from pipeline.model.headings import Headings
from pipeline.model.issue import Issue
from pipeline.model.orientation import Orientation
from pipeline.model.page import CellText, Page
from pipeline.model.rulings import covered_lengths
from pipeline.settings import LayoutSettings

TITLE_LINES = 4


@dataclass(frozen=True)
class MatrixTable:
    """A matrix on one page; `headed` tells whether it prints its head, `title` what stands above it."""

    page: Page
    table: Table
    columns: tuple[Column, ...]
    edges: tuple[float, ...]
    body: Body
    headed: bool
    title: CellText | None

    @property
    def box(self) -> Box:
        bottom = self.body.bands[-1][1] if self.body.bands else self.table.box.bottom
        top = self.body.bands[0][0] if self.body.bands else self.table.box.top
        return Box(self.edges[0], top, self.edges[-1], bottom)

    @property
    def first_number(self) -> int | None:
        """The first number that the No column prints here."""
        return next(iter(self._numbers()), None)

    @property
    def last_number(self) -> int | None:
        return next(reversed(self._numbers()), None)

    def _numbers(self) -> list[int]:
        column = next((c.index for c in self.columns if c.kind == "no"), None)
        if column is None:
            return []
        printed = (re.fullmatch(r"\D?(\d{1,3})\D{0,2}", flat(row[column])) for row in self.body.texts)
        return [int(found[1]) for found in printed if found]


@dataclass(frozen=True)
class Cover:
    """The cover tables of one SOP, over one or two pages."""

    tables: tuple[CoverTable, ...]

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(sorted({table.page.number for table in self.tables}))


@dataclass(frozen=True)
class SopRegion:
    """One SOP of the document: its cover (shared by several matrices), and its matrix page by page."""

    cover: Cover | None
    parts: tuple[MatrixTable, ...]
    first_of_cover: bool
    issues: tuple[Issue, ...] = ()

    @property
    def cover_pages(self) -> tuple[int, ...]:
        return self.cover.pages if self.cover else ()

    @property
    def pages_used(self) -> tuple[Page, ...]:
        """The pages that its cover and its matrix stand on, in their order."""
        used = {table.page.number: table.page for table in self.cover.tables} if self.cover else {}
        used |= {part.page.number: part.page for part in self.parts}
        return tuple(used[number] for number in sorted(used))

    @property
    def pages(self) -> tuple[int, int]:
        """Its first and its last page; of SOPs that share a cover only the first begins with it."""
        numbers = [part.page.number for part in self.parts]
        if self.cover and (self.first_of_cover or not numbers):
            numbers += self.cover.pages
        return min(numbers), max(numbers)


@dataclass
class _Open:
    """What has been read so far of the SOP at hand."""

    cover: Cover | None = None
    parts: list[MatrixTable] = field(default_factory=list)
    fresh: bool = True  # no matrix has taken the cover yet


class SopFinder:
    """Finds the SOPs of a document while its pages come by, one after the other.

    A SOP is given out with the page that begins the next one, so that no more of the document needs to be held than
    the SOP at hand.
    """

    def __init__(self, headings: Headings, settings: LayoutSettings) -> None:
        self._headings, self._settings = headings, settings
        self._now = _Open()

    @property
    def open_pages(self) -> frozenset[int]:
        """The numbers of the pages that the SOP at hand stands on so far."""
        cover = self._now.cover.pages if self._now.cover else ()
        return frozenset((*cover, *(part.page.number for part in self._now.parts)))

    @property
    def matrix(self) -> MatrixTable | None:
        """The matrix that a table without a head may go on with."""
        return self._now.parts[-1] if self._now.parts else None

    def add(self, page: Page) -> list[SopRegion]:
        """Take the next page; the SOPs, if any, that ended before or on it."""
        return self.take(*read_page(page, self._headings, self._settings, self.matrix))

    def take(self, covers: list[CoverTable], matrices: list[MatrixTable]) -> list[SopRegion]:
        """Take what the next page holds; the SOPs, if any, that ended before or on it."""
        found: list[SopRegion] = []
        if covers:
            self._now = _take_cover(covers, self._now, found)
        for matrix in matrices:
            self._now = _take_matrix(matrix, self._now, found)
        return found

    def finish(self) -> list[SopRegion]:
        """The SOP, if any, that the document ends with."""
        found: list[SopRegion] = []
        _close(self._now, found)
        self._now = _Open()
        return found


def find_sops(pages: Iterable[Page], headings: Headings, settings: LayoutSettings) -> list[SopRegion]:
    """The SOPs of a document in page order. Pages in none of them hold no SOP."""
    finder = SopFinder(headings, settings)
    found = [region for page in pages for region in finder.add(page)]
    return [*found, *finder.finish()]


def read_page(
    page: Page, headings: Headings, settings: LayoutSettings, before: MatrixTable | None
) -> tuple[list[CoverTable], list[MatrixTable]]:
    """The cover tables and matrices of one page; `before` is the matrix that a headless table may go on with."""
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
        elif before and (going_on := _headless(page, table, before, settings)) and len(labels) < 3:
            matrices.append(going_on)
        if labels or not (head or matrices):
            bottom = head.top if head else table.box.bottom
            box = Box(table.box.x0, table.box.top, table.box.x1, bottom)
            covers.append(CoverTable(page, grid, texts, labels, box))
        above = table.box.bottom
    return covers, matrices


def _headed(
    page: Page, table: Table, head: Head, above: float, with_cover: bool, settings: LayoutSettings
) -> MatrixTable:
    body = read_body(page, table, head.bottom, head.columns, head.edges, settings)
    title = None
    if not with_cover:
        inside = _words_between(page, table.box.top, head.top, table.box)
        title = inside or _title(page, above, table.box.top)
    return MatrixTable(page, table, head.columns, head.edges, body, True, title)


def _words_between(page: Page, top: float, bottom: float, box: Box) -> CellText | None:
    """The text inside a table above its head, where a title has a row of its own."""
    area = Box(box.x0, top, box.x1, bottom)
    words = [w for w in page.words if area.contains(*w.box.center)]
    return CellText(page.number, area, lines_of(words)) if words else None


def _title(page: Page, above: float, top: float) -> CellText | None:
    """The lines just above a matrix, at most TITLE_LINES, that hang together and are no page furniture."""
    area = Box(0.0, above, page.width, top)
    lines = lines_of([w for w in page.words if area.contains(*w.box.center) and w.orientation is Orientation.UPRIGHT])
    taken: list[int] = []
    edge = top
    for i in reversed(range(len(lines))):
        reach = 4.0 if not taken else 1.6
        if edge - lines[i].box.bottom > reach * page.text_size or len(taken) == TITLE_LINES:
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
        snapped = [_snapped(x, table, size) for x in moved]
        share = sum(s is not None for s in snapped) / len(moved)
        if share > best[0]:
            best = (share, tuple(x if s is None else s for x, s in zip(moved, snapped, strict=True)))
    return best[1] if best[0] >= settings.fit else None


def _snapped(x: float, table: Table, size: float) -> float | None:
    """The place of a column line near x that runs through most of the table."""
    lines = (line for line in table.down() if abs(line.at - x) <= 0.8 * size)
    near = covered_lengths(lines, 0.4 * size, table.box.top, table.box.bottom)
    at, covered = max(near, key=lambda line: line[1], default=(0.0, 0.0))
    return at if near and covered >= 0.5 * table.box.height else None


def _take_cover(covers: list[CoverTable], now: _Open, found: list[SopRegion]) -> _Open:
    """A cover page opens a new SOP, unless it goes on with the boxes of the cover before it."""
    fields = set().union(*(c.names(box=False) for c in covers))
    if now.cover and not now.parts and now.fresh and len(fields) < 2 and _goes_on(covers, now.cover):
        return _Open(cover=Cover(now.cover.tables + tuple(covers)))
    if not is_cover(covers):
        return now
    _close(now, found)
    return _Open(cover=Cover(tuple(covers)))


def _goes_on(covers: list[CoverTable], cover: Cover) -> bool:
    """Whether tables on the next page carry boxes that the cover still lacks, or nothing but text of its boxes."""
    had = {name for table in cover.tables for name in table.names(box=True)}
    new = {name for table in covers for name in table.names(box=True)}
    return covers[0].page.number - cover.pages[-1] == 1 and not (new & had) and bool(new or had)


def _take_matrix(matrix: MatrixTable, now: _Open, found: list[SopRegion]) -> _Open:
    if now.parts and _continues(matrix, now.parts[-1]):
        now.parts.append(matrix)
        return now
    if now.parts:
        _close(now, found)
        now = _Open(cover=now.cover, fresh=False)
    now.parts.append(matrix)
    return now


def _continues(matrix: MatrixTable, before: MatrixTable) -> bool:
    """Whether a matrix goes on with the one before it: no head of its own, or numbers that count on."""
    if not matrix.headed:
        return True
    if len(matrix.columns) != len(before.columns) or matrix.page.number - before.page.number > 1:
        return False
    first, last = matrix.first_number, before.last_number
    if first is not None and last is not None:
        return first > 1 and first >= last
    titles = [flat(m.title) if m.title else "" for m in (before, matrix)]
    return not titles[1] or titles[0] == titles[1]


def _close(now: _Open, found: list[SopRegion]) -> None:
    if now.parts:
        found.append(SopRegion(now.cover, tuple(now.parts), now.fresh))
    elif now.cover and now.fresh:
        missing = Issue(code="matrix-missing", severity="warning", message="a cover without an activity matrix")
        found.append(SopRegion(now.cover, (), True, issues=(missing,)))

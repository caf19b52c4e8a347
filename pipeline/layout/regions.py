"""Where one SOP ends and the next begins: its cover, and its matrix page by page."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.layout.cover_labels import CoverTable, is_cover
from pipeline.layout.ruled_page import RuledPage
from pipeline.layout.sop_tables import MatrixTable, read_page
from pipeline.layout.text_lines import flat, lines_of
from pipeline.message import msg
from pipeline.model.headings import Headings
from pipeline.model.issue import Issue
from pipeline.model.page import Line, Page
from pipeline.settings import LayoutSettings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CoverRegion:
    """The cover tables of one SOP, over one or two pages."""

    tables: tuple[CoverTable, ...]

    @property
    def pages(self) -> tuple[int, ...]:
        """The numbers of its pages."""
        return tuple(sorted({table.page.number for table in self.tables}))


@dataclass(frozen=True)
class SopRegion:
    """One SOP of the document: its cover (shared by several matrices), and its matrix page by page."""

    cover: CoverRegion | None
    parts: tuple[MatrixTable, ...]
    first_of_cover: bool
    issues: tuple[Issue, ...] = ()

    @property
    def cover_pages(self) -> tuple[int, ...]:
        """The numbers of the pages of its cover."""
        return self.cover.pages if self.cover else ()

    @property
    def matrix_top(self) -> float:
        """The y where the matrix begins on the last page of its cover; infinite where it begins on another."""
        last = self.cover.tables[-1].page.number if self.cover else None
        return min((part.table.box.top for part in self.parts if part.page.number == last), default=math.inf)

    @property
    def pages_used(self) -> tuple[Page, ...]:
        """The pages that its cover and its matrix stand on, in their order."""
        used = {table.page.number: table.page for table in self.cover.tables} if self.cover else {}
        used |= {part.page.number: part.page for part in self.parts}
        return tuple(used[number] for number in sorted(used))

    @property
    def pages(self) -> tuple[int, int]:
        """Its first and its last page; of SOPs that share a cover only the first begins with it."""
        numbers = [number for part in self.parts for number in part.page.numbers]
        if self.cover and (self.first_of_cover or not numbers):
            numbers += self.cover.pages
        return min(numbers), max(numbers)


@dataclass
class _Open:
    """What has been read so far of the SOP at hand."""

    cover: CoverRegion | None = None
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
        return frozenset((*cover, *(number for part in self._now.parts for number in part.page.numbers)))

    @property
    def matrix(self) -> MatrixTable | None:
        """The matrix that a table without a head may go on with."""
        return next((part for part in reversed(self._now.parts) if not part.side), None)

    @property
    def is_empty(self) -> bool:
        """Whether no SOP is at hand."""
        return self._now == _Open()

    def began_on(self, number: int) -> bool:
        """Whether the SOP at hand begins with a cover on that page and has stood on no other so far."""
        return self._now.cover is not None and self.open_pages == {number}

    @property
    def state(self) -> object:
        """All that later pages depend on, to be compared: its `repr` tells two states apart."""
        return self._now

    def add(self, page: RuledPage) -> list[SopRegion]:
        """Take the next page; the SOPs, if any, that ended before or on it."""
        return self.take(*read_page(page, self._headings, self._settings, self._now.parts))

    def take(self, covers: Sequence[CoverTable], matrices: Sequence[MatrixTable]) -> list[SopRegion]:
        """Take what the next page holds; the SOPs, if any, that ended before or on it."""
        found: list[SopRegion] = []
        if covers:
            self._now = _take_cover(covers, self._now, found, self._settings)
        for matrix in matrices:
            self._now = _take_matrix(matrix, self._now, found)
        return found

    def finish(self) -> list[SopRegion]:
        """The SOP, if any, that the document ends with."""
        found: list[SopRegion] = []
        _close(self._now, found)
        self._now = _Open()
        return found


def _take_cover(covers: Sequence[CoverTable], now: _Open, found: list[SopRegion], settings: LayoutSettings) -> _Open:
    """A cover page opens a new SOP, unless it goes on with the boxes of the cover before it."""
    fields = {name for table in covers for name in table.names(box=False)}
    if (
        now.cover
        and not now.parts
        and now.fresh
        and len(fields) < settings.cover_fields_and_boxes[0]
        and _goes_on(covers, now.cover)
    ):
        return _Open(cover=CoverRegion(now.cover.tables + tuple(covers)))
    if not is_cover(covers, settings):
        return now
    _close(now, found)
    return _Open(cover=CoverRegion(tuple(covers)))


def _goes_on(covers: Sequence[CoverTable], cover: CoverRegion) -> bool:
    """Whether tables on the next page carry boxes that the cover still lacks, or nothing but text of its boxes."""
    had = {name for table in cover.tables for name in table.names(box=True)}
    new = {name for table in covers for name in table.names(box=True)}
    return covers[0].page.number - cover.pages[-1] == 1 and not (new & had) and bool(new or had)


def _take_matrix(matrix: MatrixTable, now: _Open, found: list[SopRegion]) -> _Open:
    """A matrix goes on with the one before it, or begins an SOP of its own under the same cover."""
    before = next((part for part in reversed(now.parts) if not part.side), None)
    if before and (matrix.side or _continues(matrix, before, now.parts[-1].page.number)):
        now.parts.append(matrix)
        return now
    if now.parts:
        _close(now, found)
        now = _Open(cover=now.cover, fresh=False)
    now.parts.append(matrix)
    return now


def _continues(matrix: MatrixTable, before: MatrixTable, last_page: int) -> bool:
    """Whether a matrix goes on with the one before it: no head of its own, or numbers that count on.

    `last_page` is the number of the last page that holds a table of the one before, or more of its columns.
    """
    if not matrix.headed:
        return True
    if len(matrix.columns) != len(before.columns) or matrix.page.number - last_page > 1:
        return False
    first, last = matrix.first_number, before.last_number
    if first is not None and last is not None:
        return first > 1 and first >= last
    titles = [flat(m.title) if m.title else "" for m in (before, matrix)]
    return not titles[1] or titles[0] == titles[1]


def _without_running_head(matrix: MatrixTable, cover: CoverRegion | None) -> MatrixTable:
    """The matrix, its title without lines that stand at the same height on its cover: those of every page's head."""
    if cover is None or matrix.title is None or matrix.page.number in cover.pages:
        return matrix
    pages = {table.page.number: table.page for table in cover.tables}
    printed = [line for page in pages.values() for line in lines_of(page.words)]
    kept = tuple(line for line in matrix.title.lines if not any(_is_same_line(line, other) for other in printed))
    return replace(matrix, title=replace(matrix.title, lines=kept) if kept else None)


def _is_same_line(line: Line, other: Line) -> bool:
    return line.text == other.text and abs(line.box.top - other.box.top) < line.words[0].size / 2


def _close(now: _Open, found: list[SopRegion]) -> None:
    """Add the SOP at hand, if any, to those found."""
    if now.parts:
        first = _without_running_head(now.parts[0], now.cover)
        found.append(SopRegion(now.cover, (first, *now.parts[1:]), now.fresh))
    elif now.cover and now.fresh:
        missing = Issue.of("matrix-missing", "warning", msg("a cover without an activity matrix"))
        found.append(SopRegion(now.cover, (), True, issues=(missing,)))
    else:
        return
    region = found[-1]
    matrix_pages = ", ".join(str(part.page.number) for part in region.parts) or "none"
    cover_pages = ", ".join(str(number) for number in region.cover_pages) or "none"
    log.info("pages %d-%d: an SOP, its cover on %s, its matrix on %s", *region.pages, cover_pages, matrix_pages)

"""The layout of a document page by page: sheets put together, missing rulings inferred, SOPs parted."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from pipeline.layout.regions import SopFinder, SopRegion
from pipeline.layout.ruled_page import RuledPage
from pipeline.layout.split_sheets import SheetJoiner
from pipeline.layout.unruled import PageEnd, RulingInference
from pipeline.layout.unruled.inferred_rulings import TextTables
from pipeline.model.headings import Headings
from pipeline.model.page import Page
from pipeline.settings import LayoutSettings

NOTHING = ""  # the state before the first page


@dataclass(frozen=True)
class LaidOut:
    """What is known once one more page was taken: pages with their tables, in order, and the SOPs that ended."""

    pages: tuple[RuledPage, ...] = ()
    regions: tuple[SopRegion, ...] = ()

    @property
    def last_page(self) -> int:
        """The number of the last of the pages, 0 where there is none."""
        return self.pages[-1].page.numbers[-1] if self.pages else 0


@dataclass(frozen=True)
class Mark:
    """A page after which the layout goes on the same, wherever reading began: where the states there are equal.

    Attributes:
        page: Its number.
        state: A digest of all that later pages depend on; `NOTHING` where no SOP was met so far.
    """

    page: int
    state: str


class DocumentLayout:
    """Lays out the pages of a document as they come by, holding those of one SOP at a time.

    `parsers` tell what parsers for unruled tables see in an area of a page.
    """

    def __init__(self, headings: Headings, settings: LayoutSettings, parsers: TextTables) -> None:
        self._sheets = SheetJoiner(headings, settings)
        self._rulings = RulingInference(headings, settings, parsers)
        self._finder = SopFinder(headings, settings)

    @property
    def open_pages(self) -> frozenset[int]:
        """The numbers of the pages that the SOP at hand stands on so far."""
        return self._finder.open_pages

    def add(self, page: Page) -> LaidOut:
        """Take the next page."""
        return self._laid_out(self._sheets.add(page))

    def finish(self) -> LaidOut:
        """What was still waited with, and the SOP, if any, that the document ends with."""
        last = self._laid_out(self._sheets.finish())
        return LaidOut(last.pages, (*last.regions, *self._finder.finish()))

    def _laid_out(self, sheets: list[RuledPage]) -> LaidOut:
        pages = [self._rulings.add(sheet) for sheet in sheets]
        return LaidOut(tuple(pages), tuple(region for page in pages for region in self._finder.add(page)))

    def mark(self, number: int) -> Mark | None:
        """The mark after page `number`, the last one taken.

        None where what came before it still counts: there is one where no SOP was met so far, and where an SOP begins
        on that page.
        """
        if self._sheets.is_waiting:
            return None
        is_new = self._finder.is_empty and self._rulings.before == PageEnd()
        if not is_new and not self._finder.began_on(number):
            return None
        return Mark(number, NOTHING if is_new else self._state())

    def _state(self) -> str:
        return sha256(repr((self._finder.state, self._rulings.before)).encode()).hexdigest()

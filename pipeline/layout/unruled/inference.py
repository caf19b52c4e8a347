"""Pages that lack rulings, and the same pages with those inferred for them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.layout.ruled_page import RuledPage
from pipeline.layout.text_lines import words_in
from pipeline.layout.unruled.cover_rulings import infer_cover
from pipeline.layout.unruled.inferred_rulings import InferredTable, TextTables, opened_at_titles, outer_rulings
from pipeline.layout.unruled.matrix_columns import UnruledColumns
from pipeline.layout.unruled.matrix_rulings import infer_matrix, infer_rows
from pipeline.layout.unruled.word_cover import WordCover, find_word_cover
from pipeline.layout.unruled.word_head import find_word_head, head_phrases
from pipeline.message import msg
from pipeline.model.geometry import Box
from pipeline.model.grid import Grid
from pipeline.model.headings import Headings
from pipeline.model.issue import Issue
from pipeline.model.page import Page, Ruling
from pipeline.settings import LayoutSettings, UnruledSettings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PageEnd:
    """What a page ends with, without rulings: the columns of a matrix, or a cover."""

    columns: UnruledColumns | None = None
    cover: bool = False


class RulingInference:
    """Infers the rulings of covers and matrices that were printed without them, while pages come by in their order.

    `parsers` tell what parsers for unruled tables see in an area of a page.
    """

    def __init__(self, headings: Headings, settings: LayoutSettings, parsers: TextTables) -> None:
        self._headings, self._settings, self._parsers = headings, settings, parsers
        self.before = PageEnd()

    def add(self, ruled: RuledPage) -> RuledPage:
        """Take the next page; the same object where it lacks no rulings."""
        page, before = ruled.page, self.before
        inferred: list[InferredTable] = []
        self.before = PageEnd()
        if lacks_rulings(ruled, self._headings, self._settings, before.cover):
            inferred, self.before = _inferred(ruled, self._headings, self._settings, self._parsers, before.cover)
        elif before.columns and (rest := _continued(page, before.columns, self._settings.unruled)):
            inferred, self.before = [rest], before
        if not inferred:
            return ruled
        log.debug("page %d: rulings inferred for %d tables without", page.number, len(inferred))
        return _with_rulings(ruled, inferred)


def lacks_rulings(ruled: RuledPage, headings: Headings, settings: LayoutSettings, goes_on: bool = False) -> bool:
    """Whether a page holds the labels of a matrix head or of a cover, and no rulings that tell them apart.

    The cover of the page before may go on with fewer labels (`goes_on`).
    """
    page = ruled.page
    if not page.words:
        return False
    labels = [phrase.box for _, phrase in head_phrases(page, ruled.phrases, headings, settings)]
    if labels and not _are_parted(labels, [table.grid for table in ruled.tables]):
        return True
    cover = find_word_cover(page, ruled.phrases, headings, settings, page.height, goes_on)
    return cover is not None and not _holds(cover, ruled, settings)


def _are_parted(labels: Sequence[Box], grids: Sequence[Grid]) -> bool:
    """Whether rulings give most of the labels a cell of their own."""
    cells = [(i, cell) for box in labels for i, grid in enumerate(grids) if (cell := grid.around(*box.center))]
    alone = sum(cells.count(cell) == 1 for cell in cells)
    return alone > len(labels) / 2


def _holds(cover: WordCover, ruled: RuledPage, settings: LayoutSettings) -> bool:
    """Whether the cells of the page's tables show most of the labels that the words show, and nothing beside them."""
    page, grids = ruled.page, [table.grid for table in ruled.tables]
    if any(_beside_others(label.box, page, grids) for label in cover.fields):
        return False
    lost = cover.names - {label.name for table in ruled.tables for label in table.labels_above(page.height)}
    return len(lost) <= settings.unruled.labels_lost * len(cover.names)


def _beside_others(box: Box, page: Page, grids: Sequence[Grid]) -> bool:
    """Whether a label shares its cell with text at its left: the ruling between the two is missing."""
    cells = [cell for grid in grids if (cell := grid.around(*box.center))]
    return any(w.box.x1 < box.x0 - page.text_size for cell in cells for w in words_in(page.words, cell.box))


def _inferred(
    ruled: RuledPage, headings: Headings, settings: LayoutSettings, parsers: TextTables, goes_on: bool
) -> tuple[list[InferredTable], PageEnd]:
    """The tables inferred on a page; `goes_on` where the page before ends with a cover."""
    page, found = ruled.page, list[InferredTable]()
    head = find_word_head(page, headings, settings)
    foot = head.top if head else page.height
    if cover := find_word_cover(page, ruled.phrases, headings, settings, foot, goes_on):
        found += infer_cover(page, cover, foot, parsers, settings.unruled)
    if not head:
        return found, PageEnd(cover=bool(found))
    matrix, columns = infer_matrix(page, head, parsers, headings, settings)
    return [*found, matrix], PageEnd(columns)


def _continued(page: Page, columns: UnruledColumns, settings: UnruledSettings) -> InferredTable | None:
    """The rest of the matrix of the page before: words in the same columns, and numbers that count on."""
    if columns.number is None or not page.words:
        return None
    words = words_in(page.words, Box(columns.edges[0], 0, columns.edges[-1], page.height))
    reach = settings.crossing_reach * page.text_size
    text = columns.text(words)
    crossed = sum(any(w.box.x0 < x - reach and w.box.x1 > x + reach for x in columns.edges) for w in text)
    if not columns.numbers(words) or crossed > settings.crossing_share * len(words):
        return None
    top = min(w.box.top for w in text) - settings.cell_padding * page.text_size
    body = infer_rows(page, columns, top, page.height, settings)
    box = Box(columns.edges[0], top, columns.edges[-1], body[-1].at)
    vertical = [Ruling("v", x, box.top, box.bottom) for x in columns.edges[1:-1]]
    rulings = opened_at_titles([*outer_rulings(box), *vertical, *body], columns.titles(words, settings), box)
    return InferredTable(box, tuple(rulings), None)


def _with_rulings(ruled: RuledPage, inferred: Sequence[InferredTable]) -> RuledPage:
    """The page with inferred rulings in place of whatever rulings stand where they are.

    Those are parts of symbols and connectors, or the few rulings that the author did draw.
    """
    page, boxes = ruled.page, [table.box for table in inferred]
    kept = [t.table for t in ruled.tables if not any(t.table.box.intersection(box) for box in boxes)]
    rulings = (*(r for t in kept for r in t.rulings), *(r for t in inferred for r in t.rulings))
    seen = ", ".join(sorted({t.parser for t in inferred if t.parser}))
    message = msg(
        "page {page} has a table without ruling lines: its cells were told apart by the room between words",
        page=page.number,
    )
    if seen:
        message = msg("{message}, with columns as camelot sees them ({parser})", message=message, parser=seen)
    issue = Issue.of("table-without-lines", "info", message)
    return replace(ruled, page=replace(page, rulings=rulings, issues=(*page.issues, issue)))

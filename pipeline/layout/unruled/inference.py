"""Pages that want ruling lines, and the same pages with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.layout.cover_labels import find_labels
from pipeline.layout.ruled_tables import grid_of, tables_of
from pipeline.layout.text_lines import texts_of
from pipeline.layout.unruled.inferred_rulings import Drawn, TextTables, frame
from pipeline.layout.unruled.matrix_rulings import Columns, draw_body, draw_matrix
from pipeline.layout.unruled.phrases import inside
from pipeline.layout.unruled.titles import opened
from pipeline.layout.unruled.word_cover import WordCover, draw_cover, find_word_cover
from pipeline.layout.unruled.word_head import NUMBER, find_word_head, head_labels
from pipeline.model.geometry import Box
from pipeline.model.grid import Grid
from pipeline.model.headings import Headings
from pipeline.model.issue import Issue
from pipeline.model.page import Page, Ruling
from pipeline.settings import LayoutSettings


def with_lines(
    pages: Iterable[Page], headings: Headings, settings: LayoutSettings, parsers: TextTables
) -> Iterator[Page]:
    """The pages in order, those whose cover or matrix has no lines with lines drawn where they belong.

    `parsers` tells what table parsers for unruled text see in an area of a page.
    """
    before = Before()
    for page in pages:
        drawn: list[Drawn] = []
        now = Before()
        if wants_lines(page, headings, settings, before.cover):
            drawn, now = _drawn(page, headings, settings, parsers, before.cover)
        elif before.columns and (rest := _continued(page, before.columns, settings)):
            drawn, now = [rest], before
        before = now
        yield _lined(page, drawn, settings) if drawn else page


@dataclass(frozen=True)
class Before:
    """What the page before ended with: the columns of a matrix, or a cover, without lines."""

    columns: Columns | None = None
    cover: bool = False


def wants_lines(page: Page, headings: Headings, settings: LayoutSettings, goes_on: bool = False) -> bool:
    """Whether a page holds the labels of a matrix head or of a cover, and no lines that tell them apart. The cover of
    the page before may go on with fewer labels (`goes_on`).
    """
    if not page.words:
        return False
    labels = [piece.box for _, piece in head_labels(page, headings, settings)]
    cover = find_word_cover(page, headings, settings, page.height, goes_on)
    if not labels and not cover:
        return False
    grids = [grid_of(table, page.text_size, settings) for table in tables_of(page, settings)]
    if labels and not _parted(labels, grids):
        return True
    return cover is not None and not _holds(cover, page, grids, headings, settings)


def _parted(labels: Sequence[Box], grids: Sequence[Grid]) -> bool:
    """Whether lines give most of the labels a cell of their own."""
    cells = [(i, cell) for box in labels for i, grid in enumerate(grids) if (cell := grid.around(*box.center))]
    alone = sum(cells.count(cell) == 1 for cell in cells)
    return alone > 0.5 * len(labels)


def _holds(cover: WordCover, page: Page, grids: Sequence[Grid], headings: Headings, settings: LayoutSettings) -> bool:
    """Whether the cells of the page's tables show most of the labels that the words show, and nothing beside them."""
    tables = [find_labels(page, texts_of(page, grid), headings, settings, page.height) for grid in grids]
    if any(_beside_others(label.box, page, grids) for label in cover.fields):
        return False
    return len(cover.names - {label.name for labels in tables for label in labels}) <= 0.3 * len(cover.names)


def _beside_others(box: Box, page: Page, grids: Sequence[Grid]) -> bool:
    """Whether a label shares its cell with text at its left: the line between the two is missing."""
    cells = [cell for grid in grids if (cell := grid.around(*box.center))]
    return any(w.box.x1 < box.x0 - page.text_size for cell in cells for w in inside(page.words, cell.box))


def _drawn(
    page: Page, headings: Headings, settings: LayoutSettings, parsers: TextTables, goes_on: bool
) -> tuple[list[Drawn], Before]:
    drawn: list[Drawn] = []
    head = find_word_head(page, headings, settings)
    foot = head.top if head else page.height
    if cover := find_word_cover(page, headings, settings, foot, goes_on):
        drawn += draw_cover(page, cover, foot, parsers, settings)
    if not head:
        return drawn, Before(cover=bool(drawn))
    matrix, columns = draw_matrix(page, head, page.height, parsers, settings)
    return [*drawn, matrix], Before(columns)


def _continued(page: Page, columns: Columns, settings: LayoutSettings) -> Drawn | None:
    """The rest of the matrix of the page before: words in the same columns, and numbers that count on."""
    if columns.number is None or not page.words:
        return None
    words = inside(page.words, Box(columns.edges[0], 0, columns.edges[-1], page.height))
    numbers = [w for w in columns.words(words, columns.number) if NUMBER.fullmatch(w.text)]
    reach = 0.4 * page.text_size
    crossed = sum(
        any(w.box.x0 < x - reach and w.box.x1 > x + reach for x in columns.edges) for w in columns.text(words)
    )
    if not numbers or crossed > 0.1 * len(words):
        return None
    top = min(w.box.top for w in columns.text(words)) - 0.3 * page.text_size
    body = draw_body(page, columns, top, page.height, settings)
    box = Box(columns.edges[0], top, columns.edges[-1], body[-1].at)
    upright = [Ruling("v", x, box.top, box.bottom) for x in columns.edges[1:-1]]
    lines = opened([*frame(box), *upright, *body], columns.titles(words, settings), box)
    return Drawn(box, tuple(lines), None)


def _lined(page: Page, drawn: Sequence[Drawn], settings: LayoutSettings) -> Page:
    """The page with the drawn lines, in place of whatever lines stand where they are: parts of symbols and connectors,
    or the few lines that the author did draw.
    """
    boxes = [d.box for d in drawn]
    kept = [t for t in tables_of(page, settings) if not any(t.box.intersection(box) for box in boxes)]
    rulings = (*(r for t in kept for r in t.rulings), *(r for d in drawn for r in d.rulings))
    seen = " and ".join(sorted({d.parser for d in drawn if d.parser}))
    by = f", with columns as camelot's {seen} parser sees them" if seen else ""
    message = (
        f"page {page.number} has a table without ruling lines: its cells were told apart by the room between words{by}"
    )
    issue = Issue(code="table-without-lines", severity="info", message=message)
    return replace(page, rulings=rulings, issues=(*page.issues, issue))

"""What was found on every page, gathered for drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.layout.regions import SopRegion
from pipeline.model.document import PageEntry
from pipeline.model.draft import Draft, Edge, FlowDraft
from pipeline.model.geometry import Box
from pipeline.model.page import Page, PictureOf
from pipeline.model.view import PageView


def views_of(
    pages: Sequence[Page],
    entries: Sequence[PageEntry],
    regions: Sequence[SopRegion],
    drafts: Sequence[Draft],
    picture_of: PictureOf,
) -> Iterator[PageView]:
    """Gather what was found on each page.

    Args:
        pages: All pages of a document.
        entries: What became of each page.
        regions: Where its SOPs are.
        drafts: What was extracted from each region, one by one.
        picture_of: Gives a page's picture by its number, None where it has none.

    Yields:
        A view per page, in order.
    """
    for page, entry in zip(pages, entries, strict=True):
        number = page.number
        flows = [draft.flow for draft in drafts]
        connectors = [c for flow in flows for c in flow.connectors if c.page == number]
        matrix_parts = [p for draft in drafts if draft.matrix for p in draft.matrix.parts if p.page.number == number]
        covers = [t for region in regions if region.cover for t in region.cover.tables if t.page.number == number]
        yield PageView(
            page=page,
            role=entry.role,
            picture=picture_of(number),
            sops=tuple(entry.sops),
            grids=tuple({id(table.grid): table.grid for table in covers}.values()),
            regions=_regions(number, regions, drafts),
            bands=tuple(band for part in matrix_parts for band in part.bands),
            lanes=tuple(lane for part in matrix_parts for lane in part.lanes),
            symbols=tuple(s for flow in flows for s in flow.symbols if s.page == number),
            edges=tuple(edge for flow in flows for edge in _edges(number, flow)),
            connectors=tuple(line for connector in connectors for line in connector.lines),
            arrowheads=tuple(box for connector in connectors for box in connector.arrowheads),
        )


def _edges(number: int, flow: FlowDraft) -> list[Edge]:
    """The edges from or to a symbol on a page; ids are those of one flow only."""
    symbols = {symbol.id for symbol in flow.symbols if symbol.page == number}
    return [edge for edge in flow.edges if edge.source in symbols or edge.target in symbols]


def _regions(number: int, regions: Sequence[SopRegion], drafts: Sequence[Draft]) -> tuple[tuple[str, Box], ...]:
    """The named boxes on a page: covers, matrices, and the fields that were found in the covers."""
    named: dict[tuple[str, Box], None] = {}
    for region in regions:
        for table in region.cover.tables if region.cover else ():
            if table.page.number == number:
                named["cover", table.box] = None
        for part in region.parts:
            if part.page.number == number:
                named["matrix", part.table.box] = None
    for draft in drafts:
        if draft.matrix and draft.matrix.judul and draft.matrix.judul.page == number:
            named["judul", draft.matrix.judul.ink_box] = None
        for name, cell in (draft.header.fields if draft.header else {}).items():
            if cell.page == number and cell.lines:
                named[name, cell.ink_box] = None
    return tuple(named)

"""What was seen on every page, gathered for drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.layout.regions import SopRegion
from pipeline.model.document import PageEntry
from pipeline.model.draft import Draft
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
    """One view per page, in order; `regions` and `drafts` belong together one by one."""
    for page, entry in zip(pages, entries, strict=True):
        number = page.number
        symbols = {s.id: s for draft in drafts for s in draft.flow.symbols if s.page == number}
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
            symbols=tuple(symbols.values()),
            edges=tuple(e for d in drafts for e in d.flow.edges if e.source in symbols or e.target in symbols),
        )


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

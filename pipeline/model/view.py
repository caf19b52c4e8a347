"""What the machine saw on one page, for `sop draw`."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.document import PageRole
from pipeline.model.draft import Band, Edge, Lane, Polyline, Symbol
from pipeline.model.geometry import Box
from pipeline.model.grid import Grid
from pipeline.model.page import Page, Picture


@dataclass(frozen=True)
class PageView:
    """A page and what was found on it, in the page's own upright coordinates (points).

    `sops` are the ids of the records that claim the page. `regions` are boxes with a name ("cover", "judul", ...).
    `edges` are those between `symbols` of this page or from one of them to another page. `connectors` are the lines
    that were followed, `arrowheads` the boxes of the heads at their ends.
    """

    page: Page
    role: PageRole
    picture: Picture | None = None
    sops: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    regions: tuple[tuple[str, Box], ...] = ()
    bands: tuple[Band, ...] = ()
    lanes: tuple[Lane, ...] = ()
    symbols: tuple[Symbol, ...] = ()
    edges: tuple[Edge, ...] = ()
    connectors: tuple[Polyline, ...] = ()
    arrowheads: tuple[Box, ...] = ()

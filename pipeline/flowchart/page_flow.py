"""The flowchart of one page: from its vector paths where it has them, from its picture where it has none.

Where what the vectors tell looks incomplete, the picture is read too. Both are held against each other: the one that
leaves less open is believed, and where they differ it is told.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.flowchart.connectors import Connector, FlowArea, SymbolBox
from pipeline.flowchart.detection import drawing_in_picture
from pipeline.flowchart.drawing import DrawnShape, FlowDrawing, LineSegment, box_distance
from pipeline.flowchart.edges import FlowPosition, assign_shared_arrowheads, directed_edges
from pipeline.flowchart.erasing import table_edges
from pipeline.flowchart.object_tracing import trace_objects
from pipeline.flowchart.placement import PlacedShape, is_below_last_row, is_symbol, place_shapes
from pipeline.flowchart.tracing import trace_connectors
from pipeline.flowchart.vectors import drawing_in_vectors
from pipeline.model.draft import MatrixPart
from pipeline.model.geometry import Box
from pipeline.model.page import Picture, PictureOf, Word
from pipeline.settings import FlowSettings

log = logging.getLogger(__name__)

Place = tuple[int, int]  # row and column of a symbol


@dataclass(frozen=True)
class PageFlow:
    """What was seen on one page.

    Attributes:
        symbols: The symbols.
        segments: Parts of connectors.
        connectors: Whole connectors, those with fewer than two ends among them.
        free_words: Words that stand in no symbol.
        contested: The edges, by the places of their ends, that only one of two readings of the page tells.
        contested_places: The symbols, by their places, that only one of them tells.
        contested_rows: The rows of symbols that only one of them tells, and of edges that were not believed.
    """

    symbols: tuple[PlacedShape, ...] = ()
    segments: tuple[LineSegment, ...] = ()
    connectors: tuple[Connector, ...] = ()
    free_words: tuple[Word, ...] = ()
    contested: frozenset[tuple[Place, Place]] = frozenset()
    contested_places: frozenset[Place] = frozenset()
    contested_rows: frozenset[int] = frozenset()


def read_page(
    part: MatrixPart, picture_of: PictureOf, is_first: bool, is_last: bool, settings: FlowSettings
) -> PageFlow:
    """What is drawn in the Pelaksana columns of one page; words only where it has neither vectors nor a picture."""
    body = body_of(part)
    area = FlowArea(part.page.number, body, is_first, is_last, *table_edges(part, settings.erase))
    drawn = _from_vectors(part, area, settings)
    if drawn is not None and not left_open(drawn, part, settings):
        return drawn
    seen = _from_picture(part, picture_of(part.page.number), area, settings)
    if drawn is None or seen is None:
        return drawn or seen or PageFlow(free_words=_words_of(part))
    return compared(drawn, seen, part, settings)


def _from_vectors(part: MatrixPart, area: FlowArea, settings: FlowSettings) -> PageFlow | None:
    """What the vector paths tell; None where there are none, or no symbol among them."""
    if part.page.vectors is None or part.page.kind not in ("text", "mixed"):
        return None
    words = part.page.words

    def accepts(shape: DrawnShape) -> bool:
        below = area.is_last and is_below_last_row(shape, part, settings.placement)
        return below or is_symbol(shape, part, words, settings.placement)

    drawing = drawing_in_vectors(part, part.page.vectors, area.body, accepts, settings)
    drawing = _without_legend(drawing, part, area, settings)
    return follow(drawing, part, _words_of(part), area, settings) if drawing.shapes else None


def _without_legend(drawing: FlowDrawing, part: MatrixPart, area: FlowArea, settings: FlowSettings) -> FlowDrawing:
    """The drawing without a legend: shapes no connector comes to, below the rows, or above the first page's."""
    ends = [p for one in drawing.connectors for p in (one.points[0], one.points[-1])]
    reach = settings.objects.beside

    def is_beyond(shape: DrawnShape) -> bool:
        y = shape.box.center[1]
        ended = (area.is_first and y < area.body.top) or (area.is_last and y > area.body.bottom)
        return ended or is_below_last_row(shape, part, settings.placement)

    kept = tuple(
        shape
        for shape in drawing.shapes
        if not is_beyond(shape) or any(box_distance(end, shape.box) <= reach for end in ends)
    )
    return replace(drawing, shapes=kept)


def _from_picture(part: MatrixPart, picture: Picture | None, area: FlowArea, settings: FlowSettings) -> PageFlow | None:
    """What the picture tells; None where there is none.

    No connector leaves the first page above its rows, nor the last one below: what stands there is a legend's.
    """
    words = _words_of(part)
    sure = [w for w in words if w.confidence is None or w.confidence >= settings.sure_word]

    def accepts(shape: DrawnShape) -> bool:
        y = shape.box.center[1]
        if (area.is_first and y < area.body.top) or (area.is_last and y > area.body.bottom):
            return False
        return is_symbol(shape, part, sure, settings.placement)

    drawing = drawing_in_picture(part, picture, area.body, accepts, settings)
    return None if drawing is None else follow(drawing, part, words, area, settings)


def follow(
    drawing: FlowDrawing, part: MatrixPart, words: Sequence[Word], area: FlowArea, settings: FlowSettings
) -> PageFlow:
    """The symbols and connectors of one page, from what is drawn on it and the `words` in its Pelaksana columns."""
    symbols = place_shapes(drawing.shapes, part, words, settings.placement)
    free = tuple(w for w in words if not any(s.box.contains(*w.box.center) for s in symbols))
    boxes = [SymbolBox(s.id, s.box) for s in symbols]
    gaps = [w.box for w in free]
    connectors = trace_connectors(drawing.segments, boxes, drawing.passages, gaps, area, settings)
    connectors = assign_shared_arrowheads(connectors, settings.arrowheads)
    connectors += trace_objects(drawing.connectors, boxes, gaps, area, settings)
    segments = drawing.segments + tuple(s for one in drawing.connectors for s in one.segments)
    return PageFlow(tuple(symbols), segments, tuple(connectors), free)


def left_open(flow: PageFlow, part: MatrixPart, settings: FlowSettings) -> int:
    """How much of a page a reading leaves open.

    Rows without a symbol, symbols without a connector, connectors that lead nowhere, decisions with one end.
    """
    rows = {symbol.no for symbol in flow.symbols}
    ends = Counter(t.symbol for c in flow.connectors if len(c.terminals) > 1 for t in c.terminals if t.symbol)
    empty = sum(1 for band in part.bands if band.no not in rows and band.bottom - band.top >= settings.least_row)
    alone = sum(1 for s in flow.symbols if not ends[s.id]) if len(flow.symbols) > 1 else 0
    decisions = sum(1 for s in flow.symbols if s.is_decision and ends[s.id] == 1)
    dangling = sum(
        1 for c in flow.connectors if len(c.terminals) < 2 and sum(s.length for s in c.segments) >= settings.dangling
    )
    return empty + alone + decisions + dangling


def compared(drawn: PageFlow, seen: PageFlow, part: MatrixPart, settings: FlowSettings) -> PageFlow:
    """The reading of a page from its vectors or that from its picture, whichever leaves less open, and how they differ.

    The vectors are believed where both leave as much open.
    """
    kept, other = drawn, seen
    if left_open(seen, part, settings) + settings.picture_lead <= left_open(drawn, part, settings):
        kept, other = seen, drawn
    mine, theirs = _edges_of(kept, settings), _edges_of(other, settings)
    symbols = {s.place for s in kept.symbols if s.no} ^ {s.place for s in other.symbols if s.no}
    rows = {no for no, _ in symbols} | {end[0] for edge in theirs - mine for end in edge}
    log.debug("page %d: vectors and picture differ in %d edges", part.page.number, len(mine ^ theirs))
    contested = frozenset(mine - theirs)
    return replace(kept, contested=contested, contested_places=frozenset(symbols), contested_rows=frozenset(rows))


def _edges_of(flow: PageFlow, settings: FlowSettings) -> set[tuple[Place, Place]]:
    """The edges between symbols of the page itself, by their places."""
    placed = {s.id: s for s in flow.symbols if s.no}
    positions = {
        i: FlowPosition(s.page, s.no, s.box.center[0], s.is_decision, s.column, s.shape.kind == "round")
        for i, s in placed.items()
    }
    inner = [c for c in flow.connectors if all(t.symbol in placed for t in c.terminals)]
    return {(placed[e.source].place, placed[e.target].place) for e in directed_edges(inner, positions, settings)}


def body_of(part: MatrixPart) -> Box:
    """The Pelaksana columns beside the rows."""
    xs = [x for lane in part.lanes for x in (lane.x0, lane.x1)]
    ys = [y for band in part.bands for y in (band.top, band.bottom)]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _words_of(part: MatrixPart) -> tuple[Word, ...]:
    """The words between the sides of the Pelaksana columns, beside, above or below the rows."""
    body = body_of(part)
    return tuple(w for w in part.page.words if body.x0 <= w.box.center[0] <= body.x1)

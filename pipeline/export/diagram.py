"""The flow of a record as a clean diagram: a column for each performer, a row for each step, in plain geometry.

What draws it (the review page, the report) chooses colours and what can be clicked; where everything goes is said here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.model.record import FlowEdge, Node, NodeKind, Record

# Lengths in pixels of the drawing.
LEFT, TOP = 40.0, 44.0  # room for the numbers of the steps, and for the names of the performers
COLUMN, ROW = 104.0, 60.0
HALF_WIDTH, HALF_HEIGHT = 18.0, 11.0  # of a symbol
REACH = 14.0  # from the middle of a symbol up or down to where a connector begins
BEND = 4.0  # how far below the middle between two rows a connector turns aside
DETOUR = 0.42  # share of a column that a connector which goes back up keeps beside the symbols


@dataclass(frozen=True)
class DiagramSymbol:
    """A symbol: its `place` in the record's nodes, the point in its middle, and its `outline` as an SVG path."""

    place: int
    node: Node
    x: float
    y: float
    outline: str


@dataclass(frozen=True)
class DiagramEdge:
    """A connector: its `place` in the record's edges, its way as an SVG path, and where its label begins."""

    place: int
    edge: FlowEdge
    source: DiagramSymbol
    target: DiagramSymbol
    way: str
    label_x: float
    label_y: float


@dataclass(frozen=True)
class Heading:
    """The name of a column or the number of a row: the middle `at` of its words, and `start`, where its band begins."""

    text: str
    at: float
    start: float


@dataclass(frozen=True)
class Diagram:
    """A flowchart laid out; `columns` are the performers from left to right, `rows` the steps from top to bottom."""

    width: float
    height: float
    columns: tuple[Heading, ...]
    rows: tuple[Heading, ...]
    symbols: tuple[DiagramSymbol, ...]
    edges: tuple[DiagramEdge, ...]
    cell_width: float = COLUMN
    cell_height: float = ROW


def diagram_of(record: Record) -> Diagram:
    """Lay out the flow of a record. Symbols of no performer or no step stand in a column, a row, of their own."""
    columns, rows = len(record.pelaksana) + 1, len(record.kegiatan) + 1
    symbols = _symbols(record)
    by_id = {symbol.node.id: symbol for symbol in symbols}
    edges = [
        _edge(place, edge, by_id[edge.source], by_id[edge.target])
        for place, edge in enumerate(record.flow.edges)
        if edge.source in by_id and edge.target in by_id
    ]
    return Diagram(
        width=LEFT + columns * COLUMN,
        height=TOP + rows * ROW,
        columns=tuple(_heading(column.nama, place, LEFT, COLUMN) for place, column in enumerate(record.pelaksana)),
        rows=tuple(_heading(str(step.no), place, TOP, ROW) for place, step in enumerate(record.kegiatan)),
        symbols=symbols,
        edges=tuple(edges),
    )


def _heading(text: str, place: int, origin: float, size: float) -> Heading:
    return Heading(text, origin + (place + 0.5) * size, origin + place * size)


def _symbols(record: Record) -> tuple[DiagramSymbol, ...]:
    """The symbols, each in the column of its performer and the row of its step; several in a cell beside each other."""
    columns = {performer.id: place for place, performer in enumerate(record.pelaksana)}
    cells: dict[tuple[int, int], list[int]] = {}
    for place, node in enumerate(record.flow.nodes):
        cell = (columns.get(node.pelaksana or "", len(columns)), (node.kegiatan or len(record.kegiatan) + 1) - 1)
        cells.setdefault(cell, []).append(place)
    found: dict[int, DiagramSymbol] = {}
    for (column, row), places in cells.items():
        for order, place in enumerate(places):
            x, y = LEFT + (column + (order + 0.5) / len(places)) * COLUMN, TOP + (row + 0.5) * ROW
            node = record.flow.nodes[place]
            found[place] = DiagramSymbol(place, node, x, y, OUTLINES.get(node.kind, _process)(x, y))
    return tuple(found[place] for place in sorted(found))


def _edge(place: int, edge: FlowEdge, source: DiagramSymbol, target: DiagramSymbol) -> DiagramEdge:
    """A connector: straight along its row, down and across, or back up beside the symbols."""
    x1, y1, x2, y2 = source.x, source.y, target.x, target.y
    label_x, label_y = x1 + HALF_WIDTH + 4, y1 + 24
    if y1 == y2:
        side = HALF_WIDTH if x2 > x1 else -HALF_WIDTH
        way, label_y = f"M{x1 + side:g} {y1:g}L{x2 - side:g} {y2:g}", y1 - 5
    elif y2 > y1:
        way = f"M{x1:g} {y1 + REACH:g}V{y2 - ROW / 2 + BEND:g}H{x2:g}V{y2 - REACH:g}"
    else:
        across = max(x1, x2) + COLUMN * DETOUR
        way = f"M{x1 + HALF_WIDTH:g} {y1:g}H{across:g}V{y2:g}H{x2 + HALF_WIDTH:g}"
    return DiagramEdge(place, edge, source, target, way, label_x, label_y)


def _process(x: float, y: float) -> str:
    return f"M{x - HALF_WIDTH:g} {y - HALF_HEIGHT:g}h{2 * HALF_WIDTH:g}v{2 * HALF_HEIGHT:g}h{-2 * HALF_WIDTH:g}z"


def _terminal(x: float, y: float) -> str:
    straight, radius = 2 * (HALF_WIDTH - HALF_HEIGHT), HALF_HEIGHT
    arc = f"a{radius:g} {radius:g} 0 0 1 0 "
    left, top = x - HALF_WIDTH + radius, y - radius
    return f"M{left:g} {top:g}h{straight:g}{arc}{2 * radius:g}h{-straight:g}{arc}{-2 * radius:g}z"


def _decision(x: float, y: float) -> str:
    return f"M{x:g} {y - REACH:g}L{x + HALF_WIDTH:g} {y:g}L{x:g} {y + REACH:g}L{x - HALF_WIDTH:g} {y:g}z"


def _connector(x: float, y: float) -> str:
    return f"M{x - 12:g} {y - 12:g}h24v14l-12 10l-12-10z"


def _document(x: float, y: float) -> str:
    return f"M{x - HALF_WIDTH:g} {y - HALF_HEIGHT:g}h36v20q-9-6-18 0t-18 0z"


def _archive(x: float, y: float) -> str:
    return f"M{x - 16:g} {y - HALF_HEIGHT:g}h32l-16 24z"


OUTLINES: Mapping[NodeKind, Callable[[float, float], str]] = {
    "start": _terminal,
    "end": _terminal,
    "process": _process,
    "decision": _decision,
    "connector": _connector,
    "document": _document,
    "archive": _archive,
}
"""The outline of a symbol of each kind around its middle."""

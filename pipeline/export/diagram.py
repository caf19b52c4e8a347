"""The flow of a record as a clean diagram: a column for each performer, a row for each step, in plain geometry.

What draws it (the review page, the report) chooses colours and what can be clicked; where everything goes is said here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.export.swimlanes.flow_cells import FlowCells, flow_cells
from pipeline.export.swimlanes.swim_graph import (
    EdgePlace,
    NodePlace,
    Size,
    Spacing,
    SwimEdge,
    SwimGraph,
    SwimNode,
    SymbolForm,
    coordinate,
)
from pipeline.export.swimlanes.swim_layout import layout_of
from pipeline.export.swimlanes.text_width import LINE_HEIGHT, width_of
from pipeline.model.record import FlowEdge, Node, NodeKind, Record

# Lengths in pixels of the drawing.
LEFT, TOP = 40.0, 44.0  # room for the numbers of the steps, and for the names of the performers
COLUMN, ROW = 104.0, 60.0  # least sizes
HALF_WIDTH, HALF_HEIGHT = 18.0, 11.0  # of a symbol
HALF_DECISION = 14.0  # of a decision's height
LABEL_TYPE, LABEL_LETTERS = 11.0, 12  # of a connector's words: type size, and how many letters are shown
SPACING = Spacing(along=20.0, across=16.0, track=8.0)


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
    """A connector: its `place` in the record's edges, its way as an SVG path, and where its label's line begins."""

    place: int
    edge: FlowEdge
    source: DiagramSymbol
    target: DiagramSymbol
    way: str
    label_x: float
    label_y: float


@dataclass(frozen=True)
class Heading:
    """The name of a column or number of a row: the middle `at` of its words, where its band starts, and its `size`."""

    text: str
    at: float
    start: float
    size: float


@dataclass(frozen=True)
class Diagram:
    """A flowchart laid out; `columns` are the performers from left to right, `rows` the steps from top to bottom."""

    width: float
    height: float
    columns: tuple[Heading, ...]
    rows: tuple[Heading, ...]
    symbols: tuple[DiagramSymbol, ...]
    edges: tuple[DiagramEdge, ...]


def diagram_of(record: Record) -> Diagram:
    """Lay out the flow of a record. Symbols of no performer or no step stand in a column, a row, of their own."""
    cells = flow_cells(record)
    layout = layout_of(_graph(cells), SPACING)
    symbols = tuple(_symbol(place, cell.node, layout.nodes[cell.node.id]) for place, cell in enumerate(cells.cells))
    by_id = {symbol.node.id: symbol for symbol in symbols}
    places = [place for place, edge in enumerate(record.flow.edges) if edge.source in by_id and edge.target in by_id]
    edges = (
        _edge(place, edge, by_id, layout.edges[str(number)])
        for number, (place, edge) in enumerate(zip(places, cells.edges, strict=True))
    )
    return Diagram(
        width=LEFT + layout.width,
        height=TOP + layout.height,
        columns=tuple(
            _heading(lane.nama, LEFT, *bounds) for lane, bounds in zip(cells.lanes, layout.lanes, strict=True) if lane
        ),
        rows=tuple(
            _heading(str(step.no), TOP, *bounds) for step, bounds in zip(cells.rows, layout.ranks, strict=True) if step
        ),
        symbols=symbols,
        edges=tuple(edges),
    )


def _graph(cells: FlowCells) -> SwimGraph:
    nodes = tuple(
        SwimNode(cell.node.id, cell.lane, cell.row, FORMS[cell.node.kind][1], FORMS[cell.node.kind][0], cell.slot)
        for cell in cells.cells
    )
    edges = tuple(
        SwimEdge(str(number), edge.source, edge.target, _label_size(edge.label))
        for number, edge in enumerate(cells.edges)
    )
    return SwimGraph((COLUMN,) * len(cells.lanes), (ROW,) * len(cells.rows), nodes, edges)


def _label_size(label: str | None) -> Size:
    return (width_of(label[:LABEL_LETTERS], LABEL_TYPE), LABEL_TYPE * LINE_HEIGHT) if label else (0.0, 0.0)


def _heading(text: str, origin: float, start: float, end: float) -> Heading:
    return Heading(text, origin + (start + end) / 2, origin + start, end - start)


def _symbol(place: int, node: Node, found: NodePlace) -> DiagramSymbol:
    x, y = found.box.center
    return DiagramSymbol(place, node, LEFT + x, TOP + y, OUTLINES[node.kind](LEFT + x, TOP + y))


def _edge(place: int, edge: FlowEdge, symbols: Mapping[str, DiagramSymbol], found: EdgePlace) -> DiagramEdge:
    way = "M" + "L".join(f"{coordinate(LEFT + x)} {coordinate(TOP + y)}" for x, y in found.points)
    x, y = (found.label.x0, found.label.top + LABEL_TYPE) if found.label else found.points[0]
    return DiagramEdge(place, edge, symbols[edge.source], symbols[edge.target], way, LEFT + x, TOP + y)


def _process(x: float, y: float) -> str:
    return f"M{x - HALF_WIDTH:g} {y - HALF_HEIGHT:g}h{2 * HALF_WIDTH:g}v{2 * HALF_HEIGHT:g}h{-2 * HALF_WIDTH:g}z"


def _terminal(x: float, y: float) -> str:
    straight, radius = 2 * (HALF_WIDTH - HALF_HEIGHT), HALF_HEIGHT
    arc = f"a{radius:g} {radius:g} 0 0 1 0 "
    left, top = x - HALF_WIDTH + radius, y - radius
    return f"M{left:g} {top:g}h{straight:g}{arc}{2 * radius:g}h{-straight:g}{arc}{-2 * radius:g}z"


def _decision(x: float, y: float) -> str:
    return (
        f"M{x:g} {y - HALF_DECISION:g}L{x + HALF_WIDTH:g} {y:g}L{x:g} {y + HALF_DECISION:g}L{x - HALF_WIDTH:g} {y:g}z"
    )


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
SYMBOL: Size = (2 * HALF_WIDTH, 2 * HALF_HEIGHT)
FORMS: Mapping[NodeKind, tuple[SymbolForm, Size]] = {
    "start": ("pill", SYMBOL),
    "end": ("pill", SYMBOL),
    "process": ("box", SYMBOL),
    "decision": ("rhombus", (2 * HALF_WIDTH, 2 * HALF_DECISION)),
    "connector": ("pentagon", (24.0, 24.0)),
    "document": ("box", SYMBOL),
    "archive": ("triangle", (32.0, 24.0)),
}
"""At which outline, of which size, connectors end."""

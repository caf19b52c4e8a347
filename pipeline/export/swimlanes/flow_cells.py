"""Where a record's symbols belong: the lane of their performer and the row of their step."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pipeline.export.swimlanes.swim_graph import slots_of
from pipeline.model.record import FlowEdge, Kegiatan, Node, Pelaksana, Record


@dataclass(frozen=True)
class FlowCell:
    """A symbol with its lane, its row and its place among those in the same cell."""

    node: Node
    lane: int
    row: int
    slot: int


@dataclass(frozen=True)
class FlowCells:
    """A record's flow by lanes and rows.

    Attributes:
        lanes: The performers in their order; None, at the end, for symbols that none is known of.
        rows: The steps in their order; None, at the end, likewise.
        cells: The symbols in the record's order.
        edges: The connectors whose ends are both there.
    """

    lanes: tuple[Pelaksana | None, ...]
    rows: tuple[Kegiatan | None, ...]
    cells: tuple[FlowCell, ...]
    edges: tuple[FlowEdge, ...]


def flow_cells(record: Record) -> FlowCells:
    """Sort the symbols of a record into lanes and rows."""
    lanes: list[Pelaksana | None] = [*record.pelaksana]
    rows: list[Kegiatan | None] = [*record.kegiatan]
    columns = {performer.id: index for index, performer in enumerate(record.pelaksana)}
    steps = {step.no: index for index, step in enumerate(record.kegiatan)}
    places: dict[tuple[int, int], list[Node]] = defaultdict(list)
    for node in record.flow.nodes:
        lane = columns.get(node.pelaksana or "", len(columns))
        row = len(steps) if node.kegiatan is None else steps.get(node.kegiatan, len(steps))
        places[lane, row].append(node)
    found = {
        node.id: FlowCell(node, lane, row, slot)
        for (lane, row), nodes in places.items()
        for slot, node in zip(slots_of(len(nodes)), nodes, strict=True)
    }
    if any(cell.lane == len(columns) for cell in found.values()):
        lanes.append(None)
    if any(cell.row == len(steps) for cell in found.values()):
        rows.append(None)
    cells = tuple(found[node.id] for node in record.flow.nodes)
    edges = tuple(edge for edge in record.flow.edges if edge.source in found and edge.target in found)
    return FlowCells(tuple(lanes), tuple(rows), cells, edges)

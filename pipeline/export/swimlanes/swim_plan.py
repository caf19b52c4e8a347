"""Which column of symbols belongs to which lane, and how much room each takes: a graph made ready for its layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.export.swimlanes.swim_graph import Point, SwimGraph, SwimNode
from pipeline.export.swimlanes.swim_routes import Vertex
from pipeline.export.swimlanes.swim_rulers import Room

LABEL_GAP = 3.0
"""Between a symbol and its label."""
LABEL_CORNER = 0.72
"""Where the label of a symbol without corners begins, as a share of the way from its middle to its side: outside of a
circle, and of the ports."""


@dataclass(frozen=True)
class SwimPlan:
    """A graph, and whether its flow goes to the right. Points and sizes are (across, along) the flow."""

    graph: SwimGraph
    horizontal: bool

    @cached_property
    def nodes(self) -> Mapping[str, SwimNode]:
        """The symbols by their ids."""
        return {node.id: node for node in self.graph.nodes}

    @cached_property
    def columns(self) -> Sequence[tuple[int, int]]:
        """Lane and slot of each column of symbols."""
        slots: dict[int, set[int]] = {lane: {0} for lane in range(len(self.graph.lanes))}
        for node in self.graph.nodes:
            slots[node.lane].add(node.slot)
        return [(lane, slot) for lane in slots for slot in range(min(slots[lane]), max(slots[lane]) + 1)]

    @cached_property
    def places(self) -> Mapping[str, Vertex]:
        """Column and rank of each symbol."""
        columns = {place: index for index, place in enumerate(self.columns)}
        return {node.id: (columns[node.lane, node.slot], node.rank) for node in self.graph.nodes}

    @cached_property
    def rooms(self) -> tuple[Sequence[Room], Sequence[Room]]:
        """How far symbols and labels of each column, and of each rank, reach before and behind its middle."""
        return self._rooms(0, len(self.columns)), self._rooms(1, len(self.graph.ranks))

    def _rooms(self, axis: int, count: int) -> list[Room]:
        rooms: list[Room] = [(0.0, 0.0)] * count
        for node in self.graph.nodes:
            index = self.places[node.id][axis]
            half = self.turned(node.size)[axis] / 2
            label = self.label_corner(node)[axis] + self.turned(node.label)[axis] if any(node.label) else 0.0
            before, behind = rooms[index]
            rooms[index] = max(before, half), max(behind, half, label)
        return rooms

    def label_corner(self, node: SwimNode) -> Point:
        """Where a symbol's label begins, from the symbol's middle."""
        x, y = node.size[0] / 2, node.size[1] / 2
        beside = LABEL_CORNER if node.form in ("oval", "rhombus") else 1.0
        return self.turned((x * beside + LABEL_GAP, y * LABEL_CORNER + LABEL_GAP))

    def turned(self, point: Point) -> Point:
        """(across, along) from (x, y), and the other way round."""
        return (point[1], point[0]) if self.horizontal else point

"""One layout for every drawing of a flow: lanes beside each other, ranks below each other, connectors around symbols.

All is computed with the flow going down; where it goes to the right, sizes are swapped before, and points after.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.export.swimlanes.edge_labels import crowded, place_labels
from pipeline.export.swimlanes.swim_graph import (
    EdgePlace,
    NodePlace,
    Point,
    Spacing,
    SwimEdge,
    SwimGraph,
    SwimLayout,
    SwimNode,
)
from pipeline.export.swimlanes.swim_plan import LABEL_GAP, SwimPlan
from pipeline.export.swimlanes.swim_routes import Route, Vertex, direction_of, routes_of
from pipeline.export.swimlanes.swim_rulers import Ruler, ruler_of
from pipeline.export.swimlanes.swim_tracks import Bundle, bundles_of
from pipeline.export.swimlanes.symbol_outlines import PORT_SHARES, reach_of
from pipeline.model.geometry import Box

ROUNDS = 6
"""How often gaps are widened for the words of connectors."""

Gap = tuple[bool, int]
"""A gap between ranks (True) or columns (False), by its number; 0 is before the first."""
Offsets = Mapping[tuple[int, int], float]
"""How far each part of each connector lies beside its line, by the numbers of the connector and of the part."""


def layout_of(graph: SwimGraph, spacing: Spacing, horizontal: bool = False) -> SwimLayout:
    """Lay out a flowchart.

    Args:
        graph: Symbols in lanes and ranks, and connectors between them.
        spacing: Lengths of the drawing.
        horizontal: Let the flow go to the right, lanes below each other; else it goes down.
    """
    plan = SwimPlan(graph, horizontal)
    ends = [(edge.source, edge.target) for edge in graph.edges]
    routes = routes_of(len(plan.columns), len(graph.ranks), plan.places, ends)
    by_edge = dict(zip(graph.edges, routes, strict=True))
    bundles = bundles_of(routes)
    wider: dict[Gap, float] = {}
    for _ in range(ROUNDS):
        layout = _laid_out(plan, _Lines.of(plan, spacing, bundles, wider), routes)
        tight = crowded(graph.edges, layout)
        if not tight:
            break
        for edge in tight:
            gap, more = _first_gap(edge, by_edge[edge], horizontal)
            wider[gap] = wider.get(gap, 0.0) + more
    return layout


@dataclass(frozen=True)
class _Lines:
    """Where the lines of the grid lie, and how far beside them each part of a connector."""

    across: Ruler
    along: Ruler
    offsets: Offsets

    @classmethod
    def of(cls, plan: SwimPlan, spacing: Spacing, bundles: Sequence[Bundle], wider: Mapping[Gap, float]) -> _Lines:
        tracks: dict[Gap, int] = {}
        for bundle in bundles:
            along, line = bundle.line
            if line % 2 == 0:
                tracks[not along, line // 2] = max(tracks.get((not along, line // 2), 0), bundle.count)

        def gap(key: Gap, least: float) -> float:
            needed = (tracks[key] + 2) * spacing.track if key in tracks else 0.0
            return max(least, needed) + wider.get(key, 0.0)

        (columns, ranks), graph = plan.rooms, plan.graph
        across = [gap((False, index), spacing.across) for index in range(len(columns) + 1)]
        along_gaps = [gap((True, index), spacing.along) for index in range(len(ranks) + 1)]
        return cls(
            ruler_of(columns, across, [lane for lane, _ in plan.columns], graph.lanes),
            ruler_of(ranks, along_gaps, range(len(ranks)), graph.ranks),
            _offsets(plan, spacing.track, bundles),
        )

    def middle(self, vertex: Vertex) -> Point:
        """The position of a vertex of the grid."""
        return self.across.at(vertex[0]), self.along.at(vertex[1])

    def position(self, edge: int, part: int, a: Vertex, b: Vertex) -> float:
        """Where a part of a connector lies: across the lanes where it runs along the flow, else along them."""
        return (self.across.at(a[0]) if a[0] == b[0] else self.along.at(a[1])) + self.offsets[edge, part]


def _offsets(plan: SwimPlan, track: float, bundles: Sequence[Bundle]) -> Offsets:
    """Spread connectors around the middle of symbols, as far as their sides allow, and beside the middle of gaps.

    No connector runs on the very middle of a gap, where the ruling between two lanes is.
    """
    at = {(2 * column + 1, 2 * rank + 1): plan.nodes[name] for name, (column, rank) in plan.places.items()}
    found: dict[tuple[int, int], float] = {}
    for bundle in bundles:
        along, line = bundle.line
        middle, step = bundle.count // 2 - 0.5, track
        if line % 2:
            middle = (bundle.count - 1) / 2
            nodes = [at[vertex] for stretch in bundle.stretches for vertex in stretch.ends]
            sides = [plan.turned(node.size)[0 if along else 1] / 2 * PORT_SHARES[node.form] for node in nodes]
            step = min([track, *(side / middle for side in sides if middle)])
        for stretch, number in zip(bundle.stretches, bundle.tracks, strict=True):
            found[stretch.edge, stretch.place] = (number - middle) * step
    return found


def _laid_out(plan: SwimPlan, lines: _Lines, routes: Sequence[Route]) -> SwimLayout:
    nodes = {node.id: _node_place(plan, lines, node) for node in plan.graph.nodes}
    ways = {
        edge.id: tuple(map(plan.turned, _way(plan, lines, number, edge, route)))
        for number, (edge, route) in enumerate(zip(plan.graph.edges, routes, strict=True))
    }
    labels = place_labels(plan.graph.edges, ways, nodes)
    width, height = plan.turned((lines.across.length, lines.along.length))
    return SwimLayout(
        width=width,
        height=height,
        lanes=lines.across.bounds,
        ranks=lines.along.bounds,
        nodes=nodes,
        edges={name: EdgePlace(way, labels.get(name)) for name, way in ways.items()},
    )


def _node_place(plan: SwimPlan, lines: _Lines, node: SwimNode) -> NodePlace:
    column, rank = plan.places[node.id]
    x, y = plan.turned((lines.across.middles[column], lines.along.middles[rank]))
    (width, height), (dx, dy) = node.size, plan.turned(plan.label_corner(node))
    label = Box(0.0, 0.0, *node.label).shifted(x + dx, y + dy) if any(node.label) else None
    return NodePlace(Box(-width / 2, -height / 2, width / 2, height / 2).shifted(x, y), label)


def _way(plan: SwimPlan, lines: _Lines, number: int, edge: SwimEdge, route: Route) -> list[Point]:
    """The end and turning points of a connector."""
    positions = [lines.position(number, part, a, b) for part, (a, b) in enumerate(itertools.pairwise(route))]
    turns: list[Point] = []
    for part, (before, behind) in enumerate(itertools.pairwise(positions)):
        along = route[part][0] == route[part + 1][0]
        turns.append((before, behind) if along else (behind, before))
    start = _port(plan, lines, plan.nodes[edge.source], route[:2], positions[0])
    end = _port(plan, lines, plan.nodes[edge.target], route[:-3:-1], positions[-1])
    return [start, *turns, end]


def _port(plan: SwimPlan, lines: _Lines, node: SwimNode, route: Route, position: float) -> Point:
    """The point at which a connector meets its symbol's outline; `route` leads away from the symbol."""
    x, y = lines.middle(route[0])
    toward = direction_of(*route)
    drawn = (toward[1], toward[0]) if plan.horizontal else toward
    reach = reach_of(node.form, node.size, drawn, position - (x if toward[0] == 0 else y))
    return (position, y + toward[1] * reach) if toward[0] == 0 else (x + toward[0] * reach, position)


def _first_gap(edge: SwimEdge, route: Route, horizontal: bool) -> tuple[Gap, float]:
    """The gap that a connector comes to first, and how much wider it must be for the connector's words."""
    (x, y), (to_x, to_y) = route[0], route[1]
    along = x == to_x
    line, toward = (y, to_y) if along else (x, to_x)
    width, height = edge.label
    return (along, line // 2 + (toward > line)), (height if along != horizontal else width) + 2 * LABEL_GAP

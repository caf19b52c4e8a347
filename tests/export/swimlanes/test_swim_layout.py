from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest
from export.swimlanes.swim_cases import faults_of, graphs
from hypothesis import given, settings

from pipeline.export.swimlanes.swim_graph import Point, Spacing, SwimEdge, SwimGraph, SwimLayout, SwimNode
from pipeline.export.swimlanes.swim_layout import layout_of

SPACING = Spacing()


@settings(max_examples=40, deadline=None)
@given(graphs())
@pytest.mark.parametrize("horizontal", [False, True])
def test_nothing_lies_over_a_symbol(horizontal: bool, graph: SwimGraph) -> None:
    layout = layout_of(graph, SPACING, horizontal)
    assert faults_of(graph, layout) == []


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_every_symbol_stands_in_its_lane_and_rank(graph: SwimGraph) -> None:
    layout = layout_of(graph, SPACING)
    for node in graph.nodes:
        box = layout.nodes[node.id].box
        assert layout.lanes[node.lane][0] <= box.x0 <= box.x1 <= layout.lanes[node.lane][1]
        assert layout.ranks[node.rank][0] <= box.top <= box.bottom <= layout.ranks[node.rank][1]
        assert (box.width, box.height) == pytest.approx(node.size)
    for least, bounds in ((30.0, layout.lanes), (20.0, layout.ranks)):
        assert all(end - start >= least - 1e-6 for start, end in bounds)
        assert all(a[1] == b[0] for a, b in pairwise(bounds))
    points = [point for place in layout.edges.values() for point in place.points]
    assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in points)


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_connectors_do_not_run_on_each_other(graph: SwimGraph) -> None:
    layout = layout_of(graph, SPACING)
    for a, b in combinations(layout.edges.values(), 2):
        assert not any(_same_line(p, q, r, s) for p, q in pairwise(a.points) for r, s in pairwise(b.points))


def _same_line(p: Point, q: Point, r: Point, s: Point) -> bool:
    for axis in (0, 1):
        if p[axis] == q[axis] and r[axis] == s[axis] and abs(p[axis] - r[axis]) < 1e-6:
            low, high = (
                max(min(p[1 - axis], q[1 - axis]), min(r[1 - axis], s[1 - axis])),
                min(max(p[1 - axis], q[1 - axis]), max(r[1 - axis], s[1 - axis])),
            )
            return high - low > 1e-6
    return False


def drawn(places: Sequence[tuple[int, int]], *edges: tuple[int, int]) -> SwimLayout:
    """Boxes of 40 x 20 at lanes and ranks, connected by their numbers."""
    nodes = tuple(SwimNode(str(i), lane, rank, (40.0, 20.0)) for i, (lane, rank) in enumerate(places))
    joined = tuple(SwimEdge(f"{a}-{b}", str(a), str(b)) for a, b in edges)
    lanes, ranks = max(lane for lane, _ in places) + 1, max(rank for _, rank in places) + 1
    return layout_of(SwimGraph((60.0,) * lanes, (40.0,) * ranks, nodes, joined), SPACING)


def test_a_step_below_is_reached_straight_and_one_aside_with_one_turn() -> None:
    layout = drawn([(0, 0), (0, 1), (2, 2)], (0, 1), (1, 2))
    assert len(layout.edges["0-1"].points) == 2
    assert len(layout.edges["1-2"].points) == 3


def test_a_connector_goes_around_what_stands_between() -> None:
    layout = drawn([(0, 0), (1, 0), (2, 0)], (0, 2))
    assert len(layout.edges["0-2"].points) == 4


def test_a_flow_that_goes_back_is_drawn_apart() -> None:
    layout = drawn([(0, 0), (0, 1)], (0, 1), (1, 0))
    there, back = layout.edges["0-1"].points, layout.edges["1-0"].points
    assert len(there) == 2
    assert len(back) == 4


def test_horizontal_is_the_same_turned() -> None:
    nodes = (SwimNode("a", 0, 0, (40.0, 20.0)), SwimNode("b", 1, 1, (40.0, 20.0)))
    turned = (SwimNode("a", 0, 0, (20.0, 40.0)), SwimNode("b", 1, 1, (20.0, 40.0)))
    edges = (SwimEdge("e", "a", "b"),)
    down = layout_of(SwimGraph((0.0, 0.0), (0.0, 0.0), nodes, edges), SPACING)
    right = layout_of(SwimGraph((0.0, 0.0), (0.0, 0.0), turned, edges), SPACING, horizontal=True)
    assert (down.width, down.height) == (right.height, right.width)
    assert [(y, x) for x, y in down.edges["e"].points] == list(right.edges["e"].points)


def test_nothing_to_lay_out() -> None:
    assert layout_of(SwimGraph((), (), (), ()), SPACING).nodes == {}


def test_a_way_far_back_in_a_large_flowchart_goes_around_all_symbols() -> None:
    places = [(rank % 3, rank) for rank in range(90)]
    nodes = tuple(SwimNode(str(i), lane, rank, (40.0, 20.0)) for i, (lane, rank) in enumerate(places))
    joined = (*(SwimEdge(f"{i}", str(i), str(i + 1)) for i in range(89)), SwimEdge("back", "89", "0"))
    graph = SwimGraph((60.0,) * 3, (40.0,) * 90, nodes, joined)
    layout = layout_of(graph, SPACING)
    assert faults_of(graph, layout) == []
    assert len(layout.edges["back"].points) <= 6

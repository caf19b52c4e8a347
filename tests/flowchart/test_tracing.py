"""The graph from geometry alone: symbols are boxes, connectors are strokes with arrowheads of known strength."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.flowchart.connectors import Frame, Net, Place, Terminal, Through
from pipeline.flowchart.drawing import Stroke
from pipeline.flowchart.edges import Rank, ways_of
from pipeline.flowchart.tracing import nets_of
from pipeline.model.geometry import Box
from pipeline.settings import FlowSettings

SETTINGS = FlowSettings()
BODY = Box(0, 0, 400, 1000)


def place(name, x, y, w=40, h=20):
    return Place(name, Box(x - w / 2, y - h / 2, x + w / 2, y + h / 2))


def edges(places, strokes, throughs=(), decisions=(), gaps=()):
    nets = nets_of(strokes, places, throughs, gaps, Frame(1, BODY, True, True), SETTINGS)
    ranks = {p.id: Rank(1, round(p.box.center[1] // 100) + 1, p.box.center[0], p.id in decisions) for p in places}
    return {(way.source, way.target) for way in ways_of(nets, ranks, SETTINGS)}


def polyline(*points, head=0.8, tail=0.0):
    last = len(points) - 2
    return [
        Stroke(a, b, 1.0, tail if i == 0 else 0.0, head if i == last else 0.0)
        for i, (a, b) in enumerate(zip(points, points[1:], strict=False))
    ]


A, B, C = place("a", 50, 50), place("b", 250, 50), place("c", 50, 250)


def test_a_straight_line_leads_to_its_arrowhead():
    assert edges([A, B], polyline((70, 50), (230, 50))) == {("a", "b")}
    assert edges([A, B], polyline((230, 50), (70, 50))) == {("b", "a")}


def test_arrowheads_at_both_ends_lead_both_ways():
    assert edges([A, B], polyline((70, 50), (230, 50), tail=0.8)) == {("a", "b"), ("b", "a")}


def test_a_symbols_point_beside_a_clear_arrowhead_is_none():
    assert edges([A, B], polyline((70, 50), (230, 50), head=0.88, tail=0.4)) == {("a", "b")}
    assert edges([A, B], polyline((70, 50), (230, 50), head=0.6, tail=0.4)) == {("a", "b"), ("b", "a")}


def test_without_an_arrowhead_the_flow_leads_on():
    assert edges([A, C], polyline((50, 240), (50, 60), head=0.0)) == {("a", "c")}


def test_lines_that_cross_go_straight_on():
    d = place("d", 250, 250)
    across = polyline((70, 50), (150, 50), (150, 250), (230, 250))
    other = polyline((250, 60), (250, 150), (50, 150), (50, 240))
    assert edges([A, B, C, d], across + other) == {("a", "d"), ("b", "c")}


def test_a_line_that_branches_leads_to_every_arrowhead():
    d = place("d", 250, 250)
    trunk = [Stroke((150, 60), (150, 250), 1.0)]
    bar = [Stroke((70, 250), (230, 250), 1.0, 0.8, 0.8)]
    top = place("top", 150, 50)
    assert edges([top, C, d], trunk + bar) == {("top", "c"), ("top", "d")}


def test_lines_that_join_lead_to_one_arrowhead():
    goal = place("goal", 150, 250)
    lines = [
        Stroke((50, 60), (50, 150), 1.0),
        Stroke((250, 60), (250, 150), 1.0),
        Stroke((50, 150), (250, 150), 1.0),
        Stroke((150, 150), (150, 240), 1.0, 0.0, 0.8),
    ]
    assert edges([A, B, goal], lines) == {("a", "goal"), ("b", "goal")}


def test_a_gap_that_a_word_fills_breaks_no_line():
    halves = [Stroke((70, 50), (120, 50), 1.0), Stroke((160, 50), (230, 50), 1.0, 0.0, 0.8)]
    assert edges([A, B], halves, gaps=[Box(122, 45, 158, 55)]) == {("a", "b")}


def test_a_line_that_stops_short_still_reaches_its_symbol():
    assert edges([A, B], polyline((78, 50), (221, 50))) == {("a", "b")}


def test_an_overshooting_elbow_reaches_no_further():
    below = place("below", 150, 100)
    lines = [Stroke((70, 50), (150, 50), 1.0), Stroke((150, 20), (150, 54), 1.0, 0.8, 0.0)]
    top = place("top", 150, 10)
    assert edges([A, top, below], lines) == {("a", "top")}


def test_a_line_through_a_symbol_to_a_decision_is_two_connectors():
    middle, decision = place("middle", 150, 50), place("decision", 250, 50)
    start = place("start", 50, 150)
    lines = [
        *polyline((230, 50), (170, 50), head=0.0, tail=0.8),
        *polyline((130, 50), (50, 50), (50, 140), head=0.8),
    ]
    found = edges([middle, decision, start], lines, [Through("middle", ((130.0, 50.0), (170.0, 50.0)))], {"decision"})
    assert found == {("middle", "decision"), ("decision", "start")}


def joined_over_a_page_break(row_of_last):
    """A line from page 1 to the first symbol of page 2, which leaves that again where the line comes in."""
    ranks = {"a": Rank(1, 1, 50), "b": Rank(2, 2, 50), "c": Rank(2, row_of_last, 90), "d": Rank(2, 4, 50)}
    ends = Terminal((50, 60), 0.0, "a"), Terminal((50, 240), 0.8, "b"), Terminal((90, 240), 0.8, "c")
    on = Terminal((50, 340), 0.0, "c"), Terminal((50, 440), 0.8, "d")
    return {(way.source, way.target) for way in ways_of([Net(1, ends), Net(2, on)], ranks, SETTINGS)}


def test_a_line_from_an_earlier_page_leads_to_the_first_row_and_on_from_there():
    assert joined_over_a_page_break(3) == {("a", "b"), ("b", "c"), ("c", "d")}


def test_a_line_from_an_earlier_page_may_fork_into_one_row():
    assert joined_over_a_page_break(2) == {("a", "b"), ("a", "c"), ("c", "d")}


def test_a_line_that_runs_on_a_ruling_is_followed():
    frame = Frame(1, BODY, True, True, (), (150.0,))
    far = place("far", 250, 250)
    lines = [Stroke((50, 60), (50, 149), 1.0), Stroke((250, 151), (250, 240), 1.0, 0.0, 0.8)]
    [net] = [n for n in nets_of(lines, [A, far], (), (), frame, SETTINGS) if len(n.terminals) > 1]
    assert {t.symbol for t in net.terminals} == {"a", "far"}


@st.composite
def flows(draw):
    """Lanes of one symbol per row, each joined to the next by an elbow whose level is its own; and its drawing."""
    lanes = draw(st.lists(st.integers(0, 5), min_size=2, max_size=8))
    shift = draw(st.floats(-8, 8))
    gap = draw(st.floats(0, 8))
    upward = draw(st.lists(st.booleans(), min_size=len(lanes), max_size=len(lanes)))
    return lanes, shift, gap, upward


@given(flows())
@settings(max_examples=150, deadline=None)
def test_any_flow_drawn_is_read_back(flow):
    lanes, shift, gap, upward = flow
    places = [place(f"s{i}", 40 + 62 * lane, 50 + 100 * i) for i, lane in enumerate(lanes)]
    strokes, want = [], set()
    for i, (a, b) in enumerate(zip(places, places[1:], strict=False)):
        (x0, y0), (x1, y1) = a.box.center, b.box.center
        level = (y0 + y1) / 2 + shift
        path = [(x0, y0 + 10 + gap), (x0, level), (x1, level), (x1, y1 - 10 - gap)]
        if x0 == x1:
            path = [path[0], path[-1]]
        strokes += polyline(*(reversed(path) if upward[i] else path))
        want.add((b.id, a.id) if upward[i] else (a.id, b.id))
    assert edges(places, strokes) == want

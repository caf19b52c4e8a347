"""The graph from geometry alone: symbols are boxes, connectors are segments with arrowheads of known strength."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.flowchart.connectors import Connector, FlowArea, SymbolBox, Terminal
from pipeline.flowchart.drawing import LineSegment, Passage, Point
from pipeline.flowchart.edges import EdgeKey, FlowPosition, directed_edges
from pipeline.flowchart.tracing import trace_connectors
from pipeline.model.geometry import Box
from pipeline.settings import FlowSettings

SETTINGS = FlowSettings()
BODY = Box(0, 0, 400, 1000)

DrawnFlow = tuple[list[int], float, float, list[bool]]  # lanes, shift of the elbows, gap, and which lead upward


def symbol(name: str, x: float, y: float, w: float = 40, h: float = 20) -> SymbolBox:
    return SymbolBox(name, Box(x - w / 2, y - h / 2, x + w / 2, y + h / 2))


def edges(
    symbols: Sequence[SymbolBox],
    segments: Sequence[LineSegment],
    passages: Sequence[Passage] = (),
    decisions: Collection[str] = (),
    words: Sequence[Box] = (),
) -> set[EdgeKey]:
    connectors = trace_connectors(segments, symbols, passages, words, FlowArea(1, BODY, True, True), SETTINGS)
    positions = {
        s.id: FlowPosition(1, round(s.box.center[1] // 100) + 1, s.box.center[0], s.id in decisions) for s in symbols
    }
    return {edge.key for edge in directed_edges(connectors, positions, SETTINGS)}


def polyline(*points: Point, head: float = 0.8, tail: float = 0.0) -> list[LineSegment]:
    last = len(points) - 2
    return [
        LineSegment(a, b, 1.0, tail if i == 0 else 0.0, head if i == last else 0.0)
        for i, (a, b) in enumerate(pairwise(points))
    ]


A, B, C = symbol("a", 50, 50), symbol("b", 250, 50), symbol("c", 50, 250)


def test_a_straight_line_leads_to_its_arrowhead() -> None:
    assert edges([A, B], polyline((70, 50), (230, 50))) == {("a", "b")}
    assert edges([A, B], polyline((230, 50), (70, 50))) == {("b", "a")}


def test_a_thick_lines_arrowhead_fills_what_is_between_it_and_a_symbol_beside_it() -> None:
    """Of the last part of the line, no longer than its arrowhead, nothing is seen but that."""
    for width, found in ((2.7, {("a", "c")}), (0.75, set())):
        lines = [LineSegment((70, 50), (79, 50), width), LineSegment((79, 50), (79, 256), width, 0.0, 0.9)]
        assert edges([A, C], lines) == found


def test_a_short_thick_line_from_the_page_before_comes_from_there() -> None:
    area = FlowArea(2, Box(0, 0, 400, 1000), False, True)
    first = SymbolBox("a", Box(40, 12.6, 80, 33))
    (found,) = trace_connectors([LineSegment((60, 1.5), (60, 12), 2.4, 0.0, 0.9)], [first], (), (), area, SETTINGS)
    assert [t.symbol or (t.exit and t.exit.side) for t in found.terminals] == ["top", "a"]


def test_a_single_dash_at_a_corner_looks_for_the_symbol_ahead_of_it() -> None:
    """Both its ends are near the next leg; only the nearer one goes on in it."""
    legs = polyline((80, 51), (80, 250), (70, 250))
    assert edges([A, C], [LineSegment((77.5, 50), (80, 50), 0.75), *legs]) == {("a", "c")}


def test_pieces_of_an_arrowheads_barbs_do_not_keep_it_from_its_symbol() -> None:
    barbs = [LineSegment((217, y), (221, y), 0.5) for y in (48.2, 51.8)]
    assert edges([A, B], [*polyline((70, 50), (222, 50), head=0.9), *barbs]) == {("a", "b")}


def test_a_letter_at_the_beginning_of_a_line_does_not_keep_it_from_its_symbol() -> None:
    """Two strokes of a "Y" that OCR did not read, right beside where the line begins, 8 points below the symbol."""
    letter = [LineSegment((51.5, 69), (54, 73), 0.5), LineSegment((54, 73), (54, 76), 0.5)]
    assert edges([A, C], [*polyline((50, 68), (50, 240)), *letter]) == {("a", "c")}


def test_arrowheads_at_both_ends_lead_both_ways() -> None:
    assert edges([A, B], polyline((70, 50), (230, 50), tail=0.8)) == {("a", "b"), ("b", "a")}


def test_a_symbols_point_beside_a_clear_arrowhead_is_none() -> None:
    assert edges([A, B], polyline((70, 50), (230, 50), head=0.88, tail=0.4)) == {("a", "b")}
    assert edges([A, B], polyline((70, 50), (230, 50), head=0.6, tail=0.4)) == {("a", "b"), ("b", "a")}


def test_without_an_arrowhead_the_flow_leads_on() -> None:
    assert edges([A, C], polyline((50, 240), (50, 60), head=0.0)) == {("a", "c")}


def test_lines_that_cross_go_straight_on() -> None:
    d = symbol("d", 250, 250)
    across = polyline((70, 50), (150, 50), (150, 250), (230, 250))
    other = polyline((250, 60), (250, 150), (50, 150), (50, 240))
    assert edges([A, B, C, d], across + other) == {("a", "d"), ("b", "c")}


def test_a_line_that_branches_leads_to_every_arrowhead() -> None:
    d = symbol("d", 250, 250)
    trunk = [LineSegment((150, 60), (150, 250), 1.0)]
    bar = [LineSegment((70, 250), (230, 250), 1.0, 0.8, 0.8)]
    top = symbol("top", 150, 50)
    assert edges([top, C, d], trunk + bar) == {("top", "c"), ("top", "d")}


def test_lines_that_join_lead_to_one_arrowhead() -> None:
    goal = symbol("goal", 150, 250)
    lines = [
        LineSegment((50, 60), (50, 150), 1.0),
        LineSegment((250, 60), (250, 150), 1.0),
        LineSegment((50, 150), (250, 150), 1.0),
        LineSegment((150, 150), (150, 240), 1.0, 0.0, 0.8),
    ]
    assert edges([A, B, goal], lines) == {("a", "goal"), ("b", "goal")}


def test_a_gap_that_a_word_fills_breaks_no_line() -> None:
    halves = [LineSegment((70, 50), (120, 50), 1.0), LineSegment((160, 50), (230, 50), 1.0, 0.0, 0.8)]
    assert edges([A, B], halves, words=[Box(122, 45, 158, 55)]) == {("a", "b")}


def test_a_line_that_stops_short_still_reaches_its_symbol() -> None:
    assert edges([A, B], polyline((78, 50), (221, 50))) == {("a", "b")}


def test_an_overshooting_elbow_reaches_no_further() -> None:
    below = symbol("below", 150, 100)
    lines = [LineSegment((70, 50), (150, 50), 1.0), LineSegment((150, 20), (150, 54), 1.0, 0.8, 0.0)]
    top = symbol("top", 150, 10)
    assert edges([A, top, below], lines) == {("a", "top")}


def test_a_line_through_a_symbol_to_a_decision_is_two_connectors() -> None:
    middle, decision = symbol("middle", 150, 50), symbol("decision", 250, 50)
    start = symbol("start", 50, 150)
    lines = [
        *polyline((230, 50), (170, 50), head=0.0, tail=0.8),
        *polyline((130, 50), (50, 50), (50, 140), head=0.8),
    ]
    found = edges([middle, decision, start], lines, [Passage(0, ((130.0, 50.0), (170.0, 50.0)))], {"decision"})
    assert found == {("middle", "decision"), ("decision", "start")}


def joined_over_a_page_break(row_of_last: int) -> set[EdgeKey]:
    """A line from page 1 to the first symbol of page 2, which leaves that again where the line comes in."""
    places = {"a": (1, 1, 50), "b": (2, 2, 50), "c": (2, row_of_last, 90), "d": (2, 4, 50)}
    positions = {id_: FlowPosition(*place) for id_, place in places.items()}
    ends = Terminal((50, 60), 0.0, "a"), Terminal((50, 240), 0.8, "b"), Terminal((90, 240), 0.8, "c")
    on = Terminal((50, 340), 0.0, "c"), Terminal((50, 440), 0.8, "d")
    return {edge.key for edge in directed_edges([Connector(1, ends), Connector(2, on)], positions, SETTINGS)}


def test_a_line_from_an_earlier_page_leads_to_the_first_row_and_on_from_there() -> None:
    assert joined_over_a_page_break(3) == {("a", "b"), ("b", "c"), ("c", "d")}


def test_a_line_from_an_earlier_page_may_fork_into_one_row() -> None:
    assert joined_over_a_page_break(2) == {("a", "b"), ("a", "c"), ("c", "d")}


def test_a_line_that_runs_on_a_ruling_is_followed() -> None:
    area = FlowArea(1, BODY, True, True, (), (150.0,))
    far = symbol("far", 250, 250)
    lines = [LineSegment((50, 60), (50, 149), 1.0), LineSegment((250, 151), (250, 240), 1.0, 0.0, 0.8)]
    [connector] = [n for n in trace_connectors(lines, [A, far], (), (), area, SETTINGS) if len(n.terminals) > 1]
    assert {t.symbol for t in connector.terminals} == {"a", "far"}


def test_a_dashed_line_that_runs_on_a_ruling_may_begin_and_end_with_a_gap() -> None:
    area = FlowArea(1, BODY, True, True, (), (150.0,))
    far = symbol("far", 250, 250)
    lines = [LineSegment((50, 60), (50, 146), 1.0), LineSegment((250, 154.5), (250, 240), 1.0, 0.0, 0.8)]
    [connector] = [n for n in trace_connectors(lines, [A, far], (), (), area, SETTINGS) if len(n.terminals) > 1]
    assert {t.symbol for t in connector.terminals} == {"a", "far"}


@st.composite
def flows(draw: st.DrawFn) -> DrawnFlow:
    """Lanes of one symbol per row, each joined to the next by an elbow whose level is its own; and its drawing."""
    lanes = draw(st.lists(st.integers(0, 5), min_size=2, max_size=8))
    shift = draw(st.floats(-8, 8))
    gap = draw(st.floats(0, 8))
    upward = draw(st.lists(st.booleans(), min_size=len(lanes), max_size=len(lanes)))
    return lanes, shift, gap, upward


@given(flows())
@settings(max_examples=150, deadline=None)
def test_any_flow_drawn_is_read_back(flow: DrawnFlow) -> None:
    lanes, shift, gap, upward = flow
    symbols = [symbol(f"s{i}", 40 + 62 * lane, 50 + 100 * i) for i, lane in enumerate(lanes)]
    segments: list[LineSegment] = []
    want = set()
    for i, (a, b) in enumerate(pairwise(symbols)):
        (x0, y0), (x1, y1) = a.box.center, b.box.center
        level = (y0 + y1) / 2 + shift
        path = [(x0, y0 + 10 + gap), (x0, level), (x1, level), (x1, y1 - 10 - gap)]
        if x0 == x1:
            path = [path[0], path[-1]]
        segments += polyline(*(reversed(path) if upward[i] else path))
        want.add((b.id, a.id) if upward[i] else (a.id, b.id))
    assert edges(symbols, segments) == want

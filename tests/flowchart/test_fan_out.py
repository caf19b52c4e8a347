"""Bars that hand out to several symbols what a line brings, beside lines that lead both ways."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.flowchart.connectors import Connector, Terminal
from pipeline.flowchart.drawing import LineSegment
from pipeline.flowchart.edges import EdgeKey, FlowPosition, directed_edges
from pipeline.flowchart.fan_out import fanned_out
from pipeline.settings import FlowSettings

SETTINGS = FlowSettings()
PLACES = {
    "above": FlowPosition(1, 1, 200.0, column=2),
    "left": FlowPosition(1, 2, 100.0, column=1),
    "middle": FlowPosition(1, 2, 200.0, column=2),
    "right": FlowPosition(1, 2, 300.0, column=3),
}
LINE = Connector(
    1, (Terminal((200, 80), 0.0, "above"), Terminal((200, 120), 0.9, "middle")), (LineSegment((200, 80), (200, 120)),)
)


def bar(left: float = 120, right: float = 120) -> Connector:
    """A line at y = 100 from x = 100 to 300, with legs that end at these y, arrowheads at both."""
    segments = [
        LineSegment((100, 100), (300, 100)),
        *(LineSegment((x, 100), (x, y)) for x, y in ((100, left), (300, right))),
    ]
    return Connector(1, (Terminal((100, left), 0.9, "left"), Terminal((300, right), 0.88, "right")), tuple(segments))


def keys(*connectors: Connector, **places: FlowPosition) -> set[EdgeKey]:
    positions = {**PLACES, **places}
    return {edge.key for edge in fanned_out(directed_edges(connectors, positions, SETTINGS), positions, SETTINGS)}


HANDED_OUT = {("above", "left"), ("above", "middle"), ("above", "right")}
BOTH_WAYS = {("above", "middle"), ("left", "right"), ("right", "left")}


def test_a_bar_that_a_line_from_the_row_above_crosses_hands_out() -> None:
    assert keys(LINE, bar()) == HANDED_OUT


@pytest.mark.parametrize("legs", [(80, 80), (80, 120), (100, 100)])
def test_a_line_whose_ends_do_not_both_go_down_leads_both_ways(legs: tuple[float, float]) -> None:
    assert keys(LINE, bar(*legs)) == BOTH_WAYS


def test_a_bar_that_nothing_crosses_leads_both_ways() -> None:
    beside = replace(LINE, segments=(LineSegment((320, 80), (320, 120)),))
    ends_above = replace(LINE, segments=(LineSegment((200, 80), (200, 95)),))
    for line in (beside, ends_above):
        assert keys(line, bar()) == BOTH_WAYS


def test_a_bar_between_rows_or_beside_a_line_from_a_later_row_leads_both_ways() -> None:
    assert keys(LINE, bar(), right=FlowPosition(1, 3, 300.0, column=3)) == BOTH_WAYS
    assert keys(LINE, bar(), above=FlowPosition(1, 3, 200.0, True, 2)) == BOTH_WAYS


def test_a_bar_that_is_an_object_of_its_own_leads_as_it_is_drawn() -> None:
    assert keys(LINE, replace(bar(), painted_apart=True)) == BOTH_WAYS

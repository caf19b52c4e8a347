"""Traced connectors as polylines with their arrowheads, for whoever wants to see what was followed."""

from __future__ import annotations

import pytest
from flow_parts import flow_of

from pipeline.flowchart.connectors import polylines
from pipeline.flowchart.drawing import LineSegment

from .sheet import Sheet, matrix_of


def test_segments_that_meet_are_one_polyline() -> None:
    bent = [LineSegment((0, 0), (50, 0)), LineSegment((90, 40), (50, 40)), LineSegment((51, 1), (50, 39))]
    found = polylines([*bent, LineSegment((0, 200), (50, 200))], 3.0)
    assert {min(line, line[::-1]) for line in found} == {
        ((0, 0), (50, 0), (51, 1), (50, 39), (50, 40), (90, 40)),
        ((0, 200), (50, 200)),
    }


def test_a_connector_is_handed_on_as_it_was_drawn() -> None:
    page = Sheet(lanes=2, rows=2)
    start, step = page.symbol("capsule", page.center(0, 0)), page.symbol("box", page.center(1, 1))
    y, tip = start.center[1], (step.center[0], step.top)
    page.line((start.x1, y), (tip[0], y), tip, head=5)
    [connector] = flow_of(matrix_of(page.part())).connectors
    [line] = connector.lines
    ends = sorted((line[0], line[-1]))
    assert connector.page == 1
    assert ends[0] == pytest.approx((start.x1, y), abs=3)
    assert ends[1] == pytest.approx(tip, abs=2)
    [head] = connector.arrowheads
    assert head.center[0] == pytest.approx(tip[0], abs=1)
    assert head.bottom == pytest.approx(tip[1], abs=2)

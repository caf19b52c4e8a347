"""Dashed connectors as Chromium paints them: every dash a thin area of one path, arrowheads apart from them."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model.geometry import Box
from pipeline.model.vectors import Point

from .vector_parts import BLACK, VectorSheet, corners, edges_of, flow_of

DASH, GAP, HALF = 3.0, 2.0, 0.375


def dashes(sheet: VectorSheet, *ways: tuple[Point, Point]) -> None:
    """Thin boxes along upright and level ways, from the first point of each on, as one filled path."""
    sheet.paint(*(corners(box) for way in ways for box in _boxes(*way)), closed=True, stroke=None, fill=BLACK)


def _boxes(start: Point, end: Point) -> Iterable[Box]:
    level = start[1] == end[1]
    a, b = (start[0], end[0]) if level else (start[1], end[1])
    step = 1.0 if b > a else -1.0
    for n in range(int(abs(b - a) // (DASH + GAP))):
        low, high = sorted((a + step * n * (DASH + GAP), a + step * (n * (DASH + GAP) + DASH)))
        if level:
            yield Box(low, start[1] - HALF, high, start[1] + HALF)
        else:
            yield Box(start[0] - HALF, low, start[0] + HALF, high)


def test_a_dash_over_the_edge_of_a_column_is_no_ruling() -> None:
    sheet = VectorSheet()
    first, goal = sheet.box(0, 0), sheet.box(0, 1)
    y = first.center[1]
    begin = 260.0 - 1.5 - 2 * (DASH + GAP)  # so that a dash lies across the edge at 260
    dashes(sheet, ((begin, y), (goal.x0 - 1.5, y)))
    sheet.head((begin, y), (goal.x0, y))
    assert edges_of(flow_of(sheet)) == {((1, 0), (1, 1))}


def test_a_head_round_the_corner_of_the_last_dash() -> None:
    sheet = VectorSheet()
    first, goal = sheet.box(0, 0), sheet.box(1, 0)
    x, top, y = first.x1 + 7.7, first.center[1], goal.center[1]
    dashes(sheet, ((first.x1, top), (x, top)), ((x, top + 2), (x, y - 3)))
    sheet.paint(
        ((goal.x1 + 3.6, y - 1.7), (goal.x1, y), (goal.x1 + 3.6, y + 1.7)), closed=True, stroke=None, fill=BLACK
    )
    assert edges_of(flow_of(sheet)) == {((1, 0), (2, 0))}


def test_barbs_beyond_the_last_dash() -> None:
    sheet = VectorSheet()
    first, goal = sheet.box(0, 0), sheet.box(1, 0)
    x = first.center[0]
    dashes(sheet, ((x, first.bottom), (x, goal.top - 5)))
    sheet.paint(((x - 1.8, goal.top - 3.6), (x, goal.top), (x + 1.8, goal.top - 3.6)))
    flow = flow_of(sheet)
    assert edges_of(flow) == {((1, 0), (2, 0))}
    assert not [issue for issue in flow.issues if issue.code == "edge-direction-unsure"]

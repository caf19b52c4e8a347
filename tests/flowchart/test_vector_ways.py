"""Ways that connectors of text pages take: merging, forking, touching, over pages; and how sure they are."""

from __future__ import annotations

import math

import pytest

from pipeline.model.geometry import Box

from .vector_parts import VectorSheet, corners, edges_of, flow_of, word

LINE = 312.0  # x of a return line


def test_ways_join_at_a_bar() -> None:
    sheet = VectorSheet()
    sources, goal, y = [sheet.box(0, lane) for lane in range(3)], sheet.box(1, 1), 170.0
    for box in sources:
        sheet.paint(((box.center[0], box.bottom), (box.center[0], y)))
    sheet.paint(((sources[0].center[0], y), (sources[2].center[0], y)))
    sheet.arrow((goal.center[0], y), (goal.center[0], goal.top))
    assert edges_of(flow_of(sheet)) == {((1, lane), (2, 1)) for lane in range(3)}


@pytest.mark.parametrize("whole", [True, False])
def test_several_return_lines_share_their_target(whole: bool) -> None:
    sheet = VectorSheet()
    goal, *asking = sheet.box(0, 0), *(sheet.diamond(row, 1) for row in (1, 2, 3))
    for asks in asking:
        out = ((asks.x1, asks.center[1]), (LINE, asks.center[1]))
        into = ((LINE, goal.center[1]), (goal.x1, goal.center[1]))
        sheet.arrow(*out, *(into if whole or asks is asking[-1] else ()))
    assert edges_of(flow_of(sheet)) == {((row, 1), (1, 0)) for row in (2, 3, 4)}


def test_connectors_that_run_on_each_other_or_touch_stay_two() -> None:
    sheet = VectorSheet()
    first, other = sheet.box(0, 0), sheet.box(2, 0)
    goals = sheet.box(1, 1), sheet.box(1, 2)
    x, y = goals[0].center[0], first.center[1]
    sheet.arrow((first.x1, y), (x, y), (x, goals[0].top))
    over = goals[1].center[0]
    sheet.arrow((other.x1, other.center[1]), (330.0, other.center[1]), (330.0, y), (over, y), (over, goals[1].top))
    sheet.arrow((first.x1, y), (over, y), (over, goals[1].top))
    assert edges_of(flow_of(sheet)) == {((1, 0), (2, 1)), ((3, 0), (2, 2)), ((1, 0), (2, 2))}


def test_diagonals_that_cross_make_no_triangle() -> None:
    sheet = VectorSheet()
    a, b, c, d = sheet.box(0, 0), sheet.box(0, 1), sheet.box(1, 0), sheet.box(1, 1)
    sheet.arrow((a.x1, a.bottom), (d.x0, d.top))
    sheet.arrow((c.x1, c.top), (b.x0, b.bottom))
    sheet.arrow((d.center[0], d.top), (b.center[0], b.bottom))
    flow = flow_of(sheet)
    assert edges_of(flow) == {((1, 0), (2, 1)), ((2, 0), (1, 1)), ((2, 1), (1, 1))}
    assert len(flow.symbols) == 4


OFF_PAGE = {
    "point in the lowest fifth": (((-8, -8), (8, -8), (8, 4.8), (0, 8), (-8, 4.8)), ""),
    "pentagon with a figure": (((-8, -8), (8, -8), (8, 2), (0, 8), (-8, 2)), "1"),
    "trapezoid": (((-8, -6), (8, -6), (5, 6), (-5, 6)), ""),
    "circle with a letter": (
        tuple((7 * math.cos(t * math.pi / 12), 7 * math.sin(t * math.pi / 12)) for t in range(24)),
        "A",
    ),
}


def off_page(sheet: VectorSheet, form: str, x: float, y: float) -> tuple[float, float]:
    """Paint an off-page connector; its top and its bottom."""
    ring, label = OFF_PAGE[form]
    sheet.paint(tuple((x + u, y + v) for u, v in ring), closed=True)
    if label:
        sheet.words.append(word(label, x, y - 1, 6.0))
    return y + min(v for _, v in ring), y + max(v for _, v in ring)


@pytest.mark.parametrize("beside", [False, True])
@pytest.mark.parametrize("form", OFF_PAGE)
def test_off_page_connectors_in_a_row_join_pages(form: str, beside: bool) -> None:
    one, two = VectorSheet(rows=2), VectorSheet(rows=2, page=2, first=3)
    first, last = one.box(0, 0), one.box(1, 1)
    one.arrow((first.x1, first.center[1]), (last.center[0], first.center[1]), (last.center[0], last.top))
    x, y = one.center(1, 3) if beside else (last.center[0], 226.0)
    top, _ = off_page(one, form, x, y)
    out = ((last.x1, last.center[1]), (x, last.center[1])) if beside else ((x, last.bottom),)
    one.arrow(*out, (x, top)) if top > out[-1][1] else one.arrow(*out[:-1], (x - 8, last.center[1]))
    goal, end = two.box(0, 2, high=18), two.box(1, 2)
    x, y = (two.center(0, 0)[0] if beside else goal.center[0]), 111.0
    _, foot = off_page(two, form, x, y)
    two.arrow(*(((x, foot), (x, goal.center[1]), (goal.x0, goal.center[1])) if beside else ((x, foot), (x, goal.top))))
    two.arrow((end.center[0], goal.bottom), (end.center[0], end.top))
    flow = flow_of(one, two)
    assert [(s.no, s.column - 2) for s in flow.symbols] == [(1, 0), (2, 1), (3, 2), (4, 2)]
    assert edges_of(flow) == {((1, 0), (2, 1)), ((2, 1), (3, 2)), ((3, 2), (4, 2))}


def test_a_symbol_between_two_columns_is_unsure() -> None:
    sheet = VectorSheet(rows=2)
    left, top = sheet.center(0, 0)
    for x, y in ((left + 30, top), (left, top + 70)):  # on the border of two columns, and in the middle of one
        sheet.paint(corners(Box(x - 11, y - 9, x + 11, y + 9)), closed=True)
    torn, plain = flow_of(sheet).symbols
    assert torn.confidence == pytest.approx(0.5, abs=0.05)
    assert plain.confidence is not None
    assert plain.confidence > 0.9
    issues = [issue.path for issue in flow_of(sheet).issues if issue.code == "symbol-between-cells"]
    assert issues == ["/kegiatan/0/pelaksana"]


def test_a_symbol_between_two_rows_is_unsure() -> None:
    sheet = VectorSheet(rows=2)
    x, y = sheet.center(0, 0)
    sheet.paint(corners(Box(x - 15, y + 26, x + 15, y + 46)), closed=True)
    (symbol,) = flow_of(sheet).symbols
    assert symbol.confidence is not None
    assert symbol.confidence < 0.6


def test_an_end_between_two_symbols_is_unsure() -> None:
    sheet = VectorSheet()
    source = sheet.box(2, 1)
    for x in (273.0, 302.0):
        sheet.paint(corners(Box(x, 124.0, x + 24.0, 144.0)), closed=True)
    x = source.center[0] + 9.5
    sheet.paint(((x, source.top), (x, 146.0)))
    (edge,) = flow_of(sheet).edges
    assert edge.ends is not None
    assert edge.ends < 0.7

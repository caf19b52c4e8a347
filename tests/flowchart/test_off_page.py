"""Trapezoids at a page break: page connectors where they only hand on, steps where steps are drawn so."""

from __future__ import annotations

import pytest
from flow_parts import flow_of

from pipeline.model.draft import FlowDraft, SymbolKind
from pipeline.settings import FlowSettings

from .sheet import Sheet, matrix_of

SETTINGS = FlowSettings()


def nodes(flow: FlowDraft) -> list[tuple[int, int, SymbolKind]]:
    return [(s.no, s.column, s.kind) for s in flow.symbols]


def edges(flow: FlowDraft) -> set[tuple[tuple[int, int], tuple[int, int]]]:
    at = {s.id: (s.no, s.column) for s in flow.symbols}
    return {(at[e.source], at[e.target]) for e in flow.edges}


@pytest.mark.parametrize("kind", ["trapezoid", "pentagon"])
def test_page_connectors_in_a_row_that_a_page_break_parts(kind: str) -> None:
    one = Sheet(lanes=2, rows=2)
    two = Sheet(lanes=2, rows=2, height=90, page=2, first=2)
    a, foot = one.symbol("capsule", one.center(0, 0)), one.symbol(kind, one.center(1, 1), 24, 16)
    one.line((a.x1, a.center[1]), (foot.center[0], a.center[1]), (foot.center[0], foot.top))
    x, y = two.center(0, 1)
    head, b = two.symbol(kind, (x, y - 26), 24, 16), two.symbol("box", (x, y + 24))
    c = two.symbol("capsule", two.center(1, 0))
    two.line((x, head.bottom), (x, b.top))
    two.line((b.x0, b.center[1]), (c.center[0], b.center[1]), (c.center[0], c.top))
    flow = flow_of(matrix_of(one.part(), two.part()), SETTINGS)
    assert nodes(flow) == [(1, 2, "start"), (2, 3, "process"), (3, 2, "end")]
    assert edges(flow) == {((1, 2), (2, 3)), ((2, 3), (3, 2))}


def test_steps_drawn_as_trapezoids_stay_steps_at_a_page_break() -> None:
    one, two = Sheet(lanes=2, rows=3), Sheet(lanes=2, rows=2, page=2, first=4)
    a, b, c = (one.symbol(k, one.center(i, 0)) for i, k in enumerate(("capsule", "trapezoid", "trapezoid")))
    one.line((a.center[0], a.bottom), (b.center[0], b.top))
    one.line((b.center[0], b.bottom), (c.center[0], c.top))
    d, e = two.symbol("trapezoid", two.center(0, 0)), two.symbol("capsule", two.center(1, 0))
    two.line((d.center[0], d.bottom), (e.center[0], e.top))
    flow = flow_of(matrix_of(one.part(), two.part()), SETTINGS)
    kinds: list[SymbolKind] = ["start", "process", "process", "process", "end"]
    assert [s.kind for s in flow.symbols] == kinds
    assert len(flow.edges) == 4


def test_two_lines_may_come_to_an_off_page_connector() -> None:
    one, two = Sheet(lanes=2, rows=2), Sheet(lanes=2, rows=1, page=2, first=3)
    a, b = one.symbol("capsule", one.center(0, 0)), one.symbol("box", one.center(1, 1))
    foot = one.symbol("pentagon", (one.center(1, 0)[0], one.top + 2 * one.height + 12), 14, 14)
    one.line((a.x1, a.center[1]), (b.center[0], a.center[1]), (b.center[0], b.top))
    one.line((foot.center[0] - 4, a.bottom), (foot.center[0] - 4, foot.top))
    one.line((b.x0, b.center[1]), (foot.center[0] + 4, b.center[1]), (foot.center[0] + 4, foot.top))
    c = two.symbol("capsule", two.center(0, 0))
    two.line((c.center[0], two.top), (c.center[0], c.top))
    flow = flow_of(matrix_of(one.part(), two.part()), SETTINGS)
    assert [(s.no, s.column) for s in flow.symbols] == [(1, 2), (2, 3), (3, 2)]
    assert {((1, 2), (2, 3)), ((2, 3), (3, 2))} <= edges(flow)


def test_a_legend_below_the_rows_is_none() -> None:
    p = Sheet(lanes=3, rows=2)
    a, b = p.symbol("capsule", p.center(0, 0)), p.symbol("capsule", p.center(1, 1))
    p.line((a.x1, a.center[1]), (b.center[0], a.center[1]), (b.center[0], b.top))
    for lane, kind in enumerate(("pentagon", "trapezoid", "diamond")):
        x, y = p.center(2, lane)
        p.symbol(kind, (x - 14, y - 6), 16, 14, (60, 110, 180))
        p.write("Ket", (x, y - 4))
    flow = flow_of(matrix_of(p.part(noise=3.0, blur=0.8, kind="scan")), SETTINGS)
    assert nodes(flow) == [(1, 2, "start"), (2, 3, "end")]
    assert edges(flow) == {((1, 2), (2, 3))}

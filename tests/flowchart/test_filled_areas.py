"""Symbols that are seen by their filling are parted from thick lines, large arrowheads, shadows and words."""

from __future__ import annotations

import itertools

import pytest
from flow_parts import flow_of

from pipeline.model.draft import FlowDraft, SymbolKind
from pipeline.model.geometry import Box
from pipeline.model.page import Word
from pipeline.settings import FlowSettings

from .sheet import Point, Sheet, matrix_of

BLACK, BLUE, GREY, WHITE = (16, 16, 16), (60, 110, 180), (90, 93, 98), (255, 255, 255)
SETTINGS = FlowSettings()


def nodes(flow: FlowDraft) -> list[tuple[int, int, SymbolKind]]:
    return [(s.no, s.column, s.kind) for s in flow.symbols]


def edges(flow: FlowDraft) -> set[tuple[tuple[int, int], tuple[int, int]]]:
    at = {s.id: (s.no, s.column) for s in flow.symbols}
    return {(at[e.source], at[e.target]) for e in flow.edges}


def scan(page: Sheet, blur: float = 0.8) -> FlowDraft:
    return flow_of(matrix_of(page.part(noise=3.0, blur=blur, kind="scan")), SETTINGS)


def bent(page: Sheet, a: Box, b: Box, width: float) -> None:
    """A connector from a symbol's foot to another one's side, its arrowhead of three times its width."""
    x, y = a.center[0], b.center[1]
    tip: Point = (b.x0, y) if b.center[0] > x else (b.x1, y)
    page.line((x, a.bottom), (x, y), tip, head=3.5 * width, width=width)


@pytest.mark.parametrize("width", [1.0, 3.2])
@pytest.mark.parametrize(("fill", "words"), [(BLACK, ""), (BLUE, "Proses"), (GREY, "Proses")])
def test_solid_symbols_at_thick_arrows(fill: tuple[int, int, int], words: str, width: float) -> None:
    p = Sheet(lanes=3, rows=4, width=72, height=70, ink=fill)
    cells = [(0, 0), (1, 1), (2, 0), (3, 2)]
    boxes = [p.symbol("box", p.center(*cell), 32, 24, fill) for cell in cells]
    for a, b in itertools.pairwise(boxes):
        bent(p, a, b, width)
        if words:
            p.write(words, (a.x0 + 4, a.center[1] + 2), size=5.5, ink=WHITE)
    flow = scan(p)
    assert nodes(flow) == [(1, 2, "start"), (2, 3, "process"), (3, 2, "process"), (4, 4, "end")]
    assert edges(flow) == {((1, 2), (2, 3)), ((2, 3), (3, 2)), ((3, 2), (4, 4))}


@pytest.mark.parametrize("shadow", [0.0, 5.0])
@pytest.mark.parametrize("width", [1.0, 2.5])
def test_dark_shapes_are_told_apart(width: float, shadow: float) -> None:
    p = Sheet(lanes=2, rows=5, width=80, height=72, ink=GREY)
    kinds = ["capsule", "trapezoid", "diamond", "document", "capsule"]
    sizes = {"diamond": (44, 30), "document": (38, 24)}
    boxes = [
        p.symbol(k, p.center(i, i % 2), *sizes.get(k, (36, 20)), fill=GREY, shadow=shadow) for i, k in enumerate(kinds)
    ]
    for a, b in itertools.pairwise(boxes):
        bent(p, a, b, width)
    found: list[SymbolKind] = ["start", "process", "decision", "document", "end"]
    assert [s.kind for s in scan(p).symbols] == found


@pytest.mark.parametrize("width", [1.0, 2.5])
@pytest.mark.parametrize("fill", [None, GREY, BLACK])
def test_a_diamond_stays_whole_where_lines_touch_its_points(fill: tuple[int, int, int] | None, width: float) -> None:
    """A line comes to its upper point; one leaves each of its sides, and one its lower point."""
    p = Sheet(lanes=3, rows=3, width=80, height=72, ink=fill or BLACK)
    first, asks = p.symbol("box", p.center(0, 1), fill=fill), p.symbol("diamond", p.center(1, 1), 40, 28, fill=fill)
    goals = [p.symbol("box", p.center(2, lane), fill=fill) for lane in range(3)]
    (x, y), head = asks.center, 4 * width
    p.line((x, first.bottom), (x, asks.top), head=head, width=width)
    p.line((x, asks.bottom), (x, goals[1].top), head=head, width=width)
    for goal, side in ((goals[0], asks.x0), (goals[2], asks.x1)):
        p.line((side, y), (goal.center[0], y), (goal.center[0], goal.top), head=head, width=width)
    flow = scan(p)
    assert [(s.no, s.column, s.kind) for s in flow.symbols if s.no == 2] == [(2, 3, "decision")]
    assert {edge for edge in edges(flow) if (2, 3) in edge} == {
        ((1, 3), (2, 3)),
        *(((2, 3), (3, column)) for column in (2, 3, 4)),
    }


def test_a_dark_symbol_that_was_read_as_a_letter_is_one() -> None:
    p = Sheet(lanes=2, rows=2, ink=BLACK)
    a, b = p.symbol("box", p.center(0, 0), 30, 22, BLACK), p.symbol("box", p.center(1, 1), 30, 22, BLACK)
    bent(p, a, b, 2.0)
    p.words.append(Word("HE", a.grown(2), 22.0, 0.9))
    flow = scan(p)
    assert nodes(flow) == [(1, 2, "start"), (2, 3, "end")]
    assert edges(flow) == {((1, 2), (2, 3))}


def test_what_two_connectors_enclose_beside_a_dark_symbol_is_none() -> None:
    p = Sheet(lanes=2, rows=2, width=90, height=90, ink=GREY)
    step = p.symbol("box", p.center(0, 1), 40, 20, GREY)
    asks = p.symbol("diamond", p.center(1, 0), 44, 28, GREY)
    p.line((step.x0, step.center[1]), (asks.center[0], step.center[1]), (asks.center[0], asks.top))
    p.line((asks.x1, asks.center[1]), (step.center[0], asks.center[1]), (step.center[0], step.bottom))
    flow = scan(p)
    assert [(s.no, s.column) for s in flow.symbols] == [(1, 3), (2, 2)]
    assert edges(flow) == {((1, 3), (2, 2)), ((2, 2), (1, 3))}


def test_a_wide_trapezoid_over_several_columns_is_a_step_of_its_middle_one() -> None:
    p = Sheet(lanes=5, rows=3, width=60, ink=BLUE)
    a = p.symbol("box", p.center(0, 0), 34, 22, BLUE)
    wide = p.symbol("trapezoid", p.center(1, 2), 190, 26, BLUE)
    c = p.symbol("box", p.center(2, 4), 34, 22, BLUE)
    p.line((a.x1, a.center[1]), (wide.center[0], a.center[1]), (wide.center[0], wide.top))
    p.line((wide.center[0], wide.bottom), (wide.center[0], c.center[1]), (c.x0, c.center[1]))
    flow = scan(p)
    assert nodes(flow) == [(1, 2, "start"), (2, 4, "process"), (3, 6, "end")]
    assert flow.symbols[1].columns == (3, 4, 5)
    assert edges(flow) == {((1, 2), (2, 4)), ((2, 4), (3, 6))}


def test_letters_close_to_a_line_are_no_dark_symbol() -> None:
    p = Sheet(lanes=2, rows=2, width=90)
    a, b = p.symbol("box", p.center(0, 0), 44, 24), p.symbol("box", p.center(1, 1), 44, 24)
    bent(p, a, b, 1.0)
    for i in range(3):
        p.write("MWHNB", (b.x0 + 6, b.top + 3 + 4.2 * i), size=5.0, known=False)
    flow = scan(p, blur=1.3)
    assert [(s.no, s.column) for s in flow.symbols] == [(1, 2), (2, 3)]

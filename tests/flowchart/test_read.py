"""Flowcharts drawn on paper are read back: symbols, edges, labels, and doubts."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from flow_parts import flow_of
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.draft import FlowDraft, MatrixDraft, SymbolKind
from pipeline.model.geometry import Box
from pipeline.model.page import Word
from pipeline.settings import FlowSettings

from .sheet import Sheet, matrix_of

Cell = tuple[int, int]  # row and column
Colour = tuple[int, int, int]
Drawing = tuple[list[int], list[str], float, float]  # lane and shape of each row, stroke width, arrowheads

SETTINGS = FlowSettings()


def nodes(flow: FlowDraft) -> list[tuple[int, int, SymbolKind]]:
    return [(s.no, s.column, s.kind) for s in flow.symbols]


def edges(flow: FlowDraft) -> set[tuple[Cell, Cell]]:
    at = {s.id: (s.no, s.column) for s in flow.symbols}
    return {(at[e.source], at[e.target]) for e in flow.edges}


def labels(flow: FlowDraft) -> dict[tuple[Cell, Cell], str]:
    at = {s.id: (s.no, s.column) for s in flow.symbols}
    return {(at[e.source], at[e.target]): e.label for e in flow.edges if e.label}


def codes(flow: FlowDraft) -> set[str]:
    return {issue.code for issue in flow.issues}


def simple(head: float = 5.0, fill: Colour | None = None, dash: float = 0.0, gap: float = 0.0, **page: Any) -> Sheet:
    """Start, step, decision with a loop back, end."""
    p = Sheet(lanes=3, rows=4, width=80, **page)
    start, step, asks, end = (
        p.symbol(k, p.center(r, c), 36, h, fill)
        for k, r, c, h in (("capsule", 0, 0, 18), ("box", 1, 1, 20), ("diamond", 2, 2, 26), ("capsule", 3, 2, 18))
    )
    (_x0, y0), (x1, y1), (x2, y2), (x3, _y3) = (b.center for b in (start, step, asks, end))
    p.line((start.x1 + gap, y0), (x1, y0), (x1, step.top - gap), head=head, dash=dash)
    p.line((step.x1 + gap, y1), (x2, y1), (x2, asks.top - gap), head=head, dash=dash)
    p.line((asks.x0 - gap, y2), (x1, y2), (x1, step.bottom + gap), head=head, dash=dash)
    p.line((x2, asks.bottom + gap), (x3, end.top - gap), head=head, dash=dash)
    return p


NODES = [(1, 2, "start"), (2, 3, "process"), (3, 4, "decision"), (4, 4, "end")]
EDGES = {((1, 2), (2, 3)), ((2, 3), (3, 4)), ((3, 4), (2, 3)), ((3, 4), (4, 4))}

STYLES: dict[str, dict[str, Any]] = {
    "black": {},
    "grey": {"ink": (130, 130, 130)},
    "thin": {"stroke_width": 0.4},
    "thick": {"stroke_width": 2.0},
    "filled grey": {"fill": (235, 235, 224)},
    "filled blue": {"fill": (68, 114, 196), "ink": (68, 114, 196)},
    "red on yellow": {"paper": (255, 255, 0), "ink": (200, 30, 30), "fill": (255, 255, 255)},
    "dashed": {"dash": 4.0},
    "stopping short": {"gap": 6.0},
    "tiny arrowheads": {"head": 2.2},
    "large arrowheads": {"head": 9.0},
}


@pytest.mark.parametrize("style", STYLES)
def test_styles(style: str) -> None:
    flow = flow_of(matrix_of(simple(**STYLES[style]).part()), SETTINGS)
    assert nodes(flow) == NODES
    assert edges(flow) == EDGES


@pytest.mark.parametrize(("noise", "blur"), [(6.0, 0.0), (4.0, 1.0)])
def test_scans(noise: float, blur: float) -> None:
    flow = flow_of(matrix_of(simple().part(noise, blur)), SETTINGS)
    assert nodes(flow) == NODES
    assert edges(flow) == EDGES


@pytest.mark.parametrize("fill", [None, (225, 228, 238)])
@pytest.mark.parametrize("shade", [0.12, 0.25])
def test_a_scans_shades_are_no_symbols(shade: float, fill: Colour | None) -> None:
    flow = flow_of(matrix_of(simple(fill=fill).part(3.0, 0.5, shade, "scan")), SETTINGS)
    assert nodes(flow) == NODES
    assert edges(flow) == EDGES


def test_evidence_of_a_clean_flow() -> None:
    flow = flow_of(matrix_of(simple().part()), SETTINGS)
    assert all(s.confidence is not None and s.confidence > 0.6 for s in flow.symbols)
    assert all((e.ends or 0.0) > 0.8 and (e.direction or 0.0) > 0.8 for e in flow.edges)
    assert codes(flow) == set()
    x, y = flow.symbols[1].box.center
    assert (round(x), round(y)) == (160, 156)


def test_without_arrowheads_the_flow_gives_the_direction_and_doubt_within_a_row_is_told() -> None:
    p = Sheet(lanes=2, rows=2)
    a, b, c = (p.symbol(k, p.center(r, c)) for k, r, c in (("capsule", 0, 0), ("box", 1, 0), ("capsule", 1, 1)))
    p.line((a.center[0], a.bottom), (a.center[0], b.top), head=0)
    p.line((b.x1, b.center[1]), (c.x0, c.center[1]), head=0)
    flow = flow_of(matrix_of(p.part()), SETTINGS)
    assert edges(flow) == {((1, 2), (2, 2)), ((2, 2), (2, 3))}
    assert [i.path for i in flow.issues if i.code == "edge-direction-unsure"] == ["edge:n2-n3"]


def test_an_edge_that_leads_where_steps_seldom_do_is_told() -> None:
    p = Sheet(lanes=2, rows=3)
    first, other, last = (p.symbol("box", p.center(*place)) for place in ((0, 0), (1, 1), (2, 0)))
    p.line((first.x1, first.center[1]), (other.center[0], first.center[1]), (other.center[0], other.top))
    p.line((other.center[0], other.bottom), (other.center[0], last.center[1]), (last.x1, last.center[1]))
    p.line((last.center[0], last.top), (first.center[0], first.bottom))
    flow = flow_of(matrix_of(p.part()), SETTINGS)
    assert edges(flow) == {((1, 2), (2, 3)), ((2, 3), (3, 2)), ((3, 2), (1, 2))}
    assert [i.path for i in flow.issues if i.code == "edge-ends-unsure"] == ["edge:n3-n1"]


@pytest.mark.parametrize(("gap", "share", "head"), [(5.5, 0.5, 2.4), (5.5, 0.5, 3.2), (7, 0.6, 2.4), (7, 0.6, 3.2)])
def test_a_way_back_through_a_symbol_and_along_the_side_of_its_goal(gap: float, share: float, head: float) -> None:
    """The way on is nothing but a head in a gap that a ruling cuts at a `share` of it; the way back has none to see."""
    p = Sheet(lanes=3, rows=2, width=52)
    step = p.symbol("box", p.center(0, 0), 32, 18)
    y, edge = p.center(1, 2)[1], p.left + 2 * p.width
    middle = p.symbol("box", (edge - share * gap - 16, y), 32, 18)
    asks = p.symbol("diamond", (edge + (1 - share) * gap + 16, y), 32, 26)
    back, level = step.x1 + 1.6, middle.top - 11
    p.line(
        (step.center[0], step.bottom),
        (step.center[0], level),
        (middle.center[0], level),
        (middle.center[0], middle.top),
        head=4,
    )
    p.line((middle.x1, y), (asks.x0, y), head=head)
    p.line((middle.x1, y), (back, y), (back, step.center[1]), (step.x1, step.center[1]), head=1.0)
    flow = flow_of(matrix_of(p.part(2.0, 0.5, 0.0, "scan")), SETTINGS)
    assert edges(flow) == {((1, 2), (2, 3)), ((2, 3), (2, 4)), ((2, 4), (1, 2))}


def test_labels_stand_by_their_edges() -> None:
    p = simple()
    x, y = p.center(2, 1)
    p.write("Tidak", (x + 10, y - 4))
    x, y = p.center(2, 2)
    p.write("Y", (x + 4, y + 25))
    flow = flow_of(matrix_of(p.part()), SETTINGS)
    assert labels(flow) == {((3, 4), (2, 3)): "tidak", ((3, 4), (4, 4)): "ya"}


def test_text_inside_is_the_symbols_label() -> None:
    p = simple()
    x, y = p.center(1, 1)
    p.write("Proses", (x - 12, y + 3))
    flow = flow_of(matrix_of(p.part()), SETTINGS)
    assert [s.label for s in flow.symbols] == [None, "Proses", None, None]
    assert edges(flow) == EDGES


def test_words_that_nobody_read_do_no_harm() -> None:
    p = simple()
    p.write("12", (p.center(1, 1)[0] - 6, p.center(1, 1)[1] + 3), known=False)
    p.write("catatan", (p.center(3, 0)[0] - 20, p.center(3, 0)[1]), known=False)
    flow = flow_of(matrix_of(p.part()), SETTINGS)
    assert nodes(flow) == NODES
    assert edges(flow) == EDGES


@pytest.mark.parametrize("fill", [None, (68, 114, 196)])
def test_symbols_that_a_recogniser_took_for_words_stay_symbols(fill: Colour | None) -> None:
    p = simple(fill=fill)
    (x0, y0), (x1, y1) = p.center(0, 0), p.center(1, 1)
    p.words.append(Word("2)", Box(x0 - 18, y0 - 9, x0 + 18, y0 + 9), 18.0, 0.2))  # the whole capsule
    p.words.append(Word("rea|", Box(x1 - 8, y1 - 11, x1 + 20, y1 + 11), 22.0, 0.1))  # half of the box
    p.words.append(Word("now", Box(x1 - 10, y1 - 11, x1 + 8, y1 + 11), 22.0, 0.6))  # its middle, line and all
    flow = flow_of(matrix_of(p.part()), SETTINGS)
    assert nodes(flow) == NODES
    assert edges(flow) == EDGES


def test_a_box_cut_by_a_line_and_one_over_a_ruling() -> None:
    p = Sheet(lanes=3, rows=2, width=60)
    a = p.symbol("capsule", p.center(0, 0))
    x, y = p.center(1, 1)
    b = p.symbol("box", (x + 22, y), 50, 22)
    p.line((a.center[0], a.bottom), (a.center[0], y), (b.x0, y))
    p.line((x - 20, y + 3), (b.x1 + 20, y + 3), head=0)
    flow = flow_of(matrix_of(p.part()), SETTINGS)
    assert [(s.no, s.column) for s in flow.symbols] == [(1, 2), (2, 3)]


@pytest.mark.parametrize(("leg", "head", "blur"), [(11, 8, 1.0), (11, 9, 0.0), (12, 9, 1.0), (12, 10, 0.0)])
def test_a_large_head_that_fills_the_last_leg_of_a_thick_line(leg: float, head: float, blur: float) -> None:
    p = Sheet(lanes=1, rows=2, width=80)
    a, b = (p.symbol("box", p.center(i, 0), 32, 18) for i in (0, 1))
    x = a.x1 + leg
    p.line((a.x1, a.center[1]), (x, a.center[1]), (x, b.center[1]), (b.x1 + 0.5, b.center[1]), head=head, width=1.5)
    flow = flow_of(matrix_of(p.part(2.0, blur, 0.0, "scan")), SETTINGS)
    assert edges(flow) == {((1, 2), (2, 2))}


def test_boxes_side_by_side_with_hardly_a_gap() -> None:
    p = Sheet(lanes=3, rows=1, width=46)
    boxes = [p.symbol(k, p.center(0, i), 38, 20) for i, k in enumerate(("capsule", "box", "capsule"))]
    p.line((boxes[0].x1, boxes[0].center[1]), (boxes[1].x0, boxes[1].center[1]), head=4)
    p.line((boxes[1].x1, boxes[1].center[1]), (boxes[2].x0, boxes[2].center[1]), head=4)
    flow = flow_of(matrix_of(p.part()), SETTINGS)
    assert edges(flow) == {((1, 2), (1, 3)), ((1, 3), (1, 4))}


def test_a_loop_between_two_symbols_is_none() -> None:
    p = Sheet(lanes=3, rows=3, width=56, height=26)
    asks, step = p.symbol("diamond", p.center(1, 1), 34, 20), p.symbol("box", p.center(0, 0), 34, 20)
    (x0, y0), (x1, y1) = step.center, asks.center
    p.line((step.x1, y0), (x1, y0), (x1, asks.top), head=4)
    p.line((asks.x0, y1), (x0, y1), (x0, step.bottom), head=4)
    flow = flow_of(matrix_of(p.part()), SETTINGS)
    assert [(s.no, s.column) for s in flow.symbols] == [(1, 2), (2, 3)]
    assert edges(flow) == {((1, 2), (2, 3)), ((2, 3), (1, 2))}


def test_slanted_arrows_between_corners() -> None:
    p = Sheet(lanes=3, rows=3, width=60, height=34)
    a, b, c = (p.symbol("box", p.center(i, i), 36, 22) for i in range(3))
    p.line((a.x1, a.bottom), (b.x0, b.top), head=5)
    p.line((b.x1, b.bottom), (c.x0, c.top), head=5)
    flow = flow_of(matrix_of(p.part()), SETTINGS)
    assert edges(flow) == {((1, 2), (2, 3)), ((2, 3), (3, 4))}


def test_two_boxes_in_one_cell_and_parallel_actors() -> None:
    p = Sheet(lanes=3, rows=2, width=100)
    x, y = p.center(0, 1)
    top = p.symbol("capsule", (x, y - 10))
    left, right = p.symbol("box", p.center(1, 0)), p.symbol("box", p.center(1, 2))
    level = p.top + p.height + 10
    p.line((x, top.bottom), (x, level), head=0)
    p.line(
        (left.center[0], left.top),
        (left.center[0], level),
        (right.center[0], level),
        (right.center[0], right.top),
        tail=5,
    )
    flow = flow_of(matrix_of(p.part()), SETTINGS)
    assert edges(flow) == {((1, 3), (2, 2)), ((1, 3), (2, 4))}


def test_off_page_connectors_vanish_and_the_edge_runs_on() -> None:
    one, two = Sheet(lanes=2, rows=2), Sheet(lanes=2, rows=2, page=2, first=3)
    a, b = one.symbol("capsule", one.center(0, 0)), one.symbol("box", one.center(1, 0))
    one.line((a.center[0], a.bottom), (b.center[0], b.top))
    foot = one.symbol("pentagon", (b.center[0], one.top + 2 * one.height + 12), 14, 14)
    one.line((b.center[0], b.bottom), (b.center[0], foot.top))
    head = two.symbol("pentagon", (two.center(0, 1)[0], two.top - 10), 14, 14)
    c, d = two.symbol("box", two.center(0, 1)), two.symbol("capsule", two.center(1, 1))
    two.line((c.center[0], head.bottom), (c.center[0], c.top))
    two.line((c.center[0], c.bottom), (d.center[0], d.top))
    flow = flow_of(matrix_of(one.part(), two.part()), SETTINGS)
    assert nodes(flow) == [(1, 2, "start"), (2, 2, "process"), (3, 3, "process"), (4, 3, "end")]
    assert edges(flow) == {((1, 2), (2, 2)), ((2, 2), (3, 3)), ((3, 3), (4, 3))}


def test_lines_that_run_out_at_the_foot_come_in_at_the_head() -> None:
    one, two = Sheet(lanes=2, rows=1), Sheet(lanes=2, rows=1, page=2, first=2)
    a, b = one.symbol("capsule", one.center(0, 0)), two.symbol("capsule", two.center(0, 1))
    one.line((a.center[0], a.bottom), (a.center[0], one.top + one.height), head=0)
    two.line((a.center[0], two.top), (a.center[0], two.top + 12), (b.center[0], two.top + 12), (b.center[0], b.top))
    flow = flow_of(matrix_of(one.part(), two.part()), SETTINGS)
    assert edges(flow) == {((1, 2), (2, 3))}


def test_a_flow_simply_continued_is_joined_with_doubt() -> None:
    one, two = Sheet(lanes=2, rows=1), Sheet(lanes=2, rows=1, page=2, first=2)
    one.symbol("capsule", one.center(0, 0))
    two.symbol("capsule", two.center(0, 1))
    flow = flow_of(matrix_of(one.part(), two.part()), SETTINGS)
    assert edges(flow) == {((1, 2), (2, 3))}
    assert "edge-direction-unsure" in codes(flow)


def test_a_pentagon_with_lines_in_and_out_is_a_node() -> None:
    p = Sheet(lanes=1, rows=3)
    a, b, c = (p.symbol(k, p.center(i, 0), 30, 20) for i, k in enumerate(("capsule", "pentagon", "capsule")))
    p.line((a.center[0], a.bottom), (a.center[0], b.top))
    p.line((b.center[0], b.bottom), (b.center[0], c.top))
    flow = flow_of(matrix_of(p.part()), SETTINGS)
    assert nodes(flow) == [(1, 2, "start"), (2, 2, "connector"), (3, 2, "end")]


def test_words_stand_for_symbols_where_none_are_drawn() -> None:
    p = Sheet(lanes=2, rows=2)
    p.write("Proses", (p.center(0, 0)[0] - 10, p.center(0, 0)[1]))
    p.write("X", (p.center(1, 1)[0] - 3, p.center(1, 1)[1]))
    flow = flow_of(matrix_of(p.part()), SETTINGS)
    assert nodes(flow) == [(1, 2, "process"), (2, 3, "process")]
    assert flow.edges == ()


def test_a_lone_sign_in_a_row_with_symbols_is_none() -> None:
    """OCR makes a bullet of an arrow's head; a word there is a performer all the same."""
    p = Sheet(lanes=3, rows=2)
    p.symbol("box", p.center(0, 0))
    p.write("x", (p.center(0, 1)[0] - 3, p.center(0, 1)[1]))
    p.symbol("box", p.center(1, 0))
    p.write("Proses", (p.center(1, 2)[0] - 10, p.center(1, 2)[1]))
    flow = flow_of(matrix_of(p.part()), SETTINGS)
    assert [(s.no, s.column) for s in flow.symbols] == [(1, 2), (2, 2), (2, 4)]


def test_doubts_have_their_paths() -> None:
    p = Sheet(lanes=2, rows=4)
    a, b = p.symbol("capsule", p.center(0, 0)), p.symbol("diamond", p.center(1, 0), 36, 26)
    p.line((a.center[0], a.bottom), (b.center[0], b.top))
    p.symbol("box", p.center(2, 1))
    flow = flow_of(matrix_of(p.part()), SETTINGS)
    found = {issue.code: issue.path for issue in flow.issues}
    assert found["symbol-unattached"] == "symbol:n3"
    assert found["decision-with-one-way"] == "symbol:n2"
    assert found["step-without-performer"] == "/kegiatan/3/pelaksana"


def test_an_empty_matrix_has_an_empty_flow() -> None:
    assert flow_of(MatrixDraft((), (), ()), SETTINGS).symbols == ()
    flow = flow_of(matrix_of(Sheet(lanes=2, rows=2).part()), SETTINGS)
    assert flow.symbols == ()
    assert flow.edges == ()


@st.composite
def drawings(draw: st.DrawFn) -> Drawing:
    rows = draw(st.integers(2, 5))
    lanes = draw(st.lists(st.integers(0, 3), min_size=rows, max_size=rows))
    kinds = draw(st.lists(st.sampled_from(["box", "diamond", "document"]), min_size=rows, max_size=rows))
    return lanes, kinds, draw(st.sampled_from([0.6, 1.0, 1.5])), draw(st.sampled_from([3.0, 5.0, 7.0]))


@given(drawings())
@settings(max_examples=25, deadline=None, derandomize=True)
def test_any_drawing_is_read_back(drawing: Drawing) -> None:
    lanes, kinds, stroke_width, head = drawing
    p = Sheet(lanes=4, rows=len(lanes), stroke_width=stroke_width)
    shapes = ["capsule", *kinds[1:-1], "capsule"]
    boxes = [p.symbol(k, p.center(i, lane), 36, 20) for i, (k, lane) in enumerate(zip(shapes, lanes, strict=True))]
    for a, b, shape in zip(boxes, boxes[1:], shapes, strict=False):
        foot = a.bottom - (3 if shape == "document" else 0)
        level = (a.bottom + b.top) / 2 - 4
        x0, x1 = a.center[0], b.center[0]
        p.line(
            *([(x0, foot), (x0, b.top)] if x0 == x1 else [(x0, foot), (x0, level), (x1, level), (x1, b.top)]), head=head
        )
    flow = flow_of(matrix_of(p.part()), SETTINGS)
    names = {"box": "process", "diamond": "decision", "document": "document"}
    middle = [names[k] for k in shapes[1:-1]]
    assert nodes(flow) == [
        (i + 1, lane + 2, k) for i, (lane, k) in enumerate(zip(lanes, ["start", *middle, "end"], strict=True))
    ]
    assert edges(flow) == {((i + 1, a + 2), (i + 2, b + 2)) for i, (a, b) in enumerate(itertools.pairwise(lanes))}


def test_a_decision_filled_with_words_is_one() -> None:
    p = Sheet(lanes=1, rows=2, width=140, height=100)
    x, y = p.center(0, 0)
    asks = p.symbol("diamond", (x, y), 96, 70)
    p.write("Memenuhi", (x - 33, y - 1), size=11)
    p.write("persyaratan", (x - 34, y + 10), size=9)
    step = p.symbol("capsule", p.center(1, 0))
    p.line((x, asks.bottom), (x, step.top))
    flow = flow_of(matrix_of(p.part()), SETTINGS)
    assert nodes(flow) == [(1, 2, "decision"), (2, 2, "end")]
    assert flow.symbols[0].label == "Memenuhi persyaratan"
    assert edges(flow) == {((1, 2), (2, 2))}

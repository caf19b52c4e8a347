"""Symbols and connectors of text pages come from their vector paths, each connector an object of its own."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from bench.flowchart_charts import chart_in, random_chart
from bench.flowchart_ink import Style
from bench.flowchart_makers import write_reportlab
from pipeline import digitize
from pipeline.flowchart.page_flow import body_of
from pipeline.flowchart.vectors import drawing_in_vectors
from pipeline.model.geometry import Box
from pipeline.model.vectors import Colour, VectorImage
from pipeline.settings import FlowSettings

from .vector_parts import BLACK, WHITE, VectorSheet, corners, edges_of, flow_of, word

PLAIN = Style("two", "stroke", "filled", 0.0, False, "pentagon", False, False, "none", "lines")
STYLES: dict[str, Style] = {
    "word": replace(PLAIN, line="word"),
    "excel": replace(PLAIN, symbol="both", line="stroke", head="stealth", rulings="cells"),
    "visio": replace(PLAIN, symbol="gradient", line="pieces", words="words"),
    "printed": replace(PLAIN, symbol="ring", line="outline"),
    "shadows": replace(PLAIN, symbol="shadow", line="rects", head="open"),
    "four lines": replace(PLAIN, symbol="lines", head="vee"),
    "double outline": replace(PLAIN, symbol="double", line="dashed"),
    "stopping short": replace(PLAIN, gap=8.0),
    "covered": replace(PLAIN, symbol="both", under=True, from_middle=True),
    "bare page ends": replace(PLAIN, offpage="bare"),
}


@pytest.mark.parametrize("name", STYLES)
def test_every_maker_is_read(name: str, tmp_path: Path) -> None:
    chart = chart_in(random_chart(7), STYLES[name], 7)
    write_reportlab(chart, tmp_path / "chart.pdf")
    (record,) = digitize(tmp_path / "chart.pdf").records
    names = {role.id: role.nama for role in record.pelaksana}
    at = {node.id: [node.kegiatan, names.get(node.pelaksana or "")] for node in record.flow.nodes}
    found = [[at[e.source], at[e.target]] for e in record.flow.edges]
    wanted = [edge[:2] for edge in chart.truth()[0]["edges"]]
    assert sorted(map(json.dumps, found)) == sorted(map(json.dumps, wanted))


def simple() -> tuple[VectorSheet, Box, Box]:
    sheet = VectorSheet()
    return sheet, sheet.box(0, 0), sheet.box(1, 1)


def test_connectors_that_cross_stay_two() -> None:
    sheet = VectorSheet()
    boxes = {place: sheet.box(*place) for place in ((0, 1), (2, 1), (1, 0), (1, 2))}
    sheet.arrow((boxes[0, 1].center[0], boxes[0, 1].bottom), (boxes[2, 1].center[0], boxes[2, 1].top))
    sheet.arrow((boxes[1, 0].x1, boxes[1, 0].center[1]), (boxes[1, 2].x0, boxes[1, 2].center[1]))
    assert edges_of(flow_of(sheet)) == {((1, 1), (3, 1)), ((2, 0), (2, 2))}


def test_connectors_that_enclose_a_rectangle_are_no_symbol() -> None:
    sheet = VectorSheet()
    asks, goal = sheet.diamond(1, 1), sheet.box(0, 1)
    sheet.arrow((asks.x1, asks.center[1]), (asks.x1 + 8, asks.center[1]), (asks.x1 + 8, 135.0), (goal.x1, 135.0))
    sheet.arrow((goal.center[0], goal.bottom), (goal.center[0], asks.top))
    flow = flow_of(sheet)
    assert len(flow.symbols) == 2
    assert edges_of(flow) == {((2, 1), (1, 1)), ((1, 1), (2, 1))}


def test_a_line_onto_another_shares_its_target() -> None:
    sheet = VectorSheet()
    goal, first, second = sheet.box(0, 0), sheet.diamond(1, 1), sheet.diamond(2, 1)
    x = 312.0
    sheet.arrow((first.x1, first.center[1]), (x, first.center[1]), (x, goal.center[1]), (goal.x1, goal.center[1]))
    sheet.paint(((second.x1, second.center[1]), (x, second.center[1]), (x, first.center[1])))
    assert edges_of(flow_of(sheet)) == {((2, 1), (1, 0)), ((3, 1), (1, 0))}


def test_a_bar_forks() -> None:
    sheet = VectorSheet()
    source, *goals = sheet.box(0, 1), sheet.box(1, 0), sheet.box(1, 1), sheet.box(1, 2)
    y = 170.0
    sheet.paint(((source.center[0], source.bottom), (source.center[0], y)))
    sheet.paint(((goals[0].center[0], y), (goals[2].center[0], y)))
    for goal in goals:
        sheet.arrow((goal.center[0], y), (goal.center[0], goal.top))
    assert edges_of(flow_of(sheet)) == {((1, 1), (2, lane)) for lane in range(3)}


def test_arrowheads_at_both_ends_lead_both_ways() -> None:
    sheet = VectorSheet()
    a, b = sheet.box(0, 0), sheet.box(0, 1)
    sheet.arrow((a.x1, a.center[1]), (b.x0, b.center[1]), double=True)
    assert edges_of(flow_of(sheet)) == {((1, 0), (1, 1)), ((1, 1), (1, 0))}


@pytest.mark.parametrize("gap", [0.0, 5.0, 10.0, 15.0])
def test_a_connector_may_stop_short_of_both_symbols(gap: float) -> None:
    sheet, a, b = simple()
    sheet.arrow((a.center[0], a.bottom + gap), (a.center[0], b.center[1]), (b.x0 - gap, b.center[1]))
    assert edges_of(flow_of(sheet)) == {((1, 0), (2, 1))}


def test_an_image_may_be_an_arrowhead() -> None:
    sheet, a, b = simple()
    sheet.paint(((a.center[0], a.bottom), (a.center[0], b.center[1]), (b.x0 - 5, b.center[1])))
    x, y = b.x0, b.center[1]
    sheet.images.append(VectorImage(Box(x - 5, y - 3, x, y + 3), (10, 12), len(sheet.paths)))
    assert edges_of(flow_of(sheet)) == {((1, 0), (2, 1))}


@pytest.mark.parametrize("corners_of_mark", [4, 16])
def test_a_diamond_or_a_dot_where_a_line_begins_points_nowhere(corners_of_mark: int) -> None:
    sheet, a, b = simple()
    x, y = a.center[0], a.bottom
    sheet.arrow((x, y), (x, b.center[1]), (b.x0, b.center[1]))
    turns = [2 * math.pi * n / corners_of_mark for n in range(corners_of_mark)]
    ring = tuple((x + 2.5 * math.cos(t), y + 2.5 * math.sin(t)) for t in turns)
    sheet.paint(ring, closed=True, stroke=None, fill=BLACK)
    assert edges_of(flow_of(sheet)) == {((1, 0), (2, 1))}


def test_an_arrowhead_may_be_drawn_by_its_outline() -> None:
    sheet, a, b = simple()
    sheet.paint(((a.center[0], a.bottom), (a.center[0], b.center[1]), (b.x0 - 7, b.center[1])))
    x, y = b.x0, b.center[1]
    sheet.paint(((x - 7, y - 3.5), (x, y), (x - 7, y + 3.5)), closed=True, fill=WHITE)
    flow = flow_of(sheet)
    assert edges_of(flow) == {((1, 0), (2, 1))}
    assert len(flow.symbols) == 2


def test_a_word_may_interrupt_a_line() -> None:
    sheet = VectorSheet()
    asks, goal = sheet.diamond(0, 0), sheet.box(0, 2)
    y = asks.center[1]
    sheet.paint(((asks.x1, y), (asks.x1 + 8, y)))
    sheet.arrow((asks.x1 + 34, y), (goal.x0, y))
    sheet.words.append(word("Tidak", asks.x1 + 21, y))
    flow = flow_of(sheet)
    assert edges_of(flow) == {((1, 0), (1, 2))}
    assert [e.label for e in flow.edges] == ["tidak"]


def test_cells_and_their_sides_are_no_symbols_and_no_connectors() -> None:
    sheet, a, b = simple()
    grey: Colour = (200, 200, 200, 255)
    for lane in range(4):
        cell = Box(200.0 + 60 * lane, 100.0, 260.0 + 60 * lane, 170.0)
        sheet.paint(corners(cell), closed=True, stroke=None, fill=grey)
        for x0, y0, x1, y1 in ((cell.x0, 170.0, cell.x1, 170.5), (cell.x1, 100.0, cell.x1 + 0.5, 170.0)):
            sheet.paint(corners(Box(x0, y0, x1, y1)), closed=True, stroke=None, fill=BLACK)
    sheet.arrow((a.center[0], a.bottom), (a.center[0], b.center[1]), (b.x0, b.center[1]))
    flow = flow_of(sheet)
    assert len(flow.symbols) == 2
    assert edges_of(flow) == {((1, 0), (2, 1))}
    assert len(flow.connectors) == 1


def test_a_symbol_may_span_several_columns() -> None:
    sheet = VectorSheet()
    sheet.paint(corners(Box(205.0, 120.0, 315.0, 150.0)), closed=True)
    (symbol,) = flow_of(sheet).symbols
    assert symbol.columns == (2, 3)


def test_an_end_symbol_may_stand_below_the_last_row() -> None:
    sheet = VectorSheet(rows=2)
    step, foot = sheet.box(1, 0), 240.0
    x = step.center[0]
    oval = ((x - 12, foot + 10), (x - 8, foot + 6), (x + 8, foot + 6), (x + 12, foot + 10))
    low = ((x + 12, foot + 14), (x + 8, foot + 18), (x - 8, foot + 18), (x - 12, foot + 14))
    sheet.paint((*oval, *low), closed=True)
    sheet.arrow((x, step.bottom), (x, foot + 6))
    flow = flow_of(sheet)
    assert [(s.no, s.kind) for s in flow.symbols if s.kind == "end"] == [(2, "end")]
    assert edges_of(flow) == {((2, 0), (2, 0))}


def test_a_legend_below_the_rows_is_no_flow() -> None:
    sheet, a, b = simple()
    sheet.rows = 2
    sheet.arrow((a.center[0], a.bottom), (a.center[0], b.center[1]), (b.x0, b.center[1]))
    sheet.paint(corners(Box(205.0, 250.0, 235.0, 262.0)), closed=True)
    sheet.words.append(word("Proses", 262.0, 256.0))
    assert len(flow_of(sheet).symbols) == 2


def test_dashed_sides_of_cells_are_no_connectors() -> None:
    sheet, a, b = simple()
    for row in range(1, 4):
        for lane in range(4):
            x0, y = 200.0 + 60 * lane, 100.0 + 70 * row
            for x in range(0, 60, 5):
                dash = Box(x0 + x, y - 0.4, x0 + x + 3, y + 0.4)
                sheet.paint(corners(dash), closed=True, stroke=None, fill=BLACK)
    middle = (a.bottom + b.top) / 2
    sheet.arrow((a.center[0], a.bottom), (a.center[0], middle), (b.center[0], middle), (b.center[0], b.top))
    part = sheet.part()
    assert part.page.vectors
    drawing = drawing_in_vectors(part, part.page.vectors, body_of(part), lambda _shape: True, FlowSettings())
    assert len(drawing.connectors) == 1
    assert edges_of(flow_of(sheet)) == {((1, 0), (2, 1))}


def test_a_dotted_connector_is_one_path_of_dots() -> None:
    sheet, a, b = simple()
    y, x, tip = a.center[1], b.center[0], b.top - 5
    way = [(a.x1 + 2.0 * i, y) for i in range(int((x - a.x1) / 2))]
    way += [(x, y + 2.0 * i) for i in range(int((tip - y) / 2))]
    dots = [corners(Box(u - 0.4, v - 0.4, u + 0.4, v + 0.4)) for u, v in way]
    sheet.paint(*dots, closed=True, stroke=None, fill=BLACK)
    sheet.head((x, y), (x, b.top))
    assert edges_of(flow_of(sheet)) == {((1, 0), (2, 1))}


def test_a_small_capsule_keeps_its_curves() -> None:
    sheet = VectorSheet(rows=2)
    x, y = sheet.center(0, 0)
    turns = [math.pi * step / 16 for step in (*range(-8, 9), *range(8, 25))]
    ends = [(x + (3.4 if n < 17 else -3.4) + 3.3 * math.cos(t), y + 3.3 * math.sin(t)) for n, t in enumerate(turns)]
    sheet.paint(tuple(ends), closed=True)
    (path,) = sheet.paths
    sheet.paths[0] = replace(path, subpaths=tuple(replace(subpath, curved=True) for subpath in path.subpaths))
    goal = sheet.box(1, 0)
    sheet.arrow((x, y + 3.4), (x, goal.top))
    assert [symbol.kind for symbol in flow_of(sheet).symbols] == ["start", "end"]

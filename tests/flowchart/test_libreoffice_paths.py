"""Paths as LibreOffice paints a Word document's shapes, and symbols that stand for another page."""

from __future__ import annotations

import math

from pipeline.model.geometry import Box
from pipeline.model.vectors import Colour, Point

from .vector_parts import BLACK, VectorSheet, corners, edges_of, flow_of, word

LIGHT: Colour = (200, 210, 255, 255)


def open_head(sheet: VectorSheet, tip: Point, angle: float) -> None:
    """An open arrowhead as one area: two barbs and the end of the line, from the tip against `angle` (degrees)."""
    outline = [(0, 0), (-6.4, 3.5), (-7.0, 2.9), (-2.0, 0.35), (-7.0, 0.35), (-7.0, -0.35), (-2.0, -0.35), (-7.0, -2.9)]
    outline.append((-6.4, -3.5))
    turn = math.radians(angle)
    c, s = math.cos(turn), math.sin(turn)
    ring = tuple((tip[0] + x * c - y * s, tip[1] + x * s + y * c) for x, y in outline)
    sheet.paint(ring, closed=True, stroke=None, fill=BLACK)


def test_an_open_arrowhead_may_be_one_area() -> None:
    sheet = VectorSheet()
    first, goal = sheet.box(0, 0), sheet.box(1, 1)
    x = goal.center[0]
    sheet.paint(((first.x1, first.center[1]), (x, first.center[1]), (x, goal.top - 6.5)))
    open_head(sheet, (x, goal.top), 90)
    flow = flow_of(sheet)
    assert edges_of(flow) == {((1, 0), (2, 1))}
    assert len(flow.connectors) == 1


def test_a_last_part_that_is_shorter_than_its_head_is_not_painted() -> None:
    sheet = VectorSheet()
    first, goal = sheet.box(0, 0), sheet.box(2, 0)
    x, y = first.x0 - 6, goal.center[1]
    sheet.paint(((first.x0, first.center[1]), (x, first.center[1]), (x, y)))
    sheet.paint(((x, y - 2.8), (goal.x0, y), (x, y + 2.8)), closed=True, stroke=None, fill=BLACK)
    assert edges_of(flow_of(sheet)) == {((1, 0), (3, 0))}


def test_the_bands_of_a_gradient_are_no_arrowheads() -> None:
    sheet = VectorSheet()
    x, y = sheet.center(0, 0)
    for band in range(27):
        top = y - 10 + band * 0.7
        sheet.paint(corners(Box(x - 17, top, x + 17, y + 10)), closed=True, stroke=None, fill=LIGHT)
    first, goal = sheet.box(0, 0), sheet.box(1, 0)
    sheet.arrow((x, first.bottom), (x, goal.top))
    assert edges_of(flow_of(sheet)) == {((1, 0), (2, 0))}


def pentagon(sheet: VectorSheet, x: float, top: float) -> None:
    sheet.paint(((x - 6, top), (x + 6, top), (x + 6, top + 8), (x, top + 13), (x - 6, top + 8)), closed=True)


def test_two_lines_may_lead_to_one_symbol_beside_the_rows() -> None:
    sheet = VectorSheet(rows=2)
    one, other = sheet.box(1, 0), sheet.box(1, 2)
    x, below = sheet.center(1, 1)[0], 100.0 + 2 * 70
    pentagon(sheet, x, below + 4)
    for box in (one, other):
        sheet.arrow((box.center[0], box.bottom), (box.center[0], below + 8), (x + (-6 if box is one else 6), below + 8))
    following = VectorSheet(rows=1, page=2, first=3)
    goal = following.box(0, 1)
    pentagon(following, x, 80)
    following.arrow((x, 93), (x, goal.top))
    assert edges_of(flow_of(sheet, following)) == {((2, 0), (3, 1)), ((2, 2), (3, 1))}


def trapezoid(sheet: VectorSheet, x: float, top: float) -> None:
    sheet.paint(((x - 8, top), (x + 8, top), (x + 5, top + 11), (x - 5, top + 11)), closed=True)


def test_a_trapezoid_beside_the_rows_leads_to_the_next_page() -> None:
    sheet = VectorSheet(rows=2)
    last = sheet.box(1, 1)
    x = last.center[0]
    sheet.arrow((x, last.bottom), (x, 244.0))
    trapezoid(sheet, x, 244.0)
    following = VectorSheet(rows=1, page=2, first=3)
    goal = following.box(0, 1)
    trapezoid(following, x, 82.0)
    following.arrow((x, 93.0), (x, goal.top))
    flow = flow_of(sheet, following)
    assert edges_of(flow) == {((2, 1), (3, 1))}
    assert len(flow.symbols) == 2


def circle(sheet: VectorSheet, x: float, y: float, letter: str) -> None:
    ring = tuple((x + 7 * math.cos(t * math.pi / 12), y + 7 * math.sin(t * math.pi / 12)) for t in range(24))
    sheet.paint(ring, closed=True)
    sheet.words.append(word(letter, x, y, 6.0))


def test_circles_with_a_letter_are_one_place_on_two_pages() -> None:
    sheet = VectorSheet(rows=2)
    ways = [sheet.box(1, 0), sheet.box(1, 1)]
    for box, letter in zip(ways, "AB", strict=True):
        x = box.center[0]
        sheet.arrow((x, box.bottom), (x, 226.0))
        circle(sheet, x, 233.0, letter)
    following = VectorSheet(rows=1, page=2, first=3)
    goals = {"B": following.box(0, 0), "A": following.box(0, 1)}
    for letter, goal in goals.items():
        x = goal.center[0]
        circle(following, x, 107.0, letter)
        following.arrow((x, 114.0), (x, goal.top))
    flow = flow_of(sheet, following)
    assert edges_of(flow) == {((2, 0), (3, 1)), ((2, 1), (3, 0))}
    assert len(flow.symbols) == 4

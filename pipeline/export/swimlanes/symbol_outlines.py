"""The outlines of symbols as polygons, and where a connector that comes straight at one meets it."""

from __future__ import annotations

import math
from itertools import pairwise

from pipeline.export.swimlanes.swim_graph import Point, Size, SymbolForm

ARC_STEPS = 8
"""Corners of the polygon that stands for a quarter of a circle."""

PORT_SHARES: dict[SymbolForm, float] = {
    "box": 0.7,
    "pill": 0.5,
    "oval": 0.5,
    "rhombus": 0.45,
    "triangle": 0.4,
    "pentagon": 0.5,
}
"""How much of a symbol's side connectors may take, from its middle to its corner: the rest would meet it aslant."""


def outline_of(form: SymbolForm, size: Size) -> tuple[Point, ...]:
    """The corners of a symbol around its middle (0, 0), clockwise from its upper left."""
    x, y = size[0] / 2, size[1] / 2
    match form:
        case "rhombus":
            return ((-x, 0), (0, -y), (x, 0), (0, y))
        case "triangle":
            return ((-x, -y), (x, -y), (0, y))
        case "pentagon":
            return ((-x, -y), (x, -y), (x, y / 4), (0, y), (-x, y / 4))
        case "oval":
            return _rounded(x, y, x, y)
        case "pill":
            return _rounded(x, y, min(x, y), min(x, y))
        case "box":
            return ((-x, -y), (x, -y), (x, y), (-x, y))


def reach_of(form: SymbolForm, size: Size, toward: tuple[int, int], offset: float) -> float:
    """How far from the middle a straight connector meets the outline.

    Args:
        form: Kind of outline.
        size: Width and height of the symbol.
        toward: The direction in which the connector leaves, such as (1, 0) for the right.
        offset: How far beside the middle it runs, to the right or below.
    """
    vertical = toward[0] == 0
    sign = toward[1] if vertical else toward[0]
    corners = outline_of(form, size)
    found = [size[1] / 2 if vertical else size[0] / 2] if form == "box" else []
    for (ax, ay), (bx, by) in pairwise((*corners, corners[0])):
        along_a, along_b, aside_a, aside_b = (ay, by, ax, bx) if vertical else (ax, bx, ay, by)
        if aside_a != aside_b and min(aside_a, aside_b) <= offset <= max(aside_a, aside_b):
            share = (offset - aside_a) / (aside_b - aside_a)
            found.append(sign * (along_a + share * (along_b - along_a)))
    return max(found, default=0.0)


def _rounded(x: float, y: float, rx: float, ry: float) -> tuple[Point, ...]:
    """A rectangle of half width x and half height y whose corners are quarters of an ellipse."""
    middles = ((-x + rx, -y + ry, 180), (x - rx, -y + ry, 270), (x - rx, y - ry, 0), (-x + rx, y - ry, 90))
    angles = [math.radians(90 * step / ARC_STEPS) for step in range(ARC_STEPS + 1)]
    return tuple(
        (mx + rx * math.cos(math.radians(start) + angle), my + ry * math.sin(math.radians(start) + angle))
        for mx, my, start in middles
        for angle in angles
    )

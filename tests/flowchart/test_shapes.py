"""Every kind of outline is known by its corners, at any size a symbol has."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.flowchart.shapes import classify, outline_of
from pipeline.imaging.morphology import hull_of, inner_contours
from pipeline.settings import ShapeSettings

from .sheet import SCALE, Sheet

SETTINGS = ShapeSettings()

KINDS = {
    "box": "box",
    "capsule": "round",
    "circle": "circle",
    "diamond": "diamond",
    "document": "document",
    "triangle": "triangle",
    "pentagon": "pentagon",
    "trapezoid": "trapezoid",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("width", "height"), [(12, 12), (24, 14), (40, 22), (85, 40)])
@pytest.mark.parametrize("stroke_width", [0.5, 1.5])
def test_a_drawn_symbol_has_its_shape(kind: str, width: int, height: int, stroke_width: float) -> None:
    if kind == "circle":
        width = height
    page = Sheet(lanes=2, rows=1, width=120, height=80, stroke_width=stroke_width)
    page.symbol(kind, page.center(0, 0), width, height)
    grey = page.pixels()[:, :, 0]
    small = [c for c in inner_contours((grey < 160).astype(np.uint8)) if np.ptp(c[:, 0, 0]) < 110 * SCALE]
    [hull] = [hull_of(c) for c in small]
    want = "circle" if kind == "capsule" and width == height else KINDS[kind]
    assert outline_of(hull, 1.0, SCALE, False, SETTINGS).shape.kind == want


@pytest.mark.parametrize("size", [20, 28, 40])
def test_a_shallow_point_makes_a_pentagon_and_a_straight_side_a_trapezoid(size: int) -> None:
    side = 3 * size
    y, x = np.mgrid[0:side, 0:side]
    point = side * 0.8 + 0.4 * np.minimum(x, side - 1 - x)
    assert classify((y <= point).astype(np.uint8), 3.0, SETTINGS).kind == "pentagon"
    slant = (np.minimum(x, side - 1 - x) >= 0.15 * y).astype(np.uint8)
    assert classify(slant, 3.0, SETTINGS).kind == "trapezoid"


def test_a_slightly_rounded_box_is_round_and_a_blunt_corner_is_not() -> None:
    mask = np.ones((54, 88), np.uint8)
    assert classify(mask, 2.0, SETTINGS).kind == "box"
    blunt = mask.copy()
    blunt[:6, :6] = 0
    assert classify(blunt, 2.0, SETTINGS).kind == "box"
    y, x = np.mgrid[0:54, 0:88]
    dx, dy = np.minimum(x, 87 - x), np.minimum(y, 53 - y)
    rounded = ((dx >= 10) | (dy >= 10) | ((10 - dx) ** 2 + (10 - dy) ** 2 <= 100)).astype(np.uint8)
    assert classify(rounded, 2.0, SETTINGS).kind == "round"


def test_confidence_is_high_for_clean_shapes_only() -> None:
    box = np.ones((40, 70), np.uint8)
    odd = box.copy()
    odd[25:, 45:] = 0
    assert classify(box, 2.0, SETTINGS).confidence > 0.9 > classify(odd, 2.0, SETTINGS).confidence

"""Every kind of outline is known by its corners, at any size a symbol has."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.flowchart.shape_outline import outline_of
from pipeline.flowchart.shapes import classify
from pipeline.imaging.morphology import hull_of, inner_contours

KINDS = {
    "box": "box",
    "capsule": "round",
    "circle": "circle",
    "diamond": "diamond",
    "document": "document",
    "triangle": "triangle",
    "pentagon": "pentagon",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("width", "height"), [(12, 12), (24, 14), (40, 22), (85, 40)])
@pytest.mark.parametrize("pen", [0.5, 1.5])
def test_a_drawn_symbol_has_its_shape(sheet, kind, width, height, pen):
    if kind == "circle":
        width = height
    page = sheet(lanes=2, rows=1, width=120, height=80, pen=pen)
    page.symbol(kind, page.center(0, 0), width, height)
    grey = page.pixels()[:, :, 0]
    small = [c for c in inner_contours((grey < 160).astype(np.uint8)) if np.ptp(c[:, 0, 0]) < 110 * 150 / 72]
    [hull] = [hull_of(c) for c in small]
    want = "circle" if kind == "capsule" and width == height else KINDS[kind]
    assert outline_of(hull, 1.0, 150 / 72, False).shape.kind == want


def test_a_slightly_rounded_box_is_round_and_a_blunt_corner_is_not():
    mask = np.ones((54, 88), np.uint8)
    assert classify(mask).kind == "box"
    blunt = mask.copy()
    blunt[:6, :6] = 0
    assert classify(blunt).kind == "box"
    y, x = np.mgrid[0:54, 0:88]
    dx, dy = np.minimum(x, 87 - x), np.minimum(y, 53 - y)
    rounded = ((dx >= 10) | (dy >= 10) | ((10 - dx) ** 2 + (10 - dy) ** 2 <= 100)).astype(np.uint8)
    assert classify(rounded).kind == "round"


def test_confidence_is_high_for_clean_shapes_only():
    box = np.ones((40, 70), np.uint8)
    odd = box.copy()
    odd[25:, 45:] = 0
    assert classify(box).confidence > 0.9 > classify(odd).confidence

"""Of the outlines seen of one symbol, the one that is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.flowchart.outlines import suppress_overlaps
from pipeline.flowchart.shapes import Outline, outline_of
from pipeline.imaging.morphology import Contour, Mask
from pipeline.settings import FlowSettings

SCALE = 200 / 72
SETTINGS = FlowSettings()


def box(x: int, y: int, width: int, height: int, filled: bool) -> Outline:
    right, bottom = x + width - 1, y + height - 1
    hull: Contour = np.array([[[x, y]], [[right, y]], [[right, bottom]], [[x, bottom]]], np.int32)
    return outline_of(hull, 0.98, SCALE, filled, SETTINGS.shapes)


def ink_of(side: str) -> Mask:
    """A filled box's faint outline, with a line across it that is dotted, or drawn."""
    ink = np.zeros((80, 160), np.uint8)
    ink[20, 30:100] = ink[54, 30:100] = 1
    ink[20:55, 30] = ink[20:55, 99] = 1
    ink[20 : 55 : 1 if side == "drawn" else 8, 55] = 1
    return ink


AREA, PART = box(29, 19, 72, 37, filled=True), box(56, 21, 43, 33, filled=False)


@pytest.mark.parametrize(("side", "kept"), [("dotted", AREA), ("drawn", PART)])
def test_grain_in_a_filled_box_does_not_halve_it(side: str, kept: Outline) -> None:
    assert suppress_overlaps([AREA, PART], ink_of(side), SETTINGS.outlines) == [kept]


def test_a_box_drawn_within_a_shaded_cell_is_the_symbol() -> None:
    inner = box(45, 28, 40, 20, filled=False)
    assert inner in suppress_overlaps([AREA, inner], ink_of("dotted"), SETTINGS.outlines)

"""Straight pieces of ink are found as they lie, and what is left of a ruling is told from a line that crosses it."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.flowchart.segments import axis_lines, line_thickness, without_ruling_remains
from pipeline.imaging.ink_pair import InkPair
from pipeline.imaging.morphology import Mask, transposed
from pipeline.settings import SegmentSettings

SETTINGS = SegmentSettings()
SCALE = 2.0


def bar(top: int, bottom: int, left: int, right: int, shape: tuple[int, int] = (120, 200)) -> Mask:
    ink = np.zeros(shape, np.uint8)
    ink[top:bottom, left:right] = 1
    return ink


@pytest.mark.parametrize("thick", [1, 2, 3])
@pytest.mark.parametrize("is_vertical", [False, True])
def test_a_bar(thick: int, is_vertical: bool) -> None:
    ink = bar(40, 40 + thick, 20, 120)
    slender, stubs = axis_lines(ink.T.copy() if is_vertical else ink, 2.0, SCALE, SETTINGS)
    ((a, b, thickness),) = slender
    assert not stubs
    assert thickness == pytest.approx(thick)
    middle = 40 + (thick - 1) / 2
    ends = [(a[1], b[1]), (a[0], b[0])]
    assert ends[is_vertical] == pytest.approx((middle, middle))
    assert ends[not is_vertical] == pytest.approx((20, 119), abs=1)


def test_a_sloping_line_keeps_its_ends() -> None:
    ink = np.zeros((120, 400), np.uint8)
    for x in range(20, 380):
        y = 50 + (x - 20) // 60
        ink[y : y + 2, x] = 1
    ((a, b, _),) = axis_lines(ink, 2.0, SCALE, SETTINGS)[0]
    assert a[1] == pytest.approx(50, abs=1)
    assert b[1] == pytest.approx(56, abs=1)


def test_dashes_are_one_line() -> None:
    ink = bar(40, 42, 20, 180)
    ink[:, 28::12] = ink[:, 29::12] = 0
    assert len(axis_lines(ink, 2.0, SCALE, SETTINGS)[0]) == 1


def test_what_is_left_of_long_rulings_is_no_measure_of_how_thick_lines_are() -> None:
    ink = bar(0, 1000, 10, 12, (1000, 300)) | bar(0, 1000, 290, 292, (1000, 300))
    for top in (100, 400, 700):
        ink |= bar(top, top + 150, 100, 106, ink.shape)
    assert line_thickness(InkPair(ink, transposed(ink)), SCALE, SETTINGS) == pytest.approx(6)


def test_what_lies_along_a_ruling_goes() -> None:
    rulings = bar(40, 43, 0, 200)
    along, across = ((10.0, 41.0), (150.0, 41.0), 1.0), ((60.0, 10.0), (60.0, 100.0), 1.0)
    beyond = ((-5.0, 41.0), (500.0, 41.0), 1.0)
    assert without_ruling_remains([along, across, beyond], rulings, SETTINGS) == [across]
    assert without_ruling_remains([], rulings, SETTINGS) == []

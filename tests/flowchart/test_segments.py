"""Straight pieces of ink are found as they lie, and what is left of a ruling is told from a line that crosses it."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.flowchart.segments import not_beside, straight_pieces
from pipeline.settings import FlowSettings

SETTINGS = FlowSettings()
SCALE = 2.0


def bar(top, bottom, left, right, shape=(120, 200)):
    ink = np.zeros(shape, np.uint8)
    ink[top:bottom, left:right] = 1
    return ink


@pytest.mark.parametrize("thick", [1, 2, 3])
@pytest.mark.parametrize("upright", [False, True])
def test_a_bar(thick, upright):
    ink = bar(40, 40 + thick, 20, 120)
    slender, stubby = straight_pieces(ink.T.copy() if upright else ink, SCALE, SETTINGS)
    ((a, b, thickness),) = slender
    assert not stubby and thickness == pytest.approx(thick)
    middle = 40 + (thick - 1) / 2
    ends = [(a[1], b[1]), (a[0], b[0])]
    assert ends[upright] == pytest.approx((middle, middle)) and ends[not upright] == pytest.approx((20, 119), abs=1)


def test_a_sloping_line_keeps_its_ends():
    ink = np.zeros((120, 400), np.uint8)
    for x in range(20, 380):
        y = 50 + (x - 20) // 60
        ink[y : y + 2, x] = 1
    ((a, b, _),) = straight_pieces(ink, SCALE, SETTINGS)[0]
    assert a[1] == pytest.approx(50, abs=1) and b[1] == pytest.approx(56, abs=1)


def test_dashes_are_one_line():
    ink = bar(40, 42, 20, 180)
    ink[:, 28::12] = ink[:, 29::12] = 0
    assert len(straight_pieces(ink, SCALE, SETTINGS)[0]) == 1


def test_what_lies_along_a_ruling_goes():
    hidden = bar(40, 43, 0, 200)
    along, across = ((10.0, 41.0), (150.0, 41.0), 1.0), ((60.0, 10.0), (60.0, 100.0), 1.0)
    beyond = ((-5.0, 41.0), (500.0, 41.0), 1.0)
    assert not_beside([along, across, beyond], hidden) == [across]
    assert not_beside([], hidden) == []

"""Segments joined to lines, and how far lines reach."""

from __future__ import annotations

import pytest

from pipeline.model.page import Ruling
from pipeline.model.rulings import covered_lengths, join


def test_a_line_lies_at_the_mean_of_its_parts_by_their_lengths() -> None:
    (line,) = join([Ruling("h", 10.0, 0.0, 30.0, 1.0), Ruling("h", 11.0, 20.0, 30.0, 0.5)], snap=1.0, gap=0.0)
    assert line.at == pytest.approx(10.25)
    assert (line.start, line.end, line.width) == (0.0, 30.0, 1.0)


def test_parts_farther_apart_than_the_gap_are_lines_of_their_own() -> None:
    parts = [Ruling("v", 5.0, 0.0, 10.0), Ruling("v", 5.0, 11.0, 20.0), Ruling("v", 5.0, 24.0, 30.0)]
    assert [(line.start, line.end) for line in join(parts, snap=1.0, gap=2.0)] == [(0.0, 20.0), (24.0, 30.0)]


def test_lengths_are_those_within_the_range() -> None:
    lines = [Ruling("h", 10.0, 0.0, 30.0), Ruling("h", 10.5, 50.0, 90.0), Ruling("h", 40.0, 90.0, 99.0)]
    assert covered_lengths(lines, 1.0, 20.0, 80.0) == [(10.0, 40.0)]

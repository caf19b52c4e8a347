"""Arrowheads are seen at the end where they stand, whatever their size, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.flowchart.arrowheads import heads_of
from pipeline.flowchart.read import read_page
from pipeline.settings import FlowSettings

SCALE = 150 / 72
SETTINGS = FlowSettings()


def dark(page):
    return (255 - page.pixels()[:, :, 0]).astype(np.uint8)


def pixels(*points):
    return [(x * SCALE - 0.5, y * SCALE - 0.5) for x, y in points]


@pytest.mark.parametrize("length", [2.0, 3.0, 5.0, 8.0])
@pytest.mark.parametrize("run", [14.0, 60.0])
def test_one_head(sheet, length, run):
    page = sheet(lanes=1, rows=1, width=200, height=100)
    a, b = (60.0, 110.0), (60.0 + run, 110.0)
    page.line(a, b, head=length)
    first, second = heads_of(dark(page), [pixels(a, b)], SCALE, SETTINGS)[0]
    assert second >= SETTINGS.faint_head > first


def test_heads_at_both_ends_and_at_none(sheet):
    page = sheet(lanes=1, rows=1, width=200, height=100)
    page.line((60, 90), (140, 90), head=5, tail=5)
    page.line((60, 130), (140, 130), head=0)
    both = heads_of(dark(page), [pixels((60, 90), (140, 90))], SCALE, SETTINGS)[0]
    none = heads_of(dark(page), [pixels((60, 130), (140, 130))], SCALE, SETTINGS)[0]
    assert min(both) >= SETTINGS.head and max(none) < SETTINGS.faint_head


def test_a_line_that_joins_from_one_side_is_no_arrowhead(sheet):
    page = sheet(lanes=1, rows=1, width=200, height=100)
    page.line((60, 110), (140, 110), head=0)
    page.line((137, 110), (137, 80), head=0)
    assert max(heads_of(dark(page), [pixels((60, 110), (140, 110))], SCALE, SETTINGS)[0]) < SETTINGS.faint_head


def test_a_ruling_across_is_no_arrowhead(sheet):
    page = sheet(lanes=2, rows=1, width=100, height=100)
    page.line((80, 110), (142, 110), head=0)
    assert max(heads_of(dark(page), [pixels((80, 110), (142, 110))], SCALE, SETTINGS)[0]) < SETTINGS.faint_head


@pytest.mark.parametrize("y", [110.0, 110.1, 110.2, 110.3])
@pytest.mark.parametrize("run", [4.0, 5.0])
def test_a_stub_that_bends_has_no_arrowhead(sheet, run, y):
    page = sheet(lanes=1, rows=1, width=200, height=100)
    page.symbol("box", (80, y))
    page.line((98, y), (98 + run, y), (98 + run, 140), head=0)
    part = page.part()
    stubs = [s for s in read_page(part, part.picture, True, True, SETTINGS).strokes if s.lying]
    assert [max(s.head_a, s.head_b) < SETTINGS.faint_head for s in stubs] == [True]

"""Arrowheads are seen at the end where they stand, whatever their size, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.flowchart.arrowheads import SideProfile, _short_line_strengths, arrowhead_strengths
from pipeline.flowchart.drawing import Point
from pipeline.flowchart.page_flow import read_page
from pipeline.imaging.morphology import Mask
from pipeline.settings import FlowSettings

from .sheet import SCALE, Sheet

SETTINGS = FlowSettings()


def contrast(page: Sheet) -> Mask:
    return (255 - page.pixels()[:, :, 0]).astype(np.uint8)


def pixels(a: Point, b: Point) -> tuple[Point, Point]:
    return (a[0] * SCALE - 0.5, a[1] * SCALE - 0.5), (b[0] * SCALE - 0.5, b[1] * SCALE - 0.5)


@pytest.mark.parametrize("length", [2.0, 3.0, 5.0, 8.0])
@pytest.mark.parametrize("run", [14.0, 60.0])
def test_one_head(length: float, run: float) -> None:
    page = Sheet(lanes=1, rows=1, width=200, height=100)
    a, b = (60.0, 110.0), (60.0 + run, 110.0)
    page.line(a, b, head=length)
    first, second = arrowhead_strengths(contrast(page), [pixels(a, b)], SCALE, SETTINGS.arrowheads)[0]
    assert second >= SETTINGS.arrowheads.faint > first


def test_heads_at_both_ends_and_at_none() -> None:
    page = Sheet(lanes=1, rows=1, width=200, height=100)
    page.line((60, 90), (140, 90), head=5, tail=5)
    page.line((60, 130), (140, 130), head=0)
    both = arrowhead_strengths(contrast(page), [pixels((60, 90), (140, 90))], SCALE, SETTINGS.arrowheads)[0]
    none = arrowhead_strengths(contrast(page), [pixels((60, 130), (140, 130))], SCALE, SETTINGS.arrowheads)[0]
    assert min(both) >= SETTINGS.arrowheads.clear
    assert max(none) < SETTINGS.arrowheads.faint


def test_a_line_that_joins_from_one_side_is_no_arrowhead() -> None:
    page = Sheet(lanes=1, rows=1, width=200, height=100)
    page.line((60, 110), (140, 110), head=0)
    page.line((137, 110), (137, 80), head=0)
    assert (
        max(arrowhead_strengths(contrast(page), [pixels((60, 110), (140, 110))], SCALE, SETTINGS.arrowheads)[0])
        < SETTINGS.arrowheads.faint
    )


def test_a_ruling_across_is_no_arrowhead() -> None:
    page = Sheet(lanes=2, rows=1, width=100, height=100)
    page.line((80, 110), (142, 110), head=0)
    assert (
        max(arrowhead_strengths(contrast(page), [pixels((80, 110), (142, 110))], SCALE, SETTINGS.arrowheads)[0])
        < SETTINGS.arrowheads.faint
    )


@pytest.mark.parametrize("y", [110.0, 110.1, 110.2, 110.3])
@pytest.mark.parametrize("run", [4.0, 5.0])
def test_a_stub_that_bends_has_no_arrowhead(run: float, y: float) -> None:
    page = Sheet(lanes=1, rows=1, width=200, height=100)
    page.symbol("box", (80, y))
    page.line((98, y), (98 + run, y), (98 + run, 140), head=0)
    part = page.part()
    stubs = [s for s in read_page(part, lambda _number: part.picture, True, True, SETTINGS).segments if s.is_horizontal]
    assert [max(s.head_a, s.head_b) < SETTINGS.arrowheads.faint for s in stubs] == [True]


def test_the_blur_of_letters_and_a_shadow_beside_a_line_is_no_arrowhead() -> None:
    seen = np.zeros((80, 260), np.uint8)
    seen[39:42, 20:240] = 255
    seen[36:39, 20:35] = seen[42:45, 20:35] = 50
    strengths = arrowhead_strengths(seen, [((20.0, 40.0), (239.0, 40.0))], 200 / 72, SETTINGS.arrowheads)
    assert max(strengths[0]) < SETTINGS.arrowheads.faint


@pytest.mark.parametrize("width", [0.8, 1.5, 2.4])
@pytest.mark.parametrize("run", [8.0, 10.0, 13.0, 15.0, 18.0])
def test_the_dashes_of_a_short_line_are_no_arrowheads(run: float, width: float) -> None:
    page = Sheet(lanes=1, rows=1, width=200, height=100)
    page.line((60, 110), (60 + run, 110), head=0, dash=3.0, width=width)
    strengths = arrowhead_strengths(contrast(page), [pixels((60, 110), (60 + run, 110))], SCALE, SETTINGS.arrowheads)
    assert max(strengths[0]) < SETTINGS.arrowheads.faint


def test_a_single_dash_is_no_arrowhead() -> None:
    """A profile as a scan gives it: the dash, its blurred end, and a little of the gap before the symbol."""
    ink = [0.8, 0.9, 0.7, 1.2, 1.1, 0.8, 0.3, 0.0, 0.2, 0.1]
    profile = SideProfile(ink, [True] * 10, [False] * 10)
    assert max(_short_line_strengths(profile, 0.5, 200 / 72, SETTINGS.arrowheads)) < SETTINGS.arrowheads.faint


@pytest.mark.parametrize("leads_on", [True, False])
def test_the_head_of_a_short_line_whose_wide_side_a_ruling_hid_is_seen_at_its_tip(leads_on: bool) -> None:
    """A profile as a scan gives it: the ruling was erased where the head begins, its tip rises in even steps."""
    ink = [1.4, 1.3, 1.2, 0.7, 0.2, 0.4, 1.6, 2.6, 2.5, 2.0, 1.6, 1.5, 1.4]
    known = [True] * 3 + [False] * 4 + [True] * 6
    if leads_on:
        ink, known = ink[::-1], known[::-1]
    profile = SideProfile(ink, known, [False] * len(ink))
    first, second = _short_line_strengths(profile, 0.5, 200 / 72, SETTINGS.arrowheads)
    assert (first > second) is leads_on
    assert max(first, second) >= SETTINGS.arrowheads.clear

"""Lines from pixels: all of the grid, joined and straight, and nothing of the letters."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from scanned import SCALE, paper, printed, ruled

from pipeline.imaging.binarize import binarize
from pipeline.imaging.centrelines import centrelines, draw_rulings, straight_rulings
from pipeline.imaging.colour import luminance
from pipeline.imaging.illumination import flatten_background
from pipeline.imaging.ruling_lines import find_lines
from pipeline.model.page import Ruling
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

SETTINGS = ScanSettings()
XS, YS = (30.0, 60.0, 220.0, 390.0), (30.0, 48.0, 110.0, 170.0)
EM = 10 * SCALE
WHITE = (255, 255, 255)


def found(page: Pixels) -> tuple[Ruling, ...]:
    grey = flatten_background(luminance(page), SCALE, SETTINGS)
    ink = binarize(grey, SETTINGS.ink_reach * SCALE, SETTINGS.line_contrast)
    return straight_rulings(find_lines(grey, ink, EM, SETTINGS), EM, SCALE, SETTINGS)


def assert_grid(lines: tuple[Ruling, ...], within: float = 0.6) -> None:
    level = sorted((r for r in lines if r.axis == "h"), key=lambda r: r.at)
    plumb = sorted((r for r in lines if r.axis == "v"), key=lambda r: r.at)
    assert [r.at for r in level] == pytest.approx(YS, abs=within)
    assert [r.at for r in plumb] == pytest.approx(XS, abs=within)
    for ruling in level:
        assert (ruling.start, ruling.end) == pytest.approx((XS[0], XS[-1]), abs=1.7)
    for ruling in plumb:
        assert (ruling.start, ruling.end) == pytest.approx((YS[0], YS[-1]), abs=1.7)


@pytest.mark.parametrize(("shade", "thick"), [(0, 1), (0, 2), (0, 5), (190, 2), (215, 3)])
def test_thin_bold_and_faint_lines_are_found_whole(shade: int, thick: int) -> None:
    assert_grid(found(ruled(paper(), XS, YS, shade, thick)))


@pytest.mark.parametrize(("shade", "share"), [(217, 1.0), (230, 1.0), (217, 0.7)])
def test_a_light_grey_hairline_of_a_screen_is_found_beside_words(shade: int, share: float) -> None:
    dense = 96 / 72 / share  # pixels per point of a screen of 96 dpi, pasted with `share` of its size left
    page = ruled(paper(scale=dense), XS, YS, shade, 1, dense)
    for y in (60, 75, 90, 125, 140):
        printed(page, "surat masuk", 64, y, scale=dense)
        printed(page, "arsip", 224, y, scale=dense)
    pasted = cv2.resize(page, paper().shape[1::-1], interpolation=cv2.INTER_LINEAR)
    assert_grid(found(np.asarray(pasted, dtype=np.uint8)), within=1.0)


def test_letters_are_no_lines() -> None:
    page = paper()
    for row in range(12):
        printed(page, "MENETAPKAN TATA LAKSANA mmm EEE ttt", 40, 40 + 20 * row, size=8 + row % 4)
    assert found(page) == ()


def test_text_that_touches_a_line_leaves_it_whole() -> None:
    page = ruled(paper(), XS, YS)
    printed(page, "Menggunakan gagang", 64, 108.5)
    assert_grid(found(page))


def test_a_broken_line_is_one_line() -> None:
    page = ruled(paper(), XS, YS)
    for x in range(50, 380, 37):
        page[:, round(x * SCALE) : round(x * SCALE) + 3] = 255
    assert_grid(found(page))


def test_a_doubled_line_is_one_line() -> None:
    page = ruled(paper(), XS, YS, thick=1)
    lines = found(ruled(page, [x + 1.2 for x in XS], [y + 1.2 for y in YS], thick=1))
    assert len([r for r in lines if r.axis == "h"]) == len(YS)
    assert len([r for r in lines if r.axis == "v"]) == len(XS)


def test_a_line_at_the_edge_of_a_grey_head_is_found() -> None:
    page = paper()
    page[round(YS[0] * SCALE) : round(YS[1] * SCALE), round(XS[0] * SCALE) : round(XS[-1] * SCALE)] = 190
    assert_grid(found(ruled(page, XS, YS, shade=30, thick=1)))


def test_slightly_bent_lines_stay_one_line_each() -> None:
    page = ruled(paper(), XS, YS)
    rows, columns = page.shape[:2]
    x, y = np.meshgrid(np.arange(columns, dtype=np.float32), np.arange(rows, dtype=np.float32))
    bent = cv2.remap(
        page, x, y + 4 * np.sin(np.pi * x / columns).astype(np.float32), cv2.INTER_LINEAR, borderValue=WHITE
    )
    level = [r for r in found(np.asarray(bent)) if r.axis == "h"]
    assert len(level) == len(YS)
    assert all(r.length == pytest.approx(XS[-1] - XS[0], abs=3) for r in level)


@pytest.mark.parametrize("left", [204, 210, 190])
def test_the_ring_of_a_stamp_across_rulings_is_none(left: int) -> None:
    xs, ys = (30.0, 220.0, 390.0), (30.0, 48.0, 66.0, 84.0, 102.0)
    page, at = ruled(paper(), xs, ys), (round((left + 32) * SCALE), round(64 * SCALE))
    for radius, thick in ((32, 4), (30, 1), (19, 4)):
        cv2.circle(page, at, round(radius * SCALE), (90, 70, 190), thick, cv2.LINE_AA)
    lines = found(np.asarray(cv2.GaussianBlur(page, (0, 0), 0.8), dtype=np.uint8))
    assert {round(r.at) for r in lines if r.axis == "v"} == set(map(round, xs))
    assert {round(r.at) for r in lines if r.axis == "h"} == set(map(round, ys))


def test_a_short_stroke_that_meets_no_line_is_none() -> None:
    page = ruled(paper(), XS, YS)
    cv2.line(page, (300, 600), (360, 600), (0, 0, 0), 2)
    assert_grid(found(page))


def test_courses_follow_the_line() -> None:
    page = luminance(ruled(paper(), XS, YS))
    lines = find_lines(page, binarize(page, 40, 18), EM, SETTINGS)
    level = [course for course in centrelines(lines) if course.axis == "h"]
    assert len(level) == len(YS)
    points = level[0].points()
    assert points[:, 1] == pytest.approx(np.full(len(points), YS[0] * SCALE), abs=1.7)


def test_joined_rulings_close_the_gap_in_the_mask() -> None:
    mask = np.zeros((100, 100), np.uint8)
    mask[50, 10:40] = mask[50, 60:90] = 1
    closed = draw_rulings([Ruling("h", 50.5, 10, 90)], 1.0, mask)
    assert closed[50, 10:90].all()
    assert not mask[50, 50]


def test_a_stroke_that_starts_at_a_line_and_ends_in_a_cell_is_no_ruling() -> None:
    """The stems of two letters, one under the other with a line between them, in rows as low as the type is high."""
    page = ruled(paper(), (30.0, 220.0), (30.0, 45.0, 60.0, 110.0))
    stem, low = round(100 * SCALE), round(47 * SCALE)
    cv2.line(page, (stem, round(31.3 * SCALE)), (stem, low + round(10 * SCALE)), (0, 0, 0), 1)
    assert [r.at for r in found(page) if r.axis == "v"] == pytest.approx([30.0, 220.0], abs=0.6)


def test_a_cells_side_in_a_low_row_is_a_ruling() -> None:
    page = ruled(paper(), (30.0, 220.0), (30.0, 48.0, 110.0))
    side = round(100 * SCALE)
    cv2.line(page, (side, round(30 * SCALE)), (side, round(48 * SCALE)), (0, 0, 0), 1)
    plumb = sorted((r for r in found(page) if r.axis == "v"), key=lambda r: r.at)
    assert [r.at for r in plumb] == pytest.approx([30.0, 100.0, 220.0], abs=0.6)
    assert (plumb[1].start, plumb[1].end) == pytest.approx((30.0, 48.0), abs=1.7)


def test_a_line_with_the_bright_rims_of_sharpening_on_grey_paper_is_a_ruling() -> None:
    grey = np.full((500, 700), 231, np.uint8)
    for x in (60, 300, 640):
        for column, tone in enumerate((240, 162, 4, 106, 251)):
            grey[40:440, x + column] = tone
    for y in (40, 436):
        for row, tone in enumerate((240, 162, 4, 106, 251)):
            grey[y + row, 60:645] = tone
    ink = binarize(grey, SETTINGS.ink_reach * SCALE, SETTINGS.line_contrast)
    for em in (24.0, 28.0, 32.0):
        found_lines = straight_rulings(find_lines(grey, ink, em, SETTINGS), em, SCALE, SETTINGS)
        assert sorted(r.axis for r in found_lines) == ["h", "h", "v", "v", "v"]

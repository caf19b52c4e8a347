"""How a page lies is measured: quarters of a turn, skew to a tenth of a degree, and perspective."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scanned import SCALE, paper, printed, ruled

from pipeline.imaging.binarize import binarize
from pipeline.imaging.colour import luminance
from pipeline.imaging.components import letter_stats
from pipeline.imaging.deskew import orientation_of, skew_degrees
from pipeline.imaging.rectify import SourcePicture, rectify
from pipeline.imaging.warp import on_canvas, page_transform, upright_matrix, warped
from pipeline.model.geometry import Box
from pipeline.model.orientation import Orientation
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

SETTINGS = ScanSettings()
XS, YS = (30.0, 90.0, 220.0, 390.0), (30.0, 60.0, 110.0, 170.0, 260.0)


def form() -> Pixels:
    """A table with lines of type in its cells."""
    page = ruled(paper(), XS, YS)
    for row, y in enumerate(YS[:-1]):
        for x in XS[:-1]:
            printed(page, "Surat masuk"[: 5 + row], x + 4, y + 14)
            printed(page, "kegiatan"[: 4 + row], x + 4, y + 26)
    return page


def ink_of(pixels: Pixels) -> Pixels:
    return binarize(luminance(pixels), SETTINGS.ink_reach * SCALE, SETTINGS.text_contrast)


@pytest.mark.parametrize("degrees", [-7.3, -1.25, 0.0, 0.4, 3.1, 10.0])
def test_skew_is_measured_to_a_tenth_of_a_degree(degrees: float) -> None:
    page = form()
    rows, columns = page.shape[:2]
    turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), -degrees, 1.0)  # OpenCV turns counter-clockwise
    skewed = np.asarray(cv2.warpAffine(page, turn, (columns, rows), borderValue=(255, 255, 255)), dtype=np.uint8)
    assert skew_degrees(ink_of(skewed), SETTINGS) == pytest.approx(degrees, abs=0.1)


def test_nearly_empty_paper_has_no_skew() -> None:
    assert skew_degrees(ink_of(paper()), SETTINGS) == 0.0


def test_lines_that_run_down_the_page_lie_sideways() -> None:
    for page, expected in ((form(), 0), (np.ascontiguousarray(np.rot90(form())), 90), (paper(), 0)):
        assert orientation_of(letter_stats(ink_of(page), SCALE, SETTINGS), SETTINGS) == expected


@pytest.mark.parametrize("orientation", Orientation)
def test_orientation_moves_pixels_and_points_alike(orientation: Orientation) -> None:
    page = form()
    rows, columns = page.shape[:2]
    matrix, width, height = on_canvas(upright_matrix(orientation, columns, rows), columns, rows)
    turned = warped(page, matrix, width, height)
    assert turned.shape == orientation.upright_pixels(page).shape
    inner = slice(4, -4)
    assert np.abs(turned[inner, inner].astype(int) - orientation.upright_pixels(page)[inner, inner]).max() <= 1


@given(
    st.floats(-0.02, 0.02),
    st.floats(-0.02, 0.02),
    st.floats(-0.03, 0.03),
    st.floats(-0.03, 0.03),
    st.sampled_from(Orientation),
)
def test_a_frame_takes_upright_points_back_to_where_they_are_displayed(
    shear_x: float, shear_y: float, along_x: float, along_y: float, orientation: Orientation
) -> None:
    bend = np.array([[1, shear_x, 0], [shear_y, 1, 0], [along_x / 400, along_y / 300, 1]])
    matrix, width, height = on_canvas(bend @ upright_matrix(orientation, 400, 300), 400, 300)
    point = matrix @ np.array([120.0, 80.0, 1.0])
    x, y = point[:2] / point[2]
    assert -1 <= x <= width + 1
    assert -1 <= y <= height + 1
    assert page_transform(matrix).point(x, y) == pytest.approx((120.0, 80.0), abs=1e-6)


def test_perspective_is_undone_by_the_rulings_themselves() -> None:
    page = form()
    rows, columns = page.shape[:2]
    corners = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
    pushed = corners + np.array([[12, 6], [-8, 10], [-4, -14], [10, -3]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, pushed)
    photo = cv2.warpPerspective(page, matrix, (columns, rows), borderValue=(255, 255, 255))
    rectification = rectify(SourcePicture(np.asarray(photo, dtype=np.uint8), SCALE, SETTINGS), SETTINGS)
    ink = ink_of(rectification.render(SCALE))
    assert sorted(np.flatnonzero(_heaps(ink.mean(axis=1))))
    assert len(_lines(ink.mean(axis=1))) == len(YS)
    assert len(_lines(ink.mean(axis=0))) == len(XS)


def _heaps(share: np.ndarray) -> np.ndarray:
    return share > 0.4


def _lines(share: np.ndarray) -> list[int]:
    """Where most of a row (or column) is ink: once for each straight line."""
    marked = np.flatnonzero(_heaps(share))
    return [int(m) for i, m in enumerate(marked) if i == 0 or m - marked[i - 1] > 3]


def test_what_is_found_upright_is_told_where_it_is_displayed() -> None:
    page = np.ascontiguousarray(np.rot90(form()))  # content lies sideways: the table's head is at the left
    rectification = rectify(SourcePicture(page, SCALE, SETTINGS), SETTINGS)
    assert (round(rectification.width), round(rectification.height)) == pytest.approx((420, 300), abs=3)
    where = page_transform(rectification.matrix).displayed(Box(30, 30, 390, 60))
    height, width = page.shape[0] / SCALE, page.shape[1] / SCALE
    on_its_head = where.x0 > width / 2  # which of the two ways is up only the words can tell
    expected = Box(width - 60, 30, width - 30, 390) if on_its_head else Box(30, height - 390, 60, height - 30)
    assert where.as_list() == pytest.approx(expected.as_list(), abs=2)

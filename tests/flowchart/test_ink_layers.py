"""What is ink and what is fill is told from histograms as from the pixels themselves."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from pipeline.flowchart.ink_layers import _at_least, _histogram, _layers, _paper, _percentile, _resampled
from pipeline.settings import FlowSettings


@pytest.mark.parametrize("percent", [50, 75, 90])
@pytest.mark.parametrize("size", [(1, 1), (3, 2), (40, 61)])
@pytest.mark.parametrize("levels", [2, 9, 256])
def test_percentiles_are_those_of_the_values(levels: int, size: tuple[int, int], percent: int) -> None:
    values = np.random.default_rng(levels).integers(0, levels, size).astype(np.uint8)
    assert _percentile(_histogram(values), percent) == pytest.approx(float(np.percentile(values, percent)))


def test_a_limit_between_two_values() -> None:
    values = np.array([[39, 40, 41]], np.uint8)
    assert _at_least(values, 39.5).tolist() == [[0, 1, 1]]
    assert _at_least(values, 40).tolist() == [[0, 1, 1]]


@pytest.mark.parametrize("colour", [(250, 250, 250), (255, 250, 205)])
def test_the_paper_is_what_most_pixels_show(colour: tuple[int, int, int]) -> None:
    ground = np.full((30, 40, 3), colour, np.uint8)
    ground[:8] = (10, 90, 200)
    assert tuple(_paper(ground)[:3]) == colour
    assert _paper(np.ascontiguousarray(ground[..., 0]))[0] == colour[0]


@pytest.mark.parametrize("fill", [(220, 230, 241), (255, 242, 204), (197, 224, 180)])
def test_the_corners_of_a_pale_fill_are_no_ink(fill: tuple[int, int, int]) -> None:
    """Paper is about them as about a line, in the channel that the fill is darkest in. Its outline and a line stay."""
    page, scale, black = np.full((200, 260, 3), 255, np.uint8), 200 / 72, (0, 0, 0)
    diamond = np.array([[60, 100], [110, 75], [160, 100], [110, 125]], np.int32)
    cv2.fillPoly(page, [diamond], fill)
    cv2.polylines(page, [diamond], True, black, 3, cv2.LINE_AA)
    cv2.line(page, (160, 100), (255, 100), black, 2, cv2.LINE_AA)
    _, packed = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 60])
    blurred = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    ink, *_ = _layers(np.asarray(blurred, np.uint8), scale, FlowSettings().ink)
    within = cv2.fillPoly(np.zeros(ink.shape, np.uint8), [diamond], 1)
    within = cv2.erode(within, np.ones((9, 9), np.uint8))
    assert ink[within > 0].mean() < 0.03
    assert ink[100, 170:250].all()
    assert all(ink[y - 1 : y + 2, x - 1 : x + 2].any() for (x, y) in diamond.tolist())


def test_a_page_as_large_as_a_house_is_not_enlarged() -> None:
    tone, settings = np.zeros((200, 300), np.uint8), FlowSettings()
    assert _resampled(tone, 0.5, settings)[0].shape == (833, 1250)
    small = replace(settings, most_megapixels=0.03)
    assert _resampled(tone, 0.5, small) == (tone, 0.5)
    assert _resampled(tone, 10.0, small)[0].shape == (42, 62)

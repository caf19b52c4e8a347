"""The light of a scan is made up for; what is printed stays as dark beside its paper."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.imaging.colour import luminance
from pipeline.imaging.fills import filled_areas
from pipeline.imaging.illumination import correct_illumination
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

SCALE = 200 / 72
SETTINGS = ScanSettings()


def sheet() -> Pixels:
    """A white page of 400 x 300 points with a grey box of 60 x 24 and black lines."""
    page = np.full((round(300 * SCALE), round(400 * SCALE)), 255, np.uint8)
    box(page, 200, 100)[:] = 170
    page[round(50 * SCALE) : round(50 * SCALE) + 3] = 0
    page[:, round(40 * SCALE) : round(40 * SCALE) + 3] = 0
    return page


def box(page: Pixels, x: float, y: float) -> Pixels:
    return page[round(y * SCALE) : round((y + 24) * SCALE), round(x * SCALE) : round((x + 60) * SCALE)]


def at_the_spine(page: Pixels, depth: float) -> Pixels:
    """A shadow along the left edge that takes so much of the light."""
    x = np.linspace(0, 1, page.shape[1])
    return (page * (1 - depth * np.exp(-x / 0.16))[None]).astype(np.uint8)


@pytest.mark.parametrize("depth", [0.0, 0.3, 0.6, 0.74])
def test_a_shadow_goes_and_what_is_printed_stays(depth: float) -> None:
    even = correct_illumination(at_the_spine(sheet(), depth), SCALE, SETTINGS.light_reach, SETTINGS.least_light)
    paper = even[round(150 * SCALE) :, round(45 * SCALE) :]
    assert paper.min() > 240
    assert abs(float(np.median(box(even, 200, 100))) - 170) < 12
    assert even[round(50 * SCALE) + 1].max() < 30


def test_grey_and_colour_are_lit_alike() -> None:
    page = at_the_spine(sheet(), 0.5)
    colour = np.repeat(page[..., None], 3, axis=2)
    even = correct_illumination(colour, SCALE, SETTINGS.light_reach, SETTINGS.least_light)
    assert np.abs(luminance(even).astype(int) - correct_illumination(page, SCALE, SETTINGS.light_reach, 60)).max() <= 1


@pytest.mark.parametrize("depth", [0.0, 0.5, 0.74])
def test_a_shadow_is_no_filled_area(depth: float) -> None:
    fills = filled_areas(at_the_spine(sheet(), depth), SCALE, SETTINGS)
    assert fills is not None
    rows, columns = np.nonzero(fills)
    found = (columns.min() / SCALE, rows.min() / SCALE, columns.max() / SCALE, rows.max() / SCALE)
    assert found == pytest.approx((200, 100, 260, 124), abs=2)

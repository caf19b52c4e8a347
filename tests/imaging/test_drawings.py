"""Drawings among the lines of a page: coats of arms, and the letters in them."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.imaging.components import Components
from pipeline.imaging.drawings import drawn_places
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

SETTINGS = ScanSettings()
EM = 20


def page() -> Pixels:
    """Two lines of letters, 12 px high and 3 px apart."""
    pixels = np.zeros((300, 500), np.uint8)
    for y in (60, 90):
        for x in range(200, 480, 12):
            cv2.rectangle(pixels, (x, y), (x + 8, y + 12), 1, -1)
    return pixels


def places(pixels: Pixels) -> list[tuple[int, int, int, int]]:
    return drawn_places(Components.of(pixels), EM, SETTINGS)


def test_lines_of_letters_are_no_drawing() -> None:
    assert places(page()) == []


def test_a_shield_and_the_letters_on_its_band_are_one_drawing() -> None:
    pixels = page()
    cv2.circle(pixels, (100, 100), 40, 1, 3)
    for x in range(70, 126, 8):
        cv2.rectangle(pixels, (x, 48), (x + 4, 54), 1, -1)
    (place,) = places(pixels)
    assert place == (58, 48, 143, 143)


def test_a_line_of_text_right_above_or_below_a_drawing_is_no_part_of_it() -> None:
    pixels = page()
    cv2.circle(pixels, (300, 142), 35, 1, 3)
    assert places(pixels) == [(263, 105, 338, 180)]
    assert places(np.ascontiguousarray(pixels[::-1])) == [(263, 120, 338, 195)]


def test_a_drawing_that_runs_into_a_line_beside_it_is_its_own_ink_alone() -> None:
    pixels = page()
    cv2.circle(pixels, (160, 80), 35, 1, 3)
    assert places(pixels) == [(123, 43, 198, 118)]


def test_a_frame_around_the_page_is_no_drawing() -> None:
    pixels = page()
    cv2.rectangle(pixels, (5, 5), (495, 295), 1, 2)
    assert places(pixels) == []

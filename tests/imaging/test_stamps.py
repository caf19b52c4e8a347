from __future__ import annotations

import cv2
import numpy as np

from pipeline.imaging.colour import GreyVersions
from pipeline.imaging.components import Components
from pipeline.imaging.stamps import faded_ink, ink_places, light_strokes, round_stamps, without_strokes
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

SETTINGS = ScanSettings()
EM = 20.0


def page(stamp: int | None) -> Pixels:
    """A line of black letters, and a ring of the tone `stamp` through it."""
    pixels = np.full((200, 400), 255, np.uint8)
    for x in range(20, 380, 16):
        cv2.rectangle(pixels, (x, 95), (x + 8, 108), 20, -1)
    if stamp is not None:
        ring = pixels.copy()
        cv2.circle(ring, (200, 100), 60, stamp, 3)
        pixels = np.minimum(pixels, ring)
    return np.asarray(pixels, dtype=np.uint8)


def ink(pixels: Pixels) -> Components:
    return Components.of(np.asarray(pixels < 200, dtype=np.uint8))


def test_a_ring_lighter_than_letters_is_taken_off_them() -> None:
    stamped = page(140)
    strokes = light_strokes(stamped, ink(stamped), EM, SETTINGS)
    assert strokes is not None
    cleared = without_strokes(stamped, strokes)
    letters = page(None) < 100
    assert (cleared[letters] == stamped[letters]).all()
    assert np.count_nonzero(cleared[~letters] < 200) < 0.1 * np.count_nonzero(stamped[~letters] < 200)
    finer = np.repeat(np.repeat(stamped, 2, axis=0), 2, axis=1)
    assert np.count_nonzero(without_strokes(finer, strokes) < 200) < np.count_nonzero(finer < 200)


def test_a_ring_as_dark_as_letters_stays() -> None:
    for pixels in (page(20), page(None)):
        assert light_strokes(pixels, ink(pixels), EM, SETTINGS) is None


def test_coloured_ink_that_was_faded_is_known() -> None:
    stamped, clean = page(140), page(None)
    coloured = np.asarray(stamped == 140, dtype=np.uint8)
    found = faded_ink(GreyVersions(stamped, clean, coloured), SETTINGS)
    assert found is not None
    assert (found == coloured).all()
    assert faded_ink(GreyVersions(clean, clean, None), SETTINGS) is None


def drawn(*, ring: bool, flow: bool) -> Pixels:
    """Strokes of a round stamp with a signature over it that rulings cut, and of a flowchart, 1."""
    strokes = np.zeros((600, 900), np.uint8)
    if ring:
        for radius in (80, 56):
            cv2.circle(strokes, (200, 200), radius, 1, 2)
        cv2.polylines(strokes, [np.array([[180, 220], [230, 150], [240, 240], [320, 170]])], False, 1, 2)
        strokes[196:201] = strokes[:, 230:234] = 0
    if flow:
        cv2.polylines(strokes, [np.array([[600, 100], [700, 190], [600, 280], [500, 190]])], True, 1, 2)
        cv2.line(strokes, (600, 280), (600, 400), 1, 2)
        cv2.ellipse(strokes, (600, 450), (130, 50), 0, 0, 360, 1, 2)
        cv2.rectangle(strokes, (760, 150), (880, 230), 1, 2)
    return strokes


def test_a_ring_of_the_size_of_a_stamp_is_told_from_a_flowchart_of_its_tone() -> None:
    stamp, flow = drawn(ring=True, flow=False), drawn(ring=False, flow=True)
    dark = np.full(stamp.shape, 90, np.uint8)
    found = round_stamps(dark, stamp | flow, EM, SETTINGS)
    assert found is not None
    assert not (found & flow).any()
    assert np.count_nonzero(found) > 0.95 * np.count_nonzero(stamp)
    assert round_stamps(dark, flow, EM, SETTINGS) is None


def test_strokes_are_taken_off_a_picture_in_colour() -> None:
    page = np.full((40, 60, 3), 90, np.uint8)
    strokes = np.zeros((40, 60), np.uint8)
    strokes[5:25, 12] = 1
    cleared = without_strokes(page, strokes)
    assert (cleared[5:25, 12] == 255).all()
    assert (cleared[strokes == 0] == 90).all()


def test_the_places_of_ink_are_squares() -> None:
    strokes = np.zeros((40, 60), np.uint8)
    strokes[5:25, 12] = 1
    assert ink_places(strokes, 10.0) == [(10, 0, 20, 10), (10, 10, 20, 20), (10, 20, 20, 30)]

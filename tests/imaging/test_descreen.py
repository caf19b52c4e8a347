"""What a black-and-white scan shows by dots is grey again, and what is written there can be read."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image
from scanned import SCALE, paper, printed, ruled

from pipeline.imaging.colour import luminance
from pipeline.imaging.descreen import descreened
from pipeline.imaging.rectify import SourcePicture
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

SETTINGS = ScanSettings()


def cover(tone: int) -> Pixels:
    """A label on a shaded row, and a line of text on white paper below it: grey."""
    page = ruled(paper(300, 60), (2, 298), (12, 32))
    page[round(13 * SCALE) : round(31 * SCALE), round(3 * SCALE) : round(297 * SCALE)] = tone
    page = printed(page, "Dasar Hukum", 10, 26, size=11)
    return luminance(printed(page, "Undang-undang Nomor 12", 10, 50))


def diffused(page: Pixels) -> Pixels:
    """Dithered by error diffusion."""
    return np.asarray(Image.fromarray(page).convert("1").convert("L"))


def grainy(page: Pixels) -> Pixels:
    """As a fax shows greys: by its threshold, and the noise of its eye."""
    return np.where(page + np.random.default_rng(1).normal(0, 40, page.shape) < 150, 0, 255).astype(np.uint8)


def ordered(page: Pixels) -> Pixels:
    """By a screen of dots in even rows."""
    y, x = np.mgrid[: page.shape[0], : page.shape[1]] * (2 * np.pi / 4.2 / np.sqrt(2))
    return np.where(page > 127 + 60 * (np.cos(x + y) + np.cos(x - y)), 255, 0).astype(np.uint8)


@pytest.mark.parametrize("screen", [diffused, grainy, ordered])
def test_dots_become_grey_with_dark_letters(screen: object) -> None:
    assert callable(screen)
    scan = screen(cover(170))
    clean = descreened(scan, SCALE, SETTINGS)
    bare = clean[round(18 * SCALE) : round(28 * SCALE), round(120 * SCALE) : round(280 * SCALE)]
    written = clean[round(18 * SCALE) : round(27 * SCALE), round(10 * SCALE) : round(80 * SCALE)]
    assert bare.min() > 60
    assert bare.std() < 12
    assert np.percentile(written, 10) < np.median(bare) - 60
    below = slice(round(38 * SCALE), None)
    assert (clean[below] == scan[below]).all()


def test_a_shaded_row_that_lies_askew_is_as_even() -> None:
    page = cover(170)
    rows, columns = page.shape
    tall = np.full((2 * rows, columns), 255, np.uint8)
    tall[rows // 2 : rows // 2 + rows] = page
    turn = cv2.getRotationMatrix2D((columns / 2, rows), 3.0, 1.0)
    scan = grainy(np.asarray(cv2.warpAffine(tall, turn, (columns, 2 * rows), borderValue=255), dtype=np.uint8))
    clean = cv2.warpAffine(
        descreened(scan, SCALE, SETTINGS), turn, (columns, 2 * rows), flags=cv2.WARP_INVERSE_MAP, borderValue=255
    )[rows // 2 :]
    bare = clean[round(19 * SCALE) : round(27 * SCALE), round(120 * SCALE) : round(200 * SCALE)]
    written = clean[round(18 * SCALE) : round(27 * SCALE), round(20 * SCALE) : round(80 * SCALE)]
    assert 60 < np.median(bare) < 200
    assert np.percentile(written, 8) < np.median(bare) - 50


def test_a_page_without_dots_is_left_alone() -> None:
    scan = np.where(cover(255) < 128, 0, 255).astype(np.uint8)
    assert descreened(scan, SCALE, SETTINGS) is scan
    small = np.where(luminance(printed(paper(), "Menerima permohonan, i.e. :;", 20, 60, size=5)) < 160, 0, 255)
    small = small.astype(np.uint8)
    assert descreened(small, SCALE, SETTINGS) is small


def test_a_picture_with_greys_or_colour_is_left_alone() -> None:
    grey = cover(170)
    assert descreened(grey, SCALE, SETTINGS) is grey
    coloured = np.repeat(diffused(grey)[..., None], 3, axis=2)
    assert descreened(coloured, SCALE, SETTINGS) is coloured


def test_salt_and_pepper_is_no_screen() -> None:
    scan = np.where(cover(255) < 128, 0, 255).astype(np.uint8)
    luck = np.random.default_rng(2).random(scan.shape)
    scan[luck < 0.015], scan[luck > 0.985] = 0, 255
    assert descreened(scan, SCALE, SETTINGS) is scan


def test_a_page_is_descreened_before_anything_is_measured() -> None:
    seen = SourcePicture(np.repeat(diffused(cover(170))[..., None], 3, axis=2), SCALE, SETTINGS).pixels
    assert seen[round(18 * SCALE) : round(28 * SCALE), round(120 * SCALE) : round(280 * SCALE)].std() < 12

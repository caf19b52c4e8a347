"""Printed lines by their dark rows, whatever light ink runs over them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from scanned import SCALE, paper, printed

from pipeline.imaging.colour import luminance
from pipeline.imaging.text_bands import text_bands
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

EM = 9 * SCALE


def block(leading: float) -> Pixels:
    page = paper(220, 90)
    for row, text in enumerate(("BAMBANG WIDJANARKO, ATD, M.M.", "Pembina", "NIP. 19660318 198703 1 005")):
        printed(page, text, 10, 24 + leading * row)
    return luminance(page)


def bands(tones: Pixels) -> list[tuple[int, ...]]:
    return [tuple(round(v / SCALE) for v in band) for band in text_bands(tones, tones < 215, EM, ScanSettings())]


@pytest.mark.parametrize("tone", [130, 170, 200])
def test_a_stamp_and_a_signature_do_not_join_lines(tone: int) -> None:
    bare = block(13)
    over = bare.copy()
    cv2.circle(over, (round(60 * SCALE), round(40 * SCALE)), round(30 * SCALE), tone, 5, cv2.LINE_AA)
    cv2.polylines(over, [np.array([[150, 20], [260, 150], [300, 30], [380, 160]])], False, tone, 6, cv2.LINE_AA)
    expected = bands(bare)
    assert len(expected) == 3
    found = bands(np.minimum(bare, over))
    assert np.allclose(found, expected, atol=1)


def test_lines_that_run_into_each_other_are_none() -> None:
    assert bands(block(4)) == []


def test_paper_has_no_lines() -> None:
    assert bands(np.full((100, 100), 255, np.uint8)) == []

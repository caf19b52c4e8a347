"""A dash alone in its cell is read as one, whatever an engine takes it for."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from scanned import Silent

from pipeline.imaging.text_regions import TextMap, TextRegion
from pipeline.model.pixels import Pixels
from pipeline.ocr.recognition import PageRecognizer
from pipeline.settings import ScanSettings

EM = 28.0


def read(ink: Pixels, letters: int = 0, line_at: int | None = None) -> list[str]:
    """The words of a page whose only region is all of its ink (1)."""
    rows, columns = np.nonzero(ink)
    region = TextRegion(
        int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1, 1, letters, False
    )
    lines = np.zeros(ink.shape, np.uint8)
    if line_at is not None:
        lines[line_at] = 1
    grey = np.where(ink > 0, 20, 255).astype(np.uint8)
    text = TextMap((region,), ink.astype(np.uint16), lines)
    return [word.text for word in PageRecognizer(grey, text, EM, 2.8, Silent(), ScanSettings()).words()]


def stroke(width: int, height: int) -> Pixels:
    page = np.zeros((80, 120), np.uint8)
    page[40 : 40 + height, 50 : 50 + width] = 1
    return page


def test_a_short_flat_stroke_is_a_dash() -> None:
    assert read(stroke(10, 2)) == ["-"]
    assert read(stroke(14, 3)) == ["-"]


@pytest.mark.parametrize(("width", "height"), [(5, 4), (10, 12), (60, 3), (3, 3)])
def test_other_strokes_are_read_by_the_engine(width: int, height: int) -> None:
    assert read(stroke(width, height)) == ["kata"]


def test_what_is_more_than_a_stroke_is_read_by_the_engine() -> None:
    two = stroke(10, 2)
    two[46:48, 50:60] = 1
    assert read(two) == ["kata"]
    assert read(stroke(10, 2), letters=1) == ["kata"]
    slanted = np.zeros((80, 120), np.uint8)
    cv2.line(slanted, (50, 45), (62, 40), 1, 1)
    assert read(slanted) == ["kata"]


def test_a_stroke_right_beside_a_ruling_may_be_left_of_it() -> None:
    assert read(stroke(10, 2), line_at=44) == ["kata"]
    assert read(stroke(10, 2), line_at=60) == ["-"]

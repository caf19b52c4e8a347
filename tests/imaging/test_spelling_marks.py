"""The wavy underlines of a spell checker go, and nothing else that is coloured does."""

from __future__ import annotations

import tracemalloc

import cv2
import numpy as np
import pytest
from scanned import SCALE, paper, printed

from pipeline.imaging import spelling_marks
from pipeline.imaging.colour import luminance
from pipeline.imaging.rectify import SourcePicture
from pipeline.imaging.spelling_marks import without_spelling_marks
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

SETTINGS = ScanSettings()
RED, BLUE, BLACK = (230, 20, 20), (40, 60, 220), (0, 0, 0)
WORD = (60, 160)  # points: where the word stands
BELOW = slice(round(61.5 * SCALE), round(65 * SCALE)), slice(round(58 * SCALE), round(165 * SCALE))


def screen(share: float, colour: tuple[int, int, int] = RED, mark: str = "zigzag") -> Pixels:
    """A word on a screen of 96 dpi with a mark below it, pasted so that `share` of its size is left."""
    factor = 96 / 72
    page = printed(
        np.asarray(paper(420 / share, 200 / share, factor)), "verifikasi", *(60 / share, 60 / share), 12, scale=factor
    )
    left, right, foot = (round(value / share * factor) for value in (60, 60 + 62 * share, 60 + 3.5 * share))
    xs = np.arange(left, right)
    course = {"zigzag": foot - np.abs((xs - left) % 4 - 2), "straight": np.full(len(xs), foot)}
    ys = course.get(mark, foot - 1 + np.sin((xs - left) * 2 * np.pi / 7))
    points = np.round(np.stack([xs, ys], axis=1) * 16).astype(np.int32)
    cv2.polylines(page, [points], False, colour, 1, cv2.LINE_8 if mark == "zigzag" else cv2.LINE_AA, shift=4)
    size = round(420 * SCALE), round(200 * SCALE)
    return np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def ink(pixels: Pixels) -> float:
    return float((luminance(np.ascontiguousarray(pixels[BELOW])) < 200).mean())


@pytest.mark.parametrize("share", [1.0, 0.75])
@pytest.mark.parametrize("mark", ["zigzag", "wave"])
@pytest.mark.parametrize("colour", [RED, BLUE])
def test_a_spelling_mark_goes_and_its_word_stays(share: float, mark: str, colour: tuple[int, int, int]) -> None:
    page = screen(share, colour, mark)
    clean = without_spelling_marks(page, SCALE, SETTINGS)
    assert ink(page) > 0.05
    assert ink(clean) < 0.01
    word = slice(0, round(61 * SCALE))
    assert (clean[word] == page[word]).all()


def test_what_is_no_spelling_mark_stays() -> None:
    straight = screen(1.0, mark="straight")
    grey = screen(1.0, colour=(60, 60, 60))
    below_nothing = screen(1.0)
    below_nothing[: round(61 * SCALE)] = 255
    words = printed(printed(paper(), "informasi publik mmmm wwww", 60, 60), "sesuai dengan mmmm wwww", 60, 70, 5, RED)
    for page in (straight, grey, below_nothing, words):
        assert without_spelling_marks(page, SCALE, SETTINGS) is page


@pytest.mark.parametrize("height", [160, 174, 175, 176, 177, 178, 179, 180, 192])
def test_marks_are_found_wherever_bands_of_rows_meet(height: int, monkeypatch: pytest.MonkeyPatch) -> None:
    page = screen(1.0)
    clean = without_spelling_marks(page, SCALE, SETTINGS)
    monkeypatch.setattr(spelling_marks, "_BAND", height)
    assert (without_spelling_marks(page, SCALE, SETTINGS) == clean).all()


def test_a_coloured_page_takes_little_more_memory_than_its_picture() -> None:
    page = paper(595, 842, 300 / 72)
    page[500:1500, 500:1500] = RED
    tracemalloc.start()
    try:
        assert without_spelling_marks(page, 300 / 72, SETTINGS) is page
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2.5 * page[..., 0].size


def test_a_page_is_read_without_its_few_spelling_marks() -> None:
    source = SourcePicture(screen(1.0), SCALE, SETTINGS).pixels
    assert source.ndim == 2  # so few that the page counts as grey
    assert float((source[BELOW] < 200).mean()) < 0.01

"""What is put right in single recognised words by their shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.imaging.text_regions import TextMap, TextRegion
from pipeline.model.geometry import Box
from pipeline.model.orientation import Orientation
from pipeline.model.page import Word
from pipeline.ocr.crops import words_apart
from pipeline.ocr.protocol import RecognitionRequest, RecognizedWord
from pipeline.ocr.recognition import PageRecognizer, letter_strokes, single_capital
from pipeline.settings import ScanSettings


def word(text: str, width: float) -> Word:
    return Word(text, Box(0.0, 0.0, width, 9.0), 9.0, 0.4)


def test_a_letter_read_in_both_cases_is_one_capital() -> None:
    read = single_capital(word("vV", 9.0), ScanSettings())
    assert (read.text, read.readings) == ("V", ("vV",))


def test_two_letters_stay_two() -> None:
    for text, width in (("vV", 16.0), ("VV", 9.0), ("KV", 9.0), ("ii", 5.0)):
        assert single_capital(word(text, width), ScanSettings()).text == text


def placed(text: str, x: float, width: float, top: float = 0.0, height: float = 9.0) -> Word:
    return Word(text, Box(x, top, x + width, top + height), 9.0, 0.4)


def test_a_bar_of_letter_height_behind_a_capitalised_word_is_an_i() -> None:
    words = letter_strokes([placed("Tingkat", 10, 30), placed("|", 44, 1)], ScanSettings())
    assert [word.text for word in words] == ["Tingkat", "I"]
    assert words[1].readings == ("|",)


def test_a_bar_alone_at_the_start_of_the_next_line_is_an_l() -> None:
    words = [placed("bahan", 10, 30), placed("materia", 10, 36, 12), placed("|", 10, 1, 24)]
    assert [word.text for word in letter_strokes(words, ScanSettings())] == ["bahan", "materia", "l"]


def test_other_bars_are_remains_of_lines() -> None:
    for bar in (placed("|", 44, 1, -9, 27), placed("|", 44, 1, 5, 3), placed("|", 70, 1), placed("|", 30, 1, 12)):
        assert letter_strokes([placed("Tingkat", 10, 30), bar], ScanSettings())[1].text == "|"
    for text in ("surat", "5", "No."):
        assert letter_strokes([placed(text, 10, 30), placed("|", 44, 1)], ScanSettings())[1].text == "|"


def test_a_box_that_covers_the_words_behind_ends_before_them() -> None:
    read = [
        RecognizedWord("swgger.", Box(140, 204, 343, 230), 0.45, 6),
        RecognizedWord("dsb),", Box(238, 200, 295, 234), 0.97, 6),
        RecognizedWord("dan", Box(293, 200, 346, 234), 0.96, 6),
        RecognizedWord("arahan", Box(22, 232, 106, 264), 0.9, 7),
    ]
    apart = words_apart(read, ScanSettings())
    assert [(word.box.x0, word.box.x1) for word in apart] == [(140, 238), (238, 295), (293, 346), (22, 106)]
    assert [replace(word, box=Box(0, 0, 1, 1)) for word in apart] == [replace(w, box=Box(0, 0, 1, 1)) for w in read]


class Corners:
    """Reads a region by the corner that its ink is in once it is turned, and by its height on the page."""

    name = "corners"

    def recognize(self, requests: Sequence[RecognitionRequest]) -> list[tuple[RecognizedWord, ...]]:
        return [(self._word(request),) for request in requests]

    def _word(self, request: RecognitionRequest) -> RecognizedWord:
        rows, columns = np.nonzero(request.pixels < 128)
        height, width = request.pixels.shape
        below, right = rows.mean() > height / 2, columns.mean() > width / 2
        short = max(height, width) < 150
        text, sure = {
            (False, False): ("s2", 0.85) if short else ("upright", 0.3),  # as it lies
            (False, True): ("Ldnereday", 0.82) if short else ("Ilwad", 0.2),  # taken to run from bottom to top
            (True, False): ("Loket", 0.97) if short else ("Pemilik", 0.97),  # from top to bottom
        }[(bool(below), bool(right))]
        return RecognizedWord(text, Box(0, 0, width, height), sure, 0)


def test_short_heads_are_read_in_the_orientation_of_most() -> None:
    regions = (
        TextRegion(10, 10, 30, 150, 1, 7, is_vertical=True),
        TextRegion(60, 10, 80, 60, 1, 3, is_vertical=True),
        TextRegion(110, 10, 130, 60, 1, 2),
    )
    grey, labels = np.full((200, 160), 255, np.uint8), np.zeros((200, 160), np.uint16)
    for number, region in enumerate(regions, 1):
        labels[region.top : region.bottom, region.left : region.right] = number
        grey[region.top : region.top + 8, region.left : region.left + 8] = 0
    text = TextMap(regions, labels, np.zeros((200, 160), np.uint8))
    words = PageRecognizer(grey, text, 20.0, 2.0, Corners(), ScanSettings()).words()
    assert [word.text for word in words] == ["Pemilik", "Loket", "Loket"]
    assert {word.orientation for word in words} == {Orientation.TOP_TO_BOTTOM}

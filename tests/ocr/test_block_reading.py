"""Parts of a page that are read again as one block."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.model.geometry import Box
from pipeline.model.page import Picture
from pipeline.ocr.block_reading import read_blocks
from pipeline.ocr.protocol import RecognitionRequest, RecognizedWord
from pipeline.ocr.second_reader import SecondReader
from pipeline.settings import ScanSettings, SecondReaderSettings

SETTINGS = ScanSettings()
CELL = Box(10, 10, 60, 40)


class ReadsAs:
    """Reads a word surely in pictures that are wider than high where `wide`, in high ones otherwise."""

    name = "reads as"

    def __init__(self, wide: bool, text: str = "Surat") -> None:
        self.wide, self.text = wide, text

    def recognize(self, requests: Sequence[RecognitionRequest]) -> list[tuple[RecognizedWord, ...]]:
        sure = [0.9 if (r.pixels.shape[1] > r.pixels.shape[0]) == self.wide else 0.2 for r in requests]
        return [(RecognizedWord(self.text, Box(20, 20, 40, 30), confidence, 0),) for confidence in sure]


def page(ink: bool = True) -> Picture:
    """A page at two pixels per point whose cell has rulings around it, and perhaps ink in it."""
    pixels = np.full((100, 140, 3), 255, np.uint8)
    pixels[20:22, 20:120] = pixels[78:80, 20:120] = pixels[20:80, 20:22] = 0
    if ink:
        pixels[40:50, 40:80] = 0
    return Picture(pixels, 2.0)


def test_a_cell_is_read_and_its_words_stand_where_they_are_on_the_page() -> None:
    ((word,),) = (words or () for words in read_blocks(page(), [CELL], ReadsAs(wide=True), SETTINGS))
    left = CELL.x0 + SETTINGS.block_inset - SETTINGS.block_margin
    assert (word.text, word.box.x0, word.confidence) == ("Surat", left + 10, 0.9)


def test_rulings_around_a_cell_are_no_ink() -> None:
    assert read_blocks(page(ink=False), [CELL], ReadsAs(wide=True), SETTINGS) == [None]


def test_what_is_not_read_surely_upright_is_tried_as_vertical_writing() -> None:
    ((word,),) = (words or () for words in read_blocks(page(), [CELL], ReadsAs(wide=False), SETTINGS))
    assert (word.text, word.orientation) == ("Surat", 90)


def test_marks_alone_are_no_words() -> None:
    assert read_blocks(page(), [CELL], ReadsAs(wide=True, text="|~"), SETTINGS) == [()]


class Sees:
    """A second engine that sees one text in every picture."""

    name = "sees"

    def __init__(self, text: str, sure: float) -> None:
        self.text, self.sure = text, sure

    def recognize(self, requests: Sequence[RecognitionRequest]) -> list[tuple[RecognizedWord, ...]]:
        letters = (self.sure,) * len(self.text)
        return [(RecognizedWord(self.text, Box(0, 0, 40, 20), self.sure, 0, letters),) for _ in requests]


def with_second(first: str, second: str, sure: float = 0.99) -> list[tuple[str, tuple[str, ...]]]:
    reader = SecondReader(Sees(second, sure), lambda word: word in ("Surat", "hasil"), False, SecondReaderSettings())
    words = read_blocks(page(), [CELL], ReadsAs(wide=True, text=first), SETTINGS, reader)[0] or ()
    return [(word.text, word.readings) for word in words]


def test_what_is_doubtful_in_a_cell_is_read_by_the_second_reader_too() -> None:
    assert with_second("hasii", "hasil") == [("hasil", ("hasii",))]
    assert with_second("Surat", "hasil") == [("Surat", ())]


def test_a_cell_in_which_the_first_engine_sees_nothing_may_be_read_by_the_second() -> None:
    assert with_second("|~", "Surat") == [("Surat", ())]
    assert with_second("|~", "Surat", 0.5) == []

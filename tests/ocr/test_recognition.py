"""What is put right in single recognised words by their shape."""

from __future__ import annotations

from pipeline.model.geometry import Box
from pipeline.model.page import Word
from pipeline.ocr.recognition import single_capital
from pipeline.settings import ScanSettings


def word(text: str, width: float) -> Word:
    return Word(text, Box(0.0, 0.0, width, 9.0), 9.0, 0.4)


def test_a_letter_read_in_both_cases_is_one_capital() -> None:
    read = single_capital(word("vV", 9.0), ScanSettings())
    assert (read.text, read.readings) == ("V", ("vV",))


def test_two_letters_stay_two() -> None:
    for text, width in (("vV", 16.0), ("VV", 9.0), ("KV", 9.0), ("ii", 5.0)):
        assert single_capital(word(text, width), ScanSettings()).text == text

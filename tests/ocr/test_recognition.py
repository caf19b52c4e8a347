"""What is put right in single recognised words by their shape."""

from __future__ import annotations

from pipeline.model.geometry import Box
from pipeline.model.page import Word
from pipeline.ocr.recognition import letter_strokes, single_capital
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

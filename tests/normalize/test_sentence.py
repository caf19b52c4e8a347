from __future__ import annotations

import pytest

from pipeline.model.geometry import Box
from pipeline.model.orientation import Orientation
from pipeline.model.page import CellText, Line, Word
from pipeline.normalize.sentence import CellWord, Sentence, merged, sentence_of, side_margin

from .conftest import LETTER, Cells


def test_room_is_measured_in_letters_of_the_next_word(cell: Cells) -> None:
    made = cell("Keputus", "an tim", letters=9)
    words = sentence_of(made, made.lines, LETTER, 0.45).words
    assert [(t.text, t.new_line, t.alone) for t in words] == [
        ("Keputus", False, False),
        ("an", True, True),
        ("tim", False, False),
    ]
    assert words[1].room == pytest.approx(2.0)
    assert words[2].gap == pytest.approx(0.5)


def test_vertical_text_is_measured_along_itself() -> None:
    """Read from below to above: the line is 60 points long in a cell of 80."""
    line = (
        Word("Kepala", Box(10, 50, 20, 70), 10, orientation=Orientation.BOTTOM_TO_TOP),
        Word("Biro", Box(10, 10, 20, 45), 10, orientation=Orientation.BOTTOM_TO_TOP),
    )
    below = (Word("Umum", Box(22, 20, 32, 70), 10, orientation=Orientation.BOTTOM_TO_TOP),)
    cell = CellText(1, Box(0, 0, 60, 80), (Line(line), Line(below)))
    words = sentence_of(cell, cell.lines, 10, 0.45).words
    assert words[1].gap == pytest.approx(0.5)
    assert words[2].room == pytest.approx(0.0)


def test_upside_down_text_is_measured_along_itself() -> None:
    line = (
        Word("Kepala", Box(50, 10, 70, 20), 10, orientation=Orientation.UPSIDE_DOWN),
        Word("Biro", Box(10, 10, 45, 20), 10, orientation=Orientation.UPSIDE_DOWN),
    )
    cell = CellText(1, Box(0, 0, 80, 60), (Line(line),))
    assert sentence_of(cell, cell.lines, 10, 0.45).words[1].gap == pytest.approx(0.5)


def test_side_margin_is_the_least_margin(cell: Cells) -> None:
    assert side_margin([cell("Surat", letters=10), cell("Surat tugas", letters=12)]) == LETTER
    assert side_margin([cell()]) == 0.0


def test_merged_tokens_are_as_doubtful_as_the_least() -> None:
    both = merged([CellWord("Keputus", 0.9, sure=0.8), CellWord("an", 0.6, mended=True, sure=0.5)])
    assert (both.text, both.confidence, both.mended, both.sure) == ("Keputusan", 0.6, True, 0.4)


def test_glued_words_have_no_space() -> None:
    assert (
        Sentence((CellWord("perundang-"), CellWord("undangan", glued=True), CellWord("baru"))).text
        == "perundang-undangan baru"
    )

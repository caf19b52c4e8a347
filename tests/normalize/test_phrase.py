from __future__ import annotations

import pytest

from pipeline.model.geometry import Box
from pipeline.model.orientation import Orientation
from pipeline.model.page import CellText, Line, Word
from pipeline.normalize.phrase import Phrase, Token, merged, padding, phrase_of

from .conftest import LETTER


def test_room_is_measured_in_letters_of_the_next_word(cell) -> None:
    made = cell("Keputus", "an tim", letters=9)
    tokens = phrase_of(made, made.lines, LETTER, 0.45).tokens
    assert [(t.text, t.new_line, t.alone) for t in tokens] == [
        ("Keputus", False, False),
        ("an", True, True),
        ("tim", False, False),
    ]
    assert tokens[1].room == pytest.approx(2.0) and tokens[2].gap == pytest.approx(0.5)


UPWARD = Orientation.BOTTOM_TO_TOP


def test_standing_text_is_measured_along_itself() -> None:
    """Read from below to above: the line is 60 points long in a cell of 80."""
    words = (
        Word("Kepala", Box(10, 50, 20, 70), 10, orientation=UPWARD),
        Word("Biro", Box(10, 10, 20, 45), 10, orientation=UPWARD),
    )
    below = (Word("Umum", Box(22, 20, 32, 70), 10, orientation=UPWARD),)
    cell = CellText(1, Box(0, 0, 60, 80), (Line(words), Line(below)))
    tokens = phrase_of(cell, cell.lines, 10, 0.45).tokens
    assert tokens[1].gap == pytest.approx(0.5)
    assert tokens[2].room == pytest.approx(0.0)


def test_padding_is_the_least_margin(cell) -> None:
    assert padding([cell("Surat", letters=10), cell("Surat tugas", letters=12)]) == LETTER
    assert padding([cell()]) == 0.0


def test_merged_tokens_are_as_doubtful_as_the_least() -> None:
    both = merged([Token("Keputus", 0.9, sure=0.8), Token("an", 0.6, mended=True, sure=0.5)])
    assert (both.text, both.confidence, both.mended, both.sure) == ("Keputusan", 0.6, True, 0.4)


def test_glued_words_have_no_space() -> None:
    assert Phrase((Token("perundang-"), Token("undangan", glued=True), Token("baru"))).text == "perundang-undangan baru"

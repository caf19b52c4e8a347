"""Characters become words: by gaps in their own size, in the order of painting, cut at rulings, copies counted once."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.geometry import Box
from pipeline.model.orientation import Orientation
from pipeline.model.page import Ruling
from pipeline.readers.characters import Character, Characters
from pipeline.readers.words import words_of
from pipeline.settings import TextLayerSettings

SETTINGS = TextLayerSettings()


def char(text: str, x: float, y: float, size: float = 10.0) -> Character:
    """A letter half as wide as high, its top left corner at x, y."""
    box = Box(x, y, x + size / 2, y + size)
    return Character(text, box, y + 0.8 * size, size, Orientation.UPRIGHT, "Helvetica")


def row(text: str, x: float, y: float, size: float = 10.0, pitch: float = 0.5) -> list[Character]:
    """Letters side by side, `pitch` of their size apart."""
    return [char(letter, x + pitch * size * i, y, size) for i, letter in enumerate(text)]


def texts(characters: list[Character], rulings: tuple[Ruling, ...] = ()) -> list[str]:
    return [word.text for word in words_of(Characters.of(characters), rulings, SETTINGS)]


def test_bold_by_drawing_twice_is_one_word() -> None:
    letters = [char(letter, 5.0 * i + shift, 20.0) for i, letter in enumerate("Tim") for shift in (0.0, 0.4)]
    assert texts(letters) == ["Tim"]
    assert texts([*row("Tim", 0, 20), *row("Tim", 0.3, 20.2)]) == ["Tim"]


def test_a_letter_doubled_on_purpose_is_no_copy() -> None:
    assert texts(row("maaf", 0, 20)) == ["maaf"]


def test_a_ruling_parts_the_letters_beside_it_and_no_others() -> None:
    letters = row("KabagTU", 0, 20)
    beside, above = Ruling("v", 25.0, 0.0, 100.0), Ruling("v", 10.0, 0.0, 15.0)
    assert texts(letters) == ["KabagTU"]
    assert texts(letters, (above, beside, Ruling("v", 300.0, 0.0, 100.0))) == ["Kabag", "TU"]


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("Pengadministrasi", 75.0, ["Pengadministrasi"]),
        ("Pengadministrasi", 70.0, ["Pengadministrasi"]),
        ("Pengadministrasi", 60.0, ["Pengadminist", "rasi"]),
        ("Koordinator", 5.0, ["Koordinator"]),
        ("PENGADMINISTRASI", 75.0, ["PENGADMINISTRASI"]),
        ("KABAGTU", 25.0, ["KABAG", "TU"]),
        ("KabagTU", 25.0, ["Kabag", "TU"]),
        ("Surat1", 25.0, ["Surat", "1"]),
        ("1surat", 5.0, ["1", "surat"]),
        ("Y)surat", 10.0, ["Y)", "surat"]),
    ],
)
def test_a_word_that_runs_over_a_ruling_by_a_letter_or_two_stays_whole(text: str, at: float, words: list[str]) -> None:
    assert texts(row(text, 0, 20), (Ruling("v", at, 0.0, 100.0),)) == words


def test_two_words_that_meet_at_a_ruling_are_cut_there_however_short_one_is() -> None:
    ruling = (Ruling("v", 25.2, 0.0, 100.0),)
    assert texts([*row("di", 25.5, 20), *row("surat", 0, 20)], ruling) == ["surat", "di"]


@pytest.mark.parametrize("size", [3.0, 4.0, 6.0, 24.0])
def test_gaps_are_measured_in_the_letters_own_size(size: float) -> None:
    letters = [*row("Surat", 0, 0, size), *row("masuk", 2.8 * size, 0, size)]
    assert texts(letters) == ["Surat", "masuk"]


def test_small_type_in_columns_whose_lines_are_shifted_stays_in_words() -> None:
    """In columns of 4 pt type, each a third of a line lower than the one at its left, no line chains into another."""
    columns = [[row(f"kata{n}", 60.0 * c, 1.5 * c + 4.6 * n, 4.0) for n in range(6)] for c in range(3)]
    letters = [letter for column in columns for line in column for letter in line]
    assert sorted(texts(letters)) == sorted(f"kata{n}" for n in range(6) for _ in range(3))


def test_a_blank_of_another_paragraph_parts_no_word() -> None:
    """A blank painted somewhere else, that lies in the middle of a word, is not that word's."""
    letters = [*row("Rizal", 0, 20), *row("di ", -6.0, 40), char(" ", 9.0, 20.0)]
    assert texts(letters) == ["Rizal", "di"]


def test_a_narrow_blank_parts_the_words_at_its_sides() -> None:
    """As in a line that was justified: the room is less than a gap between words is elsewhere."""
    letters = [*row("di", 0, 20), char(" ", 10.0, 20.0), *row("sini", 11.2, 20)]
    assert texts(letters) == ["di", "sini"]


def test_less_room_parts_words_where_no_blank_is_painted() -> None:
    """As Chromium prints: "dan jadwal" in a narrow font, with kerning between the two words."""
    assert texts([*row("dan", 0, 20), *row("jadwal", 16.4, 20)]) == ["dan", "jadwal"]


def test_letters_that_are_set_apart_stay_in_words_where_no_blank_is_painted() -> None:
    assert texts([*row("PROSEDUR", 0, 20, pitch=0.58), *row("SURAT", 50, 20, pitch=0.64)]) == ["PROSEDUR", "SURAT"]


def test_as_much_room_as_usual_parts_words_where_blanks_are_painted() -> None:
    assert texts([*row("Pem", 0, 20), *row("bina", 16.4, 20), *row("an di", 37.5, 20)]) == ["Pembinaan", "di"]


@given(st.permutations([0, 1, 2]))
def test_parts_of_a_word_are_put_together_in_whatever_order_they_were_painted(order: list[int]) -> None:
    parts = [row("Pem", 0, 20), row("bina", 15.2, 20), row("an", 35.3, 20)]
    assert texts([letter for place in order for letter in parts[place]]) == ["Pembinaan"]


def test_words_come_line_by_line() -> None:
    lines = [[row("satu", 0, 0), row("dua", 30, 0)], [row("tiga", 0, 14), row("empat", 30, 14)]]
    words = [word for line in lines for word in line]
    for some in permutations(words):
        assert texts([letter for word in some for letter in word]) == ["satu", "dua", "tiga", "empat"]


def test_a_raised_figure_is_a_word_of_its_own() -> None:
    assert texts([*row("m", 0, 20), *row("2", 5.0, 14, 6.0)]) == ["2", "m"]


def test_a_word_has_the_size_of_its_letters_where_one_reaches_higher() -> None:
    letters = row("efisiensi", 0, 0)
    letters[1] = replace(letters[1], box=Box(letters[1].box.x0, -3, letters[1].box.x1, 7))
    (word,) = words_of(Characters.of(letters), (), SETTINGS)
    assert word.size == 10.0


def test_a_soft_hyphen_that_is_seen_within_a_line_is_a_hyphen() -> None:
    """Cairo writes all hyphens so, those at the ends of lines among them."""
    lines = [*row("pihak\u00adpihak", 0, 20), *row("instansi\u00ad", 0, 40), *row("instansi", 0, 60)]
    assert texts(lines) == ["pihak-pihak", "instansi-", "instansi"]


def test_a_soft_hyphen_without_a_width_is_not_seen() -> None:
    letters = row("pihak\u00adpihak", 0, 20)
    box = letters[5].box
    letters[5] = replace(letters[5], box=replace(box, x1=box.x0))
    letters[6:] = [replace(c, box=replace(c.box, x0=c.box.x0 - 5, x1=c.box.x1 - 5)) for c in letters[6:]]
    assert texts(letters) == ["pihakpihak"]


def test_a_soft_hyphen_at_the_end_of_a_line_is_a_break() -> None:
    assert texts([*row("instan\u00ad", 0, 40), *row("si", 0, 60)]) == ["instan\u00ad", "si"]

"""Characters become words: letters drawn twice count once, and a ruling between two letters parts them."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pdfplumber.utils.text import dedupe_chars

from pipeline.model.page import Ruling
from pipeline.readers.words import words_of
from pipeline.settings import ReadSettings

SETTINGS = ReadSettings()


def char(text: str, x: float, y: float, size: float = 10.0) -> dict[str, Any]:
    """A letter 5 points wide with its top left corner at x, y."""
    place = {"x0": x, "x1": x + 5.0, "top": y, "bottom": y + size, "doctop": y, "height": size}
    return {"text": text, "size": size, "upright": True, "matrix": (1, 0, 0, 1, x, y), "fontname": "Sans", **place}


def texts(chars: list[dict[str, Any]], rulings: tuple[Ruling, ...] = ()) -> list[str]:
    return [word.text for word in words_of(chars, rulings, SETTINGS)]


places = st.sampled_from([0.0, 0.3, 0.5, 0.6, 1.0, 1.2, 5.0, 5.5, 6.2, 40.0])
letters = st.builds(char, st.sampled_from("ab"), places, places, st.sampled_from([9.0, 10.0]))


@given(st.lists(letters, max_size=12))
def test_doubled_letters_are_those_that_pdfplumber_finds(chars: list[dict[str, Any]]) -> None:
    unique = dedupe_chars(chars, tolerance=SETTINGS.duplicate_tolerance, extra_attrs=("size",))
    assert words_of(chars, (), SETTINGS) == words_of(unique, (), SETTINGS)
    assert sum(map(len, texts(chars))) == len(unique)


def test_bold_by_drawing_twice_is_one_word() -> None:
    row = [char(letter, 5.0 * i + shift, 20.0) for i, letter in enumerate("Tim") for shift in (0.0, 0.4)]
    assert texts(row) == ["Tim"]


def test_a_ruling_parts_the_letters_beside_it_and_no_others() -> None:
    row = [char(letter, 5.0 * i, 20.0) for i, letter in enumerate("KabagTU")]
    beside, above = Ruling("v", 25.0, 0.0, 100.0), Ruling("v", 10.0, 0.0, 15.0)
    assert texts(row) == ["KabagTU"]
    assert texts(row, (above, beside, Ruling("v", 300.0, 0.0, 100.0))) == ["Kabag", "TU"]

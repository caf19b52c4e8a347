"""What camelot is given and what comes back: the words' own places, whatever the file was like."""

from __future__ import annotations

import io

import pdfplumber
import pytest

from pipeline.model.geometry import Box, union
from pipeline.model.orientation import Orientation
from pipeline.model.page import Page, Word
from pipeline.readers.camelot_tables import PARSER, sheet_of, text_tables

COLUMNS = (40.0, 120.0, 260.0)


def word(text: str, x: float, y: float, orientation: Orientation = Orientation.UPRIGHT) -> Word:
    width, height = (5.0 * len(text), 9.0) if orientation.is_horizontal else (9.0, 5.0 * len(text))
    return Word(text, Box(x, y, x + width, y + height), 9.0, orientation=orientation)


def table() -> Page:
    words = [
        word(text, x, 50.0 + 20 * row)
        for row in range(6)
        for x, text in zip(COLUMNS, ("No", "Isi", "Hasil"), strict=True)
    ]
    return Page(1, 400.0, 300.0, "text", tuple(words), ())


def test_every_word_is_set_in_its_own_box() -> None:
    page = table()
    with pdfplumber.open(io.BytesIO(sheet_of(page.width, page.height, page.words))) as pdf:
        found = pdf.pages[0].extract_words()
        assert (pdf.pages[0].width, pdf.pages[0].height) == (400, 300)
    assert [(w["x0"], w["top"], w["x1"], w["bottom"]) for w in found] == [
        pytest.approx(w.box.as_list(), abs=0.1) for w in page.words
    ]


def test_letters_of_any_script_are_set() -> None:
    sheet = sheet_of(100, 100, [word("Ω(\uf0b7\\", 10, 10)])
    with pdfplumber.open(io.BytesIO(sheet)) as pdf:
        (found,) = pdf.pages[0].extract_words()
    assert (found["x0"], found["x1"]) == pytest.approx((10, 30), abs=0.1)


def test_a_turned_word_keeps_its_column() -> None:
    turned = word("Kepala Bagian", 50, 20, orientation=Orientation.BOTTOM_TO_TOP)
    with pdfplumber.open(io.BytesIO(sheet_of(200, 200, [turned]))) as pdf:
        (found,) = pdf.pages[0].extract_words()
    assert (found["x0"], found["x1"]) == pytest.approx((50, 59), abs=0.1)
    assert (found["top"] + found["bottom"]) / 2 == pytest.approx(turned.box.center[1], abs=0.1)


def test_the_columns_are_seen_between_the_words() -> None:
    page = table()
    found = text_tables(page, union(w.box for w in page.words), page.words)
    (seen,) = found
    assert seen.parser == PARSER
    inner = seen.xs[1:-1]
    assert len(inner) == 2
    assert 50 < inner[0] < 120
    assert 135 < inner[1] < 260
    assert all(40 <= y <= 180 for y in seen.ys)


def test_no_words_no_table() -> None:
    page = Page(1, 100.0, 100.0, "text", (), ())
    assert text_tables(page, page.box, ()) == ()

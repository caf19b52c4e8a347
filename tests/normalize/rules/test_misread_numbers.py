from __future__ import annotations

import pytest

from pipeline.normalize.rules.misread_numbers import misread_numbers


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Tahun 2O17", "Tahun 2017"),
        ("SOP O1", "SOP 01"),
        ("l5 menit", "15 menit"),
        ("061/org/5O", "061/org/50"),
        ("Pendidikan S1", "Pendidikan S1"),
        ("SP2D", "SP2D"),
        ("I dan II", "I dan II"),
    ],
)
def test_letters_in_numbers_are_digits(phrase, language, text, mended) -> None:
    assert misread_numbers(phrase(text), language).text == mended


def test_a_text_layer_stays(phrase, language) -> None:
    assert misread_numbers(phrase("Tahun 2O17", None), language).text == "Tahun 2O17"

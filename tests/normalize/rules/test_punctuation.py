from __future__ import annotations

import pytest

from pipeline.normalize.rules.punctuation import specks


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Surat . tugas |", "Surat tugas"),
        ("“10 menit", "10 menit"),
        ("“Surat Tugas”", "“Surat Tugas”"),
        ("S1 - D3", "S1 - D3"),
        ("Menpan & RB", "Menpan & RB"),
        ("Hukum : Izin", "Hukum : Izin"),
    ],
)
def test_takes_out_what_is_no_mark(phrase, language, text, clean) -> None:
    assert specks(phrase(text), language).text == clean


def test_every_speck_is_noted_and_a_text_layer_has_none(phrase, language) -> None:
    assert [(c.before, c.after) for c in specks(phrase("Surat ."), language).changes] == [(".", "")]
    assert specks(phrase("Surat . tugas", None), language).text == "Surat . tugas"


def test_what_follows_several_marks_is_doubted(phrase, language) -> None:
    cleaned = specks(phrase("Kepala Biro '— um"), language)
    assert cleaned.text == "Kepala Biro um"
    assert cleaned.tokens[-1].sure == language.settings.smudge_trust

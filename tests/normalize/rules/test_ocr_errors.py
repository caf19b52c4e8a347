from __future__ import annotations

import pytest

from pipeline.normalize.rules.ocr_errors import as_cased, likeliest, misread_words, readings


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("keputusan hasii seleksi", "keputusan hasil seleksi"),
        ("KABAG ORGANISASl", "KABAG ORGANISASI"),
        ("perubentukan", "pembentukan"),
        ("Feraturan Daerah", "Peraturan Daerah"),
        ("(clinas)", "(dinas)"),
        ("media infomasi", "media infomasi"),  # the author's own: no letter was mistaken for another
        ("berdampak infiensi", "berdampak infiensi"),
        ("surat tugas", "surat tugas"),
    ],
)
def test_mends_letters_that_are_mistaken(phrase, language, text, mended) -> None:
    assert misread_words(phrase(text), language).text == mended


def test_what_was_read_surely_or_printed_stays(phrase, language) -> None:
    assert misread_words(phrase("akedemik", 0.92), language).text == "akedemik"
    assert misread_words(phrase("hasii", None), language).text == "hasii"


def test_every_change_is_noted(phrase, language) -> None:
    changes = misread_words(phrase("hasii seleksl"), language).changes
    assert [(c.rule, c.before, c.after) for c in changes] == [
        ("misread-word", "hasii", "hasil"),
        ("misread-word", "seleksl", "seleksi"),
    ]


def test_readings_are_told_with_their_number_of_letters() -> None:
    found = {word: count for count, word in readings("rnl", {"rn": ("m",), "l": ("i",)}, 2)}
    assert found == {"ml": 1, "rni": 1, "mi": 2}


def test_no_word_near_is_none(language) -> None:
    assert likeliest("qwxzvk", language) is None


@pytest.mark.parametrize(("pattern", "word"), [("ORGANISASl", "ORGANISASI"), ("Hasii", "Hasil"), ("hasii", "hasil")])
def test_case_is_kept(pattern: str, word: str) -> None:
    assert as_cased(pattern, word.casefold()) == word

from __future__ import annotations

import pytest

from pipeline.ocr.two_readings import SecondReading, is_known, is_remains, settled
from pipeline.settings import SecondReaderSettings

SETTINGS = SecondReaderSettings()
WORDS = frozenset(["ijazah", "surat", "dan", "hasil", "menerima", "informasi", "dokumen"])


def knows(word: str) -> bool:
    return word.casefold() in WORDS


def reading(text: str, *sure: float) -> SecondReading:
    """A second reading: its letters as sure as told, all alike where one number is given."""
    count = len(text.replace(" ", ""))
    return SecondReading(text, sure if len(sure) == count else (sure or (1.0,)) * count)


def test_words_are_told_by_the_language() -> None:
    assert is_known("informasi/dokumen", knows)
    assert not is_known("2017", knows)
    assert not is_known("surat2", knows)
    assert settled("ljazah", 0.95, reading("Ijazah"), knows, SETTINGS) == ("Ijazah", 0.93)
    text, sure = settled("hasil", 0.95, reading("hasii"), knows, SETTINGS)
    assert text == "hasil"
    assert sure <= 0.8
    text, sure = settled("hasil", 0.6, reading("hasii"), knows, SETTINGS)
    assert text == "hasil"
    assert sure <= 0.5
    assert settled("hasii", 0.91, reading("hasil", 0.7), knows, SETTINGS)[1] < 0.7


def test_agreement_makes_surer_what_was_sure() -> None:
    assert settled("Sekda", 0.85, reading("Sekda"), knows, SETTINGS) == ("Sekda", 0.99)
    assert settled("Sekda", 0.99, reading("Sekda"), knows, SETTINGS) == ("Sekda", 0.99)
    assert settled("maaam", 0.2, reading("maaam"), knows, SETTINGS) == ("maaam", 0.2)
    assert settled("maaam", 0.6, reading("maaam", 0.7), knows, SETTINGS) == ("maaam", 0.6)


def test_a_bullet_is_one_that_the_first_reader_takes_for_a_quotation_mark() -> None:
    for read in ("“", "«", "*"):
        assert settled(read, 0.5, reading("·", 0.6), knows, SETTINGS) == ("•", 0.5)
    assert settled("-", 0.5, reading("•", 0.6), knows, SETTINGS)[0] == "-"
    assert settled("“", 0.5, reading("-", 0.6), knows, SETTINGS)[0] == "“"


def test_a_sign_of_comparison_is_the_second_readers() -> None:
    for read in ("«", "&"):
        assert settled(read, 0.9, reading("<", 0.8), knows, SETTINGS) == ("<", 0.8)
    assert settled("S", 0.9, reading("<", 0.8), knows, SETTINGS)[0] == "S"


def test_codes_and_numbers_are_the_second_readers() -> None:
    assert settled("03/SOP/1/2018", 0.97, reading("03/SOP/I/2018"), knows, SETTINGS) == ("03/SOP/I/2018", 0.93)
    assert settled("12", 0.95, reading("72"), knows, SETTINGS) == ("72", 0.8)
    assert settled("12", 0.95, reading("72", 0.6), knows, SETTINGS) == ("12", 0.5)
    assert settled("207", 0.5, reading("2017", 1.0, 1.0, 0.79, 1.0), knows, SETTINGS)[0] == "2017"


def test_a_slash_that_one_reader_takes_for_a_stroke_is_one() -> None:
    other = reading("1HM.101X", 0.4, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 1.0)
    assert settled("/HM.18/X", 0.2, other, knows, SETTINGS) == ("/HM.10/X", 0.93)


def test_marks_are_the_second_readers_but_for_a_semicolon_seen_in_ink() -> None:
    assert settled("Kecamatan,", 0.9, reading("Kecamatan;"), knows, SETTINGS) == ("Kecamatan;", 0.9)
    assert settled("Kecamatan;", 0.9, reading("Kecamatan,"), knows, SETTINGS) == ("Kecamatan;", 0.9)
    assert settled("surat.", 0.9, reading("surat,", *[1.0] * 5, 0.6), knows, SETTINGS) == ("surat.", 0.5)


@pytest.mark.parametrize(
    ("first", "second", "stands"),
    [
        ("suratdan", "surat dan", "surat dan"),
        ("menerima", "me nerima", "menerima"),
        ("me nerima", "menerima", "menerima"),
        ("S.H.,M.Si", "S.H., M.Si", "S.H., M.Si"),
        ("surat dan", "suratdan", "surat dan"),
        ("II/a s.d.", "II/as.d.", "II/a s.d."),
    ],
)
def test_spaces_are_those_that_leave_most_words(first: str, second: str, stands: str) -> None:
    assert settled(first, 0.95, reading(second), knows, SETTINGS)[0] == stands


def test_what_one_reader_sees_alone_is_kept_and_doubted() -> None:
    assert settled("xyz", 0.9, SecondReading("", ()), knows, SETTINGS) == ("xyz", 0.5)
    assert settled("|", 0.9, reading("I"), knows, SETTINGS) == ("|", 0.5)
    assert settled("a", 0.9, reading("A"), knows, SETTINGS) == ("a", 0.9)
    assert is_remains("|")
    assert is_remains("'")
    assert not is_remains("1")
    assert not is_remains("ab")


def test_of_two_strings_that_are_no_words_the_surer_one_stands() -> None:
    assert settled("Suryadmata", 0.7, reading("Suryadinata", 0.95), knows, SETTINGS) == ("Suryadinata", 0.93)
    assert settled("Suryadmata", 0.7, reading("Suryadixata", 0.5), knows, SETTINGS) == ("Suryadmata", 0.5)
    assert settled("Suryadmata", 0.3, reading("Suryadinata", 0.5), knows, SETTINGS) == ("Suryadinata", 0.4)

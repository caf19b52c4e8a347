from __future__ import annotations

import pytest

from pipeline.model.draft import Value
from pipeline.normalize.language import Language
from pipeline.normalize.rules.punctuation import (
    comparisons,
    conditions,
    degree_commas,
    item_endings,
    specks,
    title_stops,
)

from ..conftest import Sentences


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
def test_takes_out_what_is_no_mark(sentence: Sentences, language: Language, text: str, clean: str) -> None:
    assert specks(sentence(text), language).text == clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("BB/TB « -3 SD", "BB/TB < -3 SD"),
        ("Usia » 5 tahun", "Usia > 5 tahun"),
        ("& 10 menit", "± 10 menit"),
        ("Menpan & RB", "Menpan & RB"),
        ("Form 2 & 3", "Form 2 & 3"),
        ("« surat", "« surat"),
    ],
)
def test_a_sign_before_a_number_is_one_of_comparison(
    sentence: Sentences, language: Language, text: str, clean: str
) -> None:
    read = comparisons(sentence(text), language)
    assert read.text == clean
    assert [word.sure for word in read.words if word.mended] == [language.settings.smudge_trust] * (text != clean)
    assert comparisons(sentence(text, None), language).text == text


def test_every_speck_is_noted_and_a_text_layer_has_none(sentence: Sentences, language: Language) -> None:
    assert [(c.before, c.after) for c in specks(sentence("Surat ."), language).changes] == [(".", "")]
    assert specks(sentence("Surat . tugas", None), language).text == "Surat . tugas"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Memeriksa usia dan status: apabila kurang", "Memeriksa usia dan status; apabila kurang"),
        ("Memeriksa berkas surat: jika kurang", "Memeriksa berkas surat; jika kurang"),
        ("Catatan penting: apabila kurang", "Catatan penting: apabila kurang"),
        ("Memeriksa berkas surat: Jika kurang", "Memeriksa berkas surat: Jika kurang"),
        ("Memeriksa berkas berupa: surat", "Memeriksa berkas berupa: surat"),
        ("Memeriksa usia, status : apabila", "Memeriksa usia, status : apabila"),
    ],
)
def test_a_semicolon_stands_before_a_condition(sentence: Sentences, language: Language, text: str, clean: str) -> None:
    assert conditions(sentence(text), language).text == clean
    assert conditions(sentence(text, None), language).text == text


def test_what_follows_several_marks_is_doubted(sentence: Sentences, language: Language) -> None:
    cleaned = specks(sentence("Kepala Biro '— um"), language)
    assert cleaned.text == "Kepala Biro um"
    assert cleaned.words[-1].sure == language.settings.smudge_trust


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ("Drs, ADI PRIHANTARA, M.M", "Drs. ADI PRIHANTARA, M.M"),
        ("Prof, Dr. Muh Saerozi, M.Ag.", "Prof. Dr. Muh Saerozi, M.Ag."),
        ("Prof. Dr Muh Saerozi, M.Ag.", "Prof. Dr. Muh Saerozi, M.Ag."),
        ("Prof, Dr, Ir Sutrisno, M.T.", "Prof. Dr. Ir. Sutrisno, M.T."),
        ("Ir , Budi Santoso", "Ir. Budi Santoso"),
        ("Dr Budi Santoso, M.Si", "Dr Budi Santoso, M.Si"),  # nobody knows whether a full stop was printed
        ("Budi Santoso, Dr., M.Si", "Budi Santoso, Dr., M.Si"),
        ("Ahmad H Nasution, S.H", "Ahmad H Nasution, S.H"),
        ("Irwan, S.H., M.H", "Irwan, S.H., M.H"),
        ("Hadi, S.E", "Hadi, S.E"),
        ("", ""),
    ],
)
def test_a_full_stop_stands_after_titles(read: str, name: str, language: Language) -> None:
    found = title_stops(Value(read, read, 1, None, 0.9), language)
    assert found.clean == name
    assert [change.rule for change in found.changes] == (["title-stop"] if read != name else [])


def test_a_comma_of_a_text_layer_stays(language: Language) -> None:
    printed = Value("Drs, ADI PRIHANTARA", "Drs, ADI PRIHANTARA", 1)
    assert title_stops(printed, language) is printed


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ("Drs. ADI PRIHANTARA. M.M", "Drs. ADI PRIHANTARA, M.M"),
        ("Muh Saerozi. M.Ag.", "Muh Saerozi, M.Ag."),
        ("Drs. ADI PRIHANTARA, M.M", "Drs. ADI PRIHANTARA, M.M"),
        ("Moh. Ali", "Moh. Ali"),
    ],
)
def test_a_comma_stands_before_degrees(read: str, name: str, language: Language) -> None:
    assert degree_commas(Value(read, read, 1, None, 0.9), language).clean == name


def test_a_full_stop_of_a_text_layer_stays(language: Language) -> None:
    printed = Value("ADI PRIHANTARA. M.M", "", 1)
    assert degree_commas(printed, language) is printed


def items(*texts: str, confidence: float | None = 0.9) -> list[Value[str]]:
    return [Value(text, text, 1, None, confidence) for text in texts]


def test_misread_closing_marks_become_semicolons() -> None:
    found = item_endings(items("Tugas;", "Pelayanan Publik:", "Bakamla RI, dan", "Daftar Informasi."))
    assert [item.clean for item in found] == ["Tugas;", "Pelayanan Publik;", "Bakamla RI; dan", "Daftar Informasi."]
    assert [len(item.changes) for item in found] == [0, 1, 1, 0]


def test_items_without_marks_and_of_a_text_layer_stay() -> None:
    assert [item.clean for item in item_endings(items("ATK", "Buku kerja"))] == ["ATK", "Buku kerja"]
    printed = items("Tugas;", "Pelayanan Publik:", confidence=None)
    assert item_endings(printed) == printed

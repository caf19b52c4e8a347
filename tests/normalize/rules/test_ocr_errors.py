from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model.page import Line
from pipeline.normalize.cells import clean_cell
from pipeline.normalize.language import Language
from pipeline.normalize.rules.ocr_errors import (
    as_cased,
    likeliest,
    lost_spaces,
    misread_codes,
    misread_numbers,
    misread_words,
    parted,
    readings,
    torn_words,
)

from ..conftest import LETTER, Cells, Sentences


@pytest.mark.parametrize(
    ("lines", "letters", "text"),
    [
        (("Monitorin", "8 Pelayanan"), 9, "Monitoring Pelayanan"),
        (("BUPA", "Ti"), 4, "BUPATI"),
        (("ORGA", "NISAS", "l"), 5, "ORGANISASI"),
        (("Keputusan", "8 Surat"), 9, "Keputusan 8 Surat"),  # a word needs no rest
    ],
)
def test_a_rest_is_known_by_what_it_completes(
    cell: Cells, language: Language, lines: tuple[str, ...], letters: int, text: str
) -> None:
    assert clean_cell(cell(*lines, letters=letters, confidence=0.8), language, LETTER).clean == text


def test_a_text_layers_digit_stays(cell: Cells, language: Language) -> None:
    assert clean_cell(cell("Monitorin", "8 Pelayanan", letters=9), language, LETTER).clean == "Monitorin 8 Pelayanan"


def test_joins_pieces_with_a_narrow_gap(sentence: Sentences, language: Language) -> None:
    torn = torn_words(sentence("hasil Moni toring", gap=0.2), language)
    assert torn.text == "hasil Monitoring"
    assert [(c.before, c.after) for c in torn.changes] == [("Moni toring", "Monitoring")]


def test_a_wide_gap_and_a_text_layer_stay(sentence: Sentences, language: Language) -> None:
    assert torn_words(sentence("Moni toring", gap=0.6), language).text == "Moni toring"
    assert torn_words(sentence("Moni toring", confidence=None, gap=0.2), language).text == "Moni toring"


def test_closes_the_gap_a_slash_seems_to_have(sentence: Sentences, language: Language) -> None:
    assert torn_words(sentence("Sekda/ asisten", gap=0.25), language).text == "Sekda/asisten"
    assert torn_words(sentence("Hukum/ Produk", gap=0.6), language).text == "Hukum/ Produk"
    assert torn_words(sentence("OPD / penyelenggara", gap=0.3), language).text == "OPD / penyelenggara"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("denganjenis", ["dengan", "jenis"]),
        ("Pencatatandan", ["Pencatatan", "dan"]),
        ("surat,dan", ["surat,", "dan"]),
        ("(denganjenis);", ["(dengan", "jenis);"]),
        ("dilingkungan", ["dilingkungan"]),  # authors write "di", "ke" and "se" so
        ("keseluruh", ["keseluruh"]),
        ("ketidaktransparan", ["ketidaktransparan"]),
        ("pemutakhiran", ["pemutakhiran"]),
        ("Drafting", ["Drafting"]),
    ],
)
def test_parts_what_is_two_words_and_no_word(language: Language, text: str, words: list[str]) -> None:
    assert parted(text, language) == words


def test_a_text_layer_and_a_sure_reading_were_written_so(sentence: Sentences, language: Language) -> None:
    for confidence in (None, 0.95):
        assert lost_spaces(sentence("Memeriksadan meneliti", confidence), language).text == "Memeriksadan meneliti"
    mended = lost_spaces(sentence("Memeriksadan meneliti", 0.7), language)
    assert mended.text == "Memeriksa dan meneliti"
    assert mended.changes[0].rule == "lost-space"
    assert mended.words[1].mended


@pytest.mark.parametrize(("text", "parted"), [("3jam", "3 jam"), ("(14hari)", "(14 hari)"), ("2x", "2x"), ("4C", "4C")])
def test_a_number_is_parted_from_its_unit(sentence: Sentences, language: Language, text: str, parted: str) -> None:
    assert lost_spaces(sentence(text, 0.97), language).text == parted
    assert lost_spaces(sentence(text, None), language).text == text


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Tahun 2O17", "Tahun 2017"),
        ("SOP O1", "SOP 01"),
        ("l5 menit", "15 menit"),
        ("061/org/5O", "061/org/50"),
        ("Pendidikan S1", "Pendidikan S1"),
        ("Sl Teknik", "S1 Teknik"),
        ("SP2D", "SP2D"),
        ("I dan II", "I dan II"),
    ],
)
def test_letters_in_numbers_are_digits(sentence: Sentences, language: Language, text: str, mended: str) -> None:
    assert misread_numbers(sentence(text), language).text == mended


def test_a_text_layer_stays(sentence: Sentences, language: Language) -> None:
    assert misread_numbers(sentence("Tahun 2O17", None), language).text == "Tahun 2O17"


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
def test_mends_letters_that_are_mistaken(sentence: Sentences, language: Language, text: str, mended: str) -> None:
    assert misread_words(sentence(text), language).text == mended


def test_what_was_read_surely_or_printed_stays(sentence: Sentences, language: Language) -> None:
    assert misread_words(sentence("akedemik", 0.92), language).text == "akedemik"
    assert misread_words(sentence("hasii", None), language).text == "hasii"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Blangko NI", "Blangko N1"),
        ("Blangko (Nl);", "Blangko (N1);"),
        ("Formulir CO", "Formulir C0"),
        ("Formulir BI", "Formulir BI"),
        ("Golongan PNI", "Golongan PNI"),
        ("hal", "hal"),
    ],
)
def test_a_code_has_the_digit_that_the_document_prints(
    sentence: Sentences, language: Language, text: str, clean: str
) -> None:
    own = replace(language, printed={"n1": 2, "ni": 1, "c0": 1, "ha1": 1, "b1": 1, "bi": 2})
    assert misread_codes(sentence(text, 0.97), own).text == clean
    assert misread_codes(sentence(text, None), own).text == text


def test_what_two_readers_saw_otherwise_is_mended_however_sure_one_is(cell: Cells, language: Language) -> None:
    printed = cell("Kepala Baqian", confidence=0.93)
    first, second = printed.lines[0].words
    for others, clean in (((), "Kepala Baqian"), (("Baaian",), "Kepala Bagian"), (("|",), "Kepala Baqian")):
        line = Line((first, replace(second, readings=others)))
        assert clean_cell(replace(printed, lines=(line,)), language).clean == clean


def test_every_change_is_noted(sentence: Sentences, language: Language) -> None:
    changes = misread_words(sentence("hasii seleksl"), language).changes
    assert [(c.rule, c.before, c.after) for c in changes] == [
        ("misread-word", "hasii", "hasil"),
        ("misread-word", "seleksl", "seleksi"),
    ]


def test_readings_are_told_with_their_number_of_letters() -> None:
    found = {word: count for count, word in readings("rnl", {"rn": ("m",), "l": ("i",)}, 2)}
    assert found == {"ml": 1, "rni": 1, "mi": 2}


def test_no_word_near_is_none(language: Language) -> None:
    assert likeliest("qwxzvk", language) is None


@pytest.mark.parametrize(("pattern", "word"), [("ORGANISASl", "ORGANISASI"), ("Hasii", "Hasil"), ("hasii", "hasil")])
def test_case_is_kept(pattern: str, word: str) -> None:
    assert as_cased(pattern, word.casefold()) == word

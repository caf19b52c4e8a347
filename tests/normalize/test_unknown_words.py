from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from pipeline.model.draft import Value
from pipeline.model.page import CellText
from pipeline.normalize.document_words import DocumentWords
from pipeline.normalize.language import Language
from pipeline.normalize.unknown_words import strange_words, unknown_words
from pipeline.settings import LanguageSettings

from .conftest import Cells


def printed(cells: list[CellText]) -> Counter[str]:
    words = DocumentWords(LanguageSettings())
    for cell in cells:
        words.add_cell(cell)
    return words.printed


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("Dkumen dn surat", ["Dkumen", "dn"]),
        ("Memeriksa draft lapoan", ["lapoan"]),
        ("Melakuan verifikasi", ["Melakuan"]),
        ("Dok\ufffdmen", ["Dok\ufffdmen"]),
        ("Do5umen", ["Do5umen"]),
        ("Surat e masuk", ["e"]),
        ("PENYUSUNAN LAPRAN", ["LAPRAN"]),
        ("Mengirim surat tugas ke SKPD dan UKPBJ, a.n. Kepala", []),
        ("a. Surat\nb) nota", []),
        ("Bapak Yuriantini", []),
        ("Golongan III dan SP2D, Kab. Bintan s.d. 5 menit", []),
        ("Mengekspedisikan e-mail ke stakeholder", []),
    ],
)
def test_finds_strings_that_are_no_words(text: str, strange: list[str], language: Language) -> None:
    assert strange_words(text, language) == strange


def test_what_the_document_prints_twice_is_its_own_word(language: Language, cell: Cells) -> None:
    cells = [cell("Surat Tiyuhh"), cell("masuk tiyuhh"), cell("infromasi"), cell("infromasi")]
    own = replace(language, printed=printed(cells))
    assert strange_words("tiyuhh", own) == []
    assert strange_words("infromasi", own) == ["infromasi"]  # one cell that stands in two SOPs


def test_an_acronym_is_measured_by_acronyms(language: Language, cell: Cells) -> None:
    cells = [cell(f"surat {place} ke OPD dan dinas") for place in range(6)]
    own = replace(language, printed=printed(cells), acronyms=frozenset({"OGD"}))
    assert strange_words("Menteri PAN dan OGD", own) == ["OGD"]


def test_words_are_asked_for_where_there_are_words(language: Language) -> None:
    noted = {
        path: Value("lapoan", "lapoan")
        for path in ("/header/nomor_sop", "/header/disahkan_oleh/nama", "/header/disahkan_oleh/jabatan", "/judul")
    }
    assert [issue.path for issue in unknown_words(noted, language)] == ["/header/disahkan_oleh/jabatan", "/judul"]


def test_what_is_printed_so_doubts_no_field(language: Language) -> None:
    text = "Menerima dan mencatat surat masuk pada buku agenda dan meneliti kelengkapan surat " * 3
    noted = {"/kegiatan/0/uraian": Value(text + "infromasi", ""), "/kegiatan/1/uraian": Value(text, "")}
    (issue,) = unknown_words(noted, language, confirmed=True)
    assert (issue.code, issue.path) == ("word-misspelt", "")
    assert '"infromasi" (/kegiatan/0/uraian)' in issue.message


@pytest.mark.parametrize("text", ["infromasi lapoan surat", "mengak67an " + "surat masuk " * 40])
def test_many_strings_or_broken_ones_are_no_authors_spelling(text: str, language: Language) -> None:
    noted = {"/kegiatan/0/uraian": Value(text, "")}
    assert [issue.code for issue in unknown_words(noted, language, confirmed=True)] == ["word-unknown"]

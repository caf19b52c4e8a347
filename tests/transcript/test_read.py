"""Whole transcripts: the two samples, and files that hold no SOP."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.document import DocumentError
from pipeline.model.headings import Headings
from pipeline.model.page import Page
from pipeline.normalize.lexicon import load_headings
from pipeline.settings import Settings
from pipeline.transcript import Transcript, decoded, read_text, read_transcript

CELLS = [
    "",
    "No",
    "Kegiatan",
    "PELAKSANA",
    "Waktu",
    "Output",
    "1",
    "2.",
    "5 menit",
    "Nomor SOP",
    "Tanggal",
    "Efektif",
    "Dasar Hukum",
    "Proses",
    "Surat masuk",
]
HEADINGS, SETTINGS = load_headings(), Settings()


def codes(pages: Iterable[Page]) -> set[str]:
    return {issue.code for page in pages for issue in page.issues}


def columns_of(found: Transcript) -> list[str]:
    (draft,) = found.drafts
    assert draft.matrix is not None
    return [column.kind for column in draft.matrix.columns]


def test_kalsel(inputs: Path, headings: Headings) -> None:
    found = read_transcript((inputs / "lampiran-vii-pergub-kalsel.txt").read_bytes(), headings, SETTINGS)
    assert [page.kind for page in found.pages] == ["transcript"] * 5
    assert codes(found.pages) == {"rows-realigned"}
    (draft,) = found.drafts
    assert draft.header is not None
    assert draft.matrix is not None
    assert [len(part.bands) for part in draft.matrix.parts] == [5, 6, 7, 6]
    assert draft.header.pages == (1,)


def test_bintan(inputs: Path, headings: Headings) -> None:
    found = read_transcript((inputs / "sop-organisasi-bintan.txt").read_bytes(), headings, SETTINGS)
    assert len(found.pages) == 14
    matrices = [draft.matrix for draft in found.drafts if draft.matrix and draft.header]
    assert [len(matrix.parts) for matrix in matrices] == [1] * 7
    assert [len(matrix.rows) for matrix in matrices] == [6, 12, 12, 12, 12, 6, 12]
    roles = [sum(column.kind == "pelaksana" for column in matrix.columns) for matrix in matrices]
    assert roles == [5, 9, 9, 9, 9, 5, 9]
    words = {word.text for page in found.pages for word in page.words}
    assert not words & {"Sarata", "GRANIAN", "NOTES.", "BALIVATI"}
    told = " ".join(issue.message for page in found.pages for issue in page.issues)
    assert all(text in told for text in ("Sarata January", "TAY BET GRANIAN", "NOTES.", "TAX 8 ET GANLIAN"))


def test_text_without_a_sop_is_kept_as_text(headings: Headings) -> None:
    found = read_text("Catatan rapat\n\nHari ini\thujan\n", headings, SETTINGS)
    (page,) = found.pages
    assert " ".join(word.text for word in page.words) == "Catatan rapat Hari ini hujan"
    assert not found.drafts


def test_a_markdown_matrix_is_one(headings: Headings) -> None:
    rows = ["| No | Kegiatan | Kabag | Sekda | Waktu | Output |", "|--|--|--|--|--|--|"]
    text = "\n".join([*rows, "| 1 | Terima surat | Proses | | 5 menit | Surat |"])
    kinds = ["no", "kegiatan", "pelaksana", "pelaksana", "waktu", "output"]
    assert columns_of(read_text(text, headings, SETTINGS)) == kinds


def test_files_that_are_no_text(headings: Headings) -> None:
    with pytest.raises(DocumentError, match="no text"):
        read_transcript(b" \n\t\n", headings, SETTINGS)
    with pytest.raises(DocumentError, match="not text"):
        decoded(b"PK\x00\x01")
    assert decoded("surat – é".encode("cp1252")) == "surat – é"
    assert decoded("surat".encode("utf-16")) == "surat"


@given(st.lists(st.lists(st.sampled_from(CELLS), max_size=9), max_size=12))
@settings(max_examples=60, deadline=None)
def test_any_table_is_read_without_losing_its_words(rows: list[list[str]]) -> None:
    text = "\n".join("\t".join(row) for row in rows)
    if not text.strip():
        return
    pages = read_text(text, HEADINGS, SETTINGS).pages
    words = [word for page in pages for word in page.words]
    readings = (reading for word in words for reading in word.readings)
    told = (issue.message for page in pages for issue in page.issues)
    kept = "\n".join([" ".join(word.text for word in words), *readings, *told])
    assert not text.count("Surat masuk") or "Surat masuk" in kept


def test_words_that_no_page_took_are_told() -> None:
    (page,) = read_text("\tDasar Hukum\nSurat masuk", HEADINGS, SETTINGS).pages
    assert any("Surat masuk" in issue.message for issue in page.issues)

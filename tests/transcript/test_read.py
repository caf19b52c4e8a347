"""Whole transcripts: the two samples, and files that hold no SOP."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.layout.regions import find_sops
from pipeline.model.fault import DocumentFault
from pipeline.model.headings import Headings
from pipeline.model.page import Page
from pipeline.normalize.headings import load_headings
from pipeline.settings import LayoutSettings, TranscriptSettings
from pipeline.transcript import decoded, read_text, read_transcript

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
HEADINGS = load_headings()


def rows_of(page: Page) -> int:
    """Rows of the page's lowest table, by the lines that part its first column."""
    left = min(ruling.start for ruling in page.rulings if ruling.axis == "h")
    return len({ruling.at for ruling in page.rulings if ruling.axis == "h" and ruling.start == left}) - 1


def codes(pages: tuple[Page, ...]) -> set[str]:
    return {issue.code for page in pages for issue in page.issues}


def test_kalsel(inputs: Path, headings: Headings) -> None:
    pages = read_transcript(inputs / "lampiran-vii-pergub-kalsel.txt", headings, TranscriptSettings())
    assert [page.kind for page in pages] == ["transcript"] * 5
    assert [rows_of(page) for page in pages[1:]] == [1 + 1 + 5, 1 + 6, 1 + 7, 1 + 6]
    assert codes(pages) == {"rows-realigned"}
    (region,) = find_sops(list(pages), headings, LayoutSettings())
    assert region.cover is not None and len(region.parts) == 4


def test_bintan(inputs: Path, headings: Headings) -> None:
    pages = read_transcript(inputs / "sop-organisasi-bintan.txt", headings, TranscriptSettings())
    assert len(pages) == 14
    regions = find_sops(list(pages), headings, LayoutSettings())
    assert [region.cover is not None and len(region.parts) for region in regions] == [1] * 7
    steps = [len(region.parts[0].body.bands) for region in regions]
    assert steps == [6, 12, 12, 12, 12, 6, 12]
    roles = [sum(column.kind == "pelaksana" for column in region.parts[0].columns) for region in regions]
    assert roles == [5, 9, 9, 9, 9, 5, 9]
    words = {word.text for page in pages for word in page.words}
    assert not words & {"Sarata", "GRANIAN", "NOTES.", "BALIVATI"}
    told = " ".join(issue.message for page in pages for issue in page.issues)
    assert all(text in told for text in ("Sarata January", "TAY BET GRANIAN", "NOTES.", "TAX 8 ET GANLIAN"))


def test_text_without_a_sop_is_kept_as_text(headings: Headings) -> None:
    (page,) = read_text("Catatan rapat\n\nHari ini\thujan\n", headings, TranscriptSettings())
    assert " ".join(word.text for word in page.words) == "Catatan rapat Hari ini hujan"
    assert not page.rulings


def test_a_markdown_matrix_is_one(headings: Headings) -> None:
    rows = ["| No | Kegiatan | Kabag | Sekda | Waktu | Output |", "|--|--|--|--|--|--|"]
    text = "\n".join([*rows, "| 1 | Terima surat | Proses | | 5 menit | Surat |"])
    (region,) = find_sops(list(read_text(text, headings, TranscriptSettings())), headings, LayoutSettings())
    assert [column.kind for column in region.parts[0].columns] == [
        "no",
        "kegiatan",
        "pelaksana",
        "pelaksana",
        "waktu",
        "output",
    ]


def test_files_that_are_no_text(tmp_path: Path, headings: Headings) -> None:
    empty = tmp_path / "kosong.txt"
    empty.write_text(" \n\t\n", encoding="utf-8")
    with pytest.raises(DocumentFault, match="no text"):
        read_transcript(empty, headings, TranscriptSettings())
    with pytest.raises(DocumentFault, match="not text"):
        decoded(b"PK\x00\x01")
    assert decoded("surat – é".encode("cp1252")) == "surat – é"
    assert decoded("surat".encode("utf-16")) == "surat"


@given(st.lists(st.lists(st.sampled_from(CELLS), max_size=9), max_size=12))
@settings(max_examples=60, deadline=None)
def test_any_table_is_read_without_losing_its_words(rows: list[list[str]]) -> None:
    text = "\n".join("\t".join(row) for row in rows)
    if not text.strip():
        return
    pages = read_text(text, HEADINGS, TranscriptSettings())
    kept = " ".join(text for page in pages for word in page.words for text in (word.text, *word.readings))
    kept += " ".join(issue.message for page in pages for issue in page.issues)
    assert not text.count("Surat masuk") or "Surat masuk" in kept


def test_words_that_no_page_took_are_told() -> None:
    (page,) = read_text("\tDasar Hukum\nSurat masuk", HEADINGS, TranscriptSettings())
    assert any("Surat masuk" in issue.message for issue in page.issues)

"""Sheets that were printed over several pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typeset import Bundle, Cover, SopSpec, Style, chain, typeset

from pipeline import Settings, digitize
from pipeline.layout.split_sheets import SheetJoiner
from pipeline.model.headings import Headings
from pipeline.model.page import Page

TITLE = "PROSEDUR PENGELOLAAN SURAT MASUK DAN SURAT KELUAR PADA BAGIAN UMUM SEKRETARIAT DAERAH"
SPLIT = SopSpec(None, (chain(12, judul=TITLE),))
Read = Callable[..., list[Page]]


def joined(pages: list[Page], headings: Headings) -> list[Page]:
    sheets = SheetJoiner(headings, Settings().layout)
    return [ruled.page for page in pages for ruled in sheets.add(page)] + [ruled.page for ruled in sheets.finish()]


@pytest.mark.parametrize("way", ["down", "over"])
def test_the_pages_of_a_sheet_become_one(pages: Read, headings: Headings, way: str) -> None:
    read = pages(SPLIT, Style(split="down" if way == "down" else "over"))
    (sheet,) = joined(read, headings)
    assert sheet.numbers == (1, 2, 3, 4, 5, 6)
    assert list(sheet.pieces) == read
    assert [issue.code for issue in sheet.issues] == ["sheet-put-together"]


def test_words_that_the_cut_runs_through_are_whole(tmp_path: Path) -> None:
    typeset(SPLIT, tmp_path / "sop.pdf", Style(split="down"))
    (record,) = digitize(tmp_path / "sop.pdf", Settings()).records
    assert record.judul == TITLE


@pytest.mark.parametrize("continuation", ["head", "numbers", "none"])
def test_ordinary_matrices_are_left_alone(pages: Read, headings: Headings, continuation: str) -> None:
    style = Style(number_row=True, continuation="head" if continuation == "head" else "none")
    read = pages(Bundle((SopSpec(Cover(), (chain(30),)), SopSpec(None, (chain(5),)))), style)
    assert all(a is b for a, b in zip(joined(read, headings), read, strict=True))


def test_matrices_without_quality_columns_are_left_alone(pages: Read, headings: Headings) -> None:
    read = pages(SopSpec(None, (chain(30),)), Style(columns=("keterangan",), continuation="none"))
    assert joined(read, headings) == read


def test_evidence_names_the_page_that_shows_it(tmp_path: Path) -> None:
    typeset(SPLIT, tmp_path / "sop.pdf", Style(split="over"))
    (record,) = digitize(tmp_path / "sop.pdf", Settings()).records
    pages = {path: known.page for path, known in record.evidence.items()}
    assert pages["/kegiatan/0/uraian"] == 1
    assert pages["/kegiatan/0/mutu_baku/output"] == 3
    assert pages["/kegiatan/11/uraian"] == 4
    assert pages["/kegiatan/11/mutu_baku/output"] == 6
    x0, top, x1, bottom = record.evidence["/kegiatan/11/mutu_baku/output"].box or (0, 0, 0, 0)
    assert 0 < x0 < x1 < 620
    assert 0 < top < bottom < 400

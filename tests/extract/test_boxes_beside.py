"""Boxes and rows of a cover whose labels no lexicon knows."""

from __future__ import annotations

import pytest
from drawn import drawn
from drawn_covers import header_of

from pipeline.model.draft import HeaderDraft
from pipeline.model.headings import Headings

XS = (20.0, 300.0, 580.0)
YS = (20.0, 40.0, 60.0, 80.0, 100.0, 150.0, 170.0, 220.0)
FIELDS = {
    (0, 0): "Nomor SOP",
    (0, 1): "060/12/ORG/2018",
    (1, 0): "Tanggal Pembuatan",
    (1, 1): "08 Desember 2017",
    (2, 0): "Nama SOP",
    (2, 1): "Surat Masuk",
}
BOXES = {
    (3, 0): "Dasar Hukum",
    (3, 1): "Kualifikasi Pelaksana",
    (4, 0): "1. Undang-Undang\n2. Peraturan",
    (4, 1): "1. Sarjana",
    (5, 0): "Kaitan dengan yang lain",
    (5, 1): "Peralatan/Perlengkapan",
    (6, 0): "1. SOP Surat Keluar\n2. SOP Arsip",
    (6, 1): "1. Komputer",
}


def lists(header: HeaderDraft) -> dict[str, list[str]]:
    return {name: [item.text for item in items] for name, items in header.lists.items()}


def told(header: HeaderDraft) -> list[tuple[str, str]]:
    return [(issue.code, issue.path) for issue in header.issues]


def test_an_unknown_label_beside_a_known_one_is_that_of_the_other_box(headings: Headings) -> None:
    header = header_of(drawn(XS, YS, FIELDS | BOXES), headings)
    assert lists(header) == {
        "dasar_hukum": ["Undang-Undang", "Peraturan"],
        "kualifikasi_pelaksana": ["Sarjana"],
        "keterkaitan": ["SOP Surat Keluar", "SOP Arsip"],
        "peralatan_perlengkapan": ["Komputer"],
    }
    assert told(header) == [("label-unknown", "/header/keterkaitan")]


def test_an_unknown_label_may_share_the_cell_of_its_box(headings: Headings) -> None:
    boxes = {
        (3, 0): "Dasar Hukum :\n1. Undang-Undang",
        (3, 1): "Kualifikasi Pelaksana :\n1. Sarjana",
        (4, 0): "Kaitan dengan yang lain :\n1. SOP Arsip",
        (4, 1): "Peralatan/Perlengkapan :\n1. Komputer",
    }
    header = header_of(drawn(XS, YS[:6], FIELDS | boxes), headings)
    assert lists(header)["keterkaitan"] == ["SOP Arsip"]
    assert lists(header)["dasar_hukum"] == ["Undang-Undang"]
    assert told(header) == [("label-unknown", "/header/keterkaitan")]


def test_two_unknown_labels_between_known_ones_are_those_of_the_pair_between(headings: Headings) -> None:
    ys = (*YS, 240.0, 280.0)
    boxes = BOXES | {
        (5, 1): "Alat kerja",
        (7, 0): "Peringatan",
        (7, 1): "Pencatatan dan Pendataan",
        (8, 0): "Jika tidak dilaksanakan",
        (8, 1): "Buku agenda",
    }
    header = header_of(drawn(XS, ys, FIELDS | boxes), headings)
    assert lists(header)["keterkaitan"] == ["SOP Surat Keluar", "SOP Arsip"]
    assert lists(header)["peralatan_perlengkapan"] == ["Komputer"]
    assert lists(header)["dasar_hukum"] == ["Undang-Undang", "Peraturan"]
    assert told(header) == [
        ("label-unknown", "/header/keterkaitan"),
        ("label-unknown", "/header/peralatan_perlengkapan"),
    ]


def test_short_items_in_rows_of_their_own_are_no_labels(headings: Headings) -> None:
    """A spreadsheet's boxes have a row for each item."""
    boxes = BOXES | {
        (4, 0): "UU Desa",
        (4, 1): "Sarjana",
        (5, 0): "UU ASN",
        (5, 1): "Diploma",
        (6, 0): "",
        (6, 1): "SMA",
    }
    boxes |= {(7, 0): "Peringatan", (7, 1): "Pencatatan", (8, 0): "Jika tidak dilaksanakan", (8, 1): "Buku"}
    ys = (*YS[:7], 195.0, YS[7], 240.0, 260.0)
    boxes = {(row + (row > 6), col): text for (row, col), text in boxes.items()}
    header = header_of(drawn(XS, ys, FIELDS | boxes), headings)
    assert [code for code, _ in told(header)] == []


@pytest.mark.parametrize("beside", ["1. SOP Arsip", "Surat keluar, surat masuk dan semua surat lain yang ada;"])
def test_what_is_no_label_stays_in_its_box(headings: Headings, beside: str) -> None:
    header = header_of(drawn(XS, YS, FIELDS | BOXES | {(5, 0): beside}), headings)
    assert "keterkaitan" not in header.lists


def test_a_box_whose_label_is_known_elsewhere_is_not_taken_again(headings: Headings) -> None:
    known = {(5, 0): "Maksud", (3, 0): "Keterkaitan"}
    header = header_of(drawn(XS, YS, FIELDS | BOXES | known), headings)
    assert lists(header)["keterkaitan"][0] == "Undang-Undang"
    assert told(header) == []


def test_a_box_that_a_later_page_labels_is_looked_for_nowhere_else(headings: Headings) -> None:
    beside = BOXES | {(3, 0): "Tabel", (5, 0): "Keterkaitan"}
    later = drawn(XS, (20.0, 40.0, 100.0), {(0, 0): "Dasar Hukum", (0, 1): "Peringatan", (1, 0): "1. Undang-Undang"})
    header = header_of(drawn(XS, YS, FIELDS | beside), headings, later)
    assert lists(header)["dasar_hukum"] == ["Undang-Undang"]
    assert told(header) == []


def test_a_row_of_an_unknown_field_is_kept(headings: Headings) -> None:
    other = FIELDS | {(1, 0): "Unit Kerja", (1, 1): "Bagian Umum"}
    header = header_of(drawn(XS, YS, other | BOXES | {(5, 0): "Keterkaitan"}), headings)
    assert [(issue.code, issue.message) for issue in header.issues] == [
        ("cover-row-unclaimed", 'a row of the cover that belongs to no field: "Unit Kerja Bagian Umum"')
    ]

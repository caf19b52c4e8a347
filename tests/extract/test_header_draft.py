"""Covers: fields beside, below and in their labels' cells, boxes, and what a stamp has covered."""

from __future__ import annotations

import pytest
from drawn import drawn

from pipeline.extract.header_draft import read_header
from pipeline.layout.regions import CoverRegion
from pipeline.layout.sop_tables import read_page
from pipeline.model.draft import HeaderDraft
from pipeline.model.headings import Headings
from pipeline.model.page import Page
from pipeline.normalize.lexicon import load_headings
from pipeline.settings import ExtractSettings, LayoutSettings

XS = (20.0, 200.0, 320.0, 560.0)
YS = (20.0, 40.0, 60.0, 80.0, 100.0, 190.0, 210.0, 230.0, 300.0)
FIELDS = {
    (0, 0): "PEMERINTAH KABUPATEN CONTOH\nSEKRETARIAT DAERAH",
    (0, 1): "Nomor SOP",
    (0, 2): "060/12/ORG/2018",
    (1, 1): "Tanggal Pembuatan",
    (1, 2): "08 Desember 2017",
    (2, 1): "Tanggal Revisi",
    (3, 1): "Tanggal Efektif",
    (3, 2): "01 Januari 2018",
    (4, 1): "Disahkan Oleh",
    (4, 2): "SEKRETARIS DAERAH\n\n\nDrs. BUDI SANTOSO, M.Si\nPembina\nNIP. 19650909 199310 1 002",
    (5, 1): "Nama SOP",
    (5, 2): "Surat Masuk",
}
BOXES = {
    (6, 0): "Dasar Hukum",
    (6, 1): "Kualifikasi Pelaksana",
    (7, 0): "1. Undang-Undang\n2. Peraturan",
    (7, 1): "1. Sarjana",
}
LOGO = [("h", i, 0) for i in range(1, 6)]  # the cell of the coat of arms spans all fields
WIDE = [("v", 2, 6), ("v", 2, 7)]  # the boxes are two


@pytest.fixture(scope="module")
def headings() -> Headings:
    return load_headings()


def header_of(page: Page, headings: Headings) -> HeaderDraft:
    covers, _ = read_page(page, headings, LayoutSettings())
    return read_header(CoverRegion(tuple(covers)), None, 0.0, headings, ExtractSettings())


def plain(header: HeaderDraft) -> dict[str, str]:
    return {name: cell.text for name, cell in {**header.fields, **header.signature}.items()}


def test_every_field_and_box(headings: Headings) -> None:
    header = header_of(drawn(XS, YS, FIELDS | BOXES, gone=LOGO + WIDE), headings)
    assert plain(header) == {
        "nomor_sop": "060/12/ORG/2018",
        "tanggal_pembuatan": "08 Desember 2017",
        "tanggal_revisi": "",
        "tanggal_efektif": "01 Januari 2018",
        "nama_sop": "Surat Masuk",
        "instansi": "PEMERINTAH KABUPATEN CONTOH\nSEKRETARIAT DAERAH",
        "jabatan": "SEKRETARIS DAERAH",
        "nama": "Drs. BUDI SANTOSO, M.Si",
        "pangkat": "Pembina",
        "nip": "NIP. 19650909 199310 1 002",
    }
    assert [item.text for item in header.lists["dasar_hukum"]] == ["Undang-Undang", "Peraturan"]
    assert [item.text for item in header.lists["kualifikasi_pelaksana"]] == ["Sarjana"]
    assert header.issues == ()


def test_labels_under_a_stamp_are_told_by_their_place(headings: Headings) -> None:
    stamped = FIELDS | {(0, 1): "?NoTa", (3, 1): "?Trg ?gal", (4, 1): "?oreekan"}
    header = header_of(drawn(XS, YS, stamped | BOXES, kind="scan", gone=LOGO + WIDE), headings)
    got = plain(header)
    assert (got["nomor_sop"], got["tanggal_efektif"]) == ("060/12/ORG/2018", "01 Januari 2018")
    assert (got["jabatan"], got["nama"]) == ("SEKRETARIS DAERAH", "Drs. BUDI SANTOSO, M.Si")
    told = {issue.path for issue in header.issues if issue.code == "label-unreadable"}
    assert told == {"/header/nomor_sop", "/header/tanggal_efektif", "/header/disahkan_oleh"}


def test_a_text_page_is_never_guessed_at(headings: Headings) -> None:
    other = FIELDS | {(0, 1): "Kode Arsip"}
    assert "nomor_sop" not in plain(header_of(drawn(XS, YS, other | BOXES, gone=LOGO + WIDE), headings))


def test_what_recognition_made_of_a_drawing_is_no_text(headings: Headings) -> None:
    noisy = FIELDS | {
        (0, 0): "?» ?4 ?Bra\nPEMERINTAH KABUPATEN CONTOH",
        (4, 2): "SEKRETARIS DAERAH\n?KR ?(\nDrs. BUDI SANTOSO, M.Si",
    }
    got = plain(header_of(drawn(XS, YS, noisy | BOXES, kind="scan", gone=LOGO + WIDE), headings))
    assert got["instansi"] == "PEMERINTAH KABUPATEN CONTOH"
    assert (got["jabatan"], got["nama"]) == ("SEKRETARIS DAERAH", "Drs. BUDI SANTOSO, M.Si")


def test_label_and_value_without_a_line_between_them(headings: Headings) -> None:
    joined = {
        (row, 1): f"{FIELDS[row, 1]} | {FIELDS.get((row, 2), '')}".strip(" |") for row in range(6) if row != 4
    } | {(0, 0): FIELDS[0, 0], (4, 1): "Disahkan Oleh | SEKRETARIS DAERAH\n?KE"}
    gone = LOGO + WIDE + [("v", 2, row) for row in range(6)]
    got = plain(header_of(drawn(XS, YS, joined | BOXES, gone=gone), headings))
    assert (got["nomor_sop"], got["jabatan"]) == ("060/12/ORG/2018", "SEKRETARIS DAERAH")


def test_two_values_for_one_field_are_told(headings: Headings) -> None:
    twice = FIELDS | {(2, 1): "Tanggal Efektif", (2, 2): "02 Maret 2018"}
    header = header_of(drawn(XS, YS, twice | BOXES, gone=LOGO + WIDE), headings)
    assert header.fields["tanggal_efektif"].text == "02 Maret 2018"
    assert [issue.code for issue in header.issues] == ["field-twice"]


def test_half_a_colon_in_a_column_of_its_own_is_no_value(headings: Headings) -> None:
    xs = (20.0, 200.0, 320.0, 335.0, 560.0)
    moved = {(row, col + (col == 2)): text for (row, col), text in FIELDS.items()}
    colons = {(row, 2): ":" for row in (0, 1, 3, 4, 5)} | {(2, 2): ".", (2, 3): "10 Januari 2022"}
    gone = LOGO + [("v", i, row) for i in (2, 3) for row in (6, 7)]
    got = plain(header_of(drawn(xs, YS, moved | colons | BOXES, kind="scan", gone=gone), headings))
    assert got["tanggal_revisi"] == "10 Januari 2022"


def test_a_clear_label_of_another_field_is_not_taken_by_its_place(headings: Headings) -> None:
    other = FIELDS | {(0, 1): "Status Dokumen", (0, 2): "ASLI", (2, 1): "Jumlah Lampiran", (2, 2): "12 lembar"}
    header = header_of(drawn(XS, YS, other | BOXES, kind="scan", gone=LOGO + WIDE), headings)
    assert not {"nomor_sop", "tanggal_revisi"} & plain(header).keys()
    assert [issue for issue in header.issues if issue.code == "label-unreadable"] == []


def test_the_body_that_issues_is_not_sought_among_the_fields(headings: Headings) -> None:
    other = {place: text for place, text in FIELDS.items() if place != (0, 0)}
    other |= {(2, 1): "Jumlah Lampiran Dokumen", (2, 2): "dua belas lembar kertas bermeterai"}
    assert "instansi" not in plain(header_of(drawn(XS, YS, other | BOXES, gone=LOGO + WIDE), headings))

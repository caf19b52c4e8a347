"""Which label a printed text is."""

from __future__ import annotations

import pytest

from pipeline.layout.label_matching import column_kind, match, match_box, split_label
from pipeline.model.headings import Headings, Synonyms

SCANNED = 77.0
KNOWN = Synonyms({"nomor_sop": ("Nomor SOP", "No. SOP"), "dokumen": ("Dokumen",), "waktu": ("Waktu", "Mutu Waktu")})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("NOMOR SOP", "nomor_sop"),
        ("Nomer SOP", "nomor_sop"),
        ("NoSOP", "nomor_sop"),
        ("Waktu (menit)", "waktu"),
        ("No Dokumen", None),
        ("No", None),
        ("", None),
    ],
)
def test_a_label_may_be_misread_but_is_about_as_long_as_it_was(text: str, name: str | None) -> None:
    assert match(text, KNOWN, 77.0) == name


def test_the_first_of_two_fields_with_one_label_is_meant() -> None:
    assert match("Output", Synonyms({"output": ("Output",), "hasil": ("Output",)}), 86.0) == "output"


def test_other_labels_of_the_same_names_are_looked_up_anew() -> None:
    assert match("Keluaran", Synonyms({"output": ("Output",)}), 86.0) is None
    assert match("Keluaran", Synonyms({"output": ("Keluaran",)}), 86.0) == "output"


def test_a_label_ends_where_its_value_begins() -> None:
    assert split_label("Nomor SOP 060/12", KNOWN, 86.0) == ("nomor_sop", "060/12")
    assert split_label("Kepala Bagian Organisasi", KNOWN, 86.0) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A. Dasar Hukum :", "dasar_hukum"),
        ("IV. PERALATAN/PERLENGKAPAN", "peralatan_perlengkapan"),
        ("3. KETERKAITAN", "keterkaitan"),
        ("Peringatan", "peringatan"),
        ("A. Pengertian", None),
    ],
)
def test_a_box_may_have_a_letter_or_a_numeral(headings: Headings, text: str, name: str | None) -> None:
    assert match_box(text, headings, 86.0) == name


@pytest.mark.parametrize("text", ["1. Dokumen", "1. Dokumen Peraturan yang terkait", "Dokumen", "Operasional Prosedur"])
def test_a_label_that_lacks_a_word_is_none(headings: Headings, text: str) -> None:
    assert match(text, headings.cover, SCANNED) is None
    assert split_label(text, headings.cover, SCANNED) is None


def test_a_value_that_begins_with_words_of_its_label_keeps_them(headings: Headings) -> None:
    value = "Standar Operasional Prosedur Survei Kepuasan Masyarakat"
    assert split_label(value, headings.cover, SCANNED) is None
    assert split_label(f"Nama SOP : {value}", headings.cover, SCANNED) == ("nama_sop", value)
    assert split_label(f"Nama SOP {value}", headings.cover, SCANNED) == ("nama_sop", value)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Keterkaitan dengan SOP", "keterkaitan"),
        ("Keterkaitan dengan SOP AP", "keterkaitan"),
        ("SOP TERKAIT :", "keterkaitan"),
        ("Dasar Hukum/Referensi", "dasar_hukum"),
        ("Kualifikasi SDM", "kualifikasi_pelaksana"),
        ("Sarana dan Prasarana", "peralatan_perlengkapan"),
        ("Peringatan/Perhatian", "peringatan"),
        ("Pencatatan dan Pengarsipan", "pencatatan_pendataan"),
    ],
)
def test_boxes_have_many_names(headings: Headings, label: str, name: str) -> None:
    assert match(label.strip(" :"), headings.boxes, 86.0) == name


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("No. Dok.", "nomor_sop"),
        ("Kode SOP", "nomor_sop"),
        ("Tgl. Disusun", "tanggal_pembuatan"),
        ("Tanggal Reviu", "tanggal_revisi"),
        ("Tgl. Terbit", "tanggal_efektif"),
        ("Mulai Berlaku", "tanggal_efektif"),
        ("Disyahkan oleh", "disahkan_oleh"),
        ("Judul Dokumen", "nama_sop"),
        ("No. Revisi", None),
        ("Halaman", None),
        ("Ditetapkan di", None),
    ],
)
def test_identity_fields_have_many_names(headings: Headings, label: str, name: str | None) -> None:
    assert match(label, headings.identity, 86.0) == name


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Langkah-Langkah Kegiatan", "kegiatan"),
        ("Tahapan Prosedur", "kegiatan"),
        ("Deskripsi Kegiatan", "kegiatan"),
        ("Dokumen Pendukung", "kelengkapan"),
        ("Bahan/Alat", "kelengkapan"),
        ("Waktu Pelaksanaan (Menit)", "waktu"),
        ("Waktu/Menit", "waktu"),
        ("Lama", "waktu"),
        ("Hasil Akhir", "output"),
        ("Biaya", None),
    ],
)
def test_columns_have_many_names(headings: Headings, head: str, kind: str | None) -> None:
    assert column_kind(head, headings, 86.0) == kind


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Kelengkapan/ Persyaratan", "kelengkapan"),
        ("Hasil dan Output", "output"),
        ("Persyaratan & Bahan", "kelengkapan"),
        ("Waktu/Output", None),
        ("Biaya/Tarif", None),
    ],
)
def test_a_head_of_several_names_is_the_column_that_all_of_them_name(
    headings: Headings, head: str, kind: str | None
) -> None:
    assert column_kind(head, headings, 86.0) == kind

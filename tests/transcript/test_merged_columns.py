"""Covers whose columns were run together."""

from __future__ import annotations

from pipeline.transcript.dictionary import Dictionary, text_of
from pipeline.transcript.known_words import KnownWords
from pipeline.transcript.merged_columns import KnownLines, has_merged_columns, read_merged_identity, split_sides

ROWS = [
    ("Nomor SOP 07. 061/org/64 Tanggal", ""),
    (
        "Pembuatan Tanggal Revisi Tanggal Pengesahan Tanggal Efektif O8 Desember 2017 08 Januari 2018 09 Januari 2018",
        "",
    ),
    ("Tanggal Revisi - Tanggal Pengesahan Tanggal Efektif 08 Januari 2018 01 Januari 2018", ""),
    ("Tanggal 01 Januari 2018 Efektif", "08 Januari 2018"),
    ("Bagian Organisasi Disahkan Oleh SEKRETARIS DAERAH", ""),
    ("Disaman Sian", ""),
    ("Sekretariat Daerah Kab.Bintan", ""),
    ("Pembina Utama Mady", "a"),
    ("Nama Standar Laporan Survey Kepuasan Masy", "arakat"),
    ("Operasional (SKM) Kabupaten Bintan", ""),
    ("Prosedur", ""),
]


def test_identity_of_run_together_lines(dictionary: Dictionary, known: KnownWords) -> None:
    assert has_merged_columns(ROWS, known)
    identity = read_merged_identity(ROWS, dictionary, known)
    assert {name: [text_of(line) for line in lines] for name, lines in identity.fields.items()} == {
        "nomor_sop": ["07. 061/org/64"],
        "tanggal_pembuatan": ["08 Desember 2017"],
        "tanggal_revisi": ["-"],
        "tanggal_pengesahan": ["08 Januari 2018"],
        "tanggal_efektif": ["01 Januari 2018"],
        "disahkan_oleh": ["SEKRETARIS DAERAH", "Pembina Utama Madya"],
        "nama_sop": ["Laporan Survey Kepuasan Masyarakat", "(SKM) Kabupaten Bintan"],
    }
    assert [text_of(line) for line in identity.instansi] == ["Bagian Organisasi", "Sekretariat Daerah Kab.Bintan"]
    assert identity.debris == ("Disaman Sian",)


def test_boxes_are_parted_where_something_tells(dictionary: Dictionary, known: KnownWords) -> None:
    rows = [
        ("Keterkaitan Peralatan/Perlengkapan", ""),
        ("SOP Internal Perangkat Komputer", ""),
        ("2. SOP Eksternal 2. Alat Tulis", ""),
        ("penyusunan SKM", "3. Lemari"),
        ("", "4. Meja"),
        ("lain-lain", ""),
    ]
    left, right = split_sides(rows, KnownLines(frozenset({"sopinternal"})), dictionary, known)
    assert [row[0] for row in left] == [
        "Keterkaitan",
        "SOP Internal",
        "2. SOP Eksternal",
        "penyusunan SKM",
        "",
        "lain-lain",
    ]
    assert right == [
        ("Peralatan/Perlengkapan",),
        ("Perangkat Komputer",),
        ("2. Alat Tulis",),
        ("3. Lemari",),
        ("4. Meja",),
        (),
    ]

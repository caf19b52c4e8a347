from __future__ import annotations

import pytest

from pipeline.normalize.citations import citation_kind, read_citation
from pipeline.normalize.lexicon import load_lexicon

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("text", "jenis", "nomor", "tahun", "tentang"),
    [
        (
            "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;",
            "Undang-Undang",
            "25",
            2009,
            "Pelayanan Publik",
        ),
        ("UU No. 25/2009 tentang Pelayanan Publik", "Undang-Undang", "25", 2009, "Pelayanan Publik"),
        ("PP 61 Tahun 2010 ttg Keterbukaan", "Peraturan Pemerintah", "61", 2010, "Keterbukaan"),
        ("Permenpan No 15 Tahun 2014 tentang Standar Pelayanan", "Peraturan Menteri", "15", 2014, "Standar Pelayanan"),
        ("Peraturan Presiden RI Nomor.29 tahun 2014 tentang AKIP.", "Peraturan Presiden", "29", 2014, "AKIP"),
        ("Peraturan Bupati Bintan Nomor. 27 2014 tentang AKIP", "Peraturan Bupati", "27", 2014, "AKIP"),
        ("Perwali Nomor: 12 Tahun 2019 tentang Arsip; dan", "Peraturan Walikota", "12", 2019, "Arsip"),
        (
            "Peraturan Bersama Menteri Hukum dan Menteri Dalam Negeri Nomor 20 dan Nomor 77 Tahun 2012 tentang HAM",
            "Peraturan Bersama",
            "20 dan Nomor 77",
            2012,
            "HAM",
        ),
        ("Keputusan Kepala Bakamla RI Nomor 261 Tahun 2024 tentang DIP", "Keputusan Kepala", "261", 2024, "DIP"),
        ("Undang-Undang tentang Desa", "Undang-Undang", None, None, "Desa"),
        ("Renstra Dinas", None, None, None, None),
    ],
)
def test_splits_a_citation(
    text: str, jenis: str | None, nomor: str | None, tahun: int | None, tentang: str | None
) -> None:
    read = read_citation(text, LEXICON)
    assert (read.text, read.jenis, read.nomor, read.tahun, read.tentang) == (text, jenis, nomor, tahun, tentang)


def test_only_the_law_cited_counts_not_those_it_changes() -> None:
    read = read_citation(
        "Undang-undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana telah diubah dengan "
        "Undang-Undang Nomor 9 Tahun 2015;",
        LEXICON,
    )
    assert (read.nomor, read.tahun) == ("23", 2014)


def test_the_longest_form_that_opens_it_is_its_kind() -> None:
    assert citation_kind("Peraturan Pemerintah Pengganti Undang-Undang Nomor 1", LEXICON) == (
        "Peraturan Pemerintah Pengganti Undang-Undang"
    )
    assert citation_kind("Peraturan Pemerintah Nomor 1", LEXICON) == "Peraturan Pemerintah"

"""The six boxes, cut by columns' edges."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.transcript.boxes import Side, first_box_row, read_side
from pipeline.transcript.dictionary import Dictionary, text_of
from pipeline.transcript.known_words import KnownWords


def texts(side: Side) -> dict[str, list[str]]:
    return {name: [text_of(line) for line in lines] for name, lines in side.boxes.items()}


def test_right_side_over_two_cells(dictionary: Dictionary, known: KnownWords) -> None:
    rows = [
        ("Prosedur Kualifikasi Pelaks", "ana ana"),
        ("3. Mampu mem", "nahami peraturan;"),
        ("•", ""),
        ("Doralatan/Darlan", "agkanan"),
        ("Peralatan/Perlen", ""),
        ("1. Komputer da 2. ATK;", "n jaringan internet;"),
        ("4. Lemari Arsip", "andataan"),
        ("Pencatatandan P", "enuataan"),
        ("1. IKU Kabupat", "en"),
    ]
    side = read_side(rows, dictionary, known)
    assert texts(side) == {
        "kualifikasi_pelaksana": ["3. Mampu memahami peraturan;"],
        "peralatan_perlengkapan": ["1. Komputer dan jaringan internet;", "2. ATK;", "4. Lemari Arsip"],
        "pencatatan_pendataan": ["1. IKU Kabupaten"],
    }
    assert {"ana", "•", "Doralatan/Darlan agkanan", "andataan"} <= set(side.debris)


def test_left_side_that_lost_its_edge(dictionary_of: Callable[[str], Dictionary], known: KnownWords) -> None:
    words = dictionary_of("Jika SOP ini tidak dilaksanakan akan\nberdampak infiensi, pelaksana\n")
    rows = [
        ("Da", "sar Hukum"),
        ("1.", "Peraturan Bupati No. 31"),
        ("Kot", "OPD Kabupaten Bintan terkaitan"),
        ("", "SOP Internal"),
        ("Po", "ringatan"),
        ("_", "a SOP ini tidak dilaksanakan akan"),
        ("", "rdampak infiensi,pelaksana"),
    ]
    side = read_side(rows, words, known)
    assert texts(side) == {
        "dasar_hukum": ["1. Peraturan Bupati No. 31", "OPD Kabupaten Bintan"],
        "keterkaitan": ["SOP Internal"],
        "peringatan": ["Jika SOP ini tidak dilaksanakan akan", "berdampak infiensi, pelaksana"],
    }
    assert side.boxes["peringatan"][0][0].readings == ("a SOP ini tidak dilaksanakan akan",)


def test_another_reading_of_a_line_is_no_line(dictionary: Dictionary, known: KnownWords) -> None:
    rows = [("Keterkaitan",), ("SOP Eksternal yaitu SOP IKU OPD",), ("JOI EKSTEINIAI YAITU JOP IKO OPD",)]
    lines = read_side(rows, dictionary, known).boxes["keterkaitan"]
    assert [text_of(line) for line in lines] == ["SOP Eksternal yaitu SOP IKU OPD"]
    assert lines[0][0].readings == ("JOI EKSTEINIAI YAITU JOP IKO OPD",)


def test_items_with_numbers_of_their_own_are_not_readings(dictionary: Dictionary, known: KnownWords) -> None:
    rows = [("Pencatatan dan Pendataan",), ("1. IKU Kabupaten",), ("2. PK Kabupaten",), ("3. RKT Kabupaten",)]
    assert len(read_side(rows, dictionary, known).boxes["pencatatan_pendataan"]) == 3


def test_an_item_is_no_head(dictionary: Dictionary, known: KnownWords) -> None:
    rows = [("Peralatan/Perlengkapan",), ("5. Peralatan kantor",), ("6. Kualifikasi pelaksanaan kegiatan",)]
    assert list(read_side(rows, dictionary, known).boxes) == ["peralatan_perlengkapan"]


def test_where_the_boxes_begin(dictionary: Dictionary, known: KnownWords) -> None:
    rows = [("Nomor SOP", "1", ""), ("Disahkan Oleh", "Kepala", ""), ("Dasar Hukum", "Kualifikasi Pelaks", "ana")]
    assert first_box_row(rows, dictionary, known) == 2
    assert first_box_row(rows[:2], dictionary, known) == 2

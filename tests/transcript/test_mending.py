"""Words that a tool cut in two or left a piece of, and list numbers that it lost."""

from __future__ import annotations

import pytest

from pipeline.transcript.dictionary import Dictionary, line_of, text_of
from pipeline.transcript.mending import doubt_end, doubt_start, join_cut_line, mended_words, with_lost_marks


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("3. Mampu mem", "nahami peraturan", "3. Mampu memahami peraturan"),
        ("Data OPD yar", "ng telah", "Data OPD yang telah"),
        ("Komputer da", "n jaringan", "Komputer dan jaringan"),
        ("Alat Tulis Kan", "itor", "Alat Tulis Kantor"),
        ("Peralatan kor", "munikasi.", "Peralatan komunikasi."),
        ("kemampuan,k", "Kecakapan", "kemampuan,Kecakapan"),
        ("2. File disimpan", "dalam rak", "2. File disimpan dalam rak"),
        ("1.", "Peraturan", "1. Peraturan"),
    ],
)
def test_a_cut_word_is_put_together(left: str, right: str, whole: str, dictionary: Dictionary) -> None:
    assert text_of(join_cut_line(left, right, dictionary)) == whole


def test_the_pieces_stay_as_another_reading(dictionary: Dictionary) -> None:
    joined = next(word for word in join_cut_line("Mampu mem", "nahami", dictionary) if word.text == "memahami")
    assert joined.readings == ("mem nahami",)


def test_pieces_that_make_no_word_stay_unsure(dictionary: Dictionary) -> None:
    first, last = join_cut_line("Sarjana xqz", "vbnk", dictionary)[1:]
    assert (first.text, last.text) == ("xqz", "vbnk")
    assert last.piece
    assert last.confidence == dictionary.settings.damaged_confidence


def test_a_line_that_lost_its_start_or_end_says_so(dictionary: Dictionary) -> None:
    assert doubt_start("nampuan mengidentifikasi", dictionary)[0].piece
    assert not doubt_start("Diwajibkan Memiliki", dictionary)[0].piece
    assert doubt_end("4. Kendaraan D", dictionary)[-1].piece
    assert not doubt_end("3. IKU OPD", dictionary)[-1].piece
    assert not doubt_end("4. Lemari Arsip", dictionary)[-1].piece


def test_words_run_together_and_hyphens_are_seen(dictionary: Dictionary) -> None:
    tokens = mended_words("sesuai denganjenis surat masing- masing", dictionary)
    assert [word.text for word in tokens] == ["sesuai", "dengan", "jenis", "surat", "masing-masing"]
    assert [word.readings for word in tokens] == [(), ("denganjenis",), (), (), ("masing- masing",)]
    for author in ("dilingkungan", "keseluruh", "ditandatang", "keputus", "diregristrasi"):
        assert dictionary.run_together(author) is None


@pytest.mark.parametrize(
    ("lines", "numbered"),
    [
        (
            ["Sarjana;", "mampu", "meneliti;", "3. Mampu;", "4. Teliti;", "cermat."],
            ["1. Sarjana;", "2. mampu", "meneliti;", "3. Mampu;", "4. Teliti;", "5. cermat."],
        ),
        (["1. ATK;", "kertas;", "3. Arsip"], ["1. ATK;", "2. kertas;", "3. Arsip"]),
        (["Komputer", "Alat Tulis", "3. Arsip"], ["1. Komputer", "2. Alat Tulis", "3. Arsip"]),
        (["1. ATK;", "kertas;", "pena;", "3. Arsip"], ["1. ATK;", "kertas;", "pena;", "3. Arsip"]),
        (
            ["1. Peraturan Bupati", "tentang Kinerja", "2. Undang-Undang"],
            ["1. Peraturan Bupati", "tentang Kinerja", "2. Undang-Undang"],
        ),
        (["SOP Umum;", "SOP Arsip"], ["SOP Umum;", "SOP Arsip"]),
    ],
)
def test_numbers_are_set_only_where_they_come_out_even(
    lines: list[str], numbered: list[str], dictionary: Dictionary
) -> None:
    assert [text_of(line) for line in with_lost_marks([line_of(line) for line in lines], dictionary)] == numbered

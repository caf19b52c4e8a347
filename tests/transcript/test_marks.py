"""List numbers that were lost."""

from __future__ import annotations

import pytest

from pipeline.transcript.dictionary import Dictionary, line_of, text_of
from pipeline.transcript.mending import with_lost_marks


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
    lines: list[str], numbered: list[str], words: Dictionary
) -> None:
    assert [text_of(line) for line in with_lost_marks([line_of(line) for line in lines], words)] == numbered

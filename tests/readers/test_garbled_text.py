"""Text layers that hold the numbers of glyphs."""

from __future__ import annotations

import pytest

from pipeline.model.geometry import Box
from pipeline.model.page import Word
from pipeline.readers.garbled_text import is_garbled
from pipeline.settings import ReadSettings

SAID = "Menerima dan memeriksa kelengkapan berkas permohonan lalu meneruskan kepada kepala bagian untuk ditandatangani"
CAPITALS = "PEMERINTAH PROVINSI DKI JKT SKPD BPKAD DPMPTSP RSUD PPTK PPK SPM SP2D UPTD PERMENPAN RB NOMOR TAHUN TENTANG"


def words_of(text: str) -> list[Word]:
    return [Word(word, Box(0.0, 0.0, 1.0, 1.0), 10.0) for word in text.split()]


def by_number(text: str) -> str:
    """The letters as a font of Microsoft numbers their glyphs."""
    return " ".join("".join(chr(ord(letter) - 29) for letter in word) for word in text.split())


@pytest.mark.parametrize(
    ("text", "undecoded", "garbled"),
    [
        (SAID, 0.0, False),
        (SAID, 0.1, False),
        (CAPITALS, 0.0, False),
        (by_number(SAID), 0.0, True),
        (by_number(SAID), 0.1, True),
        ("", 0.5, True),
        (SAID, 0.5, True),
        ("NPWP BPJS", 0.0, False),
        ("", 0.0, False),
    ],
)
def test_numbers_of_glyphs_are_no_words(text: str, undecoded: float, garbled: bool) -> None:
    assert is_garbled(words_of(text), undecoded, ReadSettings()) is garbled

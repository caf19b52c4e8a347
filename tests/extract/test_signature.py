"""The signature block: who approved, whatever of it is printed."""

from __future__ import annotations

import pytest

from pipeline.extract.signature import read_signature
from pipeline.model.geometry import Box
from pipeline.model.headings import Headings
from pipeline.model.page import CellText, Line, Word
from pipeline.normalize.lexicon import load_headings, load_lexicon
from pipeline.settings import ExtractSettings


@pytest.fixture(scope="module")
def headings() -> Headings:
    return load_headings(load_lexicon(None).headings)


def block(*lines: str) -> CellText:
    """Lines below each other; an empty one is the room left for the signature."""
    printed = []
    for row, text in enumerate(lines):
        words, x = [], 0.0
        for piece in text.split():
            words.append(Word(piece, Box(x, 12.0 * row, x + 6.0 * len(piece), 12.0 * row + 10.0), 10.0))
            x += 6.0 * (len(piece) + 1)
        if words:
            printed.append(Line(tuple(words)))
    return CellText(1, Box(0.0, 0.0, 300.0, 12.0 * len(lines)), tuple(printed))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            (
                "SEKRETARIS DAERAH",
                "",
                "",
                "Drs. ADI PRIHANTARA",
                "Pembina Utama Madya",
                "NIP. 19651009 199310 1 002",
            ),
            {
                "jabatan": "SEKRETARIS DAERAH",
                "nama": "Drs. ADI PRIHANTARA",
                "pangkat": "Pembina Utama Madya",
                "nip": "NIP. 19651009 199310 1 002",
            },
        ),
        (
            ("Kapolres Contoh", "", "", "BAMBANG TRIATMOKO", "Ajun Komisaris Besar Polisi", "NRP 78050913"),
            {
                "jabatan": "Kapolres Contoh",
                "nama": "BAMBANG TRIATMOKO",
                "pangkat": "Ajun Komisaris Besar Polisi",
                "nip": "NRP 78050913",
            },
        ),
        (
            ("Kepala Biro Umum", "", "", "Baedhowi Oktafidia", "Laksamana Pertama Bakamla"),
            {"jabatan": "Kepala Biro Umum", "nama": "Baedhowi Oktafidia", "pangkat": "Laksamana Pertama Bakamla"},
        ),
        (
            (
                "Kepala Dinas,",
                "Ditandatangani secara",
                "elektronik oleh:",
                "",
                "Nama : Dra. SITI AMINAH",
                "Pangkat/Gol. : Pembina Tk. I",
                "NIP 196501011990032001",
            ),
            {
                "jabatan": "Kepala Dinas,",
                "nama": "Dra. SITI AMINAH",
                "pangkat": "Pembina Tk. I",
                "nip": "NIP 196501011990032001",
            },
        ),
        (
            ("Camat Contoh", "", "ttd", "", "SITI AMINAH, S.E.", "NIP 196501011990032001"),
            {"jabatan": "Camat Contoh", "nama": "SITI AMINAH, S.E.", "nip": "NIP 196501011990032001"},
        ),
        (
            ("Kapolsek Contoh", "", "", "AGUS PRIYATNA, S.H.", "AKP", "NRP 84061203"),
            {"jabatan": "Kapolsek Contoh", "nama": "AGUS PRIYATNA, S.H.", "pangkat": "AKP", "nip": "NRP 84061203"},
        ),
        (
            ("Camat Contoh", "", "", "SITI AMINAH, S.E.", "Pembina", "NIP. 19650909 199310 1", "002"),
            {
                "jabatan": "Camat Contoh",
                "nama": "SITI AMINAH, S.E.",
                "pangkat": "Pembina",
                "nip": "NIP. 19650909 199310 1 002",
            },
        ),
        (
            ("Camat Contoh", "", "", "SITI AMINAH, S.E.", "NIP.", "19650909 199310 1 002", "2018"),
            {
                "jabatan": "Camat Contoh",
                "nama": "SITI AMINAH, S.E.",
                "pangkat": "2018",
                "nip": "NIP. 19650909 199310 1 002",
            },
        ),
        (
            ("Kapolsek Contoh", "", "", "AGUS PRIYATNA, S.H.", "AKP NRP 84061203"),
            {"jabatan": "Kapolsek Contoh", "nama": "AGUS PRIYATNA, S.H.", "pangkat": "AKP", "nip": "NRP 84061203"},
        ),
        (("Kepala Bagian Hukum Sekretariat Daerah",), {"jabatan": "Kepala Bagian Hukum Sekretariat Daerah"}),
        (
            ("a.n. BUPATI CONTOH", "SEKRETARIS DAERAH", "", "", "SITI AMINAH", "NIP 196501011990032001"),
            {
                "jabatan": "a.n. BUPATI CONTOH SEKRETARIS DAERAH",
                "nama": "SITI AMINAH",
                "nip": "NIP 196501011990032001",
            },
        ),
        ((), {}),
    ],
)
def test_office_name_rank_and_number(lines: tuple[str, ...], expected: dict[str, str], headings: Headings) -> None:
    found = read_signature(block(*lines), headings, ExtractSettings())
    assert {name: " ".join(line.text for line in cell.lines) for name, cell in found.items()} == expected


def test_the_name_above_the_office_and_the_day_below(headings: Headings) -> None:
    lines = ("", "Muhammad", "Faisal, S.Sos,M.Si", "Kepala Diskominfo", "Provinsi Kaltim", "13 Februari 2022")
    found = read_signature(block(*lines), headings, ExtractSettings())
    assert {name: " ".join(line.text for line in cell.lines) for name, cell in found.items()} == {
        "jabatan": "Kepala Diskominfo Provinsi Kaltim",
        "nama": "Muhammad Faisal, S.Sos,M.Si",
    }

"""The boxes of the cover as items: at their marks, or where the author broke the line."""

from __future__ import annotations

import pytest

from pipeline.extract.list_items import split_items
from pipeline.model.geometry import Box
from pipeline.model.page import CellText, Line, Word
from pipeline.settings import ExtractSettings

WIDTH, SIZE = 6.0, 10.0


def cell(*lines: str, room: float = 300.0) -> CellText:
    """A cell of monospaced lines; leading spaces indent a line."""
    printed = []
    for row, text in enumerate(lines):
        x, words = 0.0, []
        for piece in text.split(" "):
            if piece:
                box = Box(x, 12.0 * row, x + WIDTH * len(piece), 12.0 * row + SIZE)
                words.append(Word(piece, box, SIZE))
            x += WIDTH * (len(piece) + 1)
        printed.append(Line(tuple(words)))
    return CellText(1, Box(0.0, 0.0, room, 12.0 * len(lines)), tuple(printed))


def items(*lines: str) -> list[str]:
    return [" ".join(line.text for line in item.lines) for item in split_items(cell(*lines), ExtractSettings())]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("1. Komputer", "2. Printer"), ["Komputer", "Printer"]),
        (("1) Komputer", "2) Printer"), ["Komputer", "Printer"]),
        (("(1) Komputer", "(2) Printer"), ["Komputer", "Printer"]),
        (("a. Komputer", "b. Printer"), ["Komputer", "Printer"]),
        (("- Komputer", "- Printer"), ["Komputer", "Printer"]),
        (("• Komputer", "• Printer"), ["Komputer", "Printer"]),
        (("1.Komputer", "2.Printer"), ["Komputer", "Printer"]),
        (
            ("1. Undang-Undang Nomor 25", "   Tahun 2009;", "2. Peraturan"),
            ["Undang-Undang Nomor 25 Tahun 2009;", "Peraturan"],
        ),
        (("1. Komputer", "3. Printer"), ["Komputer", "Printer"]),
        (("1. Alat:", "   a. Komputer", "   b. Printer", "2. Bahan"), ["Alat: a. Komputer b. Printer", "Bahan"]),
        (("-",), []),
        ((), []),
    ],
)
def test_marks_begin_items(lines: tuple[str, ...], expected: list[str]) -> None:
    assert items(*lines) == expected


def test_a_number_within_a_sentence_begins_none() -> None:
    lines = ("1. Peraturan Menteri Nomor 35 Tahun", "   2012 tentang Pedoman", "2. Peraturan Bupati")
    assert items(*lines) == ["Peraturan Menteri Nomor 35 Tahun 2012 tentang Pedoman", "Peraturan Bupati"]


def test_one_unnumbered_paragraph_is_one_item() -> None:
    lines = (
        "Jika SOP ini tidak dilaksanakan dengan baik maka",
        "pelayanan kepada masyarakat akan terlambat dan",
        "terganggu.",
    )
    assert items(*lines) == [" ".join(lines)]


def test_lines_that_the_author_broke_are_items() -> None:
    assert items("SOP Surat Masuk", "SOP Surat Keluar") == ["SOP Surat Masuk", "SOP Surat Keluar"]


def test_no_word_is_lost_but_the_marks() -> None:
    words = " ".join(items("Terdiri atas:", "1. Komputer", "2. Printer", "serta lainnya")).split()
    assert sorted(words) == sorted(["Terdiri", "atas:", "Komputer", "Printer", "serta", "lainnya"])


def scanned(*lines: tuple[float, tuple[str, ...]]) -> CellText:
    """Recognised lines: the x where each begins, and its words; the second word stands at x = 30."""
    found = []
    for row, (left, words) in enumerate(lines):
        x, placed = left, []
        for text in words:
            placed.append(Word(text, Box(x, 12.0 * row, x + 5.0 * len(text), 12.0 * row + 9), 9.0, 0.9))
            x = max(x + 5.0 * len(text) + 3, 30.0)
        found.append(Line(tuple(placed)))
    return CellText(1, Box(0.0, 0.0, 300.0, 200.0), tuple(found))


def test_a_misread_mark_at_the_margin_begins_an_item() -> None:
    box = scanned(
        (10.0, ("l.", "Undang-Undang", "Nomor", "12")),
        (30.0, ("tentang", "Pembentukan")),
        (10.0, ("2.", "Peraturan", "Presiden")),
        (10.0, ("S.", "Peraturan", "Menteri")),
        (10.0, ("4.", "Peraturan", "Daerah")),
    )
    assert [item.text.replace("\n", " ") for item in split_items(box, ExtractSettings())] == [
        "Undang-Undang Nomor 12 tentang Pembentukan",
        "Peraturan Presiden",
        "Peraturan Menteri",
        "Peraturan Daerah",
    ]

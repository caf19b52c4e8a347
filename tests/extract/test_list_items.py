"""The boxes of the cover as items: at their marks, or where the author broke the line."""

from __future__ import annotations

import pytest

from pipeline.extract.list_items import is_split_unsure, split_items
from pipeline.extract.list_marks import mark_of
from pipeline.layout.text_lines import lines_of
from pipeline.model.geometry import Box
from pipeline.model.page import CellText, Line, Word
from pipeline.normalize.lexicon import load_headings
from pipeline.settings import ExtractSettings

HEADINGS = load_headings()
SETTINGS = ExtractSettings()
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
    return [
        " ".join(line.text for line in item.lines) for item in split_items(cell(*lines), HEADINGS, ExtractSettings())
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("1. Komputer", "2. Printer"), ["Komputer", "Printer"]),
        (("1) Komputer", "2) Printer"), ["Komputer", "Printer"]),
        (("(1) Komputer", "(2) Printer"), ["Komputer", "Printer"]),
        (("a. Komputer", "b. Printer"), ["Komputer", "Printer"]),
        (("- Komputer", "- Printer"), ["Komputer", "Printer"]),
        (("• Komputer", "• Printer"), ["Komputer", "Printer"]),
        (("· Komputer", "· Printer"), ["Komputer", "Printer"]),
        (("1.Komputer", "2.Printer"), ["Komputer", "Printer"]),
        (
            ("1. Undang-Undang Nomor 25", "   Tahun 2009;", "2. Peraturan"),
            ["Undang-Undang Nomor 25 Tahun 2009;", "Peraturan"],
        ),
        (("1. Komputer", "3. Printer"), ["Komputer", "Printer"]),
        (("1. Alat:", "   a. Komputer", "   b. Printer", "2. Bahan"), ["Alat: a. Komputer b. Printer", "Bahan"]),
        (
            ("I. Komputer", "II. Printer", "III. Meja", "IV. Kursi", "V. Lemari"),
            ["Komputer", "Printer", "Meja", "Kursi", "Lemari"],
        ),
        (("i) Komputer", "ii) Printer"), ["Komputer", "Printer"]),
        (("g. Komputer", "h. Printer", "i. Meja"), ["Komputer", "Printer", "Meja"]),
        (("1. Alat:", "   i. Komputer", "   ii. Printer", "2. Bahan"), ["Alat: i. Komputer ii. Printer", "Bahan"]),
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


def test_a_bullet_that_was_read_as_something_round_begins_an_item() -> None:
    box = scanned(
        (10.0, ("@", "Meja", "layanan")),
        (30.0, ("dan", "kursi")),
        (10.0, ("e", "Formulir")),
        (10.0, ("#", "alat", "tulis")),
    )
    assert [item.text.replace("\n", " ") for item in split_items(box, HEADINGS, ExtractSettings())] == [
        "Meja layanan dan kursi",
        "Formulir",
        "alat tulis",
    ]
    typed = cell("@ Meja layanan", "e Formulir")
    assert [mark_of(line) for line in typed.lines] == [None, None]


def test_a_misread_mark_at_the_margin_begins_an_item() -> None:
    box = scanned(
        (10.0, ("l.", "Undang-Undang", "Nomor", "12")),
        (30.0, ("tentang", "Pembentukan")),
        (10.0, ("2.", "Peraturan", "Presiden")),
        (10.0, ("S.", "Peraturan", "Menteri")),
        (10.0, ("4.", "Peraturan", "Daerah")),
    )
    assert [item.text.replace("\n", " ") for item in split_items(box, HEADINGS, ExtractSettings())] == [
        "Undang-Undang Nomor 12 tentang Pembentukan",
        "Peraturan Presiden",
        "Peraturan Menteri",
        "Peraturan Daerah",
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # uncapitalised items of a line each
        (
            ("memiliki keahlian komputer", "memiliki kemampuan manajemen"),
            ["memiliki keahlian komputer", "memiliki kemampuan manajemen"],
        ),
        (("seragam", "alat bekerja"), ["seragam", "alat bekerja"]),
        (("seragam", "dan alat bekerja"), ["seragam dan alat bekerja"]),
        # one sentence, broken early by its author
        (("Komputer yang memiliki", "sambungan internet"), ["Komputer yang memiliki sambungan internet"]),
        (("Undang-Undang Nomor", "25 Tahun 2009"), ["Undang-Undang Nomor 25 Tahun 2009"]),
        (("Peraturan tentang Kepegawaian dan", "Keuangan"), ["Peraturan tentang Kepegawaian dan Keuangan"]),
        # a filled line that ends with a semicolon
        (
            (
                "Undang-Undang Nomor 25 Tahun 2009 Pelayanan Publik;",
                "Peraturan Pemerintah Nomor 96 Tahun 2012 tentang",
                "Pelaksanaan;",
            ),
            [
                "Undang-Undang Nomor 25 Tahun 2009 Pelayanan Publik;",
                "Peraturan Pemerintah Nomor 96 Tahun 2012 tentang Pelaksanaan;",
            ],
        ),
        # a filled line that ends with a full stop before another citation
        (
            (
                "Undang-Undang Nomor 25 Tahun 2009.",
                "Undang-Undang Pemerintahan Daerah Nomor 23 Tahun 2014.",
                "Peraturan Pemerintah Nomor 96 Tahun 2012.",
            ),
            [
                "Undang-Undang Nomor 25 Tahun 2009.",
                "Undang-Undang Pemerintahan Daerah Nomor 23 Tahun 2014.",
                "Peraturan Pemerintah Nomor 96 Tahun 2012.",
            ],
        ),
        # a filled line that ends a sentence of a paragraph
        (
            ("Apabila tidak dilaksanakan maka pelayanan terhenti.", "Petugas wajib memberi laporan kepada atasan"),
            ["Apabila tidak dilaksanakan maka pelayanan terhenti. Petugas wajib memberi laporan kepada atasan"],
        ),
    ],
)
def test_lists_without_marks(lines: tuple[str, ...], expected: list[str]) -> None:
    assert items(*lines) == expected


def test_a_list_that_could_be_split_in_two_ways_is_told() -> None:
    unsure = cell("Memiliki keahlian komputer", "memiliki kemampuan manajemen")
    assert is_split_unsure(unsure, HEADINGS, ExtractSettings())
    for lines in (("1. Komputer", "printer"), ("seragam", "alat bekerja"), ("Surat masuk dan", "surat keluar")):
        assert not is_split_unsure(cell(*lines), HEADINGS, ExtractSettings())


Put = tuple[float, float, str]


def placed(*texts: Put, room: float = 300.0) -> CellText:
    """A cell of texts at (x, y)."""
    words = []
    for x, y, text in texts:
        left = x
        for piece in text.split():
            words.append(Word(piece, Box(left, y, left + WIDTH * len(piece), y + SIZE), SIZE))
            left += WIDTH * (len(piece) + 1)
    return CellText(1, Box(0.0, 0.0, room, 200.0), lines_of(words))


LAWS = (
    "Undang-Undang Nomor 25 Tahun 2009 tentang",
    "Pelayanan Publik",
    "Peraturan Menteri Nomor 35 Tahun 2012",
    "Peraturan Daerah Nomor 7 Tahun 2014 yang",
    "mengatur organisasi dan tata kerja dari",
    "Sekretariat Daerah",
)
ITEMS = [f"{LAWS[0]} {LAWS[1]}", LAWS[2], " ".join(LAWS[3:])]


@pytest.mark.parametrize(
    "numbers", [(0.0, 24.0, 36.0), (6.0, 24.0, 48.0), (12.0, 24.0, 60.0)], ids=["first", "middle", "last"]
)
def test_numbers_in_a_column_of_their_own_beside_items_of_several_lines(numbers: tuple[float, ...]) -> None:
    marks = [(0.0, y, f"{n}.") for n, y in enumerate(numbers, 1)]
    box = placed(*marks, *((20.0, 12.0 * n, line) for n, line in enumerate(LAWS)))
    found = split_items(box, HEADINGS, ExtractSettings())
    assert [item.text.replace("\n", " ") for item in found] == ITEMS


def test_two_lists_side_by_side_in_one_box() -> None:
    left = [(0.0, 12.0 * n, text) for n, text in enumerate(("1. Komputer", "2. Printer", "3. Lemari arsip"))]
    right = [(150.0, 12.0 * n, text) for n, text in enumerate(("4. Kertas", "5. Alat tulis", "kantor"))]
    found = split_items(placed(*left, *right), HEADINGS, ExtractSettings())
    assert [item.text.replace("\n", " ") for item in found] == [
        "Komputer",
        "Printer",
        "Lemari arsip",
        "Kertas",
        "Alat tulis kantor",
    ]


def test_two_lists_side_by_side_may_count_row_by_row() -> None:
    left = [(0.0, 12.0 * n, text) for n, text in enumerate(("1. Komputer", "3. Lemari arsip"))]
    right = [(150.0, 12.0 * n, text) for n, text in enumerate(("2. Printer", "4. Kertas"))]
    found = split_items(placed(*left, *right), HEADINGS, ExtractSettings())
    assert [item.text for item in found] == ["Komputer", "Printer", "Lemari arsip", "Kertas"]


def test_bullets_side_by_side() -> None:
    texts = [(0.0, 0.0, "- Komputer"), (0.0, 12.0, "- Printer"), (150.0, 0.0, "- Kertas"), (150.0, 12.0, "- Map")]
    found = split_items(placed(*texts), HEADINGS, ExtractSettings())
    assert [item.text for item in found] == ["Komputer", "Printer", "Kertas", "Map"]


@pytest.mark.parametrize("number", ["3", "- 3 -", "Halaman 3 dari 5"])
def test_the_number_of_the_page_below_a_list_is_no_item(number: str) -> None:
    found = split_items(placed((0, 0, "1. Komputer"), (0, 12, "2. Printer"), (140, 60, number)), HEADINGS, SETTINGS)
    assert [item.text for item in found] == ["Komputer", "Printer"]

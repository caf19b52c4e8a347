from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.geometry import Box
from pipeline.model.page import CellText, Line, Word
from pipeline.normalize.cells import clean_cell
from pipeline.normalize.language import Language
from pipeline.normalize.lexicon import load_lexicon
from pipeline.normalize.rules.word_breaks import goes_on, may_go_on
from pipeline.settings import LanguageSettings

from ..conftest import LETTER, SIZE, Cells, LanguageWith, speaking

LEXICON = load_lexicon()


def wrapped(text: str, letters: int) -> list[str]:
    """The lines a typesetter makes of `text`: a word wider than the column starts a line and is broken."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += " " + word
            continue
        pieces = [word[i : i + letters] for i in range(0, len(word), letters)]
        lines += pieces
    return lines


@pytest.mark.parametrize(
    ("lines", "letters", "text"),
    [
        (("Keputus", "an tim", "Monitor", "ing"), 7, "Keputusan tim Monitoring"),
        (("KABAG", "ORGANIS", "ASI"), 7, "KABAG ORGANISASI"),
        (("BUPAT", "I KAB.", "BINTA", "N"), 5, "BUPATI KAB. BINTAN"),
        (("Persy/Kik", "on"), 9, "Persy/Kikon"),
        (("Srt.", "diregristr", "asi"), 10, "Srt. diregristrasi"),  # the author's misspelling is kept
        (("TATAL", "AKSA", "NA"), 5, "TATAL AKSANA"),
        (("Tabel", "yang telah"), 10, "Tabel yang telah"),
        (("Surat ke", "OPD"), 8, "Surat ke OPD"),
    ],
)
def test_joins_what_the_column_broke(
    cell: Cells, language_with: LanguageWith, lines: tuple[str, ...], letters: int, text: str
) -> None:
    value = clean_cell(cell(*lines, letters=letters), language_with("Bintan"), LETTER)
    assert value.clean.replace("TATAL AKSANA", "TATALAKSANA") == text.replace("TATAL AKSANA", "TATALAKSANA")


def test_a_line_with_room_left_breaks_no_word(cell: Cells, language: Language) -> None:
    """ "Monitori" and "ng" below it are two strings where more letters would have fitted."""
    assert clean_cell(cell("Monitori", "ng", letters=14), language, LETTER).clean == "Monitori ng"


def test_two_words_are_not_made_a_third(cell: Cells, language: Language) -> None:
    assert clean_cell(cell("ke", "tua", letters=2), language, LETTER).clean == "ke tua"
    assert clean_cell(cell("kerja", "sama", letters=5), language, LETTER).clean == "kerja sama"
    assert clean_cell(cell("Tanda", "tangan", letters=6), language, LETTER).clean == "Tanda tangan"


def test_the_documents_own_word_decides(cell: Cells, language_with: LanguageWith) -> None:
    value = clean_cell(cell("kerja", "sama", letters=5), language_with("kerjasama"), LETTER)
    assert value.clean == "kerjasama"
    assert [(c.rule, c.before, c.after) for c in value.changes] == [("broken-word", "kerja sama", "kerjasama")]


def test_a_tempting_pair_left_apart_is_doubted(cell: Cells, language: Language) -> None:
    assert clean_cell(cell("maha", "siswa", letters=4), language, LETTER).confidence == language.settings.tempted


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Monitori", "ng", True),
        ("KABA", "G", True),
        ("Kepala", "Dinas", False),
        ("Kab.", "Bintan", False),
        ("7", "hari", False),
    ],
)
def test_case_and_letters_tell_what_can_go_on(before: str, after: str, expected: bool) -> None:
    assert may_go_on(before, after) is expected


WORDS = st.sampled_from(
    [
        "keputusan",
        "pelayanan",
        "pembinaan",
        "monitoring",
        "evaluasi",
        "penyusunan",
        "laporan",
        "pelaksana",
        "pemerintah",
        "penilaian",
        "surat",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=6), st.integers(9, 16))
def test_wrapping_and_joining_gives_the_words_back(words: list[str], letters: int) -> None:
    text = " ".join(words)
    lines = wrapped(text, letters)
    cell = CellText(1, Box(0, 0, (letters + 2) * LETTER, SIZE * len(lines)), tuple(map(_set, lines, range(len(lines)))))
    assert clean_cell(cell, speaking(LEXICON), LETTER).clean == text


def _set(text: str, row: int) -> Line:
    words, x = [], LETTER
    for part in text.split(" "):
        words.append(Word(part, Box(x, row * SIZE, x + len(part) * LETTER, row * SIZE + SIZE), SIZE))
        x += (len(part) + 1) * LETTER
    return Line(tuple(words))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("peraturan perundang-", "undangan"), "peraturan perundang-undangan"),
        (("masing", "-masing OPD"), "masing-masing OPD"),
        (("Tim Per-", "timbangan"), "Tim Pertimbangan"),
        (("melaksanakan kegia-", "tan"), "melaksanakan kegiatan"),
        (("Tulang Bawang Barat", "."), "Tulang Bawang Barat."),
        (("7-", "14 Hari"), "7-14 Hari"),
        (("SOP -", "Surat"), "SOP - Surat"),
    ],
)
def test_hyphens_and_closing_marks_at_a_lines_end(
    cell: Cells, language: Language, lines: tuple[str, ...], text: str
) -> None:
    assert clean_cell(cell(*lines), language).clean == text


def test_only_a_hyphen_that_parts_a_word_is_taken_out_and_noted(cell: Cells, language: Language) -> None:
    assert clean_cell(cell("kegia-", "tan"), language).changes[0].rule == "parted-word"
    assert clean_cell(cell("perundang-", "undangan"), language).changes == ()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("perundang", "-undangan", True), ("masing", "-masing", True), ("Surat", "-Disposisi", False)],
)
def test_a_word_goes_on_where_it_repeats_its_root(before: str, after: str, expected: bool) -> None:
    assert goes_on(before, after, LanguageSettings()) is expected

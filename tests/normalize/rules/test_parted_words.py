from __future__ import annotations

import pytest

from pipeline.normalize.cells import clean_cell
from pipeline.normalize.rules.parted_words import goes_on


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("peraturan perundang-", "undangan"), "peraturan perundang-undangan"),
        (("masing", "-masing OPD"), "masing-masing OPD"),
        (("melaksanakan kegia-", "tan"), "melaksanakan kegiatan"),
        (("Tulang Bawang Barat", "."), "Tulang Bawang Barat."),
        (("7-", "14 Hari"), "7-14 Hari"),
        (("SOP -", "Surat"), "SOP - Surat"),
    ],
)
def test_hyphens_and_closing_marks_at_a_lines_end(cell, language, lines, text) -> None:
    assert clean_cell(cell(*lines), language).clean == text


def test_only_a_hyphen_that_parts_a_word_is_taken_out_and_noted(cell, language) -> None:
    assert clean_cell(cell("kegia-", "tan"), language).changes[0].rule == "parted-word"
    assert clean_cell(cell("perundang-", "undangan"), language).changes == ()


def test_a_word_goes_on_where_it_repeats_its_root() -> None:
    assert goes_on("perundang", "-undangan") and goes_on("masing", "-masing")
    assert not goes_on("Surat", "-Disposisi")

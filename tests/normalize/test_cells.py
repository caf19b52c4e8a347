from __future__ import annotations

from dataclasses import replace

from pipeline.model.page import CellText
from pipeline.normalize.cells import clean_cell
from pipeline.normalize.language import Language

from .conftest import Cells


def clean(cell: CellText, language: Language) -> str:
    return clean_cell(cell, language).clean


def test_lines_of_one_sentence_are_joined_by_a_space(cell: Cells, language: Language) -> None:
    assert clean(cell("Menerima surat", "masuk dari OPD"), language) == "Menerima surat masuk dari OPD"


def test_list_items_stand_on_lines_of_their_own(cell: Cells, language: Language) -> None:
    made = cell("antara lain:", "1. Jadwal", "Kerja", "2. Tabel")
    assert clean(made, language) == "antara lain:\n1. Jadwal Kerja\n2. Tabel"
    assert clean(cell("- Disposisi", "Bupati", "- Surat"), language) == "- Disposisi Bupati\n- Surat"
    assert clean(cell("a) Surat", "b) Nota"), language) == "a) Surat\nb) Nota"


def test_a_number_that_does_not_count_on_is_no_mark(cell: Cells, language: Language) -> None:
    assert clean(cell("Peraturan Nomor", "12. tentang"), language) == "Peraturan Nomor 12. tentang"
    assert clean(cell("masing", "-masing"), language) == "masing-masing"


def test_an_empty_cell_is_empty_and_a_dash_stays(cell: Cells, language: Language) -> None:
    assert clean(cell(), language) == ""
    assert clean(cell("-"), language) == "-"


def test_a_text_layer_has_no_confidence_and_a_scan_has(cell: Cells, language: Language) -> None:
    assert clean_cell(cell("Surat tugas"), language).confidence is None
    sure, unsure = (clean_cell(cell("Surat tugas", confidence=c), language).confidence for c in (0.96, 0.5))
    assert sure is not None
    assert unsure is not None
    assert sure > 0.99 > 0.5 > unsure


def test_other_readings_stand_in_the_changes(cell: Cells, language: Language) -> None:
    made = cell("02.061/org/58")
    word = replace(made.lines[0].words[0], readings=("02.061/079/59",))
    value = clean_cell(replace(made, lines=(replace(made.lines[0], words=(word,)),)), language)
    assert [(c.rule, c.before, c.after) for c in value.changes] == [("other-reading", "02.061/079/59", "02.061/org/58")]

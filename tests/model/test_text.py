from __future__ import annotations

from pipeline.model.text import fold, letter_runs, one_line, squash


def test_squashed_texts_are_letters_and_digits_alone() -> None:
    assert squash("Pencatatandan_Pendataan (No. 2):") == squash("PENCATATAN dan\npendataan no 2")


def test_forms_are_folded() -> None:
    assert fold("Ka. Sub-Bag  TU") == "ka sub bag tu"


def test_one_line_has_single_spaces() -> None:
    assert one_line(" Surat \n Tugas ") == "Surat Tugas"


def test_runs_of_letters_end_at_digits_and_marks() -> None:
    assert letter_runs("Persy/Kikon 2x (SKP)") == ["persy", "kikon", "x", "skp"]

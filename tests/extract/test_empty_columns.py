"""Columns of a scan that were lost in every row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from drawn import drawn
from sop_regions import find_sops

from pipeline.extract.empty_columns import with_empty_columns_read
from pipeline.extract.matrix_draft import read_matrix
from pipeline.layout.text_lines import flat
from pipeline.model.draft import MatrixDraft
from pipeline.model.geometry import Box
from pipeline.model.page import PageKind, Word
from pipeline.normalize.lexicon import load_headings
from pipeline.settings import ExtractSettings, LayoutSettings

XS = (20.0, 50.0, 200.0, 280.0, 360.0, 440.0, 500.0, 580.0)
HEADS = ("No", "Kegiatan", "Staf", "Kabag", "Kelengkapan", "Waktu", "Output")
KELENGKAPAN = 4


def matrix_of(kind: PageKind = "scan", filled: int | None = None) -> MatrixDraft:
    """A matrix of four steps without Kelengkapan, but in the row `filled`."""
    cells = {(0, column): head for column, head in enumerate(HEADS)}
    for row in (1, 2, 3, 4):
        cells |= {(row, 0): str(row), (row, 1): "Menerima surat", (row, 5): "1 jam", (row, 6): "Surat"}
        cells |= {(row, KELENGKAPAN): "Agenda"} if row == filled else {}
    page = drawn(XS, [20.0 + 40 * i for i in range(6)], cells)
    (region,) = find_sops([page], load_headings(), LayoutSettings())
    draft = read_matrix(region.parts)
    return replace(draft, parts=tuple(replace(part, page=replace(part.page, kind=kind)) for part in draft.parts))


def read(draft: MatrixDraft, *answers: str | None) -> tuple[list[str], list[str], int]:
    """Its Kelengkapan after reading again with such answers, the issues' paths, and how often it was asked."""
    asked = []

    def again(number: int, boxes: Sequence[Box]) -> list[tuple[Word, ...] | None]:
        asked.append(number)
        return [
            None if text is None else tuple(Word(part, box, 10.0, confidence=0.8) for part in text.split())
            for text, box in zip(answers, boxes, strict=True)
        ]

    made = with_empty_columns_read(draft, again, ExtractSettings())
    issues = [issue.path for issue in made.issues if issue.code == "column-unread"]
    return [flat(row.cells[KELENGKAPAN]) for row in made.rows], issues, len(asked)


def test_a_column_with_ink_is_read_again_and_told_where_it_stays_empty() -> None:
    texts, issues, asked = read(matrix_of(), "Surat", None, "", "Agenda")
    assert (texts, asked) == (["Surat", "", "", "Agenda"], 1)
    assert issues == ["/kegiatan/2/mutu_baku/kelengkapan"]


def test_a_column_with_little_ink_is_empty() -> None:
    assert read(matrix_of(), None, "x", None, None) == ([""] * 4, [], 1)


@pytest.mark.parametrize("draft", [matrix_of("text"), matrix_of(filled=2)])
def test_no_other_column_is_read_again(draft: MatrixDraft) -> None:
    before = [flat(row.cells[KELENGKAPAN]) for row in draft.rows]
    assert read(draft, "a", "b", "c", "d") == (before, [], 0)

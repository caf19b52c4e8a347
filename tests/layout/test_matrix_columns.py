"""Columns of an unruled matrix: heads that stand too near to each other are told apart by what a parser sees."""

from __future__ import annotations

import pytest

from pipeline.layout.unruled.matrix_columns import with_split_columns
from pipeline.layout.unruled.word_head import find_word_head
from pipeline.model.geometry import Box
from pipeline.model.grid import TextTable
from pipeline.model.orientation import Orientation
from pipeline.model.page import Page, Word
from pipeline.normalize.lexicon import load_headings
from pipeline.settings import Settings

HEADINGS, LAYOUT = load_headings(), Settings().layout
HEADS = (("No", 20, 34), ("Kegiatan", 60, 110), ("Petugas", 180, 218), ("Sekretaris", 221, 270), ("Waktu", 300, 330))
ROW = (("1", 24, 28), ("Menerima", 50, 100), ("5", 300, 305), ("menit", 308, 330))


def page_of(orientation: Orientation = Orientation.UPRIGHT) -> Page:
    """A head and two rows; the heads of two Pelaksana columns are less than a word's room apart."""
    words = [Word(text, Box(x0, 20, x1, 30), 10.0, orientation=orientation) for text, x0, x1 in HEADS[2:4]]
    words += [Word(text, Box(x0, 20, x1, 30), 10.0) for text, x0, x1 in (*HEADS[:2], HEADS[4])]
    words += [Word(text, Box(x0, y, x1, y + 10), 10.0) for y in (50, 80) for text, x0, x1 in ROW]
    return Page(1, 400.0, 300.0, "text", tuple(words), ())


def columns_of(page: Page, *edges: float) -> list[tuple[str | None, float, float]]:
    head = find_word_head(page, HEADINGS, LAYOUT)
    assert head is not None
    tables = [TextTable("network", (20.0, *edges, 330.0), (20.0, 100.0))]
    split = with_split_columns(page, head, 100.0, tables, HEADINGS, LAYOUT)
    return [(column.kind, *column.box.x_range()) for column in split.columns]


def test_a_head_is_two_where_a_parser_sees_an_edge_within_it() -> None:
    assert columns_of(page_of(), 219.5)[2:4] == [(None, 180, 218), (None, 221, 270)]


@pytest.mark.parametrize("edge", [145.0, 200.0, 285.0])
def test_an_edge_between_heads_or_through_a_word_splits_none(edge: float) -> None:
    assert len(columns_of(page_of(), edge)) == 4


def test_lines_of_a_head_that_is_not_upright_are_no_columns() -> None:
    assert len(columns_of(page_of(Orientation.BOTTOM_TO_TOP), 219.5)) == 4

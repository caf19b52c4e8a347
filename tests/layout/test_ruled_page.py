"""A page's tables are found once."""

from __future__ import annotations

import pytest

from pipeline.layout import ruled_page
from pipeline.layout.ruled_page import RuledPage
from pipeline.layout.ruled_tables import Table, grid_of
from pipeline.model.geometry import Box
from pipeline.model.grid import Grid
from pipeline.model.page import Page, Ruling, Word
from pipeline.normalize.lexicon import load_headings
from pipeline.settings import LayoutSettings

SETTINGS = LayoutSettings()


def framed(box: Box, xs: tuple[float, ...] = (), ys: tuple[float, ...] = ()) -> tuple[Ruling, ...]:
    across = [Ruling("h", y, box.x0, box.x1) for y in (box.top, *ys, box.bottom)]
    return (*across, *(Ruling("v", x, box.top, box.bottom) for x in (box.x0, *xs, box.x1)))


WIDE, NARROW = framed(Box(50, 100, 500, 200), xs=(200,)), framed(Box(50, 300, 90, 800), ys=(500,))


def page(*rulings: Ruling) -> Page:
    words = (Word("satu", Box(60, 120, 90, 130), 10.0), Word("dua", Box(300, 120, 330, 130), 10.0))
    return Page(1, 595.0, 842.0, "text", words, rulings)


def test_tables_are_as_wide_as_text_and_the_largest_may_be_narrow() -> None:
    ruled = RuledPage(page(*NARROW, *framed(Box(50, 100, 500, 110), xs=(200,))), load_headings(), SETTINGS)
    assert [table.table.box.rounded(0) for table in ruled.tables] == [Box(50, 100, 500, 110)]
    assert ruled.largest is not None
    assert ruled.largest.table.box.rounded(0) == Box(50, 300, 90, 800)


def test_the_largest_table_shares_its_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Table] = []

    def counted(table: Table, size: float, settings: LayoutSettings) -> Grid:
        made.append(table)
        return grid_of(table, size, settings)

    monkeypatch.setattr(ruled_page, "grid_of", counted)
    ruled = RuledPage(page(*WIDE, *NARROW), load_headings(), SETTINGS)
    assert ruled.largest is not None
    assert [text.text for text in ruled.largest.texts.values()] == ["satu", "dua"]
    assert ruled.tables[0].texts is ruled.largest.texts
    assert len(made) == 1


def test_a_page_without_rulings_has_no_table() -> None:
    ruled = RuledPage(page(), load_headings(), SETTINGS)
    assert ruled.tables == ()
    assert ruled.largest is None


def test_slots_that_no_line_parts_are_one_cell() -> None:
    """Of a table of three rows and three columns, cells over two columns and over two rows, left to right."""
    lines = (Ruling("h", 10, 0, 30), Ruling("h", 20, 0, 20), Ruling("v", 10, 10, 30), Ruling("v", 20, 0, 30))
    grid = grid_of(Table(1, Box(0, 0, 30, 30), (*framed(Box(0, 0, 30, 30)), *lines)), 4.0, SETTINGS)
    assert [cell.box for cell in grid.cells] == [
        Box(0, 0, 20, 10),
        Box(20, 0, 30, 10),
        Box(0, 10, 10, 20),
        Box(10, 10, 20, 20),
        Box(20, 10, 30, 30),
        Box(0, 20, 10, 30),
        Box(10, 20, 20, 30),
    ]
    assert [(cell.row, cell.row_end, cell.col, cell.col_end) for cell in grid.cells[:5:4]] == [
        (0, 1, 0, 2),
        (1, 3, 2, 3),
    ]


def test_a_line_parts_the_slots_that_it_runs_along() -> None:
    """At 40 points a row; what is drawn in parts counts with all of them."""
    half = (Ruling("v", 20, 0, 20), Ruling("v", 20.3, 55, 95))
    grid = grid_of(Table(1, Box(0, 0, 40, 120), (*framed(Box(0, 0, 40, 120), ys=(40, 80)), *half)), 10.0, SETTINGS)
    assert [cell.box for cell in grid.cells if cell.col_end - cell.col == 2] == [Box(0, 0, 40, 40), Box(0, 80, 40, 120)]

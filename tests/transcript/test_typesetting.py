"""Words of a transcript on a made-up page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.settings import TranscriptSettings
from pipeline.transcript.dictionary import line_of, text_of
from pipeline.transcript.typesetting import UnplacedCell, UnplacedTable, place_page, text_width, wrapped

SETTINGS = TranscriptSettings()
TABLE = UnplacedTable(
    (50.0, 60.0),
    (
        UnplacedCell(0, 1, 0, 2, (line_of("PELAKSANA"),)),
        UnplacedCell(1, 2, 0, 1, (line_of("satu dua"), line_of("tiga"))),
        UnplacedCell(1, 2, 1, 2),
    ),
)


def test_words_lie_in_their_cells_and_below_the_title() -> None:
    placed = place_page(3, [(line_of("SOP Arsip"),)], TABLE, [(line_of("Kepala"),)], (), SETTINGS)
    page, grid = placed.page, placed.grid
    assert grid is not None
    assert (page.number, page.kind) == (3, "transcript")
    assert [line.text for (line,) in (*placed.above, *placed.below)] == ["SOP Arsip", "Kepala"]
    assert placed.above[0][0].box.bottom <= grid.box.top
    assert placed.below[0][0].box.top >= grid.box.bottom
    assert {cell.row: text.text for cell, text in placed.texts.items()} == {0: "PELAKSANA", 1: "satu dua\ntiga"}
    assert all(cell.box.contains(*word.box.center) for cell, text in placed.texts.items() for word in text.words)
    assert [word.text for word in page.words] == ["SOP", "Arsip", "PELAKSANA", "satu", "dua", "tiga", "Kepala"]


def test_a_merged_cell_is_one_cell_and_rows_are_as_high_as_their_lines() -> None:
    grid = place_page(1, [], TABLE, [], (), SETTINGS).grid
    assert grid is not None
    assert grid.at(0, 0) == grid.at(0, 1)
    assert grid.at(1, 0).box.height > grid.at(0, 0).box.height


@given(st.lists(st.text("abc", min_size=1, max_size=12), max_size=12), st.floats(10, 80))
def test_wrapping_keeps_all_words_and_the_room(words: list[str], room: float) -> None:
    lines = wrapped(line_of(" ".join(words)), room, SETTINGS)
    assert " ".join(text_of(line) for line in lines) == " ".join(words)
    assert all(text_width(text_of(line), SETTINGS) <= room + 0.1 or len(line) == 1 for line in lines)

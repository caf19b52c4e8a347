"""The words of a cell as printed lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from pipeline.model.clustering import split_between
from pipeline.model.geometry import Box
from pipeline.model.grid import Cell, Grid
from pipeline.model.orientation import Orientation
from pipeline.model.page import CellText, Line, Page, Word


def words_in(words: Iterable[Word], box: Box) -> list[Word]:
    """The words whose middle lies in the box."""
    x0, top, x1, bottom = box.x0, box.top, box.x1, box.bottom
    # as `box.contains(*word.box.center)`, without the calls: every cell asks it of every word of a page
    return [
        word
        for word in words
        if x0 <= ((place := word.box).x0 + place.x1) / 2 <= x1 and top <= (place.top + place.bottom) / 2 <= bottom
    ]


def lines_of(words: Sequence[Word]) -> tuple[Line, ...]:
    """Words as lines in reading order, along the orientation that most of their letters have."""
    if not words:
        return ()
    return tuple(Line(tuple(line)) for line in _rows(words, _orientation(words)))


def parted_line(line: Line, gap: float) -> list[Line]:
    """Split a line where the room between two words is more than `gap` times the height of the second."""
    parts = split_between(line.words, lambda before, word: word.box.x0 - before.box.x1 > gap * word.size)
    return [Line(tuple(words)) for words in parts]


def _orientation(words: Sequence[Word]) -> Orientation:
    first = words[0].orientation
    if all(word.orientation is first for word in words):
        return first
    orientations = [word.orientation for word in words for _ in word.text]
    return max(set(orientations), key=orientations.count)


Placed = tuple[tuple[float, float, float], Word]


def _rows(words: Sequence[Word], orientation: Orientation) -> list[list[Word]]:
    """Words grouped by where they lie across the writing, each group sorted along it."""
    placed = sorted(((_along(word, orientation), word) for word in words), key=lambda p: p[0][1])
    height = median([p[0][2] for p in placed])
    rows: list[list[Placed]] = []
    for item in placed:
        if rows and item[0][1] - _middle(rows[-1]) <= 0.5 * height:
            rows[-1].append(item)
        else:
            rows.append([item])
    return [[word for _, word in sorted(row, key=lambda p: p[0][0])] for row in rows]


def _middle(row: Sequence[Placed]) -> float:
    """The median place of a row's words, which are in the order of their places."""
    half = len(row) // 2
    return row[half][0][1] if len(row) % 2 else (row[half - 1][0][1] + row[half][0][1]) / 2


def _along(word: Word, orientation: Orientation) -> tuple[float, float, float]:
    """(place along the line, place of the line, height) of a word where writing of that orientation is made upright."""
    box = orientation.upright_box(word.box, 0.0, 0.0)
    return box.x0, box.center[1], box.height


def cell_text(page: Page, box: Box) -> CellText:
    """The text of a place on the page."""
    return CellText(page.number, box, lines_of(words_in(page.words, box)))


def flat(text: CellText) -> str:
    """A cell's words on one line."""
    return " ".join(line.text for line in text.lines)


def texts_of(page: Page, grid: Grid) -> dict[Cell, CellText]:
    """The text of every cell of a grid that holds words."""
    words: dict[Cell, list[Word]] = {}
    for word in page.words:
        cell = grid.around(*word.box.center)
        if cell is not None:
            words.setdefault(cell, []).append(word)
    return {cell: CellText(page.number, cell.box, lines_of(inside)) for cell, inside in words.items()}

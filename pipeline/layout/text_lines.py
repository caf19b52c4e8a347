"""The words of a cell, or of a page, as printed lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter
from statistics import median

from pipeline.model.geometry import Box
from pipeline.model.grid import Cell, Grid
from pipeline.model.orientation import Orientation
from pipeline.model.page import CellText, Line, Page, Word

NO_TITLE = re.compile(
    r"\W*N\s*(?:[I1l]\s*P|R\s*P)\b[\s.:]*\d.*|[\W\d_]*|\W*(?:halaman|hal|page)\b\W*\d+.*", re.IGNORECASE
)
"""The number of a civil servant or of one in uniform, and that of a page."""
OVERFLOW_INDENT = 1.0  # of its size: how far from its column's side a word begins that overflows it, at most


def words_in(words: Iterable[Word], box: Box) -> list[Word]:
    """The words whose middle lies in the box."""
    x0, top, x1, bottom = box.x0, box.top, box.x1, box.bottom
    # as `box.contains(*word.box.center)`, without the calls: every cell asks it of every word of a page
    return [
        word
        for word in words
        if x0 <= ((place := word.box).x0 + place.x1) / 2 <= x1 and top <= (place.top + place.bottom) / 2 <= bottom
    ]


def words_near(words: Iterable[Word], box: Box, reach: float) -> list[Word]:
    """The words that share an area with the box, each grown by `reach` on every side, or an edge."""
    x0, top, x1, bottom = box.x0 - reach, box.top - reach, box.x1 + reach, box.bottom + reach
    return [
        word
        for word in words
        if (place := word.box).x0 <= x1 and x0 <= place.x1 and place.top <= bottom and top <= place.bottom
    ]


def lines_of(words: Sequence[Word]) -> tuple[Line, ...]:
    """Words as lines in reading order, along the orientation that most of their letters have."""
    if not words:
        return ()
    return tuple([Line(tuple(line)) for line in _lines(words, _orientation(words))])


def parted_line(line: Line, gap: float) -> list[Line]:
    """Split a line where the room between two words is more than `gap` times the height of the second."""
    words = line.words
    places = enumerate(pairwise(words), 1)
    cuts = [place for place, (before, word) in places if word.box.x0 - before.box.x1 > gap * word.size]
    return [Line(words[a:b]) for a, b in pairwise((0, *cuts, len(words)))] if cuts else [line]


def _orientation(words: Sequence[Word]) -> Orientation:
    first = words[0].orientation
    if not [word for word in words if word.orientation is not first]:
        return first
    orientations = [word.orientation for word in words for _ in word.text]
    return max(set(orientations), key=orientations.count)


_PlacedWord = tuple[float, float, float, Word]
"""Where writing of its orientation is made upright: a word's middle across the lines, its start along them, height."""


def _lines(words: Sequence[Word], orientation: Orientation) -> list[list[Word]]:
    """Words grouped by where they stand across the lines, each group sorted along its line.

    A word joins the line whose median is at most half a word's height before it: unlike the first word of a line, the
    median follows one that is printed a little askew.
    """
    if len(words) == 1:
        return [list(words)]
    boxes = [word.box for word in words]
    if orientation:
        boxes = [orientation.upright_box(box, 0.0, 0.0) for box in boxes]
    placed: list[_PlacedWord] = [
        ((box.top + box.bottom) / 2, box.x0, box.bottom - box.top, word) for box, word in zip(boxes, words, strict=True)
    ]
    placed.sort(key=itemgetter(0))
    reach = median([height for _, _, height, _ in placed]) / 2
    lines = [placed[:1]]
    for item in placed[1:]:
        line = lines[-1]  # one near to its first word is nearer still to its median
        if item[0] - line[0][0] <= reach or item[0] - _median_across(line) <= reach:
            line.append(item)
        else:
            lines.append([item])
    return [[word for *_, word in sorted(line, key=itemgetter(1))] for line in lines]


def _median_across(line: Sequence[_PlacedWord]) -> float:
    """The median of words that are sorted by where they stand across the lines."""
    half = len(line) // 2
    return line[half][0] if len(line) % 2 else (line[half - 1][0] + line[half][0]) / 2


def cell_text(page: Page, box: Box) -> CellText:
    """The text of a place on the page."""
    return CellText(page.number, box, lines_of(words_in(page.words, box)))


def title_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Of lines above a table those of its title: below a signature's NIP and without page numbers."""
    kept = list(lines)
    while kept and NO_TITLE.fullmatch(kept[-1].text):
        kept.pop()
    last = max((n for n, line in enumerate(kept) if NO_TITLE.fullmatch(line.text)), default=-1)
    return tuple(kept[last + 1 :])


def flat(text: CellText) -> str:
    """A cell's words on one line."""
    return " ".join([line.text for line in text.lines])


def texts_of(page: Page, grid: Grid) -> dict[Cell, CellText]:
    """The text of every cell of a grid that holds words."""
    cells: dict[tuple[int, int], tuple[Cell, list[Word]]] = {}
    for word in page.words:
        box = word.box
        y = (box.top + box.bottom) / 2
        cell = grid.around((box.x0 + box.x1) / 2, y)
        if cell is not None and box.x0 < cell.box.x0:
            start = grid.around(box.x0, y)
            cell = start if start is not None and overflows(word, start.box.x0, start.box.x1) else cell
        if cell is not None:
            cells.setdefault((cell.row, cell.col), (cell, []))[1].append(word)
    return {cell: CellText(page.number, cell.box, lines_of(inside)) for cell, inside in cells.values()}


def words_by_column(words: Iterable[Word], edges: Sequence[float]) -> list[list[Word]]:
    """The words of each column between `edges`, ascending: by their middle; those that overflow one, by their start."""
    columns: list[list[Word]] = [[] for _ in edges[1:]]
    for word in words:
        place, start = bisect_right(edges, word.box.center[0]) - 1, bisect_right(edges, word.box.x0) - 1
        if 0 <= start < place and overflows(word, edges[start], edges[start + 1]):
            place = start
        if 0 <= place < len(columns):
            columns[place].append(word)
    return columns


def overflows(word: Word, x0: float, x1: float) -> bool:
    """Whether a word begins at the left side of a column from x0 to x1 and is wider than that.

    It has no place to break, and programs let it run into the next column, over what stands there.
    """
    upright = word.orientation is Orientation.UPRIGHT
    return upright and word.box.width > x1 - x0 and 0 <= word.box.x0 - x0 <= OVERFLOW_INDENT * word.size

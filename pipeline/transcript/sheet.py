"""A made-up page: tables and paragraphs laid out so that the later stages read them like a printed one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model.geometry import Box
from pipeline.model.issue import Issue
from pipeline.model.page import Page, Ruling, Word
from pipeline.transcript.tokens import TextLine, Token

_NARROW, _WIDE = frozenset("ijlI.,;:'|!`"), frozenset("mwMW@%&")
# In text sizes: the page's margin, a cell's padding, the pitch of lines, the space between parts and between words.
_MARGIN, _PAD, _LEADING, _GAP, _SPACE = 4.0, 0.4, 1.25, 1.5, 0.45


@dataclass(frozen=True, slots=True)
class SheetCell:
    """Lines in the rows `row` to `row_end` and columns `col` to `col_end` of a table, exclusive at the end.

    `stretch` is how much wider than usual its letters are set, so that a full line fills the cell.
    """

    row: int
    row_end: int
    col: int
    col_end: int
    lines: tuple[TextLine, ...] = ()
    stretch: float = 1.0


@dataclass(frozen=True, slots=True)
class SheetTable:
    """Cells under columns whose `widths` are in points, padding included."""

    widths: tuple[float, ...]
    cells: tuple[SheetCell, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines outside tables."""

    lines: tuple[TextLine, ...]


Part = SheetTable | Paragraph


def text_width(text: str, size: float) -> float:
    """About how wide a text is in a plain typeface, in points."""
    return size * sum(_SPACE if char == " " else _em(char) for char in text)


def widest_word(lines: Iterable[TextLine], size: float) -> float:
    """The width of the widest word in points: that of the column, where a tool lost the lines but not their breaks."""
    return max((text_width(token.text, size) for line in lines for token in line), default=0.0)


def wrapped(line: TextLine, room: float, size: float) -> tuple[TextLine, ...]:
    """The line broken at spaces so that each piece is no wider than `room` points; a wider word stands alone."""
    lines: list[TextLine] = []
    current: list[Token] = []
    used = 0.0
    for token in line:
        needed = text_width(token.text, size)
        if current and used + _SPACE * size + needed > room + 0.01:
            lines.append(tuple(current))
            current, used = [], 0.0
        used += needed + (_SPACE * size if current else 0.0)
        current.append(token)
    return (*lines, tuple(current)) if current else tuple(lines)


def inside_width(width: float, size: float) -> float:
    """The room for words in a column of `width` points."""
    return width - 2 * _PAD * size


def padded(room: float, size: float) -> float:
    """The width of a column with `room` points for words."""
    return room + 2 * _PAD * size


def lay_out(number: int, parts: Sequence[Part], issues: Sequence[Issue], size: float) -> Page:
    """The parts below one another on page `number`, as large as they need."""
    x, y = _MARGIN * size, _MARGIN * size
    words: list[Word] = []
    rulings: list[Ruling] = []
    right = 40 * size
    for part in parts:
        if isinstance(part, Paragraph):
            block = Box(x, y, x + 1e4, y)
            words += _set(part.lines, block, size)
            y += len(part.lines) * _LEADING * size
        else:
            ys = _row_edges(part, y, size)
            xs = _edges(part.widths, x)
            for cell in part.cells:
                inside = Box(xs[cell.col], ys[cell.row], xs[cell.col_end], ys[cell.row_end]).grown(-_PAD * size)
                words += _set(cell.lines, inside, size, cell.stretch)
            rulings += _rulings(part, xs, ys)
            y = ys[-1]
        y += _GAP * size
    right = max([right, *(word.box.x1 for word in words), *(ruling.box.x1 for ruling in rulings)])
    return Page(number, right + x, y + x, "transcript", tuple(words), tuple(rulings), issues=tuple(issues))


def _em(char: str) -> float:
    if char in _NARROW:
        return 0.24
    if char in _WIDE:
        return 0.83
    if char in "frt()[]-/":
        return 0.33
    return 0.6 if char.isupper() else 0.5


def _set(lines: Sequence[TextLine], inside: Box, size: float, stretch: float = 1.0) -> list[Word]:
    words: list[Word] = []
    for index, line in enumerate(lines):
        x, top = inside.x0, inside.top + index * _LEADING * size
        for token in line:
            box = Box(x, top, x + text_width(token.text, size) * stretch, top + size)
            words.append(Word(token.text, box, size, token.confidence, readings=token.readings, piece=token.piece))
            x = box.x1 + _SPACE * size * stretch
    return words


def _edges(lengths: Sequence[float], start: float) -> list[float]:
    edges = [start]
    for length in lengths:
        edges.append(edges[-1] + length)
    return edges


def _row_edges(table: SheetTable, top: float, size: float) -> list[float]:
    """Every row high enough for its cells; a cell over several rows stretches its last."""
    rows = max(cell.row_end for cell in table.cells)
    ys = [top] + [top] * rows
    for row in range(rows):
        ending = [cell for cell in table.cells if cell.row_end == row + 1]
        needed = [ys[cell.row] + _height(cell, size) for cell in ending]
        ys[row + 1] = max([ys[row] + (_LEADING + 2 * _PAD) * size, *needed])
    return ys


def _height(cell: SheetCell, size: float) -> float:
    return (max(1, len(cell.lines)) * _LEADING + 2 * _PAD) * size


def _rulings(table: SheetTable, xs: Sequence[float], ys: Sequence[float]) -> list[Ruling]:
    """The lines around all cells, pieces on one line joined."""
    across: dict[int, set[int]] = {}
    down: dict[int, set[int]] = {}
    for cell in table.cells:
        for y in (cell.row, cell.row_end):
            across.setdefault(y, set()).update(range(cell.col, cell.col_end))
        for x in (cell.col, cell.col_end):
            down.setdefault(x, set()).update(range(cell.row, cell.row_end))
    lines = [Ruling("h", ys[y], xs[a], xs[b]) for y, columns in sorted(across.items()) for a, b in _runs(columns)]
    return lines + [Ruling("v", xs[x], ys[a], ys[b]) for x, rows in sorted(down.items()) for a, b in _runs(rows)]


def _runs(places: set[int]) -> list[tuple[int, int]]:
    """Neighbouring places as (first, after the last): {0, 1, 3} -> [(0, 2), (3, 4)]."""
    starts = sorted(place for place in places if place - 1 not in places)
    return [(start, next(end for end in range(start, max(places) + 2) if end not in places)) for start in starts]

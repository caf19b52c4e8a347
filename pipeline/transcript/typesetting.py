"""Places for the words of a transcript, which has none: cells and lines below one another on a page of our own making.

Normalization tells from the room of a cell whether a line is full, and evidence needs a box: both are made here once,
from a plain typeface's widths, and handed on with the cells they belong to. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from pipeline.model.geometry import Box
from pipeline.model.grid import Cell, Grid
from pipeline.model.issue import Issue
from pipeline.model.page import CellText, Line, Page, Word
from pipeline.settings import TranscriptSettings
from pipeline.transcript.dictionary import TextLine, UnplacedWord

Lines = tuple[TextLine, ...]
PlacedLines = tuple[Line, ...]

# Widths of letters in a plain typeface, in em.
NARROW, WIDE, SLIM = frozenset("ijlI.,;:'|!`"), frozenset("mwMW@%&"), frozenset("frt()[]-/")
NARROW_EM, SLIM_EM, LOWER_EM, UPPER_EM, WIDE_EM = 0.24, 0.33, 0.5, 0.6, 0.83


@dataclass(frozen=True, slots=True)
class UnplacedCell:
    """Lines in the rows `row` to `row_end` and columns `col` to `col_end` of a table, exclusive at the end, from 0.

    `stretch` is how much wider than usual its letters are set, so that a full line fills the cell.
    """

    row: int
    row_end: int
    col: int
    col_end: int
    lines: Lines = ()
    stretch: float = 1.0


@dataclass(frozen=True, slots=True)
class UnplacedTable:
    """Cells under columns whose `widths` are in points, padding included; every place is in one cell."""

    widths: tuple[float, ...]
    cells: tuple[UnplacedCell, ...]


@dataclass(frozen=True)
class PlacedPage:
    """A page, and the table on it between paragraphs `above` and `below`; `texts` are the table's cells with words."""

    page: Page
    above: tuple[PlacedLines, ...] = ()
    grid: Grid | None = None
    texts: Mapping[Cell, CellText] = field(default_factory=dict)
    below: tuple[PlacedLines, ...] = ()

    def text(self, cell: Cell) -> CellText:
        """The words of a cell of the table; no lines where it is empty."""
        return self.texts.get(cell) or CellText(self.page.number, cell.box)


def place_page(
    number: int,
    above: Sequence[Lines],
    table: UnplacedTable | None,
    below: Sequence[Lines],
    issues: Iterable[Issue],
    settings: TranscriptSettings,
) -> PlacedPage:
    """Place paragraphs and a table below one another on page `number`, as large as they need."""
    margin, gap = settings.margin * settings.text_size, settings.part_gap * settings.text_size
    upper, y = _place_paragraphs(above, margin, margin, settings)
    grid = _grid_of(number, table, margin, y, settings) if table else None
    texts = _place_cells(number, table, grid, settings) if table and grid else {}
    lower, y = _place_paragraphs(below, margin, grid.box.bottom + gap if grid else y, settings)
    lines = (*_flat(upper), *(line for text in texts.values() for line in text.lines), *_flat(lower))
    words = tuple(word for line in lines for word in line.words)
    edges = [settings.page_width * settings.text_size, *(word.box.x1 for word in words)]
    right = max(edges + ([grid.box.x1] if grid else []))
    page = Page(number, right + margin, y + margin, "transcript", words, (), issues=tuple(issues))
    return PlacedPage(page, upper, grid, texts, lower)


def _flat(paragraphs: Iterable[PlacedLines]) -> PlacedLines:
    return tuple(line for lines in paragraphs for line in lines)


def _place_paragraphs(
    paragraphs: Iterable[Lines], x: float, y: float, settings: TranscriptSettings
) -> tuple[tuple[PlacedLines, ...], float]:
    """Paragraphs from (x, y) down, and the y below them."""
    placed = []
    for lines in paragraphs:
        placed.append(_place_lines(lines, x, y, settings))
        y += len(lines) * settings.line_pitch * settings.text_size
        y += settings.part_gap * settings.text_size
    return tuple(placed), y


def _place_lines(
    lines: Sequence[TextLine], x: float, top: float, settings: TranscriptSettings, stretch: float = 1.0
) -> PlacedLines:
    pitch = settings.line_pitch * settings.text_size
    placed = (_place_line(line, x, top + index * pitch, settings, stretch) for index, line in enumerate(lines) if line)
    return tuple(placed)


def _place_line(line: TextLine, x: float, top: float, settings: TranscriptSettings, stretch: float) -> Line:
    size = settings.text_size
    words: list[Word] = []
    for word in line:
        box = Box(x, top, x + text_width(word.text, settings) * stretch, top + size)
        words.append(Word(word.text, box, size, word.confidence, readings=word.readings, piece=word.piece))
        x = box.x1 + settings.word_space * size * stretch
    return Line(tuple(words))


def _place_cells(number: int, table: UnplacedTable, grid: Grid, settings: TranscriptSettings) -> dict[Cell, CellText]:
    """The lines of all cells that have some, each inside its cell."""
    texts = {}
    for cell, unplaced in zip(grid.cells, table.cells, strict=True):
        inside = cell.box.grown(-settings.cell_padding * settings.text_size)
        lines = _place_lines(unplaced.lines, inside.x0, inside.top, settings, unplaced.stretch)
        if lines:
            texts[cell] = CellText(number, cell.box, lines)
    return texts


def _grid_of(number: int, table: UnplacedTable, x: float, y: float, settings: TranscriptSettings) -> Grid:
    """The table's cells from (x, y): columns as wide as told, rows as high as their lines need."""
    xs, ys = tuple(accumulate(table.widths, initial=x)), _row_edges(table, y, settings)
    cells = (
        Cell(
            cell.row,
            cell.row_end,
            cell.col,
            cell.col_end,
            Box(xs[cell.col], ys[cell.row], xs[cell.col_end], ys[cell.row_end]),
        )
        for cell in table.cells
    )
    return Grid(number, xs, ys, tuple(cells))


def _row_edges(table: UnplacedTable, top: float, settings: TranscriptSettings) -> tuple[float, ...]:
    """Every row high enough for its cells; a cell over several rows stretches its last."""
    ys = [top]
    for row in range(max(cell.row_end for cell in table.cells)):
        needed = [ys[cell.row] + _height(len(cell.lines), settings) for cell in table.cells if cell.row_end == row + 1]
        ys.append(max([ys[row] + _height(1, settings), *needed]))
    return tuple(ys)


def _height(lines: int, settings: TranscriptSettings) -> float:
    """How high a cell of so many lines is."""
    return (max(1, lines) * settings.line_pitch + 2 * settings.cell_padding) * settings.text_size


def text_width(text: str, settings: TranscriptSettings) -> float:
    """About how wide a text is in a plain typeface."""
    return settings.text_size * sum(settings.word_space if char == " " else _em(char) for char in text)


def _em(char: str) -> float:
    if char in NARROW:
        return NARROW_EM
    if char in WIDE:
        return WIDE_EM
    if char in SLIM:
        return SLIM_EM
    return UPPER_EM if char.isupper() else LOWER_EM


def longest(lines: Iterable[TextLine], settings: TranscriptSettings) -> float:
    """The width of the widest line, 0 where there is none."""
    return max((text_width(" ".join(word.text for word in line), settings) for line in lines), default=0.0)


def widest_word(lines: Iterable[TextLine], settings: TranscriptSettings) -> float:
    """The width of the widest word: that of the column, where a tool lost the lines but not their breaks."""
    return max((text_width(word.text, settings) for line in lines for word in line), default=0.0)


def wrapped(line: TextLine, room: float, settings: TranscriptSettings) -> Lines:
    """Break a line at spaces so that no piece is wider than `room`; a wider word stands alone."""
    space = settings.word_space * settings.text_size
    lines: list[TextLine] = []
    current: list[UnplacedWord] = []
    used = 0.0
    for word in line:
        needed = text_width(word.text, settings)
        if current and used + space + needed > room + 0.01:
            lines.append(tuple(current))
            current, used = [], 0.0
        used += needed + (space if current else 0.0)
        current.append(word)
    return (*lines, tuple(current)) if current else tuple(lines)


def inside_width(width: float, settings: TranscriptSettings) -> float:
    """The room for words in a column of `width`."""
    return width - 2 * settings.cell_padding * settings.text_size


def padded(room: float, settings: TranscriptSettings) -> float:
    """The width of a column with `room` for words."""
    return room + 2 * settings.cell_padding * settings.text_size

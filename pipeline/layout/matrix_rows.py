"""The rows of an activity matrix below its head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.layout.matrix_head import RUNNING_NUMBER, is_number_row
from pipeline.layout.ruled_tables import Table
from pipeline.layout.text_lines import cell_text, flat, lines_of, words_by_column, words_in
from pipeline.model.clustering import Interval
from pipeline.model.draft import Column
from pipeline.model.geometry import Box, overlap
from pipeline.model.page import CellText, Line, Page, Ruling, Word
from pipeline.model.rulings import covered_lengths
from pipeline.settings import LayoutSettings


@dataclass(frozen=True)
class MatrixBody:
    """The activity rows of a matrix on one page.

    `bands` are the rows' (top, bottom); `texts[i]` the cells of row i by column index. `titles` are rows that run over
    all columns and are no activity; `counted` is what each column has in the row that counts them, if there is one.
    """

    bands: tuple[Interval, ...]
    texts: tuple[dict[int, CellText], ...]
    titles: tuple[CellText, ...] = ()
    counted: tuple[str, ...] = ()


def read_body(
    page: Page, table: Table, top: float, columns: Sequence[Column], edges: Sequence[float], settings: LayoutSettings
) -> MatrixBody:
    """Read the rows between the rulings that part the activity column, and the words of their cells.

    Args:
        page: The page of the table.
        table: The rulings of the matrix.
        top: The y where its head ends.
        columns: The columns that the head names.
        edges: The x edges of the columns, one more than there are columns.
        settings: The thresholds.

    Returns:
        The rows top to bottom, without those that only count the columns.
    """
    size = page.text_size
    breaks = [_row_edges(table, top, edges[c.index], edges[c.index + 1], size, settings) for c in columns]
    by_column = words_by_column(page.words, edges)
    column_words = [_ColumnWords(edges[c.index], edges[c.index + 1], tuple(by_column[c.index])) for c in columns]
    rows = _activity_rows(columns, breaks, column_words, settings.snap * size)
    texts = [_row_texts(page.number, band, columns, column_words, breaks) for band in rows]
    counted: tuple[str, ...] = ()
    while rows and is_number_row(first := [flat(texts[0][c.index]) for c in columns], settings.number_row):
        rows, texts, counted = rows[1:], texts[1:], tuple(first)
    return replace(_without_titles(page, table, rows, texts, columns, edges, settings), counted=counted)


def _row_edges(table: Table, top: float, x0: float, x1: float, size: float, settings: LayoutSettings) -> list[float]:
    """The y of all lines from `top` down that part a column from x0 to x1, the table's bottom included."""
    inset = min(settings.row_inset * (x1 - x0), size)
    snap, width = settings.snap * size, x1 - x0 - 2 * inset
    lines = covered_lengths((line for line in table.horizontal if line.at >= top - snap), snap, x0 + inset, x1 - inset)
    found = [y for y, covered in lines if covered >= settings.row_cover * width]
    if not found or found[0] > top + snap:
        found.insert(0, top)
    if found[-1] < table.box.bottom - size:
        found.append(table.box.bottom)
    return found


def _activity_rows(
    columns: Sequence[Column], breaks: Sequence[list[float]], words: Sequence[_ColumnWords], snap: float
) -> list[Interval]:
    """The (top, bottom) between the activity column's lines, without lines that stand inside one activity.

    Where the activities stand on another sheet, the lines are those of the column that has most.
    """
    main = next((breaks[c.index] for c in columns if c.kind == "kegiatan"), max(breaks, key=len))
    number = next((c.index for c in columns if c.kind == "no"), None)
    others = [breaks[c.index] for c in columns if c.kind not in ("no", "kegiatan", "lain")]
    if number is not None:
        inside = _inside_activities(main, breaks[number], words[number], others, snap)
        main = [y for y in main if y not in inside]
    return [(top, bottom) for top, bottom in pairwise(main) if bottom - top > 1]


def _inside_activities(
    main: Sequence[float],
    numbered: Sequence[float],
    numbers: _ColumnWords,
    others: Sequence[Sequence[float]],
    snap: float,
) -> set[float]:
    """The lines of the activity column that no other column has, and that part the cell of one number.

    Where a table draws hardly any line in its other columns, or the numbers say otherwise, all of them part rows.
    """
    lone = {y for y in main[1:-1] if not any(abs(y - at) <= snap for ys in (numbered, *others) for at in ys)}
    if not lone:
        return lone
    cells = list(pairwise(numbered))
    holding = [sum(top < word.box.center[1] < bottom for word in numbers.words) for top, bottom in cells]
    if len(cells) < 2 or max(holding) > 1:
        return set()
    return lone


@dataclass(frozen=True)
class _ColumnWords:
    """A column from x0 to x1, with all words of the page in it."""

    x0: float
    x1: float
    words: tuple[Word, ...]


def _row_texts(
    page: int,
    band: Interval,
    columns: Sequence[Column],
    column_words: Sequence[_ColumnWords],
    breaks: Sequence[list[float]],
) -> dict[int, CellText]:
    texts: dict[int, CellText] = {}
    for column, own in zip(columns, column_words, strict=True):
        top, bottom = band if column.kind in ("pelaksana", "kegiatan") else _cell_heights(band, breaks[column.index])
        box = Box(own.x0, top, own.x1, bottom)
        inside = words_in(own.words, Box(float("-inf"), top, float("inf"), bottom))
        texts[column.index] = CellText(page, box, lines_of(inside))
    return _with_marks(texts, columns)


def _with_marks(texts: dict[int, CellText], columns: Sequence[Column]) -> dict[int, CellText]:
    """Give marks of lists back to the activity, which stand below its number where both have one head."""
    number = next((c.index for c in columns if c.kind == "no" and not c.head.lines), None)
    activity = next((c.index for c in columns if c.kind == "kegiatan"), None)
    if number is None or activity is None or len(texts[number].words) < 2:
        return texts
    words = texts[number].words
    own = words[:1] if RUNNING_NUMBER.fullmatch(words[0].text) else ()
    given = {
        number: replace(texts[number], lines=(Line(own),) if own else ()),
        activity: replace(texts[activity], lines=lines_of([*words[len(own) :], *texts[activity].words])),
    }
    return texts | given


def _cell_heights(band: Interval, breaks: Sequence[float]) -> Interval:
    """Top and bottom of the cell, or cells, that a column has beside a row: taller where it is merged over rows."""
    top, bottom = band
    beside = [c for c in pairwise(breaks) if overlap(*c, top, bottom) > min(c[1] - c[0], bottom - top) / 2]
    if not beside:
        return band
    return min(c[0] for c in beside), max(c[1] for c in beside)


def _without_titles(
    page: Page,
    table: Table,
    rows: Sequence[Interval],
    texts: Sequence[dict[int, CellText]],
    columns: Sequence[Column],
    edges: Sequence[float],
    settings: LayoutSettings,
) -> MatrixBody:
    bands: list[Interval] = []
    kept: list[dict[int, CellText]] = []
    titles: list[CellText] = []
    beside = all(column.kind != "kegiatan" for column in columns)  # a step may have nothing to say here
    for band, cells in zip(rows, texts, strict=True):
        if _is_title_row(table, band, edges, settings):
            whole = cell_text(page, Box(edges[0], band[0], edges[-1], band[1]))
            titles += [whole] if whole.lines else []
        elif bands and not beside and _is_blank(cells, columns):
            bands[-1] = (bands[-1][0], band[1])
        elif _is_blank(cells, columns) and band[1] - band[0] < settings.strip * page.text_size:
            continue  # room below the head, too low for a step
        else:
            bands.append(band)
            kept.append(cells)
    return MatrixBody(tuple(bands), tuple(kept), tuple(titles))


def _is_title_row(table: Table, band: Interval, edges: Sequence[float], settings: LayoutSettings) -> bool:
    """Whether hardly any column line passes through a row: a title, or a note, over all columns."""
    inner, (top, bottom) = edges[1:-1], band
    beside = [r for r in table.vertical if r.start < bottom and top < r.end]
    passing = [x for x in inner if _passes(beside, x, band, settings.column_reach)]
    return len(inner) >= 2 and len(passing) <= settings.title_columns * len(inner)


def _passes(lines: Sequence[Ruling], x: float, band: Interval, reach: float) -> bool:
    """Whether a line within `reach` of x runs through half of a row or more."""
    near = [r for r in lines if abs(r.at - x) <= reach]
    return sum(overlap(r.start, r.end, *band) for r in near) >= (band[1] - band[0]) / 2


def _is_blank(cells: dict[int, CellText], columns: Sequence[Column]) -> bool:
    """A row without a word outside the Pelaksana columns: the room below an activity, drawn as a row."""
    return not any(cells[c.index].lines for c in columns if c.kind != "pelaksana")

"""The rows of an activity matrix below its head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.layout.matrix_head import is_number_row
from pipeline.layout.ruled_tables import Table
from pipeline.layout.text_lines import cell_text, flat, lines_of, words_in
from pipeline.model.draft import Column
from pipeline.model.geometry import Box, overlap
from pipeline.model.page import CellText, Page, Ruling, Word
from pipeline.model.rulings import covered_lengths
from pipeline.settings import LayoutSettings


@dataclass(frozen=True)
class Body:
    """The activity rows of a matrix on one page.

    `bands` are the rows' (top, bottom); `texts[i]` the cells of row i by column index. `titles` are rows that run over
    all columns and are no activity.
    """

    bands: tuple[tuple[float, float], ...]
    texts: tuple[dict[int, CellText], ...]
    titles: tuple[CellText, ...] = ()


def read_body(
    page: Page, table: Table, top: float, columns: Sequence[Column], edges: Sequence[float], settings: LayoutSettings
) -> Body:
    """Rows between the lines that part the activity column, and their cells' words, number row left out."""
    size = page.text_size
    cuts = [_cuts(table, top, edges[c.index], edges[c.index + 1], size, settings) for c in columns]
    rows = _activity_rows(columns, cuts)
    strips = [_strip(page, edges[c.index], edges[c.index + 1]) for c in columns]
    texts = [_row_texts(page.number, band, columns, strips, cuts) for band in rows]
    while rows and is_number_row([flat(texts[0][c.index]) for c in columns], settings.number_row):
        rows, texts = rows[1:], texts[1:]
    return _without_titles(page, table, rows, texts, columns, edges, settings)


def _cuts(table: Table, top: float, x0: float, x1: float, size: float, settings: LayoutSettings) -> list[float]:
    """The y of all lines from `top` down that part a column from x0 to x1, the table's bottom included."""
    inset = min(0.15 * (x1 - x0), size)
    snap, width = settings.snap * size, x1 - x0 - 2 * inset
    lines = covered_lengths((line for line in table.across() if line.at >= top - snap), snap, x0 + inset, x1 - inset)
    cuts = [y for y, covered in lines if covered >= settings.row_cover * width]
    if not cuts or cuts[0] > top + snap:
        cuts.insert(0, top)
    if cuts[-1] < table.box.bottom - size:
        cuts.append(table.box.bottom)
    return cuts


def _activity_rows(columns: Sequence[Column], cuts: Sequence[list[float]]) -> list[tuple[float, float]]:
    """The bands between the activity column's lines."""
    main = next(cuts[c.index] for c in columns if c.kind == "kegiatan")
    return [(a, b) for a, b in zip(main, main[1:], strict=False) if b - a > 1]


@dataclass(frozen=True)
class _Strip:
    """A column from x0 to x1, with all words of the page in it."""

    x0: float
    x1: float
    words: tuple[Word, ...]


def _strip(page: Page, x0: float, x1: float) -> _Strip:
    return _Strip(x0, x1, tuple(words_in(page.words, Box(x0, float("-inf"), x1, float("inf")))))


def _row_texts(
    page: int,
    band: tuple[float, float],
    columns: Sequence[Column],
    strips: Sequence[_Strip],
    cuts: Sequence[list[float]],
) -> dict[int, CellText]:
    texts: dict[int, CellText] = {}
    for column, strip in zip(columns, strips, strict=True):
        top, bottom = band if column.kind in ("pelaksana", "kegiatan") else _cell_span(band, cuts[column.index])
        box = Box(strip.x0, top, strip.x1, bottom)
        texts[column.index] = CellText(page, box, lines_of(words_in(strip.words, box)))
    return texts


def _cell_span(band: tuple[float, float], cuts: Sequence[float]) -> tuple[float, float]:
    """Top and bottom of the cell, or cells, that a column has beside a row: taller where it is merged over rows."""
    top, bottom = band
    cells = list(zip(cuts, cuts[1:], strict=False))
    beside = [c for c in cells if overlap(*c, top, bottom) > 0.5 * min(c[1] - c[0], bottom - top)]
    if not beside:
        return band
    return min(c[0] for c in beside), max(c[1] for c in beside)


def _without_titles(
    page: Page,
    table: Table,
    rows: Sequence[tuple[float, float]],
    texts: Sequence[dict[int, CellText]],
    columns: Sequence[Column],
    edges: Sequence[float],
    settings: LayoutSettings,
) -> Body:
    bands: list[tuple[float, float]] = []
    kept: list[dict[int, CellText]] = []
    titles: list[CellText] = []
    for band, cells in zip(rows, texts, strict=True):
        if _runs_over(table, band, edges):
            whole = cell_text(page, Box(edges[0], band[0], edges[-1], band[1]))
            titles += [whole] if whole.lines else []
        elif bands and _is_blank(cells, columns):
            bands[-1] = (bands[-1][0], band[1])
        else:
            bands.append(band)
            kept.append(cells)
    return Body(tuple(bands), tuple(kept), tuple(titles))


def _runs_over(table: Table, band: tuple[float, float], edges: Sequence[float]) -> bool:
    """Whether hardly any column line passes through a row: a title, or a note, over all columns."""
    inner = edges[1:-1]
    passing = [x for x in inner if _passes(table.down(), x, band)]
    return len(inner) >= 2 and len(passing) <= 0.2 * len(inner)


def _passes(lines: Sequence[Ruling], x: float, band: tuple[float, float]) -> bool:
    near = [r for r in lines if abs(r.at - x) <= 3]
    return sum(overlap(r.start, r.end, *band) for r in near) >= 0.5 * (band[1] - band[0])


def _is_blank(cells: dict[int, CellText], columns: Sequence[Column]) -> bool:
    """A row without a word outside the Pelaksana columns: the room below an activity, drawn as a row."""
    return not any(cells[c.index].lines for c in columns if c.kind != "pelaksana")

"""The columns of an unruled matrix: below its head, and on the pages that it goes on over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.layout.text_lines import words_in
from pipeline.layout.unruled.column_edges import best_fitting, edge_between, is_free, mirrored_edges
from pipeline.layout.unruled.inferred_rulings import TextTables, drawn_edges
from pipeline.layout.unruled.phrases import widths_of, without
from pipeline.layout.unruled.row_breaks import title_rows
from pipeline.layout.unruled.word_head import RUNNING_NUMBER, ColumnHead, WordHead, column_head
from pipeline.model.clustering import Interval, free_intervals
from pipeline.model.geometry import Box, union
from pipeline.model.grid import TextTable
from pipeline.model.headings import Headings
from pipeline.model.orientation import Orientation
from pipeline.model.page import Line, Page, Word
from pipeline.settings import LayoutSettings, UnruledSettings


@dataclass(frozen=True)
class UnruledColumns:
    """The columns of a matrix, the same on every page: their x edges, and the indices of those that tell rows apart."""

    edges: tuple[float, ...]
    number: int | None
    activity: int
    lanes: range

    def words(self, words: Sequence[Word], index: int) -> list[Word]:
        """The words in one column."""
        return [w for w in words if self.edges[index] <= w.box.center[0] < self.edges[index + 1]]

    def numbers(self, words: Sequence[Word]) -> list[Word]:
        """The running numbers; none where there is no column for them."""
        if self.number is None:
            return []
        return [w for w in self.words(words, self.number) if RUNNING_NUMBER.fullmatch(w.text)]

    def main(self, words: Sequence[Word]) -> list[Word]:
        """Words of the columns that are never merged over rows."""
        number = [] if self.number is None else self.words(words, self.number)
        return number + self.words(words, self.activity)

    def text(self, words: Sequence[Word]) -> list[Word]:
        """Words outside the Pelaksana columns: what stands there belongs to the flowchart."""
        if not self.lanes:
            return list(words)
        left, right = self.edges[self.lanes[0]], self.edges[self.lanes[-1] + 1]
        return [w for w in words if not left <= w.box.center[0] < right]

    def titles(self, words: Sequence[Word], settings: UnruledSettings) -> list[Line]:
        """The titles that stand between rows, over all columns."""
        if self.number is None:
            return []
        number = Box(self.edges[self.number], 0.0, self.edges[self.number + 1], 0.0)
        return title_rows(self.text(words), number, settings)


def tables_below(
    page: Page, head: WordHead, bottom: float, parsers: TextTables, settings: UnruledSettings
) -> Sequence[TextTable]:
    """What parsers see from a head down to y = `bottom`, in the words of all columns but those among the Pelaksana."""
    area = _area(page, head, bottom, settings)
    names = [w for w in words_in(page.words, replace(area, bottom=head.bottom)) if not _in_group(w, head)]
    return parsers(page, area, [*names, *_text_words(page, head, bottom, settings)])


def with_split_columns(
    page: Page,
    head: WordHead,
    bottom: float,
    tables: Sequence[TextTable],
    headings: Headings,
    settings: LayoutSettings,
) -> WordHead:
    """Split the heads that stand too near to each other to be told apart by their own words.

    A head is two where a parser sees an edge in the middle of it that runs through no word, neither of the head nor
    below it. Heads that do not stand upright are left: their lines of writing look like columns.
    """
    body = widths_of(_text_words(page, head, bottom, settings.unruled))
    columns: list[ColumnHead] = []
    for column in head.columns:
        words = [w for w in words_in(page.words, column.box) if not _in_group(w, head)]
        upright = all(w.orientation is Orientation.UPRIGHT for w in words)
        edges = _edges_through(column.box, [*body, *widths_of(words)], tables) if upright else []
        for low, high in pairwise([column.box.x0, *edges, column.box.x1]):
            part = union(w.box for w in words if low <= w.box.center[0] <= high) if edges else column.box
            columns.append(column_head(page, part, words, headings, settings) if edges else column)
    return replace(head, columns=tuple(columns))


def _edges_through(box: Box, taken: Sequence[Interval], tables: Sequence[TextTable]) -> list[float]:
    """The edges that the first parser to see any has within a head, and that run through no word."""
    seen = ([x for x in table.xs[1:-1] if box.x0 < x < box.x1 and is_free(x, taken)] for table in tables)
    return next((edges for edges in seen if edges), [])


def infer_columns(
    page: Page, head: WordHead, bottom: float, tables: Sequence[TextTable], settings: UnruledSettings
) -> tuple[UnruledColumns, str | None]:
    """Infer the columns below a head.

    Args:
        page: The page with its words.
        head: The head of the matrix.
        bottom: The y where the matrix ends.
        tables: What parsers see below the head.
        settings: The thresholds.

    Returns:
        The columns, and the parser whose edges were kept; None where none fitted.
    """
    pad, heads = settings.cell_padding * page.text_size, [column.box for column in head.columns]
    body = _text_words(page, head, bottom, settings)
    gaps, taken = _gaps(head), widths_of(body)
    best = best_fitting(tables, gaps, taken)
    edges = _edges(page, head, gaps, taken, best.xs if best else (), _area(page, head, bottom, settings), settings)
    first = min([heads[0].x0 - pad, 2 * heads[0].center[0] - edges[0], *(w.box.x0 - pad for w in body)])
    last = max([heads[-1].x1 + pad, 2 * heads[-1].center[0] - edges[-1], *(w.box.x1 + pad for w in body)])
    whole = (max(first, 0.0), *edges, min(last, page.width))
    return UnruledColumns(whole, head.number, head.activity, head.lanes), best.parser if best else None


def _gaps(head: WordHead) -> list[Interval]:
    """The x ranges between the heads of neighbouring columns."""
    return [(a.box.x1, b.box.x0) for a, b in pairwise(head.columns)]


def _area(page: Page, head: WordHead, bottom: float, settings: UnruledSettings) -> Box:
    """Where the columns stand, from the head's top down to y = `bottom`."""
    reach = settings.outer_reach * page.text_size
    words = _text_words(page, head, bottom, settings)
    right = max([head.columns[-1].box.x1 + reach, *(w.box.x1 for w in words)])
    return Box(head.columns[0].box.x0 - reach, head.top, right, bottom)


def _text_words(page: Page, head: WordHead, bottom: float, settings: UnruledSettings) -> list[Word]:
    """The words from a head down to y = `bottom` without those among the Pelaksana and without titles."""
    size, heads, lanes = page.text_size, [column.box for column in head.columns], head.lanes
    left = heads[0].x0 - settings.outer_reach * size
    words = words_in(page.words, Box(left, head.bottom, page.width, bottom))
    if lanes:
        words = [w for w in words if not heads[lanes[0]].x0 - size < w.box.center[0] < heads[lanes[-1]].x1 + size]
    if head.number is not None:
        words = without(words, title_rows(words, heads[head.number], settings))
    return words


def _in_group(word: Word, head: WordHead) -> bool:
    return any(box.contains(*word.box.center) for _, box in head.groups)


def _edges(
    page: Page,
    head: WordHead,
    gaps: Sequence[Interval],
    taken: Sequence[Interval],
    xs: Sequence[float],
    area: Box,
    settings: UnruledSettings,
) -> list[float]:
    """The edges between columns: drawn lines, else the middle of Pelaksana columns, else the room."""
    heads, lanes = [column.box for column in head.columns], head.lanes
    edges = [edge_between(gap, taken, xs) for gap in gaps]
    if head.number is not None:
        room = settings.number_room * heads[head.number].height
        edges[head.number] = _after_numbers(room, gaps[head.number], taken, edges[head.number])
    if lanes:
        around = range(lanes[0] - 1, min(lanes[-1] + 1, len(gaps)))
        free = [_free_around(edges[i], gaps[i], taken) for i in around]
        if len(free) == len(lanes):  # the last of them is the last column of all
            free.append((heads[-1].x1, heads[-1].x1))
        for i, edge in zip(around, mirrored_edges([heads[i] for i in lanes], free), strict=False):
            edges[i] = edge
    drawn = drawn_edges(page, "v", area, settings.drawn_height, settings.same_line)
    sides = zip(heads, heads[1:], edges, strict=False)
    return [next((x for x in drawn if a.center[0] < x < b.center[0]), edge) for a, b, edge in sides]


def _after_numbers(room: float, gap: Interval, taken: Sequence[Interval], edge: float) -> float:
    """The edge behind a column of numbers: in the first room, as the activity may begin far before its head."""
    first = next((free for free in free_intervals(taken, *gap) if free[1] - free[0] > room), None)
    return (first[0] + first[1]) / 2 if first else edge


def _free_around(x: float, gap: Interval, taken: Sequence[Interval]) -> Interval:
    """The stretch of a gap around x that no word reaches into."""
    return next((c for c in free_intervals(taken, *gap) if c[0] <= x <= c[1]), (x, x))

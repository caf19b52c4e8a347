"""Columns that share one head: what is printed below the head tells where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.layout.matrix_head import RUNNING_NUMBER, MatrixHead, is_number_row
from pipeline.layout.ruled_tables import Table
from pipeline.layout.text_lines import lines_of, words_in
from pipeline.model.clustering import Interval, free_intervals
from pipeline.model.draft import Column
from pipeline.model.geometry import Box
from pipeline.model.page import CellText, Line, Page, Word
from pipeline.model.rulings import covered_lengths
from pipeline.settings import LayoutSettings

LIST_MARK = re.compile(rf"{RUNNING_NUMBER.pattern}|\(?[a-z][.)]|[-•–●▪]")


def with_split_heads(page: Page, table: Table, head: MatrixHead, settings: LayoutSettings) -> MatrixHead:
    """Split heads that stand over several columns.

    Role columns under one head are told apart by the lines below it, by the row that counts the columns, or by the
    symbols below, where the head's words leave room there. Of a head over numbers and activities the column that
    counts is the number.

    Args:
        page: The page of the table.
        table: The rulings of the matrix.
        head: The head by its own cells.
        settings: The thresholds.

    Returns:
        The head with a column for each part of the head; the same where none is over several.
    """
    body = Box(head.edges[0], head.bottom, head.edges[-1], table.box.bottom)
    if body.height < page.text_size:
        return head
    numbered = any(column.kind == "no" for column in head.columns)
    symbols = _closed_shapes(page, body, page.text_size, settings)
    columns: list[Column] = []
    edges = [head.edges[0]]
    for column, (x0, x1) in zip(head.columns, pairwise(head.edges), strict=True):
        parts = [column]
        inner: Sequence[float] = ()
        if column.kind == "pelaksana":
            below = Box(x0, body.top, x1, body.bottom)
            inner, sure = _role_edges(page, table, head, column.head, below, symbols, settings)
            parts = [replace(column, head=part, confidence=sure) for part in _split_head(column.head, inner)]
        elif column.kind == "kegiatan" and not numbered:
            inner = _number_edge(page, table, Box(x0, body.top, x1, body.bottom), settings)
            blank = CellText(page.number, Box(x0, head.top, x1, head.bottom))
            parts = [*(Column(0, "no", blank) for _ in inner), column]
        columns += parts
        edges += [*inner, x1]
    placed = tuple(replace(column, index=i) for i, column in enumerate(columns))
    return replace(head, columns=placed, edges=tuple(edges))


def _role_edges(
    page: Page,
    table: Table,
    head: MatrixHead,
    text: CellText,
    body: Box,
    symbols: Sequence[Box],
    settings: LayoutSettings,
) -> tuple[tuple[float, ...], float | None]:
    """The x of the edges between the roles under one head, and how sure they are where no line is drawn there.

    There are none where the head is one role's, or nobody can tell.
    """

    def by_each_way() -> Iterator[tuple[Sequence[float], float | None]]:
        yield _long_lines(table, body, page.text_size, settings), None
        yield _between_numbers(page, head, body, text, settings), settings.columns_by_number
        yield _between_symbols(page, body, text, symbols, settings), settings.columns_by_symbol

    for edges, sure in by_each_way():
        if edges and all(part.lines for part in _split_head(text, edges)) and _leaves_room(text, edges, settings):
            return tuple(edges), sure
    return (), None


def _long_lines(table: Table, body: Box, size: float, settings: LayoutSettings) -> list[float]:
    """The x of the lines that run down through most of a column's rows, away from its sides."""
    inner = [r for r in table.vertical if body.x0 + size < r.at < body.x1 - size]
    lines = covered_lengths(inner, settings.snap * size, body.top, body.bottom)
    return [x for x, covered in lines if covered >= settings.column_cover * body.height]


def _between_numbers(page: Page, head: MatrixHead, body: Box, text: CellText, settings: LayoutSettings) -> list[float]:
    """The x between the numbers of the columns, where the first row below the head counts them."""
    row = [(w.box.center[0], w.text) for w in _first_row(page, head, settings)]
    cells = [[word for x, word in row if x0 <= x < x1] for x0, x1 in pairwise(head.edges)]
    if not is_number_row([" ".join(words) for words in cells], settings.number_row):
        return []
    numbers = [x for x, word in row if body.x0 <= x < body.x1 and RUNNING_NUMBER.fullmatch(word)]
    return [_edge_between(a, b, text) for a, b in pairwise(numbers)]


def _first_row(page: Page, head: MatrixHead, settings: LayoutSettings) -> list[Word]:
    """The words of the first printed line below the head, left to right."""
    below = Box(head.edges[0], head.bottom, head.edges[-1], head.bottom + settings.number_row_height * page.text_size)
    lines = lines_of(words_in(page.words, below))
    return list(lines[0].words) if lines else []


def _edge_between(low: float, high: float, text: CellText) -> float:
    """The middle of the room that a head's words leave between two x, nearest to their middle; that where none is.

    Lines over several columns may stand above the heads of each.
    """
    middle = (low + high) / 2
    for first in range(len(text.lines)):
        rooms = [(a + b) / 2 for a, b in _rooms(text.lines[first:])]
        if between := [room for room in rooms if low < room < high]:
            return min(between, key=lambda room: abs(room - middle))
    return middle


def _rooms(lines: Sequence[Line]) -> list[Interval]:
    """The x ranges between the words of some lines that no word of any of them reaches into."""
    taken = [(w.box.x0, w.box.x1) for line in lines for w in line.words]
    return free_intervals(taken, min(x0 for x0, _ in taken), max(x1 for _, x1 in taken)) if taken else []


def _between_symbols(
    page: Page, body: Box, text: CellText, symbols: Sequence[Box], settings: LayoutSettings
) -> list[float]:
    """The middles of the rooms in a head's words, where the symbols below stand at either side of them."""
    size = page.text_size
    symbols = [symbol for symbol in symbols if body.contains(*symbol.center)]
    most: list[float] = []
    for first in range(len(text.lines)) if symbols else ():
        rooms = [(a, b) for a, b in _rooms(text.lines[first:]) if b - a >= settings.head_room * size]
        found = [(a + b) / 2 for a, b in rooms if _parts((a + b) / 2, symbols, settings)]
        holding = [any(x0 <= s.center[0] < x1 for s in symbols) for x0, x1 in pairwise((body.x0, *found, body.x1))]
        if sum(holding) > 1 and len(found) > len(most):
            most = found
    return most


def _parts(x: float, symbols: Sequence[Box], settings: LayoutSettings) -> bool:
    """Whether hardly any symbol stands across x."""
    across = sum(min(x - s.x0, s.x1 - x) > settings.symbol_across * s.width for s in symbols)
    return across <= settings.symbols_across * len(symbols)


def _closed_shapes(page: Page, body: Box, size: float, settings: LayoutSettings) -> list[Box]:
    """The boxes of what is drawn below a head as large as symbols are."""
    paths = page.vectors.paths if page.vectors else ()
    boxes = (subpath.box for path in paths for subpath in path.subpaths if subpath.closed)
    low, high = settings.symbol_size
    return [
        b
        for b in boxes
        if low * size <= min(b.width, b.height) and max(b.width, b.height) <= high * size and body.contains(*b.center)
    ]


def _leaves_room(text: CellText, edges: Sequence[float], settings: LayoutSettings) -> bool:
    """Whether a head's own lines leave more room at each edge than there is between two words."""
    for line in _own_lines(text, edges):
        for x in edges:
            before = [w for w in line.words if w.box.center[0] < x]
            after = [w for w in line.words if w.box.center[0] >= x]
            room = min((w.box.x0 for w in after), default=x) - max((w.box.x1 for w in before), default=x)
            if before and after and room < settings.head_room * after[0].size:
                return False
    return True


def _own_lines(text: CellText, edges: Sequence[float]) -> Sequence[Line]:
    """The lines below those that run over an edge, which are those of a head over several columns."""
    over = [i for i, line in enumerate(text.lines) if any(_runs_over(line, x) for x in edges)]
    return text.lines[over[-1] + 1 :] if over else text.lines


def _split_head(text: CellText, edges: Sequence[float]) -> list[CellText]:
    """A head's own lines by columns."""
    parts = []
    for x0, x1 in pairwise((text.box.x0, *edges, text.box.x1)):
        kept = [[w for w in line.words if x0 <= w.box.center[0] < x1] for line in _own_lines(text, edges)]
        parts.append(replace(text, box=replace(text.box, x0=x0, x1=x1), lines=tuple(Line(tuple(w)) for w in kept if w)))
    return parts if edges else [text]


def _runs_over(line: Line, x: float) -> bool:
    """Whether a word of a line lies across x."""
    return any(w.box.x0 < x < w.box.x1 for w in line.words)


def _number_edge(page: Page, table: Table, body: Box, settings: LayoutSettings) -> tuple[float, ...]:
    """The x between the numbers and the activities that stand under one head; none where nothing counts there."""
    size = page.text_size
    for x in _long_lines(table, body, size, settings):
        left = words_in(page.words, replace(body, x1=x))
        if _counts(left) and len(left) <= settings.number_words * len(_numbers(left)):
            return (x,)
    words = words_in(page.words, body)
    margin = min((w.box.x0 for w in words), default=body.x0)
    first = [w for w in words if w.box.x0 <= margin + settings.number_reach * size and LIST_MARK.fullmatch(w.text)]
    rest = [w for w in words if w not in first]
    if not rest or not _counts(first):
        return ()
    low, high = max(w.box.x1 for w in first), min(w.box.x0 for w in rest)
    return ((low + high) / 2,) if high > low else ()


def _numbers(words: Sequence[Word]) -> list[int]:
    """The numbers among words, top to bottom."""
    printed = (RUNNING_NUMBER.fullmatch(w.text) for w in sorted(words, key=lambda w: w.box.center[1]))
    return [int(number[1]) for number in printed if number]


def _counts(words: Sequence[Word]) -> bool:
    """Whether the numbers among words, two at least, count on from top to bottom."""
    numbers = _numbers(words)
    return len(numbers) > 1 and all(b - a == 1 for a, b in pairwise(numbers))

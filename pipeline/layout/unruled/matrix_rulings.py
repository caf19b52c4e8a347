"""The rulings inferred for an unruled activity matrix."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.layout.text_lines import words_in
from pipeline.layout.unruled.inferred_rulings import (
    InferredTable,
    TextTables,
    drawn_edges,
    horizontal_rulings,
    opened_at_titles,
    outer_rulings,
)
from pipeline.layout.unruled.matrix_columns import UnruledColumns, infer_columns, tables_below, with_split_columns
from pipeline.layout.unruled.phrases import heights_of, phrases_of
from pipeline.layout.unruled.row_breaks import breaks_between, breaks_by_room, chain_end
from pipeline.layout.unruled.word_head import RUNNING_NUMBER, WordHead
from pipeline.model.clustering import Interval
from pipeline.model.geometry import Box, overlap
from pipeline.model.headings import Headings
from pipeline.model.page import Page, Ruling, Word
from pipeline.settings import LayoutSettings, UnruledSettings


def infer_matrix(
    page: Page, head: WordHead, parsers: TextTables, headings: Headings, layout: LayoutSettings
) -> tuple[InferredTable, UnruledColumns]:
    """Infer the rulings of a matrix from its head down to what no longer belongs to it.

    Args:
        page: The page with its words, and the few rulings the author may have drawn.
        head: The head as its own words tell it.
        parsers: What parsers for unruled tables see.
        headings: The known labels.
        layout: The thresholds.

    Returns:
        The table, and its columns, in which it may go on over the next page.
    """
    size, foot, settings = page.text_size, page.height, layout.unruled
    left = head.columns[0].box.x0 - size
    bottom = _text_end(page, left, _number_range(head, size, settings), head.bottom, foot, settings)
    tables = tables_below(page, head, bottom, parsers, settings)
    head = with_split_columns(page, head, bottom, tables, headings, layout)
    columns, parser = infer_columns(page, head, bottom, tables, settings)
    body = infer_rows(page, columns, head.bottom, foot, settings)
    box = Box(columns.edges[0], head.top - settings.label_padding * size, columns.edges[-1], body[-1].at)
    titles = columns.titles(words_in(page.words, Box(box.x0, head.bottom, box.x1, box.bottom)), settings)
    rulings = [*outer_rulings(box), *_head_rulings(head, columns, box), *body]
    return InferredTable(box, tuple(opened_at_titles(rulings, titles, box)), parser), columns


def _number_range(head: WordHead, size: float, settings: UnruledSettings) -> Interval | None:
    """The x range of the running numbers."""
    if head.number is None:
        return None
    return head.columns[head.number].box.grown(settings.number_reach * size, 0).x_range()


def _text_end(
    page: Page, left: float, numbers: Interval | None, top: float, foot: float, settings: UnruledSettings
) -> float:
    """Where the rows end: with the text that hangs on the last number, or, without numbers, with the page's text."""
    size = page.text_size
    words = [w for w in page.words if top < w.box.center[1] < foot and w.box.x1 > left]
    low, high = numbers or (0.0, 0.0)
    last = [w.box.bottom for w in words if low <= w.box.center[0] <= high and RUNNING_NUMBER.fullmatch(w.text)]
    if not last:
        return chain_end(heights_of(words), top, settings.loose_gap * size)
    start = max(last)
    return chain_end([s for s in heights_of(words) if s[1] > start], start, settings.line_gap * size)


def _head_rulings(head: WordHead, columns: UnruledColumns, box: Box) -> list[Ruling]:
    """The ruling under the head and those under heads over several columns; columns part below these."""
    edges = columns.edges
    rulings = [Ruling("h", head.bottom, box.x0, box.x1)]
    tops = dict.fromkeys(range(1, len(edges) - 1), box.top)
    for name, group in head.groups:
        under = columns.lanes if name == "pelaksana" else head.grouped(name)
        if not under:
            continue
        y = _below_group(group, [column.box for i, column in enumerate(head.columns) if i in under])
        rulings.append(Ruling("h", y, edges[under[0]], edges[under[-1] + 1]))
        tops.update({i: y for i in under if i != under[0]})
    return rulings + [Ruling("v", edges[i], top, box.bottom) for i, top in tops.items()]


def _below_group(group: Box, heads: Sequence[Box]) -> float:
    return (group.bottom + max(group.bottom, min(head.top for head in heads))) / 2 if heads else group.bottom


def infer_rows(page: Page, columns: UnruledColumns, top: float, foot: float, settings: UnruledSettings) -> list[Ruling]:
    """Infer the rulings below the rows, column by column: none runs through a word of a merged cell.

    Args:
        page: The page with its words, and the few rulings the author may have drawn.
        columns: The columns of the matrix.
        top: The y where the first row begins.
        foot: The y that the last row ends above.
        settings: The thresholds.

    Returns:
        Horizontal rulings from top to bottom; the last is the foot of the table, over all columns.
    """
    size, edges = page.text_size, columns.edges
    words = words_in(page.words, Box(edges[0], top, edges[-1], foot))
    number = None if columns.number is None else (edges[columns.number], edges[columns.number + 1])
    last = max((w.box.bottom for w in columns.numbers(words)), default=0.0)
    end = min(foot, _notes_begin(words, columns, last, settings))
    end = _text_end(page, edges[0], number, top, end, settings)
    words = [w for w in words if w.box.center[1] < end]
    breaks = _row_breaks(page, columns, words, Box(edges[0], top, edges[-1], end), settings)
    breaks = [y for y in breaks if top + settings.least_row * size < y < end]
    heights = [b - a for a, b in pairwise([top, *breaks])]
    bottom = max(end + settings.cell_padding * size, breaks[-1] + median(heights) if breaks else top)
    below = [w.box.top for w in page.words if w.box.top > end and edges[0] < w.box.center[0] < edges[-1]]
    bottom = min([bottom, foot, page.height, *(y - settings.slack * size for y in below)])
    rulings = [
        r for y in breaks for r in horizontal_rulings(y, edges, _parts_columns(page, y, words, columns, settings))
    ]
    return [*rulings, Ruling("h", max(bottom, end), edges[0], edges[-1])]


def _notes_begin(words: Sequence[Word], columns: UnruledColumns, after: float, settings: UnruledSettings) -> float:
    """The top of the first line of text below y = `after` that runs over several columns: a note, not a row."""
    for phrase in phrases_of([w for w in words if w.box.top > after], settings.phrase_gap):
        reach = phrase.words[0].size
        if any(phrase.box.x0 < x - reach and phrase.box.x1 > x + reach for x in columns.edges[1:-1]):
            return phrase.box.top
    return float("inf")


def _row_breaks(
    page: Page, columns: UnruledColumns, words: Sequence[Word], box: Box, settings: UnruledSettings
) -> list[float]:
    """The y between the rows: lines that were drawn, else the room between numbers, else between paragraphs."""
    main, text = columns.main(words), columns.text(words)
    others = heights_of(w for w in text if w not in main)
    anchors = _anchors(columns, words, settings)
    drawn = drawn_edges(page, "h", box, settings.drawn_width, settings.same_line)
    if not anchors:
        return breaks_by_room(heights_of(main), others, page.text_size, settings) or drawn
    breaks = breaks_between(anchors, heights_of(main), others, box.top, page.text_size, settings)
    middles = [box.top, *(sum(anchor) / 2 for anchor in anchors)][-len(breaks) - 1 :]
    rows = zip(middles, middles[1:], breaks, strict=False)
    return [y for low, high, found in rows for y in [d for d in drawn if low < d < high] or [found]]


def _anchors(columns: UnruledColumns, words: Sequence[Word], settings: UnruledSettings) -> list[Interval]:
    """(top, bottom) of the numbers and titles that open a row, top to bottom; none where there are no numbers."""
    numbers = columns.numbers(words)
    titles = [title.box for title in columns.titles(words, settings)] if numbers else []
    return sorted(box.y_range() for box in [*(w.box for w in numbers), *titles])


def _parts_columns(
    page: Page, y: float, words: Sequence[Word], columns: UnruledColumns, settings: UnruledSettings
) -> list[bool]:
    """Column by column whether a ruling at y parts its rows.

    One that was drawn does where it was; any other does where it runs through no word.
    """
    sides = list(pairwise(columns.edges))
    drawn = [r for r in page.rulings if r.axis == "h" and abs(r.at - y) <= settings.same_line]
    covered = [
        sum(overlap(r.start, r.end, *side) for r in drawn) >= settings.drawn_width * (side[1] - side[0])
        for side in sides
    ]
    if covered[columns.activity]:
        return covered
    inset = settings.word_inset
    crossed = [w for w in words if w.box.top + inset * w.box.height < y < w.box.bottom - inset * w.box.height]
    return [i in columns.lanes or not columns.words(crossed, i) for i in range(len(sides))]

"""The lines of an activity matrix that was printed without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.layout.unruled.column_edges import best_of, edge_between, mirrored
from pipeline.layout.unruled.inferred_rulings import Drawn, TextTables, across, frame
from pipeline.layout.unruled.phrases import SAME_LINE, Span, clear_spans, drawn_edges, inside, pieces_of
from pipeline.layout.unruled.row_breaks import chain_end, cuts_between, cuts_by_room, spans_of
from pipeline.layout.unruled.titles import opened, titles_of, without_titles
from pipeline.layout.unruled.word_head import NUMBER, WordHead
from pipeline.model.geometry import Box, overlap
from pipeline.model.page import Line, Page, Ruling, Word
from pipeline.settings import LayoutSettings


@dataclass(frozen=True)
class Columns:
    """The columns of a matrix, page by page the same: their edges, and which are the number's, the activity's and the
    Pelaksana's.
    """

    edges: tuple[float, ...]
    number: int | None
    activity: int
    lanes: range

    def words(self, words: Sequence[Word], index: int) -> list[Word]:
        return [w for w in words if self.edges[index] <= w.box.center[0] < self.edges[index + 1]]

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

    def titles(self, words: Sequence[Word], settings: LayoutSettings) -> list[Line]:
        """The titles that stand between rows, over all columns."""
        if self.number is None:
            return []
        number = Box(self.edges[self.number], 0.0, self.edges[self.number + 1], 0.0)
        return titles_of(self.text(words), number, settings)


def draw_matrix(
    page: Page, head: WordHead, foot: float, parsers: TextTables, settings: LayoutSettings
) -> tuple[Drawn, Columns]:
    """The lines of a matrix from its head down to what no longer belongs to it, at most to y = `foot`."""
    size = page.text_size
    bottom = _text_end(page, head.cores[0].box.x0 - size, _number_span(head, size), head.bottom, foot, settings)
    columns, parser = _columns(page, head, bottom, parsers, settings)
    body = draw_body(page, columns, head.bottom, foot, settings)
    box = Box(columns.edges[0], head.top - 0.2 * size, columns.edges[-1], body[-1].at)
    titles = columns.titles(inside(page.words, Box(box.x0, head.bottom, box.x1, box.bottom)), settings)
    lines = opened([*frame(box), *_head_lines(head, columns, box), *body], titles, box)
    return Drawn(box, tuple(lines), parser), columns


def _number_span(head: WordHead, size: float) -> Span | None:
    if head.number is None:
        return None
    core = head.cores[head.number].box
    return core.x0 - 1.5 * size, core.x1 + 1.5 * size


def _text_end(
    page: Page, left: float, numbers: Span | None, top: float, foot: float, settings: LayoutSettings
) -> float:
    """Where the rows end: with the text that hangs on the last number, or, without numbers, with the page's text."""
    size = page.text_size
    words = [w for w in page.words if top < w.box.center[1] < foot and w.box.x1 > left]
    low, high = numbers or (0.0, 0.0)
    last = [w.box.bottom for w in words if low <= w.box.center[0] <= high and NUMBER.fullmatch(w.text)]
    if not last:
        return chain_end(spans_of(words), top, settings.unruled.loose_gap * size)
    start = max(last)
    return chain_end([s for s in spans_of(words) if s[1] > start], start, settings.unruled.line_gap * size)


def _columns(
    page: Page, head: WordHead, bottom: float, parsers: TextTables, settings: LayoutSettings
) -> tuple[Columns, str | None]:
    size = page.text_size
    cores = [core.box for core in head.cores]
    left, right = cores[0].x0 - 2 * size, cores[-1].x1 + 2 * size
    body = inside(page.words, Box(left, head.bottom, page.width, bottom))
    lanes = head.lanes
    if lanes:
        body = [w for w in body if not cores[lanes[0]].x0 - size < w.box.center[0] < cores[lanes[-1]].x1 + size]
    if head.number is not None:
        body = without_titles(body, titles_of(body, cores[head.number], settings))
    right = max(right, *(w.box.x1 for w in body), 0.0)
    gaps = [(a.x1, b.x0) for a, b in zip(cores, cores[1:], strict=False)]
    taken = [(w.box.x0, w.box.x1) for w in body]
    area = Box(left, head.top, right, bottom)
    names = [w for w in inside(page.words, Box(left, head.top, right, head.bottom)) if not _is_span(w, head)]
    rulings = [r for r in page.rulings if r.box.intersection(area)]
    best = best_of(parsers(page, area, [*names, *body], rulings), gaps, taken)
    edges = _edges(page, head, gaps, taken, best.xs if best else (), area)
    pad = 0.3 * size
    first = min([cores[0].x0 - pad, 2 * cores[0].center[0] - edges[0], *(w.box.x0 - pad for w in body)])
    last = max([cores[-1].x1 + pad, 2 * cores[-1].center[0] - edges[-1], *(w.box.x1 + pad for w in body)])
    whole = (max(first, 0.0), *edges, min(last, page.width))
    return Columns(whole, head.number, head.activity, lanes), best.parser if best else None


def _is_span(word: Word, head: WordHead) -> bool:
    return any(box.contains(*word.box.center) for _, box in head.spans)


def _edges(
    page: Page, head: WordHead, gaps: Sequence[Span], taken: Sequence[Span], xs: Sequence[float], area: Box
) -> list[float]:
    """The edges between columns: drawn lines, else the middle of Pelaksana columns, else the room."""
    cores, lanes = [core.box for core in head.cores], head.lanes
    edges = [edge_between(gap, taken, xs) for gap in gaps]
    if head.number is not None:
        edges[head.number] = _after_numbers(cores[head.number], gaps[head.number], taken, edges[head.number])
    if lanes:
        around = range(lanes[0] - 1, min(lanes[-1] + 1, len(gaps)))
        room = [_clear_around(edges[i], gaps[i], taken) for i in around]
        if len(room) == len(lanes):  # the last of them is the last column of all
            room.append((cores[-1].x1, cores[-1].x1))
        for i, edge in zip(around, mirrored([cores[i] for i in lanes], room), strict=False):
            edges[i] = edge
    drawn = drawn_edges(page, "v", area, 0.5)
    sides = zip(cores, cores[1:], edges, strict=False)
    return [next((x for x in drawn if a.center[0] < x < b.center[0]), edge) for a, b, edge in sides]


def _after_numbers(core: Box, gap: Span, taken: Sequence[Span], edge: float) -> float:
    """The edge behind a column of numbers: in the first room, as the activity may stand far before its head."""
    first = next((room for room in clear_spans(taken, *gap) if room[1] - room[0] > 0.2 * core.height), None)
    return (first[0] + first[1]) / 2 if first else edge


def _clear_around(x: float, gap: Span, taken: Sequence[Span]) -> Span:
    """The stretch of a gap around x that no word reaches into."""
    return next((c for c in clear_spans(taken, *gap) if c[0] <= x <= c[1]), (x, x))


def _head_lines(head: WordHead, columns: Columns, box: Box) -> list[Ruling]:
    """The line under the head and those under heads over several columns; columns part below these."""
    edges = columns.edges
    lines = [Ruling("h", head.bottom, box.x0, box.x1)]
    tops = dict.fromkeys(range(1, len(edges) - 1), box.top)
    for name, span in head.spans:
        under = columns.lanes if name == "pelaksana" else head.under(name)
        if not under:
            continue
        y = _below(span, [core.box for i, core in enumerate(head.cores) if i in under])
        lines.append(Ruling("h", y, edges[under[0]], edges[under[-1] + 1]))
        tops.update({i: y for i in under if i != under[0]})
    return lines + [Ruling("v", edges[i], top, box.bottom) for i, top in tops.items()]


def _below(span: Box, cores: Sequence[Box]) -> float:
    return (span.bottom + max(span.bottom, min(core.top for core in cores))) / 2 if cores else span.bottom


def draw_body(page: Page, columns: Columns, top: float, foot: float, settings: LayoutSettings) -> list[Ruling]:
    """The lines below the rows from y = `top` on, column by column: none runs through a word of a merged cell."""
    size = page.text_size
    edges = columns.edges
    words = inside(page.words, Box(edges[0], top, edges[-1], foot))
    number = None if columns.number is None else (edges[columns.number], edges[columns.number + 1])
    end = _notes_begin(words, columns, _last_number(columns, words), settings)
    end = _text_end(page, edges[0], number, top, min(foot, end), settings)
    words = [w for w in words if w.box.center[1] < end]
    box = Box(edges[0], top, edges[-1], end)
    cuts = _cuts(page, columns, words, box, settings)
    cuts = [y for y in cuts if top + 0.5 * size < y < end]
    heights = [b - a for a, b in zip([top, *cuts], cuts, strict=False)]
    floor = max(end + 0.3 * size, (cuts[-1] if cuts else top) + (median(heights) if heights else 0.0))
    below = [w.box.top for w in page.words if w.box.top > end and edges[0] < w.box.center[0] < edges[-1]]
    floor = min([floor, foot, page.height, *(y - 0.1 * size for y in below)])
    lines = [line for y in cuts for line in across(y, edges, _parted(page, y, words, columns))]
    return [*lines, Ruling("h", max(floor, end), edges[0], edges[-1])]


def _last_number(columns: Columns, words: Sequence[Word]) -> float:
    if columns.number is None:
        return 0.0
    return max((w.box.bottom for w in columns.words(words, columns.number) if NUMBER.fullmatch(w.text)), default=0.0)


def _notes_begin(words: Sequence[Word], columns: Columns, after: float, settings: LayoutSettings) -> float:
    """The top of the first line of text below y = `after` that runs over several columns: a note, not a row."""
    for piece in pieces_of([w for w in words if w.box.top > after], settings.unruled.piece_gap):
        reach = piece.words[0].size
        if any(piece.box.x0 < x - reach and piece.box.x1 > x + reach for x in columns.edges[1:-1]):
            return piece.box.top
    return float("inf")


def _cuts(page: Page, columns: Columns, words: Sequence[Word], box: Box, settings: LayoutSettings) -> list[float]:
    """The y between the rows: lines that were drawn, else the room between numbers, else between paragraphs."""
    size = page.text_size
    main, text = columns.main(words), columns.text(words)
    others = spans_of([w for w in text if w not in main])
    anchors = _anchors(columns, words, settings)
    if not anchors:
        return cuts_by_room(spans_of(main), others, size, settings.unruled.row_gap) or drawn_edges(page, "h", box, 0.6)
    drawn = drawn_edges(page, "h", box, 0.6)
    cuts = cuts_between(anchors, spans_of(main), others, box.top, size)
    middles = [box.top, *(sum(anchor) / 2 for anchor in anchors)][-len(cuts) - 1 :]
    bands = zip(middles, middles[1:], cuts, strict=False)
    return [y for low, high, cut in bands for y in [d for d in drawn if low < d < high] or [cut]]


def _anchors(columns: Columns, words: Sequence[Word], settings: LayoutSettings) -> list[Span]:
    """(top, bottom) of the numbers and titles that open a row, top to bottom; none where there are no numbers."""
    if columns.number is None:
        return []
    found = [w for w in columns.words(words, columns.number) if NUMBER.fullmatch(w.text)]
    titles = [title.box for title in columns.titles(words, settings)] if found else []
    return sorted((box.top, box.bottom) for box in [*(w.box for w in found), *titles])


def _parted(page: Page, y: float, words: Sequence[Word], columns: Columns) -> list[bool]:
    """Column by column whether a line at y parts its rows: one that was drawn does where it was; any other does where
    it runs through no word.
    """
    sides = list(zip(columns.edges, columns.edges[1:], strict=False))
    drawn = [r for r in page.rulings if r.axis == "h" and abs(r.at - y) <= SAME_LINE]
    covered = [sum(overlap(r.start, r.end, *side) for r in drawn) >= 0.6 * (side[1] - side[0]) for side in sides]
    if covered[columns.activity]:
        return covered
    crossed = [w for w in words if w.box.top + 0.2 * w.box.height < y < w.box.bottom - 0.2 * w.box.height]
    return [i in columns.lanes or not columns.words(crossed, i) for i in range(len(sides))]

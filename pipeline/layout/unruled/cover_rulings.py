"""The rulings inferred for an unruled cover: those of the identity table, and those of the boxes below it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.layout.text_lines import words_in
from pipeline.layout.unruled.column_edges import best_fitting, edge_between
from pipeline.layout.unruled.inferred_rulings import InferredTable, TextTables, outer_rulings
from pipeline.layout.unruled.phrases import heights_of, phrases_of, widths_of
from pipeline.layout.unruled.row_breaks import chain_end
from pipeline.layout.unruled.word_cover import WordCover
from pipeline.model.clustering import Interval, free_intervals
from pipeline.model.geometry import Box
from pipeline.model.page import Page, Ruling, Word
from pipeline.settings import UnruledSettings


def infer_cover(
    page: Page, cover: WordCover, foot: float, parsers: TextTables, settings: UnruledSettings
) -> list[InferredTable]:
    """Infer the rulings of the identity table and of the boxes, as far as the page has them, down to y = `foot`."""
    foot = min(foot, cover.until - settings.slack * page.text_size)
    first = cover.boxes[0][0].box.top if cover.boxes else foot
    zones = [_identity_zone(page, cover, first, settings)] if cover.fields else []
    zones += [_boxes_zone(page, cover, first, foot, settings)] if cover.boxes else []
    words = [w for zone in zones for w in words_in(page.words, zone)]
    pad = settings.cell_padding * page.text_size
    left, right = min(w.box.x0 for w in words) - pad, max(w.box.x1 for w in words) + pad
    found: list[InferredTable] = []
    if cover.fields:
        found.append(_identity(page, cover, Box(left, zones[0].top, right, zones[0].bottom), parsers, settings))
    if cover.boxes:
        found.append(_boxes(page, cover, Box(left, zones[-1].top, right, zones[-1].bottom), parsers, settings))
    return found


def _identity_zone(page: Page, cover: WordCover, foot: float, settings: UnruledSettings) -> Box:
    """From the first label (or what stands beside it at the left) down to the first box, or to a title before it."""
    size, labels = page.text_size, cover.fields
    pad = settings.label_padding * size
    x = min(label.box.x0 for label in labels)
    first, last = labels[0].box.top, max(label.box.bottom for label in labels)
    words = [w for w in page.words if w.box.center[1] < foot]
    titles = [p.box for p in phrases_of(words, settings.phrase_gap) if p.box.x0 < x - size and p.box.x1 > x + size]
    below = min((box.top - settings.slack * size for box in titles if box.top > last), default=foot)
    bottom = min(_row_top(page.words, foot, last, size, settings.label_padding, settings), below)
    if not cover.boxes:
        rest = heights_of(w for w in words if w.box.bottom > last)
        bottom = min(bottom, chain_end(rest, last, settings.loose_gap * size) + pad)
    above = max((box.bottom for box in titles if box.bottom <= first), default=0.0)
    top = first - pad
    for box in sorted((w.box for w in words if w.box.x1 < x and w.box.top >= above), key=lambda b: -b.bottom):
        if box.top < top <= box.bottom + settings.letterhead_gap * size:
            top = box.top - pad
    return Box(0, top, page.width, bottom)


def _boxes_zone(page: Page, cover: WordCover, top: float, foot: float, settings: UnruledSettings) -> Box:
    """From the first box's label (or the page's first word, where boxes go on) down to where their text ends."""
    size = page.text_size
    above = max((label.box.bottom for label in cover.fields), default=0.0)
    start = _row_top(page.words, top, above, size, settings.label_padding, settings)
    if cover.goes_on:
        start = min(w.box.top for w in page.words) - settings.label_padding * size
    last = max(label.box.bottom for row in cover.boxes for label in row)
    words = [w for w in page.words if last < w.box.bottom and w.box.center[1] < foot]
    end = chain_end(heights_of(words), last, settings.loose_gap * size)
    return Box(0, start, page.width, min(end + settings.cell_padding * size, foot))


def _row_top(
    words: Sequence[Word], y: float, limit: float, size: float, reach: float, settings: UnruledSettings
) -> float:
    """The y of the ruling above a label at y: in the nearest room above it, down from `limit`.

    Its row may begin with a value that is higher than the label: a room that parts two rows, at most `reach` em away,
    comes first.
    """
    reaching = [s for s in heights_of(words) if s[0] < y and s[1] > limit]
    rooms = free_intervals(reaching, limit, y)
    if not rooms:
        return y - settings.slack * size
    parting = [r for r in rooms if r[1] - r[0] >= settings.row_gap * size and y - r[1] <= reach * size]
    low, high = (parting or rooms)[-1]
    return max((low + high) / 2, high - settings.cell_padding * size)


def _identity(page: Page, cover: WordCover, box: Box, parsers: TextTables, settings: UnruledSettings) -> InferredTable:
    """A ruling above every label, and vertical ones before the labels and before their values."""
    size, labels = page.text_size, cover.fields
    slack = settings.slack * size
    words = words_in(page.words, box)
    x0, x1 = min(label.box.x0 for label in labels), max(label.box.x1 for label in labels)
    left = [w.box.x1 for w in words if w.box.x1 < x0]
    own = [label.box for label in labels]
    values = [w for w in words if w.box.x0 >= x0 - slack and not any(b.contains(*w.box.center) for b in own)]
    value = min((w.box.x0 for w in values), default=box.x1)
    gaps: list[Interval] = [(max(left), x0)] if left else []
    gaps += [(x1, value)] if value > x1 + slack else []
    edges, parser = _edges(page, box, words, gaps, parsers)
    side = edges[0] if left else box.x0
    beside = [w for w in words if w.box.x0 >= side]
    breaks = [_row_top(beside, b.top, a.bottom, size, settings.value_reach, settings) for a, b in pairwise(own)]
    rulings = [*outer_rulings(box), *(Ruling("v", x, box.top, box.bottom) for x in edges)]
    return InferredTable(box, (*rulings, *(Ruling("h", y, side, box.x1) for y in breaks)), parser)


def _boxes(page: Page, cover: WordCover, box: Box, parsers: TextTables, settings: UnruledSettings) -> InferredTable:
    """A ruling above and below every row of labels, and a vertical one between boxes that stand side by side."""
    words, size = words_in(page.words, box), page.text_size
    tops = [min(label.box.top for label in row) for row in cover.boxes]
    ends = [box.top, *(max(label.box.bottom for label in row) for row in cover.boxes)]
    rows = list(zip(tops, ends, strict=False))[0 if cover.goes_on else 1 :]
    ys = [_row_top(words, top, end, size, settings.label_padding, settings) for top, end in rows]
    ys += [y for end in ends[1:] if (y := _half_way_below(words, end, settings)) is not None]
    seconds = [row[1].box for row in cover.boxes if len(row) == 2]
    rulings = [*outer_rulings(box), *(Ruling("h", y, box.x0, box.x1) for y in ys)]
    if not seconds:
        return InferredTable(box, tuple(rulings), None)
    x = min(b.x0 for b in seconds)
    firsts = max(row[0].box.x1 for row in cover.boxes if len(row) == 2)
    edges, parser = _edges(page, box, words, [(min(firsts, x - settings.least_room), x)], parsers)
    return InferredTable(box, (*rulings, *(Ruling("v", e, box.top, box.bottom) for e in edges)), parser)


def _half_way_below(words: Sequence[Word], y: float, settings: UnruledSettings) -> float | None:
    """Half way from a row of labels that ends at y to the text below it; None where text stands beside its end."""
    below = [w.box.top for w in words if w.box.bottom > y + settings.slack * w.size]
    return (y + min(below)) / 2 if below and min(below) >= y else None


def _edges(
    page: Page, box: Box, words: Sequence[Word], gaps: Sequence[Interval], parsers: TextTables
) -> tuple[list[float], str | None]:
    """An edge in every gap, where the best parser has it, and which parser that is."""
    if not gaps:
        return [], None
    taken = widths_of(words)
    best = best_fitting(parsers(page, box, words), gaps, taken)
    return [edge_between(gap, taken, best.xs if best else ()) for gap in gaps], best.parser if best else None

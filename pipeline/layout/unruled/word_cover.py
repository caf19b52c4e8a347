"""The lines of a cover that was printed without them: the identity fields, and the boxes below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.layout.label_matching import match, split_label
from pipeline.layout.unruled.column_edges import best_of, edge_between
from pipeline.layout.unruled.inferred_rulings import Drawn, TextTables, frame
from pipeline.layout.unruled.phrases import Span, clear_spans, inside, is_item, pieces_of
from pipeline.layout.unruled.row_breaks import chain_end, spans_of
from pipeline.model.clustering import cluster
from pipeline.model.geometry import Box, union
from pipeline.model.headings import Headings, Synonyms
from pipeline.model.page import Line, Page, Ruling, Word
from pipeline.model.text import squash
from pipeline.settings import LayoutSettings

FIELDS = 3  # so many identity labels below each other make a cover
LABEL_LINES = 4  # a narrow column breaks a label over at most so many lines
VALUE_REACH = 2.6  # em: a value of several lines begins so high above the middle where its label stands
PAIRS = 2  # ... or so many boxes side by side


@dataclass(frozen=True)
class FoundLabel:
    """A label on the page: the field it names, and the box of its own words."""

    name: str
    box: Box


@dataclass(frozen=True)
class WordCover:
    """A cover by its words: identity labels top to bottom, and the boxes' labels line by line, left to right."""

    fields: tuple[FoundLabel, ...]
    boxes: tuple[tuple[FoundLabel, ...], ...]
    goes_on: bool = False  # what stands above the first label is the rest of the boxes of the page before

    @property
    def names(self) -> set[str]:
        return {label.name for label in [*self.fields, *(label for row in self.boxes for label in row)]}


def find_word_cover(
    page: Page, headings: Headings, settings: LayoutSettings, foot: float, goes_on: bool = False
) -> WordCover | None:
    """The cover on a page above y = `foot`; None where there are too few labels that stand like those of a cover. Two
    boxes side by side are enough where it goes on from the page before.
    """
    size, likeness = page.text_size, settings.likeness if page.kind == "text" else settings.likeness_scanned
    pieces = [p for p in pieces_of(page.words, settings.unruled.piece_gap) if p.box.bottom < foot and not is_item(p)]
    fields = _below_each_other(list(_fields(pieces, headings.cover, likeness, size)), settings.unruled.aligned * size)
    boxes = [FoundLabel(n, p.box) for p in pieces if (n := match(p.text.strip(" :"), headings.boxes, likeness))]
    rows = _side_by_side(_once([b for b in boxes if not fields or b.box.top > fields[0].box.top]), 0.5 * size)
    if len({f.name for f in fields}) < FIELDS:
        fields = []
    if not fields and sum(len(row) == 2 for row in rows) < (1 if goes_on else PAIRS):
        return None
    return WordCover(tuple(fields), tuple(rows), goes_on and not fields)


def _fields(pieces: Sequence[Line], cover: Synonyms, likeness: float, size: float) -> Iterator[FoundLabel]:
    """Pieces that are an identity label, alone or with those right below them, or begin with one: then it ends with a
    colon, or is two words long.
    """
    begins = {squash(label)[:2] for labels in cover.values() for label in labels}
    used: list[Line] = []
    for piece in pieces:
        if piece in used or squash(piece.text)[:2] not in begins:  # matching is slow, and a page has many pieces
            continue
        stack = _stack(piece, pieces, size)
        names = [match(_joined(stack[:n]), cover, likeness) for n in range(len(stack) + 1)]
        if length := max((n for n, name in enumerate(names) if name), default=0):
            used += stack[:length]
            yield FoundLabel(names[length] or "", union(p.box for p in stack[:length]))
        elif split := split_label(piece.text, cover, likeness):
            words = piece.words[: len(piece.words) - len(split[1].split())] or piece.words[:1]
            if len(words) >= 2 or ":" in piece.text:
                yield FoundLabel(split[0], union(w.box for w in words))


def _joined(stack: Sequence[Line]) -> str:
    return " ".join(piece.text for piece in stack).strip(" :")


def _stack(piece: Line, pieces: Sequence[Line], size: float) -> list[Line]:
    """A piece and those right below it that begin at its x: the lines of one narrow cell."""
    stack = [piece]
    while len(stack) < LABEL_LINES and (below := next((p for p in pieces if _follows(stack[-1], p, size)), None)):
        stack.append(below)
    return stack


def _follows(piece: Line, below: Line, size: float) -> bool:
    first, second = piece.words[0].box, below.words[0].box
    return abs(first.x0 - second.x0) <= 0.5 * size and -0.2 * size <= second.top - first.bottom <= 0.6 * size


def _below_each_other(labels: Sequence[FoundLabel], reach: float) -> list[FoundLabel]:
    """The labels that begin at one x, where most different ones do, top to bottom and each field once."""
    groups = [[other for other in labels if abs(other.box.x0 - label.box.x0) <= reach] for label in labels]
    best = max(groups, key=lambda g: len({label.name for label in g}), default=[])
    return _once(sorted(best, key=lambda label: label.box.top))


def _once(labels: Sequence[FoundLabel]) -> list[FoundLabel]:
    """Each field's label top to bottom; of several the one nearest to the middle of all: others stand elsewhere, as the
    number of a regulation above the cover does.
    """
    middle = median([label.box.center[1] for label in labels]) if labels else 0.0
    nearest: dict[str, FoundLabel] = {}
    for label in sorted(labels, key=lambda label: abs(label.box.center[1] - middle)):
        nearest.setdefault(label.name, label)
    return sorted(nearest.values(), key=lambda label: label.box.top)


def _side_by_side(labels: Sequence[FoundLabel], reach: float) -> list[tuple[FoundLabel, ...]]:
    rows = cluster(labels, reach, lambda label: label.box.top)
    return [tuple(sorted(row, key=lambda label: label.box.x0)) for row in rows]


def draw_cover(page: Page, cover: WordCover, foot: float, parsers: TextTables, settings: LayoutSettings) -> list[Drawn]:
    """The lines of the identity table and of the boxes, as far as the page has them, at most down to y = `foot`."""
    size = page.text_size
    first = cover.boxes[0][0].box.top if cover.boxes else foot
    zones = [_identity_zone(page, cover, first, settings)] if cover.fields else []
    zones += [_boxes_zone(page, cover, first, foot, settings)] if cover.boxes else []
    words = [w for zone in zones for w in inside(page.words, zone)]
    left, right = min(w.box.x0 for w in words) - 0.3 * size, max(w.box.x1 for w in words) + 0.3 * size
    drawn: list[Drawn] = []
    if cover.fields:
        drawn.append(_identity(page, cover, Box(left, zones[0].top, right, zones[0].bottom), parsers, settings))
    if cover.boxes:
        drawn.append(_boxes(page, cover, Box(left, zones[-1].top, right, zones[-1].bottom), parsers, settings))
    return drawn


def _identity_zone(page: Page, cover: WordCover, foot: float, settings: LayoutSettings) -> Box:
    """From the first label (or what stands beside it at the left) down to the first box, or to a title before it."""
    size, labels = page.text_size, cover.fields
    x = min(label.box.x0 for label in labels)
    first, last = labels[0].box.top, max(label.box.bottom for label in labels)
    words = [w for w in page.words if w.box.center[1] < foot]
    titles = [
        p.box for p in pieces_of(words, settings.unruled.piece_gap) if p.box.x0 < x - size and p.box.x1 > x + size
    ]
    below = min((box.top - 0.1 * size for box in titles if box.top > last), default=foot)
    bottom = min(_above(page.words, foot, last, settings, size, 0.2), below)
    if not cover.boxes:
        rest = spans_of([w for w in words if w.box.bottom > last])
        bottom = min(bottom, chain_end(rest, last, settings.unruled.loose_gap * size) + 0.2 * size)
    above = max((box.bottom for box in titles if box.bottom <= first), default=0.0)
    top = first - 0.2 * size
    for box in sorted((w.box for w in words if w.box.x1 < x and w.box.top >= above), key=lambda b: -b.bottom):
        if box.top < top <= box.bottom + 1.5 * size:
            top = box.top - 0.2 * size
    return Box(0, top, page.width, bottom)


def _boxes_zone(page: Page, cover: WordCover, top: float, foot: float, settings: LayoutSettings) -> Box:
    size = page.text_size
    above = [label.box.bottom for label in cover.fields]
    start = _above(page.words, top, max(above, default=0.0), settings, size, 0.2)
    if cover.goes_on:
        start = min(w.box.top for w in page.words) - 0.2 * size
    last = max(label.box.bottom for row in cover.boxes for label in row)
    words = [w for w in page.words if last < w.box.bottom and w.box.center[1] < foot]
    end = chain_end(spans_of(words), last, settings.unruled.loose_gap * size)
    return Box(0, start, page.width, min(end + 0.3 * size, foot))


def _above(words: Sequence[Word], y: float, limit: float, settings: LayoutSettings, size: float, reach: float) -> float:
    """The line above a label at y: in the nearest room above it, down from `limit`. Its row may begin with a value that
    is higher than the label: a room that parts two rows, at most `reach` em away, comes first.
    """
    rooms = clear_spans([s for s in spans_of(words) if s[0] < y and s[1] > limit], limit, y)
    if not rooms:
        return y - 0.1 * size
    parting = [r for r in rooms if r[1] - r[0] >= settings.unruled.row_gap * size and y - r[1] <= reach * size]
    low, high = (parting or rooms)[-1]
    return max((low + high) / 2, high - 0.3 * size)


def _identity(page: Page, cover: WordCover, box: Box, parsers: TextTables, settings: LayoutSettings) -> Drawn:
    """A line above every label, and upright ones before the labels and before their values."""
    size, labels = page.text_size, cover.fields
    words = inside(page.words, box)
    x0, x1 = min(label.box.x0 for label in labels), max(label.box.x1 for label in labels)
    left = [w.box.x1 for w in words if w.box.x1 < x0]
    own = [label.box for label in labels]
    values = [w for w in words if w.box.x0 >= x0 - 0.1 * size and not any(b.contains(*w.box.center) for b in own)]
    value = min((w.box.x0 for w in values), default=box.x1)
    gaps: list[Span] = [(max(left), x0)] if left else []
    gaps += [(x1, value)] if value > x1 + 0.1 * size else []
    edges, parser = _edges(page, box, words, gaps, parsers)
    side = edges[0] if left else box.x0
    held = [w for w in words if w.box.x0 >= side]
    cuts = [
        _above(held, b.box.top, a.box.bottom, settings, size, VALUE_REACH)
        for a, b in zip(labels, labels[1:], strict=False)
    ]
    rulings = [*frame(box), *(Ruling("v", x, box.top, box.bottom) for x in edges)]
    return Drawn(box, (*rulings, *(Ruling("h", y, side, box.x1) for y in cuts)), parser)


def _boxes(page: Page, cover: WordCover, box: Box, parsers: TextTables, settings: LayoutSettings) -> Drawn:
    """A line above and below every row of labels, and an upright one between boxes that stand side by side."""
    words = inside(page.words, box)
    tops = [min(label.box.top for label in row) for row in cover.boxes]
    ends = [box.top, *(max(label.box.bottom for label in row) for row in cover.boxes)]
    cuts = [
        _above(words, top, end, settings, page.text_size, 0.2)
        for top, end in list(zip(tops, ends, strict=False))[0 if cover.goes_on else 1 :]
    ]
    cuts += [y for end in ends[1:] if (y := _below(words, end)) is not None]
    seconds = [row[1].box for row in cover.boxes if len(row) == 2]
    rulings = [*frame(box), *(Ruling("h", y, box.x0, box.x1) for y in cuts)]
    if not seconds:
        return Drawn(box, tuple(rulings), None)
    x = min(b.x0 for b in seconds)
    firsts = max(row[0].box.x1 for row in cover.boxes if len(row) == 2)
    edges, parser = _edges(page, box, words, [(min(firsts, x - 0.1), x)], parsers)
    return Drawn(box, (*rulings, *(Ruling("v", e, box.top, box.bottom) for e in edges)), parser)


def _below(words: Sequence[Word], y: float) -> float | None:
    """Half way from a row of labels that ends at y to the text below it; None where text stands beside its end."""
    below = [w.box.top for w in words if w.box.bottom > y + 0.1 * w.size]
    return (y + min(below)) / 2 if below and min(below) >= y else None


def _edges(
    page: Page, box: Box, words: Sequence[Word], gaps: Sequence[Span], parsers: TextTables
) -> tuple[list[float], str | None]:
    """An edge in every gap, where the best parser has it, and which parser that is."""
    if not gaps:
        return [], None
    taken = [(w.box.x0, w.box.x1) for w in words]
    rulings = [r for r in page.rulings if r.box.intersection(box)]
    best = best_of(parsers(page, box, words, rulings), gaps, taken)
    return [edge_between(gap, taken, best.xs if best else ()) for gap in gaps], best.parser if best else None

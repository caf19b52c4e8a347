"""Where the rows of an unruled table part: each begins with a number, and between two numbers lies the widest room."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.layout.unruled.phrases import Span, clear_spans
from pipeline.model.page import Word

PAD = 0.3  # em: the room that a cell leaves above its text


def cuts_between(
    anchors: Sequence[Span], main: Sequence[Span], others: Sequence[Span], top: float, size: float
) -> list[float]:
    """One y between each two neighbouring anchors: (top, bottom) of the words that open a row; the first row begins
    at y = `top`.

    `main` are the words of the columns that are never merged over rows, `others` those of columns that may be. Text
    above the first anchor, where anchors stand in the first line of their rows, is the rest of a row from the page
    before: then there is one y more, above that anchor.
    """
    rooms = [_room(a, b, main, others) for a, b in zip(anchors, anchors[1:], strict=False)]
    cuts = [(low + high) / 2 for low, high in rooms]
    if not _opens_rows(anchors, main, [float("-inf"), *cuts, float("inf")], size):
        return _balanced(anchors, cuts, [*main, *others], top, size)
    rooms = [
        _room(a, b, main, ()) for a, b in zip(anchors, anchors[1:], strict=False)
    ]  # a merged cell may stand higher
    before = [s for s in [*main, *others] if s[1] <= anchors[0][0]]
    rooms = [*([(max(s[1] for s in before), anchors[0][0])] if before else []), *rooms]
    return [max((low + high) / 2, high - PAD * size) for low, high in rooms]


def _balanced(
    anchors: Sequence[Span], cuts: Sequence[float], words: Sequence[Span], top: float, size: float
) -> list[float]:
    """The cuts for numbers in the middle of their rows: a row ends as far below its number as it begins above it. The
    room between lines that is nearest to there parts the rows, even where cells that are full leave no wider one.
    """
    found: list[float] = []
    for above, below, cut in zip(anchors, anchors[1:], cuts, strict=False):
        low, high = sum(above) / 2, sum(below) / 2
        middles = [(a + b) / 2 for a, b in clear_spans(_reaching(words, low, high), low, high)]
        wanted = 2 * low - top
        best = min(middles, key=lambda y: abs(y - wanted), default=cut)
        top = best if abs(best - wanted) <= size else cut
        found.append(top)
    return found


def _room(above: Span, below: Span, main: Sequence[Span], others: Sequence[Span]) -> Span:
    """The widest room between two anchors. A cell that is merged over both rows may stand in it: then it is the widest
    in the main columns, unless a clear one is nearly as wide.
    """
    low, high = sum(above) / 2, sum(below) / 2
    rooms = clear_spans(_reaching(main, low, high), low, high)
    if not rooms:
        return (low + high) / 2, (low + high) / 2
    enough = 0.6 * max(b - a for a, b in rooms)
    clear = [c for room in rooms for c in clear_spans(_reaching(others, *room), *room) if c[1] - c[0] >= enough]
    return max(clear or rooms, key=lambda c: c[1] - c[0])


def _reaching(spans: Sequence[Span], low: float, high: float) -> list[Span]:
    return [s for s in spans if s[1] > low and s[0] < high]


def _opens_rows(anchors: Sequence[Span], main: Sequence[Span], cuts: Sequence[float], size: float) -> bool:
    """Whether most anchors stand in the first line of their row, and not in its middle. The first one is no witness:
    the rest of another row may stand above it.
    """
    first = 0
    for anchor, top, bottom in list(zip(anchors, cuts, cuts[1:], strict=False))[1:]:
        tops = [a for a, b in main if top < (a + b) / 2 < bottom]
        first += bool(tops) and anchor[0] - min(tops) <= 0.5 * size
    return len(anchors) > 1 and first >= 0.7 * (len(anchors) - 1)


def cuts_by_room(main: Sequence[Span], others: Sequence[Span], size: float, row_gap: float) -> list[float]:
    """The y between rows without numbers: wherever all columns leave more room than there is between lines.

    `row_gap` is that more, in em.
    """
    if not main:
        return []
    low, high = min(a for a, _ in main), max(b for _, b in main)
    leading = _usual_room(main, low, high)
    return [(a + b) / 2 for a, b in clear_spans([*main, *others], low, high) if b - a >= leading + row_gap * size]


def _usual_room(main: Sequence[Span], low: float, high: float) -> float:
    """The room between two lines of one paragraph: the narrowest quarter of all rooms."""
    rooms = sorted(b - a for a, b in clear_spans(main, low, high))
    return rooms[len(rooms) // 4] if len(rooms) > 3 else 0.0


def chain_end(lines: Sequence[Span], start: float, gap: float) -> float:
    """Where text that hangs together ends: each line at most `gap` points below what came before it."""
    end = start
    for top, bottom in sorted(lines):
        if top > end + gap:
            break
        end = max(end, bottom)
    return end


def spans_of(words: Sequence[Word]) -> list[Span]:
    return [(w.box.top, w.box.bottom) for w in words]

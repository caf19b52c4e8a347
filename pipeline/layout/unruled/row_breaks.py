"""Where the rows of an unruled table part: each begins with a number, and between two numbers lies the widest room."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.layout.unruled.phrases import phrases_of
from pipeline.layout.unruled.word_head import RUNNING_NUMBER
from pipeline.model.clustering import Interval, free_intervals
from pipeline.model.geometry import Box, overlap
from pipeline.model.page import Line, Word
from pipeline.settings import UnruledSettings


def breaks_between(
    anchors: Sequence[Interval],
    main: Sequence[Interval],
    others: Sequence[Interval],
    top: float,
    size: float,
    settings: UnruledSettings,
) -> list[float]:
    """Find one y between each two neighbouring rows.

    Args:
        anchors: The (top, bottom) of the words that open a row, top to bottom.
        main: The (top, bottom) of the words in columns that are never merged over rows.
        others: The same for columns that may be merged.
        top: Where the first row begins, in points.
        size: The text size in points.
        settings: The thresholds.

    Returns:
        As many y as there are rows less one. Text above the first anchor, where anchors stand in the first line of
        their rows, is the rest of a row from the page before: then there is one y more, above that anchor.
    """
    rooms = [_widest_room(a, b, main, others, settings) for a, b in pairwise(anchors)]
    middles = [(low + high) / 2 for low, high in rooms]
    if not _open_rows(anchors, main, [float("-inf"), *middles, float("inf")], size, settings):
        return _balanced(anchors, middles, [*main, *others], top, size)
    rooms = [_widest_room(a, b, main, (), settings) for a, b in pairwise(anchors)]  # a merged cell may reach higher
    before = [s for s in [*main, *others] if s[1] <= anchors[0][0]]
    rooms = [*([(max(s[1] for s in before), anchors[0][0])] if before else []), *rooms]
    return [max((low + high) / 2, high - settings.cell_padding * size) for low, high in rooms]


def _balanced(
    anchors: Sequence[Interval], middles: Sequence[float], words: Sequence[Interval], top: float, size: float
) -> list[float]:
    """The breaks for numbers in the middle of their rows: a row ends as far below its number as it begins above it.

    The room between lines that is nearest to there parts the rows, even where full cells leave no wider one.
    """
    found: list[float] = []
    for above, below, middle in zip(anchors, anchors[1:], middles, strict=False):
        low, high = sum(above) / 2, sum(below) / 2
        rooms = [(a + b) / 2 for a, b in free_intervals(_reaching(words, low, high), low, high)]
        wanted = 2 * low - top
        best = min(rooms, key=lambda y: abs(y - wanted), default=middle)
        top = best if abs(best - wanted) <= size else middle
        found.append(top)
    return found


def _widest_room(
    above: Interval, below: Interval, main: Sequence[Interval], others: Sequence[Interval], settings: UnruledSettings
) -> Interval:
    """The widest room between two anchors.

    A cell that is merged over both rows may stand in it: then it is the widest in the main columns, unless one that is
    free in all columns is nearly as wide.
    """
    low, high = sum(above) / 2, sum(below) / 2
    rooms = free_intervals(_reaching(main, low, high), low, high)
    if not rooms:
        return (low + high) / 2, (low + high) / 2
    enough = settings.free_room * max(b - a for a, b in rooms)
    free = [c for room in rooms for c in free_intervals(_reaching(others, *room), *room) if c[1] - c[0] >= enough]
    return max(free or rooms, key=lambda c: c[1] - c[0])


def _reaching(intervals: Sequence[Interval], low: float, high: float) -> list[Interval]:
    return [s for s in intervals if s[1] > low and s[0] < high]


def _open_rows(
    anchors: Sequence[Interval],
    main: Sequence[Interval],
    breaks: Sequence[float],
    size: float,
    settings: UnruledSettings,
) -> bool:
    """Whether most anchors stand in the first line of their row, and not in its middle.

    The first one is not counted: the rest of another row may stand above it.
    """
    first = 0
    for anchor, top, bottom in list(zip(anchors, breaks, breaks[1:], strict=False))[1:]:
        tops = [a for a, b in main if top < (a + b) / 2 < bottom]
        first += bool(tops) and anchor[0] - min(tops) <= settings.first_line * size
    return len(anchors) > 1 and first >= settings.first_line_share * (len(anchors) - 1)


def breaks_by_room(
    main: Sequence[Interval], others: Sequence[Interval], size: float, settings: UnruledSettings
) -> list[float]:
    """The y between rows without numbers: wherever all columns leave more room than there is between lines."""
    if not main:
        return []
    low, high = min(a for a, _ in main), max(b for _, b in main)
    least = _line_room(main, low, high) + settings.row_gap * size
    return [(a + b) / 2 for a, b in free_intervals([*main, *others], low, high) if b - a >= least]


def _line_room(main: Sequence[Interval], low: float, high: float) -> float:
    """The room between two lines of one paragraph: the narrowest quarter of all rooms."""
    rooms = sorted(b - a for a, b in free_intervals(main, low, high))
    return rooms[len(rooms) // 4] if len(rooms) > 3 else 0.0


def chain_end(lines: Sequence[Interval], start: float, gap: float) -> float:
    """The y where text that hangs together ends: each line at most `gap` points below what came before it."""
    end = start
    for top, bottom in sorted(lines):
        if top > end + gap:
            break
        end = max(end, bottom)
    return end


def title_rows(words: Sequence[Word], number: Box, settings: UnruledSettings) -> list[Line]:
    """The titles within a matrix: phrases that begin among the numbers, run on into the activities, and stand alone.

    Args:
        words: The words of the text columns of a matrix.
        number: The box of the number column's head.
        settings: The thresholds.
    """
    phrases = phrases_of(words, settings.phrase_gap)
    return [
        p for p in phrases if _begins_title(p, number) and not any(_is_beside(p, other, settings) for other in phrases)
    ]


def _begins_title(phrase: Line, number: Box) -> bool:
    first = phrase.words[0]
    from_numbers = phrase.box.x0 <= number.x1 and phrase.box.x1 > number.x1 + first.size
    return from_numbers and not RUNNING_NUMBER.fullmatch(first.text)


def _is_beside(phrase: Line, other: Line, settings: UnruledSettings) -> bool:
    shared = overlap(*phrase.box.y_range(), *other.box.y_range())
    return other is not phrase and shared > settings.same_line_share * phrase.box.height

"""Lists whose marks do not open their lines: numbers in a column of their own, and lists side by side in one box."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from pipeline.extract.list_marks import ItemMark, lone_number, mark_of
from pipeline.extract.paragraphs import begins_citation, begins_lower, fits, goes_on
from pipeline.layout.text_lines import lines_of
from pipeline.model.geometry import Box, union
from pipeline.model.headings import Headings
from pipeline.model.page import CellText, Line, Word
from pipeline.settings import ExtractSettings

Place = Callable[[float, float], float]

PLACES: tuple[Place, ...] = (
    lambda first, last: first,
    lambda first, last: (first + last) / 2,
    lambda first, last: last,
)
"""Where a number stands beside an item from its first line to its last: at that one, their middle, or this one."""


def numbered_beside(text: CellText, headings: Headings, settings: ExtractSettings) -> list[list[Line]] | None:
    """The items of a list whose numbers stand in a column of their own, at the middle or the foot of their items.

    Returns:
        The lines of every item, without its number; None where the numbers stand in a line with their items' first
        lines, or there is no such column.
    """
    words = [word for line in text.lines for word in line.words]
    numbers, others = _number_column(words, settings)
    if not numbers:
        return None
    lines = lines_of(others)
    middles = [line.box.center[1] for line in lines]
    pitch = median([b - a for a, b in pairwise(middles)]) if len(lines) > 1 else 0.0
    if len(lines) <= len(numbers) or pitch <= 0:
        return None
    at = [word.box.center[1] for word in numbers]
    scanned = any(number.confidence is not None for number in numbers)
    doubt = settings.number_doubt_scanned if scanned else settings.number_doubt
    ways = []
    for order, place in enumerate(PLACES):
        parts = _partition(middles, at, place)
        off = max(abs(place(middles[a], middles[b - 1]) - y) for (a, b), y in zip(parts, at, strict=True))
        if off <= settings.number_offset * pitch:
            groups = [list(lines[a:b]) for a, b in parts]
            faults = _faults(groups, text, headings, settings)
            ways.append((faults + (doubt if order else 0), order, groups))
    _, order, groups = min(ways, key=lambda way: way[:2], default=(0, 0, []))
    return groups if order else None


def _number_column(words: Sequence[Word], settings: ExtractSettings) -> tuple[list[Word], list[Word]]:
    """Numbers that count on one by one down the left side of a box, left of everything else, and the other words.

    There are no numbers where it is not so.
    """
    margin = min((word.box.x0 for word in words), default=0.0)
    numbers: list[Word] = []
    others: list[Word] = []
    for word in words:
        counts = word.box.x0 <= margin + settings.item_margin * word.size and lone_number(word.text) is not None
        (numbers if counts else others).append(word)
    numbers.sort(key=lambda word: word.box.top)
    values = [lone_number(word.text) or 0 for word in numbers]
    counts_on = all(b == a + 1 for a, b in pairwise(values))
    if len(numbers) < 2 or not others or not counts_on:
        return [], others
    return (numbers if max(n.box.x1 for n in numbers) < min(o.box.x0 for o in others) else []), others


def _partition(middles: Sequence[float], at: Sequence[float], place: Place) -> list[tuple[int, int]]:
    """Part lines into as many items as there are numbers, each number as near to its item's place as can be.

    Args:
        middles: The y of each line.
        at: The y of each number.
        place: Where a number stands beside its item.

    Returns:
        The first line of each item, and the first one behind it.
    """
    count = len(middles)
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for n, y in enumerate(at):
        left = len(at) - n - 1
        step: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, ends) in best.items():
            stops = range(start + 1, count - left + 1) if left else (count,)
            for end in stops:
                total = cost + abs(place(middles[start], middles[end - 1]) - y)
                if end not in step or total < step[end][0]:
                    step[end] = (total, (*ends, end))
        best = step
    _, ends = best[count]
    return list(pairwise((0, *ends)))


def _faults(groups: Sequence[Sequence[Line]], text: CellText, headings: Headings, settings: ExtractSettings) -> int:
    """How many lines begin an item that begin no sentence, or go on with one although they begin the next."""
    lower = all(begins_lower(group[0]) for group in groups)
    wrong = 0
    for above, group in pairwise(groups):
        wrong += goes_on(above[-1], group[0], headings) or (begins_lower(group[0]) and not lower)
    for group in groups:
        for line, below in pairwise(group):
            ended = fits(line, below, text, settings) or line.text.endswith(";")
            ended = ended or begins_citation(line, below, headings)
            wrong += ended and not begins_lower(below) and not goes_on(line, below, headings)
    return wrong


def side_by_side(text: CellText, settings: ExtractSettings) -> tuple[CellText, ...]:
    """The lists that stand side by side in one box, left to right; the box alone where there is one list."""
    edge = _second_margin(text, settings)
    if edge is None:
        return (text,)
    box = text.box
    halves = [
        (Box(box.x0, box.top, edge, box.bottom), [w for line in text.lines for w in line.words if w.box.x0 < edge]),
        (Box(edge, box.top, box.x1, box.bottom), [w for line in text.lines for w in line.words if w.box.x0 >= edge]),
    ]
    left, right = (replace(text, box=part, lines=lines_of(words)) for part, words in halves)
    return left, *side_by_side(right, settings)


def _second_margin(text: CellText, settings: ExtractSettings) -> float | None:
    """The x where a second list begins: marks stand there below each other behind a wide room, and no word across."""
    found = [(line, n) for line in text.lines if mark_of(line) for n in _inner_marks(line, settings)]
    for line, n in found:
        word = line.words[n]
        x = word.box.x0 - settings.item_indent * word.size
        alike = [
            other for other, m in found if abs(other.words[m].box.x0 - word.box.x0) <= settings.item_indent * word.size
        ]
        crossed = any(w.box.x0 < x < w.box.x1 for other in text.lines for w in other.words)
        left = [mark for other in text.lines if (mark := mark_of(other)) and other.box.x0 < x]
        if not crossed and (len(alike) > 1 or _counts_on(line, n, left)):
            return x
    return None


def _inner_marks(line: Line, settings: ExtractSettings) -> Iterator[int]:
    """The indices of the words of a line that are list marks behind a wide room."""
    for n, (before, word) in enumerate(pairwise(line.words), 1):
        wide = word.box.x0 - before.box.x1 > settings.list_room * word.size
        if wide and mark_of(Line(line.words[n:])):
            yield n


def _counts_on(line: Line, n: int, left: Sequence[ItemMark]) -> bool:
    """Whether the mark in a line counts on from the one that opens the line, or from all those at the left."""
    second = mark_of(Line(line.words[n:]))
    before = [mark for mark in (mark_of(line), *left[-1:]) if mark]
    return second is not None and any(m.style == second.style and second.value == m.value + 1 for m in before)


def in_turn(columns: Sequence[Sequence[CellText]], first_marks: Sequence[Sequence[int]]) -> list[CellText]:
    """The items of lists side by side: column by column, or row by row where their numbers count on that way.

    Args:
        columns: The items of every list.
        first_marks: The values of the marks of every list, as printed.
    """
    heads = [marks[:2] for marks in first_marks]
    by_row = len(heads) > 1 and all(len(h) == 2 for h in heads[:1]) and all(heads)
    if by_row and all(b[0] == a[0] + 1 for a, b in pairwise(heads)) and heads[0][1] == heads[-1][0] + 1:
        longest = max(len(items) for items in columns)
        return [items[n] for n in range(longest) for items in columns if n < len(items)]
    return [item for items in columns for item in items]


def box_around(text: CellText, lines: Sequence[Line]) -> CellText:
    """Lines of a box as a text of their own, as wide as the box."""
    around = union(line.box for line in lines)
    return CellText(text.page, Box(text.box.x0, around.top, text.box.x1, around.bottom), tuple(lines))

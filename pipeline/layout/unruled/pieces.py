"""Words that stand together, and the room between them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.layout.text import lines_of
from pipeline.model.geometry import Box, overlap
from pipeline.model.page import Axis, Line, Page, Word

Span = tuple[float, float]

SAME_LINE = 1.0  # points: pieces of one line that a cell merged over it has broken lie this near
MARK = re.compile(r"(?:[A-Za-z]|\d{1,2}|[ivx]{1,4})[.)]|[-•]")  # what begins a list item


def pieces_of(words: Iterable[Word], gap: float) -> list[Line]:
    """Lines of upright words, cut where the room between two of them is more than `gap` of their height."""
    pieces: list[list[Word]] = []
    for line in lines_of([w for w in words if w.direction == 0]):
        pieces.append([line.words[0]])
        for word in line.words[1:]:
            if word.box.x0 - pieces[-1][-1].box.x1 > gap * word.size:
                pieces.append([word])
            else:
                pieces[-1].append(word)
    return [Line(tuple(words)) for words in pieces]


def is_item(piece: Line) -> bool:
    """Whether a piece begins with a list's mark, so that it is an item and no label."""
    return len(piece.words) > 1 and bool(MARK.fullmatch(piece.words[0].text))


def clear_spans(taken: Iterable[Span], low: float, high: float) -> list[Span]:
    """The stretches from `low` to `high` that no taken one reaches into."""
    clear: list[Span] = []
    for start, end in sorted(taken):
        if start > low:
            clear.append((low, min(start, high)))
        low = max(low, end)
        if low >= high:
            break
    if low < high:
        clear.append((low, high))
    return [(a, b) for a, b in clear if b - a > 0.1]


def clusters(boxes: Iterable[Box], gap: float) -> list[list[Box]]:
    """Boxes grouped by x: those that overlap, or lie at most `gap` points apart."""
    groups: list[list[Box]] = []
    reach = float("-inf")
    for box in sorted(boxes):
        if groups and box.x0 - reach <= gap:
            groups[-1].append(box)
        else:
            groups.append([box])
            reach = float("-inf")
        reach = max(reach, box.x1)
    return groups


def inside(words: Iterable[Word], box: Box) -> list[Word]:
    """The words whose middle lies in the box."""
    return [word for word in words if box.contains(*word.box.center)]


def drawn_edges(page: Page, axis: Axis, box: Box, share: float) -> list[float]:
    """Where lines that were drawn run, all pieces of one together, through at least `share` of a box: x or y."""
    across = axis == "h"
    low, high, length = (box.top, box.bottom, box.width) if across else (box.x0, box.x1, box.height)
    start, end = (box.x0, box.x1) if across else (box.top, box.bottom)
    lines: dict[float, float] = {}
    for ruling in page.rulings:
        if ruling.axis == axis and low <= ruling.at <= high:
            place = next((at for at in lines if abs(at - ruling.at) <= SAME_LINE), ruling.at)
            lines[place] = lines.get(place, 0.0) + overlap(ruling.start, ruling.end, start, end)
    return sorted(at for at, covered in lines.items() if covered >= share * length)

"""Words that stand together, and the room between them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.layout.text_lines import lines_of, parted_line
from pipeline.model.geometry import Axis, Box
from pipeline.model.orientation import Orientation
from pipeline.model.page import Line, Page, Word
from pipeline.model.rulings import covered_lengths

Span = tuple[float, float]

SAME_LINE = 1.0  # points: pieces of one line that a cell merged over it has broken lie this near
MARK = re.compile(r"(?:[A-Za-z]|\d{1,2}|[ivx]{1,4})[.)]|[-•]")  # what begins a list item


def pieces_of(words: Iterable[Word], gap: float) -> list[Line]:
    """Lines of upright words, cut where the room between two of them is more than `gap` of their height."""
    lines = lines_of([word for word in words if word.orientation is Orientation.UPRIGHT])
    return [piece for line in lines for piece in parted_line(line, gap)]


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


def inside(words: Iterable[Word], box: Box) -> list[Word]:
    """The words whose middle lies in the box."""
    return [word for word in words if box.contains(*word.box.center)]


def drawn_edges(page: Page, axis: Axis, box: Box, share: float) -> list[float]:
    """Where lines that were drawn run, all pieces of one together, through at least `share` of a box: x or y."""
    across = axis == "h"
    low, high, length = (box.top, box.bottom, box.width) if across else (box.x0, box.x1, box.height)
    start, end = (box.x0, box.x1) if across else (box.top, box.bottom)
    lines = (ruling for ruling in page.rulings if ruling.axis == axis and low <= ruling.at <= high)
    return [at for at, covered in covered_lengths(lines, SAME_LINE, start, end) if covered >= share * length]

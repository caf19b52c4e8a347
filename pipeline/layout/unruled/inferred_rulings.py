"""Rulings inferred for one unruled table, in the form that drawn ones are read in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.model.clustering import Interval
from pipeline.model.geometry import Axis, Box, overlap
from pipeline.model.grid import TextTable
from pipeline.model.page import Line, Page, Ruling, Word
from pipeline.model.rulings import covered_lengths

TextTables = Callable[[Page, Box, Sequence[Word]], Sequence[TextTable]]
"""What parsers for unruled tables see: (page, area, words) -> tables, each with the name of its parser."""


@dataclass(frozen=True)
class InferredTable:
    """The rulings of one table within `box`; `parser` is the one whose columns were kept, None where none fitted."""

    box: Box
    rulings: tuple[Ruling, ...]
    parser: str | None


def horizontal_rulings(y: float, edges: Sequence[float], wanted: Iterable[bool]) -> list[Ruling]:
    """Horizontal rulings at `y` along the columns that want one, neighbouring ones joined."""
    found: list[Ruling] = []
    for (x0, x1), is_wanted in zip(pairwise(edges), wanted, strict=False):
        if not is_wanted:
            continue
        if found and found[-1].end == x0:
            found[-1] = Ruling("h", y, found[-1].start, x1)
        else:
            found.append(Ruling("h", y, x0, x1))
    return found


def outer_rulings(box: Box) -> list[Ruling]:
    """The four sides of a table."""
    return [
        Ruling("h", box.top, box.x0, box.x1),
        Ruling("h", box.bottom, box.x0, box.x1),
        Ruling("v", box.x0, box.top, box.bottom),
        Ruling("v", box.x1, box.top, box.bottom),
    ]


def drawn_edges(page: Page, axis: Axis, box: Box, share: float, same_line: float) -> list[float]:
    """Find where the author drew lines through at least `share` of a box.

    Args:
        page: The page with its own rulings.
        axis: "h" for horizontal lines, whose y are returned; "v" for vertical ones and x.
        box: Where to look.
        share: 0..1 of the width (or height) of the box that a line must cover.
        same_line: Parts this near, in points, are of one line.
    """
    low, high, start, end = (box.top, box.bottom, box.x0, box.x1) if axis == "h" else (box.x0, box.x1, *box.y_range())
    lines = (ruling for ruling in page.rulings if ruling.axis == axis and low <= ruling.at <= high)
    covered = covered_lengths(lines, same_line, start, end)
    return [at for at, length in covered if length >= share * (end - start)]


def opened_at_titles(rulings: Sequence[Ruling], titles: Sequence[Line], box: Box) -> list[Ruling]:
    """The rulings of a table, the vertical ones inside it interrupted where a title's row runs over all columns."""
    ys = sorted({r.at for r in rulings if r.axis == "h"})
    for title in titles:
        middle = title.box.center[1]
        row = max((y for y in ys if y < middle), default=middle), min((y for y in ys if y > middle), default=middle)
        rulings = [part for r in rulings for part in (_interrupted(r, row) if _is_inner(r, box) else [r])]
    return list(rulings)


def _is_inner(ruling: Ruling, box: Box) -> bool:
    return ruling.axis == "v" and box.x0 < ruling.at < box.x1


def _interrupted(ruling: Ruling, row: Interval) -> list[Ruling]:
    """What is left of a vertical ruling above and below a row."""
    if overlap(ruling.start, ruling.end, *row) <= 0:
        return [ruling]
    parts = replace(ruling, end=row[0]), replace(ruling, start=row[1])
    return [part for part in parts if part.length > 0]

"""Lines drawn for an unruled table, in the form that ruled ones are read in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.model.geometry import Box
from pipeline.model.grid import TextTable
from pipeline.model.page import Page, Ruling, Word

TextTables = Callable[[Page, Box, Sequence[Word], Sequence[Ruling]], Sequence[TextTable]]


@dataclass(frozen=True)
class Drawn:
    """The lines of one table, and the parser whose columns were kept, None where none fitted."""

    box: Box
    rulings: tuple[Ruling, ...]
    parser: str | None


def across(y: float, edges: Sequence[float], drawn: Iterable[bool]) -> list[Ruling]:
    """Horizontal lines at `y` along the columns that are to have one, neighbours joined."""
    lines: list[Ruling] = []
    for x0, x1, wanted in zip(edges, edges[1:], drawn, strict=False):
        if not wanted:
            continue
        if lines and lines[-1].end == x0:
            lines[-1] = Ruling("h", y, lines[-1].start, x1)
        else:
            lines.append(Ruling("h", y, x0, x1))
    return lines


def frame(box: Box) -> list[Ruling]:
    return [
        Ruling("h", box.top, box.x0, box.x1),
        Ruling("h", box.bottom, box.x0, box.x1),
        Ruling("v", box.x0, box.top, box.bottom),
        Ruling("v", box.x1, box.top, box.bottom),
    ]

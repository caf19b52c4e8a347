"""Room within the lines of a cell, between them and at their ends, that words would fill."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.model.page import CellText, Line, Word
from pipeline.normalize.sentence import side_margin
from pipeline.settings import TextDoubtSettings

_MARK = re.compile(r"\W|\w{1,2}[.)]")  # what a list item begins with
_OPEN = re.compile(r"\S*[/_.…]\S*|[:=]")  # beside what authors leave room to be filled in
_CLOSED = re.compile(r".*[.:;,/)?-]")  # what an author may break a line after


@dataclass(frozen=True)
class Sides:
    """What the lines of a column keep free, in points: `margin` the least at either side, `ends` each at its right."""

    margin: float
    ends: tuple[float, ...]

    @classmethod
    def of(cls, cells: Sequence[CellText]) -> Sides:
        """Measure the cells of a column, or a single one."""
        ends = tuple(cell.box.x1 - line.box.x1 for cell in cells for line in cell.lines)
        return cls(side_margin(cells), ends)


def room_in(cell: CellText, sides: Sides, settings: TextDoubtSettings) -> Iterator[str]:
    """Find the places of a cell where words may be missing, each as "before … after".

    Args:
        cell: Its lines.
        sides: What its column keeps free.
        settings: From which width on there is room for a word.
    """
    lines = [line for line in cell.lines if line.words[0].orientation.is_horizontal]
    steps = [below.box.top - line.box.top for line, below in pairwise(lines)]
    apart = settings.apart * min(steps) if len(steps) > 1 else math.inf  # a line may be missing between two
    for line in lines:
        if len(line.words) > 2 or not _is_justified(cell, line, sides, settings):
            yield from _gaps(line, settings)
    for (line, below), step in zip(pairwise(lines), steps, strict=True):
        if step > apart or _is_short(cell, line, below, sides.margin, settings):
            yield f"{line.words[-1].text} … {below.words[0].text}"


def _is_justified(cell: CellText, line: Line, sides: Sides, settings: TextDoubtSettings) -> bool:
    """Whether a line ends where others of its column end, as justified ones do however wide a gap that needs.

    One that fills its cell from margin to margin is justified as well, where no other tells.
    """
    reach, end = settings.same_place * line.words[0].size, cell.box.x1 - line.box.x1
    full = max(end, line.box.x0 - cell.box.x0) <= sides.margin + reach
    return full or sum([abs(other - end) <= reach for other in sides.ends]) > settings.own_place


def _gaps(line: Line, settings: TextDoubtSettings) -> Iterator[str]:
    """The gaps within a line that are far wider than its others; justified lines have all gaps alike."""
    gaps = [_gap(before, after) for before, after in pairwise(line.words)]
    for n, gap in enumerate(gaps):
        if gap <= settings.word_room:
            continue
        before, after = line.words[n], line.words[n + 1]
        listed = n == 0 and _MARK.fullmatch(before.text)
        if listed or _OPEN.fullmatch(before.text) or _OPEN.fullmatch(after.text):
            continue
        usual = median(gaps[:n] + gaps[n + 1 :] or [settings.usual_gap])
        if gap > settings.wider_gap * usual:
            yield f"{before.text} … {after.text}"


def _gap(before: Word, after: Word) -> float:
    return (after.box.x0 - before.box.x1) / after.size


def _is_short(cell: CellText, line: Line, below: Line, margin: float, settings: TextDoubtSettings) -> bool:
    """Whether a line ends in mid-sentence where the first word below would still have stood."""
    word = below.words[0]
    if _CLOSED.fullmatch(line.text) or _MARK.match(word.text) or not word.text[:1].islower():
        return False
    centred = abs(line.box.center[0] - cell.box.center[0]) <= settings.same_place * word.size
    room = cell.box.width - 2 * margin - line.box.width if centred else cell.box.x1 - margin - line.box.x1
    return room > word.box.width + (settings.usual_gap + settings.line_slack) * word.size

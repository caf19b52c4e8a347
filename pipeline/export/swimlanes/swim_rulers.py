"""Positions on the two axes of a layout: where columns, ranks and the gaps between them lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

Room = tuple[float, float]
"""How far something reaches before and behind its middle."""


@dataclass(frozen=True)
class Ruler:
    """Positions on one axis.

    Attributes:
        middles: Of each column or rank.
        gaps: The middle of each gap; one more than there are columns.
        bounds: Where each lane or rank begins and ends: in the middle of the gap to the next.
    """

    middles: tuple[float, ...]
    gaps: tuple[float, ...]
    bounds: tuple[tuple[float, float], ...]

    def at(self, line: int) -> float:
        """The position of a line of the grid: of a column or rank where odd, of a gap where even."""
        return self.middles[line // 2] if line % 2 else self.gaps[line // 2]

    @property
    def length(self) -> float:
        """Where the last one ends."""
        return self.bounds[-1][1] if self.bounds else 0.0


def ruler_of(rooms: Sequence[Room], gaps: Sequence[float], owners: Sequence[int], least: Sequence[float]) -> Ruler:
    """Set columns one behind the other.

    Args:
        rooms: Of each column.
        gaps: The width of each gap, those before the first and behind the last included.
        owners: The lane of each column, in order; every lane has one at least.
        least: The least breadth of each lane.
    """
    members: dict[int, list[int]] = defaultdict(list)
    for column, lane in enumerate(owners):
        members[lane].append(column)
    before = [gaps[column] / (2 if column else 1) for column in range(len(rooms))]
    behind = [gaps[column + 1] / (2 if column + 1 < len(rooms) else 1) for column in range(len(rooms))]
    spare = [
        max(0.0, breadth - sum(before[i] + sum(rooms[i]) + behind[i] for i in members[lane])) / 2
        for lane, breadth in enumerate(least)
    ]
    middles: list[float] = []
    edges: list[tuple[float, float]] = []
    end = 0.0
    for column, (room, lane) in enumerate(zip(rooms, owners, strict=True)):
        start = end
        first, last = column == members[lane][0], column == members[lane][-1]
        middles.append(start + spare[lane] * first + before[column] + room[0])
        end = middles[-1] + room[1] + behind[column] + spare[lane] * last
        edges.append((start, end))
    bounds = tuple((edges[members[lane][0]][0], edges[members[lane][-1]][1]) for lane in range(len(least)))
    return Ruler(tuple(middles), tuple(_gap_middles(edges, gaps)), bounds)


def _gap_middles(edges: Sequence[tuple[float, float]], gaps: Sequence[float]) -> list[float]:
    """The middle of each gap: where one column ends and the next begins, but at the outside within the drawing."""
    if not edges:
        return [gaps[0] / 2]
    return [gaps[0] / 2, *(start for start, _ in edges[1:]), edges[-1][1] - gaps[-1] / 2]

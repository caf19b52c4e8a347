"""Connectors that share a line of the grid laid side by side, each on a track of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.export.swimlanes.swim_routes import Route, Vertex

Line = tuple[bool, int]
"""Whether a line runs along the flow, and its number."""

NODE_END = 0.25
"""By how much, of a step, a part of a connector ends before the middle of its symbol: another may begin behind it."""


@dataclass(frozen=True)
class Stretch:
    """A straight part of a connector.

    Attributes:
        edge: The connector's number.
        place: Which of its parts this is, from 0.
        line: The line of the grid on which it runs.
        low: Where it begins on that line, by the numbers of the lines across it.
        high: Where it ends.
        turns: Where the connector goes at the low and at the high end: -1 to lower numbers, 1 to higher, 0 to a symbol.
        ends: The symbols' vertices at which it ends.
    """

    edge: int
    place: int
    line: Line
    low: float
    high: float
    turns: tuple[int, int]
    ends: tuple[Vertex, ...]

    def meets(self, other: Stretch) -> bool:
        """Whether both need tracks of their own."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True)
class Bundle:
    """Stretches of one line that lie side by side, one by one or over each other, with a track for each."""

    line: Line
    stretches: tuple[Stretch, ...]
    tracks: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many tracks there are."""
        return max(self.tracks) + 1


def bundles_of(routes: Sequence[Route]) -> list[Bundle]:
    """Lay the parts of all connectors on tracks, line by line in the order of the lines."""
    by_line: dict[Line, list[Stretch]] = defaultdict(list)
    for edge, route in enumerate(routes):
        for stretch in _stretches(edge, route):
            by_line[stretch.line].append(stretch)
    return [bundle for line in sorted(by_line) for bundle in _bundles(line, by_line[line])]


def _stretches(edge: int, route: Route) -> Iterable[Stretch]:
    last = len(route) - 2
    for place, (a, b) in enumerate(pairwise(route)):
        along = a[0] == b[0]
        axis = 1 if along else 0
        before = _turn(route[place - 1], a, axis) if place else 0
        after = _turn(route[place + 2], b, axis) if place < last else 0
        starts, stops = (place == 0), (place == last)
        step = NODE_END if b[axis] > a[axis] else -NODE_END
        first, second = a[axis] + step * starts, b[axis] - step * stops
        turns = (before, after) if first <= second else (after, before)
        ends = tuple(vertex for vertex, at_node in ((a, starts), (b, stops)) if at_node)
        low, high = min(first, second), max(first, second)
        yield Stretch(edge, place, (along, a[1 - axis]), low, high, turns, ends)


def _turn(vertex: Vertex, at: Vertex, axis: int) -> int:
    aside = vertex[1 - axis] - at[1 - axis]
    return (aside > 0) - (aside < 0)


def _bundles(line: Line, stretches: Sequence[Stretch]) -> Iterable[Bundle]:
    for group in _groups(sorted(stretches, key=lambda stretch: (stretch.low, stretch.high, stretch.edge))):
        ordered = sorted(group, key=_preference)
        tracks: list[int] = []
        for index, stretch in enumerate(ordered):
            below = [tracks[other] for other in range(index) if ordered[other].meets(stretch)]
            tracks.append(max(below, default=-1) + 1)
        yield Bundle(line, tuple(ordered), tuple(tracks))


def _groups(stretches: Sequence[Stretch]) -> Iterable[list[Stretch]]:
    """Stretches in groups that do not meet; they come in order of where they begin."""
    group: list[Stretch] = []
    reach = float("-inf")
    for stretch in stretches:
        if group and stretch.low > reach:
            yield group
            group = []
        group.append(stretch)
        reach = max(reach, stretch.high)
    if group:
        yield group


def _preference(stretch: Stretch) -> tuple[float, ...]:
    """Sort so that connectors cross each other little.

    Those that turn to lower numbers come first. Of two that turn to the same side at both ends the shorter lies on that
    side; of two that step over, the one that does so later lies where it comes from.
    """
    low, high = stretch.turns
    side = low + high
    length = stretch.high - stretch.low
    if side:
        return side, -side * length, stretch.low, stretch.edge
    return side, -low * -stretch.low if low else 0.0, stretch.low, stretch.edge

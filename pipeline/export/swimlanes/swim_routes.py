"""The ways of connectors between symbols, on the lines of a grid: around every symbol, with few turns and crossings.

The grid has a line through the middle of each column and rank of symbols (odd numbers), and one in each gap between
them and outside (even numbers). A connector begins and ends on the middle lines of its symbols, and goes through no
other symbol. How far apart connectors lie that share a line is told by `swim_tracks`.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Vertex = tuple[int, int]
"""The numbers of a line across the lanes and of one along the flow."""
Direction = tuple[int, int]
Route = tuple[Vertex, ...]
"""End and turning points."""

DIRECTIONS: tuple[Direction, ...] = ((0, 1), (1, 0), (-1, 0), (0, -1))

# What a way costs, in steps from one line to the next.
STEP, TURN, CROSSING = 1.0, 3.0, 3.0
SHARED_GAP, SHARED_MIDDLE = 0.5, 5.0  # a step beside another connector: in a gap there is room for it
AGAINST_FLOW = 3.0  # leaving a symbol against the flow, or coming to it from behind
FAR, HASTE = 120, 3.0  # ways of so many steps are searched in haste, preferring what leads to the target
TAKEN_PORT = 5.0  # the side of a symbol at which another connector begins or ends


@dataclass
class _Traffic:
    """The connectors routed so far: how often each step and vertex is used."""

    steps: Counter[tuple[Vertex, Vertex]] = field(default_factory=Counter)
    crossing: Counter[tuple[Vertex, bool]] = field(default_factory=Counter)
    ports: Counter[tuple[Vertex, Direction]] = field(default_factory=Counter)

    def add(self, path: Sequence[Vertex]) -> None:
        for a, b in pairwise(path):
            self.steps[min(a, b), max(a, b)] += 1
            vertical = a[0] == b[0]
            self.crossing[a, vertical] += 1
            self.crossing[b, vertical] += 1
        self.ports[path[0], direction_of(path[0], path[1])] += 1
        self.ports[path[-1], direction_of(path[-1], path[-2])] += 1


@dataclass(frozen=True)
class _Grid:
    """The lines of the grid: how many there are each way, and the vertices at which symbols stand."""

    size: Vertex
    taken: frozenset[Vertex]

    def neighbours(self, vertex: Vertex) -> Iterator[tuple[Direction, Vertex]]:
        for direction in DIRECTIONS:
            x, y = vertex[0] + direction[0], vertex[1] + direction[1]
            if 0 <= x < self.size[0] and 0 <= y < self.size[1]:
                yield direction, (x, y)


def routes_of(columns: int, ranks: int, places: Mapping[str, Vertex], edges: Sequence[tuple[str, str]]) -> list[Route]:
    """Find a way for each connector.

    Args:
        columns: How many columns of symbols there are.
        ranks: How many ranks.
        places: For each symbol its column and rank, from 0; no two at the same.
        edges: The symbols that each connector joins.

    Returns:
        The ways in the order of `edges`.
    """
    at = {name: (2 * column + 1, 2 * rank + 1) for name, (column, rank) in places.items()}
    grid = _Grid((2 * columns + 1, 2 * ranks + 1), frozenset(at.values()))
    ends = [(at[source], at[target]) for source, target in edges]
    traffic = _Traffic()
    found: dict[int, Route] = {}
    for index in sorted(range(len(ends)), key=lambda index: (_rank(*ends[index]), index)):
        path = _path(grid, traffic, *ends[index])
        traffic.add(path)
        found[index] = _turning_points(path)
    return [found[index] for index in range(len(ends))]


def _rank(source: Vertex, target: Vertex) -> tuple[bool, int]:
    """Short connectors are routed first, and those against the flow after all others."""
    return target[1] < source[1], _steps(source, target)


def _steps(a: Vertex, b: Vertex) -> int:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _path(grid: _Grid, traffic: _Traffic, source: Vertex, target: Vertex) -> list[Vertex]:
    """The cheapest way from vertex to vertex, every step of it."""
    best: dict[tuple[Vertex, Direction], float] = {}
    came: dict[tuple[Vertex, Direction], tuple[Vertex, Direction]] = {}
    queue: list[tuple[float, float, Vertex, Direction]] = []
    start = (source, (0, 0))
    haste = HASTE if _steps(source, target) > FAR else 1.0

    def offer(cost: float, state: tuple[Vertex, Direction], before: tuple[Vertex, Direction]) -> None:
        if cost < best.get(state, float("inf")):
            best[state], came[state] = cost, before
            heapq.heappush(queue, (cost + haste * _at_least(*state, target), cost, *state))

    for direction, vertex in grid.neighbours(source):
        offer(_leaving(traffic, source, direction) + _step(traffic, source, vertex), (vertex, direction), start)
    while queue:
        _, cost, vertex, direction = heapq.heappop(queue)
        if cost > best[vertex, direction]:
            continue
        if vertex == target:
            return _walked_back(came, (vertex, direction), start)
        if vertex in grid.taken:
            continue
        for onward, following in grid.neighbours(vertex):
            if onward == (-direction[0], -direction[1]):
                continue
            more = _step(traffic, vertex, following) + _through(traffic, vertex, direction, onward)
            if following == target:
                more += _arriving(traffic, target, onward)
            offer(cost + more, (following, onward), (vertex, direction))
    raise AssertionError("every symbol is reached over the gaps")  # pragma: no cover


def _at_least(vertex: Vertex, direction: Direction, target: Vertex) -> float:
    """What the way to the target costs where nothing is in it: steps, and turns."""
    x, y = target[0] - vertex[0], target[1] - vertex[1]
    ahead, aside = (x * direction[0], y) if direction[0] else (y * direction[1], x)
    turns = 2 if ahead < 0 else int(aside != 0)
    return STEP * (abs(x) + abs(y)) + TURN * turns


def _walked_back(
    came: Mapping[tuple[Vertex, Direction], tuple[Vertex, Direction]],
    state: tuple[Vertex, Direction],
    start: tuple[Vertex, Direction],
) -> list[Vertex]:
    path = [state[0]]
    while state != start:
        state = came[state]
        path.append(state[0])
    return path[::-1]


def _step(traffic: _Traffic, a: Vertex, b: Vertex) -> float:
    line = a[0] if a[0] == b[0] else a[1]
    return STEP + traffic.steps[min(a, b), max(a, b)] * (SHARED_MIDDLE if line % 2 else SHARED_GAP)


def _through(traffic: _Traffic, vertex: Vertex, direction: Direction, onward: Direction) -> float:
    """What it costs to pass a vertex: a turn, and the connectors that go across it."""
    vertical = onward[0] == 0
    return TURN * (direction != onward) + CROSSING * traffic.crossing[vertex, not vertical] / 2


def _leaving(traffic: _Traffic, vertex: Vertex, direction: Direction) -> float:
    return AGAINST_FLOW * (direction == (0, -1)) + TAKEN_PORT * traffic.ports[vertex, direction]


def _arriving(traffic: _Traffic, vertex: Vertex, direction: Direction) -> float:
    port = (-direction[0], -direction[1])
    return AGAINST_FLOW * (direction == (0, -1)) + TAKEN_PORT * traffic.ports[vertex, port]


def direction_of(a: Vertex, b: Vertex) -> Direction:
    """The direction from a to b, which lie on one line."""
    return (b[0] > a[0]) - (b[0] < a[0]), (b[1] > a[1]) - (b[1] < a[1])


def _turning_points(path: Sequence[Vertex]) -> Route:
    inner = [b for a, b, c in zip(path, path[1:], path[2:], strict=False) if direction_of(a, b) != direction_of(b, c)]
    return (path[0], *inner, path[-1])

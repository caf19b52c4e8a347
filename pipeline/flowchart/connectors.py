"""What connectors are made of: where they can end, and what hangs on them. Geometry only, in points."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from pipeline.flowchart.drawing import Point, Stroke
from pipeline.model.geometry import Box

Side = Literal["foot", "head"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where connectors can end: a symbol's id and its box."""

    id: str
    box: Box


@dataclass(frozen=True, slots=True)
class Through:
    """A line that is seen to go on inside a symbol, straight or bent, between `points` at its sides."""

    symbol: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Exit:
    """Where a connector leaves the page: at its foot or its head, `x` points from the left. `label` is that of an
    off-page connector, `symbol` its id.
    """

    page: int
    side: Side
    x: float
    label: str | None = None
    symbol: str | None = None


@dataclass(frozen=True, slots=True)
class Terminal:
    """One end of a connector, at a symbol or at an exit. `head` is the arrowhead's strength 0..1, `gap` the points
    between the line's end and the symbol.
    """

    point: Point
    head: float
    symbol: str | None = None
    exit: Exit | None = None
    gap: float = 0.0
    node: int = -1

    @property
    def key(self) -> object:
        return self.symbol if self.symbol is not None else self.exit


@dataclass(frozen=True, slots=True)
class Net:
    """A connector with all its ends. `strokes` are its pieces, `through` the symbols that it runs through."""

    page: int
    terminals: tuple[Terminal, ...]
    strokes: tuple[Stroke, ...] = ()
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """The Pelaksana columns beside the rows of a page, for lines that leave it; whether it is the first or last; and
    the x and y of its rulings.
    """

    page: int
    body: Box
    first: bool = False
    last: bool = False
    xs: tuple[float, ...] = ()
    ys: tuple[float, ...] = ()


def ray(point: Point, outward: Point, box: Box) -> float | None:
    """How far straight ahead a box begins, 0 inside it; None where the ray misses it."""
    if box.contains(*point):
        return 0.0
    low, high = 0.0, math.inf
    for p, d, a, b in ((point[0], outward[0], box.x0, box.x1), (point[1], outward[1], box.top, box.bottom)):
        if abs(d) < 1e-6:
            if not a <= p <= b:
                return None
            continue
        t0, t1 = sorted(((a - p) / d, (b - p) / d))
        low, high = max(low, t0), min(high, t1)
    return low if low <= high else None


def outside(point: Point, box: Box) -> float:
    """How far a point is from a box, 0 inside it."""
    dx = max(box.x0 - point[0], 0.0, point[0] - box.x1)
    dy = max(box.top - point[1], 0.0, point[1] - box.bottom)
    return math.hypot(dx, dy)

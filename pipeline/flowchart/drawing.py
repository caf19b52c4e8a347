"""What is drawn in the Pelaksana columns of one page: closed shapes and straight segments of connectors, in points.

A source of shapes hands on one `FlowDrawing` per page (`detection` finds it in the page's picture). Placement, tracing
and all that follows take only that, and do not know where it came from.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipeline.model.frequent import frequent_value
from pipeline.model.geometry import Box

Point = tuple[float, float]
ShapeKind = Literal["box", "round", "circle", "diamond", "document", "triangle", "pentagon", "trapezoid"]


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of outline, and how sure that is, 0..1."""

    kind: ShapeKind
    confidence: float


@dataclass(frozen=True, slots=True)
class DrawnShape:
    """A closed shape on a page. `box` goes around its line.

    `filled`: seen as an area of colour, not as an outline; `dark`: that colour is a dark one.
    """

    shape: Shape
    box: Box
    filled: bool = False
    dark: bool = False


@frequent_value(frozen=True, slots=True)
class LineSegment:
    """A straight part of a connector from `a` to `b`, `width` points wide.

    `head_a` and `head_b` tell how much each end looks like an arrowhead that points out of the segment, 0..1.
    """

    a: Point
    b: Point
    width: float = 0.75
    head_a: float = 0.0
    head_b: float = 0.0

    @property
    def length(self) -> float:
        """The distance between the ends, in points."""
        return math.dist(self.a, self.b)

    @property
    def direction(self) -> Point:
        """The unit vector from a to b."""
        length = self.length or 1.0
        return (self.b[0] - self.a[0]) / length, (self.b[1] - self.a[1]) / length

    @property
    def is_horizontal(self) -> bool:
        """Whether it is nearer to horizontal than to vertical."""
        return abs(self.b[0] - self.a[0]) >= abs(self.b[1] - self.a[1])

    @property
    def box(self) -> Box:
        """The bounding box."""
        (x0, y0), (x1, y1) = self.a, self.b
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def distance(self, point: Point) -> float:
        """The distance of a point from the segment."""
        return math.dist(point, self.point_at(self.share_at(point)))

    def share_at(self, point: Point) -> float:
        """Where along the segment a point lies nearest, 0 at `a` to 1 at `b`."""
        dx, dy = self.b[0] - self.a[0], self.b[1] - self.a[1]
        square = dx * dx + dy * dy
        if not square:
            return 0.0
        return max(0.0, min(1.0, ((point[0] - self.a[0]) * dx + (point[1] - self.a[1]) * dy) / square))

    def point_at(self, share: float) -> Point:
        """The point at a share of the way from `a` to `b`."""
        return self.a[0] + share * (self.b[0] - self.a[0]), self.a[1] + share * (self.b[1] - self.a[1])

    def end(self, which: int) -> Point:
        """The end `a` for 0, `b` for 1."""
        return self.b if which else self.a

    def head(self, which: int) -> float:
        """The strength of the arrowhead at an end, 0 for `a`, 1 for `b`."""
        return self.head_b if which else self.head_a

    def outward(self, which: int) -> Point:
        """The unit vector that leaves the segment at an end, 0 for `a`, 1 for `b`."""
        dx, dy = self.direction
        return (dx, dy) if which else (-dx, -dy)


@dataclass(frozen=True, slots=True)
class DrawnConnector:
    """A connector that is an object of its own: a polyline of at least two points, `width` points wide.

    Whatever it crosses, touches or runs on is another object. `head_a` and `head_b` tell how sure it is that an
    arrowhead stands at its first and its last point, 0..1; that point is the arrowhead's tip.
    """

    points: tuple[Point, ...]
    width: float = 0.75
    head_a: float = 0.0
    head_b: float = 0.0

    @property
    def segments(self) -> tuple[LineSegment, ...]:
        """Its straight parts in order, the arrowheads at the outer ends of the first and the last."""
        last = len(self.points) - 2
        return tuple(
            LineSegment(a, b, self.width, self.head_a if i == 0 else 0.0, self.head_b if i == last else 0.0)
            for i, (a, b) in enumerate(pairwise(self.points))
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """A line that is seen to go on inside a shape, between `points` at its sides; `shape` counts the page's shapes."""

    shape: int
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class FlowDrawing:
    """All that a source of shapes tells of one page.

    Attributes:
        shapes: Those of symbols.
        segments: Parts of connectors as pixels show them: which belong together is to be found out.
        passages: Lines inside shapes.
        connectors: Those that a source of vectors tells apart.
    """

    shapes: tuple[DrawnShape, ...] = ()
    segments: tuple[LineSegment, ...] = ()
    passages: tuple[Passage, ...] = ()
    connectors: tuple[DrawnConnector, ...] = ()


def ray_distance(point: Point, outward: Point, box: Box) -> float | None:
    """The distance from a point to where a ray from it enters a box; 0 inside the box, None where it misses it."""
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


def box_distance(point: Point, box: Box) -> float:
    """The distance of a point from a box, 0 inside it."""
    dx = max(box.x0 - point[0], 0.0, point[0] - box.x1)
    dy = max(box.top - point[1], 0.0, point[1] - box.bottom)
    return math.hypot(dx, dy)


def box_gap(a: Box, b: Box) -> float:
    """The distance between two boxes, 0 where they overlap."""
    dx = max(a.x0 - b.x1, b.x0 - a.x1, 0.0)
    dy = max(a.top - b.bottom, b.top - a.bottom, 0.0)
    return math.hypot(dx, dy)

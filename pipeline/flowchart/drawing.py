"""Straight pieces of connectors on a page, with the arrowheads at their ends: geometry only, in points."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pipeline.model.geometry import Box

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight piece of a connector from `a` to `b`. `head_a` and `head_b` tell how much each end looks like an
    arrowhead that points out of the piece, 0..1.
    """

    a: Point
    b: Point
    width: float = 0.75
    head_a: float = 0.0
    head_b: float = 0.0

    @property
    def length(self) -> float:
        return math.dist(self.a, self.b)

    @property
    def direction(self) -> Point:
        """The unit vector from a to b."""
        length = self.length or 1.0
        return (self.b[0] - self.a[0]) / length, (self.b[1] - self.a[1]) / length

    @property
    def lying(self) -> bool:
        return abs(self.b[0] - self.a[0]) >= abs(self.b[1] - self.a[1])

    @property
    def box(self) -> Box:
        """The upright box around the piece."""
        (x0, y0), (x1, y1) = self.a, self.b
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def distance(self, point: Point) -> float:
        """How far a point is from this piece."""
        return math.dist(point, self.at(self.place(point)))

    def place(self, point: Point) -> float:
        """Where along the piece a point lies nearest, 0 at `a` to 1 at `b`."""
        dx, dy = self.b[0] - self.a[0], self.b[1] - self.a[1]
        square = dx * dx + dy * dy
        if not square:
            return 0.0
        return max(0.0, min(1.0, ((point[0] - self.a[0]) * dx + (point[1] - self.a[1]) * dy) / square))

    def at(self, share: float) -> Point:
        """The point at a share of the way from `a` to `b`."""
        return self.a[0] + share * (self.b[0] - self.a[0]), self.a[1] + share * (self.b[1] - self.a[1])

    def end(self, which: int) -> Point:
        return self.b if which else self.a

    def head(self, which: int) -> float:
        return self.head_b if which else self.head_a

    def outward(self, which: int) -> Point:
        """The unit vector that leaves the piece at an end."""
        dx, dy = self.direction
        return (dx, dy) if which else (-dx, -dy)

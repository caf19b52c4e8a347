"""Boxes and lines on a page. Lengths are PDF points, origin top left of the page as displayed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.model.frequent import frequent_value

Axis = Literal["h", "v"]
"""Of a line: horizontal or vertical."""


@frequent_value(frozen=True, slots=True, order=True)
class Box:
    """An upright rectangle; x grows to the right, y (top, bottom) downward, in points."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """x1 - x0 in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Bottom - top in points."""
        return self.bottom - self.top

    def x_range(self) -> tuple[float, float]:
        """Left and right side."""
        return self.x0, self.x1

    def y_range(self) -> tuple[float, float]:
        """Top and bottom."""
        return self.top, self.bottom

    @property
    def area(self) -> float:
        """Square points; 0 where a side is negative."""
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def center(self) -> tuple[float, float]:
        """The middle, (x, y)."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def intersection(self, other: Box) -> Box | None:
        """The part both share, or None where they do not overlap."""
        x0, x1 = max(self.x0, other.x0), min(self.x1, other.x1)
        if x1 <= x0:
            return None
        top, bottom = max(self.top, other.top), min(self.bottom, other.bottom)
        return Box(x0, top, x1, bottom) if bottom > top else None

    def meets(self, other: Box, reach: float = 0.0) -> bool:
        """Whether this box, grown by `reach` on every side, and another one share more than an edge."""
        x0, top, x1, bottom = self.x0 - reach, self.top - reach, self.x1 + reach, self.bottom + reach
        across = x0 < other.x1 and other.x0 < x1 and x0 < x1 and other.x0 < other.x1
        return across and top < other.bottom and other.top < bottom and top < bottom and other.top < other.bottom

    def share_inside(self, other: Box) -> float:
        """How much of this box lies in `other`, 0..1."""
        shared = self.intersection(other)
        return shared.area / self.area if shared and self.area else 0.0

    def contains(self, x: float, y: float, reach: float = 0.0) -> bool:
        """Whether the point lies in the box, grown by `reach` on every side, or on its edge."""
        return self.x0 - reach <= x <= self.x1 + reach and self.top - reach <= y <= self.bottom + reach

    def grown(self, dx: float, dy: float | None = None) -> Box:
        """This box with every side moved outward by dx (and dy, or dx), inward where negative."""
        dy = dx if dy is None else dy
        return Box(self.x0 - dx, self.top - dy, self.x1 + dx, self.bottom + dy)

    def shifted(self, dx: float, dy: float) -> Box:
        """This box moved to the right by dx and down by dy."""
        return Box(self.x0 + dx, self.top + dy, self.x1 + dx, self.bottom + dy)

    def scaled(self, factor: float) -> Box:
        """This box in another unit, e.g. points to pixels."""
        return Box(self.x0 * factor, self.top * factor, self.x1 * factor, self.bottom * factor)

    def rounded(self, digits: int = 1) -> Box:
        """This box with its sides rounded."""
        return Box(
            round(self.x0, digits),
            round(self.top, digits),
            round(self.x1, digits),
            round(self.bottom, digits),
        )

    def as_list(self) -> list[float]:
        """[x0, top, x1, bottom], as the record writes a box."""
        return [self.x0, self.top, self.x1, self.bottom]


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of `boxes`; ValueError where there is none."""
    found = list(boxes)
    if not found:
        raise ValueError("union of no boxes")
    first = found[0]
    if len(found) == 1:
        return first
    x0, top, x1, bottom = first.x0, first.top, first.x1, first.bottom
    for box in found:  # one loop: most are a line's few words, for which each call costs more than a comparison
        if box.x0 < x0:
            x0 = box.x0
        if box.top < top:
            top = box.top
        if box.x1 > x1:
            x1 = box.x1
        if box.bottom > bottom:
            bottom = box.bottom
    return Box(x0, top, x1, bottom)


def bounding_box(points: Sequence[tuple[float, float]]) -> Box:
    """The smallest box around all of `points`; ValueError where there is none."""
    if not points:
        raise ValueError("box around no points")
    x0, top = x1, bottom = points[0]
    for x, y in points:
        if x < x0:
            x0 = x
        elif x > x1:
            x1 = x
        if y < top:
            top = y
        elif y > bottom:
            bottom = y
    return Box(x0, top, x1, bottom)


def overlap(a0: float, a1: float, b0: float, b1: float) -> float:
    """The length that the intervals a0..a1 and b0..b1 share, 0 where they are apart."""
    return max(0.0, min(a1, b1) - max(a0, b0))


Row3 = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class PageTransform:
    """How a page's own upright coordinates lie on the page as displayed: a 3 x 3 homography, row by row.

    A sideways, skewed or bent scan is read upright; `displayed` takes what was found there back to the page that a
    person sees, in points.
    """

    rows: tuple[Row3, Row3, Row3] = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the upright page on the page as displayed."""
        u, v, w = (row[0] * x + row[1] * y + row[2] for row in self.rows)
        return u / w, v / w

    @property
    def affine(self) -> tuple[float, float, float, float, float, float]:
        """a, b, c, d, e, f with x' = a x + c y + e and y' = b x + d y + f, where there is no perspective in it."""
        (a, c, e), (b, d, f), _ = self.rows
        return a, b, c, d, e, f

    def scaled(self, factor: float) -> PageTransform:
        """The transform to a displayed page whose lengths are so many times as large."""
        if factor == 1.0:
            return self
        first, second, third = self.rows
        a, b, c = first
        d, e, f = second
        return PageTransform(((a * factor, b * factor, c * factor), (d * factor, e * factor, f * factor), third))

    def displayed(self, box: Box) -> Box:
        """The upright box around the four mapped corners."""
        if self.rows == IDENTITY.rows:
            return box
        return bounding_box([self.point(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)])


IDENTITY = PageTransform()
"""Of a page that is displayed as it was read."""

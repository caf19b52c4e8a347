"""Polygons and polylines of vector paths: made simple, and the centrelines of thin ones; in points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from pipeline.model.vectors import Point
from pipeline.settings import VectorSettings

Polyline = tuple[Point, ...]
Edge = tuple[Point, Point]
Strip = tuple[Polyline, float]
"""The centreline of a thin polygon, and its width."""


def area(ring: Sequence[Point]) -> float:
    """The area of a polygon, its last point joined to its first (shoelace formula)."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise((*ring, ring[0])))) / 2


def simplified(points: Sequence[Point], tolerance: float) -> Polyline:
    """The polyline without points within `tolerance` of the line between their neighbours (Douglas, Peucker)."""
    if len(points) < 3:
        return tuple(points)
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        far, at = _farthest(points, first, last)
        if far > tolerance:
            keep.add(at)
            spans += [(first, at), (at, last)]
    return tuple(points[i] for i in sorted(keep))


def _farthest(points: Sequence[Point], first: int, last: int) -> tuple[float, int]:
    """How far the point that is farthest from the line between two others lies from it, and its index among them."""
    (ax, ay), (bx, by) = points[first], points[last]
    dx, dy = bx - ax, by - ay
    square = dx * dx + dy * dy
    far, at = 0.0, first
    for i in range(first + 1, last):
        x, y = points[i]
        share = ((x - ax) * dx + (y - ay) * dy) / square if square else 0.0
        if not 0.0 < share < 1.0:
            share = 1.0 if share >= 1.0 else 0.0
        distance = math.hypot(x - (ax + share * dx), y - (ay + share * dy))
        if distance >= far:
            far, at = distance, i
    return far, at


def ring_of(points: Sequence[Point], tolerance: float) -> Polyline:
    """The corners of a closed polyline, each once."""
    ring = [p for i, p in enumerate(points) if i == 0 or math.dist(p, points[i - 1]) > tolerance / 4]
    while len(ring) > 1 and math.dist(ring[0], ring[-1]) <= tolerance / 4:
        ring.pop()
    if len(ring) < 4:
        return tuple(ring)
    far = max(range(len(ring)), key=lambda i: math.dist(ring[i], ring[0]))
    there, back = simplified(ring[: far + 1], tolerance), simplified([*ring[far:], ring[0]], tolerance)
    return there[:-1] + back[:-1]


def distance_to_line(point: Point, a: Point, b: Point) -> float:
    """The distance of a point from the segment from a to b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    share = max(0.0, min(1.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / square)) if square else 0.0
    return math.dist(point, (a[0] + share * dx, a[1] + share * dy))


def distance_to_polyline(point: Point, line: Sequence[Point]) -> float:
    """The distance of a point from a polyline."""
    return min(distance_to_line(point, a, b) for a, b in pairwise(line))


def direction(a: Point, b: Point) -> Point:
    """The unit vector from a to b; (0, 0) where they are one point."""
    length = math.dist(a, b)
    return ((b[0] - a[0]) / length, (b[1] - a[1]) / length) if length else (0.0, 0.0)


def cosine(a: Edge, b: Edge) -> float:
    """The cosine of the angle between two segments."""
    (ax, ay), (bx, by) = direction(*a), direction(*b)
    return ax * bx + ay * by


def centrelines(ring: Sequence[Point], settings: VectorSettings) -> list[Strip]:
    """The centrelines of a polygon that is drawn as the two sides of a thin line; none of any other polygon.

    Between each two sides that run beside each other in opposite directions lies one straight part; parts that meet are
    chained at the point where their lines cross.
    """
    sides = [(a, b) for a, b in pairwise((*ring, ring[0])) if math.dist(a, b) > settings.shortest_side]
    parts: list[tuple[Edge, float]] = []
    for i, one in enumerate(sides):
        for other in sides[i + 1 :]:
            found = _between(one, other, settings)
            if found:
                parts.append(found)
    return _chained_parts(parts, settings)


def _between(one: Edge, other: Edge, settings: VectorSettings) -> tuple[Edge, float] | None:
    """The line in the middle of two opposite sides and their distance; None where they are not those of a thin line."""
    if cosine(one, other) > -settings.opposite:
        return None
    (ux, uy), origin = direction(*one), one[0]

    def along(p: Point) -> float:
        return (p[0] - origin[0]) * ux + (p[1] - origin[1]) * uy

    def across(p: Point) -> float:
        return (p[1] - origin[1]) * ux - (p[0] - origin[0]) * uy

    width = abs(across(other[0]) + across(other[1])) / 2
    low, high = max(0.0, along(other[1])), min(math.dist(*one), along(other[0]))
    if width > settings.widest_line or high - low < max(settings.shortest_part, settings.part_slender * width):
        return None
    middle = (across(other[0]) + across(other[1])) / 4
    a, b = ((origin[0] + t * ux - middle * uy, origin[1] + t * uy + middle * ux) for t in (low, high))
    return (a, b), width


def _chained_parts(parts: Sequence[tuple[Edge, float]], settings: VectorSettings) -> list[Strip]:
    lines: list[Strip] = []
    for edge, width in sorted(parts, key=lambda part: -math.dist(*part[0])):
        line: Strip = (edge, width)
        while found := next(((old, one) for old in lines if (one := _chained(old, line, settings))), None):
            lines.remove(found[0])
            line = found[1]
        lines.append(line)
    return lines


def _chained(a: Strip, b: Strip, settings: VectorSettings) -> Strip | None:
    """Two centrelines as one where ends of theirs meet; None where they do not."""
    reach = settings.corner_reach * max(a[1], b[1]) + settings.shortest_side
    for first in (a[0], a[0][::-1]):
        for second in (b[0], b[0][::-1]):
            corner = crossing((first[-2], first[-1]), (second[0], second[1]))
            if corner is None and math.dist(first[-1], second[0]) <= reach:
                return (*first[:-1], *second[1:]), max(a[1], b[1])
            if corner and math.dist(corner, first[-1]) <= reach and math.dist(corner, second[0]) <= reach:
                return (*first[:-1], corner, *second[1:]), max(a[1], b[1])
    return None


def crossing(a: Edge, b: Edge) -> Point | None:
    """Where the lines through two segments cross; None where they are parallel."""
    (ax, ay), (bx, by) = direction(*a), direction(*b)
    cross = ax * by - ay * bx
    if abs(cross) < 0.05:
        return None
    t = ((b[0][0] - a[0][0]) * by - (b[0][1] - a[0][1]) * bx) / cross
    return a[0][0] + t * ax, a[0][1] + t * ay


def length_of(line: Sequence[Point]) -> float:
    """The length of a polyline."""
    return math.dist(*line) if len(line) == 2 else sum([math.dist(a, b) for a, b in pairwise(line)])

"""Segments put right before connectors are traced: parts of one line joined, the width of arrowheads left out."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from pipeline.flowchart.connectors import SymbolBox
from pipeline.flowchart.drawing import LineSegment, Point, box_distance
from pipeline.model.geometry import Box
from pipeline.settings import BridgeSettings, FlowSettings

_ROUNDING = 1e-6  # points: what is within reach by this much only is looked at closely


def without_barbs(
    segments: Sequence[LineSegment], symbols: Sequence[SymbolBox], settings: FlowSettings
) -> list[LineSegment]:
    """The segments without those that are an arrowhead's width: short ones across the end of a longer one."""

    def is_loose(point: Point) -> bool:
        return all(box_distance(point, symbol.box) > settings.tracing.touch / 2 for symbol in symbols)

    shorts = [s for s in segments if s.length <= 2 * settings.arrowheads.width]
    near = _ending_near([s.point_at(0.5) for s in shorts], segments, settings.arrowheads.length)
    found = [s for s, longs in zip(shorts, near, strict=True) if any(_is_in_head(s, long, settings) for long in longs)]
    barbs = {id(s) for s in found if is_loose(s.a) and is_loose(s.b)}
    return [s for s in segments if id(s) not in barbs]


def _ending_near(points: Sequence[Point], segments: Sequence[LineSegment], reach: float) -> list[list[LineSegment]]:
    """For each point the segments that may end within reach of it, some that end a little further away among them."""
    ends = np.array([(s.a, s.b) for s in segments]).reshape(-1, 2, 2)
    found = []
    for point in points:
        away = np.abs(ends - point).max(axis=2).min(axis=1)
        found.append([segments[int(i)] for i in np.flatnonzero(away <= reach + _ROUNDING)])
    return found


def _is_in_head(short: LineSegment, long: LineSegment, settings: FlowSettings) -> bool:
    """Whether a short segment is an arrowhead's width, or lies within a clear arrowhead at the end of a long one."""
    return _is_barb(short, long, settings) or any(_lies_behind(short, long, which, settings) for which in (0, 1))


def _lies_behind(short: LineSegment, long: LineSegment, which: int, settings: FlowSettings) -> bool:
    """Whether both ends of a short segment lie in the triangle behind a long one's tip, where that has a clear head."""
    heads = settings.arrowheads
    if long.head(which) < heads.clear or long.length < 2 * short.length:
        return False
    (tx, ty), (ux, uy) = long.end(which), long.outward(which)
    for x, y in (short.a, short.b):
        back, off = (tx - x) * ux + (ty - y) * uy, abs((tx - x) * uy - (ty - y) * ux)
        if (
            not 0 <= back <= settings.bridges.barb_back * heads.length
            or off > settings.bridges.barb_slope * back + settings.bridges.collinear
        ):
            return False
    return True


def _is_barb(short: LineSegment, long: LineSegment, settings: FlowSettings) -> bool:
    """Whether a short segment lies across the end of a long one, both halves of it beside that."""
    limits, reach = settings.bridges, settings.arrowheads.length
    (ax, ay), (bx, by) = short.direction, long.direction
    if long.length <= short.length or abs(ax * bx + ay * by) > limits.across:
        return False
    middle = short.point_at(0.5)
    at_end = min(math.dist(long.a, middle), math.dist(long.b, middle)) <= reach
    crossing = short.share_at(long.point_at(long.share_at(middle)))
    low, high = limits.barb_crossing
    return at_end and long.distance(middle) <= limits.barb_distance * short.length and low <= crossing <= high


def bridge_gaps(
    segments: Sequence[LineSegment], symbols: Sequence[SymbolBox], words: Sequence[Box], settings: BridgeSettings
) -> list[LineSegment]:
    """Segments on one straight line with little between them, or only a word, joined."""
    lines = sorted(segments, key=lambda s: (min(s.a, s.b), s.length))  # one made of two is put at the end
    spans = [_cross_range(s, settings) for s in lines]
    tried = list(range(len(lines)))  # up to which line each was held against those after it
    gone: set[int] = set()
    i = 0
    while i < len(lines):
        horizontal, low, high = spans[i]
        near = (
            j
            for j in range(tried[i] + 1, len(lines) if i not in gone else 0)
            if spans[j][0] == horizontal and spans[j][1] <= high and low <= spans[j][2] and j not in gone
        )
        pairs = ((j, _bridged(lines[i], lines[j], symbols, words, settings)) for j in near)
        j, one = next(((j, one) for j, one in pairs if one), (0, None))
        if one is None:
            tried[i] = len(lines) - 1
            i += 1
            continue
        gone |= {i, j}
        lines.append(one)
        spans.append(_cross_range(one, settings))
        tried.append(len(tried))
        i = 0
    return [line for k, line in enumerate(lines) if k not in gone]


def _cross_range(s: LineSegment, settings: BridgeSettings) -> tuple[bool, float, float]:
    """Whether a segment is horizontal, and its range of y (else x), widened.

    Where another's range does not meet this one, the two are not on one line.
    """
    axis = 1 if s.is_horizontal else 0
    reach = (settings.collinear + settings.drift * settings.widest_gap + _ROUNDING) / 2
    return s.is_horizontal, min(s.a[axis], s.b[axis]) - reach, max(s.a[axis], s.b[axis]) + reach


def _bridged(
    a: LineSegment, b: LineSegment, symbols: Sequence[SymbolBox], words: Sequence[Box], settings: BridgeSettings
) -> LineSegment | None:
    """Two parts of one straight line as one segment; None where they are none."""
    if a.is_horizontal != b.is_horizontal:
        return None
    axis = 0 if a.is_horizontal else 1
    a, b = sorted((_forward(a, axis), _forward(b, axis)), key=lambda s: s.a[axis])
    gap = b.a[axis] - a.b[axis]
    off = abs(b.a[1 - axis] - a.b[1 - axis])
    if gap > settings.widest_gap or off > settings.collinear + settings.drift * max(0.0, gap):
        return None
    if gap < 0 and (b.b[axis] <= a.b[axis] or -gap > settings.overlap * b.length):
        return a if _lies_within(b, a, axis) else None
    between = LineSegment(a.b, b.a).box.grown(0.5)
    if any(symbol.box.intersection(between) for symbol in symbols):
        return None
    if gap > settings.bridge and not any(_fills(word, between, axis, settings) for word in words):
        return None
    return LineSegment(a.a, b.b, max(a.width, b.width), a.head_a, b.head_b)


def _lies_within(b: LineSegment, a: LineSegment, axis: int) -> bool:
    """Whether a segment lies on another one, less than a point off it."""
    middle = b.point_at(0.5)
    return b.b[axis] <= a.b[axis] and abs(middle[1 - axis] - a.point_at(a.share_at(middle))[1 - axis]) < 1


def _forward(s: LineSegment, axis: int) -> LineSegment:
    """The segment from left to right (axis 0) or from top to bottom (axis 1)."""
    return s if s.a[axis] <= s.b[axis] else LineSegment(s.b, s.a, s.width, s.head_b, s.head_a)


def _fills(word: Box, between: Box, axis: int, settings: BridgeSettings) -> bool:
    """Whether a word stands in a gap of a line and fills most of it."""
    if not word.intersection(between):
        return False
    gap, size = (between.width, word.width) if axis == 0 else (between.height, word.height)
    return gap <= size + settings.word_room

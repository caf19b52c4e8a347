"""Strokes put right before they are joined: pieces of one line made one, the width of arrowheads left out."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from pipeline.flowchart.connectors import Place, outside
from pipeline.flowchart.drawing import Point, Stroke
from pipeline.model.geometry import Box
from pipeline.settings import FlowSettings

_ROUNDING = 1e-6  # what is within reach by this much only is looked at closely
_DRIFT = 0.03  # how far two pieces of one line may be off, in the gap between them


def without_barbs(strokes: Sequence[Stroke], places: Sequence[Place], settings: FlowSettings) -> list[Stroke]:
    """The strokes without those that are an arrowhead's width: short ones across the end of a longer one."""

    def loose(point: Point) -> bool:
        return all(outside(point, place.box) > settings.touch / 2 for place in places)

    shorts = [s for s in strokes if s.length <= 2 * settings.head_width]
    near = _ends_near([s.at(0.5) for s in shorts], strokes, settings.head_length)
    across = [s for s, longs in zip(shorts, near, strict=True) if any(_is_barb(s, long, settings) for long in longs)]
    barbs = {id(s) for s in across if loose(s.a) and loose(s.b)}
    return [s for s in strokes if id(s) not in barbs]


def _ends_near(points: Sequence[Point], strokes: Sequence[Stroke], reach: float) -> list[list[Stroke]]:
    """For each point the strokes that may end within reach of it, some that end a little further away among them."""
    ends = np.array([(s.a, s.b) for s in strokes]).reshape(-1, 2, 2)
    found = []
    for point in points:
        away = np.abs(ends - point).max(axis=2).min(axis=1)
        found.append([strokes[int(i)] for i in np.flatnonzero(away <= reach + _ROUNDING)])
    return found


def _is_barb(short: Stroke, long: Stroke, settings: FlowSettings) -> bool:
    (ax, ay), (bx, by) = short.direction, long.direction
    if long.length <= short.length or abs(ax * bx + ay * by) > 0.3:
        return False
    middle = short.at(0.5)
    near_end = min(math.dist(long.a, middle), math.dist(long.b, middle)) <= settings.head_length
    crossing = short.place(long.at(long.place(middle)))
    return near_end and long.distance(middle) <= 0.25 * short.length and 0.3 <= crossing <= 0.7


def bridged(
    strokes: Sequence[Stroke], places: Sequence[Place], gaps: Sequence[Box], settings: FlowSettings
) -> list[Stroke]:
    """Strokes on one line with little between them, or only a word, made one."""
    lines = sorted(strokes, key=lambda s: (min(s.a, s.b), s.length))  # one made of two is put at the end
    spans = [_span(s, settings) for s in lines]
    tried = list(range(len(lines)))  # up to which line each was held against those after it
    gone: set[int] = set()
    i = 0
    while i < len(lines):
        lying, low, high = spans[i]
        near = (
            j
            for j in range(tried[i] + 1, len(lines) if i not in gone else 0)
            if spans[j][0] == lying and spans[j][1] <= high and low <= spans[j][2] and j not in gone
        )
        pairs = ((j, _one(lines[i], lines[j], places, gaps, settings)) for j in near)
        j, one = next(((j, one) for j, one in pairs if one), (0, None))
        if one is None:
            tried[i] = len(lines) - 1
            i += 1
            continue
        gone |= {i, j}
        lines.append(one)
        spans.append(_span(one, settings))
        tried.append(len(tried))
        i = 0
    return [line for k, line in enumerate(lines) if k not in gone]


def _span(s: Stroke, settings: FlowSettings) -> tuple[bool, float, float]:
    """Whether a stroke lies, and the places across it; where another's do not meet these, the two are no one line."""
    axis = 1 if s.lying else 0
    reach = (settings.collinear + _DRIFT * settings.widest_gap + _ROUNDING) / 2
    return s.lying, min(s.a[axis], s.b[axis]) - reach, max(s.a[axis], s.b[axis]) + reach


def _one(a: Stroke, b: Stroke, places: Sequence[Place], gaps: Sequence[Box], settings: FlowSettings) -> Stroke | None:
    """Two pieces of one straight line as one stroke; None where they are none."""
    if a.lying != b.lying:
        return None
    axis = 0 if a.lying else 1
    a, b = sorted((_forward(a, axis), _forward(b, axis)), key=lambda s: s.a[axis])
    gap = b.a[axis] - a.b[axis]
    if gap > settings.widest_gap or abs(b.a[1 - axis] - a.b[1 - axis]) > settings.collinear + _DRIFT * max(0.0, gap):
        return None
    if gap < 0 and (b.b[axis] <= a.b[axis] or -gap > 0.5 * b.length):
        return (
            a if b.b[axis] <= a.b[axis] and abs(b.at(0.5)[1 - axis] - a.at(a.place(b.at(0.5)))[1 - axis]) < 1 else None
        )
    between = Stroke(a.b, b.a).box.grown(0.5)
    if any(place.box.intersection(between) for place in places):
        return None
    if gap > settings.bridge and not any(_covers(word, between, axis) for word in gaps):
        return None
    return Stroke(a.a, b.b, max(a.width, b.width), a.head_a, b.head_b)


def _forward(s: Stroke, axis: int) -> Stroke:
    return s if s.a[axis] <= s.b[axis] else Stroke(s.b, s.a, s.width, s.head_b, s.head_a)


def _covers(word: Box, between: Box, axis: int) -> bool:
    """Whether a word stands in a gap of a line and fills most of it."""
    if not word.intersection(between):
        return False
    gap, size = (between.width, word.width) if axis == 0 else (between.height, word.height)
    return gap <= size + 12

"""Strokes put right before they are joined: pieces of one line made one, the width of arrowheads left out."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pipeline.extract.flow.net import Place, outside
from pipeline.extract.flow.strokes import Point, Stroke
from pipeline.model.geometry import Box
from pipeline.settings import FlowSettings


def without_barbs(strokes: Sequence[Stroke], places: Sequence[Place], settings: FlowSettings) -> list[Stroke]:
    """The strokes without those that are an arrowhead's width: short ones across the end of a longer one."""

    def loose(point: Point) -> bool:
        return all(outside(point, place.box) > settings.touch / 2 for place in places)

    shorts = [s for s in strokes if s.length <= 2 * settings.head_width and loose(s.a) and loose(s.b)]
    barbs = {id(s) for s in shorts if any(_is_barb(s, other, settings) for other in strokes)}
    return [s for s in strokes if id(s) not in barbs]


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
    open_ones = sorted(strokes, key=lambda s: (min(s.a, s.b), s.length))
    merged = True
    while merged:
        merged = False
        for i, first in enumerate(open_ones):
            for j in range(i + 1, len(open_ones)):
                one = _one(first, open_ones[j], places, gaps, settings)
                if one:
                    open_ones = [s for k, s in enumerate(open_ones) if k not in (i, j)] + [one]
                    merged = True
                    break
            if merged:
                break
    return open_ones


def _one(a: Stroke, b: Stroke, places: Sequence[Place], gaps: Sequence[Box], settings: FlowSettings) -> Stroke | None:
    """Two pieces of one straight line as one stroke; None where they are none."""
    if a.lying != b.lying:
        return None
    axis = 0 if a.lying else 1
    a, b = sorted((_forward(a, axis), _forward(b, axis)), key=lambda s: s.a[axis])
    gap = b.a[axis] - a.b[axis]
    if gap > settings.widest_gap or abs(b.a[1 - axis] - a.b[1 - axis]) > settings.collinear + 0.03 * max(0.0, gap):
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

"""Thick arrows that are drawn by their outline, taken for what they mean: a line and its arrowheads; in points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.flowchart.polygons import Polyline, distance_to_line, simplified
from pipeline.model.geometry import Box, bounding_box
from pipeline.model.vectors import Point
from pipeline.settings import BlockArrowSettings


@dataclass(frozen=True, slots=True)
class BlockArrow:
    """A thick arrow: the middle of its shaft, the tip of each head between its wings, its box, its place in order."""

    line: Polyline
    heads: tuple[Polyline, ...]
    box: Box
    order: int


def block_arrow(ring: Polyline, order: int, settings: BlockArrowSettings) -> BlockArrow | None:
    """The arrow that a polygon is the outline of; None of any other polygon.

    Args:
        ring: the corners of a closed polygon, each once.
        order: where it is in paint order.
        settings: the thresholds.
    """
    tips = [i for i in range(len(ring)) if _is_tip(ring, i, settings)]
    if len(ring) < 5 + 2 * len(tips) or len(tips) not in (1, 2):
        return None
    turned = ring[tips[0] :] + ring[: tips[0]]
    end = len(ring) if len(tips) == 1 else tips[1] - tips[0]
    width = math.dist(turned[2], turned[-2])
    if len(tips) == 1:
        sides = _sides_with_tail(turned[2:-1], width, settings)
    else:
        sides = turned[2 : end - 1], turned[end + 2 : -1][::-1]
    if sides is None or min(map(len, sides)) < 2:
        return None
    line = _middle(*sides, width, settings)
    heads = tuple((ring[i - 1], ring[i], ring[(i + 1) % len(ring)]) for i in tips)
    return BlockArrow(line, heads, bounding_box(ring), order) if line else None


def _is_tip(ring: Polyline, i: int, settings: BlockArrowSettings) -> bool:
    """Whether a corner is the tip of a head: its neighbours are wings that stand out on both sides of a shaft."""
    n = len(ring)
    if n < 7:
        return False
    inner, wing, tip, other_wing, other_inner = (ring[(i + k) % n] for k in (-2, -1, 0, 1, 2))
    shaft, span = math.dist(inner, other_inner), math.dist(wing, other_wing)
    legs = sorted((math.dist(wing, tip), math.dist(other_wing, tip)))
    steps = sorted((math.dist(wing, inner), math.dist(other_wing, other_inner)))
    if not settings.narrowest <= shaft <= settings.widest or span < settings.flare * shaft:
        return False
    if legs[0] < settings.even * legs[1] or steps[0] < settings.even * steps[1] - settings.slack:
        return False
    off = max(distance_to_line(p, wing, other_wing) for p in (inner, other_inner))
    return off <= settings.slant * span and distance_to_line(tip, wing, other_wing) >= settings.shortest_head * span


def _sides_with_tail(chain: Polyline, width: float, settings: BlockArrowSettings) -> tuple[Polyline, Polyline] | None:
    """The two sides of a shaft, from its head to its tail: the cut that leaves both as long."""
    total = sum(math.dist(a, b) for a, b in pairwise(chain))
    best: tuple[float, int] | None = None
    run = 0.0
    for i, (a, b) in enumerate(pairwise(chain)):
        length = math.dist(a, b)
        uneven = abs(total - length - 2 * run)
        run += length
        if abs(length - width) <= settings.tail * width and (best is None or uneven < best[0]):
            best = uneven, i
    if best is None:
        return None
    return chain[: best[1] + 1], chain[best[1] + 1 :][::-1]


def _middle(one: Polyline, other: Polyline, width: float, settings: BlockArrowSettings) -> Polyline | None:
    """The line between two sides that run beside each other, from its tail to its head; None where they do not."""
    if len(one) != len(other):
        one, other = _sampled(one, settings.samples), _sampled(other, settings.samples)
    pairs = list(zip(one, other, strict=True))
    if not all(settings.beside[0] * width <= math.dist(a, b) <= settings.beside[1] * width for a, b in pairs):
        return None
    points = [((ax + bx) / 2, (ay + by) / 2) for (ax, ay), (bx, by) in reversed(pairs)]
    return simplified(points, width * settings.bend)


def _sampled(line: Polyline, count: int) -> Polyline:
    """As many points on a polyline, at equal distances along it."""
    lengths = [math.dist(a, b) for a, b in pairwise(line)]
    total = sum(lengths)
    return tuple(_at(line, lengths, total * i / (count - 1)) for i in range(count))


def _at(line: Polyline, lengths: Sequence[float], along: float) -> Point:
    for (a, b), length in zip(pairwise(line), lengths, strict=True):
        if along <= length and length:
            share = along / length
            return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
        along -= length
    return line[-1]


def each_once(arrows: Sequence[BlockArrow]) -> list[BlockArrow]:
    """The arrows without those painted again: the area of one and its outline are two paths."""
    kept: dict[tuple[Point, ...], BlockArrow] = {}
    for arrow in arrows:
        kept.setdefault(tuple((round(x), round(y)) for head in arrow.heads for x, y in head[1:2]), arrow)
    return list(kept.values())


def is_band(box: Box, order: int, arrow: BlockArrow, settings: BlockArrowSettings) -> bool:
    """Whether an area is one of the bands of a gradient that an arrow is filled with, from side to side of it."""
    own = arrow.box
    level = max(abs(box.x0 - own.x0), abs(box.x1 - own.x1))
    upright = max(abs(box.top - own.top), abs(box.bottom - own.bottom))
    inside = box.share_inside(own.grown(settings.slack)) > 1 - 1e-6
    return inside and min(level, upright) <= settings.slack and 0 < arrow.order - order <= settings.bands

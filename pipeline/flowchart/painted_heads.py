"""Arrowheads among what vector paths paint, each given to the end of the line that it stands at."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.flowchart.drawing import DrawnConnector, box_distance
from pipeline.flowchart.painted import PaintedLine, PaintedMark
from pipeline.flowchart.polygons import Polyline, cosine, direction, ring_of
from pipeline.model.vectors import Point
from pipeline.settings import VectorSettings


@dataclass
class _Ends:
    """A line whose arrowheads are being looked for: by end, where it goes on to the tip of its head, and its strength.

    The points of such a way take the place of the line's last one.
    """

    line: PaintedLine
    tips: dict[int, tuple[Polyline, float]] = field(default_factory=dict)

    def point(self, which: int) -> Point:
        return self.line.points[-1 if which else 0]

    def outward(self, which: int) -> Point:
        a, b = (self.line.points[-2:]) if which else (self.line.points[1], self.line.points[0])
        return direction(a, b)


def with_heads(
    lines: Sequence[PaintedLine], marks: Sequence[PaintedMark], settings: VectorSettings
) -> tuple[list[DrawnConnector], list[PaintedMark]]:
    """The lines as connectors with their arrowheads, those without a line among them; and the marks that were used."""
    barbs, plain = open_heads(lines, settings)
    vees = {mark: line for line in plain if (mark := _vee(line, settings))}
    dashed = [_Ends(line) for line in plain if line.dashed]
    gone = [line for mark, line in vees.items() if _give(mark, dashed, settings)]
    plain = [line for line in plain if line not in gone and not line.dashed]
    ends = [*dashed, *(_Ends(line) for line in plain)]
    used, lone = [], []
    for mark in [*marks, *barbs]:
        if _give(mark, ends, settings):
            used.append(mark)
        elif mark.surely and mark not in barbs and (arrow := _lone_arrow(mark, settings)):
            lone.append(arrow)
    return [_connector(one) for one in ends] + lone, used


def _vee(line: PaintedLine, settings: VectorSettings) -> PaintedMark | None:
    """The arrowhead that a short line of two barbs may be, apart from the line that it ends; None for other lines."""
    if len(line.points) != 3 or line.length > 2 * settings.barb:
        return None
    legs = sorted(math.dist(line.points[1], other) for other in (line.points[0], line.points[2]))
    sharp = cosine((line.points[1], line.points[0]), (line.points[1], line.points[2])) > settings.vee
    return PaintedMark(line.points, line.order) if sharp and legs[0] >= settings.barb_even * legs[1] else None


def _connector(one: _Ends) -> DrawnConnector:
    points = list(one.line.points)
    strengths = [0.0, 0.0]
    for which, (way, strength) in sorted(one.tips.items(), reverse=True):
        points[-1 if which else 0 : len(points) if which else 1] = way if which else way[::-1]
        strengths[which] = strength
    return DrawnConnector(tuple(points), one.line.width, *strengths)


def _give(mark: PaintedMark, ends: Sequence[_Ends], settings: VectorSettings) -> bool:
    """Gives an arrowhead to the line that ends at it; tells whether there is one that it points away from."""
    box, near, best = mark.box, mark.box.grown(0.1), None
    for one in ends:
        reach = settings.dash_gap if one.line.dashed else settings.head_reach
        if not one.line.box.meets(near, max(reach, settings.largest_head)):
            continue
        for which in (0, 1):
            away = box_distance(one.point(which), box)
            if which in one.tips or away > reach + one.line.width / 2:
                continue
            found = _way(mark, one, which, away, settings)
            if found is None:
                continue
            way, cost = found
            cost += away + 0.3 * min(10, abs(mark.order - one.line.order))
            if best is None or cost < best[0]:
                best = cost, one, which, way
    if best is None:
        return False
    _, one, which, way = best
    one.tips[which] = way, settings.head_strength if mark.surely else settings.image_head_strength
    return True


def _way(
    mark: PaintedMark, one: _Ends, which: int, away: float, settings: VectorSettings
) -> tuple[Polyline, float] | None:
    """How a line goes on to an arrowhead's tip, and how much farther away that is reckoned; None where it does not."""
    end, outward = one.point(which), one.outward(which)
    close = away <= settings.head_reach + one.line.width / 2
    tip = _tip(mark, end, outward, settings) if close else None
    if tip is not None and _skew(mark, end, outward) <= settings.skewed:
        return (tip,), 0.0
    corners = [end] if close else []
    corners += [_abreast(mark, end, outward)] if one.line.dashed else []
    for corner in corners:
        aside = _tip_aside(mark, corner, outward, settings, settings.base_reach if corner == end else settings.dash_gap)
        if aside is not None:
            return (corner, aside), settings.turned_cost
    return None if tip is None else ((tip,), 0.0)


def _abreast(mark: PaintedMark, end: Point, outward: Point) -> Point:
    """Where a line comes abreast of an arrowhead: there the last dash before it turned, or the gap behind that."""
    ahead = [(p[0] - end[0]) * outward[0] + (p[1] - end[1]) * outward[1] for p in mark.points]
    middle = (min(ahead) + max(ahead)) / 2
    return end[0] + outward[0] * max(middle, 0.0), end[1] + outward[1] * max(middle, 0.0)


def _tip_aside(mark: PaintedMark, end: Point, outward: Point, settings: VectorSettings, reach: float) -> Point | None:
    """The tip of an arrowhead that stands with its base near a line's end and points aside; None where it does not.

    Some programs end a line where its head begins: a last part that is shorter than the head is not painted at all.
    """
    if not mark.surely:
        return None
    for ux, uy in ((-outward[1], outward[0]), (outward[1], -outward[0])):
        behind = min((p[0] - end[0]) * ux + (p[1] - end[1]) * uy for p in mark.points)
        tip = _tip(mark, end, (ux, uy), settings)
        if tip is not None and abs(behind) <= reach and _skew(mark, end, (ux, uy)) <= settings.skewed:
            return tip
    return None


def _skew(mark: PaintedMark, end: Point, direction: Point) -> float:
    """How far the middle of an arrowhead's sides lies beside the line that it ends, in shares of its width."""
    ux, uy = direction
    across = [(p[1] - end[1]) * ux - (p[0] - end[0]) * uy for p in mark.points]
    low, high = min(across), max(across)
    return abs(low + high) / 2 / max(high - low, 0.1)


def _tip(mark: PaintedMark, end: Point, outward: Point, settings: VectorSettings) -> Point | None:
    """The tip of an arrowhead at a line's end: the point of it furthest out; None where it does not taper that way.

    What tapers both ways, as a dot or a diamond does that programs draw where a line begins, points nowhere.
    """
    ux, uy = outward
    along = [(p[0] - end[0]) * ux + (p[1] - end[1]) * uy for p in mark.points]
    across = [(p[1] - end[1]) * ux - (p[0] - end[0]) * uy for p in mark.points]
    low, high = min(along), max(along)
    if high - low < 0.5:
        return None
    if not mark.surely:
        return (end[0] + ux * max(high, 0.0), end[1] + uy * max(high, 0.0))
    rear = [v for t, v in zip(along, across, strict=True) if t < low + 0.3 * (high - low)]
    if max(rear) - min(rear) <= settings.tapering * (max(across) - min(across)):
        return None
    at_tip = [v for t, v in zip(along, across, strict=True) if t > high - 0.3 * (high - low)]
    behind = [v for t, v in zip(along, across, strict=True) if t <= high - 0.3 * (high - low)]
    if not behind or max(at_tip) - min(at_tip) > settings.tapering * (max(behind) - min(behind)):
        return None
    out = max(high, 0.0)
    return (end[0] + ux * out, end[1] + uy * out)


def _lone_arrow(mark: PaintedMark, settings: VectorSettings) -> DrawnConnector | None:
    """A triangle that hides its short line: from the middle of its base to its tip."""
    ring = ring_of(mark.points, settings.flat)
    if len(ring) != 3:
        return None
    sides = [(math.dist(ring[i], ring[(i + 1) % 3]), i) for i in range(3)]
    base = min(sides)[1]
    a, b, tip = ring[base], ring[(base + 1) % 3], ring[(base + 2) % 3]
    legs = math.dist(a, tip), math.dist(b, tip)
    if min(legs) < 0.8 * max(legs):
        return None
    start = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    return DrawnConnector((start, tip), 0.75, 0.0, settings.head_strength)


def open_heads(lines: Sequence[PaintedLine], settings: VectorSettings) -> tuple[list[PaintedMark], list[PaintedLine]]:
    """Arrowheads drawn as strokes that run back from the end of a line, as marks; and the lines that are none."""
    strokes = _strokes(lines, settings)
    taken: set[int] = set()
    marks = []
    for i, line in enumerate(lines):
        for points in (line.points, line.points[::-1]):
            if i in taken:
                continue
            free = [stroke for stroke in strokes if stroke[0] not in taken]
            found = _barbs_at(points, i, lines, free, settings)
            if found is None:
                continue
            barbs, indices, both = found
            taken |= set(indices)
            marks.append(PaintedMark((points[-1], *barbs), lines[indices[0]].order, both))
    return marks, [line for i, line in enumerate(lines) if i not in taken]


Stroke = tuple[int, Point, Point]
"""A line's index, and the tip and the outer end of a short stroke that is the line, or a half of it."""


def _strokes(lines: Sequence[PaintedLine], settings: VectorSettings) -> list[Stroke]:
    found: list[Stroke] = []
    for i, line in enumerate(lines):
        if len(line.points) == 2 and line.length <= settings.barb:
            a, b = line.points
            found += [(i, a, b), (i, b, a)]
        elif len(line.points) == 3 and line.length <= 2 * settings.barb:
            a, tip, b = line.points
            found += [(i, tip, a), (i, tip, b)]
    return found


def _barbs_at(
    points: Polyline, own: int, lines: Sequence[PaintedLine], strokes: Sequence[Stroke], settings: VectorSettings
) -> tuple[list[Point], list[int], bool] | None:
    """The outer ends of strokes that run back from a line's end, which lines these are, and whether on both sides."""
    tip, back = points[-1], (points[-1], points[-2])
    if math.dist(*back) < 0.5:
        return None
    low, high = (math.cos(math.radians(angle)) for angle in reversed(settings.barb_angle))
    length = lines[own].length
    sides: dict[bool, tuple[float, int, Point]] = {}
    for i, start, outer in strokes:
        leg = math.dist(start, outer)
        if i == own or math.dist(start, tip) > settings.head_reach or leg > settings.barb_share * length:
            continue
        if not low <= cosine(back, (start, outer)) <= high or abs(lines[i].order - lines[own].order) > 40:
            continue
        (ux, uy), (dx, dy) = direction(*back), (outer[0] - start[0], outer[1] - start[1])
        side = dy * ux - dx * uy > 0
        if side not in sides or math.dist(start, tip) < sides[side][0]:
            sides[side] = math.dist(start, tip), i, outer
    found = list(sides.values())
    if len(found) == 2:
        legs = sorted(math.dist(outer, tip) for *_, outer in found)
        if legs[0] < settings.barb_even * legs[1]:
            return None
        return [outer for *_, outer in found], [i for _, i, _ in found], True
    if len(found) == 1 and lines[found[0][1]].order == lines[own].order and lines[own].area:
        return [found[0][2]], [found[0][1]], False
    return None

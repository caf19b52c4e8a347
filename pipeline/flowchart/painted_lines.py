"""Connectors among what vector paths paint: lines that are no rulings, dashes put together, and parts told apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.flowchart.erasing import table_edges
from pipeline.flowchart.painted import PaintedLine, PaintedShape
from pipeline.flowchart.polygons import Polyline, cosine, crossing, distance_to_line, distance_to_polyline, length_of
from pipeline.model.clustering import is_near
from pipeline.model.draft import MatrixPart
from pipeline.model.geometry import Box
from pipeline.model.vectors import Point
from pipeline.settings import FlowSettings, VectorSettings


def flow_lines(
    lines: Sequence[PaintedLine], shapes: Sequence[PaintedShape], part: MatrixPart, settings: FlowSettings
) -> list[PaintedLine]:
    """The lines that may be connectors: neither rulings of the table nor lines under words; dashes joined."""
    xs, ys = table_edges(part, settings.erase)
    limits = settings.vectors
    level = [line.box for line in lines if len(line.points) == 2 and line.box.height <= 2 * limits.flat]
    free = [
        line
        for line in lines
        if not _is_ruling(line, xs, ys, part, limits)
        and not _is_side_of_cell(line.box, level, ys, limits)
        and not _is_underline(line, lines, shapes, part, limits)
    ]
    joined = [
        line for line in joined_dashes(free, limits) if not line.dashed or not _is_ruling(line, xs, ys, part, limits)
    ]
    return without_copies(joined, limits)


def _is_ruling(
    line: PaintedLine, xs: Sequence[float], ys: Sequence[float], part: MatrixPart, settings: VectorSettings
) -> bool:
    """Whether a line is one of the table's: straight, from edge to edge of it, or out of the Pelaksana columns."""
    if len(line.points) > 2 or line.length < settings.shortest_part:
        return length_of(line.points) < settings.shortest_part
    (x0, y0), (x1, y1) = line.points
    near = settings.at_edge
    if abs(y1 - y0) <= settings.flat * 2:
        beyond = min(x0, x1) < xs[0] - near, max(x0, x1) > xs[-1] + near
        ends = abs(x1 - x0) > 2 * near and all(is_near(x, xs, near) for x in (x0, x1))  # a dash may cross an edge
        return ends or all(beyond) or (any(beyond) and is_near(y0, ys, near)) or _runs_on_ruling(line, part, near)
    if abs(x1 - x0) <= settings.flat * 2:
        beyond = min(y0, y1) < ys[0] - near, max(y0, y1) > ys[-1] + near
        slack = near if is_near(x0, xs, near) else settings.same_end
        ends = abs(y1 - y0) > 2 * slack and all(is_near(y, ys, slack) for y in (y0, y1))
        over = is_near(x0, xs, near) and (all(beyond) or any(beyond) or abs(y1 - y0) < 2 * near)
        return ends or over
    return False


def _is_side_of_cell(box: Box, level: Sequence[Box], ys: Sequence[float], settings: VectorSettings) -> bool:
    """Whether a horizontal line lies on a row's edge and goes on in others at both ends: a ruling cell by cell."""
    if box.height > 2 * settings.flat or not is_near(box.top, ys, settings.same_line):
        return False
    beside = [b for b in level if abs(b.top - box.top) <= settings.flat and b != box]
    near = settings.same_line
    return any(abs(b.x1 - box.x0) <= near for b in beside) and any(abs(b.x0 - box.x1) <= near for b in beside)


def _runs_on_ruling(line: PaintedLine, part: MatrixPart, near: float) -> bool:
    """Whether a horizontal line is a part of a ruling that goes on over most of the table."""
    box = line.box
    return any(
        r.axis == "h" and abs(r.at - box.top) <= near / 2 and r.length > 0.8 * part.box.width for r in part.page.rulings
    ) and (box.x0 <= part.box.x0 + near or box.x1 >= part.box.x1 - near)


def _is_underline(
    line: PaintedLine,
    lines: Sequence[PaintedLine],
    shapes: Sequence[PaintedShape],
    part: MatrixPart,
    settings: VectorSettings,
) -> bool:
    """Whether a line lies under words, no longer than they are, and touches nothing else."""
    box = line.box
    if box.height > settings.flat or len(line.points) > 2:
        return False
    over = [
        w
        for w in part.page.words
        if w.box.x0 < box.x1
        and box.x0 < w.box.x1
        and -settings.underline <= box.top - w.box.bottom + 0.15 * w.box.height <= settings.underline
    ]
    if not over or min(w.box.x0 for w in over) > box.x0 + 2 or max(w.box.x1 for w in over) < box.x1 - 2:
        return False
    near = settings.head_reach
    touched = any(
        math.dist(end, other) <= near
        for end in line.points
        for one in lines
        if one is not line and one.box.contains(*end, near)
        for other in (one.points[0], one.points[-1])
    )
    beside = any(s.box.contains(*end, near) and not s.box.contains(*end, -near) for end in line.points for s in shapes)
    return not touched and not beside


def joined_dashes(lines: Sequence[PaintedLine], settings: VectorSettings) -> list[PaintedLine]:
    """Short straight lines one after the other on one line, with gaps alike, as one dashed line."""
    made: list[PaintedLine] = []
    for line in sorted(lines, key=lambda one: one.order):
        last = made[-1] if made else None
        one = _continued(last, line, settings) if last else None
        if one:
            made[-1] = one
        else:
            made.append(line)
    return made


def _continued(last: PaintedLine, line: PaintedLine, settings: VectorSettings) -> PaintedLine | None:
    """A line that goes on in a dash, straight or round a corner that falls in a gap; None where it does not."""
    if line.length > settings.dash or line.order - last.order > settings.near_in_order or line.colour != last.colour:
        return None
    if (not last.dashed and last.length > settings.dash) or line.area != last.area:
        return None
    for first in (last.points, last.points[::-1]):
        for second in (line.points, line.points[::-1]):
            between = _over_gap(first, second, settings)
            if between is not None:
                return replace(last, points=(*first[:-1], *between, *second[1:]), order=line.order, dashed=True)
    return None


def _over_gap(first: Polyline, second: Polyline, settings: VectorSettings) -> Polyline | None:
    """The points of a dashed line between two dashes: none on a straight line, else the corner; None where it ends."""
    here, there = (first[-2], first[-1]), (second[0], second[1])
    gap = math.dist(first[-1], second[0])
    if not 0.3 < gap <= settings.dash_gap:
        return None
    along = cosine(here, (first[-1], second[0])) > 0.9 and cosine(here, there) > 0.9
    if along and max(distance_to_line(p, first[-2], second[1]) for p in (first[-1], second[0])) <= settings.same_line:
        return ()
    corner = crossing(here, there)
    if corner is None or max(math.dist(corner, first[-1]), math.dist(corner, second[0])) > settings.dash_gap:
        return None
    ahead = _is_onward(here, corner) and _is_onward((there[1], there[0]), corner)
    return (corner,) if ahead else None


def _is_onward(edge: tuple[Point, Point], corner: Point) -> bool:
    """Whether a point lies at the end of a segment or beyond it."""
    return math.dist(edge[1], corner) < 0.5 or cosine(edge, (edge[1], corner)) > 0.95


def without_copies(lines: Sequence[PaintedLine], settings: VectorSettings) -> list[PaintedLine]:
    """The lines without those painted a second time, or in part, right before or after: the edges of one area."""
    kept: list[PaintedLine] = []
    for line in sorted(lines, key=lambda one: -one.length):
        if not any(_covers(other, line, settings) for other in kept):
            kept.append(line)
    return sorted(kept, key=lambda one: one.order)


def _covers(longer: PaintedLine, line: PaintedLine, settings: VectorSettings) -> bool:
    """Whether a line is painted as a part of a longer one, or is the same one; a stroke of its own is not."""
    if longer.colour != line.colour or abs(longer.order - line.order) > settings.near_in_order:
        return False
    if not line.area and abs(longer.length - line.length) > settings.same_line:
        return False
    most = settings.same_line + longer.width / 2
    if line.area and line.length <= settings.sliver:
        most = max(most, settings.sliver_off)
    return all(distance_to_polyline(p, longer.points) <= most for p in (*line.points, _middle(line.points)))


def _middle(points: Polyline) -> Point:
    (x0, y0), (x1, y1) = points[0], points[1]
    return (x0 + x1) / 2, (y0 + y1) / 2


def cut_at_shapes(lines: Sequence[PaintedLine], shapes: Sequence[PaintedShape]) -> list[PaintedLine]:
    """The lines as they are seen: parts that a filled symbol covers are left out, so are lines inside a symbol."""
    made: list[PaintedLine] = []
    for line in lines:
        box = line.box
        if any(s.box.contains(box.x0, box.top, 0.8) and s.box.contains(box.x1, box.bottom, 0.8) for s in shapes):
            continue
        pieces = [line.points]
        for shape in shapes:
            if shape.filled and shape.order > line.order:
                pieces = [piece for whole in pieces for piece in _outside(whole, shape.box)]
        made += [replace(line, points=piece) for piece in pieces]
    return made


def _outside(line: Polyline, box: Box) -> list[Polyline]:
    """The parts of a polyline on both sides of a box that it runs through; the whole where it ends inside."""
    inner = box.grown(-0.5)
    if inner.contains(*line[0]) or inner.contains(*line[-1]) or inner.width <= 0 or inner.height <= 0:
        return [line]
    for i, (a, b) in enumerate(pairwise(line)):
        span = _span_inside(a, b, inner)
        if span is None:
            continue
        for k in range(len(line) - 2, i - 1, -1):
            last = _span_inside(line[k], line[k + 1], inner)
            if last is not None:
                enter, leave = _at(a, b, span[0]), _at(line[k], line[k + 1], last[1])
                return [(*line[: i + 1], enter), (leave, *line[k + 1 :])]
    return [line]


def _span_inside(a: Point, b: Point, box: Box) -> tuple[float, float] | None:
    """From which to which share of the segment from a to b lies in a box (Liang, Barsky)."""
    low, high = 0.0, 1.0
    for p, d, lo, hi in ((a[0], b[0] - a[0], box.x0, box.x1), (a[1], b[1] - a[1], box.top, box.bottom)):
        if abs(d) < 1e-9:
            if not lo < p < hi:
                return None
            continue
        t0, t1 = sorted(((lo - p) / d, (hi - p) / d))
        low, high = max(low, t0), min(high, t1)
    return (low, high) if low < high else None


def _at(a: Point, b: Point, share: float) -> Point:
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])

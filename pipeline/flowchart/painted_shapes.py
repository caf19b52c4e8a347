"""Symbols among what vector paths paint: the paths of one symbol put together, and its shape told from its polygon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from pipeline.flowchart.drawing import DrawnShape, Shape
from pipeline.flowchart.painted import PaintedLine, PaintedShape
from pipeline.flowchart.polygons import Polyline, distance_to_polyline, ring_of
from pipeline.flowchart.shapes import classify
from pipeline.model.draft import MatrixPart
from pipeline.model.geometry import Box, bounding_box
from pipeline.model.pixels import Pixels
from pipeline.settings import FlowSettings, VectorSettings


def symbols_of(shapes: Sequence[PaintedShape], part: MatrixPart, settings: FlowSettings) -> list[PaintedShape]:
    """The symbols: the shapes that are neither cells nor frames, what one symbol is painted with made one."""
    limits = settings.vectors
    found = [s for s in shapes if _has_symbol_size(s.box, part, limits) and not is_cell(s.box, part, limits)]
    found = [s for s in found if not any(_is_shadow(s, other, limits) for other in found)]
    groups: list[list[PaintedShape]] = []
    for shape in sorted(found, key=lambda s: s.order):
        group = next((g for g in groups if any(_is_same(shape.box, s.box, limits) for s in g)), None)
        if group is None:
            groups.append([shape])
        else:
            group.append(shape)
    made = [_merged(group) for group in groups]
    seen = [one for one, group in zip(made, groups, strict=True) if any(s.outlined for s in group) or one.filled]
    return _without_parts(seen, limits)


def _has_symbol_size(box: Box, part: MatrixPart, settings: VectorSettings) -> bool:
    longer, shorter = settings.smallest_symbol
    if max(box.width, box.height) < longer or min(box.width, box.height) < shorter:
        return False
    xs = [x for lane in part.lanes for x in (lane.x0, lane.x1)]
    highest = max(band.bottom - band.top for band in part.bands)
    wide, high = settings.largest_symbol
    return box.width <= max(wide * (max(xs) - min(xs)), 60.0) and box.height <= max(high * highest, 60.0)


def is_cell(box: Box, part: MatrixPart, settings: VectorSettings) -> bool:
    """Whether a box is a cell of the table, or several of them: all its sides lie on edges of the table."""
    near = settings.at_edge
    xs = [x for lane in part.lanes for x in (lane.x0, lane.x1)] + [part.box.x0, part.box.x1]
    ys = [y for band in part.bands for y in (band.top, band.bottom)] + [part.box.top, part.box.bottom]
    least = 0.5 * part.box.height
    xs += [r.at for r in part.page.rulings if r.axis == "v" and r.length > least]
    beside = all(min(abs(side - x) for x in xs) <= near for side in (box.x0, box.x1))
    return beside and all(min(abs(side - y) for y in ys) <= near for side in (box.top, box.bottom))


def _is_same(a: Box, b: Box, settings: VectorSettings) -> bool:
    """Whether two boxes are of one symbol: its area, its outline, its shadow, its second outline."""
    most = max(settings.same_side, settings.same_side_share * min(a.width, a.height, b.width, b.height))
    return all(abs(p - q) <= most for p, q in zip(a.as_list(), b.as_list(), strict=True))


def _is_shadow(shape: PaintedShape, other: PaintedShape, settings: VectorSettings) -> bool:
    """Whether an area without outline lies under a shape of its size that is painted next and covers much of it."""
    if shape.outlined or not 0 < other.order - shape.order <= settings.near_in_order:
        return False
    alike = max(abs(shape.box.width - other.box.width), abs(shape.box.height - other.box.height)) <= settings.same_end
    return alike and shape.box.share_inside(other.box) >= settings.shadow


def _merged(group: Sequence[PaintedShape]) -> PaintedShape:
    """One symbol: its outline that is painted last, of two around each other the outer one."""
    lines = [s for s in group if s.outlined] or list(group)
    last = lines[-1]
    around_it = [s for s in lines if all(abs(a - b) < 1.0 for a, b in zip(s.box.center, last.box.center, strict=True))]
    outer = max(around_it, key=lambda s: s.box.area)
    return replace(
        outer, order=min(s.order for s in group if s.filled or s is outer), filled=any(s.filled for s in group)
    )


def _without_parts(shapes: Sequence[PaintedShape], settings: VectorSettings) -> list[PaintedShape]:
    """The shapes without those inside others, and without frames around several."""
    kept = list(shapes)
    for outer in sorted(shapes, key=lambda s: -s.box.area):
        inner = [s for s in kept if s is not outer and s.box.share_inside(outer.box) > settings.inside]
        apart = [s for s in inner if s.box.area < 0.45 * outer.box.area]
        if outer in kept and len(apart) >= 2 and len(apart) == len(inner):
            kept.remove(outer)
        elif outer in kept:
            kept = [s for s in kept if s not in inner]
    return kept


def drawn_shape(painted: PaintedShape, settings: FlowSettings) -> DrawnShape:
    """The symbol as it is handed on."""
    return DrawnShape(shape_of(painted.ring, settings), painted.box)


def shape_of(ring: Polyline, settings: FlowSettings) -> Shape:
    """The shape of a polygon."""
    box = bounding_box(ring)
    found = corner_shape(ring, box) or classify(_mask_of(ring, box, settings), settings.vectors.raster, settings.shapes)
    return (
        _rounded(ring, box, settings.vectors) if found.kind in ("box", "round", "circle") and len(ring) > 6 else found
    )


def _mask_of(ring: Polyline, box: Box, settings: FlowSettings) -> Pixels:
    """The pixels of a polygon, 1 inside, in the box around it."""
    scale = settings.vectors.raster
    mask = np.zeros((max(1, round(box.height * scale)), max(1, round(box.width * scale))), np.uint8)
    points = np.array([((x - box.x0) * scale, (y - box.top) * scale) for x, y in ring])
    cv2.fillPoly(mask, [np.round(points).astype(np.int32)], 1)
    return mask


def _rounded(ring: Polyline, box: Box, settings: VectorSettings) -> Shape:
    """A box, a rounded box or a circle, by how far the corners of its bounding box are from it."""
    corners = ((box.x0, box.top), (box.x1, box.top), (box.x1, box.bottom), (box.x0, box.bottom))
    outline = (*ring, ring[0])
    cuts = sorted(distance_to_polyline(corner, outline) for corner in corners)
    least, share = settings.cut_corner
    limit = max(least, share * min(box.width, box.height))
    if cuts[1] < limit:
        return Shape("box", 0.9 if cuts[3] < limit else 0.7)
    low, high = 0.8, 1.25
    if low <= box.width / box.height <= high and cuts[1] >= settings.circle_corner * min(box.width, box.height):
        return Shape("circle", 0.95)
    return Shape("round", 0.97 if cuts[1] >= 2 * limit else 0.8)


def corner_shape(ring: Polyline, box: Box) -> Shape | None:
    """What the corners of a polygon with few of them tell: a rectangle, a diamond, a triangle, a trapezoid."""
    slack = 0.06 * max(box.width, box.height)
    corners = ring_of(ring, slack)
    places = [((x - box.x0) / box.width, (y - box.top) / box.height) for x, y in corners]

    def near(*wanted: tuple[float, float]) -> bool:
        return len(places) == len(wanted) and all(
            any(abs(x - u) <= 0.12 and abs(y - v) <= 0.12 for x, y in places) for u, v in wanted
        )

    if len(corners) == len(ring) or len(ring) <= 6:
        if near((0, 0), (1, 0), (1, 1), (0, 1)):
            return Shape("box", 0.98)
        if near((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)):
            return Shape("diamond", 0.98)
        if len(corners) == 4 and _is_trapezoid(places):
            return Shape("trapezoid", 0.9)
    return None


def _is_trapezoid(places: Sequence[tuple[float, float]]) -> bool:
    """Whether two corners stand at the ends of the upper or lower side, and two well inside the other one."""
    top, bottom = (sorted(x for x, y in places if abs(y - v) <= 0.1) for v in (0.0, 1.0))
    if len(top) != 2 or len(bottom) != 2:
        return False
    for wide, narrow in ((top, bottom), (bottom, top)):
        if wide[0] <= 0.05 and wide[1] >= 0.95 and narrow[0] >= 0.1 and narrow[1] <= 0.9:
            return True
    return False


def closed_by_lines(lines: Sequence[PaintedLine], settings: VectorSettings) -> list[tuple[PaintedShape, set[int]]]:
    """Shapes drawn as three to six lines, each beginning where the last one ended, and the lines' indices."""
    found: list[tuple[PaintedShape, set[int]]] = []
    used: set[int] = set()
    for start in range(len(lines)):
        if start in used:
            continue
        chain = _closing_chain(lines, start, used, settings)
        if chain:
            indices, points = chain
            box = bounding_box(points)
            longer, shorter = settings.smallest_symbol
            if max(box.width, box.height) >= longer and min(box.width, box.height) >= shorter:
                found.append((PaintedShape(points, box, lines[start].order, outlined=True, filled=False), set(indices)))
                used |= set(indices)
    return found


def _closing_chain(
    lines: Sequence[PaintedLine], start: int, used: set[int], settings: VectorSettings
) -> tuple[list[int], Polyline] | None:
    """Lines near each other in paint order that go round from the first one's start to itself."""
    first = lines[start]
    if max(first.box.width, first.box.height) > 80.0:
        return None
    points, indices = list(first.points), [start]
    near = settings.same_end
    while len(indices) <= 6:
        if len(points) > 2 and _close(points[0], points[-1], near):
            return indices, tuple(points[:-1])
        after = [
            j
            for j in range(max(0, start - 6), min(len(lines), start + 7))
            if j not in used and j not in indices and abs(lines[j].order - first.order) <= settings.near_in_order
        ]
        step = next(
            (
                (j, line)
                for j in after
                for line in (lines[j].points, lines[j].points[::-1])
                if _close(line[0], points[-1], near) and max(lines[j].box.width, lines[j].box.height) <= 80.0
            ),
            None,
        )
        if step is None:
            return None
        indices.append(step[0])
        points += step[1][1:]
    return None


def _close(a: tuple[float, float], b: tuple[float, float], near: float) -> bool:
    return abs(a[0] - b[0]) <= near and abs(a[1] - b[1]) <= near

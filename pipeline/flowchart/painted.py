"""What a vector path of a text page paints: the outline of a shape, a line, or a small mark such as an arrowhead."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.flowchart.block_arrows import BlockArrow, block_arrow
from pipeline.flowchart.polygons import (
    Polyline,
    centrelines,
    cosine,
    distance_to_polyline,
    length_of,
    ring_of,
    simplified,
)
from pipeline.model.frequent import frequent_value
from pipeline.model.geometry import Box, bounding_box
from pipeline.model.vectors import Colour, Subpath, VectorPath
from pipeline.settings import VectorSettings


@dataclass(frozen=True, slots=True)
class PaintedShape:
    """A closed polygon as large as a symbol. `outlined`: seen by its line, not by its area alone."""

    ring: Polyline
    box: Box
    order: int
    outlined: bool
    filled: bool


@frequent_value(frozen=True, slots=True)
class PaintedLine:
    """A polyline of one path, or of one part of it.

    `area`: painted as a thin area, not as a stroke. `length` is that along it, `box` the box around its points.
    """

    points: Polyline
    width: float
    order: int
    group: int
    colour: Colour
    dashed: bool = False
    area: bool = False
    length: float = field(init=False, compare=False)
    box: Box = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", length_of(self.points))
        object.__setattr__(self, "box", bounding_box(self.points))


@dataclass(frozen=True, slots=True)
class PaintedMark:
    """A small area or image that may be an arrowhead; `surely` where its paint is that of a line."""

    points: Polyline
    order: int
    surely: bool = True
    box: Box = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "box", bounding_box(self.points))


@frequent_value(frozen=True, slots=True)
class Painted:
    """All that paths paint, sorted by what it may be."""

    shapes: tuple[PaintedShape, ...] = ()
    lines: tuple[PaintedLine, ...] = ()
    marks: tuple[PaintedMark, ...] = ()
    arrows: tuple[BlockArrow, ...] = ()


def is_seen(colour: Colour | None, settings: VectorSettings) -> bool:
    """Whether paint is seen on white paper."""
    if colour is None:
        return False
    red, green, blue, opacity = colour
    return opacity > settings.faint and min(red, green, blue) < settings.white


def painted_by(path: VectorPath, settings: VectorSettings) -> Painted:
    """What one path paints."""
    shapes: list[PaintedShape] = []
    lines: list[PaintedLine] = []
    marks: list[PaintedMark] = []
    arrows: list[BlockArrow] = []
    stroked, filled = is_seen(path.stroke, settings), is_seen(path.fill, settings)
    if len(path.subpaths) == 1 and (path.subpaths[0].closed or not stroked):
        return _closed(path.subpaths[0], path, stroked, filled, settings)
    if dots := _dotted(path, settings):
        return Painted(lines=(dots,))
    rings = _rings(path, settings) if filled and len(path.subpaths) > 1 else {}
    for i, subpath in enumerate(path.subpaths):
        if i in rings:
            if rings[i]:
                shapes.append(_shape(ring_of(subpath.points, settings.flat), path, outlined=True, filled=False))
            continue
        if stroked and not subpath.closed:
            lines += _stroked_line(subpath, path, settings)
            continue
        found = _closed(subpath, path, stroked, filled, settings)
        shapes += found.shapes
        lines += found.lines
        marks += found.marks
        arrows += found.arrows
    return Painted(tuple(shapes), tuple(lines), tuple(marks), tuple(arrows))


def _dotted(path: VectorPath, settings: VectorSettings) -> PaintedLine | None:
    """The line that a path of dots is, one after the other; None of any other path."""
    boxes, ink = [subpath.box for subpath in path.subpaths], path.fill or path.stroke
    if ink is None or len(boxes) < settings.least_dots or max(max(b.width, b.height) for b in boxes) > settings.dot:
        return None
    centers = [box.center for box in boxes]
    if any(math.dist(a, b) > settings.dash_gap for a, b in pairwise(centers)):
        return None
    width = max(min(boxes[0].width, boxes[0].height), 0.2)
    return PaintedLine(simplified(centers, 2 * settings.flat), width, path.order, path.group, ink, dashed=True)


def _shape(ring: Polyline, path: VectorPath, outlined: bool, filled: bool) -> PaintedShape:
    return PaintedShape(ring, bounding_box(ring), path.order, outlined, filled)


def _rings(path: VectorPath, settings: VectorSettings) -> dict[int, bool]:
    """The subpaths of a filled path that are the two sides of a line around a shape: the outer ones true."""
    found: dict[int, bool] = {}
    boxes = [subpath.box for subpath in path.subpaths]
    for i, outer in enumerate(boxes):
        for j, inner in enumerate(boxes):
            if i == j or i in found or j in found:
                continue
            sides = (inner.x0 - outer.x0, inner.top - outer.top, outer.x1 - inner.x1, outer.bottom - inner.bottom)
            if all(0.05 < side <= settings.ring for side in sides) and min(inner.width, inner.height) > settings.ring:
                found[i], found[j] = True, False
    return found


def _stroked_line(subpath: Subpath, path: VectorPath, settings: VectorSettings) -> list[PaintedLine]:
    points = simplified(subpath.points, settings.flat)
    if path.stroke is None or length_of(points) < settings.flat:
        return []
    return [PaintedLine(points, max(path.width, 0.2), path.order, path.group, path.stroke, path.dashed)]


def _closed(subpath: Subpath, path: VectorPath, stroked: bool, filled: bool, settings: VectorSettings) -> Painted:
    """A closed subpath: a thin one is a line, a small one a mark, a larger one the outline or the area of a shape."""
    box, ink = subpath.box, path.fill if filled else path.stroke
    if ink is None:
        return Painted()
    across, down = box.width, box.height
    if min(across, down) <= settings.widest_line / 2:  # level or upright
        return Painted(lines=_thin_box(box, path, ink, settings)) if stroked or filled else Painted()
    fine = settings.flat_curve * min(across, down) if subpath.curved else settings.flat
    ring = ring_of(subpath.points, min(settings.flat, fine))
    small = max(across, down) <= settings.largest_head
    if filled and len(ring) >= 4 and (strips := centrelines(ring, settings)) and _is_covered(ring, strips):
        if small and _is_open_head([line for line, _ in strips], settings):
            return Painted(marks=(PaintedMark(ring, path.order),))
        made = [
            PaintedLine(piece, width, path.order, path.group, ink, area=True)
            for line, width in strips
            for piece in _unfolded(line, settings)
        ]
        return Painted(lines=tuple(made), marks=_wide_ends(ring, strips, path, settings))
    if len(ring) < 3:
        return Painted()
    if arrow := block_arrow(ring, path.order, settings.block_arrows):
        return Painted(arrows=(arrow,))
    dark = path.fill is not None and filled and sum(path.fill[:3]) / 3 <= settings.dark
    if small and dark:
        return Painted(marks=(PaintedMark(ring, path.order),))
    longer, shorter = settings.smallest_symbol
    if max(across, down) < longer or min(across, down) < shorter:
        return Painted(marks=(PaintedMark(ring, path.order, surely=False),)) if stroked or filled else Painted()
    return Painted(shapes=(_shape(ring, path, stroked, path.fill is not None and path.fill[3] > settings.faint),))


def _is_open_head(strips: Sequence[Polyline], settings: VectorSettings) -> bool:
    """Whether a small outline is an arrowhead of barbs: these, and the end of the line between them, are as long.

    LibreOffice paints an open arrowhead so; of a short connector with such a head the line is longer.
    """
    legs = [math.dist(a, b) for line in strips for a, b in pairwise(line)]
    return len(legs) >= settings.head_legs and min(legs) >= settings.barb_even * max(legs)


def _thin_box(box: Box, path: VectorPath, ink: Colour, settings: VectorSettings) -> tuple[PaintedLine, ...]:
    x, y = box.center
    across, down = box.width, box.height
    points: Polyline = ((box.x0, y), (box.x1, y)) if across >= down else ((x, box.top), (x, box.bottom))
    if max(across, down) < settings.shortest_part:
        return ()
    width = min(across, down) or settings.line_width
    return (PaintedLine(points, max(width, 0.2), path.order, path.group, ink, path.dashed, True),)


def _unfolded(line: Polyline, settings: VectorSettings) -> list[Polyline]:
    """A centreline cut where it turns back: there a barb of an arrowhead begins."""
    pieces, start = [], 0
    for i in range(1, len(line) - 1):
        if cosine((line[i - 1], line[i]), (line[i], line[i + 1])) < -settings.turning_back:
            pieces.append(line[start : i + 1])
            start = i
    return [*pieces, line[start:]]


def _is_covered(ring: Polyline, strips: list[tuple[Polyline, float]]) -> bool:
    """Whether the centrelines tell most of a polygon's outline: half of it, twice, with its short sides."""
    total = length_of((*ring, ring[0]))
    return sum(length_of(line) for line, _ in strips) * 2 >= 0.55 * total


def _wide_ends(
    ring: Polyline, strips: list[tuple[Polyline, float]], path: VectorPath, settings: VectorSettings
) -> tuple[PaintedMark, ...]:
    """Arrowheads that are parts of a line's own outline: its corners that lie off the line, near one of its ends."""
    found = []
    for line, width in strips:
        for end in (line[0], line[-1]):
            near = [p for p in ring if abs(p[0] - end[0]) + abs(p[1] - end[1]) <= 1.5 * settings.largest_head]
            off = [p for p in near if distance_to_polyline(p, line) > 0.9 * width + 0.3]
            if len(off) >= 3:
                found.append(PaintedMark(tuple(off), path.order))
    return tuple(found)

"""The straight, visible lines among what is painted on a page: those that may be a table's rulings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.model.geometry import Box
from pipeline.model.page import Ruling
from pipeline.model.vectors import Colour, Point, Subpath, VectorPath
from pipeline.settings import PathRulingSettings


def segments_of(paths: Sequence[VectorPath], size: float, settings: PathRulingSettings) -> list[Ruling]:
    """The horizontal and vertical segments that are seen on a page.

    A filled shape no thicker than a line is one line along its middle; a filled ring, as some programs draw a cell's
    border, is its four sides; a stroked shape gives its straight edges. What is painted in the colour of paper gives
    none, nor does what its clip leaves out.

    Args:
        paths: What is painted, in points of the upright page.
        size: The page's text size in points, which `settings` are shares of.
        settings: What is thin, straight and white.
    """
    thin = settings.thin_shape * size
    found: list[Ruling] = []
    for path in paths:
        stroked = path.stroke is not None and _is_seen(path.stroke, settings)
        filled = path.fill is not None and _is_seen(path.fill, settings)
        if stroked or filled:
            for ruling in _segments(path, stroked, filled, thin, settings):
                found += _clipped(ruling, path.box)
    return found


def within(segments: Iterable[Ruling], area: Box) -> list[Ruling]:
    """The segments whose middle lies in an area or on its edge."""
    xs, ys = area.x_range(), area.y_range()
    found = []
    for segment in segments:
        along, across = (xs, ys) if segment.axis == "h" else (ys, xs)
        middle = (segment.start + segment.end) / 2
        if along[0] <= middle <= along[1] and across[0] <= segment.at <= across[1]:
            found.append(segment)
    return found


def without_dots(rulings: Iterable[Ruling], size: float, settings: PathRulingSettings) -> tuple[Ruling, ...]:
    """The joined rulings without those that are one dot: one of a dotted line runs across it, too, by its width."""
    thin = settings.thin_shape * size
    return tuple(ruling for ruling in rulings if not ruling.end - ruling.start <= min(2 * ruling.width, thin))


def _segments(path: VectorPath, stroked: bool, filled: bool, thin: float, settings: PathRulingSettings) -> list[Ruling]:
    if filled and not stroked and (ring := _ring(path.subpaths, thin)):
        return ring
    found: list[Ruling] = []
    for subpath in path.subpaths:
        box = subpath.box
        if (filled or len(subpath.points) > 2) and (box.x1 - box.x0 <= thin or box.bottom - box.top <= thin):
            found += _bar(box)
        elif stroked:
            for start, end in _edges(subpath):
                found += _edge(start, end, path.width or settings.hairline, settings)
    return found


def _bar(box: Box) -> list[Ruling]:
    """A thin shape as a line; a dot, as where two drawn borders meet, as a short one each way."""
    x, y = box.center
    across, down = box.x1 - box.x0, box.bottom - box.top
    found = [Ruling("h", y, box.x0, box.x1, max(down, 0.25))] if down <= 2 * across else []
    return [*found, Ruling("v", x, box.top, box.bottom, max(across, 0.25))] if across <= 2 * down else found


def _ring(subpaths: Sequence[Subpath], thin: float) -> list[Ruling]:
    """The sides of a frame that is filled between an outer and an inner rectangle; none where it is no such frame."""
    if len(subpaths) != 2 or not all(_is_rectangle(subpath) for subpath in subpaths):
        return []
    inner, outer = sorted((subpath.box for subpath in subpaths), key=lambda box: box.area)
    gaps = (inner.x0 - outer.x0, inner.top - outer.top, outer.x1 - inner.x1, outer.bottom - inner.bottom)
    if not all(0 <= gap <= thin for gap in gaps):
        return []
    left, above, right, below = gaps
    middle = Box(outer.x0 + left / 2, outer.top + above / 2, outer.x1 - right / 2, outer.bottom - below / 2)
    return [
        Ruling("h", middle.top, outer.x0, outer.x1, max(above, 0.25)),
        Ruling("h", middle.bottom, outer.x0, outer.x1, max(below, 0.25)),
        Ruling("v", middle.x0, outer.top, outer.bottom, max(left, 0.25)),
        Ruling("v", middle.x1, outer.top, outer.bottom, max(right, 0.25)),
    ]


def _is_rectangle(subpath: Subpath) -> bool:
    """Whether it is closed and has no side but along the axes."""
    return subpath.closed and not subpath.curved and all(a[0] == b[0] or a[1] == b[1] for a, b in _edges(subpath))


def _edges(subpath: Subpath) -> Iterable[tuple[Point, Point]]:
    points = subpath.points
    closing = subpath.closed and points[0] != points[-1]
    return pairwise((*points, points[0]) if closing else points)


def _edge(start: Point, end: Point, width: float, settings: PathRulingSettings) -> list[Ruling]:
    """The segment as a ruling where it runs along an axis; none where it slants."""
    (x0, y0), (x1, y1) = start, end
    dx, dy = abs(x1 - x0), abs(y1 - y0)
    slack = max(settings.slant_points, settings.slant * max(dx, dy))
    if dy <= slack and dx > dy:
        return [Ruling("h", (y0 + y1) / 2, min(x0, x1), max(x0, x1), width)]
    if dx <= slack and dy > dx:
        return [Ruling("v", (x0 + x1) / 2, min(y0, y1), max(y0, y1), width)]
    return []


def _clipped(ruling: Ruling, box: Box) -> list[Ruling]:
    """The part of a line that its path's clip leaves; none where that is nothing."""
    if ruling.axis == "h":
        least, most, first, last = box.top, box.bottom, box.x0, box.x1
    else:
        least, most, first, last = box.x0, box.x1, box.top, box.bottom
    if not least - ruling.width <= ruling.at <= most + ruling.width:
        return []
    if first <= ruling.start < ruling.end <= last:
        return [ruling]
    start, end = max(ruling.start, first), min(ruling.end, last)
    return [Ruling(ruling.axis, ruling.at, start, end, ruling.width)] if end > start else []


def _is_seen(colour: Colour, settings: PathRulingSettings) -> bool:
    """Whether a colour can be told from white paper."""
    red, green, blue, opacity = colour
    return opacity > 0 and min(red, green, blue) < settings.white

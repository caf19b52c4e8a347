"""Symbols that are seen by their filling: areas of another colour than the paper, parted from lines and arrowheads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.flowchart.ink_layers import InkLayers
from pipeline.flowchart.shapes import Outline, convex, is_sized, outline_of, overlap_share
from pipeline.imaging.components import label_components
from pipeline.imaging.morphology import Contour, Mask, boxes_of, closed, odd, opened, outer_contours
from pipeline.settings import FilledAreaSettings, FlowSettings

POINTED = ("diamond", "triangle")  # an opening cuts their points off
_COARSE = 4  # pixels of the fill for one of the small picture


def filled_areas(layers: InkLayers, thickness: float, settings: FlowSettings) -> list[Outline]:
    """The areas of another colour than the paper, without the lines and arrowheads that touch them.

    A square that fits into each symbol fits into none of the page's lines, nor into their arrowheads.

    Args:
        layers: the page's ink and fill.
        thickness: that of the page's lines, in pixels.
        settings: the thresholds.
    """
    limits, scale = settings.areas, layers.scale
    size = odd(max(limits.core * scale, limits.core_lines * thickness))
    fill, found = layers.fill.copy(), []
    for place in _filled_places(layers.fill, max(size, limits.place * scale)):
        left, top = max(0, place[0] - 2 * size), max(0, place[1] - 2 * size)
        window = slice(top, place[3] + 2 * size), slice(left, place[2] + 2 * size)
        fill[window] = _without_letters(layers.fill[window], scale, limits)
        for contour in outer_contours(opened(fill[window], size, size)):
            core = contour + np.array([left, top], np.int32)
            if min(cv2.boundingRect(core)[2:]) >= limits.smallest * scale and _is_at(core, place):
                found += _symbols(core, layers, fill, size, settings)  # smaller ones are arrowheads
    return found


def _filled_places(fill: Mask, size: float) -> list[tuple[int, int, int, int]]:
    """Left, top, right and bottom of each place that is filled, letters aside, as told by a small picture of the fill.

    At least a square of `size` pixels is filled there.
    """
    resized = cv2.resize(fill, None, fx=1 / _COARSE, fy=1 / _COARSE, interpolation=cv2.INTER_AREA)
    small = np.asarray(resized, dtype=np.uint8)
    least = max(2, int(size) // _COARSE - 1)
    boxes = boxes_of(opened(closed(small, 3, 3), least, least))
    return [(_COARSE * x, _COARSE * y, _COARSE * (x + w), _COARSE * (y + h)) for x, y, w, h in boxes]


def _is_at(core: Contour, place: tuple[int, int, int, int]) -> bool:
    """Whether the middle of a core lies in a place: another one's may be cut by the window around it."""
    x, y, w, h = cv2.boundingRect(core)
    return bool(place[0] <= x + w / 2 <= place[2] and place[1] <= y + h / 2 <= place[3])


def _without_letters(fill: Mask, scale: float, settings: FilledAreaSettings) -> Mask:
    """The fill with its small holes filled: white letters on it, and light spots."""
    wide, high = settings.letters[0] * scale, settings.letters[1] * scale
    labels, stats = label_components(1 - fill)
    left, top, width, height, _ = stats.T
    rows, columns = fill.shape
    inner = (left > 0) & (top > 0) & (left + width < columns) & (top + height < rows)
    holes = inner & (width <= wide) & (height <= high)
    holes[0] = False  # what is filled
    return np.asarray(fill | holes.astype(np.uint8)[labels], dtype=np.uint8) if holes.any() else fill


def _symbols(core: Contour, layers: InkLayers, fill: Mask, size: int, settings: FlowSettings) -> list[Outline]:
    """The symbols that a core is of, their points not cut off; none where it is not of a symbol's form.

    A dark symbol is seen twice: wherever it is no paper, and where it is at least half as dark as its middle, without
    its shadow and its blur, but perhaps without the light part of a gradient.
    """
    limits = settings.areas
    x, y, w, h = cv2.boundingRect(core)
    left, top = max(0, x - 2 * size), max(0, y - 2 * size)
    window = slice(top, y + h + 2 * size), slice(left, x + w + 2 * size)
    inside = np.zeros_like(fill[window])
    cv2.drawContours(inside, [core], -1, 1, cv2.FILLED, offset=(-left, -top))
    depth = layers.depth[window]
    depths = depth[inside > 0]
    middle, deepest = np.percentile(depths, (50.0, limits.deepest))
    even = float((depths >= limits.dark_share * deepest).mean())  # little, where letters and lines are close together
    is_dark = middle >= limits.dark and even >= limits.least_filled
    seen = [fill[window] if is_dark else layers.fill[window]]
    if is_dark:
        sharp = (depth >= limits.dark_share * middle).view(np.uint8)
        seen.append(_without_letters(sharp, layers.scale, limits))
    areas = [_Area(mask, inside, left, top, layers.scale, is_dark) for mask in seen]
    found = [replace(o, dark=is_dark) for area in areas for o in area.outlines(size, settings)]
    least = limits.smallest * layers.scale
    found = [o for o in found if min(o.width, o.height) >= least]
    pointed = [o for o in found if o.shape.kind in POINTED]
    return [o for o in found if o.shape.kind in ("box", *POINTED) or not _overlaps_any(o, pointed, limits)]


def _overlaps_any(o: Outline, others: Sequence[Outline], settings: FilledAreaSettings) -> bool:
    return any(overlap_share(o, other) > settings.same_area for other in others)


@dataclass(frozen=True, eq=False)
class _Area:
    """A part of the page where it is filled, and the core (`inside`) that was found in it; masks of one shape.

    Pixel (0, 0) is that of the page at (`left`, `top`).
    """

    filled: Mask
    inside: Mask
    left: int
    top: int
    scale: float
    is_dark: bool

    def outlines(self, size: int, settings: FlowSettings) -> list[Outline]:
        """What a square of `size` pixels fits into, with its corners where lines and arrowheads do not touch them."""
        half = odd(size / 2)
        bodies, finer = self._opened(size, settings), self._opened(half, settings)
        found = []
        for body in bodies:
            better = next((f for f in finer if _is_better(f, body, size, settings.areas)), None)
            pointed = better and self._diamond(better, half, settings)
            found.append(pointed or self._diamond(body, size, settings) or better or body)
        return found

    def _diamond(self, body: Outline, size: int, settings: FlowSettings) -> Outline | None:
        """The diamond whose points were cut off a dark body by opening it with a square of `size` pixels; else None.

        A light one is seen by its line. Where the square stops in its upper and lower points, it is as wide as the
        diamond; likewise at the sides.
        """
        half = size / 2
        across, along = body.width / 2 - half, body.height / 2 - half
        if not self.is_dark or body.shape.kind in ("box", "triangle") or min(across, along) <= 0:
            return None
        slope = along / across  # of its sides
        wide, high = round(body.width / 2 + half / slope), round(body.height / 2 + half * slope)
        x, y = body.x + body.width // 2 - self.left, body.y + body.height // 2 - self.top
        points = np.array([(x, y - high), (x + wide, y), (x, y + high), (x - wide, y)], np.int32).reshape(-1, 1, 2)
        whole = np.zeros_like(self.filled)
        cv2.fillConvexPoly(whole, points, 1)
        limits, area = settings.areas, cv2.countNonZero(whole)
        if cv2.countNonZero(whole & self.filled) < limits.diamond_filled * area:
            return None
        cut, core = opened(whole, size, size), np.zeros_like(whole)
        cv2.fillConvexPoly(core, body.hull - np.array([self.left, self.top], np.int32), 1)
        alike = cv2.countNonZero(cut & core) / max(1, cv2.countNonZero(cut | core))
        if alike < limits.diamond_alike:
            return None
        hull = points + np.array([self.left, self.top], np.int32)
        return outline_of(hull, body.solid, self.scale, True, settings.shapes)

    def _opened(self, size: int, settings: FlowSettings) -> list[Outline]:
        """The areas of a symbol's form that lie mostly in the core, opened with a square of `size` pixels."""
        contours = outer_contours(opened(self.filled, size, size))
        mine = [
            c for c in contours if is_sized(c, self.scale, settings.outlines) and self._is_inside(c, settings.areas)
        ]
        hulls = convex([c + np.array([self.left, self.top], np.int32) for c in mine], settings.outlines)
        return [outline_of(hull, solid, self.scale, True, settings.shapes) for hull, solid in hulls]

    def _is_inside(self, contour: Contour, settings: FilledAreaSettings) -> bool:
        """Whether at least a share of an area lies in the core."""
        x, y, w, h = cv2.boundingRect(contour)
        own = np.zeros((h, w), np.uint8)
        cv2.drawContours(own, [contour], -1, 1, cv2.FILLED, offset=(-x, -y))
        return cv2.countNonZero(own & self.inside[y : y + h, x : x + w]) >= settings.inside_core * cv2.countNonZero(own)


def _is_better(finer: Outline, body: Outline, size: int, settings: FilledAreaSettings) -> bool:
    """Whether an area that was opened less is the same one with its corners, and has nothing else at its sides."""
    if overlap_share(body, finer) <= settings.same_area:
        return False
    if finer.shape.kind in POINTED:
        return body.shape.kind != "box"
    grown = max(finer.width - body.width, finer.height - body.height)
    return grown < size / 2 and finer.solid >= body.solid - settings.finer

"""A symbol's outline in the picture, and which shape it has: told from how empty the quarters of its box are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.flowchart.drawing import Shape, ShapeKind
from pipeline.imaging.morphology import Contour, Mask, hull_of
from pipeline.settings import OutlineSettings, ShapeSettings

# How much of each quarter of its bounding box a shape leaves empty: top left, top right, bottom left, bottom right.
# Rounded shapes and pentagons are families; their members at both ends and in the middle stand for them.
_PATTERNS: tuple[tuple[ShapeKind, tuple[float, float, float, float]], ...] = (
    ("box", (0.0, 0.0, 0.0, 0.0)),
    ("round", (0.05, 0.05, 0.05, 0.05)),
    ("round", (0.10, 0.10, 0.10, 0.10)),
    ("round", (0.16, 0.16, 0.16, 0.16)),
    ("round", (0.215, 0.215, 0.215, 0.215)),
    ("diamond", (0.5, 0.5, 0.5, 0.5)),
    ("diamond", (0.44, 0.44, 0.44, 0.44)),
    ("triangle", (0.25, 0.25, 0.75, 0.75)),
    ("triangle", (0.75, 0.75, 0.25, 0.25)),
    ("triangle", (0.25, 0.75, 0.25, 0.75)),
    ("triangle", (0.75, 0.25, 0.75, 0.25)),
    ("triangle", (0.18, 0.18, 0.62, 0.62)),  # small ones, their point lost in the line's width
    ("triangle", (0.62, 0.62, 0.18, 0.18)),
    ("pentagon", (0.0, 0.0, 0.18, 0.18)),
    ("pentagon", (0.0, 0.0, 0.25, 0.25)),
    ("pentagon", (0.0, 0.0, 0.35, 0.35)),
    ("pentagon", (0.0, 0.0, 0.45, 0.45)),
    ("pentagon", (0.18, 0.18, 0.0, 0.0)),
    ("pentagon", (0.25, 0.25, 0.0, 0.0)),
    ("pentagon", (0.35, 0.35, 0.0, 0.0)),
    ("pentagon", (0.0, 0.25, 0.0, 0.25)),
    ("pentagon", (0.0, 0.35, 0.0, 0.35)),
    ("pentagon", (0.25, 0.0, 0.25, 0.0)),
    ("pentagon", (0.35, 0.0, 0.35, 0.0)),
    ("document", (0.0, 0.0, 0.05, 0.20)),
    ("document", (0.0, 0.0, 0.08, 0.32)),
    ("document", (0.0, 0.0, 0.20, 0.05)),
    ("document", (0.0, 0.0, 0.32, 0.08)),
    ("trapezoid", (0.05, 0.05, 0.15, 0.15)),
    ("trapezoid", (0.09, 0.09, 0.27, 0.27)),
    ("trapezoid", (0.115, 0.115, 0.345, 0.345)),
    ("trapezoid", (0.14, 0.14, 0.43, 0.43)),
    ("trapezoid", (0.15, 0.15, 0.05, 0.05)),
    ("trapezoid", (0.27, 0.27, 0.09, 0.09)),
    ("trapezoid", (0.345, 0.345, 0.115, 0.115)),
    ("trapezoid", (0.43, 0.43, 0.14, 0.14)),
    # a parallelogram (data in ISO 5807) is none of the kinds of the record: a step like any other
    ("box", (0.2, 0.0, 0.0, 0.2)),
    ("box", (0.0, 0.2, 0.2, 0.0)),
)
_EMPTY = np.array([pattern for _, pattern in _PATTERNS])
_OTHERS = {kind: np.array([other != kind for other, _ in _PATTERNS]) for kind, _ in _PATTERNS}  # patterns of others

_TRAPEZOIDS = np.array([kind == "trapezoid" for kind, _ in _PATTERNS])


@dataclass(frozen=True, eq=False)
class Outline:
    """A closed outline in the picture's pixels. `hull` is its convex hull, `solid` the share of the hull it fills.

    `filled`: seen as an area of another colour, not as a line around paper; `dark`: that colour is a dark one, so that
    the area's edge is as exact as a line. `stroke_width` is its line's thickness.
    """

    hull: Contour
    x: int
    y: int
    width: int
    height: int
    shape: Shape
    solid: float
    filled: bool = False
    stroke_width: float = 1.0
    dark: bool = False

    @property
    def area(self) -> int:
        """The area of the bounding box in pixels."""
        return self.width * self.height

    def mask(self) -> Mask:
        """The filled hull, uint8 (height, width)."""
        return hull_mask(self.hull, self.x, self.y, self.width, self.height)

    def border(self) -> Mask:
        """The hull's border, uint8 (height, width)."""
        return hull_border(self.hull, self.x, self.y, self.width, self.height)

    def transposed(self) -> Outline:
        """The outline with x and y exchanged; its hull stays as it is."""
        box = self.y, self.x, self.height, self.width
        return Outline(self.hull, *box, self.shape, self.solid, self.filled, self.stroke_width, self.dark)


def outline_of(hull: Contour, solid: float, scale: float, filled: bool, settings: ShapeSettings) -> Outline:
    """The outline with a given convex hull; `scale` is pixels per point."""
    x, y, w, h = cv2.boundingRect(hull)
    return Outline(hull, x, y, w, h, classify(hull_mask(hull, x, y, w, h), scale, settings), solid, filled)


def is_sized(contour: Contour, scale: float, settings: OutlineSettings) -> bool:
    """Whether a contour is as large as a symbol may be, and no longer than one; `scale` is pixels per point."""
    low, high = settings.smallest * scale, settings.largest * scale
    _, _, w, h = cv2.boundingRect(contour)
    return low <= min(w, h) and max(w, h) <= high and h <= settings.tallest * w and w <= settings.widest * h


def convex(contours: Iterable[Contour], settings: OutlineSettings) -> list[tuple[Contour, float]]:
    """The hulls of the contours that fill them, and what share of them; the same one seen twice counts once."""
    best: dict[tuple[int, int, int, int], tuple[Contour, float]] = {}
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        area = float(cv2.contourArea(contour))
        if area < settings.box_share * w * h:
            continue
        hull = hull_of(contour)
        key, solid = (x // 3, y // 3, w // 3, h // 3), area / max(1.0, float(cv2.contourArea(hull)))
        if solid >= settings.solid and (key not in best or solid > best[key][1]):
            best[key] = hull, solid
    return list(best.values())


def hull_mask(hull: Contour, x: int, y: int, width: int, height: int) -> Mask:
    """The filled hull within its bounding box, uint8 (height, width)."""
    mask = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(mask, hull - np.array([[[x, y]]], np.int32), 1)
    return mask


def hull_border(hull: Contour, x: int, y: int, width: int, height: int) -> Mask:
    """The hull's border within its bounding box, uint8 (height, width)."""
    mask = np.zeros((height, width), np.uint8)
    cv2.polylines(mask, [hull - np.array([x, y], np.int32)], True, 1, 1)
    return mask


def overlap_share(a: Outline, b: Outline) -> float:
    """The intersection of two bounding boxes over the smaller one's area, 0..1.

    Not over the union (IoU): one half of a symbol overlaps the whole completely.
    """
    w = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    h = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    return w * h / min(a.area, b.area) if w > 0 and h > 0 else 0.0


def classify(mask: Mask, scale: float, settings: ShapeSettings) -> Shape:
    """The shape of a filled convex outline.

    Args:
        mask: uint8 (height, width), 1 inside, cut to its bounding box.
        scale: pixels per point; corners smaller than the line's blur tell nothing.
        settings: the thresholds.
    """
    mask = _trimmed(mask, settings)
    empty = _empty_quarters(mask)
    distances = np.abs(_EMPTY - empty).max(axis=1)
    best = int(distances.argmin())
    kind = _PATTERNS[best][0]
    if kind in ("box", "round") and empty.max() < settings.corner_empty:
        return _box_or_round(mask, scale, settings)
    if kind == "pentagon" and not _pointed(mask, _PATTERNS[best][1], settings):
        is_trapezoid = float(distances[_TRAPEZOIDS].min()) <= settings.unpointed_trapezoid
        return Shape("trapezoid" if is_trapezoid else "box", settings.unpointed_confidence)
    if kind == "trapezoid" and _pointed(mask, _PATTERNS[best][1], settings):
        return Shape("pentagon", settings.unpointed_confidence)
    low, high = settings.circle_ratio
    if kind == "round" and low <= mask.shape[1] / mask.shape[0] <= high and empty.min() > settings.circle_empty:
        kind = "circle"
    other = float(distances[_OTHERS[_PATTERNS[best][0]]].min())
    return Shape(kind, _confidence(float(distances[best]), other, settings))


def _confidence(best: float, other: float, settings: ShapeSettings) -> float:
    """Near its own pattern and far from any other: 0.5 where both are as far, towards 1 where only one is near."""
    low, high = settings.confidence_range
    return round(max(low, min(high, 0.5 + 0.5 * (other - best) / (other + best + settings.pattern_noise))), 3)


def _trimmed(mask: Mask, settings: ShapeSettings) -> Mask:
    """The mask without outer rows and columns that hold hardly anything: bumps where a line touches the outline."""
    h, w = mask.shape
    rows, columns = mask.sum(axis=1), mask.sum(axis=0)
    keep_y = np.flatnonzero(rows > min(settings.bump_share * w, settings.bump_pixels))
    keep_x = np.flatnonzero(columns > min(settings.bump_share * h, settings.bump_pixels))
    if len(keep_y) < 4 or len(keep_x) < 4:
        return mask
    return mask[keep_y[0] : keep_y[-1] + 1, keep_x[0] : keep_x[-1] + 1]


def _empty_quarters(mask: Mask) -> NDArray[np.float64]:
    """The empty share of the four quarters: top left, top right, bottom left, bottom right."""
    h, w = mask.shape
    y, x = (h + 1) // 2, (w + 1) // 2
    quarters = (mask[:y, :x], mask[:y, w - x :], mask[h - y :, :x], mask[h - y :, w - x :])
    return np.array([1.0 - cv2.countNonZero(q) / q.size for q in quarters])


def _box_or_round(mask: Mask, scale: float, settings: ShapeSettings) -> Shape:
    """A box has sharp corners; how deep a corner is cut is measured one blur inside both its sides."""
    cuts = _corner_cuts(mask, max(1, round(settings.corner_blur * scale)))
    limit = max(settings.corner_cut * scale, settings.corner_cut_share * min(mask.shape))
    if cuts[1] < limit <= cuts[2]:  # sharp corners and cut ones: paper between lines, or a part of a box
        return Shape("box", settings.mixed_corners_confidence)
    cut = cuts[1] if cuts[1] >= limit else cuts[2]  # one corner may be blunted, or hidden, by a line
    sure = min(0.49, abs(cut - limit) / (limit + 1))
    return Shape("round" if cut >= limit else "box", round(0.5 + sure, 3))


def _corner_cuts(mask: Mask, depth: int) -> list[int]:
    """How many pixels of each corner are empty, `depth` pixels inside its sides; ascending."""
    h, w = mask.shape
    corners = (
        (depth, 1, depth, 1),
        (depth, -1, w - 1 - depth, 1),
        (h - 1 - depth, 1, depth, -1),
        (h - 1 - depth, -1, w - 1 - depth, -1),
    )
    return sorted(min(_first(mask[r, ::s]), _first(mask[::t, c])) for r, s, c, t in corners)


def _first(line: Mask) -> int:
    """How many pixels are empty before the first one that is not."""
    first = line.tobytes().find(1)
    return first if first >= 0 else len(line)


def _pointed(mask: Mask, empty: Sequence[float], settings: ShapeSettings) -> bool:
    """Whether the side where a pattern is `empty` runs to a point, as a pentagon's does and a trapezoid's does not."""
    h, w = mask.shape
    y, x = max(1, round(settings.point_depth * h)), max(1, round(settings.point_depth * w))
    upper_left, upper_right, lower_left, lower_right = (part == max(empty) for part in empty)
    if upper_left and upper_right:
        side = mask[y]
    elif lower_left and lower_right:
        side = mask[h - 1 - y]
    else:
        side = mask[:, w - 1 - x] if upper_right and lower_right else mask[:, x]
    return float(side.mean()) < settings.point_width

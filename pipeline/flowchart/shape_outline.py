"""A symbol's outline in the picture."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.flowchart.shapes import Shape, classify
from pipeline.imaging.morphology import Contour, Mask


@dataclass(frozen=True, eq=False)
class Outline:
    """A closed outline in the picture's pixels. `hull` is its convex hull, `solid` the share of the hull it fills.

    `filled`: seen as an area of another colour, not as a line around paper. `pen` is its line's thickness.
    """

    hull: Contour
    x: int
    y: int
    width: int
    height: int
    shape: Shape
    solid: float
    filled: bool = False
    pen: float = 1.0

    @property
    def area(self) -> int:
        return self.width * self.height

    def mask(self) -> Mask:
        """The filled hull, uint8 (height, width)."""
        return hull_mask(self.hull, self.x, self.y, self.width, self.height)

    def border(self) -> Mask:
        """The hull's border, uint8 (height, width)."""
        return hull_border(self.hull, self.x, self.y, self.width, self.height)


def outline_of(hull: Contour, solid: float, scale: float, filled: bool) -> Outline:
    x, y, w, h = cv2.boundingRect(hull)
    return Outline(hull, x, y, w, h, classify(hull_mask(hull, x, y, w, h), scale), solid, filled)


def hull_mask(hull: Contour, x: int, y: int, width: int, height: int) -> Mask:
    mask = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(mask, hull - np.array([[[x, y]]], np.int32), 1)
    return mask


def hull_border(hull: Contour, x: int, y: int, width: int, height: int) -> Mask:
    mask = np.zeros((height, width), np.uint8)
    cv2.polylines(mask, [hull - np.array([x, y], np.int32)], True, 1, 1)
    return mask


def shared(a: Outline, b: Outline) -> float:
    """The overlap of two bounding boxes as a share of the smaller one."""
    w = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    h = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    return w * h / min(a.area, b.area) if w > 0 and h > 0 else 0.0

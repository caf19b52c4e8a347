"""OpenCV's morphology with plain types: masks in, masks out. A mask is uint8 (rows, columns), 0 or 1."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]
Contour = NDArray[np.int32]  # (n, 1, 2): x, y in pixels


def opened(mask: Mask, width: float, height: float) -> Mask:
    """Keep what a rectangle of so many pixels fits into."""
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, rectangle(width, height)), dtype=np.uint8)


def closed(mask: Mask, width: float, height: float) -> Mask:
    """Fill the gaps that are narrower than a rectangle of so many pixels."""
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, rectangle(width, height)), dtype=np.uint8)


def dilated(mask: Mask, width: float, height: float) -> Mask:
    """Grow the mask by half a rectangle of so many pixels."""
    return np.asarray(cv2.dilate(mask, rectangle(width, height)), dtype=np.uint8)


def eroded(mask: Mask, size: int) -> Mask:
    """Take off what lies within half a square of so many pixels of the mask's border, the picture's border too."""
    return np.asarray(
        cv2.erode(mask, rectangle(size, size), borderType=cv2.BORDER_CONSTANT, borderValue=0), dtype=np.uint8
    )


def without(mask: Mask, other: Mask) -> Mask:
    """Keep the mask where another one is 0."""
    return (mask > other).view(np.uint8)


def transposed(mask: Mask) -> Mask:
    """A mask or grey picture with rows and columns exchanged."""
    return np.asarray(cv2.transpose(mask), dtype=np.uint8)


def odd(size: float, least: int = 3) -> int:
    """A length in whole pixels, odd so that it has a middle."""
    return max(least, round(size)) | 1


@lru_cache(maxsize=512)
def rectangle(width: float, height: float) -> Mask:
    """A structuring element of so many pixels, at least one each way."""
    return np.ones((max(1, round(height)), max(1, round(width))), np.uint8)


def hull_of(contour: Contour) -> Contour:
    """The convex hull of a contour, (n, 1, 2)."""
    return np.asarray(cv2.convexHull(contour), dtype=np.int32)


def inner_contours(ink: Mask) -> list[Contour]:
    """The contours of the areas that ink encloses."""
    contours, tree = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if tree is None:
        return []
    inside = np.asarray(tree)[0][:, 3] >= 0
    return [np.asarray(c, dtype=np.int32) for c, inner in zip(contours, inside, strict=True) if inner]


def outer_contours(mask: Mask) -> list[Contour]:
    """The contours of the mask's connected areas."""
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return [np.asarray(c, dtype=np.int32) for c in contours]


def boxes_of(mask: Mask) -> list[tuple[int, int, int, int]]:
    """Left, top, width and height of each 8-connected area."""
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        found.append((int(x), int(y), int(w), int(h)))
    return found

"""What shape a filled outline has, from its corners alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]
ShapeKind = Literal["box", "round", "circle", "diamond", "document", "triangle", "pentagon"]

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
    ("triangle", (0.18, 0.18, 0.62, 0.62)),  # small ones, their point lost in the pen
    ("triangle", (0.62, 0.62, 0.18, 0.18)),
    ("pentagon", (0.0, 0.0, 0.25, 0.25)),
    ("pentagon", (0.0, 0.0, 0.35, 0.35)),
    ("pentagon", (0.0, 0.0, 0.45, 0.45)),
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
    # a parallelogram (data in ISO 5807) is none of the kinds of the record: a step like any other
    ("box", (0.2, 0.0, 0.0, 0.2)),
    ("box", (0.0, 0.2, 0.2, 0.0)),
)
_EMPTY = np.array([pattern for _, pattern in _PATTERNS])
_OTHERS = {kind: np.array([other != kind for other, _ in _PATTERNS]) for kind, _ in _PATTERNS}  # patterns of others


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of outline, and how sure that is, 0..1."""

    kind: ShapeKind
    confidence: float


def classify(mask: Mask, scale: float = 2.0) -> Shape:
    """The shape of a filled convex outline: `mask` is uint8 (height, width), 1 inside, cut to its bounding box.

    `scale` is pixels per point; what is smaller than the pen's blur says nothing about corners.
    """
    mask = _trimmed(mask)
    empty = _empty_quarters(mask)
    distances = np.abs(_EMPTY - empty).max(axis=1)
    best = int(distances.argmin())
    kind = _PATTERNS[best][0]
    if kind in ("box", "round") and empty.max() < 0.13:
        return _box_or_round(mask, scale)
    if kind == "pentagon" and not _pointed(mask):
        return Shape("box", 0.5)
    if kind == "round" and 0.8 <= mask.shape[1] / mask.shape[0] <= 1.25 and empty.min() > 0.15:
        kind = "circle"
    other = float(distances[_OTHERS[_PATTERNS[best][0]]].min())
    return Shape(kind, _confidence(float(distances[best]), other))


def _confidence(best: float, other: float) -> float:
    """Near its own pattern and far from any other: 0.5 where both are as far, towards 1 where only one is near."""
    return round(max(0.3, min(0.99, 0.5 + 0.5 * (other - best) / (other + best + 0.02))), 3)


def _trimmed(mask: Mask) -> Mask:
    """The mask without outer rows and columns that hold hardly anything: bumps where a line touches the outline."""
    h, w = mask.shape
    rows, columns = mask.sum(axis=1), mask.sum(axis=0)
    keep_y = np.flatnonzero(rows > min(0.06 * w, 2))
    keep_x = np.flatnonzero(columns > min(0.06 * h, 2))
    if len(keep_y) < 4 or len(keep_x) < 4:
        return mask
    return mask[keep_y[0] : keep_y[-1] + 1, keep_x[0] : keep_x[-1] + 1]


def _empty_quarters(mask: Mask) -> NDArray[np.float64]:
    """The empty share of the four quarters: top left, top right, bottom left, bottom right."""
    h, w = mask.shape
    y, x = (h + 1) // 2, (w + 1) // 2
    quarters = (mask[:y, :x], mask[:y, w - x :], mask[h - y :, :x], mask[h - y :, w - x :])
    return np.array([1.0 - cv2.countNonZero(q) / q.size for q in quarters])


def _box_or_round(mask: Mask, scale: float) -> Shape:
    """A box has sharp corners; how deep a corner is cut is measured one blur inside both its sides."""
    h, w = mask.shape
    depth = max(1, round(0.5 * scale))
    cuts = sorted(
        min(_first(mask[r, ::s]), _first(mask[::t, c]))
        for r, s, c, t in (
            (depth, 1, depth, 1),
            (depth, -1, w - 1 - depth, 1),
            (h - 1 - depth, 1, depth, -1),
            (h - 1 - depth, -1, w - 1 - depth, -1),
        )
    )
    limit = max(1.1 * scale, 0.055 * min(h, w))
    if cuts[1] < limit <= cuts[2]:
        return Shape("box", 0.4)  # sharp corners and cut ones: a piece of paper between lines, or a part of a box
    cut = cuts[1] if cuts[1] >= limit else cuts[2]  # one corner may be blunted, or hidden, by a line
    sure = min(0.49, abs(cut - limit) / (limit + 1))
    return Shape("round" if cut >= limit else "box", round(0.5 + sure, 3))


def _first(line: Mask) -> int:
    """How many pixels are empty before the first one that is not."""
    first = line.tobytes().find(1)
    return first if first >= 0 else len(line)


def _pointed(mask: Mask) -> bool:
    """Whether one side runs to a point, as a pentagon's does and a trapezium's does not."""
    h, w = mask.shape
    y, x = max(1, round(0.06 * h)), max(1, round(0.06 * w))
    shares = (mask[y].mean(), mask[h - 1 - y].mean(), mask[:, x].mean(), mask[:, w - 1 - x].mean())
    return float(min(shares)) < 0.45

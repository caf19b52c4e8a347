"""How much the end of a line looks like an arrowhead: ink on both its sides, wider behind than at the tip."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.flow.morphology import Mask
from pipeline.extract.flow.strokes import Point
from pipeline.settings import FlowSettings


def head_at(ink: Mask, tail: Point, tip: Point, thickness: float, scale: float, settings: FlowSettings) -> float:
    """0..1: how sure an arrowhead stands at `tip` of the line from `tail`. All in pixels.

    Ink is counted across the line, step by step back from the tip, on the side that has less of it: an arrowhead is
    there on both sides, a line that joins or runs beside is on one. A line that crosses goes on beyond what is looked
    at, and is left out.
    """
    length = math.dist(tail, tip)
    if length < 2:
        return 0.0
    reach, side = settings.head_length * scale, settings.head_width * scale
    spread = _spread(ink, tail, tip, min(reach, length * 0.9 + 1), side)
    extra = np.maximum(0.0, spread - thickness / 2 - 0.5)
    extra[spread >= side - 0.5] = 0.0
    extra[extra < 0.75] = 0.0
    area = float(extra.sum())
    need = settings.head_area * scale * scale
    return round(area / (area + need), 3) if area else 0.0


def _spread(ink: Mask, tail: Point, tip: Point, reach: float, side: float) -> NDArray[np.float64]:
    """How far ink goes to the side that has less of it, for each pixel step back from the tip (and two beyond it)."""
    length = math.dist(tail, tip)
    ux, uy = (tip[0] - tail[0]) / length, (tip[1] - tail[1]) / length
    steps = np.arange(-2.0, reach)
    offsets = np.arange(1.0, math.floor(side) + 1)
    sides = [_inked(ink, tip, (ux, uy), steps, sign * offsets) for sign in (1, -1)]
    return np.asarray(np.minimum(sides[0].sum(axis=1), sides[1].sum(axis=1)), dtype=np.float64)


def _inked(ink: Mask, tip: Point, unit: Point, steps: NDArray[np.float64], offsets: NDArray[np.float64]) -> Mask:
    """The ink at each step back from the tip (rows) and each offset across (columns), 0 beyond the picture."""
    xs = np.rint(tip[0] - unit[0] * steps[:, None] - unit[1] * offsets[None, :]).astype(int)
    ys = np.rint(tip[1] - unit[1] * steps[:, None] + unit[0] * offsets[None, :]).astype(int)
    inside = (xs >= 0) & (ys >= 0) & (xs < ink.shape[1]) & (ys < ink.shape[0])
    found = np.zeros(xs.shape, np.uint8)
    found[inside] = ink[ys[inside], xs[inside]]
    return found

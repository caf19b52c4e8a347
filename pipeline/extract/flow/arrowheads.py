"""How much the end of a line looks like an arrowhead: ink on both its sides, wider behind than at the tip."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.flow.morphology import Mask
from pipeline.extract.flow.strokes import Point
from pipeline.settings import FlowSettings

Profile = NDArray[np.float64]


@dataclass(frozen=True)
class HeadInk:
    """What arrowheads are looked for in: `dark` is uint8 (rows, columns), how dark a pixel of a connector is; `hidden`
    is 1 where a ruling lay, so that nobody knows what is under it.
    """

    dark: Mask
    hidden: Mask


def heads_of(ink: HeadInk, a: Point, b: Point, scale: float, settings: FlowSettings) -> tuple[float, float]:
    """How sure arrowheads stand at the ends `a` and `b` of a line, each 0..1. Points in pixels.

    Ink is summed across the line, step by step back from the end, on the side that has less of it: an arrowhead is on
    both sides, a line that joins or runs beside is on one. Steps that cross a line or a ruling take their neighbours'.
    """
    length = math.dist(a, b)
    if length < 2:
        return 0.0, 0.0
    reach, side = settings.head_length * scale, max(3, round(settings.head_width * scale))
    if length <= 2 * reach:
        return _short_heads(_spread(ink, b, a, length + 2, side), scale, settings)
    line = float(np.median(_spread(ink, a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), length / 4, side)))
    first, second = (_spread(ink, tail, tip, reach, side) - line for tail, tip in ((b, a), (a, b)))
    return _strength(first, scale, settings), _strength(second, scale, settings)


def _short_heads(spread: Profile, scale: float, settings: FlowSettings) -> tuple[float, float]:
    """The same for a line so short that one arrowhead is seen from both its ends. Its wide side is steep, its tip
    tapers; where that does not tell, it stands at the end it is nearer to.
    """
    inner = spread[1:-1] if len(spread) > 5 else spread  # what lies beyond the ends is no part of the line
    extra = inner - float(inner.min() if len(inner) < 12 else np.percentile(inner, 30))
    heads = _strength(extra, scale, settings), _strength(extra[::-1], scale, settings)
    inked = np.flatnonzero(extra > settings.head_edge)
    if len(inked) == 0 or np.any(np.diff(inked) > 2):
        return heads
    steps = np.diff(extra)
    steeper = float(max(steps.max(), 0.0)) + float(min(steps.min(), 0.0))
    nearer = float(inked[0]) - float(len(extra) - 1 - inked[-1])
    if abs(steeper) > 0.3:
        return (0.0, max(heads)) if steeper > 0 else (max(heads), 0.0)
    if abs(nearer) >= 1.5:
        return (0.0, max(heads)) if nearer > 0 else (max(heads), 0.0)
    return heads


def _spread(ink: HeadInk, tail: Point, tip: Point, reach: float, side: int) -> Profile:
    """How much ink lies on the side that has less of it, in pixels, for each step back from the tip."""
    length = math.dist(tail, tip)
    ux, uy = (tip[0] - tail[0]) / length, (tip[1] - tail[1]) / length
    steps = np.arange(-1.0, max(2.0, reach))[:, None]
    offsets = np.concatenate([-np.arange(side)[::-1] - 0.5, np.arange(side) + 0.5])[None, :]
    xs = (tip[0] - ux * steps - uy * offsets).astype(np.float32)
    ys = (tip[1] - uy * steps + ux * offsets).astype(np.float32)
    dark = np.asarray(cv2.remap(ink.dark, xs, ys, cv2.INTER_LINEAR), dtype=np.float64)
    hidden = np.asarray(cv2.remap(ink.hidden, xs, ys, cv2.INTER_NEAREST), dtype=np.float64)
    full = max(1.0, float(np.percentile(dark[1:, side - 1 : side + 1].max(axis=1), 70)))
    shares = np.minimum(1.0, dark / full)
    spread = np.minimum(shares[:, :side].sum(axis=1), shares[:, side:].sum(axis=1))
    known = (hidden.mean(axis=1) < 0.4) & (spread < side - 0.75)
    return _filled(spread, known)


def _filled(spread: Profile, known: NDArray[np.bool_]) -> Profile:
    """The steps that are not known given the lesser of their known neighbours: what is hidden speaks for nothing."""
    if known.all() or not known.any():
        return spread if known.all() else np.zeros(len(spread))
    where = np.arange(len(spread))
    before = np.maximum.accumulate(np.where(known, where, -1))
    after = np.minimum.accumulate(np.where(known, where, len(spread))[::-1])[::-1]
    left = spread[np.where(before >= 0, before, np.minimum(after, len(spread) - 1))]
    right = spread[np.where(after < len(spread), after, np.maximum(before, 0))]
    return np.asarray(np.where(known, spread, np.minimum(left, right)), dtype=np.float64)


def _strength(extra: Profile, scale: float, settings: FlowSettings) -> float:
    """0..1 from the ink beyond the line's own, step by step back from its end."""
    blob = _first_blob(np.where(extra > settings.head_edge, extra, 0.0), settings.head_start * scale)
    area = float(blob.sum())
    if not area or _turned_away(blob):
        return 0.0
    return round(area / (area + settings.head_area * scale * scale), 3)


def _first_blob(extra: Profile, near: float) -> Profile:
    """The first run of steps with ink at the sides, one empty step allowed; empty where none begins near the tip."""
    inked = np.flatnonzero(extra)
    if len(inked) == 0 or inked[0] > near:
        return extra[:0]
    breaks = np.flatnonzero(np.diff(inked) > 2)
    last = inked[breaks[0]] if len(breaks) else inked[-1]
    return extra[inked[0] : last + 1]


def _turned_away(blob: Profile) -> bool:
    """Whether an arrowhead's wide side is at this end: then it belongs to the other end of a short line."""
    place = np.arange(len(blob), dtype=np.float64)
    middle = float((blob * place).sum() / blob.sum())
    return len(blob) > 2 and middle < 0.42 * (len(blob) - 1)

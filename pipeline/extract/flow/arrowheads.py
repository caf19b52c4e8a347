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


def heads_of(dark: Mask, a: Point, b: Point, scale: float, settings: FlowSettings) -> tuple[float, float]:
    """How sure arrowheads stand at the ends `a` and `b` of a line, each 0..1. Points in pixels; `dark` is uint8 (rows,
    columns), how dark the paper is, words taken out.

    Ink is summed across the line, step by step back from the end, on the side that has less of it: an arrowhead is on
    both sides, a line that joins or runs beside is on one. What is as dark further away is a ruling or a symbol's side.
    """
    length = math.dist(a, b)
    if length < 2:
        return 0.0, 0.0
    reach, side = settings.head_length * scale, max(3, round(settings.head_width * scale))
    if length <= 2 * reach:
        return _short_heads(_spread(dark, b, a, length + 1, side), scale, settings)
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    line = _at_share(_spread(dark, a, middle, length / 4, side).filled(), 0.75)  # a dashed line has gaps
    first, second = (_spread(dark, tail, tip, reach, side).filled() - line for tail, tip in ((b, a), (a, b)))
    return _strength(_without_flare(first), scale, settings), _strength(_without_flare(second), scale, settings)


@dataclass(frozen=True)
class Spread:
    """How much ink is at a line's side, in pixels, step by step back from its tip; `known` where that can be seen."""

    ink: Profile
    known: NDArray[np.bool_]

    def filled(self) -> Profile:
        """Steps that are not known have the lesser of their known neighbours: what is hidden speaks for nothing."""
        before, after = self._neighbours()
        return np.asarray(np.where(self.known, self.ink, np.minimum(self.ink[before], self.ink[after])))

    def sloped(self) -> Profile:
        """Steps that are not known lie on the straight way between their known neighbours."""
        where = np.arange(len(self.ink))
        return np.interp(where, where[self.known], self.ink[self.known]) if self.known.any() else self.ink * 0

    def _neighbours(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each step the nearest known one at or before it, and at or after it."""
        if not self.known.any():
            return (np.zeros(len(self.ink), np.int64),) * 2
        where, last = np.arange(len(self.ink)), len(self.ink)
        before = np.maximum.accumulate(np.where(self.known, where, -1))
        after = np.minimum.accumulate(np.where(self.known, where, last)[::-1])[::-1]
        return np.where(before < 0, after, before), np.where(after == last, before, after)


def _short_heads(spread: Spread, scale: float, settings: FlowSettings) -> tuple[float, float]:
    """The same for a line so short that one arrowhead is seen from both its ends. Its wide side is steep, its tip
    tapers; where that does not tell, it stands at the end it is nearer to. Where nothing tells, both get less than
    the faintest arrowhead's strength.
    """
    inner = _without_flare(_without_flare(spread.filled())[::-1])[::-1]
    begin = int(np.flatnonzero(spread.filled() == inner[0])[0]) if len(inner) else 0
    if len(inner) < 2 or _is_even(spread, settings):
        return 0.0, 0.0
    extra = inner - _at_share(inner, 0.0 if len(inner) < 12 else 0.3)
    heads = _strength(extra, scale, settings), _strength(extra[::-1], scale, settings)
    inked = np.flatnonzero(extra > settings.head_edge)
    if len(inked) == 0 or np.any(np.diff(inked) > 2):
        return heads
    top = float(extra.max())
    peaks = np.flatnonzero(extra >= top - 0.05)
    sloped = spread.sloped()[begin : begin + len(inner)]
    steep = [_steepest(flank) / top for flank in (sloped[: peaks[0] + 1], sloped[peaks[-1] :][::-1])]
    bare = float(inked[0]), float(len(extra) - 1 - inked[-1])
    if max(steep) > 0.35 and max(steep) > 1.5 * min(steep) and bare[steep[0] < steep[1]] >= 0.9 * scale:
        return (0.0, max(heads)) if steep[0] > steep[1] else (max(heads), 0.0)
    if abs(bare[0] - bare[1]) >= 2.5:
        return (0.0, max(heads)) if bare[0] > bare[1] else (max(heads), 0.0)
    unsure = min(max(heads), 0.99 * settings.faint_head)
    return unsure, unsure


def _is_even(spread: Spread, settings: FlowSettings) -> bool:
    """Whether all ink seen is the line's own, thin and as wide at every step: it only ends where the line bends."""
    inked = spread.ink[spread.known & (spread.ink > 0)]
    return len(inked) == 0 or (inked.max() < settings.own_ink and bool(np.ptp(inked) < settings.head_edge))


def _steepest(flank: Profile) -> float:
    """The largest rise from one step to the next; all of it where the flank begins at its height."""
    return float(np.diff(flank).max()) if len(flank) > 1 else float("inf")


def _without_flare(spread: Profile) -> Profile:
    """The profile from where it no longer falls steeply: at its very end the symbol's own side shows."""
    start = 0
    while start + 2 < len(spread) and start < 3 and spread[start] > spread[start + 1] + 0.6:
        start += 1
    return spread[start:]


def _spread(dark: Mask, tail: Point, tip: Point, reach: float, side: int) -> Spread:
    """How much ink lies on the side that has less of it, for each pixel step from the tip back to `reach`."""
    length = math.dist(tail, tip)
    ux, uy = (tip[0] - tail[0]) / length, (tip[1] - tail[1]) / length
    steps = np.arange(0.0, max(3.0, reach))[:, None]
    offsets = np.arange(2 * side) + 0.5
    halves = [_sampled(dark, tip, (ux, uy), steps, sign * offsets[None, :]) for sign in (-1, 1)]
    full = max(1.0, _at_share(np.maximum(halves[0][1:, 0], halves[1][1:, 0]), 0.7))
    ground = np.maximum(*(np.sort(half[:, side + 1 :], axis=1)[:, (side - 1) // 2] for half in halves))
    spread = np.minimum(*(np.clip((half[:, :side] - ground[:, None]) / full, 0.0, 1.0).sum(axis=1) for half in halves))
    return Spread(spread, (ground < 0.4 * full) & (spread < side - 0.75))


def _at_share(values: Profile, share: float) -> float:
    """The value that this share of all is below."""
    return float(np.sort(values)[min(len(values) - 1, int(share * len(values)))])


def _sampled(
    dark: Mask, tip: Point, unit: Point, steps: NDArray[np.floating], offsets: NDArray[np.floating]
) -> Profile:
    """How dark it is at each step back from the tip (rows) and each offset across (columns), 0 beyond the picture."""
    xs = (tip[0] - unit[0] * steps - unit[1] * offsets).astype(np.float32)
    ys = (tip[1] - unit[1] * steps + unit[0] * offsets).astype(np.float32)
    return np.asarray(cv2.remap(dark, xs, ys, cv2.INTER_LINEAR), dtype=np.float64)


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

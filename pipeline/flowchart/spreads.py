"""How much ink lies at both sides of lines' ends, many ends at a time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.flowchart.drawing import Point
from pipeline.imaging.morphology import Mask

Profile = list[float]  # step by step back from an end
Look = tuple[Point, Point, int]  # a line's tail, its tip, and how many steps of a pixel to go back from that

_TOGETHER = 256  # ends looked at in one go
_ROWS = 16384  # OpenCV takes no picture of twice as many


@dataclass(frozen=True, slots=True)
class Spread:
    """How much ink is at a line's side, in pixels, step by step back from its tip; `known` where that can be seen."""

    ink: Profile
    known: list[bool]

    def filled(self) -> Profile:
        """Steps that are not known have the lesser of their known neighbours: what is hidden speaks for nothing."""
        if all(self.known):
            return self.ink
        if not any(self.known):
            return self.ink[:1] * len(self.ink)
        before = _carried(self.ink, self.known)
        after = _carried(self.ink[::-1], self.known[::-1])[::-1]
        return [min(pair) for pair in zip(before, after, strict=True)]

    def sloped(self) -> Profile:
        """Steps that are not known lie on the straight way between their known neighbours."""
        where = [i for i, known in enumerate(self.known) if known]
        if not where:
            return [0.0] * len(self.ink)
        between = np.interp(np.arange(len(self.ink)), where, [self.ink[i] for i in where])
        return [float(value) for value in between]


def _carried(ink: Profile, known: Sequence[bool]) -> Profile:
    """The last known value at or before each step; endless where none is."""
    last, carried = math.inf, []
    for value, seen in zip(ink, known, strict=True):
        last = value if seen else last
        carried.append(last)
    return carried


def look(tail: Point, tip: Point, reach: float) -> Look:
    """A look at a line's end from its tip back to `reach` pixels."""
    return tail, tip, math.ceil(max(3.0, reach))


def spreads(dark: Mask, looks: Sequence[Look], side: int) -> list[Spread]:
    """How much ink lies on the side of each line that has less of it, for each step back from its tip, up to `side`
    pixels away. Points in pixels; `dark` is uint8 (rows, columns), how dark the paper is.
    """
    batches = (looks[i : i + _TOGETHER] for i in range(0, len(looks), _TOGETHER))
    return [spread for batch in batches for spread in _batch(dark, batch, side)]


def _batch(dark: Mask, looks: Sequence[Look], side: int) -> list[Spread]:
    """The same for a few ends: a row for each step of each look, one below the other."""
    halves = _sampled(dark, looks, side)
    own = np.maximum(halves[0][:, 0], halves[1][:, 0]).tolist()
    ends = np.cumsum([steps for *_, steps in looks]).tolist()
    spans = list(zip([0, *ends], ends, strict=False))
    fulls = [max(1.0, float(at_share(own[start + 1 : end], 0.7))) for start, end in spans]
    full = np.repeat(fulls, [end - start for start, end in spans])
    ground = np.maximum(*(np.sort(half[:, side + 1 :], axis=1)[:, (side - 1) // 2] for half in halves))
    ground = ground.astype(np.float64)
    beside = (np.clip((half[:, :side] - ground[:, None]) / full[:, None], 0.0, 1.0) for half in halves)
    spread = np.minimum(*(ink.sum(axis=1) for ink in beside))
    known = ((ground < 0.4 * full) & (spread < side - 0.75)).tolist()
    inks = spread.tolist()
    return [Spread(inks[start:end], known[start:end]) for start, end in spans]


def at_share(values: Sequence[float], share: float) -> float:
    """The value that this share of all is below."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _sampled(dark: Mask, looks: Sequence[Look], side: int) -> tuple[Mask, Mask]:
    """How dark it is at each step back from each tip (rows) and each offset to the left and to the right of the line
    (columns, twice `side`), 0 beyond the picture.
    """
    counts = [steps for *_, steps in looks]
    starts = np.cumsum(counts) - counts
    steps = (np.arange(sum(counts)) - np.repeat(starts, counts))[:, None]
    ends = np.array([(*tip, *_unit(tail, tip)) for tail, tip, _ in looks])
    x, y, ux, uy = (column[:, None] for column in np.repeat(ends, counts, axis=0).T)
    offsets = np.arange(2 * side) + 0.5
    across = np.concatenate([-offsets, offsets])[None, :]
    xs, ys = (x - ux * steps - uy * across).astype(np.float32), (y - uy * steps + ux * across).astype(np.float32)
    blocks = [slice(i, i + _ROWS) for i in range(0, len(xs), _ROWS)]
    seen = np.concatenate([cv2.remap(dark, xs[rows], ys[rows], cv2.INTER_LINEAR) for rows in blocks])
    both = np.asarray(seen, dtype=np.uint8)
    return both[:, : 2 * side], both[:, 2 * side :]


def _unit(tail: Point, tip: Point) -> Point:
    length = math.dist(tail, tip)
    return (tip[0] - tail[0]) / length, (tip[1] - tail[1]) / length

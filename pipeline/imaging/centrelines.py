"""From lines of pixels to straight rulings: their centrelines, and rulings drawn as pixels again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from pipeline.imaging.ruling_lines import Lines
from pipeline.imaging.run_lengths import LineRuns
from pipeline.imaging.warp import Points
from pipeline.model.geometry import Axis
from pipeline.model.page import Ruling
from pipeline.model.pixels import Pixels
from pipeline.model.rulings import join
from pipeline.settings import ScanSettings


@dataclass(frozen=True)
class Centreline:
    """How a line runs, in pixels: at `along` (x of a horizontal line, y of a vertical one) its middle is at `across`.

    Attributes:
        axis: Horizontal or vertical.
        along: float64 (n,), rising.
        across: float64 (n,).
    """

    axis: Axis
    along: Points
    across: Points

    @property
    def length(self) -> float:
        """From its first place to its last."""
        return float(self.along[-1] - self.along[0])

    def points(self) -> Points:
        """The centreline as points (n, 2) of x, y."""
        pair = [self.along, self.across] if self.axis == "h" else [self.across, self.along]
        return np.column_stack(pair)


def centrelines(lines: Lines) -> list[Centreline]:
    """Trace the centreline of every line."""
    return _traced(lines.horizontal, "h") + _traced(lines.vertical, "v")


def _traced(runs: LineRuns, axis: Axis) -> list[Centreline]:
    profile = runs.profile
    found = []
    for line in range(len(runs.length)):
        slots = profile.of_line(line)
        along = np.flatnonzero(profile.count[slots])
        if len(along):
            middle = profile.middle[slots][along]
            found.append(Centreline(axis, (along + runs.left[line]).astype(np.float64), middle))
    return found


def straight_rulings(lines: Lines, em: float, scale: float, settings: ScanSettings) -> tuple[Ruling, ...]:
    """Make lines straight rulings in points, joined where they are one, and extended to the lines they meet.

    Args:
        lines: In pixels.
        em: The text size in pixels.
        scale: Pixels per point.
        settings: The scan's thresholds.
    """
    size = em / scale
    pieces = [_segment(line, scale) for line in centrelines(lines)]
    whole = join(pieces, settings.ruling_snap * size, settings.ruling_gap * size)
    return tuple(_extended(ruling, whole, settings.ruling_reach * size) for ruling in whole)


def _extended(ruling: Ruling, others: Iterable[Ruling], reach: float) -> Ruling:
    """The ruling with its ends at the lines across it, where those are nearly there: thick corners hide an end."""
    across = [
        other.at
        for other in others
        if other.axis != ruling.axis and other.start - reach <= ruling.at <= other.end + reach
    ]
    starts = [at for at in across if abs(at - ruling.start) <= reach]
    ends = [at for at in across if abs(at - ruling.end) <= reach]
    return replace(ruling, start=min([ruling.start, *starts]), end=max([ruling.end, *ends]))


def _segment(line: Centreline, scale: float) -> Ruling:
    """A straight ruling in points. Centrelines are at the middles of pixels, hence the half pixel."""
    at = (float(np.median(line.across)) + 0.5) / scale
    return Ruling(line.axis, at, float(line.along[0]) / scale, (float(line.along[-1]) + 1) / scale)


def draw_rulings(rulings: Iterable[Ruling], scale: float, mask: Pixels) -> Pixels:
    """Draw rulings into a copy of the mask of their lines: where pieces were joined, the gap is closed."""
    closed = mask.copy()
    for ruling in rulings:
        low, high = round(ruling.start * scale), round(ruling.end * scale)
        at = round(ruling.at * scale - 0.5)
        if ruling.axis == "h":
            closed[max(0, at) : at + 1, max(0, low) : high] = 1
        else:
            closed[max(0, low) : high, max(0, at) : at + 1] = 1
    return closed

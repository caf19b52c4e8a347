"""The table's own lines, taken out of the flowchart's ink."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.flow.ink import View
from pipeline.extract.flow.morphology import Mask, opened, turned
from pipeline.model.draft import MatrixPart
from pipeline.settings import FlowSettings

Span = tuple[int, int]  # first and last + 1


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of a ruling in pixels: columns (or rows) `low` to `high` exclusive, along `start` to `end`."""

    low: int
    high: int
    start: int
    end: int


def edges_of(part: MatrixPart) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The x of the Pelaksana columns' sides and the y of the rows' sides, in points, each once."""
    xs = {side for lane in part.lanes for side in (lane.x0, lane.x1)}
    ys = {side for band in part.bands for side in (band.top, band.bottom)}
    return _distinct(xs), _distinct(ys)


def _distinct(values: set[float], near: float = 1.5) -> tuple[float, ...]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > near:
            kept.append(value)
    return tuple(kept)


def without_rulings(view: View, part: MatrixPart, settings: FlowSettings) -> Mask:
    """The ink without the table's lines. Lines that cross a ruling stay whole; one that runs beside it stays."""
    xs, ys = edges_of(part)
    columns = [(x - view.x) * view.scale for x in xs]
    rows = [(y - view.y) * view.scale for y in ys]
    ink = view.ink
    upright = _strips(ink, columns, rows, view.scale, settings)
    lying = _strips(turned(ink), rows, columns, view.scale, settings)
    return turned(_erased(turned(_erased(ink, upright)), lying))


def _strips(ink: Mask, places: list[float], cuts: list[float], scale: float, settings: FlowSettings) -> list[Strip]:
    """The upright rulings near `places`, piece by piece between `cuts`, each as wide as such lines are here."""
    reach = max(2, round(settings.ruling_reach * scale))
    pieces = _pieces(cuts, ink.shape[0], scale)
    found = [(place, piece, _group(ink, place, piece, reach, settings)) for place in places for piece in pieces]
    widths = [group[1] - group[0] for _, _, group in found if group]
    if not widths:
        return []
    width = max(1, round(float(np.median(widths))))
    strips = []
    for place in places:
        mine = [(piece, group) for p, piece, group in found if p == place]
        centers = [(g[0] + g[1]) / 2 for _, g in mine if g and g[1] - g[0] <= width + 1]
        if not centers:
            continue
        usual = float(np.median(centers))
        strips += _joined([strip for piece, group in mine if (strip := _strip(group, piece, usual, width))])
    return strips


def _joined(strips: list[Strip]) -> list[Strip]:
    """Strips in line with each other as one."""
    joined: list[Strip] = []
    for strip in strips:
        last = joined[-1] if joined else None
        if last and (last.low, last.high, last.end) == (strip.low, strip.high, strip.start):
            joined[-1] = Strip(last.low, last.high, last.start, strip.end)
        else:
            joined.append(strip)
    return joined


def _pieces(cuts: list[float], length: int, scale: float) -> list[Span]:
    """The stretches between the cuts, long ones halved (a scanned line bends), and the margins at both ends."""
    marks = [0, *sorted({min(max(0, round(cut)), length) for cut in cuts}), length]
    pieces: list[Span] = []
    for start, end in zip(marks, marks[1:], strict=False):
        parts = max(1, round((end - start) / (60 * scale)))
        bounds = np.linspace(start, end, parts + 1).round().astype(int)
        pieces += [(int(a), int(b)) for a, b in zip(bounds, bounds[1:], strict=False) if b - a >= 3]
    return pieces


def _group(ink: Mask, place: float, piece: Span, reach: int, settings: FlowSettings) -> Span | None:
    """The inked columns nearest to `place` within `reach`: first and last + 1, or None where no line runs there."""
    left = max(0, round(place) - reach)
    window = ink[piece[0] : piece[1], left : round(place) + reach + 1]
    if window.size == 0:
        return None
    inked = np.flatnonzero(window.mean(axis=0) >= settings.ruling_cover)
    if len(inked) == 0:
        return None
    groups = np.split(inked, np.flatnonzero(np.diff(inked) > 1) + 1)
    best = min(groups, key=lambda g: abs((g[0] + g[-1]) / 2 + left - place))
    return left + int(best[0]), left + int(best[-1]) + 1


def _strip(group: Span | None, piece: Span, usual: float, width: int) -> Strip | None:
    """What to erase of one piece: its own line where that is like the usual one, else the usual place."""
    if group and group[1] - group[0] <= width + 1 and abs((group[0] + group[1]) / 2 - usual) <= width + 1:
        return Strip(group[0], group[1], *piece)
    if group is None:
        return None
    low = round(usual - width / 2)
    low = min(max(low, group[0]), max(group[0], group[1] - width))
    return Strip(low, low + width, *piece)


def _erased(ink: Mask, strips: list[Strip]) -> Mask:
    """The ink with strips blanked, but for what goes on at both sides of them. The blur beside a strip goes too,
    where it is long: a short run there is an arrowhead, or a line that joins.
    """
    cleared = ink.copy()
    for strip in strips:
        rows = slice(strip.start, strip.end)
        low, high = strip.low, strip.high
        cleared[rows, low:high] = _short_runs(_inked(ink, rows, low - 2, low) & _inked(ink, rows, high, high + 2))[
            :, None
        ]
        for side, beyond in ((low - 1, low - 2), (high, high + 1)):
            if not 0 <= min(side, beyond) <= max(side, beyond) < ink.shape[1]:
                continue
            blur = _inked(ink, rows, side, side + 1) & ~_inked(ink, rows, beyond, beyond + 1)
            cleared[rows, side] &= 1 - (blur.astype(np.uint8) - _short_runs(blur))
    return cleared


def _inked(ink: Mask, rows: slice, low: int, high: int) -> NDArray[np.bool_]:
    """Which rows are ink from column `low` to `high`; none beyond the picture."""
    if low < 0 or high > ink.shape[1]:
        return np.zeros(rows.stop - rows.start, np.bool_)
    return np.asarray(ink[rows, low:high].all(axis=1), dtype=np.bool_)


def _short_runs(flags: NDArray[np.bool_], longest: int = 12) -> NDArray[np.uint8]:
    """The flags without runs longer than `longest`: a line beside both sides of a ruling does not cross it."""
    column = flags.astype(np.uint8)[:, None]
    if not column.any():
        return column[:, 0]
    return np.asarray(column - opened(column, 1, longest + 1), dtype=np.uint8)[:, 0]

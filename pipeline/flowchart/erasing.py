"""The table's own lines, taken out of the flowchart's ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from pipeline.flowchart.ink_layers import View
from pipeline.imaging.morphology import Mask, opened, turned
from pipeline.model.clustering import cluster
from pipeline.model.draft import MatrixPart
from pipeline.settings import FlowSettings

Span = tuple[int, int]  # first and last + 1


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of a ruling in pixels: rows (or columns) `low` to `high` exclusive, along `start` to `end`."""

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
    return tuple(group[0] for group in cluster(values, near, float))


def without_rulings(view: View, part: MatrixPart, settings: FlowSettings) -> Mask:
    """The ink without the table's lines. Lines that cross a ruling stay whole; one that runs beside it stays."""
    xs, ys = edges_of(part)
    columns = [(x - view.x) * view.scale for x in xs]
    rows = [(y - view.y) * view.scale for y in ys]
    upright = _strips(view.turned, columns, rows, view.scale, settings)
    lying = _strips(view.ink, rows, columns, view.scale, settings)
    return _erased(turned(_erased(view.turned, upright)), lying)


def _strips(ink: Mask, places: list[float], cuts: list[float], scale: float, settings: FlowSettings) -> list[Strip]:
    """The lying rulings near `places`, piece by piece between `cuts`, each as wide as such lines are here."""
    reach = max(2, round(settings.ruling_reach * scale))
    pieces = _pieces(cuts, ink.shape[1], scale)
    found = [_groups(ink, place, pieces, reach, settings) for place in places]
    widths = [group[1] - group[0] for groups in found for group in groups if group]
    if not widths:
        return []
    width = max(1, round(median(widths)))
    strips = []
    for groups in found:
        centers = [(g[0] + g[1]) / 2 for g in groups if g and g[1] - g[0] <= width + 1]
        if not centers:
            continue
        mine, usual = zip(groups, pieces, strict=True), median(centers)
        strips += _joined([strip for group, piece in mine if (strip := _strip(group, piece, usual, width))])
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


def _groups(ink: Mask, place: float, pieces: Sequence[Span], reach: int, settings: FlowSettings) -> list[Span | None]:
    """Piece by piece the inked rows nearest to `place` within `reach`: first and last + 1, or None where no line runs
    there.
    """
    top = max(0, round(place) - reach)
    window = ink[top : round(place) + reach + 1]
    if window.size == 0 or not pieces:
        return [None] * len(pieces)
    before = np.zeros((len(window), window.shape[1] + 1), np.int32)
    np.cumsum(window, axis=1, out=before[:, 1:])
    starts, ends = np.array(pieces).T
    inked = ((before[:, ends] - before[:, starts]) / (ends - starts) >= settings.ruling_cover).T.tolist()
    return [_nearest(_spans(flags), place - top, top) for flags in inked]


def _spans(flags: Sequence[bool]) -> list[Span]:
    """The stretches of flags that are set."""
    edges = [i for i, (a, b) in enumerate(pairwise((False, *flags, False))) if a != b]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _nearest(spans: Sequence[Span], place: float, top: int) -> Span | None:
    """The span whose middle is nearest to a place, told from `top`."""
    if not spans:
        return None
    first, end = min(spans, key=lambda span: abs((span[0] + span[1] - 1) / 2 - place))
    return top + first, top + end


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
        along = slice(strip.start, strip.end)
        low, high = strip.low, strip.high
        cleared[low:high, along] = _short_runs(_inked(ink, low - 2, along) & _inked(ink, high, along))
        for side, beyond in ((low - 1, low - 2), (high, high + 1)):
            if 0 <= min(side, beyond) <= max(side, beyond) < len(ink):
                blur = ink[side, along] & (1 - ink[beyond, along])
                cleared[side, along] &= 1 - (blur - _short_runs(blur))
    return cleared


def _inked(ink: Mask, row: int, along: slice) -> Mask:
    """Where a row and the one below it are ink, 0 or 1; nowhere beyond the picture."""
    if row < 0 or row + 2 > len(ink):
        return np.zeros(along.stop - along.start, np.uint8)
    return ink[row, along] & ink[row + 1, along]


def _short_runs(flags: Mask, longest: int = 12) -> Mask:
    """The flags (0 or 1) without runs longer than `longest`: a line beside both sides of a ruling does not cross it."""
    if not flags.any():
        return flags
    short: Mask = flags - opened(flags[None], longest + 1, 1)[0]
    return short

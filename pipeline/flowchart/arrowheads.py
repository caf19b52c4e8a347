"""How much the end of a line looks like an arrowhead: ink on both its sides, wider behind than at the tip.

The ink beside a line is summed across it, step by step back from its tip, on the side that has less of it: an arrowhead
is on both sides, a line that joins or runs beside is on one. What is as dark further away is a ruling or a symbol.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from pipeline.flowchart.drawing import Point
from pipeline.imaging.morphology import Mask
from pipeline.settings import ArrowheadSettings

Strengths = tuple[float, float]  # of the arrowheads at a line's ends, 0..1
Profile = list[float]  # pixels of ink, step by step of one pixel back from a tip
EndScan = tuple[Point, Point, int]  # a line's tail, its tip, and how many steps of a pixel to go back from that

_BATCH = 256  # ends sampled in one go
_ROWS = 16384  # OpenCV remaps no picture of twice as many


@dataclass(frozen=True, slots=True)
class SideProfile:
    """The ink at a line's side in pixels, step by step back from its tip.

    `known` where that can be seen, `bare` where there is none in the line's middle either: gaps between dashes.
    """

    ink: Profile
    known: list[bool]
    bare: list[bool]

    def without_gaps(self, rim: int, to_ends: bool) -> SideProfile:
        """The profile of a dashed line with its gaps, and `rim` steps of their blur, as unknown; else as it is.

        With `to_ends` also what is bare before its first dash and after its last one.
        """
        inked = [i for i, bare in enumerate(self.bare) if not bare]
        gaps = [i for i, bare in enumerate(self.bare) if bare and inked and inked[0] < i < inked[-1]]
        if not gaps:
            return self
        empty = [i for i, bare in enumerate(self.bare) if bare] if to_ends else gaps
        known = [seen and all(abs(i - gap) > rim for gap in empty) for i, seen in enumerate(self.known)]
        return SideProfile(self.ink, known, self.bare)

    def filled(self) -> Profile:
        """The ink, hidden steps with the lesser of their known neighbours: what is hidden speaks for nothing."""
        if all(self.known):
            return self.ink
        if not any(self.known):
            return self.ink[:1] * len(self.ink)
        before = _carried(self.ink, self.known)
        after = _carried(self.ink[::-1], self.known[::-1])[::-1]
        return [min(pair) for pair in zip(before, after, strict=True)]

    def interpolated(self) -> Profile:
        """The ink, hidden steps on the straight line between their known neighbours."""
        where = [i for i, known in enumerate(self.known) if known]
        if not where:
            return [0.0] * len(self.ink)
        between = np.interp(np.arange(len(self.ink)), where, [self.ink[i] for i in where])
        return [float(value) for value in between]


def _carried(ink: Profile, known: Sequence[bool]) -> Profile:
    """The last known value at or before each step; infinite where none is."""
    last, carried = math.inf, []
    for value, seen in zip(ink, known, strict=True):
        last = value if seen else last
        carried.append(last)
    return carried


def sized_for(thickness: float, settings: ArrowheadSettings) -> ArrowheadSettings:
    """The settings for arrowheads of lines of some thickness in points: thick lines have large ones."""
    length = max(settings.length, settings.length_of_thick * thickness)
    return replace(settings, length=length, width=max(settings.width, settings.width_of_thick * thickness))


def arrowhead_strengths(
    contrast: Mask,
    lines: Sequence[tuple[Point, Point]],
    scale: float,
    settings: ArrowheadSettings,
    thicknesses: Sequence[float] = (),
) -> list[Strengths]:
    """How sure arrowheads stand at the ends `a` and `b` of each line, 0..1.

    Args:
        contrast: local contrast, uint8 (rows, columns), words taken out.
        lines: the ends `a` and `b` of each line, (x, y) in pixels.
        scale: pixels per point.
        settings: the thresholds.
        thicknesses: how thick each line is without its arrowheads, in pixels; all are thin where none is given.
    """
    reach, side = settings.length * scale, max(3, round(settings.width * scale))
    scans = [_end_scans(a, b, reach) for a, b in lines]
    profiles = iter(side_profiles(contrast, [scan for line in scans for scan in line], side, settings))
    halves = [thickness / 2 for thickness in thicknesses] or [0.0] * len(lines)
    return [
        _strengths([next(profiles) for _ in line], half, scale, settings)
        for line, half in zip(scans, halves, strict=True)
    ]


def _end_scans(a: Point, b: Point, reach: float) -> list[EndScan]:
    """Where to look at a line: nowhere at a dot, all along a short one, else at its middle and both its ends."""
    length = math.dist(a, b)
    if length < 2:
        return []
    if length <= 2 * reach:
        return [end_scan(b, a, length + 1)]
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    return [end_scan(a, middle, length / 4), end_scan(b, a, reach), end_scan(a, b, reach)]


def end_scan(tail: Point, tip: Point, reach: float) -> EndScan:
    """The scan of a line's end from its tip back to `reach` pixels."""
    return tail, tip, math.ceil(max(3.0, reach))


def side_profiles(
    contrast: Mask, scans: Sequence[EndScan], side: int, settings: ArrowheadSettings
) -> list[SideProfile]:
    """The ink up to `side` pixels away on the side of each line that has less of it, a profile for each scan."""
    batches = (scans[i : i + _BATCH] for i in range(0, len(scans), _BATCH))
    return [profile for batch in batches for profile in _batch_profiles(contrast, batch, side, settings)]


def _batch_profiles(
    contrast: Mask, scans: Sequence[EndScan], side: int, settings: ArrowheadSettings
) -> list[SideProfile]:
    """The profiles of a few scans: sampled together, a row for each step of each scan, one below the other."""
    halves = _sampled(contrast, scans, side)
    middle = np.maximum(halves[0][:, 0], halves[1][:, 0])
    own = middle.tolist()
    ends = np.cumsum([steps for *_, steps in scans]).tolist()
    spans = list(pairwise([0, *ends]))
    fulls = [max(1.0, float(_quantile(own[start + 1 : end], settings.full_ink_quantile))) for start, end in spans]
    full = np.repeat(fulls, [end - start for start, end in spans])
    ground = np.maximum(*(np.sort(half[:, side + 1 :], axis=1)[:, (side - 1) // 2] for half in halves))
    ground = ground.astype(np.float64)
    beside = (np.clip((half[:, :side] - ground[:, None]) / full[:, None], 0.0, 1.0) for half in halves)
    lesser = np.minimum(*(ink.sum(axis=1) for ink in beside))
    known = ((ground < settings.hidden_share * full) & (lesser < side - settings.hidden_rim)).tolist()
    bare = ((middle < settings.gap_share * full) & (lesser < settings.edge)).tolist()
    inks = lesser.tolist()
    return [SideProfile(inks[start:end], known[start:end], bare[start:end]) for start, end in spans]


def _sampled(contrast: Mask, scans: Sequence[EndScan], side: int) -> tuple[Mask, Mask]:
    """The contrast at each step back from each tip (rows) and each offset to the left and right of it (columns).

    Each half has twice `side` columns; beyond the picture it is 0.
    """
    counts = [steps for *_, steps in scans]
    starts = np.cumsum(counts) - counts
    steps = (np.arange(sum(counts)) - np.repeat(starts, counts))[:, None]
    ends = np.array([(*tip, *_unit(tail, tip)) for tail, tip, _ in scans])
    x, y, ux, uy = (column[:, None] for column in np.repeat(ends, counts, axis=0).T)
    offsets = np.arange(2 * side) + 0.5
    across = np.concatenate([-offsets, offsets])[None, :]
    xs, ys = (x - ux * steps - uy * across).astype(np.float32), (y - uy * steps + ux * across).astype(np.float32)
    blocks = [slice(i, i + _ROWS) for i in range(0, len(xs), _ROWS)]
    seen = np.concatenate([cv2.remap(contrast, xs[rows], ys[rows], cv2.INTER_LINEAR) for rows in blocks])
    both = np.asarray(seen, dtype=np.uint8)
    return both[:, : 2 * side], both[:, 2 * side :]


def _unit(tail: Point, tip: Point) -> Point:
    length = math.dist(tail, tip)
    return (tip[0] - tail[0]) / length, (tip[1] - tail[1]) / length


def _quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of all is below."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _strengths(profiles: Sequence[SideProfile], half: float, scale: float, settings: ArrowheadSettings) -> Strengths:
    """The arrowheads of a line by its scans: none, one along a short line, or those of its middle and its ends.

    `half` is what the line has of ink at one side of its middle by being thick, in pixels.
    """
    if not profiles:
        return 0.0, 0.0
    profiles = [profile.without_gaps(settings.gap_rim, len(profiles) == 1) for profile in profiles]
    if len(profiles) == 1:
        return _short_line_strengths(profiles[0], half, scale, settings)
    line = _quantile(profiles[0].filled(), settings.line_ink_quantile)  # a dashed line has gaps
    first, second = ([ink - line for ink in profile.filled()] for profile in profiles[1:])
    at_first = _strength(_without_flare(first, settings), scale, settings)
    return at_first, _strength(_without_flare(second, settings), scale, settings)


def _short_line_strengths(profile: SideProfile, half: float, scale: float, settings: ArrowheadSettings) -> Strengths:
    """The arrowheads of a line so short that one of them is seen from both its ends.

    Its wide side is steep, its tip tapers; where that does not tell, it stands at the end it is nearer to. Where
    nothing tells, both get less than the faintest arrowhead's strength.
    """
    filled = profile.filled()
    inner = _without_flare(_without_flare(filled, settings)[::-1], settings)[::-1]
    begin = filled.index(inner[0]) if inner else 0
    if len(inner) < 2 or _is_even(profile, half, settings):
        return 0.0, 0.0
    least = _quantile(inner, 0.0 if len(inner) < settings.few_steps else settings.bare_ink_quantile)
    least = max(least, half if half > settings.own_ink else 0.0)
    extra = [ink - least for ink in inner]
    strengths = _strength(extra, scale, settings), _strength(extra[::-1], scale, settings)
    inked = [i for i, ink in enumerate(extra) if ink > settings.edge]
    if not inked or any(after - i > 2 for i, after in pairwise(inked)):
        return strengths
    strongest = max(strengths)
    seen = slice(begin, begin + len(inner))
    tip_first = _tip_is_first(extra, profile.interpolated()[seen], profile.known[seen], inked, scale, settings)
    if tip_first is None:
        unsure = min(strongest, settings.unsure_share * settings.faint)
        return unsure, unsure
    return (strongest, 0.0) if tip_first else (0.0, strongest)


def _tip_is_first(
    extra: Profile,
    sloped: Profile,
    known: Sequence[bool],
    inked: Sequence[int],
    scale: float,
    settings: ArrowheadSettings,
) -> bool | None:
    """Whether a short line's only arrowhead points to its first step; None where nothing tells.

    A side that is hidden in part is at least as steep as if it rose evenly there, and at most as if it did in one step.
    """
    top = max(extra)
    peaks = [i for i, ink in enumerate(extra) if ink >= top - settings.peak_noise]
    steps = range(peaks[0] + 1), range(peaks[-1], len(extra))[::-1]
    least = [_steepest([sloped[i] for i in flank]) / top for flank in steps]
    most = [_steepest([sloped[i] for i in flank if known[i] or i in peaks]) / top for flank in steps]
    bare = inked[0], len(extra) - 1 - inked[-1]
    for base in (0, 1):
        clear = least[base] > settings.steep and least[base] > settings.steeper * most[1 - base]
        if clear and bare[base] >= settings.bare_behind * scale:
            return base == 1
    if abs(bare[0] - bare[1]) >= settings.bare_difference:
        return bare[0] <= bare[1]
    return None


def _is_even(profile: SideProfile, half: float, settings: ArrowheadSettings) -> bool:
    """Whether all ink seen is the line's own, thin and as wide at every step: it only ends where the line bends."""
    inked = [ink for ink, known in zip(profile.ink, profile.known, strict=True) if known and ink > 0]
    if not inked or (len(profile.ink) < settings.few_steps and max(inked) < settings.own_ink):
        return True
    return max(inked) < max(settings.own_ink, half + settings.edge) and max(inked) - min(inked) < settings.edge


def _steepest(flank: Profile) -> float:
    """The largest rise from one step to the next; infinite where the flank begins at its height."""
    return max((after - ink for ink, after in pairwise(flank)), default=math.inf)


def _without_flare(profile: Profile, settings: ArrowheadSettings) -> Profile:
    """The profile from where it no longer falls steeply: at its very end the symbol's own side shows."""
    start = 0
    while start + 2 < len(profile) and start < 3 and profile[start] > profile[start + 1] + settings.flare:
        start += 1
    return profile[start:]


def _strength(extra: Profile, scale: float, settings: ArrowheadSettings) -> float:
    """0..1 from the ink beyond the line's own, step by step back from its end."""
    blob = _first_blob([ink if ink > settings.edge else 0.0 for ink in extra], settings.start * scale)
    area = sum(blob)
    if not area or max(blob) < settings.slimmest * len(blob) or _points_away(blob, settings):
        return 0.0
    return round(area / (area + settings.area * scale * scale), 3)


def _first_blob(extra: Profile, near: float) -> Profile:
    """The first run of steps with ink at the sides, one empty step allowed; empty where none begins near the tip."""
    inked = [i for i, ink in enumerate(extra) if ink]
    if not inked or inked[0] > near:
        return []
    last = next((i for i, after in pairwise(inked) if after - i > 2), inked[-1])
    return extra[inked[0] : last + 1]


def _points_away(blob: Profile, settings: ArrowheadSettings) -> bool:
    """Whether an arrowhead's wide side is at this end: then it belongs to the other end of a short line."""
    middle = sum(i * ink for i, ink in enumerate(blob)) / sum(blob)
    return len(blob) > 2 and middle < settings.wide_at_tip * (len(blob) - 1)

"""How much the end of a line looks like an arrowhead: ink on both its sides, wider behind than at the tip."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from pipeline.flowchart.drawing import Point
from pipeline.flowchart.spreads import Look, Profile, Spread, at_share, look, spreads
from pipeline.imaging.morphology import Mask
from pipeline.settings import FlowSettings

Heads = tuple[float, float]


def heads_of(dark: Mask, lines: Sequence[tuple[Point, Point]], scale: float, settings: FlowSettings) -> list[Heads]:
    """How sure arrowheads stand at the ends `a` and `b` of each line, 0..1. Points in pixels; `dark` is uint8 (rows,
    columns), how dark the paper is, words taken out.

    Ink is summed across the line, step by step back from the end, on the side that has less of it: an arrowhead is on
    both sides, a line that joins or runs beside is on one. What is as dark further away is a ruling or a symbol's side.
    """
    reach, side = settings.head_length * scale, max(3, round(settings.head_width * scale))
    looks = [_looks(a, b, reach) for a, b in lines]
    seen = iter(spreads(dark, [each for some in looks for each in some], side))
    return [_heads([next(seen) for _ in some], scale, settings) for some in looks]


def _looks(a: Point, b: Point, reach: float) -> list[Look]:
    """Where to look at a line: none at a dot, all along a short one, else at its middle and both its ends."""
    length = math.dist(a, b)
    if length < 2:
        return []
    if length <= 2 * reach:
        return [look(b, a, length + 1)]
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    return [look(a, middle, length / 4), look(b, a, reach), look(a, b, reach)]


def _heads(seen: Sequence[Spread], scale: float, settings: FlowSettings) -> Heads:
    """The arrowheads of a line by what is seen there."""
    if not seen:
        return 0.0, 0.0
    if len(seen) == 1:
        return _short_heads(seen[0], scale, settings)
    line = at_share(seen[0].filled(), 0.75)  # a dashed line has gaps
    first, second = ([ink - line for ink in spread.filled()] for spread in seen[1:])
    return _strength(_without_flare(first), scale, settings), _strength(_without_flare(second), scale, settings)


def _short_heads(spread: Spread, scale: float, settings: FlowSettings) -> tuple[float, float]:
    """The same for a line so short that one arrowhead is seen from both its ends. Its wide side is steep, its tip
    tapers; where that does not tell, it stands at the end it is nearer to. Where nothing tells, both get less than
    the faintest arrowhead's strength.
    """
    filled = spread.filled()
    inner = _without_flare(_without_flare(filled)[::-1])[::-1]
    begin = filled.index(inner[0]) if inner else 0
    if len(inner) < 2 or _is_even(spread, settings):
        return 0.0, 0.0
    least = at_share(inner, 0.0 if len(inner) < 12 else 0.3)
    extra = [ink - least for ink in inner]
    heads = _strength(extra, scale, settings), _strength(extra[::-1], scale, settings)
    inked = [i for i, ink in enumerate(extra) if ink > settings.head_edge]
    if not inked or any(after - i > 2 for i, after in pairwise(inked)):
        return heads
    top = max(extra)
    peaks = [i for i, ink in enumerate(extra) if ink >= top - 0.05]
    sloped = spread.sloped()[begin : begin + len(inner)]
    steep = [_steepest(flank) / top for flank in (sloped[: peaks[0] + 1], sloped[peaks[-1] :][::-1])]
    bare = inked[0], len(extra) - 1 - inked[-1]
    if max(steep) > 0.35 and max(steep) > 1.5 * min(steep) and bare[steep[0] < steep[1]] >= 0.9 * scale:
        return (0.0, max(heads)) if steep[0] > steep[1] else (max(heads), 0.0)
    if abs(bare[0] - bare[1]) >= 2.5:
        return (0.0, max(heads)) if bare[0] > bare[1] else (max(heads), 0.0)
    unsure = min(max(heads), 0.99 * settings.faint_head)
    return unsure, unsure


def _is_even(spread: Spread, settings: FlowSettings) -> bool:
    """Whether all ink seen is the line's own, thin and as wide at every step: it only ends where the line bends."""
    inked = [ink for ink, known in zip(spread.ink, spread.known, strict=True) if known and ink > 0]
    return not inked or (max(inked) < settings.own_ink and max(inked) - min(inked) < settings.head_edge)


def _steepest(flank: Profile) -> float:
    """The largest rise from one step to the next; all of it where the flank begins at its height."""
    return max((after - ink for ink, after in pairwise(flank)), default=math.inf)


def _without_flare(spread: Profile) -> Profile:
    """The profile from where it no longer falls steeply: at its very end the symbol's own side shows."""
    start = 0
    while start + 2 < len(spread) and start < 3 and spread[start] > spread[start + 1] + 0.6:
        start += 1
    return spread[start:]


def _strength(extra: Profile, scale: float, settings: FlowSettings) -> float:
    """0..1 from the ink beyond the line's own, step by step back from its end."""
    blob = _first_blob([ink if ink > settings.head_edge else 0.0 for ink in extra], settings.head_start * scale)
    area = sum(blob)
    if not area or _turned_away(blob):
        return 0.0
    return round(area / (area + settings.head_area * scale * scale), 3)


def _first_blob(extra: Profile, near: float) -> Profile:
    """The first run of steps with ink at the sides, one empty step allowed; empty where none begins near the tip."""
    inked = [i for i, ink in enumerate(extra) if ink]
    if not inked or inked[0] > near:
        return []
    last = next((i for i, after in pairwise(inked) if after - i > 2), inked[-1])
    return extra[inked[0] : last + 1]


def _turned_away(blob: Profile) -> bool:
    """Whether an arrowhead's wide side is at this end: then it belongs to the other end of a short line."""
    middle = sum(i * ink for i, ink in enumerate(blob)) / sum(blob)
    return len(blob) > 2 and middle < 0.42 * (len(blob) - 1)

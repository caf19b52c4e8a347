"""The flowchart's symbols on one page, found in the picture as closed outlines and filled areas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import cv2
import numpy as np

from pipeline.flowchart.ink_layers import View
from pipeline.flowchart.outline_repair import Drawing, extended, framed, is_sized, joined, parted
from pipeline.flowchart.shape_outline import Outline, hull_border, outline_of, shared
from pipeline.imaging.morphology import (
    Contour,
    Mask,
    closed,
    dilated,
    eroded,
    hull_of,
    inner_contours,
    odd,
    opened,
    outer_contours,
    turned,
    without,
)
from pipeline.settings import FlowSettings

_POINTED = ("diamond", "triangle")  # an opening cuts their points off


def find_outlines(view: View, cleared: Mask, drawn: Mask, settings: FlowSettings) -> tuple[Outline, ...]:
    """Every symbol of the view, each once. `cleared` is the ink without the table's rulings, `drawn` without words too.

    An outline is looked for with the rulings (a box may touch one) and without (one may run through a box), with its
    text and without (a line may run through both), and as it is and with small gaps closed.
    """
    small, wide = 3, odd(settings.outline_gap * view.scale)
    ways = ((cleared, small), (view.ink, small), (drawn, small), (cleared, wide))
    contours = [c for ink, gap in ways for c in inner_contours(closed(ink, gap, gap)) if is_sized(c, view, settings)]
    ruled = dilated(without(view.ink, cleared), 5, 5)
    drawn_ones = [each for each in _convex(contours, settings) if _table_share(each[0], ruled) <= settings.on_table]
    good = [outline_of(hull, solid, view.scale, filled=False) for hull, solid in drawn_ones]
    good += [o for o in _fills(view, settings) if _table_share(o.hull, ruled) <= settings.on_table]
    good += joined(good, view, settings) + parted(good)
    whole, bare = Drawing(view.ink, view.turned), Drawing(cleared, turned(cleared))
    judged = [(o, _sides_run_on(o, whole, bare, view.scale)) for o in good]
    good, cut = [o for o, runs in judged if not runs], [o for o, runs in judged if runs]
    frames = [*framed(contours, bare), *extended(cut, bare, view, settings)]
    good += [o for o in frames if not _sides_run_on(o, whole, bare, view.scale)]
    return tuple(replace(o, pen=_pen(o, view.ink)) for o in _each_once(good, view.ink))


def _fills(view: View, settings: FlowSettings) -> list[Outline]:
    """The areas of another colour than the paper, without the lines and arrowheads that touch them."""
    size = odd(settings.smallest * view.scale * 0.75)
    cores = opened(view.fill, size, size)
    if not cores.any():
        return []
    least = settings.smallest_fill * view.scale  # smaller ones are arrowheads
    contours = [c for c in outer_contours(cores) if min(cv2.boundingRect(c)[2:]) >= least]
    found = _filled(contours, view, settings)
    if all(o.shape.kind == "box" for o in found):
        return found
    whole = opened(view.fill, odd(size / 2), odd(size / 2)) & dilated(cores, 2 * size, 2 * size)
    pointed = [o for o in _filled(outer_contours(whole), view, settings) if o.shape.kind in _POINTED]
    return [next((p for p in pointed if o.shape.kind != "box" and shared(o, p) > 0.5), o) for o in found]


def _filled(contours: Iterable[Contour], view: View, settings: FlowSettings) -> list[Outline]:
    """The areas of a symbol's size and convexity."""
    sized = [c for c in contours if is_sized(c, view, settings)]
    return [outline_of(hull, solid, view.scale, filled=True) for hull, solid in _convex(sized, settings)]


def _convex(contours: Iterable[Contour], settings: FlowSettings) -> list[tuple[Contour, float]]:
    """The hulls of the contours that fill them, and what share of them; the same one seen twice counts once."""
    best: dict[tuple[int, int, int, int], tuple[Contour, float]] = {}
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        area = float(cv2.contourArea(contour))
        if area < 0.4 * w * h:
            continue
        hull = hull_of(contour)
        key, solid = (x // 3, y // 3, w // 3, h // 3), area / max(1.0, float(cv2.contourArea(hull)))
        if solid >= settings.solid and (key not in best or solid > best[key][1]):
            best[key] = hull, solid
    return list(best.values())


def _table_share(hull: Contour, ruled: Mask) -> float:
    """The share of an outline's border that lies on the table's rulings: high for a cell and for parts of one."""
    x, y, w, h = cv2.boundingRect(hull)
    border = hull_border(hull, x, y, w, h)
    length = cv2.countNonZero(border)
    return cv2.countNonZero(border & ruled[y : y + h, x : x + w]) / max(1, length)


def _sides_run_on(o: Outline, whole: Drawing, bare: Drawing, scale: float) -> bool:
    """Whether an outline's sides go on beyond its corners, as the lines around a loop of connectors do: in the `whole`
    ink or in that without rulings.

    One side that lies on a ruling runs on at both its ends, two sides make a part of a cell.
    """
    if o.filled:
        return False
    cornered = o.shape.kind in ("box", "round", "document", "pentagon")
    return _run_ons(o, bare, scale) >= (2 if cornered else 3) or _run_ons(o, whole, scale) >= (3 if cornered else 5)


def _run_ons(o: Outline, drawing: Drawing, scale: float) -> int:
    """At how many of its eight ends the four sides of an outline go on in ink, further than its own line is thick.

    A slanted connector that ends at a corner is no side that goes on, nor are the barbs of its arrowhead.
    """
    step = max(6, round(4.5 * scale))
    ink, standing = drawing.ink, drawing.turned
    runs = 0
    for x, dx in ((o.x, -1), (o.x + o.width - 1, 1)):
        for y, dy in ((o.y, -1), (o.y + o.height - 1, 1)):
            across, along = _runs(ink, y, *_beyond(x, dx, step)), _runs(standing, x, *_beyond(y, dy, step))
            if (across or along) and not _slants(ink, (x, y), (dx, dy), step):
                runs += across + along
    return runs


def _beyond(place: int, direction: int, step: int) -> tuple[int, int]:
    """First and last + 1 of the pixels beyond a side: before `place` to the left, after it to the right."""
    return (place - step, place) if direction < 0 else (place + 1, place + 1 + step)


def _slants(ink: Mask, corner: tuple[int, int], outward: tuple[int, int], step: int) -> bool:
    """Whether a slanted line leaves a corner: ink beside both sides' directions, up to three steps away."""
    (x, y), (dx, dy) = corner, outward
    quarter = ink[y::dy, x::dx][: 3 * step, : 3 * step]
    if min(quarter.shape) < 3 * step:
        return False
    most = len(range(step, 3 * step))
    inked = most
    for r in range(step, 3 * step):
        near = round(0.3 * r)
        inked -= not (quarter[r, near : r + 1].any() or quarter[near:r, r].any())
        if inked < 0.85 * most:
            return False
    return True


def _runs(ink: Mask, row: int, start: int, end: int) -> bool:
    """Whether ink runs on without a break along a row, a pixel or two above or below it."""
    if start < 0 or end > ink.shape[1]:
        return False
    block = ink[max(0, row - 2) : row + 3, start:end]
    if block.size == 0 or cv2.countNonZero(block) < end - start:
        return False
    return bool(block.any(axis=0).all())


def _each_once(found: Sequence[Outline], ink: Mask) -> list[Outline]:
    """One outline for each symbol: of those that overlap, the best shaped."""
    areas = [o for o in found if o.filled]
    kept: list[Outline] = []
    for o in sorted(
        (o for o in found if not any(_is_grain_in(o, area, ink) for area in areas)), key=_merit, reverse=True
    ):
        overlaps = [shared(o, k) for k in kept]
        if any(s >= (0.3 if o.shape.confidence > 0.8 else 0.03) for s in overlaps):
            continue
        if o.filled or all(s < 0.03 or _drawn_inside(o, k, ink) for s, k in zip(overlaps, kept, strict=True)):
            kept.append(o)
    return sorted(kept, key=lambda o: (o.y, o.x))


def _is_grain_in(o: Outline, area: Outline, ink: Mask) -> bool:
    """Whether an outline is a filled area but for one side, and that side is none: dots of grain lie along it."""
    if o.filled or o.area > 0.85 * area.area:
        return False
    near = max(3, round(0.12 * min(area.width, area.height)))
    ends = [(o.x, area.x), (o.y, area.y), (o.x + o.width, area.x + area.width), (o.y + o.height, area.y + area.height)]
    off = [side for side, (mine, its) in enumerate(ends) if abs(mine - its) > near]
    if len(off) != 1:
        return False
    x, y = max(0, o.x - 2), max(0, o.y - 2)
    band = ink[y : o.y + o.height + 2, x : o.x + o.width + 2]
    at = ends[off[0]][0] - (y if off[0] % 2 else x)
    side = band[max(0, at - 2) : at + 3] if off[0] % 2 else band[:, max(0, at - 2) : at + 3].T
    return bool(side.any(axis=0).mean() < 0.8)


def _drawn_inside(o: Outline, other: Outline, ink: Mask) -> bool:
    """Whether the part of an outline's border that lies in another symbol is drawn there too: a loop of connectors
    ends at the symbols that it joins.
    """
    left, right = max(0, o.x, other.x), min(ink.shape[1], o.x + o.width, other.x + other.width)
    top, bottom = max(0, o.y, other.y), min(ink.shape[0], o.y + o.height, other.y + other.height)
    border, inner = o.border()[top - o.y : bottom - o.y, left - o.x : right - o.x], eroded(other.mask(), 7)
    inside = border & inner[top - other.y : bottom - other.y, left - other.x : right - other.x]
    y, x = max(0, top - 2), max(0, left - 2)
    lines = dilated(ink[y : bottom + 2, x : right + 2], 5, 5)[top - y : bottom - y, left - x : right - x]
    return cv2.countNonZero(inside & lines) >= 0.5 * cv2.countNonZero(inside)


def _merit(o: Outline) -> float:
    """Well-shaped outlines that nothing bites into come first; of a whole and its halves, the whole. An area's edge is
    less exact than a line, but the inside of a dark area has no points.
    """
    seen = 0.0 if not o.filled else 0.3 if o.shape.kind in _POINTED else -0.3
    return 3 * o.solid + o.shape.confidence + 0.1 * min(1.0, o.area / 4000) + seen


def _pen(o: Outline, ink: Mask) -> float:
    """The thickness of the outline's line in pixels: the median run of ink outward from its left and right sides."""
    reach, mask = 9, o.mask()
    left_edge, right_edge = max(0, o.x - reach), min(ink.shape[1], o.x + o.width + reach)
    padded = np.zeros((o.height, o.width + 2 * reach), np.uint8)
    window = ink[o.y : o.y + o.height, left_edge:right_edge]
    offset = left_edge - (o.x - reach)
    padded[: window.shape[0], offset : offset + window.shape[1]] = window
    rows = np.arange(3, max(4, o.height - 3), 2)
    rows = rows[rows < padded.shape[0]]
    if len(rows) == 0:
        return 1.0
    left = mask[rows].argmax(axis=1) + reach
    right = o.width - 1 - mask[rows][:, ::-1].argmax(axis=1) + reach
    steps = np.arange(reach)
    outward = np.concatenate(
        [padded[rows[:, None], left[:, None] - steps], padded[rows[:, None], right[:, None] + steps]]
    )
    runs = np.where(outward.all(axis=1), reach, outward.argmin(axis=1))
    return float(np.median(runs))

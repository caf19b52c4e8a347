"""The outlines of the flowchart's symbols on one page, found in the ink as closed lines and in the fill as areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from pipeline.flowchart.filled_areas import POINTED, filled_areas
from pipeline.flowchart.ink_layers import InkLayers
from pipeline.flowchart.outline_repair import covered_boxes, diamonds_from_points, extend_boxes, join_halves
from pipeline.flowchart.shapes import Outline, convex, hull_border, is_sized, outline_of, overlap_share
from pipeline.imaging.ink_pair import InkPair
from pipeline.imaging.morphology import (
    Contour,
    Mask,
    closed,
    dilated,
    eroded,
    inner_contours,
    odd,
    without,
)
from pipeline.settings import FlowSettings, OutlineSettings

_CORNERED = ("box", "round", "document", "pentagon")


def find_outlines(
    layers: InkLayers, bare: InkPair, drawn: Mask, thickness: float, settings: FlowSettings
) -> tuple[Outline, ...]:
    """Every symbol of the page, each once, from top to bottom.

    An outline is looked for with the rulings (a box may touch one) and without (one may run through a box), with its
    text and without (a line may run through both), and as it is and with small gaps closed.

    Args:
        layers: the page's ink and fill.
        bare: the ink without the table's rulings.
        drawn: the ink without rulings and words.
        thickness: that of the page's lines, in pixels.
        settings: the thresholds.
    """
    unruled = bare.ink
    limits, small, wide = settings.outlines, 3, odd(settings.outlines.gap * layers.scale)
    sources = ((unruled, small), (layers.ink, small), (drawn, small), (unruled, wide))
    contours = [
        c for ink, gap in sources for c in inner_contours(closed(ink, gap, gap)) if is_sized(c, layers.scale, limits)
    ]
    rulings = dilated(without(layers.ink, unruled), limits.ruling_blur, limits.ruling_blur)
    hulls = [each for each in convex(contours, limits) if _table_share(each[0], rulings) <= limits.on_table]
    found = [outline_of(hull, solid, layers.scale, False, settings.shapes) for hull, solid in hulls]
    whole = InkPair(layers.ink, layers.transposed_ink)
    found += [o for o in filled_areas(layers, thickness, settings) if _table_share(o.hull, rulings) <= limits.on_table]
    found += join_halves(found, layers.scale, settings) + diamonds_from_points(found, settings.repair)
    judged = [(o, _sides_run_on(o, whole, bare, layers.scale, limits)) for o in found]
    found, cut = [o for o, runs in judged if not runs], [o for o, runs in judged if runs]
    least = limits.smallest * layers.scale
    boxes = [*covered_boxes(contours, bare, settings.repair)]
    boxes += [o for o in extend_boxes(cut, bare, settings.repair) if _is_box_sized(o, least, limits)]
    found += [o for o in boxes if not _sides_run_on(o, whole, bare, layers.scale, limits)]
    kept = suppress_overlaps(found, layers.ink, limits)
    return tuple(replace(o, stroke_width=_stroke_width(o, layers.ink)) for o in kept)


def _is_box_sized(o: Outline, least: float, settings: OutlineSettings) -> bool:
    return min(o.width, o.height) >= least and o.height <= settings.tallest * o.width


def _table_share(hull: Contour, rulings: Mask) -> float:
    """The share of an outline's border that lies on the table's rulings: high for a cell and for parts of one."""
    x, y, w, h = cv2.boundingRect(hull)
    border = hull_border(hull, x, y, w, h)
    length = cv2.countNonZero(border)
    return cv2.countNonZero(border & rulings[y : y + h, x : x + w]) / max(1, length)


def _sides_run_on(o: Outline, whole: InkPair, bare: InkPair, scale: float, settings: OutlineSettings) -> bool:
    """Whether an outline's sides go on beyond its corners, as the lines around a loop of connectors do.

    In the `whole` ink more of them may than in the `bare` one, without rulings: one side that lies on a ruling runs on
    at both its ends, two sides make a part of a cell.
    """
    if o.filled:
        return False
    most_bare, most_whole = settings.run_ons_cornered if o.shape.kind in _CORNERED else settings.run_ons_other
    step = max(6, round(settings.run_on * scale))
    return _run_ons(o, bare, step, settings) >= most_bare or _run_ons(o, whole, step, settings) >= most_whole


def _run_ons(o: Outline, pair: InkPair, step: int, settings: OutlineSettings) -> int:
    """At how many of its eight ends the four sides of an outline go on in ink for `step` pixels.

    A slanted connector that ends at a corner is no side that goes on, nor are the barbs of its arrowhead.
    """
    runs = 0
    for x, dx in ((o.x, -1), (o.x + o.width - 1, 1)):
        for y, dy in ((o.y, -1), (o.y + o.height - 1, 1)):
            horizontal = _runs_along(pair.ink, y, *_beyond(x, dx, step))
            vertical = _runs_along(pair.transposed, x, *_beyond(y, dy, step))
            if (horizontal or vertical) and not _slants(pair.ink, (x, y), (dx, dy), step, settings):
                runs += horizontal + vertical
    return runs


def _beyond(place: int, direction: int, step: int) -> tuple[int, int]:
    """First and last + 1 of the pixels beyond a side: before `place` to the left, after it to the right."""
    return (place - step, place) if direction < 0 else (place + 1, place + 1 + step)


def _slants(ink: Mask, corner: tuple[int, int], outward: tuple[int, int], step: int, settings: OutlineSettings) -> bool:
    """Whether a slanted line leaves a corner: ink beside both sides' directions, up to three steps away."""
    (x, y), (dx, dy) = corner, outward
    quarter = ink[y::dy, x::dx][: 3 * step, : 3 * step]
    if min(quarter.shape) < 3 * step:
        return False
    most = len(range(step, 3 * step))
    inked = most
    for r in range(step, 3 * step):
        near = round(settings.slant * r)
        inked -= not (quarter[r, near : r + 1].any() or quarter[near:r, r].any())
        if inked < settings.slant_inked * most:
            return False
    return True


def _runs_along(ink: Mask, row: int, start: int, end: int) -> bool:
    """Whether ink runs on without a break along a row, a pixel or two above or below it."""
    if start < 0 or end > ink.shape[1]:
        return False
    block = ink[max(0, row - 2) : row + 3, start:end]
    if block.size == 0 or cv2.countNonZero(block) < end - start:
        return False
    return bool(block.any(axis=0).all())


def suppress_overlaps(found: Sequence[Outline], ink: Mask, settings: OutlineSettings) -> list[Outline]:
    """Non-maximum suppression: of the outlines that overlap, the one with the best score; from top to bottom."""
    areas = [o for o in found if o.filled]
    closed_lines = [o for o in found if not any(_is_half_by_grain(o, area, ink, settings) for area in areas)]
    whole = [o for o in closed_lines if not any(_leads_through(o, other, ink, settings) for other in closed_lines)]
    kept: list[Outline] = []
    for o in sorted(whole, key=lambda o: _score(o, settings), reverse=True):
        overlaps = [overlap_share(o, k) for k in kept]
        sure = o.shape.confidence > settings.sure_shape
        if any(s >= (settings.overlap_sure if sure else settings.overlap) for s in overlaps):
            continue
        if o.filled or all(
            s < settings.overlap or _is_drawn_inside(o, k, ink, settings) for s, k in zip(overlaps, kept, strict=True)
        ):
            kept.append(o)
    return sorted(kept, key=lambda o: (o.y, o.x))


def _score(o: Outline, settings: OutlineSettings) -> float:
    """How well an outline is seen: well-shaped ones that nothing bites into first.

    A whole scores higher than its halves. An area's edge is less exact than a line, but the inside of a dark area has
    no points; that of a dark one is as exact as a line, and its line is hardly seen.
    """
    seen = 0.0
    if o.filled:
        seen = (
            settings.dark_score if o.dark else settings.fill_score if o.shape.kind in POINTED else -settings.fill_score
        )
    size = settings.size_score * min(1.0, o.area / settings.full_size)
    return settings.solid_score * o.solid + o.shape.confidence + size + seen


def _is_half_by_grain(o: Outline, area: Outline, ink: Mask, settings: OutlineSettings) -> bool:
    """Whether an outline is a filled area but for one side, and that side is none: dots of grain lie along it."""
    if o.filled or o.area > settings.part_area * area.area:
        return False
    near = max(3, round(settings.same_side * min(area.width, area.height)))
    ends = [(o.x, area.x), (o.y, area.y), (o.x + o.width, area.x + area.width), (o.y + o.height, area.y + area.height)]
    off = [side for side, (mine, its) in enumerate(ends) if abs(mine - its) > near]
    if len(off) != 1:
        return False
    x, y = max(0, o.x - 2), max(0, o.y - 2)
    band = ink[y : o.y + o.height + 2, x : o.x + o.width + 2]
    at = ends[off[0]][0] - (y if off[0] % 2 else x)
    side = band[max(0, at - 2) : at + 3] if off[0] % 2 else band[:, max(0, at - 2) : at + 3].T
    return bool(side.any(axis=0).mean() < settings.drawn_side)


def _leads_through(o: Outline, other: Outline, ink: Mask, settings: OutlineSettings) -> bool:
    """Whether an outline is a loop of connectors that begins or ends at another one: no line leads on through that."""
    sure = other.shape.confidence > settings.joined_shape and other.solid > settings.joined_solid
    if o.filled or other.filled or not sure or other.area >= o.area or overlap_share(o, other) <= settings.overlap:
        return False
    left, top = o.x - other.x, o.y - other.y
    border = np.zeros((other.height, other.width), np.uint8)
    rows, columns = slice(max(0, top), top + o.height), slice(max(0, left), left + o.width)
    part = o.border()[max(0, -top) :, max(0, -left) :]
    target = border[rows, columns]
    target[:] = part[: target.shape[0], : target.shape[1]]
    through = cv2.countNonZero(border & eroded(other.mask(), 7))
    return through > settings.joined_depth * min(other.width, other.height) and not _is_drawn_inside(
        o, other, ink, settings
    )


def _is_drawn_inside(o: Outline, other: Outline, ink: Mask, settings: OutlineSettings) -> bool:
    """Whether the part of an outline's border that lies in another symbol is drawn there too.

    A loop of connectors ends at the symbols that it joins.
    """
    left, right = max(0, o.x, other.x), min(ink.shape[1], o.x + o.width, other.x + other.width)
    top, bottom = max(0, o.y, other.y), min(ink.shape[0], o.y + o.height, other.y + other.height)
    border, inner = o.border()[top - o.y : bottom - o.y, left - o.x : right - o.x], eroded(other.mask(), 7)
    inside = border & inner[top - other.y : bottom - other.y, left - other.x : right - other.x]
    y, x = max(0, top - 2), max(0, left - 2)
    lines = dilated(ink[y : bottom + 2, x : right + 2], 5, 5)[top - y : bottom - y, left - x : right - x]
    return cv2.countNonZero(inside & lines) >= settings.drawn_inside * cv2.countNonZero(inside)


def _stroke_width(o: Outline, ink: Mask) -> float:
    """The thickness of an outline's line in pixels: the median run of ink outward from its left and right sides."""
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
    sides = [padded[rows[:, None], left[:, None] - steps], padded[rows[:, None], right[:, None] + steps]]
    outward = np.concatenate(sides)
    return float(np.median(np.where(outward.all(axis=1), reach, outward.argmin(axis=1))))

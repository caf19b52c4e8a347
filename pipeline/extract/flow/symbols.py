"""The flowchart's symbols on one page, found in the picture as closed outlines and filled areas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.extract.flow.ink import View
from pipeline.extract.flow.morphology import (
    Contour,
    Mask,
    closed,
    dilated,
    hull_of,
    inner_contours,
    odd,
    opened,
    outer_contours,
)
from pipeline.extract.flow.shapes import Shape, classify
from pipeline.settings import FlowSettings

_POINTED = ("diamond", "triangle")  # an opening cuts their points off


@dataclass(frozen=True, eq=False)
class Outline:
    """A closed outline in the picture's pixels. `hull` is its convex hull, `solid` the share of the hull it fills.

    `filled`: seen as an area of another colour, not as a line around paper. `pen` is its line's thickness.
    """

    hull: Contour
    x: int
    y: int
    width: int
    height: int
    shape: Shape
    solid: float
    filled: bool = False
    pen: float = 1.0

    @property
    def area(self) -> int:
        return self.width * self.height

    def mask(self) -> Mask:
        """The filled hull, uint8 (height, width)."""
        return _hull_mask(self.hull, self.x, self.y, self.width, self.height)


def find_outlines(view: View, cleared: Mask, drawn: Mask, settings: FlowSettings) -> tuple[Outline, ...]:
    """Every symbol of the view, each once. `cleared` is the ink without the table's rulings, `drawn` without words too.

    An outline is looked for with the rulings (a box may touch one) and without (one may run through a box), with its
    text and without (a line may run through both), and as it is and with small gaps closed.
    """
    small, wide = 3, odd(settings.outline_gap * view.scale)
    ways = ((cleared, small), (view.ink, small), (drawn, small), (cleared, wide))
    contours = [c for ink, gap in ways for c in inner_contours(closed(ink, gap, gap))]
    found = _outlines(contours, view, settings, filled=False) + _fills(view, settings)
    ruled = dilated(view.ink & (1 - cleared), 5, 5)
    good = [o for o in found if _table_share(o, ruled) <= settings.on_table]
    good += _joined(good, view, settings) + _parted(good)
    judged = [(o, _sides_run_on(o, view.ink, cleared, view.scale)) for o in good]
    good, cut = [o for o, runs in judged if not runs], [o for o, runs in judged if runs]
    frames = [*_framed(contours, cleared, view, settings), *_extended(cut, cleared, view, settings)]
    good += [o for o in frames if not _sides_run_on(o, view.ink, cleared, view.scale)]
    return tuple(replace(o, pen=_pen(o, view.ink)) for o in _each_once(good))


def _fills(view: View, settings: FlowSettings) -> list[Outline]:
    """The areas of another colour than the paper, without the lines and arrowheads that touch them."""
    size = odd(settings.smallest * view.scale * 0.75)
    cores = opened(view.fill, size, size)
    least = settings.smallest_fill * view.scale  # smaller ones are arrowheads
    contours = [c for c in outer_contours(cores) if min(cv2.boundingRect(c)[2:]) >= least]
    found = _outlines(contours, view, settings, filled=True)
    if all(o.shape.kind == "box" for o in found):
        return found
    whole = opened(view.fill, odd(size / 2), odd(size / 2)) & dilated(cores, 2 * size, 2 * size)
    pointed = [o for o in _outlines(outer_contours(whole), view, settings, filled=True) if o.shape.kind in _POINTED]
    return [next((p for p in pointed if o.shape.kind != "box" and _shared(o, p) > 0.5), o) for o in found]


def _outlines(contours: Iterable[Contour], view: View, settings: FlowSettings, filled: bool) -> list[Outline]:
    """The contours of a symbol's size and convexity; the same one seen twice counts once."""
    low, high = settings.smallest * view.scale, settings.largest * view.scale
    best: dict[tuple[int, int, int, int], tuple[float, Contour]] = {}
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        if min(w, h) < low or max(w, h) > high or h > settings.tallest * w or w > settings.widest * h:
            continue
        area = float(cv2.contourArea(contour))
        if area < 0.4 * w * h:
            continue
        hull = hull_of(contour)
        key, solid = (x // 3, y // 3, w // 3, h // 3), area / max(1.0, float(cv2.contourArea(hull)))
        if solid >= settings.solid and (key not in best or solid > best[key][0]):
            best[key] = solid, hull
    return [_outline(hull, solid, view.scale, filled) for solid, hull in best.values()]


def _outline(hull: Contour, solid: float, scale: float, filled: bool) -> Outline:
    x, y, w, h = cv2.boundingRect(hull)
    return Outline(hull, x, y, w, h, classify(_hull_mask(hull, x, y, w, h), scale), solid, filled)


def _hull_mask(hull: Contour, x: int, y: int, width: int, height: int) -> Mask:
    mask = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(mask, hull - np.array([[[x, y]]], np.int32), 1)
    return mask


def _joined(found: Sequence[Outline], view: View, settings: FlowSettings) -> list[Outline]:
    """Outlines cut in two by a line that runs through them, put together."""
    gap, near = settings.cut_width * view.scale, max(2.0, settings.cut_width * view.scale * 0.5)
    made = []
    open_ones = [o for o in found if not o.filled]
    for i, a in enumerate(open_ones):
        for b in open_ones[i + 1 :]:
            if not _halves(a, b, gap, near):
                continue
            hull = hull_of(np.concatenate([a.hull, b.hull]))
            full = float(cv2.contourArea(hull))
            solid = (cv2.contourArea(a.hull) * a.solid + cv2.contourArea(b.hull) * b.solid) / max(1.0, full)
            whole = _outline(hull, min(1.0, solid + 0.04), view.scale, filled=False)
            if whole.solid >= settings.solid and whole.shape.confidence >= 0.6:
                made.append(whole)
    return made


def _parted(found: Sequence[Outline]) -> list[Outline]:
    """Diamonds whose text reaches from side to side: only their upper and lower points are seen, as triangles."""
    upper = [o for o in found if o.shape.kind == "triangle" and _points(o) < 0]
    lower = [o for o in found if o.shape.kind == "triangle" and _points(o) > 0]
    made = []
    for a in upper:
        for b in lower:
            gap, width = b.y - a.y - a.height, max(a.width, b.width)
            aligned = abs(a.x + a.width / 2 - b.x - b.width / 2) <= 0.1 * width
            if aligned and 0 <= gap <= 2 * max(a.height, b.height) and min(a.width, b.width) >= 0.75 * width:
                made.append(_diamond(a, b))
    return made


def _points(o: Outline) -> int:
    """-1 where a triangle points up, 1 where it points down, 0 to the side."""
    mask = o.mask()
    top, bottom = float(mask[: o.height // 3].mean()), float(mask[-(o.height // 3) :].mean())
    return 0 if abs(top - bottom) < 0.25 else -1 if top < bottom else 1


def _diamond(a: Outline, b: Outline) -> Outline:
    """The diamond of which `a` is the upper point and `b` the lower one: their sides drawn out to the middle."""
    x = round((a.x + a.width / 2 + b.x + b.width / 2) / 2)
    top, bottom = a.y, b.y + b.height - 1
    y = round((top + bottom) / 2)
    half = round((bottom - top) / 4 * (a.width / a.height + b.width / b.height) / 2)
    hull = np.array([(x, top), (x + half, y), (x, bottom), (x - half, y)], np.int32).reshape(-1, 1, 2)
    shape = Shape("diamond", 0.8)
    return Outline(hull, x - half, top, 2 * half + 1, bottom - top + 1, shape, 1.0)


def _framed(contours: Iterable[Contour], ink: Mask, view: View, settings: FlowSettings) -> list[Outline]:
    """Boxes that a bent line cuts: an area of any form that reaches all four sides of a drawn rectangle."""
    low, high = settings.smallest * view.scale, settings.largest * view.scale
    made = []
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        if min(w, h) < low or max(w, h) > high or h > settings.tallest * w or w > settings.widest * h:
            continue
        area = float(cv2.contourArea(contour))
        if 0.3 * w * h <= area < 0.9 * w * h and _is_frame(ink, x, y, w, h):
            made.append(_box(x, y, w, h))
    return made


def _box(x: int, y: int, width: int, height: int) -> Outline:
    """A drawn rectangle that something covers in part."""
    corners = [(x, y), (x + width - 1, y), (x + width - 1, y + height - 1), (x, y + height - 1)]
    hull = np.array(corners, np.int32).reshape(-1, 1, 2)
    return Outline(hull, x, y, width, height, Shape("box", 0.85), 0.97)


def _is_frame(ink: Mask, x: int, y: int, w: int, h: int) -> bool:
    """Whether all four sides of a rectangle are drawn, corners included."""
    rows, columns = (y, y + h - 1), (x, x + w - 1)
    lying = all(_drawn(ink, row, x, x + w) for row in rows)
    return lying and all(_drawn(ink.T, column, y, y + h) for column in columns)


def _drawn(ink: Mask, row: int, start: int, end: int) -> bool:
    """Whether a line runs along a row, a pixel above or below it, without a gap to speak of."""
    return float(ink[max(0, row - 1) : row + 2, max(0, start) : end].any(axis=0).mean()) >= 0.96


def _extended(cut: Iterable[Outline], ink: Mask, view: View, settings: FlowSettings) -> list[Outline]:
    """Boxes of which only a piece is clean: beyond the line that cuts it off, its sides go on to a parallel one."""
    made = []
    for o in cut:
        if o.shape.kind != "box" or o.shape.confidence < 0.8:
            continue
        made += [_box(*b) for b in _further(ink, o.x, o.y, o.width, o.height)]
        made += [_box(y, x, h, w) for x, y, w, h in _further(ink.T, o.y, o.x, o.height, o.width)]
    low = settings.smallest * view.scale
    return [o for o in made if min(o.width, o.height) >= low and o.height <= settings.tallest * o.width]


def _further(ink: Mask, x: int, y: int, w: int, h: int) -> list[tuple[int, int, int, int]]:
    """The rectangles that reach from a piece's far side up, or down, to the next line across beyond its near one."""
    found = []
    for up in (True, False):
        near, far = (y, y + h - 1) if up else (y + h - 1, y)
        first, last = (near - 3 * h, near - max(4, h // 2)) if up else (near + max(4, h // 2), near + 3 * h)
        rows = _lines_across(ink, max(0, first), min(ink.shape[0] - 1, last), x, x + w)
        for row in reversed(rows) if up else rows:
            top, bottom = min(row, far), max(row, far)
            if _is_frame(ink, x, top, w, bottom - top + 1):
                found.append((x, top, w, bottom - top + 1))
                break
    return found


def _lines_across(ink: Mask, first: int, last: int, start: int, end: int) -> list[int]:
    """The rows that a line runs along without a gap to speak of."""
    if first >= last:
        return []
    block = ink[first : last + 1, max(0, start) : end]
    return [first + int(i) for i in np.flatnonzero(block.mean(axis=1) >= 0.9)]


def _halves(a: Outline, b: Outline, gap: float, near: float) -> bool:
    """Whether two outlines lie edge to edge, with the same sides, a line's thickness apart."""
    same_x = abs(a.x - b.x) <= near and abs(a.x + a.width - b.x - b.width) <= near
    same_y = abs(a.y - b.y) <= near and abs(a.y + a.height - b.y - b.height) <= near
    apart_y = max(a.y, b.y) - min(a.y + a.height, b.y + b.height)
    apart_x = max(a.x, b.x) - min(a.x + a.width, b.x + b.width)
    return (same_x and -2 <= apart_y <= gap) or (same_y and -2 <= apart_x <= gap)


def _table_share(o: Outline, ruled: Mask) -> float:
    """The share of an outline's border that lies on the table's rulings: high for a cell and for parts of one."""
    border = np.zeros((o.height, o.width), np.uint8)
    cv2.polylines(border, [o.hull - np.array([[[o.x, o.y]]], np.int32)], True, 1, 1)
    window = ruled[o.y : o.y + o.height, o.x : o.x + o.width]
    return float((window & border).sum()) / max(1.0, float(border.sum()))


def _sides_run_on(o: Outline, ink: Mask, cleared: Mask, scale: float) -> bool:
    """Whether an outline's sides go on beyond its corners, as the lines around a loop of connectors do.

    One side that lies on a ruling runs on at both its ends, two sides make a part of a cell.
    """
    if o.filled:
        return False
    cornered = o.shape.kind in ("box", "round", "document", "pentagon")
    return _run_ons(o, cleared, scale) >= (2 if cornered else 3) or _run_ons(o, ink, scale) >= (3 if cornered else 5)


def _run_ons(o: Outline, ink: Mask, scale: float) -> int:
    """At how many of its eight ends the four sides of an outline go on in ink, further than its own line is thick."""
    step = max(6, round(4.5 * scale))
    left, right, top, bottom = o.x, o.x + o.width, o.y, o.y + o.height
    turned = ink.T
    runs = 0
    for y in (top, bottom - 1):
        runs += _runs(ink, y, left - step, left) + _runs(ink, y, right, right + step)
    for x in (left, right - 1):
        runs += _runs(turned, x, top - step, top) + _runs(turned, x, bottom, bottom + step)
    return runs


def _runs(ink: Mask, row: int, start: int, end: int) -> bool:
    """Whether ink runs on without a break along a row, a pixel or two above or below it."""
    if start < 0 or end > ink.shape[1]:
        return False
    return bool(ink[max(0, row - 2) : row + 3, start:end].any(axis=0).all())


def _each_once(found: Sequence[Outline]) -> list[Outline]:
    """One outline for each symbol: of those that overlap, the best shaped."""
    kept: list[Outline] = []
    for o in sorted(found, key=_merit, reverse=True):
        overlaps = [_shared(o, k) for k in kept]
        if all(s < (0.3 if o.shape.confidence > 0.8 else 0.03) for s in overlaps):
            kept.append(o)
    return sorted(kept, key=lambda o: (o.y, o.x))


def _merit(o: Outline) -> float:
    """Well-shaped outlines that nothing bites into come first; of a whole and its halves, the whole. An area's edge is
    less exact than a line, but the inside of a dark area has no points.
    """
    seen = 0.0 if not o.filled else 0.3 if o.shape.kind in _POINTED else -0.3
    return 3 * o.solid + o.shape.confidence + 0.1 * min(1.0, o.area / 4000) + seen


def _shared(a: Outline, b: Outline) -> float:
    """The overlap of two bounding boxes as a share of the smaller one."""
    w = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    h = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    return w * h / min(a.area, b.area) if w > 0 and h > 0 else 0.0


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

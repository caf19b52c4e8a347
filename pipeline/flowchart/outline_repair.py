"""Outlines that lines or words cut to pieces, put together again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import cv2
import numpy as np

from pipeline.flowchart.drawing import Shape
from pipeline.flowchart.shapes import Outline, outline_of
from pipeline.imaging.ink_pair import InkPair
from pipeline.imaging.morphology import Contour, Mask, hull_of
from pipeline.settings import FlowSettings, OutlineRepairSettings


def join_halves(found: Sequence[Outline], scale: float, settings: FlowSettings) -> list[Outline]:
    """Outlines cut in two by a line that runs through them, put together; `scale` is pixels per point."""
    limits = settings.repair
    gap = limits.cut_width * scale
    near = max(2.0, limits.cut_width * scale * limits.half_shift)
    made = []
    open_ones = [o for o in found if not o.filled]
    for i, a in enumerate(open_ones):
        for b in open_ones[i + 1 :]:
            if not _are_halves(a, b, gap, near):
                continue
            hull = hull_of(np.concatenate([a.hull, b.hull]))
            full = float(cv2.contourArea(hull))
            solid = (cv2.contourArea(a.hull) * a.solid + cv2.contourArea(b.hull) * b.solid) / max(1.0, full)
            whole = outline_of(hull, min(1.0, solid + limits.cut_area), scale, False, settings.shapes)
            if whole.solid >= settings.outlines.solid and whole.shape.confidence >= limits.whole_confidence:
                made.append(whole)
    return made


def _are_halves(a: Outline, b: Outline, gap: float, near: float) -> bool:
    """Whether two outlines lie edge to edge, with the same sides, a line's thickness apart."""
    if abs(a.x - b.x) <= near and abs(a.x + a.width - b.x - b.width) <= near:
        apart = max(a.y, b.y) - min(a.y + a.height, b.y + b.height)
        if -2 <= apart <= gap:
            return True
    if abs(a.y - b.y) <= near and abs(a.y + a.height - b.y - b.height) <= near:
        apart = max(a.x, b.x) - min(a.x + a.width, b.x + b.width)
        return -2 <= apart <= gap
    return False


def diamonds_from_points(found: Sequence[Outline], settings: OutlineRepairSettings) -> list[Outline]:
    """Diamonds whose text reaches from side to side: only their upper and lower points are seen, as triangles."""
    triangles = [o for o in found if o.shape.kind == "triangle"]
    upper = [o for o in triangles if _points_to(o, settings) < 0]
    lower = [o for o in triangles if _points_to(o, settings) > 0]
    return [_diamond(a, b, settings) for a in upper for b in lower if _are_points(a, b, settings)]


def _are_points(a: Outline, b: Outline, settings: OutlineRepairSettings) -> bool:
    """Whether a triangle stands below another one, of its width and at its middle."""
    gap, width = b.y - a.y - a.height, max(a.width, b.width)
    aligned = abs(a.x + a.width / 2 - b.x - b.width / 2) <= settings.point_shift * width
    apart = 0 <= gap <= settings.point_gap * max(a.height, b.height)
    return aligned and apart and min(a.width, b.width) >= settings.point_alike * width


def _points_to(o: Outline, settings: OutlineRepairSettings) -> int:
    """-1 where a triangle points up, 1 where it points down, 0 to the side."""
    mask = o.mask()
    top, bottom = float(mask[: o.height // 3].mean()), float(mask[-(o.height // 3) :].mean())
    return 0 if abs(top - bottom) < settings.point_narrow else -1 if top < bottom else 1


def _diamond(a: Outline, b: Outline, settings: OutlineRepairSettings) -> Outline:
    """The diamond of which `a` is the upper point and `b` the lower one: their sides drawn out to the middle."""
    x = round((a.x + a.width / 2 + b.x + b.width / 2) / 2)
    top, bottom = a.y, b.y + b.height - 1
    y = round((top + bottom) / 2)
    half = round((bottom - top) / 4 * (a.width / a.height + b.width / b.height) / 2)
    hull = np.array([(x, top), (x + half, y), (x, bottom), (x - half, y)], np.int32).reshape(-1, 1, 2)
    shape = Shape("diamond", settings.diamond_confidence)
    return Outline(hull, x - half, top, 2 * half + 1, bottom - top + 1, shape, 1.0)


def covered_boxes(contours: Iterable[Contour], bare: InkPair, settings: OutlineRepairSettings) -> list[Outline]:
    """Boxes that a bent line cuts: an area of any form that reaches all four sides of a drawn rectangle."""
    low, high = settings.covered_area
    made = []
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        area = float(cv2.contourArea(contour))
        if low * w * h <= area < high * w * h and _is_rectangle(bare, x, y, w, h, settings):
            made.append(_box(x, y, w, h, settings))
    return made


def _box(x: int, y: int, width: int, height: int, settings: OutlineRepairSettings) -> Outline:
    """A drawn rectangle that something covers in part."""
    corners = [(x, y), (x + width - 1, y), (x + width - 1, y + height - 1), (x, y + height - 1)]
    hull = np.array(corners, np.int32).reshape(-1, 1, 2)
    return Outline(hull, x, y, width, height, Shape("box", settings.box_confidence), settings.box_solid)


def _is_rectangle(pair: InkPair, x: int, y: int, w: int, h: int, settings: OutlineRepairSettings) -> bool:
    """Whether all four sides of a rectangle are drawn, corners included."""
    horizontal = all(_is_drawn(pair.ink, row, x, x + w, settings) for row in (y, y + h - 1))
    return horizontal and all(_is_drawn(pair.transposed, column, y, y + h, settings) for column in (x, x + w - 1))


def _is_drawn(ink: Mask, row: int, start: int, end: int, settings: OutlineRepairSettings) -> bool:
    """Whether a line runs along a row, a pixel above or below it, without a gap to speak of."""
    block = ink[max(0, row - 1) : row + 2, max(0, start) : end]
    if block.size == 0 or cv2.countNonZero(block) < settings.line_inked * block.shape[1]:
        return False
    return bool(np.count_nonzero(block.any(axis=0)) / block.shape[1] >= settings.side_inked)


def extend_boxes(cut: Iterable[Outline], bare: InkPair, settings: OutlineRepairSettings) -> list[Outline]:
    """Boxes of which only a part is clean: beyond the line that cuts it off, its sides go on to a parallel one."""
    made = []
    for o in cut:
        if o.shape.kind != "box" or o.shape.confidence < settings.part_confidence:
            continue
        made += [_box(*box, settings) for box in _extensions(bare, o.x, o.y, o.width, o.height, settings)]
        sideways = _extensions(bare.exchanged(), o.y, o.x, o.height, o.width, settings)
        made += [_box(y, x, h, w, settings) for x, y, w, h in sideways]
    return made


def _extensions(
    pair: InkPair, x: int, y: int, w: int, h: int, settings: OutlineRepairSettings
) -> list[tuple[int, int, int, int]]:
    """The rectangles that reach from a part's far side up, or down, to the next line across beyond its near one."""
    found = []
    for up in (True, False):
        near, far = (y, y + h - 1) if up else (y + h - 1, y)
        if not _is_drawn(pair.ink, far, x, x + w, settings):
            continue
        first, last = (near - 3 * h, near - max(4, h // 2)) if up else (near + max(4, h // 2), near + 3 * h)
        lines = _lines_across(pair.ink, max(0, first), min(pair.ink.shape[0] - 1, last), x, x + w, settings)
        for row in reversed(lines) if up else lines:
            top, bottom = min(row, far), max(row, far)
            if _is_rectangle(pair, x, top, w, bottom - top + 1, settings):
                found.append((x, top, w, bottom - top + 1))
                break
    return found


def _lines_across(ink: Mask, first: int, last: int, start: int, end: int, settings: OutlineRepairSettings) -> list[int]:
    """The rows from `first` to `last` that a line runs along without a gap to speak of."""
    if first >= last:
        return []
    block = ink[first : last + 1, max(0, start) : end]
    inked = cv2.reduce(block, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)
    return [first + int(i) for i in np.flatnonzero(np.asarray(inked) / block.shape[1] >= settings.line_inked)]

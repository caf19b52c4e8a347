"""Symbols that lines or words cut to pieces, put together again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.flowchart.ink_layers import View
from pipeline.flowchart.shape_outline import Outline, outline_of
from pipeline.flowchart.shapes import Shape
from pipeline.imaging.morphology import Contour, Mask, hull_of
from pipeline.settings import FlowSettings


@dataclass(frozen=True)
class Drawing:
    """Ink, and the same with rows and columns exchanged."""

    ink: Mask
    turned: Mask


def joined(found: Sequence[Outline], view: View, settings: FlowSettings) -> list[Outline]:
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
            whole = outline_of(hull, min(1.0, solid + 0.04), view.scale, filled=False)
            if whole.solid >= settings.solid and whole.shape.confidence >= 0.6:
                made.append(whole)
    return made


def parted(found: Sequence[Outline]) -> list[Outline]:
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


def is_sized(contour: Contour, view: View, settings: FlowSettings) -> bool:
    """Whether a contour is as large as a symbol may be, and no longer than one."""
    low, high = settings.smallest * view.scale, settings.largest * view.scale
    _, _, w, h = cv2.boundingRect(contour)
    return low <= min(w, h) and max(w, h) <= high and h <= settings.tallest * w and w <= settings.widest * h


def framed(contours: Iterable[Contour], bare: Drawing) -> list[Outline]:
    """Boxes that a bent line cuts: an area of any form that reaches all four sides of a drawn rectangle."""
    made = []
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        area = float(cv2.contourArea(contour))
        if 0.3 * w * h <= area < 0.9 * w * h and _is_frame(bare.ink, bare.turned, x, y, w, h):
            made.append(_box(x, y, w, h))
    return made


def _box(x: int, y: int, width: int, height: int) -> Outline:
    """A drawn rectangle that something covers in part."""
    corners = [(x, y), (x + width - 1, y), (x + width - 1, y + height - 1), (x, y + height - 1)]
    hull = np.array(corners, np.int32).reshape(-1, 1, 2)
    return Outline(hull, x, y, width, height, Shape("box", 0.85), 0.97)


def _is_frame(ink: Mask, turned: Mask, x: int, y: int, w: int, h: int) -> bool:
    """Whether all four sides of a rectangle are drawn, corners included."""
    lying = all(_drawn(ink, row, x, x + w) for row in (y, y + h - 1))
    return lying and all(_drawn(turned, column, y, y + h) for column in (x, x + w - 1))


def _drawn(ink: Mask, row: int, start: int, end: int) -> bool:
    """Whether a line runs along a row, a pixel above or below it, without a gap to speak of."""
    block = ink[max(0, row - 1) : row + 2, max(0, start) : end]
    if block.size == 0 or cv2.countNonZero(block) < 0.9 * block.shape[1]:
        return False
    return bool(np.count_nonzero(block.any(axis=0)) / block.shape[1] >= 0.96)


def extended(cut: Iterable[Outline], bare: Drawing, view: View, settings: FlowSettings) -> list[Outline]:
    """Boxes of which only a piece is clean: beyond the line that cuts it off, its sides go on to a parallel one."""
    made = []
    for o in cut:
        if o.shape.kind != "box" or o.shape.confidence < 0.8:
            continue
        made += [_box(*b) for b in _further(bare.ink, bare.turned, o.x, o.y, o.width, o.height)]
        on_its_side = _further(bare.turned, bare.ink, o.y, o.x, o.height, o.width)
        made += [_box(y, x, h, w) for x, y, w, h in on_its_side]
    low = settings.smallest * view.scale
    return [o for o in made if min(o.width, o.height) >= low and o.height <= settings.tallest * o.width]


def _further(ink: Mask, turned: Mask, x: int, y: int, w: int, h: int) -> list[tuple[int, int, int, int]]:
    """The rectangles that reach from a piece's far side up, or down, to the next line across beyond its near one."""
    found = []
    for up in (True, False):
        near, far = (y, y + h - 1) if up else (y + h - 1, y)
        if not _drawn(ink, far, x, x + w):
            continue
        first, last = (near - 3 * h, near - max(4, h // 2)) if up else (near + max(4, h // 2), near + 3 * h)
        lines = _lines_across(ink, max(0, first), min(ink.shape[0] - 1, last), x, x + w)
        for row in reversed(lines) if up else lines:
            top, bottom = min(row, far), max(row, far)
            if _is_frame(ink, turned, x, top, w, bottom - top + 1):
                found.append((x, top, w, bottom - top + 1))
                break
    return found


def _lines_across(ink: Mask, first: int, last: int, start: int, end: int) -> list[int]:
    """The rows that a line runs along without a gap to speak of."""
    if first >= last:
        return []
    block = ink[first : last + 1, max(0, start) : end]
    inked = cv2.reduce(block, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)
    return [first + int(i) for i in np.flatnonzero(np.asarray(inked) / block.shape[1] >= 0.9)]


def _halves(a: Outline, b: Outline, gap: float, near: float) -> bool:
    """Whether two outlines lie edge to edge, with the same sides, a line's thickness apart."""
    if abs(a.x - b.x) <= near and abs(a.x + a.width - b.x - b.width) <= near:
        apart = max(a.y, b.y) - min(a.y + a.height, b.y + b.height)
        if -2 <= apart <= gap:
            return True
    if abs(a.y - b.y) <= near and abs(a.y + a.height - b.y - b.height) <= near:
        apart = max(a.x, b.x) - min(a.x + a.width, b.x + b.width)
        return -2 <= apart <= gap
    return False

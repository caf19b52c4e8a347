"""Straight segments of connectors in the ink: horizontal, vertical and slanted ones, in pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.flowchart.drawing import LineSegment, Point
from pipeline.imaging.ink_pair import InkPair
from pipeline.imaging.morphology import Mask, boxes_of, odd, transposed
from pipeline.imaging.packed_bits import closed_vertical, opened_vertical, packed, unpacked
from pipeline.settings import SegmentSettings

PixelLine = tuple[Point, Point, float]  # two ends and a thickness, in pixels


def pixel_length(line: PixelLine) -> float:
    """The distance between a line's ends, in pixels."""
    return math.dist(line[0], line[1])


def is_near(point: Point, line: PixelLine, near: float) -> bool:
    """Whether a point lies within `near` pixels of a line."""
    return LineSegment(line[0], line[1]).distance(point) <= near


def line_thickness(bare: InkPair, scale: float, settings: SegmentSettings) -> float:
    """How thick the page's thicker lines are, in pixels: the upper quartile by length; 0 where there are none."""
    shortest = max(5, round(settings.shortest_measured * scale))
    lines = []
    for ink in (bare.ink, bare.transposed):
        runs = unpacked(opened_vertical(packed(ink), shortest), ink.shape[1])
        for x, y, w, h in boxes_of(runs):
            if h > settings.longest_measured * len(ink):
                continue  # a ruling that was left
            thickness = cv2.countNonZero(runs[y : y + h, x : x + w]) / h
            if thickness <= min(settings.thickest * scale, h / settings.slender):
                lines.append((thickness, h))
    if not lines:
        return 0.0
    lines.sort()
    reached = np.cumsum([length for _, length in lines])
    return float(lines[int(np.searchsorted(reached, settings.measured_quantile * reached[-1]))][0])


def axis_lines(
    bare: Mask, thickness: float, scale: float, settings: SegmentSettings
) -> tuple[list[PixelLine], list[PixelLine]]:
    """Horizontal and vertical lines: the slender ones, and those nearly as thick as long, which arrowheads fill.

    Args:
        bare: ink without rulings, words and symbols, uint8 (rows, columns), 0 or 1.
        thickness: that of the page's lines, in pixels; what is no longer than a line is thick is none.
        scale: pixels per point.
        settings: the thresholds.
    """
    shortest = max(5, round(settings.shortest * scale), round(settings.shortest_thick * thickness))
    slender: list[PixelLine] = []
    stubs: list[PixelLine] = []
    for ink, vertical in ((transposed(bare), False), (bare, True)):
        for a, b, thickness in _vertical_runs(ink, shortest, scale, settings):
            line = ((a[1], a[0]), (b[1], b[0]), thickness) if vertical else (a, b, thickness)
            length = math.dist(a, b) + 1
            if length >= settings.slender * thickness and thickness <= settings.thickest * scale:
                slender.append(line)
            elif length <= settings.longest_stub * scale:
                stubs.append(line)
    return slender, stubs


def _vertical_runs(ink: Mask, length: int, scale: float, settings: SegmentSettings) -> list[PixelLine]:
    """Vertical lines, their ends as (y, x); dots and dashes in a row are one. A line may slope a little."""
    bits = packed(ink)
    dashed = opened_vertical(closed_vertical(bits, odd(settings.dash_gap * scale)), settings.dashed_length * length)
    runs = transposed(unpacked(opened_vertical(bits, length) | dashed, ink.shape[1]))
    lines: list[PixelLine] = []
    for x, y, w, h in boxes_of(runs):
        area, left, right = _fit_row_line(runs[y : y + h, x : x + w])
        lines.append(((float(x), y + left), (float(x + w - 1), y + right), area / w))
    return lines


def _fit_row_line(block: Mask) -> tuple[int, float, float]:
    """A block's number of pixels, and the rows at which its line begins and ends: an arrowhead does not bend it."""
    h, w = block.shape
    if h == 1:
        return w, 0.0, 0.0
    counts = [cv2.countNonZero(row) for row in block]
    area = sum(counts)
    if h <= 3:
        middle = sum(y * count for y, count in enumerate(counts)) / area
        return area, middle, middle
    columns = np.arange(0, w, max(1, w // 40))
    sample = block[:, columns]
    ys = (np.arange(h) @ sample) / np.maximum(1, sample.sum(axis=0))
    away = columns - columns.mean()
    slope = float(away @ ys / (away @ away)) if len(columns) > 4 else 0.0
    if abs(slope) * w < 2 + 1e-9:  # pixels: less is no slope
        middle = median(ys.tolist())
        return area, middle, middle
    start = float(ys.mean() - slope * columns.mean())
    return area, start, start + slope * (w - 1)


def without_ruling_remains(lines: Sequence[PixelLine], rulings: Mask, settings: SegmentSettings) -> list[PixelLine]:
    """The lines without what is left of rulings that were not quite straight: such lie mostly in `rulings`."""
    if not lines:
        return []
    ends = np.array([(*a, *b) for a, b, _ in lines])
    counts = np.array([max(4, round(pixel_length(line) / 3)) for line in lines])
    starts = np.cumsum(counts) - counts
    share = (np.arange(counts.sum()) - np.repeat(starts, counts)) * np.repeat(1 / (counts - 1), counts)
    ax, ay, bx, by = np.repeat(ends, counts, axis=0).T
    rows, columns = rulings.shape
    ys = np.clip(np.rint(ay + (by - ay) * share).astype(int), 0, rows - 1)
    xs = np.clip(np.rint(ax + (bx - ax) * share).astype(int), 0, columns - 1)
    shares = np.add.reduceat(rulings[ys, xs], starts, dtype=np.int64) / counts
    return [line for line, covered in zip(lines, shares.tolist(), strict=True) if covered <= settings.on_ruling]


def slanted_lines(bare: Mask, found: Sequence[PixelLine], scale: float, settings: SegmentSettings) -> list[PixelLine]:
    """Lines neither horizontal nor vertical: long thin connected ink that none of the `found` lines explains."""
    rest = bare.copy()
    for a, b, thickness in found:
        ends = [(round(a[0]), round(a[1])), (round(b[0]), round(b[1]))]
        cv2.line(rest, ends[0], ends[1], 0, max(3, round(thickness) + 2))
    least, thickest = settings.shortest_slanted * scale, settings.thickest * scale
    lines = []
    for x, y, w, h in boxes_of(rest):
        reach = math.hypot(w, h)
        ink = rest[y : y + h, x : x + w]
        if reach < settings.slanted_part * least or cv2.countNonZero(ink) > thickest * reach:
            continue
        ys, xs = np.nonzero(ink)
        line = _fit_line(xs + x, ys + y, settings)
        if line and line[2] <= thickest:
            lines.append(line)
    joined = _join_collinear(lines, settings.dash_gap * scale, settings)
    return [line for line in joined if pixel_length(line) >= settings.slanted_whole * least]


def _fit_line(xs: NDArray[np.int64], ys: NDArray[np.int64], settings: SegmentSettings) -> PixelLine | None:
    """The principal axis of a cloud of pixels, None where they do not lie on a line."""
    middle = np.array([xs.mean(), ys.mean()])
    cloud = np.column_stack([xs, ys]) - middle
    small = len(cloud) < 2000  # a decomposition of all points is more exact, and slow for many
    axis = np.linalg.svd(cloud, full_matrices=False)[2][0] if small else np.linalg.eigh(cloud.T @ cloud)[1][:, 1]
    along, off = cloud @ axis, cloud @ np.array([-axis[1], axis[0]])
    thickness = len(xs) / max(1.0, float(np.ptp(along)))
    widest = max(settings.off_line, settings.off_line_share * thickness)
    if float(np.abs(off).max()) > widest or float(off.std()) > settings.off_line_deviation:
        return None
    a, b = middle + axis * along.min(), middle + axis * along.max()
    return (float(a[0]), float(a[1])), (float(b[0]), float(b[1])), thickness


def _join_collinear(lines: Sequence[PixelLine], gap: float, settings: SegmentSettings) -> list[PixelLine]:
    """Slanted lines that go on in each other, as beyond a ruling that was taken out, as one."""
    made: list[PixelLine] = []
    for line in sorted(lines, key=pixel_length, reverse=True):
        found = next((i for i, longer in enumerate(made) if _goes_on(line, longer, gap, settings)), None)
        if found is None:
            made.append(line)
        else:
            longer = made[found]
            a, b = max(((p, q) for p in longer[:2] for q in line[:2]), key=lambda pair: math.dist(*pair))
            made[found] = a, b, longer[2]
    return made


def _goes_on(line: PixelLine, longer: PixelLine, gap: float, settings: SegmentSettings) -> bool:
    """Whether a line lies on the straight line through a longer one, beyond its end."""
    near = min(math.dist(p, q) for p in longer[:2] for q in line[:2])
    (ax, ay), (bx, by) = longer[0], longer[1]
    length = max(1.0, pixel_length(longer))
    off = (abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length for x, y in line[:2])
    return near <= gap and max(off) <= settings.on_line


def is_barb(line: PixelLine, slanted: PixelLine, reach: float, settings: SegmentSettings) -> bool:
    """Whether a horizontal or vertical line is a part of the arrowhead (of `reach` pixels) at a slanted one's end."""
    if pixel_length(line) > settings.barb_length * reach or pixel_length(slanted) < reach:
        return False
    return any(math.dist(end, far) <= settings.barb_reach * reach for end in slanted[:2] for far in line[:2])


def extend_to_ink(slanted: PixelLine, bare: Mask, reach: float) -> PixelLine:
    """A slanted line with its ends moved to where the ink ends that it runs on in, by less than `reach` pixels."""
    a, b, thickness = slanted
    return _ink_end(b, a, bare, reach), _ink_end(a, b, bare, reach), thickness


def _ink_end(tail: Point, end: Point, bare: Mask, reach: float) -> Point:
    length = max(1.0, math.dist(tail, end))
    ux, uy = (end[0] - tail[0]) / length, (end[1] - tail[1]) / length
    for step in range(1, round(reach)):
        x, y = round(end[0] + ux * step), round(end[1] + uy * step)
        if not bare[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2].any():
            return end[0] + ux * (step - 1), end[1] + uy * (step - 1)
    return end

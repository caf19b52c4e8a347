"""Straight lines found in the pixels of an upright page."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model.page import Axis, Ruling
from pipeline.read.ink import Pixels
from pipeline.settings import ScanSettings

Points = NDArray[np.float64]


@dataclass(frozen=True)
class LineMask:
    """The pixels that belong to long horizontal and to long vertical lines: 1 where they do."""

    level: Pixels
    plumb: Pixels

    @property
    def both(self) -> Pixels:
        return np.asarray(self.level | self.plumb, dtype=np.uint8)


def line_mask(grey: Pixels, ink: Pixels, em: float, settings: ScanSettings) -> LineMask:
    """The long thin runs of a grey picture whose ink is known. `em` is the text size in pixels."""
    level = _long_runs(grey, ink, em, settings)
    plumb = np.ascontiguousarray(_long_runs(grey.T, ink.T, em, settings).T)
    return LineMask(_joined(level, plumb, em, settings), _joined(plumb.T, level.T, em, settings).T)


def _long_runs(grey: Pixels, ink: Pixels, em: float, settings: ScanSettings) -> Pixels:
    """1 on runs along the rows of at least settings.ruling_length em, thickened by a pixel on both sides.

    What counts is darker than what lies above and below it, be that paper or a grey fill: the strokes of letters,
    taller than a line is thick, do not add up. Where another line or stroke crosses, ink fills the gap; a faint
    line's small gaps are mended. A run must be thin for most of its length.
    """
    grey, ink = np.ascontiguousarray(grey), np.ascontiguousarray(ink)
    across = _bar(1, max(4, round(settings.ruling_thickness * em)) + 1)
    depth = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, across)
    need = cv2.max(cv2.multiply(cv2.bitwise_not(grey), settings.line_share), settings.line_contrast)
    thin = cv2.compare(depth, need, cv2.CMP_GE) & 1
    crossed = cv2.morphologyEx(thin, cv2.MORPH_CLOSE, _bar(max(3, round(settings.ruling_cross * em)) | 1, 1)) & ink
    mended = cv2.morphologyEx(thin, cv2.MORPH_CLOSE, _bar(max(3, round(settings.ruling_mend * em)) | 1, 1))
    wide = cv2.dilate(mended | crossed, _bar(1, 3))
    length = max(9, round(settings.ruling_length * em))
    runs = cv2.morphologyEx(wide, cv2.MORPH_OPEN, _bar(length, 1))
    return _mostly_thin(np.asarray(runs, dtype=np.uint8), np.asarray(thin, dtype=np.uint8), ink, settings)


def _mostly_thin(runs: Pixels, thin: Pixels, ink: Pixels, settings: ScanSettings) -> Pixels:
    """The runs whose ink is thin but for a share of settings.ruling_thick: the rest runs through the stems of letters."""
    count, labels = cv2.connectedComponents(runs, connectivity=8)
    place = np.flatnonzero(runs)
    part = labels.ravel()[place]
    thin_here = cv2.dilate(thin, _bar(1, 3)).ravel()[place]
    thick_here = ink.ravel()[place] & (thin_here ^ 1)
    thin_sum = np.bincount(part, weights=thin_here, minlength=count)
    thick_sum = np.bincount(part, weights=thick_here, minlength=count)
    keep = thick_sum <= settings.ruling_thick * (thin_sum + thick_sum)
    kept = np.zeros(runs.size, np.uint8)
    kept[place] = keep[part]
    return kept.reshape(runs.shape)


def _joined(runs: Pixels, others: Pixels, em: float, settings: ScanSettings) -> Pixels:
    """The runs that are long, or that meet a run of the other axis: a short line that stands alone is a stroke."""
    runs, others = np.ascontiguousarray(runs), np.ascontiguousarray(others)
    reach = max(3, round(2 * settings.ruling_meets * em)) | 1
    near = cv2.dilate(others, _bar(reach, reach))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    place = np.flatnonzero(runs)
    part = labels.ravel()[place]
    met = np.bincount(part, weights=near.ravel()[place], minlength=count)
    keep = (met > 0) | (stats[:, cv2.CC_STAT_WIDTH] >= settings.ruling_alone * em)
    kept = np.zeros(runs.size, np.uint8)
    kept[place] = keep[part]
    return kept.reshape(runs.shape)


def _bar(width: int, height: int) -> Pixels:
    return np.ones((height, width), np.uint8)


def traces(mask: Pixels, em: float, axis: Axis, settings: ScanSettings) -> list[Points]:
    """The course of each line in a mask of one axis: points (n, 2) of x, y in pixels, at steps along it."""
    work = np.ascontiguousarray(mask if axis == "h" else mask.T)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(work, connectivity=8)
    found = []
    for index in range(1, count):
        left, top, width, height, _area = stats[index]
        if width < settings.ruling_length * em:
            continue
        part = labels[top : top + height, left : left + width] == index
        course = _course(part)
        xs, ys = course[:, 0] + left, course[:, 1] + top
        found.append(np.column_stack([xs, ys] if axis == "h" else [ys, xs]))
    return found


def _course(part: NDArray[np.bool_]) -> Points:
    """The middle of the marked pixels of each column, as (column, row); columns without any are left out."""
    counts = part.sum(axis=0)
    rows = np.arange(part.shape[0]) @ part
    columns = np.nonzero(counts)[0]
    return np.column_stack([columns, rows[columns] / counts[columns]]).astype(np.float64)


def rulings(mask: LineMask, em: float, scale: float, settings: ScanSettings) -> list[Ruling]:
    """The lines of a mask as straight segments in points; a bent one is cut where it leaves its own width."""
    found: list[Ruling] = []
    axes: tuple[tuple[Axis, Pixels], ...] = (("h", mask.level), ("v", mask.plumb))
    for axis, pixels in axes:
        for course in traces(pixels, em, axis, settings):
            along, across = (course[:, 0], course[:, 1]) if axis == "h" else (course[:, 1], course[:, 0])
            found.append(_segment(axis, along, across, scale))
    return found


def _segment(axis: Axis, along: Points, across: Points, scale: float) -> Ruling:
    """`at` is the middle of the pixel row, hence the half pixel."""
    at = (float(np.median(across)) + 0.5) / scale
    return Ruling(axis, at, float(along.min()) / scale, (float(along.max()) + 1) / scale)

"""Which connected components of ink are letters, and which are specks or what is left of lines."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.components import Components, Stats
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

Marked = NDArray[np.bool_]


def is_letter(stats: Stats, em: float, settings: ScanSettings) -> Marked:
    """By component: no speck, and no larger than letters (or a row of touching letters) are."""
    width, height = stats[:, 2], stats[:, 3]
    low = np.minimum(width, height) <= settings.letter_limit * em
    letter = low & (np.maximum(width, height) <= settings.row_limit * em) & ~is_speck(stats, em, settings)
    letter[0] = False
    return np.asarray(letter)


def is_speck(stats: Stats, em: float, settings: ScanSettings) -> Marked:
    """By component: too small even for a dot."""
    largest = np.maximum(stats[:, 2], stats[:, 3])
    return np.asarray((largest < settings.speck * em) | (stats[:, 4] < (settings.speck * em) ** 2 / 2))


def is_line_remains(ink: Components, lines: Pixels, em: float, settings: ScanSettings) -> Marked:
    """By component: small, thinner than a full stop, and right beside a line for most of it: the line's frayed edge.

    Args:
        ink: The ink beside the lines.
        lines: uint8 (rows, columns), 1 where a line runs.
        em: The text size in pixels.
        settings: The scan's thresholds.
    """
    stats = ink.stats
    small = np.maximum(stats[:, 2], stats[:, 3]) < settings.remains * em
    small &= np.minimum(stats[:, 2], stats[:, 3]) <= settings.speck * em
    near = np.asarray(cv2.dilate(lines, np.ones((settings.line_blur, settings.line_blur), np.uint8)))
    beside = ink.count_where(near.ravel()[ink.index] > 0)
    frayed = np.asarray(small & (beside >= settings.remains_beside * np.maximum(1, stats[:, 4])))
    return frayed & ~_is_full_stop(stats, frayed, em, settings)


def _is_full_stop(stats: Stats, marks: Marked, em: float, settings: ScanSettings) -> Marked:
    """By component: whether it is one of the `marks`, and at the foot of a letter just left of it.

    A full stop stands so, also behind an underlined word.
    """
    stops = np.zeros(len(stats), dtype=bool)
    letters = stats[is_letter(stats, em, settings) & (stats[:, 3] >= settings.remains * em)]
    for mark in np.flatnonzero(marks):
        x, y, _, height, _ = stats[mark]
        gap = x - (letters[:, 0] + letters[:, 2])
        foot = np.abs(letters[:, 1] + letters[:, 3] - (y + height))
        behind = (gap >= -1) & (gap < settings.stop_gap * em)
        stops[mark] = bool(np.any(behind & (foot < settings.stop_foot * em)))
    return stops


def without_strays(boxes: NDArray[np.int32], em: float, settings: ScanSettings) -> Marked:
    """By box of some letters: large, or a dot or mark near a large one; what is small and far from all is dirt.

    Args:
        boxes: int32 (n, 4), rows of left, top, width and height in pixels.
        em: The text size in pixels.
        settings: The scan's thresholds.
    """
    sides = boxes.astype(np.float64)
    large = np.maximum(sides[:, 2], sides[:, 3]) >= settings.letter_least * em
    if large.all() or not large.any():
        return np.ones(len(boxes), dtype=np.bool_)
    middle = sides[~large, :2] + sides[~large, 2:4] / 2
    low, high = sides[large, :2], sides[large, :2] + sides[large, 2:4]
    away = np.maximum(np.maximum(low[None] - middle[:, None], middle[:, None] - high[None]), 0).max(axis=2).min(axis=1)
    keep = np.asarray(large.copy(), dtype=np.bool_)
    keep[~large] = (away <= settings.mark_reach * em) | _are_list_marks(sides[~large], sides[large], em, settings)
    return keep


def _are_list_marks(
    marks: NDArray[np.float64], letters: NDArray[np.float64], em: float, settings: ScanSettings
) -> Marked:
    """By box whether it may be a list item's dash or bullet: flat or round, in the middle of the line that it begins.

    Authors set the text of an item far behind its mark.

    Args:
        marks: float64 (n, 4), small boxes.
        letters: float64 (m, 4), the larger ones.
        em: The text size in pixels.
        settings: The scan's thresholds.
    """
    width, height = marks[:, 2], marks[:, 3]
    least, most = settings.list_mark
    shaped = (width >= least * em) & (width <= most * em) & (height <= width + 1)
    gap = letters[None, :, 0] - (marks[:, 0] + width)[:, None]
    off = np.abs((letters[:, 1] + letters[:, 3] / 2)[None] - (marks[:, 1] + height / 2)[:, None])
    begins = (gap >= 0) & (gap <= settings.list_reach * em) & (off <= settings.list_mark_height * em)
    return np.asarray(shaped & begins.any(axis=1))


def is_vertical(boxes: NDArray[np.int32], settings: ScanSettings) -> bool:
    """Whether most letters, int32 (n, 4), have the nearest other letter above or below them."""
    if len(boxes) < settings.vertical_letters:
        return False
    gaps = _gaps(boxes[:, 0], boxes[:, 2]) + _gaps(boxes[:, 1], boxes[:, 3]) * 1.0001  # beside rather than below
    np.fill_diagonal(gaps, np.inf)
    nearest = gaps.argmin(axis=1)
    middles = boxes[:, :2] + boxes[:, 2:4] / 2
    steps = np.abs(middles[nearest] - middles)
    return bool(np.mean(steps[:, 1] > steps[:, 0]) >= settings.vertical_share)


def _gaps(start: NDArray[np.int32], length: NDArray[np.int32]) -> NDArray[np.float64]:
    """The room between each pair of intervals, 0 where they overlap."""
    end = start + length
    apart = np.maximum(start[None, :] - end[:, None], start[:, None] - end[None, :])
    return np.maximum(0.0, apart)


def line_count(boxes: NDArray[np.int32]) -> int:
    """Count the printed lines that letters, int32 (n, 4), form.

    The middles of the next line's letters lie below the last one's feet.
    """
    count, foot = 0, -1.0
    for top, height in sorted((float(box[1]), float(box[3])) for box in boxes):
        if top + height / 2 > foot:
            count, foot = count + 1, top + height
    return count

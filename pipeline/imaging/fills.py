"""Areas filled with a tone darker than paper, and what is written in them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.components import label_components
from pipeline.imaging.illumination import correct_illumination
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings


def filled_areas(grey: Pixels, scale: float, settings: ScanSettings) -> NDArray[np.int32] | None:
    """Label the filled areas of a picture, whatever is written in them. They are looked for at half the resolution.

    Args:
        grey: uint8 (rows, columns).
        scale: Pixels per point.
        settings: The scan's thresholds.

    Returns:
        The label of every pixel, int32 (rows, columns), 0 on paper; None where nothing is filled.
    """
    half = np.asarray(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    scale = scale / 2
    half = correct_illumination(half, scale, settings.light_reach, settings.least_light)
    toned = np.asarray((half < settings.fill_tone * _paper_tone(half, settings)).view(np.uint8), dtype=np.uint8)
    core, reach = max(2, round(settings.fill_core * scale)), max(3, round(settings.fill_gap * scale))
    solid = cv2.morphologyEx(toned, cv2.MORPH_OPEN, np.ones((core, core), np.uint8))
    left, top, width, height = cv2.boundingRect(solid)
    if not width:
        return None
    rows, columns = slice(max(0, top - reach), top + height + reach), slice(max(0, left - reach), left + width + reach)
    found = _labelled(half[rows, columns], np.asarray(solid, dtype=np.uint8)[rows, columns], reach, scale, settings)
    if found is None:
        return None
    whole = np.zeros(half.shape, np.float32)
    whole[rows, columns] = found
    size = (grey.shape[1], grey.shape[0])
    return np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_NEAREST), dtype=np.int32)


def _labelled(
    grey: Pixels, solid: Pixels, reach: int, scale: float, settings: ScanSettings
) -> NDArray[np.int64] | None:
    """Labels of the filled areas about what is `solid`, None where there are none."""
    whole = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    whole[_borders(grey, scale, settings) > 0] = 0
    labels, stats = label_components(np.asarray(whole, dtype=np.uint8))
    count = len(stats)
    share = np.bincount(labels[solid > 0], minlength=count) / np.maximum(1, stats[:, cv2.CC_STAT_AREA])
    sides = np.minimum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    keep = (sides >= settings.fill_side * scale) & (share >= settings.fill_solid)
    keep[0] = False
    return np.where(keep, np.arange(count), 0)[labels] if keep.any() else None


def _paper_tone(grey: Pixels, settings: ScanSettings) -> float:
    """How light the paper is."""
    return float(np.percentile(grey[::4, ::4], settings.paper_percentile))


def _borders(grey: Pixels, scale: float, settings: ScanSettings) -> Pixels:
    """1 on the long dark lines that part one filled area from the next."""
    thick = round(settings.fill_line * scale) | 1
    depth = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((thick, thick), np.uint8))
    dark = np.asarray(depth >= settings.line_contrast, dtype=np.uint8)
    length = round(settings.fill_border * scale)
    horizontal = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    vertical = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    return np.asarray(cv2.dilate(cv2.bitwise_or(horizontal, vertical), np.ones((3, 3), np.uint8)), dtype=np.uint8)


def lighten_fills(grey: Pixels, text: Pixels, fills: NDArray[np.int32], settings: ScanSettings) -> Pixels:
    """Make every filled area as light as paper, and what is written in it dark.

    Args:
        grey: The picture as it was scanned, uint8 (rows, columns).
        text: The picture to change a copy of.
        fills: The label of every pixel, 0 on paper.
        settings: The scan's thresholds.
    """
    out = text.copy()
    paper = _paper_tone(grey, settings)
    for label in np.flatnonzero(np.bincount(fills[::4, ::4].ravel()))[1:]:
        rows, columns = _extent(fills == label)
        inside = fills[rows, columns] == label
        tones = _lightened(grey[rows, columns].astype(np.float64), inside, paper, settings)
        part = out[rows, columns]
        part[inside] = np.clip(tones[inside], 0, 255).astype(np.uint8)
    return out


def _lightened(
    tones: NDArray[np.float64], inside: NDArray[np.bool_], paper: float, settings: ScanSettings
) -> NDArray[np.float64]:
    """The tones of one area on white: inverted where what is written in it is lighter than its fill."""
    fill = float(np.median(tones[inside]))
    lighter = np.mean(tones[inside] > fill + settings.fill_contrast)
    darker = np.mean(tones[inside] < fill - settings.fill_contrast)
    if lighter > settings.fill_inverted * darker and lighter >= settings.fill_written:
        return np.asarray(255 - (tones - fill) * 255 / max(1.0, paper - fill), dtype=np.float64)
    return np.asarray(tones * 255 / max(1.0, fill), dtype=np.float64)


def _extent(marked: NDArray[np.bool_]) -> tuple[slice, slice]:
    rows, columns = np.flatnonzero(marked.any(axis=1)), np.flatnonzero(marked.any(axis=0))
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)

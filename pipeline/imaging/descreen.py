"""Descreening: greys that a black-and-white scan shows as dots of black become grey again.

Such dots are neither a fill nor letters, and hide what is written among them.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.components import label_components
from pipeline.imaging.morphology import Mask, closed, odd, opened
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

_MIDDLE = 128  # 0..255: what is darker is black
_SAMPLE = 3  # every third row and column tells whether a picture has greys
_NOISE = 84.0  # percentile: that of one standard deviation above the median


def descreened(picture: Pixels, scale: float, settings: ScanSettings) -> Pixels:
    """Make areas of dots an even grey, in which what is written is dark, where a picture is black and white.

    Args:
        picture: uint8, grey (rows, columns); one in colour (rows, columns, 3) comes back as it is.
        scale: Pixels per point.
        settings: The scan's thresholds.
    """
    if picture.ndim == 3 or not _is_black_and_white(picture, settings):
        return picture
    screens = _screens(picture, scale, settings)
    if not screens.any():
        return picture
    clean = picture.copy()
    labels, stats = label_components(screens)
    for label in range(1, len(stats)):
        left, top, width, height = (int(value) for value in stats[label][:4])
        window = slice(top, top + height), slice(left, left + width)
        inside = labels[window] == label
        clean[window][inside] = _evened(_smoothed(picture, window, scale, settings)[inside], settings)
    return clean


def _is_black_and_white(picture: Pixels, settings: ScanSettings) -> bool:
    """Whether next to no pixel is grey."""
    sample = picture[::_SAMPLE, ::_SAMPLE]
    low, high = settings.greys
    return bool(np.count_nonzero((sample > low) & (sample < high)) <= settings.greys_share * sample.size)


def _screens(picture: Pixels, scale: float, settings: ScanSettings) -> Mask:
    """1 on areas in which much is dots: ink, or paper between ink, in pieces smaller than any letter."""
    ink = np.asarray(cv2.threshold(picture, _MIDDLE - 1, 1, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
    dots = _dots(ink, scale, settings) | _dots(np.asarray(ink ^ 1, dtype=np.uint8), scale, settings)
    side, gap, apart = (odd(length * scale) for length in (settings.fill_side, settings.fill_gap, settings.screen_gap))
    density = cv2.boxFilter(dots, cv2.CV_32F, (side, side))
    few = np.asarray(density >= settings.screen_share[0], dtype=np.uint8)
    labels, stats = label_components(few)
    many = np.zeros(len(stats), np.bool_)
    many[labels[density >= settings.screen_share[1]]] = True
    many[0] = False
    screens = closed(dots, apart, apart) & many[labels].view(np.uint8)
    return opened(closed(screens, gap, gap), side, side)


def _dots(ink: Mask, scale: float, settings: ScanSettings) -> Mask:
    """The pieces of a mask that are smaller than any letter; pieces that only share a corner are two."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=4)
    small = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= settings.screen_dot * scale
    small[0] = False
    return np.asarray(small[labels], dtype=np.uint8)


def _smoothed(picture: Pixels, window: tuple[slice, slice], scale: float, settings: ScanSettings) -> Pixels:
    """A part of a picture with its dots averaged."""
    rows, columns = window
    sigma = settings.screen_blur * scale
    reach = round(3 * sigma) + 1
    top, left = max(0, rows.start - reach), max(0, columns.start - reach)
    around = np.ascontiguousarray(picture[top : rows.stop + reach, left : columns.stop + reach])
    smooth = np.asarray(cv2.GaussianBlur(around, (0, 0), sigma), dtype=np.uint8)
    return smooth[rows.start - top :, columns.start - left :][: rows.stop - rows.start, : columns.stop - columns.start]


def _evened(tones: NDArray[np.uint8], settings: ScanSettings) -> NDArray[np.uint8]:
    """The tones of an area with the noise taken off its ground, which most of it is."""
    ground, above = (float(tone) for tone in np.percentile(tones, (50.0, _NOISE)))
    darkest = max(1.0, ground - settings.screen_noise * (above - ground))
    return np.asarray(np.clip(tones * (ground / darkest), 0, ground), dtype=np.uint8)

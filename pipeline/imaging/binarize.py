"""What is ink and what is paper: local contrast and thresholds."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.colour import luminance
from pipeline.imaging.components import nonzero_indices
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings


def binarize(grey: Pixels, window: float, contrast: int) -> Pixels:
    """1 where a pixel is darker than its surroundings (`window` pixels wide) by at least `contrast`, else 0."""
    return threshold(local_contrast(grey, window), contrast)


def local_contrast(grey: Pixels, window: float) -> Pixels:
    """By how much each pixel is darker than the mean of its surroundings (`window` pixels wide), 0 where it is not."""
    size = max(3, round(window) | 1)
    border = cv2.BORDER_REPLICATE | cv2.BORDER_ISOLATED
    return np.asarray(cv2.subtract(cv2.boxFilter(grey, -1, (size, size), borderType=border), grey), dtype=np.uint8)


def threshold(contrast: Pixels, least: int) -> Pixels:
    """1 where the contrast is at least `least`, else 0."""
    return np.asarray(cv2.threshold(contrast, least - 1, 1, cv2.THRESH_BINARY)[1], dtype=np.uint8)


def despeckle(picture: Pixels, settings: ScanSettings) -> Pixels:
    """Take salt and pepper off a picture, grey or RGB: pixels unlike all around them, where lone ones tell of some.

    The middle third of a page's rows tells, as salt and pepper is all over it. Ragged edges of a black-and-white fax
    are smoothed by the same filter, and strokes as thin as a pixel stay. Of small print, which is little else than such
    strokes, nothing but specks is taken; a clean page is returned as it is.
    """
    third = len(picture) // 3
    if _lone_share(luminance(picture[third : -third or None]), settings) < settings.speckled:
        return picture
    grey = luminance(picture)
    cleaned = np.asarray(cv2.medianBlur(picture, 3), dtype=np.uint8)
    odd = luminance(np.asarray(cv2.absdiff(picture, cleaned), dtype=np.uint8)) > settings.odd_pixel
    index = np.flatnonzero(odd)
    specks = _are_specks(grey, index, settings)
    if np.count_nonzero(~specks) > settings.small_print * np.count_nonzero(grey <= settings.speck_tone):
        index = index[specks]
    else:
        index = index[~_in_strokes(grey, luminance(cleaned), index, settings.odd_pixel)]
    smoothed = cleaned.reshape(odd.size, -1)[index]
    np.copyto(cleaned, picture)
    cleaned.reshape(odd.size, -1)[index] = smoothed
    return cleaned


def _are_specks(grey: Pixels, index: NDArray[np.int64], settings: ScanSettings) -> NDArray[np.bool_]:
    """By flat index of a pixel whether next to none around it is as dark, or as light, as it is."""
    dark = np.asarray(cv2.threshold(grey, settings.speck_tone, 1, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
    size = (settings.speck_reach, settings.speck_reach)
    company = np.asarray(cv2.boxFilter(dark, -1, size, normalize=False), dtype=np.uint8).ravel()[index]
    alike = np.where(dark.ravel()[index] > 0, company, size[0] * size[1] - company)
    return np.asarray(alike <= settings.speck_pixels)


def _in_strokes(grey: Pixels, cleaned: Pixels, index: NDArray[np.int64], least: int) -> NDArray[np.bool_]:
    """By flat index of a pixel whether two opposite neighbours differ from the cleaned picture as it does itself."""
    columns = grey.shape[1]
    tone = cleaned.ravel()[index].astype(np.int16)
    lighter = grey.ravel()[index] > tone
    found = np.zeros(len(index), np.bool_)
    for step in (1, columns - 1, columns, columns + 1):
        one, other = (grey.ravel().take(index + way, mode="clip") for way in (-step, step))
        found |= np.where(lighter, np.minimum(one, other) > tone + least, np.maximum(one, other) < tone - least)
    return found


def _lone_share(grey: Pixels, settings: ScanSettings) -> float:
    """The share of pixels that are dark where all around is light: the dot of a small i has its stem nearby."""
    dark = np.asarray(cv2.threshold(grey, settings.speck_tone, 1, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
    size = (settings.speck_window, settings.speck_window)
    company = np.asarray(cv2.boxFilter(dark, -1, size, normalize=False), dtype=np.uint8)
    return float(np.count_nonzero(company.ravel()[nonzero_indices(dark)] == 1)) / dark.size

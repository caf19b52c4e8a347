"""Descreening: greys that a black-and-white scan shows as dots of black become grey again.

Such dots are neither a fill nor letters, and hide what is written among them.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.components import BAND, label_components
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
    shaded = _shaded_rows(picture, scale, settings)
    if shaded is None:
        return picture
    clean = picture.copy()
    rows = clean[shaded]
    for window, inside in _areas(_screens(picture[shaded], scale, settings), scale):
        rows[window][inside] = _evened(_smoothed(picture[shaded], window, scale, settings)[inside], settings)
    return clean


def _shaded_rows(picture: Pixels, scale: float, settings: ScanSettings) -> slice | None:
    """From the first to the last row of a picture in which dots are seen in some columns; None where there are none."""
    strips = _strips_of(picture, scale, settings)
    seen = np.flatnonzero(_shares(_dots(strips, scale, settings), scale, settings)[1].any(axis=1))
    if not len(seen):
        return None
    beyond = settings.fill_side + settings.fill_gap
    top, bottom = ((place + way * beyond) * scale for place, way in ((seen[0], -1), (seen[-1] + 1, 1)))
    return slice(max(0, round(top)), min(len(picture), round(bottom)))


def _is_black_and_white(picture: Pixels, settings: ScanSettings) -> bool:
    """Whether next to no pixel is grey."""
    sample = picture[::_SAMPLE, ::_SAMPLE]
    low, high = settings.greys
    return bool(np.count_nonzero((sample > low) & (sample < high)) <= settings.greys_share * sample.size)


def _screens(picture: Pixels, scale: float, settings: ScanSettings) -> Mask:
    """1 on areas in which much is dots: ink, or paper between ink, in pieces smaller than any letter."""
    dots = _dots(picture, scale, settings)
    few, enough = _shares(dots, scale, settings)
    labels, stats = label_components(few.view(np.uint8))
    many = np.zeros(len(stats), np.bool_)
    many[labels[enough]] = True
    many[0] = False
    apart, gap, side = (odd(length * scale) for length in (settings.screen_gap, settings.fill_gap, settings.fill_side))
    screens = closed(dots, apart, apart) & _in_pixels(many[labels].view(np.uint8), picture)
    return opened(closed(screens, gap, gap), side, side)


def _strips_of(picture: Pixels, scale: float, settings: ScanSettings) -> Pixels:
    """Some columns of a picture side by side, black between them: what is shaded is mostly wide."""
    width, step = (round(length * scale) for length in settings.screen_strips)
    parts = [picture[:, left : left + width] for left in range(0, picture.shape[1], step)]
    bar = np.zeros((len(picture), 2), np.uint8)
    return np.concatenate([column for part in parts for column in (part, bar)], axis=1)


def _shares(dots: Mask, scale: float, settings: ScanSettings) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where some of an area is dots, and where as much is as without letters; a pixel is a point."""
    side = odd(settings.fill_side)
    density = cv2.boxFilter(_in_points(dots * np.uint8(255), scale), -1, (side, side))
    few, enough = (density >= share * 255 for share in settings.screen_share)
    return np.asarray(few), np.asarray(enough)


def _areas(screens: Mask, scale: float) -> Iterator[tuple[tuple[slice, slice], NDArray[np.bool_]]]:
    """Each area of a mask that lies apart from others by itself: its rows and columns, and which pixels there are its.

    They are told apart in a picture of a pixel to a point, as labels of every pixel take four bytes.
    """
    labels, stats = label_components((_in_points(screens * np.uint8(255), scale) > 0).view(np.uint8))
    down, across = len(screens) / len(labels), screens.shape[1] / labels.shape[1]
    for label in range(1, len(stats)):
        left, top, width, height = (int(value) for value in stats[label][:4])
        rows = slice(int(top * down), int(np.ceil((top + height) * down)))
        columns = slice(int(left * across), int(np.ceil((left + width) * across)))
        own = (labels[top : top + height, left : left + width] == label).view(np.uint8)
        part = screens[rows, columns]
        yield (rows, columns), (part & _in_pixels(own, part)) > 0


def _in_points(mask: Mask, scale: float) -> Mask:
    """A mask of 0 and 255 as its mean over each point."""
    size = max(1, round(mask.shape[1] / scale)), max(1, round(len(mask) / scale))
    return np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _in_pixels(mask: Mask, like: Pixels) -> Mask:
    """A mask as large as a picture."""
    return np.asarray(cv2.resize(mask, (like.shape[1], len(like)), interpolation=cv2.INTER_NEAREST), dtype=np.uint8)


def _dots(picture: Pixels, scale: float, settings: ScanSettings) -> Mask:
    """1 on pieces of ink, and of paper, that are smaller than any letter; pieces that only share a corner are two."""
    dots = np.zeros(picture.shape, np.uint8)
    size = settings.screen_dot * scale
    reach = int(size) + 1  # a piece that goes on beyond it is larger
    for top in range(0, len(picture), BAND):
        first, last = max(0, top - reach), min(len(picture), top + BAND + reach)
        ink = (picture[first:last] < _MIDDLE).view(np.uint8)
        if not ink.any():
            continue
        own = slice(top - first, min(top + BAND, len(picture)) - first)
        for piece in (ink, ink ^ 1):
            _, labels, stats, _ = cv2.connectedComponentsWithStats(piece, connectivity=4)
            small = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= size
            small[0] = False
            dots[top : top + BAND] |= small[labels[own]].view(np.uint8)
    return dots


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

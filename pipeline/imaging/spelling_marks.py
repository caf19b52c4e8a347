"""The wavy underlines of a spell checker in a picture of a screen, which are no ink of the document."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.colour import chroma, luminance
from pipeline.imaging.components import label_components
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

_SAMPLE = 3  # pixels: of a picture, every third is looked at for colour first
_BAND = 256  # rows that are looked at at a time: the labels of a whole page at 300 dpi take 35 MB

Mask = NDArray[np.bool_]
Window = tuple[slice, slice]


def without_spelling_marks(picture: Pixels, scale: float, settings: ScanSettings) -> Pixels:
    """Paint coloured thin zigzags below words in the colour around them.

    A red word that touches its mark keeps it.

    Args:
        picture: uint8, RGB (rows, columns, 3); a grey one (rows, columns) has no colour, and comes back as it is.
        scale: Pixels per point.
        settings: The scan's thresholds.
    """
    if picture.ndim == 2 or not (chroma(picture[::_SAMPLE, ::_SAMPLE]) > settings.coloured).any():
        return picture
    zigzags = list(_zigzags(picture, scale, settings))
    if not zigzags:
        return picture
    clean = picture.copy()
    for window, mask in zigzags:
        stroke = cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        stroke &= chroma(picture[window]) > settings.chroma_of_black
        clean[window][stroke] = _paper(picture[window])
    return clean


def _zigzags(picture: Pixels, scale: float, settings: ScanSettings) -> Iterator[tuple[Window, Mask]]:
    """The places of spelling marks, with a rim of a pixel, and which pixels there are of them.

    They are looked for band by band: each is seen with the words above its marks, and with all that these reach of the
    next one.
    """
    above = 2 * ceil(settings.zigzag_word * scale / 2) + 2  # even, as components are labelled by squares of 2 pixels
    below = ceil(settings.zigzag_height[1] * scale) + 2
    for top in range(0, len(picture), _BAND):
        first = max(0, top - above)
        seen, begin = picture[first : top + _BAND + below], range(top - first, top - first + _BAND)
        for (rows, columns), mask in _zigzags_in(seen, begin, scale, settings):
            yield (slice(rows.start + first, rows.stop + first), columns), mask


def _zigzags_in(picture: Pixels, begin: range, scale: float, settings: ScanSettings) -> Iterator[tuple[Window, Mask]]:
    """Those of a part of a picture whose first row is one of some."""
    coloured = (chroma(picture) > settings.coloured).view(np.uint8)
    if not coloured.any():
        return
    gap = round(settings.zigzag_gap * scale) | 1
    joined = np.asarray(cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8)), dtype=np.uint8)
    labels, stats = label_components(joined)
    width, height = stats[:, cv2.CC_STAT_WIDTH] / scale, stats[:, cv2.CC_STAT_HEIGHT] / scale
    low, high = settings.zigzag_height
    flat = (height >= low) & (height <= high) & (width >= settings.zigzag_length)
    flat &= (stats[:, cv2.CC_STAT_TOP] >= begin.start) & (stats[:, cv2.CC_STAT_TOP] < begin.stop)
    flat[0] = False
    for label in np.flatnonzero(flat):
        left, top, columns, rows = (int(value) for value in stats[label][:4])
        inner = slice(top, top + rows), slice(left, left + columns)
        own = (labels[inner] == label) & (coloured[inner] > 0)
        if is_zigzag(
            np.where(own, 255 - luminance(np.ascontiguousarray(picture[inner])), 0), settings
        ) and _stands_below_words(picture, inner, scale, settings):
            window = slice(max(0, top - 1), top + rows + 1), slice(max(0, left - 1), left + columns + 1)
            yield window, np.asarray(labels[window] == label)


def is_zigzag(darkness: NDArray[np.integer[Any]], settings: ScanSettings) -> bool:
    """Whether a flat component is a thin line that goes up and down in even steps, as no word and no dash does.

    Args:
        darkness: 0..255 (rows, columns) on its pixels, 0 beside them; its sides are those of the component.
        settings: The scan's thresholds.
    """
    rows, columns = darkness.shape
    strokes = np.maximum(darkness - 0.5 * darkness.max(), 0.0)  # JPEG smears the colour beside a line, not its tone
    weight = strokes.sum(axis=0)
    there = np.flatnonzero(weight)
    if len(there) < settings.zigzag_drawn * columns or np.count_nonzero(strokes) > settings.zigzag_ink * strokes.size:
        return False
    middle = (strokes * np.arange(rows)[:, None]).sum(axis=0)[there] / weight[there]
    turns = there[_turning_points(middle, settings.zigzag_swing * rows)]
    steps = np.diff(turns)
    if len(steps) < settings.zigzag_turns:
        return False
    even = np.abs(steps - np.median(steps)) <= settings.zigzag_uneven * np.median(steps)
    return bool(even.mean() >= settings.zigzag_even and np.median(steps) <= settings.zigzag_step * rows)


def _turning_points(heights: NDArray[np.float64], swing: float) -> list[int]:
    """The places at which a course turns from up to down or back, having gone at least `swing` since it last did."""
    turns: list[int] = []
    rising: bool | None = None
    extreme = 0
    for place, height in enumerate(heights):
        ahead = height - heights[extreme]
        if rising is None and abs(ahead) >= swing:
            rising, extreme = bool(ahead > 0), place
        elif rising is not None and (ahead >= 0) == rising:
            extreme = place
        elif rising is not None and abs(ahead) >= swing:
            turns.append(extreme)
            rising, extreme = not rising, place
    return turns


def _stands_below_words(picture: Pixels, inner: Window, scale: float, settings: ScanSettings) -> bool:
    """Whether most of what is right above a place is written."""
    rows, columns = inner
    above = picture[max(0, rows.start - round(settings.zigzag_word * scale)) : rows.start, columns]
    if not above.size:
        return False
    tone = luminance(np.ascontiguousarray(above)).astype(np.int16)
    written = tone < int(np.percentile(tone, settings.paper_percentile)) - settings.coloured
    return bool(written.any(axis=0).mean() >= settings.zigzag_written)


def _paper(part: Pixels) -> NDArray[np.uint8]:
    """The colour of what lies around a mark, channel by channel the brightest there mostly is."""
    return np.percentile(part.reshape(-1, part.shape[2]), 90, axis=0).astype(np.uint8)

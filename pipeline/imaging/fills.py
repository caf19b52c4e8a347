"""Areas filled with a tone darker than paper, and what is written in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.components import label_components
from pipeline.imaging.illumination import correct_illumination
from pipeline.imaging.morphology import odd
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

Labels = NDArray[np.uint8] | NDArray[np.uint16]


def filled_areas(grey: Pixels, scale: float, settings: ScanSettings, colour: Pixels | None = None) -> Labels | None:
    """Label the filled areas of a picture, whatever is written in them. They are looked for at half the resolution.

    Args:
        grey: uint8 (rows, columns).
        scale: Pixels per point.
        settings: The scan's thresholds.
        colour: How much colour each pixel of the picture at half its size has; None of a picture without. A pale
            yellow is hardly darker than paper.

    Returns:
        The label of every pixel, (rows, columns), 0 on paper; None where nothing is filled.
    """
    half = np.asarray(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    scale = scale / 2
    half = correct_illumination(half, scale, settings.light_reach, settings.least_light)
    toned = np.asarray((half < settings.fill_tone * _paper_tone(half, settings)).view(np.uint8), dtype=np.uint8)
    if colour is not None:
        toned |= _tinted(colour, settings)
    core, reach = odd(settings.fill_core * scale), odd(settings.fill_gap * scale)
    solid = cv2.morphologyEx(toned, cv2.MORPH_OPEN, np.ones((core, core), np.uint8))
    left, top, width, height = cv2.boundingRect(solid)
    if not width:
        return None
    rows, columns = slice(max(0, top - reach), top + height + reach), slice(max(0, left - reach), left + width + reach)
    found = _labelled(half[rows, columns], np.asarray(solid, dtype=np.uint8)[rows, columns], reach, scale, settings)
    if found is None:
        return None
    whole = np.zeros(half.shape, found.dtype)
    whole[rows, columns] = found
    size = (grey.shape[1], grey.shape[0])
    return cast(Labels, cv2.resize(whole, size, interpolation=cv2.INTER_NEAREST))


def _tinted(colour: Pixels, settings: ScanSettings) -> Pixels:
    """1 where a picture has more colour than its paper has."""
    return np.asarray(colour > float(np.median(colour[::4, ::4])) + settings.chroma_of_black, dtype=np.uint8)


def _labelled(grey: Pixels, solid: Pixels, reach: int, scale: float, settings: ScanSettings) -> Labels | None:
    """Labels of the filled areas about what is `solid`, None where there are none."""
    whole = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    whole[_borders(grey, scale, settings) > 0] = 0
    labels, stats = label_components(np.asarray(whole, dtype=np.uint8))
    count = len(stats)
    share = np.bincount(labels[solid > 0], minlength=count) / np.maximum(1, stats[:, cv2.CC_STAT_AREA])
    sides = np.minimum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    keep = (sides >= settings.fill_side * scale) & (share >= settings.fill_solid)
    keep[0] = False
    numbers = np.cumsum(keep) * keep
    if not keep.any():
        return None
    few = numbers.max() <= np.iinfo(np.uint8).max
    return numbers.astype(np.uint8)[labels] if few else numbers.astype(np.uint16)[labels]


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


def lighten_fills(
    grey: Pixels, pictures: Sequence[Pixels], fills: Labels, scale: float, settings: ScanSettings
) -> None:
    """Make every filled area of some pictures as light as paper, and what is written in it dark, in place.

    Where a line borders on a fill, what is beside the line is made as light as paper, too.

    Args:
        grey: The picture as it was scanned, uint8 (rows, columns).
        pictures: Those that are changed.
        fills: The label of every pixel, 0 on paper.
        scale: Pixels per point.
        settings: The scan's thresholds.
    """
    paper, reach = _paper_tone(grey, settings), round(settings.fill_line * scale)
    for label in np.flatnonzero(np.bincount(fills[::4, ::4].ravel()))[1:]:
        area = _extent(fills == label, reach)
        inside, bare = fills[area] == label, fills[area] == 0
        tones, inverted = _lightened(grey[area], inside, paper, settings)
        light = np.clip(tones, 0, 255).astype(np.uint8)[grey[area]]
        rim = np.zeros_like(inside) if inverted else bare & _around(inside, reach)
        for picture in pictures:
            part = picture[area]
            part[inside] = light[inside]
            part[rim] = np.maximum(part[rim], light[rim])


def _around(inside: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    size = 2 * reach + 1
    return np.asarray(cv2.dilate(inside.astype(np.uint8), np.ones((size, size), np.uint8)) > 0)


def _lightened(
    tones: Pixels, inside: NDArray[np.bool_], paper: float, settings: ScanSettings
) -> tuple[NDArray[np.float64], bool]:
    """What each tone of an area is on white, and whether that is inverted: its writing is lighter than its fill."""
    every = np.arange(256, dtype=np.float64)
    fill = float(np.median(tones[inside]))
    written = tones[_core(inside)]
    lighter = np.count_nonzero(written > fill + settings.fill_contrast) / max(1, written.size)
    darker = np.count_nonzero(written < fill - settings.fill_contrast) / max(1, written.size)
    if lighter > settings.fill_inverted * darker and lighter >= settings.fill_written:
        return np.asarray(255 - (every - fill) * 255 / max(1.0, paper - fill), dtype=np.float64), True
    return np.asarray(every * 255 / max(1.0, fill), dtype=np.float64), False


def _core(inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """An area without its edge, which may lie on the paper beside it."""
    return np.asarray(cv2.erode(inside.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0)


def _extent(marked: NDArray[np.bool_], reach: int) -> tuple[slice, slice]:
    rows, columns = np.flatnonzero(marked.any(axis=1)), np.flatnonzero(marked.any(axis=0))
    return (
        slice(max(0, int(rows[0]) - reach), int(rows[-1]) + 1 + reach),
        slice(max(0, int(columns[0]) - reach), int(columns[-1]) + 1 + reach),
    )

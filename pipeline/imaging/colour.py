"""The tone in which all text is dark on light: stamps faded, coloured words kept, white on dark turned over."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.binarize import black_tone, coloured_ink, darkness_tone, flattened, pieces_of
from pipeline.imaging.components import InkPieces
from pipeline.imaging.illumination import evenly_lit
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Tones:
    """Grey pictures of a page, uint8 (rows, columns): `lines` in which its lines are dark, `text` in which its text is.

    `coloured` is 1 on ink that is not black, None where there is next to none.
    """

    lines: Pixels
    text: Pixels
    coloured: Pixels | None


def tones_of(colour: Pixels, scale: float, settings: ScanSettings) -> Tones:
    """The tones of a picture, RGB or grey, with `scale` pixels per point; on fills both are as if on paper."""
    grey = darkness_tone(colour)
    even = text = flattened(grey, settings.paper_reach * scale)
    coloured = None
    fills = filled_areas(grey, scale, settings)
    if colour.ndim == 3:
        text = flattened(black_tone(colour, settings.paper_reach * scale, settings), settings.paper_reach * scale)
        coloured = coloured_ink(even, text, settings)
    if coloured is not None:
        if fills is not None:
            coloured[_grown(fills > 0, settings.fill_core * scale)] = 0  # a fill's rim is no ink
        text = np.where(coloured_words(coloured, scale, settings), even, text)
    if fills is None:
        return Tones(even, text, coloured)
    text = _on_fills(grey, text, fills, settings)
    return Tones(np.where(fills > 0, text, even), text, coloured)


def _grown(mask: Mask, reach: float) -> Mask:
    size = round(reach) | 1
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((size, size), np.uint8)) > 0)


def filled_areas(grey: Pixels, scale: float, settings: ScanSettings) -> NDArray[np.int32] | None:
    """Labels of the areas filled with a tone darker than paper, whatever is written in them, and 0 elsewhere.

    None where there are none. They are looked for at half the resolution.
    """
    half = np.asarray(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    scale = scale / 2
    half = evenly_lit(half, scale, settings.light_reach, settings.least_light)
    toned = np.asarray((half < settings.fill_tone * _paper(half)).view(np.uint8), dtype=np.uint8)
    core, reach = max(2, round(settings.fill_core * scale)), max(3, round(settings.fill_gap * scale))
    solid = cv2.morphologyEx(toned, cv2.MORPH_OPEN, np.ones((core, core), np.uint8))
    left, top, width, height = cv2.boundingRect(solid)
    if not width:
        return None
    rows, columns = slice(max(0, top - reach), top + height + reach), slice(max(0, left - reach), left + width + reach)
    found = _filled(half[rows, columns], np.asarray(solid, dtype=np.uint8)[rows, columns], reach, scale, settings)
    if found is None:
        return None
    whole = np.zeros(half.shape, np.float32)
    whole[rows, columns] = found
    size = (grey.shape[1], grey.shape[0])
    return np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_NEAREST), dtype=np.int32)


def _filled(grey: Pixels, solid: Pixels, reach: int, scale: float, settings: ScanSettings) -> NDArray[np.int64] | None:
    """Labels of the filled areas about what is `solid`, None where there are none."""
    whole = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    whole[_borders(grey, scale, settings) > 0] = 0
    labels, stats = pieces_of(np.asarray(whole, dtype=np.uint8))
    count = len(stats)
    share = np.bincount(labels[solid > 0], minlength=count) / np.maximum(1, stats[:, cv2.CC_STAT_AREA])
    sides = np.minimum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    keep = (sides >= settings.fill_side * scale) & (share >= settings.fill_solid)
    keep[0] = False
    return np.where(keep, np.arange(count), 0)[labels] if keep.any() else None


def _paper(grey: Pixels) -> float:
    """How light the paper is."""
    return float(np.percentile(grey[::4, ::4], 90))


def _borders(grey: Pixels, scale: float, settings: ScanSettings) -> Pixels:
    """1 on the long dark lines that part one filled cell from the next."""
    thick = round(settings.fill_line * scale) | 1
    depth = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((thick, thick), np.uint8))
    dark = np.asarray(depth >= settings.line_contrast, dtype=np.uint8)
    length = round(settings.fill_border * scale)
    level = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    plumb = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    return np.asarray(cv2.dilate(cv2.bitwise_or(level, plumb), np.ones((3, 3), np.uint8)), dtype=np.uint8)


def _on_fills(grey: Pixels, black: Pixels, fills: NDArray[np.int32], settings: ScanSettings) -> Pixels:
    """The picture with every filled area made light, and what is written in it dark."""
    out = black.copy()
    paper = _paper(grey)
    for label in np.flatnonzero(np.bincount(fills[::4, ::4].ravel()))[1:]:
        rows, columns = _extent(fills == label)
        inside = fills[rows, columns] == label
        tone = grey[rows, columns].astype(np.float64)
        level = float(np.median(tone[inside]))
        lighter = np.mean(tone[inside] > level + settings.fill_contrast)
        darker = np.mean(tone[inside] < level - settings.fill_contrast)
        if lighter > 2 * darker and lighter >= settings.fill_written:
            fresh = 255 - (tone - level) * 255 / max(1.0, paper - level)
        else:
            fresh = tone * 255 / max(1.0, level)
        part = out[rows, columns]
        part[inside] = np.clip(fresh[inside], 0, 255).astype(np.uint8)
    return out


def _extent(mask: Mask) -> tuple[slice, slice]:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def coloured_words(ink: Pixels, scale: float, settings: ScanSettings) -> Mask:
    """True around coloured ink that is type: neighbourhoods in which next to nothing is larger than a letter.

    A stamp's rings, a signature's strokes and the lines of coloured symbols are larger, and take all that is near
    them along.
    """
    pieces = InkPieces.of(ink)
    stats = pieces.boxes
    low, high = (length * scale for length in settings.letter_height)
    height, width = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    area = stats[:, cv2.CC_STAT_AREA].astype(np.float64)
    letter = (np.maximum(height, width) >= low) & (height <= high) & (width <= 2 * high)
    letter[0] = False
    reach = round(settings.word_reach * scale) | 1
    around = cv2.dilate(ink, np.ones((reach, reach), np.uint8))
    homes, areas = cv2.connectedComponents(np.asarray(around, dtype=np.uint8))
    home = np.zeros(len(stats), np.int64)
    home[pieces.piece] = np.asarray(areas).ravel()[pieces.place]
    total = np.bincount(home[1:], weights=area[1:], minlength=homes)
    typed = np.bincount(home[1:], weights=(area * letter)[1:], minlength=homes)
    letters = np.bincount(home[1:], weights=letter[1:], minlength=homes)
    words = (typed >= settings.word_typed * total) & (letters >= settings.word_letters)
    words[0] = False
    return np.asarray(words[areas], dtype=np.bool_)

"""Ink over print: a stamp's rings and a signature's strokes that are lighter than the letters they run through."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.colour import GreyVersions
from pipeline.imaging.components import Components, large_components
from pipeline.imaging.morphology import dilated, odd
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

_VOTES = 100  # of Hough's accumulator at half the resolution: a diamond's sides and a round box's ends get fewer
_CIRCLES = 8  # so many of those with most votes are looked at, at ...
_SAMPLES = 180  # ... so many places
_NEAR = 5  # pixels: the side of the square about such a place in which a stroke is on the circle


def light_strokes(grey: Pixels, ink: Components, em: float, settings: ScanSettings) -> Pixels | None:
    """Find the strokes of large components that are lighter than letters: on a scan without colour a stamp is such.

    Args:
        grey: uint8 (rows, columns), dark on light.
        ink: The ink beside the lines.
        em: The text size in pixels.
        settings: The scan's thresholds.

    Returns:
        uint8 (rows, columns): 1 on such strokes and their rim, but not right beside what is as dark as letters; None
        where there are none.
    """
    stats, tones = ink.stats, grey.ravel()[ink.index]
    large = np.minimum(stats[:, 2], stats[:, 3]) >= settings.stamp_size * em
    large &= stats[:, 4] <= settings.stamp_fill * stats[:, 2].astype(np.int64) * stats[:, 3]
    letters = np.maximum(stats[:, 2], stats[:, 3]) <= em
    letters[0] = large[0] = False
    if not large.any() or not letters.any():
        return None
    core, usual = np.percentile(tones[letters[ink.label]], (settings.letter_percentile, 50))
    light = np.zeros(len(tones), np.bool_)
    stamp: list[float] = []
    pixels = np.flatnonzero(large[ink.label])
    labels = ink.label[pixels]
    for label in np.flatnonzero(large):
        mine = pixels[labels == label]
        tone = float(np.median(tones[mine]))
        if tone - usual >= settings.stamp_lighter:
            light[mine] = tones[mine] > core + settings.stamp_part * (tone - core)
            stamp.append(tone)
    if not stamp:
        return None
    light |= _fragments(ink, tones, light, max(stamp) - settings.stamp_lighter, em)
    strokes = np.zeros(grey.shape, np.uint8)
    strokes.ravel()[ink.index[light]] = 1
    dark = np.asarray(ink.mask & (strokes ^ 1), dtype=np.uint8)
    beside = np.ones((3, 3), np.uint8)
    near, rim = (np.asarray(cv2.dilate(mask, beside), dtype=np.uint8) for mask in (dark, strokes))
    return np.asarray(rim & (near ^ 1), dtype=np.uint8)


def _fragments(
    ink: Components, tones: NDArray[np.uint8], light: NDArray[np.bool_], lightest: float, em: float
) -> NDArray[np.bool_]:
    """Which pixels of ink belong to small components around a stamp that have no darker pixel than it."""
    rows, columns = np.divmod(ink.index[light], ink.mask.shape[1])
    stats, reach = ink.stats, em
    near = (stats[:, 0] + stats[:, 2] >= columns.min() - reach) & (stats[:, 0] <= columns.max() + reach)
    near &= (stats[:, 1] + stats[:, 3] >= rows.min() - reach) & (stats[:, 1] <= rows.max() + reach)
    darkest = np.full(len(stats), 255, np.uint8)
    np.minimum.at(darkest, ink.label, tones)
    near &= darkest >= lightest
    near[0] = False
    return np.asarray(near[ink.label])


def round_stamps(grey: Pixels, strokes: Pixels, em: float, settings: ScanSettings) -> Pixels | None:
    """Find those of some strokes that make, or run into, a ring as large as a round stamp's: no symbol is such.

    Args:
        grey: The picture that text is read from, uint8 (rows, columns).
        strokes: uint8 (rows, columns), 1 on strokes that are taken off it.
        em: The text size in pixels.
        settings: The scan's thresholds.

    Returns:
        uint8 (rows, columns): 1 on these, and on their rim; None where there are none.
    """
    gap = odd(settings.stamp_gap * em)
    found = np.zeros(strokes.shape, np.uint8)
    for window, around in large_components(dilated(strokes, gap, gap), 2 * settings.stamp_radius[0] * em):
        own = np.asarray(strokes[window] & around, dtype=np.uint8)
        if _has_ring(own, em, settings):
            found[window] |= own
    if not found.any():
        return None
    rim = np.asarray(cv2.dilate(found, np.ones((3, 3), np.uint8)), dtype=np.uint8)
    rim &= (grey >= settings.mark_tone).view(np.uint8)
    rim |= found
    return rim


def _has_ring(strokes: Pixels, em: float, settings: ScanSettings) -> bool:
    """Whether most of a circle of a stamp's size is drawn."""
    least, most = (round(radius * em) for radius in settings.stamp_radius)
    framed = cv2.copyMakeBorder(strokes * np.uint8(255), most, most, most, most, cv2.BORDER_CONSTANT, value=0)
    circles = cv2.HoughCircles(
        framed, cv2.HOUGH_GRADIENT, 2, em, param1=100, param2=_VOTES, minRadius=least, maxRadius=most
    )
    if circles is None:
        return False
    near = cv2.dilate(framed, np.ones((_NEAR, _NEAR), np.uint8)) > 0
    angles = np.linspace(0, 2 * np.pi, _SAMPLES, endpoint=False)
    for x, y, radius in np.asarray(circles, dtype=np.float64).reshape(-1, 3)[:_CIRCLES]:
        rows = np.clip(np.rint(y + radius * np.sin(angles)), 0, near.shape[0] - 1).astype(int)
        columns = np.clip(np.rint(x + radius * np.cos(angles)), 0, near.shape[1] - 1).astype(int)
        if near[rows, columns].mean() >= settings.stamp_ring:
            return True
    return False


def ink_places(strokes: Pixels, side: float) -> list[tuple[int, int, int, int]]:
    """List the squares of a page that have such strokes, as (left, top, right, bottom) in pixels.

    Args:
        strokes: uint8 (rows, columns), 1 on strokes.
        side: Of a square, in pixels.
    """
    step = max(1, round(side))
    rows, columns = np.divmod(np.flatnonzero(strokes), strokes.shape[1])
    squares = np.unique(np.stack([rows // step, columns // step], axis=1), axis=0).tolist()
    return [(x * step, y * step, (x + 1) * step, (y + 1) * step) for y, x in squares]


def without_strokes(grey: Pixels, strokes: Pixels) -> Pixels:
    """A picture, grey or RGB, with strokes as light as paper; it may be finer than their mask."""
    size = (grey.shape[1], grey.shape[0])
    fitted = strokes if strokes.shape == grey.shape[:2] else cv2.resize(strokes, size, interpolation=cv2.INTER_NEAREST)
    cleared = grey.copy()
    cleared[np.asarray(fitted) > 0] = 255
    return cleared


def faded_ink(grey: GreyVersions, settings: ScanSettings) -> Pixels | None:
    """1 on coloured ink that was faded in the picture that text is read from; None on a page without any."""
    if grey.coloured is None:
        return None
    faded = np.asarray(cv2.subtract(grey.text, grey.lines) >= settings.coloured, dtype=np.uint8)
    return np.asarray(faded & grey.coloured, dtype=np.uint8)

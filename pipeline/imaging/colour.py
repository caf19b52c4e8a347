"""Colour removal: stamps fade, coloured words stay, and text on fills becomes dark on light.

What is worked out pixel by pixel from three channels is worked out in strips of rows: of a page at 300 dpi each such
picture takes 26 MB.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.components import BandLabels, Labels, Stats, bands_of, label_components, nonzero_indices
from pipeline.imaging.fills import filled_areas, lighten_fills
from pipeline.imaging.freed_memory import release_memory
from pipeline.imaging.illumination import flatten_background, paper_step
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

Marked = NDArray[np.bool_]

STRIP = 64  # rows: a strip's three channels stay in the processor's cache


@dataclass(frozen=True)
class GreyVersions:
    """Grey pictures of a page, each uint8 (rows, columns), ink dark on light.

    Attributes:
        lines: In which all lines are dark, coloured ones too.
        text: In which all text is dark, and stamps are faded.
        coloured: 1 on ink that is not black; None where there is next to none.
        lightest: The lightest channel of each pixel, in which coloured ink is light and black as dark as it is; None
            where `coloured` is.
    """

    lines: Pixels
    text: Pixels
    coloured: Pixels | None
    lightest: Pixels | None = None


def grey_versions(picture: Pixels, scale: float, settings: ScanSettings) -> GreyVersions:
    """Make the grey pictures in which lines and text are looked for; in both, fills are made as light as paper.

    Args:
        picture: uint8, RGB (rows, columns, 3) or grey (rows, columns).
        scale: Pixels per point.
        settings: The scan's thresholds.
    """
    grey = luminance(picture)
    fills = filled_areas(grey, scale, settings, None if picture.ndim == 2 else chroma(_halved(picture)))
    release_memory(picture.nbytes)
    faded = None if picture.ndim == 2 else remove_colour(picture, grey, scale, settings)
    lightest = None if faded is None else _lightest_channel(picture)
    del picture  # the largest of all, where it was made for this call
    even = text = flatten_background(grey, scale, settings)
    if faded is not None:
        text = flatten_background(faded, scale, settings)
        del faded
    coloured = None if text is even else coloured_ink(even, text, settings)
    if coloured is None:
        lightest = None
    elif lightest is not None:
        lightest = flatten_background(lightest, scale, settings)
        if fills is not None:
            near = _dilated(fills > 0, settings.fill_core * scale)
            cv2.subtract(coloured, near, dst=coloured)  # a fill's rim is no ink
            del near
        np.copyto(text, even, where=coloured_text(coloured, scale, settings))
    if fills is not None:
        lighten_fills(grey, (even,) if text is even else (even, text), fills, scale, settings)
    return GreyVersions(even, text, coloured, lightest)


def _dilated(marked: Marked, reach: float) -> Pixels:
    """1 at most half of `reach` pixels from what is marked, one way and the other."""
    size = round(reach) | 1
    return np.asarray(cv2.dilate(marked.view(np.uint8), np.ones((size, size), np.uint8)), dtype=np.uint8)


def luminance(picture: Pixels) -> Pixels:
    """The luminance of a picture, uint8 (rows, columns): all ink counts, coloured lines among it."""
    if picture.ndim == 2:
        return picture
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def _halved(picture: Pixels) -> Pixels:
    return np.asarray(cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _strips(picture: Pixels) -> Iterator[slice]:
    """The rows of a picture, some at a time."""
    return (slice(top, top + STRIP) for top in range(0, len(picture), STRIP))


def _lightest_channel(picture: Pixels) -> Pixels:
    lightest = np.empty(picture.shape[:2], np.uint8)
    for rows in _strips(picture):
        red, green, blue = cv2.split(picture[rows])
        lightest[rows] = cv2.max(cv2.max(red, green), blue)
    return lightest


def drop_faint_colour(picture: Pixels, settings: ScanSettings) -> Pixels:
    """Make a picture grey where it has next to no colour, which is cheaper to work with; else return it as it is."""
    if picture.ndim == 2:
        return picture
    third = (-(-picture.shape[1] // 3), -(-picture.shape[0] // 3))
    sample = np.asarray(cv2.resize(picture, third, interpolation=cv2.INTER_NEAREST), dtype=np.uint8)
    if np.count_nonzero(chroma(sample) > settings.coloured) < settings.coloured_share * sample[..., 0].size:
        return luminance(picture)
    return picture


def remove_colour(picture: Pixels, grey: Pixels, scale: float, settings: ScanSettings) -> Pixels | None:
    """The luminance with coloured ink faded to white, so that black text stays where a stamp lies over it.

    Colour is what differs from the paper's own nearby: black on yellow is black to its very edges.

    Args:
        picture: uint8, RGB (rows, columns, 3).
        grey: Its luminance.
        scale: Pixels per point.
        settings: The scan's thresholds.

    Returns:
        uint8 (rows, columns); None where the picture has next to no colour.
    """
    colour = chroma(picture)
    if np.count_nonzero(colour > settings.coloured) < settings.coloured_share * grey.size:
        return None
    paper = _coloured_paper(picture, scale, settings)
    if paper is not None:
        _colour_on_paper(picture, paper, settings, colour)
    excess = np.maximum(colour, settings.chroma_of_black, out=colour)
    excess -= np.uint8(settings.chroma_of_black)
    return np.asarray(cv2.addWeighted(grey, 1.0, excess, settings.chroma_fade, 0, dst=excess), dtype=np.uint8)


def chroma(picture: Pixels) -> Pixels:
    """The difference between the strongest and the weakest channel of an RGB picture, uint8 (rows, columns)."""
    colour = np.empty(picture.shape[:2], np.uint8)
    for rows in _strips(picture):
        red, green, blue = cv2.split(picture[rows])
        high, low = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
        colour[rows] = cv2.subtract(high, low)
    return colour


def _coloured_paper(picture: Pixels, scale: float, settings: ScanSettings) -> Pixels | None:
    """The colour of a picture's paper, some samples of each way; None where it is white, or grey."""
    step = paper_step(scale, settings)
    small = cv2.resize(picture, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    paper = np.asarray(cv2.medianBlur(small, settings.paper_window), dtype=np.uint8)
    if np.count_nonzero(chroma(paper) > settings.coloured) < settings.coloured_paper * paper[..., 0].size:
        return None
    return paper


def _colour_on_paper(picture: Pixels, paper: Pixels, settings: ScanSettings, colour: Pixels) -> None:
    """Fill in how much colour the picture would have if its paper, of which samples are given, were white.

    A channel that the paper hardly has tells nothing: its brightest channel stands in.
    """
    size = (picture.shape[1], picture.shape[0])
    large = np.asarray(cv2.resize(paper, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
    for rows in _strips(picture):
        under = large[rows]
        white = np.asarray(cv2.divide(picture[rows], under, scale=255), dtype=np.uint8)
        brightest = np.take_along_axis(white, under.argmax(axis=2)[..., None], axis=2)
        colour[rows] = chroma(np.where(under < settings.dim_channel, brightest, white))


def coloured_ink(grey: Pixels, faded: Pixels, settings: ScanSettings) -> Pixels | None:
    """1 on ink that colour removal took away; None on a page that has next to none."""
    mask = (np.asarray(cv2.subtract(faded, grey)) >= settings.coloured).view(np.uint8)
    return mask if np.count_nonzero(mask) > settings.coloured_share * mask.size else None


def coloured_text(ink: Pixels, scale: float, settings: ScanSettings) -> Marked:
    """True around coloured ink that is text: neighbourhoods in which next to nothing is larger than a letter.

    A stamp's rings, a signature's strokes and the lines of coloured symbols are larger, and take all that is near
    them along.
    """
    marked = np.zeros(ink.shape, np.bool_)
    reach = round(settings.word_reach * scale) | 1
    left, top, width, height = cv2.boundingRect(ink)
    window = slice(max(0, top - reach), top + height + reach), slice(max(0, left - reach), left + width + reach)
    if width:
        _mark_text(np.ascontiguousarray(ink[window]), marked[window], reach, scale, settings)
    return marked


def _mark_text(ink: Pixels, marked: Marked, reach: int, scale: float, settings: ScanSettings) -> None:
    """Mark the same in the part of a page that has coloured ink; what is `reach` pixels apart belongs together."""
    around = np.asarray(cv2.dilate(ink, np.ones((reach, reach), np.uint8)), dtype=np.uint8)
    stats, home, areas = _areas_of(ink, around)
    count = max(int(number.max()) for number in areas) + 1
    low, high = (length * scale for length in settings.letter_height)
    height, width = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    area = stats[:, cv2.CC_STAT_AREA].astype(np.float64)
    letter = (np.maximum(height, width) >= low) & (height <= high) & (width <= settings.letter_width * high)
    letter[0] = False
    total = np.bincount(home[1:], weights=area[1:], minlength=count)
    typed = np.bincount(home[1:], weights=(area * letter)[1:], minlength=count)
    letters = np.bincount(home[1:], weights=letter[1:], minlength=count)
    words = (typed >= settings.word_typed * total) & (letters >= settings.word_letters)
    words[0] = False
    for rows, number in zip(bands_of(around), areas, strict=True):
        marked[rows] = words[number][label_components(around[rows])[0]]


def _areas_of(ink: Pixels, around: Pixels) -> tuple[Stats, NDArray[np.int64], tuple[Labels, ...]]:
    """Find the components of ink, and of what is near it.

    Args:
        ink: uint8 (rows, columns), 0 or 1.
        around: The same, 1 on all that is near ink.

    Returns:
        The stats of the components of ink; by each of them the one of `around` that it lies in; and by band the number
        of one of `around` by its label there.
    """
    inks, wholes = BandLabels(ink), BandLabels(around)
    parts = []
    for rows in bands_of(ink):
        own, area, index = inks.label(rows), wholes.label(rows), nonzero_indices(ink[rows])
        part = np.zeros(int(own.max()) + 1, np.int64)
        part[own.ravel()[index]] = area.ravel()[index]
        parts.append(part)
    (numbers, stats), (areas, _) = inks.joined(), wholes.joined()
    home = np.zeros(len(stats), np.int64)
    for part, number, place in zip(parts, numbers, areas, strict=True):
        home[number] = place[part]
    return stats, home, areas

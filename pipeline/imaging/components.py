"""Connected components of ink, as lists of their pixels: ink is a tenth of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

Labels = NDArray[np.int32]
Stats = NDArray[np.int32]
"""By component: left, top, width, height and area in pixels, as OpenCV gives them."""

BAND = 128  # rows that are labelled at a time; even, as labels are given by squares of 2 pixels


def nonzero_indices(mask: Pixels) -> NDArray[np.int64]:
    """The flat indices of the pixels that are 1; all others are 0."""
    return np.flatnonzero(np.ascontiguousarray(mask).view(np.bool_))  # numpy counts truths ten times as fast as bytes


def label_components(mask: Pixels) -> tuple[Labels, Stats]:
    """Label the 8-connected components of a mask.

    Of OpenCV's algorithms this one is 2.5 times as fast as the default on a page of text.

    Returns:
        The label of every pixel, int32 (rows, columns), 0 where the mask is 0; and by label the component's stats.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(mask, 8, cv2.CV_32S, cv2.CCL_BBDT)
    return np.asarray(labels, dtype=np.int32), np.asarray(stats, dtype=np.int32)


def letter_stats(mask: Pixels, scale: float, settings: ScanSettings) -> Stats:
    """The stats of the components of a letter's size, where `mask` has `scale` pixels per point."""
    return letter_sized(label_components(mask)[1][1:], scale, settings)


def letter_sized(stats: Stats, scale: float, settings: ScanSettings) -> Stats:
    """Those of some components that are as large as letters."""
    low, high = settings.letter_height[0] * scale, settings.letter_height[1] * scale
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    size = np.maximum(width, height)
    keep = (size >= low) & (size <= high) & (np.minimum(width, height) >= low / settings.letter_slender)
    return np.asarray(stats[keep], dtype=np.int32)


def em_from_heights(heights: NDArray[np.int32], scale: float, settings: ScanSettings) -> float:
    """Estimate the text size in pixels from the heights of its letters; the usual one where there are too few."""
    if len(heights) < settings.letters_needed:
        return settings.usual_em * scale
    return settings.em_of_letter * float(np.median(heights))


class BandLabels:
    """Labels the components of a mask band by band: the labels of a whole page take four bytes a pixel.

    What is asked for its labels, each band once and from the top down, is put together in the end.
    """

    def __init__(self, mask: Pixels) -> None:
        """Take uint8 (rows, columns), 0 or 1."""
        self._mask = mask
        self._stats: list[Stats] = []
        self._edges: list[tuple[Labels, Labels]] = []

    def label(self, rows: slice) -> Labels:
        """The labels of the next band, numbered from 1 there; 0 where the mask is 0."""
        labels, stats = label_components(self._mask[rows])
        stats[:, cv2.CC_STAT_TOP] += rows.start
        self._stats.append(stats)
        self._edges.append((labels[0].copy(), labels[-1].copy()))
        return labels

    def joined(self) -> tuple[tuple[Labels, ...], Stats]:
        """By band the number on the page of each component by its label there, and the stats by number.

        Components are numbered as `label_components` does.
        """
        return _joined(self._stats, self._edges)


def bands_of(mask: Pixels) -> Iterator[slice]:
    """The rows of a mask that are labelled at a time."""
    return (slice(top, min(top + BAND, len(mask))) for top in range(0, len(mask), BAND))


def large_components(mask: Pixels, least: float) -> Iterator[tuple[tuple[slice, slice], Pixels]]:
    """Find the components of a mask, uint8 (rows, columns), 0 or 1, that are so many pixels large both ways.

    Yields:
        The rows and columns of each, and 1 where in these it is.
    """
    bands, places = BandLabels(mask), list(bands_of(mask))
    for rows in places:
        bands.label(rows)
    numbers, stats = bands.joined()
    for number in np.flatnonzero(np.minimum(stats[1:, 2], stats[1:, 3]) >= least) + 1:
        left, top, width, height = (int(value) for value in stats[number][:4])
        columns, own = slice(left, left + width), np.zeros((height, width), np.uint8)
        for rows, numbered in zip(places, numbers, strict=True):
            low, high = max(top, rows.start), min(top + height, rows.stop)
            if low < high:
                labels = label_components(mask[rows])[0][low - rows.start : high - rows.start, columns]
                own[low - top : high - top] = (numbered == number)[labels]
        yield (slice(top, top + height), columns), own


def _joined(found: Sequence[Stats], edges: Sequence[tuple[Labels, Labels]]) -> tuple[tuple[Labels, ...], Stats]:
    """Number the components of bands, of which some go on in the next one.

    Args:
        found: By band the stats of its components.
        edges: By band the labels in its first row and in its last.

    Returns:
        By band the number of each component by its label, and the stats by number.
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    starts = np.cumsum([0, *(len(stats) - 1 for stats in found)])  # what the labels of a band are counted on from
    own = [np.arange(len(stats)) + start for stats, start in zip(found, starts[:-1], strict=True)]
    for labels in own:
        labels[0] = 0
    pairs = [
        _touching(above[last], below[first])
        for (above, (_, last)), (below, (first, _)) in pairwise(zip(own, edges, strict=True))
    ]
    one, other = np.concatenate([np.zeros((2, 0), np.int64), *pairs], axis=1)
    count = int(starts[-1]) + 1
    graph = coo_matrix((np.ones(len(one), np.int32), (one, other)), shape=(count, count))
    group = connected_components(graph, directed=False)[1]
    first_of = np.full(count, count)
    np.minimum.at(first_of, group, np.arange(count))
    number = np.unique(first_of[group], return_inverse=True)[1].astype(np.int32)
    numbers = tuple(number[labels] for labels in own)
    return numbers, _merged(np.concatenate(found), np.concatenate(numbers))


def _touching(above: NDArray[np.int64], below: NDArray[np.int64]) -> NDArray[np.int64]:
    """The pairs (2, n) of components that touch from one row to the next, corners counted; 0 is none."""
    found = []
    for one, other in ((above, below), (above[1:], below[:-1]), (above[:-1], below[1:])):
        both = (one > 0) & (other > 0)
        found.append(np.stack([one[both], other[both]]))
    return np.concatenate(found, axis=1)


def _merged(stats: Stats, number: Labels) -> Stats:
    """The stats by number of components whose parts have these stats and numbers."""
    count = int(number.max()) + 1
    seen = stats[:, cv2.CC_STAT_AREA] > 0  # a band may be all ink
    stats, number = stats[seen].astype(np.int64), number[seen]
    low, high = np.full((2, count), np.iinfo(np.int32).max), np.zeros((2, count), np.int64)
    for side in range(2):
        np.minimum.at(low[side], number, stats[:, side])
        np.maximum.at(high[side], number, stats[:, side] + stats[:, side + 2])
    area = np.bincount(number, weights=stats[:, cv2.CC_STAT_AREA], minlength=count).astype(np.int64)
    low = np.minimum(low, high)
    return np.stack([*low, *(high - low), area], axis=1).astype(np.int32)


@dataclass(frozen=True)
class Components:
    """The connected components of a mask.

    Attributes:
        mask: uint8 (rows, columns), 1 where there is ink, 0 elsewhere.
        stats: By label; the first is the background.
        index: The flat indices of all pixels of ink.
        label: The component that each of them belongs to.
    """

    mask: Pixels
    stats: Stats
    index: NDArray[np.int64]
    label: Labels

    @classmethod
    def of(cls, mask: Pixels) -> Components:
        """Label a mask."""
        bands = BandLabels(mask)
        label = [bands.label(rows).ravel()[nonzero_indices(mask[rows])] for rows in bands_of(mask)]
        numbers, stats = bands.joined()
        for own, number in zip(label, numbers, strict=True):
            own[...] = number[own]
        return cls(mask, stats, nonzero_indices(mask), np.concatenate(label))

    def em(self, scale: float, settings: ScanSettings) -> float:
        """The text size in pixels, where the mask has `scale` pixels per point."""
        heights = letter_sized(self.stats[1:], scale, settings)[:, cv2.CC_STAT_HEIGHT]
        return em_from_heights(heights, scale, settings)

    @cached_property
    def half_index(self) -> NDArray[np.int64]:
        """The flat indices of the pixels in a picture of half the resolution, rounded down."""
        rows, columns = self.mask.shape[0] // 2, self.mask.shape[1] // 2
        y, x = np.divmod(self.index, self.mask.shape[1])
        return np.asarray(np.minimum(y // 2, rows - 1) * columns + np.minimum(x // 2, columns - 1), dtype=np.int64)

    def count_where(self, marked: NDArray[np.bool_]) -> NDArray[np.int64]:
        """By label how many of its pixels are true in `marked`, which goes along with `index`."""
        return np.bincount(self.label[marked], minlength=len(self.stats))

    def painted(self, values: NDArray[np.uint16]) -> NDArray[np.uint16]:
        """A picture with every component in its value, and 0 where there is no ink."""
        picture = np.zeros(self.mask.shape, np.uint16)
        picture.ravel()[self.index] = values[self.label]
        return picture

    def drawn_onto(self, picture: Pixels, chosen: NDArray[np.bool_]) -> Pixels:
        """A copy of a picture with the chosen components drawn as 1."""
        copy = picture.copy()
        copy.ravel()[self.index[chosen[self.label]]] = 1
        return copy

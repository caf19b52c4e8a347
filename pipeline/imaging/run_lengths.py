"""Run-length encoding of long thin lines: lists of their pixels, as lines are a small part of a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model.pixels import Pixels

Points = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True)
class LineRuns:
    """Lines along the rows of a picture (vertical ones: of its transpose), each a connected group of runs of ink.

    Attributes:
        rows: Of the picture.
        columns: Of the picture.
        index: The flat indices of all pixels of the lines.
        label: The line that each of them belongs to.
        left: By line the column that it starts in.
        length: By line how many columns it is long.
    """

    rows: int
    columns: int
    index: Indices
    label: Indices
    left: Indices
    length: Indices

    @cached_property
    def mask(self) -> Pixels:
        """uint8 (rows, columns): 1 on the lines, 0 elsewhere."""
        return _mask_of(self.index, self.rows, self.columns)

    @cached_property
    def transposed_index(self) -> Indices:
        """The flat indices of their pixels in the transposed picture."""
        row, column = np.divmod(self.index, self.columns)
        return column * self.rows + row

    @cached_property
    def transposed_mask(self) -> Pixels:
        """The mask, transposed: uint8 (columns, rows)."""
        return _mask_of(self.transposed_index, self.columns, self.rows)

    @cached_property
    def profile(self) -> ThicknessProfile:
        """How thick each line is along its course, and where it lies."""
        return ThicknessProfile.of(self)

    def select(self, keep: NDArray[np.bool_]) -> LineRuns:
        """Keep the lines whose `keep` is true."""
        return self if keep.all() else self.select_pixels(keep[self.label])

    def select_pixels(self, stays: NDArray[np.bool_]) -> LineRuns:
        """Keep the pixels whose `stays` is true, which goes along with `index`."""
        return replace(self, index=self.index[stays], label=self.label[stays])

    def near_ends(self, reach: int) -> tuple[LineRuns, LineRuns]:
        """Keep the pixels at most `reach` from the left end of their line, and those so near to its right end."""
        along = self.index % self.columns - self.left[self.label]
        return self.select_pixels(along <= reach), self.select_pixels(along >= self.length[self.label] - 1 - reach)

    def count_marked(self, marked: Pixels) -> Points:
        """How many of each line's pixels are 1 in `marked`."""
        return self.count_where(marked.ravel()[self.index] > 0)

    def count_where(self, marked: NDArray[np.bool_]) -> Points:
        """How many of each line's pixels are true in `marked`, which goes along with `index`."""
        return np.bincount(self.label[marked], minlength=len(self.length)).astype(np.float64)


def _mask_of(index: Indices, rows: int, columns: int) -> Pixels:
    """A picture that is 1 at some flat indices."""
    mask = np.zeros(rows * columns, np.uint8)
    mask[index] = 1
    return mask.reshape(rows, columns)


@dataclass(frozen=True)
class ThicknessProfile:
    """Lines column by column.

    Line i takes the slots from `start[i]` on, one for each column from its left end to its right.

    Attributes:
        start: By line, and one more where the last one ends.
        count: By slot how many of the line's pixels are in that column.
        middle: By slot the mean of their rows, 0 where there are none.
    """

    start: Indices
    count: Indices
    middle: Points

    @classmethod
    def of(cls, runs: LineRuns) -> ThicknessProfile:
        """Measure the profile of lines."""
        start = np.concatenate([[0], np.cumsum(runs.length)])
        slot = _slots(runs, start)
        count = np.bincount(slot, minlength=int(start[-1]))
        rows = runs.index // runs.columns
        total = np.bincount(slot, weights=rows, minlength=int(start[-1])).astype(np.float64)
        return cls(start, count, np.divide(total, count, out=np.zeros_like(total), where=count > 0))

    def of_line(self, line: int) -> slice:
        """The slots of a line."""
        return slice(int(self.start[line]), int(self.start[line + 1]))

    def slots(self, runs: LineRuns) -> Indices:
        """The slot of each pixel of lines that the profile was made of."""
        return _slots(runs, self.start)

    @cached_property
    def line(self) -> Indices:
        """The line that each slot belongs to."""
        return np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))

    def rise(self) -> Points:
        """By line how many rows its middle lies apart at its highest and lowest; 0 for one without pixels."""
        if len(self.start) == 1:
            return np.zeros(0)
        seen, first = self.count > 0, self.start[:-1]
        highest = np.minimum.reduceat(np.where(seen, self.middle, np.inf), first)
        lowest = np.maximum.reduceat(np.where(seen, self.middle, -np.inf), first)
        return np.asarray(np.maximum(lowest - highest, 0.0), dtype=np.float64)

    def median_thickness(self) -> Points:
        """By line the median of its thickness over its columns; 0 for one without pixels."""
        most = int(self.count.max(initial=0)) + 1
        shape = (len(self.start) - 1, most)
        table = np.bincount(self.line * most + self.count, minlength=shape[0] * shape[1]).reshape(shape)
        table[:, 0] = 0
        below = np.cumsum(table, axis=1)
        columns = below[:, -1]
        middles = [(below > rank[:, None]).argmax(axis=1) for rank in ((columns - 1) // 2, columns // 2)]
        return np.where(columns > 0, (middles[0] + middles[1]) / 2, 0.0)


def _slots(runs: LineRuns, start: Indices) -> Indices:
    """The slot of each pixel, where those of a line begin at its `start`."""
    return np.asarray(start[runs.label] + runs.index % runs.columns - runs.left[runs.label], dtype=np.int64)


def find_line_runs(mask: Pixels, least: int, gap: int) -> LineRuns:
    """Find the lines of a mask: runs that touch, if only by their corners, are one, and so are near ones in a row.

    Args:
        mask: uint8 (rows, columns), 0 or 1.
        least: Shorter runs are left out.
        gap: How many pixels runs of one line may be apart in a row.
    """
    first, last = _long_runs(mask, least)
    apart = np.flatnonzero((np.diff(first // mask.shape[1]) > 0) | (first[1:] - last[:-1] > gap)) + 1
    ends = np.concatenate([[0], apart, [len(first)]]) if len(first) else np.zeros(1, np.int64)
    bridged = _connected(first[ends[:-1]], last[ends[1:] - 1], mask.shape[1])
    label = np.repeat(bridged, np.diff(ends))
    lines = int(label.max(initial=-1)) + 1
    left, right = np.full(lines, mask.shape[1]), np.full(lines, -1)
    np.minimum.at(left, label, first % mask.shape[1])
    np.maximum.at(right, label, last % mask.shape[1])
    size = last - first + 1
    rows, columns = mask.shape
    return LineRuns(rows, columns, _ranges(first, size), np.repeat(label, size), left, right - left + 1)


def _ranges(start: Indices, count: Indices) -> Indices:
    """So many whole numbers from each start on, one after the other: (5, 9), (2, 1) -> 5, 6, 9."""
    within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    return np.asarray(np.repeat(start, count) + within, dtype=np.int64)


def _long_runs(mask: Pixels, least: int) -> tuple[Indices, Indices]:
    """The flat indices of the first and the last pixel of every run of at least `least` pixels."""
    fenced = cv2.copyMakeBorder(mask, 0, 0, 1, 0, cv2.BORDER_CONSTANT, value=0).ravel()  # no run passes a fence
    turns = np.flatnonzero(fenced[1:] != fenced[:-1])
    if len(turns) % 2:  # the last pixel of all is marked
        turns = np.append(turns, fenced.size - 1)
    first, last = turns[::2] + 1, turns[1::2]
    long = last - first + 1 >= least
    first, last = first[long], last[long]
    fences = first // (mask.shape[1] + 1) + 1
    return first - fences, last - fences


def _connected(first: Indices, last: Indices, columns: int) -> Indices:
    """By run the number of the connected group that it belongs to, corners counted."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    if not len(first):
        return np.zeros(0, np.int64)
    row = first // columns
    width = columns + 2
    begin, end = first + 2 * row, last + 2 * row  # as if rows were parted by two pixels
    low = np.searchsorted(end, begin - width - 1, side="left")
    count = np.maximum(0, np.searchsorted(begin, end - width + 1, side="right") - low)
    below = np.repeat(np.arange(len(first)), count)
    above = _ranges(low, count)
    graph = coo_matrix((np.ones(len(below), np.int8), (below, above)), shape=(len(first), len(first)))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)

"""Thin runs of ink along the rows of a picture, as lists of their pixels: lines are a small part of a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from pipeline.model.pixels import Pixels

Points = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Runs:
    """Thin runs of ink along the rows of a picture `rows` x `columns` (for vertical lines: of its transpose).

    `place` are the flat indices of their pixels, `part` the run each pixel belongs to; `left` and `length` tell by run
    where it starts, and how long it is.
    """

    rows: int
    columns: int
    place: Whole
    part: Whole
    left: Whole
    length: Whole

    @cached_property
    def mask(self) -> Pixels:
        """1 on the runs, 0 elsewhere."""
        return _drawn(self.place, self.rows, self.columns)

    @cached_property
    def turned_place(self) -> Whole:
        """The flat indices of their pixels in the transposed picture."""
        row, column = np.divmod(self.place, self.columns)
        return column * self.rows + row

    @cached_property
    def turned_mask(self) -> Pixels:
        """The mask, transposed."""
        return _drawn(self.turned_place, self.columns, self.rows)

    @cached_property
    def profile(self) -> Profile:
        """How thick each run is along its course, and where it lies."""
        return Profile.of(self)

    def only(self, keep: NDArray[np.bool_]) -> Runs:
        """The runs whose `keep` is true."""
        return self if keep.all() else self.where(keep[self.part])

    def where(self, stays: NDArray[np.bool_]) -> Runs:
        """Only the pixels whose `stays` is true."""
        return replace(self, place=self.place[stays], part=self.part[stays])

    def at_ends(self, reach: int) -> tuple[Runs, Runs]:
        """Only the pixels at most `reach` from the left end of their run, and those so near to its right end."""
        along = self.place % self.columns - self.left[self.part]
        return self.where(along <= reach), self.where(along >= self.length[self.part] - 1 - reach)

    def share(self, marked: Pixels) -> Points:
        """How many of each run's pixels are 1 in `marked`."""
        return self.count(marked.ravel()[self.place] > 0)

    def count(self, marked: NDArray[np.bool_]) -> Points:
        """How many of each run's pixels are true in `marked`, which goes along with `place`."""
        return np.bincount(self.part[marked], minlength=len(self.length)).astype(np.float64)


def _drawn(place: Whole, rows: int, columns: int) -> Pixels:
    """A picture that is 1 at some flat indices."""
    mask = np.zeros(rows * columns, np.uint8)
    mask[place] = 1
    return mask.reshape(rows, columns)


@dataclass(frozen=True)
class Profile:
    """Runs by column. Run i takes the slots from `start[i]` on, one for each column from its left end to its right.

    `count` is how many of its pixels stand in that column, `middle` the mean of their rows (0 where there are none).
    """

    start: Whole
    count: Whole
    middle: Points

    @classmethod
    def of(cls, runs: Runs) -> Profile:
        start = np.concatenate([[0], np.cumsum(runs.length)])
        slot = _slots(runs, start)
        count = np.bincount(slot, minlength=int(start[-1]))
        rows = runs.place // runs.columns
        total = np.bincount(slot, weights=rows, minlength=int(start[-1])).astype(np.float64)
        return cls(start, count, np.divide(total, count, out=np.zeros_like(total), where=count > 0))

    def of_run(self, run: int) -> slice:
        """The slots of a run."""
        return slice(int(self.start[run]), int(self.start[run + 1]))

    def slots(self, runs: Runs) -> Whole:
        """The slot of each pixel of the runs that the profile was made of."""
        return _slots(runs, self.start)

    @cached_property
    def run(self) -> Whole:
        """The run that each slot belongs to."""
        return np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))

    def usual(self) -> Points:
        """How thick each run mostly is: the median over its columns; 0 for a run without pixels."""
        most = int(self.count.max(initial=0)) + 1
        shape = (len(self.start) - 1, most)
        table = np.bincount(self.run * most + self.count, minlength=shape[0] * shape[1]).reshape(shape)
        table[:, 0] = 0
        below = np.cumsum(table, axis=1)
        columns = below[:, -1]
        middles = [(below > place[:, None]).argmax(axis=1) for place in ((columns - 1) // 2, columns // 2)]
        return np.where(columns > 0, (middles[0] + middles[1]) / 2, 0.0)


def _slots(runs: Runs, start: Whole) -> Whole:
    """The slot of each pixel, where those of a run begin at its `start`."""
    return np.asarray(start[runs.part] + runs.place % runs.columns - runs.left[runs.part], dtype=np.int64)


def long_runs(mask: Pixels, least: int, gap: int) -> Runs:
    """The marked spans of at least `least` pixels in a row, as runs: those that touch are one run, also aslant, and so
    are those less than `gap` pixels apart in a row.
    """
    first, last = _spans(mask, least)
    apart = np.flatnonzero((np.diff(first // mask.shape[1]) > 0) | (first[1:] - last[:-1] > gap)) + 1
    ends = np.concatenate([[0], apart, [len(first)]]) if len(first) else np.zeros(1, np.int64)
    bridged = _parts(first[ends[:-1]], last[ends[1:] - 1], mask.shape[1])
    part = np.repeat(bridged, np.diff(ends))
    runs = int(part.max(initial=-1)) + 1
    left, right = np.full(runs, mask.shape[1]), np.full(runs, -1)
    np.minimum.at(left, part, first % mask.shape[1])
    np.maximum.at(right, part, last % mask.shape[1])
    size = last - first + 1
    rows, columns = mask.shape
    return Runs(rows, columns, _counted_on(first, size), np.repeat(part, size), left, right - left + 1)


def _counted_on(start: Whole, count: Whole) -> Whole:
    """So many whole numbers from each start on, one after the other: (5, 9), (2, 1) -> 5, 6, 9."""
    within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    return np.asarray(np.repeat(start, count) + within, dtype=np.int64)


def _spans(mask: Pixels, least: int) -> tuple[Whole, Whole]:
    """The flat indices of the first and the last pixel of every marked span of at least `least` pixels."""
    fenced = cv2.copyMakeBorder(mask, 0, 0, 1, 0, cv2.BORDER_CONSTANT, value=0).ravel()  # no span passes a fence
    turns = np.flatnonzero(fenced[1:] != fenced[:-1])
    if len(turns) % 2:  # the last pixel of all is marked
        turns = np.append(turns, fenced.size - 1)
    first, last = turns[::2] + 1, turns[1::2]
    long = last - first + 1 >= least
    first, last = first[long], last[long]
    fences = first // (mask.shape[1] + 1) + 1
    return first - fences, last - fences


def _parts(first: Whole, last: Whole, columns: int) -> Whole:
    """By span the number of the run it belongs to: spans that touch, if only by their corners, are one."""
    if not len(first):
        return np.zeros(0, np.int64)
    row = first // columns
    width = columns + 2
    begin, end = first + 2 * row, last + 2 * row  # as if rows were parted by two pixels
    low = np.searchsorted(end, begin - width - 1, side="left")
    count = np.maximum(0, np.searchsorted(begin, end - width + 1, side="right") - low)
    below = np.repeat(np.arange(len(first)), count)
    above = _counted_on(low, count)
    graph = coo_matrix((np.ones(len(below), np.int8), (below, above)), shape=(len(first), len(first)))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)

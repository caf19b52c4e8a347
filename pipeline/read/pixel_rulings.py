"""Straight lines found in the pixels of an upright page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model.page import Axis, Ruling
from pipeline.read.ink import Pixels
from pipeline.read.rulings import join
from pipeline.settings import ScanSettings

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

    def mask(self) -> Pixels:
        """1 on the runs, 0 elsewhere."""
        mask = np.zeros(self.rows * self.columns, np.uint8)
        mask[self.place] = 1
        return mask.reshape(self.rows, self.columns)

    def only(self, keep: NDArray[np.bool_]) -> Runs:
        """The runs whose `keep` is true."""
        stays = keep[self.part]
        return replace(self, place=self.place[stays], part=self.part[stays])

    def at_ends(self, reach: int) -> Runs:
        """Only the pixels at most `reach` from either end of their run."""
        along = self.place % self.columns - self.left[self.part]
        end = (along <= reach) | (along >= self.length[self.part] - 1 - reach)
        return replace(self, place=self.place[end], part=self.part[end])

    def share(self, marked: Pixels) -> Points:
        """How many of each run's pixels are 1 in `marked`."""
        counts = np.bincount(self.part, weights=marked.ravel()[self.place], minlength=len(self.length))
        return np.asarray(counts, dtype=np.float64)


@dataclass(frozen=True)
class Lines:
    """The long lines of a page: `level` along its rows, `plumb` along those of its transpose."""

    level: Runs
    plumb: Runs

    def mask(self) -> Pixels:
        """1 on every line."""
        return np.asarray(self.level.mask() | self.plumb.mask().T, dtype=np.uint8)


def find_lines(grey: Pixels, ink: Pixels, em: float, settings: ScanSettings, coloured: Pixels | None = None) -> Lines:
    """The long thin runs of a grey picture whose ink is known. `em` is the text size in pixels.

    `coloured` is 1 on ink that is not black: a line is of one ink, what is made of a stamp's and of letters' is none.
    """
    level = _long_runs(grey, ink, em, settings)
    plumb = _long_runs(np.ascontiguousarray(grey.T), np.ascontiguousarray(ink.T), em, settings)
    level, plumb = _evenly_thick(level), _evenly_thick(plumb)
    if coloured is not None:
        level = _of_one_ink(level, ink, coloured, settings)
        plumb = _of_one_ink(plumb, np.ascontiguousarray(ink.T), np.ascontiguousarray(coloured.T), settings)
    across, down = np.ascontiguousarray(plumb.mask().T), np.ascontiguousarray(level.mask().T)
    level = _clear_sided(level, grey, across, em, settings)
    plumb = _clear_sided(plumb, np.ascontiguousarray(grey.T), down, em, settings)
    across, down = np.ascontiguousarray(plumb.mask().T), np.ascontiguousarray(level.mask().T)
    return Lines(_taking_part(level, across, em, settings), _taking_part(plumb, down, em, settings))


def _long_runs(grey: Pixels, ink: Pixels, em: float, settings: ScanSettings) -> Runs:
    """Runs along the rows of at least settings.ruling_length em, thickened by a pixel on both sides.

    What counts is darker than what lies above and below it, be that paper or a grey fill: the strokes of letters,
    taller than a line is thick, do not add up. Where another line or stroke crosses, ink fills the gap; a faint
    line's small gaps are mended.
    """
    depth = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, _bar(1, max(4, round(settings.ruling_thickness * em)) + 1))
    darkness = cv2.convertScaleAbs(cv2.bitwise_not(grey), alpha=settings.line_share)
    thin = _mask((depth >= settings.line_contrast) & (depth >= darkness))
    crossed = _mask(cv2.morphologyEx(thin, cv2.MORPH_CLOSE, _bar(_odd(settings.ruling_cross * em), 1))) & ink
    mended = _mask(cv2.morphologyEx(thin, cv2.MORPH_CLOSE, _bar(_odd(settings.ruling_mend * em), 1)))
    wide = cv2.dilate(mended | crossed, _bar(1, 3))
    found = cv2.morphologyEx(wide, cv2.MORPH_OPEN, _bar(max(9, round(settings.ruling_length * em)), 1))
    return _mostly_thin(_labelled(_mask(found), _odd(settings.ruling_bridge * em)), thin, ink, settings)


def _labelled(mask: Pixels, gap: int) -> Runs:
    """The marked pixels as runs; pieces that lie less than `gap` pixels apart along a row are one broken run."""
    bridged = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, _bar(gap, 1))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(_mask(bridged), connectivity=8)
    place = np.flatnonzero(mask)
    part = labels.ravel()[place].astype(np.int64)
    left, length = (stats[:, column].astype(np.int64) for column in (cv2.CC_STAT_LEFT, cv2.CC_STAT_WIDTH))
    return Runs(mask.shape[0], mask.shape[1], place, part, left, length)


def _mostly_thin(runs: Runs, thin: Pixels, ink: Pixels, settings: ScanSettings) -> Runs:
    """The runs whose ink is thin but for a share of settings.ruling_thick: others run through the stems of letters."""
    near = _mask(cv2.dilate(thin, _bar(1, 3)))
    thin_here = runs.share(near)
    thick_here = runs.share(_mask(ink & (near ^ 1)))
    return runs.only(thick_here <= settings.ruling_thick * (thin_here + thick_here))


def _evenly_thick(runs: Runs) -> Runs:
    """The runs without what sticks to their sides: where one is thicker than it mostly is, a word stands right at it.

    There its middle is taken from where it is not, and what is further off than half its thickness is cut away.
    """
    if not len(runs.place):
        return runs
    row, column = np.divmod(runs.place, runs.columns)
    count, total = _profile(runs, row, column)
    middle = np.divide(total, count, out=np.zeros_like(total), where=count > 0)
    reach = np.full(len(count), np.inf)
    for part in np.flatnonzero(count.any(axis=1)):
        along = np.flatnonzero(count[part])
        usual = np.median(count[part, along])
        even = along[count[part, along] <= usual + 1]
        if len(even) < len(along):
            middle[part, along] = np.interp(along, even, middle[part, even])
            reach[part] = usual / 2 + 1
    stays = np.abs(row - middle[runs.part, column]) <= reach[runs.part]
    return replace(runs, place=runs.place[stays], part=runs.part[stays])


def _profile(runs: Runs, row: Whole, column: Whole) -> tuple[Points, Points]:
    """By run and column: how many of its pixels stand there, and the sum of their rows."""
    index, size = runs.part * runs.columns + column, len(runs.length) * runs.columns
    count = np.bincount(index, minlength=size).reshape(-1, runs.columns)
    total = np.bincount(index, weights=row, minlength=size).reshape(-1, runs.columns)
    return np.asarray(count, dtype=np.float64), np.asarray(total, dtype=np.float64)


def _of_one_ink(runs: Runs, ink: Pixels, coloured: Pixels, settings: ScanSettings) -> Runs:
    """The runs that are either black or coloured for nearly all of their length."""
    share = runs.share(_mask(ink & coloured)) / np.maximum(1, runs.share(ink))
    return runs.only((share <= settings.other_ink) | (share >= 1 - settings.other_ink))


def _clear_sided(runs: Runs, grey: Pixels, others: Pixels, em: float, settings: ScanSettings) -> Runs:
    """The runs with little as dark as themselves right beside them: along the head or foot of a word stand its letters.

    What a line of the other axis leaves beside them, where it crosses, does not count. A very long run is a line even
    where a coarse JPEG has smeared it.
    """
    short, long = settings.line_alike
    alike = np.where(runs.length >= settings.ruling_certain * em, long, short)
    free = (_mask(cv2.dilate(others, _bar(3, 3))) ^ 1).ravel()
    shade, mask = grey.ravel(), runs.mask().ravel()
    keep = np.ones(len(runs.length), dtype=np.bool_)
    for side in (-runs.columns, runs.columns):
        edge = (runs.place + 2 * side >= 0) & (runs.place + 2 * side < shade.size)
        edge[edge] = mask[runs.place[edge] + side] == 0
        place, part = runs.place[edge], runs.part[edge]
        line = np.minimum(shade[place - side], shade[np.clip(place - 2 * side, 0, shade.size - 1)]).astype(np.int64)
        dark = (shade[place + 2 * side] < line + alike[part]) & (free[place + 2 * side] > 0)
        count = np.bincount(part, minlength=len(keep))
        keep &= np.bincount(part, weights=dark, minlength=len(keep)) <= settings.ruling_beside * np.maximum(1, count)
    return runs.only(keep)


def _taking_part(runs: Runs, others: Pixels, em: float, settings: ScanSettings) -> Runs:
    """The runs that are long, or that end at a run of the other axis: a short line that ends nowhere is a stroke."""
    reach = _odd(2 * settings.ruling_meets * em)
    near = _mask(cv2.dilate(others, _bar(reach, reach)))
    met = runs.at_ends(reach).share(near) > 0
    return runs.only(met | (runs.length >= settings.ruling_alone * em))


def _bar(width: int, height: int) -> Pixels:
    return np.ones((height, width), np.uint8)


def _mask(pixels: object) -> Pixels:
    return np.asarray(pixels, dtype=np.uint8)


def _odd(length: float) -> int:
    return max(3, round(length)) | 1


@dataclass(frozen=True)
class Course:
    """How a line runs: at `along` (x of a level line, y of a plumb one) its middle is at `across`, in pixels."""

    axis: Axis
    along: Points
    across: Points

    @property
    def length(self) -> float:
        return float(self.along[-1] - self.along[0])

    def points(self) -> Points:
        """The course as points (n, 2) of x, y."""
        pair = [self.along, self.across] if self.axis == "h" else [self.across, self.along]
        return np.column_stack(pair)


def courses(lines: Lines) -> list[Course]:
    """The course of every line."""
    return _courses(lines.level, "h") + _courses(lines.plumb, "v")


def _courses(runs: Runs, axis: Axis) -> list[Course]:
    count, total = _profile(runs, *np.divmod(runs.place, runs.columns))
    found = []
    for part in np.flatnonzero(count.any(axis=1)):
        along = np.flatnonzero(count[part])
        found.append(Course(axis, along.astype(np.float64), total[part, along] / count[part, along]))
    return found


def rulings(lines: Lines, em: float, scale: float, settings: ScanSettings) -> tuple[Ruling, ...]:
    """The lines as straight segments in points, joined where they are one, and drawn out to the lines they meet.

    `scale` is pixels per point.
    """
    size = em / scale
    pieces = [_segment(course, scale) for course in courses(lines)]
    whole = join(pieces, settings.ruling_snap * size, settings.ruling_gap * size)
    return tuple(_drawn_out(ruling, whole, settings.ruling_reach * size) for ruling in whole)


def _drawn_out(ruling: Ruling, others: Iterable[Ruling], reach: float) -> Ruling:
    """The ruling with its ends at the lines across it, where those are nearly there: thick corners hide an end."""
    across = [
        other.at
        for other in others
        if other.axis != ruling.axis and other.start - reach <= ruling.at <= other.end + reach
    ]
    starts = [at for at in across if abs(at - ruling.start) <= reach]
    ends = [at for at in across if abs(at - ruling.end) <= reach]
    return replace(ruling, start=min([ruling.start, *starts]), end=max([ruling.end, *ends]))


def _segment(course: Course, scale: float) -> Ruling:
    """Places are those of the middles of pixels, hence the half pixel."""
    at = (float(np.median(course.across)) + 0.5) / scale
    return Ruling(course.axis, at, float(course.along[0]) / scale, (float(course.along[-1]) + 1) / scale)


def drawn(straight: Iterable[Ruling], scale: float, mask: Pixels) -> Pixels:
    """The mask of the lines with the rulings drawn into it: where pieces were joined, the gap is closed."""
    closed = mask.copy()
    for ruling in straight:
        low, high = round(ruling.start * scale), round(ruling.end * scale)
        at = round(ruling.at * scale - 0.5)
        if ruling.axis == "h":
            closed[max(0, at) : at + 1, max(0, low) : high] = 1
        else:
            closed[max(0, low) : high, max(0, at) : at + 1] = 1
    return closed


def touching(ink: Pixels, lines: Lines) -> Pixels:
    """1 on the pixels of lines that letters run into: ink that continues what stands right beside the line.

    A line that is drawn over the heads or feet of letters would take them along when it is taken out.
    """
    level, plumb = lines.level.mask(), np.ascontiguousarray(lines.plumb.mask().T)
    rest = _mask(ink & ((level | plumb) ^ 1))
    return np.asarray(
        _grown_into(rest, _mask(ink & level), _bar(1, 3)) | _grown_into(rest, _mask(ink & plumb), _bar(3, 1))
    )


def _grown_into(rest: Pixels, band: Pixels, step: Pixels) -> Pixels:
    """The pixels of `band` reached from `rest` in a few steps without leaving the band."""
    grown = rest
    for _ in range(4):
        grown = _mask(cv2.dilate(grown, step)) & (band | rest)
    return grown & band

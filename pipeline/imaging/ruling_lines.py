"""Straight lines found in the pixels of an upright page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np

from pipeline.imaging.run_lengths import Points, Runs, Whole, long_runs
from pipeline.model.geometry import Axis
from pipeline.model.page import Ruling
from pipeline.model.pixels import Pixels
from pipeline.model.rulings import join
from pipeline.settings import ScanSettings


@dataclass(frozen=True)
class Lines:
    """The long lines of a page: `level` along its rows, `plumb` along those of its transpose."""

    level: Runs
    plumb: Runs

    @cached_property
    def mask(self) -> Pixels:
        """1 on every line."""
        return _mask(cv2.bitwise_or(self.level.mask, self.plumb.turned_mask))


def find_lines(
    grey: Pixels,
    ink: Pixels,
    em: float,
    settings: ScanSettings,
    coloured: Pixels | None = None,
    least: float = 0.0,
) -> Lines:
    """The long thin runs of a grey picture whose ink is known. `em` is the text size in pixels.

    `coloured` is 1 on ink that is not black: a line is of one ink, what is made of a stamp's and of letters' is none.
    Runs shorter than `least` pixels are left out.
    """
    turned_grey, turned_ink = _turned(grey), _turned(ink)
    level, plumb = _long_runs(grey, ink, em, settings), _long_runs(turned_grey, turned_ink, em, settings)
    level, plumb = (_evenly_thick(runs.only(runs.length >= least)) for runs in (level, plumb))
    if coloured is not None:
        level = _of_one_ink(level, ink, coloured, settings)
        plumb = _of_one_ink(plumb, turned_ink, _turned(coloured), settings)
    level, plumb = (
        _clear_sided(level, grey, plumb.turned_mask, em, settings),
        _clear_sided(plumb, turned_grey, level.turned_mask, em, settings),
    )
    return Lines(
        _taking_part(level, plumb.turned_mask, em, settings), _taking_part(plumb, level.turned_mask, em, settings)
    )


def _long_runs(grey: Pixels, ink: Pixels, em: float, settings: ScanSettings) -> Runs:
    """Runs along the rows of at least settings.ruling_length em, thickened by a pixel on both sides.

    What counts is darker than what lies above and below it, be that paper or a grey fill: the strokes of letters,
    taller than a line is thick, do not add up. Where another line or stroke crosses, ink fills the gap; a faint
    line's small gaps are mended.
    """
    depth = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, _bar(1, max(4, round(settings.ruling_thickness * em)) + 1))
    thin = _mask((depth >= cv2.LUT(grey, _least_depth(settings))).view(np.uint8))
    crossed = cv2.bitwise_and(cv2.morphologyEx(thin, cv2.MORPH_CLOSE, _bar(_odd(settings.ruling_cross * em), 1)), ink)
    mended = cv2.morphologyEx(thin, cv2.MORPH_CLOSE, _bar(_odd(settings.ruling_mend * em), 1))
    wide = _mask(cv2.dilate(cv2.bitwise_or(mended, crossed), _bar(1, 3)))
    runs = long_runs(wide, max(9, round(settings.ruling_length * em)), _odd(settings.ruling_bridge * em))
    return _mostly_thin(runs, thin, ink, settings)


def _least_depth(settings: ScanSettings) -> Pixels:
    """By tone of grey how much darker than its sides a line of that tone is at least."""
    share = settings.line_share * (255 - np.arange(256))
    return np.asarray(np.maximum(settings.line_contrast, np.rint(share)), dtype=np.uint8)


def _mostly_thin(runs: Runs, thin: Pixels, ink: Pixels, settings: ScanSettings) -> Runs:
    """The runs whose ink is thin but for a share of settings.ruling_thick: others run through the stems of letters."""
    near = cv2.dilate(thin, _bar(1, 3)).ravel()[runs.place] > 0
    thin_here, thick_here = runs.count(near), runs.count(~near & (ink.ravel()[runs.place] > 0))
    return runs.only(thick_here <= settings.ruling_thick * (thin_here + thick_here))


def _evenly_thick(runs: Runs) -> Runs:
    """The runs without what sticks to their sides: where one is thicker than it mostly is, a word stands right at it.

    There its middle is taken from where it is not, and what is further off than half its thickness is cut away.
    """
    profile = runs.profile
    usual = profile.usual()
    thicker = profile.count > usual[profile.run] + 1
    uneven = np.zeros(len(usual), np.bool_)
    uneven[profile.run[thicker]] = True
    if not uneven.any():
        return runs
    middle = profile.middle.copy()
    for run in np.flatnonzero(uneven).tolist():
        course = profile.of_run(run)
        along = np.flatnonzero(profile.count[course])
        even = along[~thicker[course][along]]
        middle[course][along] = np.interp(along, even, profile.middle[course][even])
    stays = ~uneven[runs.part]
    doubtful = runs.where(~stays)
    off = np.abs(doubtful.place // runs.columns - middle[profile.slots(doubtful)])
    stays[~stays] = off <= usual[doubtful.part] / 2 + 1
    return runs.where(stays)


def _of_one_ink(runs: Runs, ink: Pixels, coloured: Pixels, settings: ScanSettings) -> Runs:
    """The runs that are either black or coloured for nearly all of their length."""
    share = runs.share(_mask(cv2.bitwise_and(ink, coloured))) / np.maximum(1, runs.share(ink))
    return runs.only((share <= settings.other_ink) | (share >= 1 - settings.other_ink))


def _clear_sided(runs: Runs, grey: Pixels, others: Pixels, em: float, settings: ScanSettings) -> Runs:
    """The runs with little as dark as themselves right beside them: along the head or foot of a word stand its letters.

    What a line of the other axis leaves beside them, where it crosses, does not count. A very long run is a line even
    where a coarse JPEG has smeared it.
    """
    short, long = settings.line_alike
    alike = np.where(runs.length >= settings.ruling_certain * em, long, short)
    taken = cv2.dilate(others, _bar(3, 3)).ravel()
    shade, mask = grey.ravel(), runs.mask.ravel()
    keep = np.ones(len(runs.length), dtype=np.bool_)
    for side in (-runs.columns, runs.columns):
        edge = np.flatnonzero(mask.take(runs.place + side, mode="clip") == 0)
        place, part = runs.place[edge], runs.part[edge]
        inside = (place + 2 * side >= 0) & (place + 2 * side < shade.size)
        place, part = place[inside], part[inside]
        line = _darkest(shade, mask, place, -side).astype(np.int64)
        dark = (shade[place + 2 * side] < line + alike[part]) & (taken[place + 2 * side] == 0)
        count = np.bincount(part, minlength=len(keep))
        beside = np.bincount(part[dark], minlength=len(keep))
        keep &= beside <= settings.ruling_beside * np.maximum(1, count)
    return runs.only(keep)


def _darkest(shade: Pixels, mask: Pixels, place: Whole, inward: int) -> Pixels:
    """The darkest tone of a run within a few pixels of its edge: right at it there may be blur, or the rim that
    sharpening leaves.
    """
    within = (place + step * inward for step in range(1, 5))
    tones = [np.where(mask.take(at, mode="clip") > 0, shade.take(at, mode="clip"), np.uint8(255)) for at in within]
    return np.asarray(np.minimum.reduce([shade[place], *tones]), dtype=np.uint8)


def _taking_part(runs: Runs, others: Pixels, em: float, settings: ScanSettings) -> Runs:
    """The runs that are long, or that end at a run of the other axis: a short line that ends nowhere is a stroke.

    The shortest do so with both ends: the stem of a letter close to a line has one there.
    """
    reach = _odd(2 * settings.ruling_meets * em)
    near = _mask(cv2.dilate(others, _bar(reach, reach)))
    first, last = (end.share(near) > 0 for end in runs.at_ends(reach))
    met = (first & last) | ((first | last) & (runs.length >= settings.ruling_stub * em))
    return runs.only(met | (runs.length >= settings.ruling_alone * em))


def _turned(picture: Pixels) -> Pixels:
    """The picture with its rows as columns."""
    return np.asarray(cv2.transpose(picture), dtype=np.uint8)


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
    profile = runs.profile
    found = []
    for run in range(len(runs.length)):
        slots = profile.of_run(run)
        along = np.flatnonzero(profile.count[slots])
        if len(along):
            middle = profile.middle[slots][along]
            found.append(Course(axis, (along + runs.left[run]).astype(np.float64), middle))
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
    rest = _mask(cv2.bitwise_and(ink, _mask(lines.mask ^ 1)))
    level = _grown_into(rest, _mask(cv2.bitwise_and(ink, lines.level.mask)), lines.level.place, ink.shape[1])
    upright = _mask(cv2.bitwise_and(ink, lines.plumb.turned_mask))
    plumb = _grown_into(rest, upright, lines.plumb.turned_place, 1)
    return _mask(cv2.bitwise_or(level, plumb))


def _grown_into(rest: Pixels, band: Pixels, place: Whole, step: int) -> Pixels:
    """The pixels of `band`, all at flat indices among `place`, reached from `rest` in a few steps within it."""
    place = place[band.ravel()[place] > 0]
    reached = np.zeros(len(place), np.bool_)
    for way in (-step, step):
        on, at = np.ones(len(place), np.bool_), place
        for _ in range(4):
            at = at + way
            reached |= on & (rest.ravel().take(at, mode="clip") > 0)
            on &= band.ravel().take(at, mode="clip") > 0
    grown = np.zeros_like(band)
    grown.ravel()[place[reached]] = 1
    return grown

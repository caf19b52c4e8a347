"""Ruling lines found in the pixels of an upright page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from pipeline.imaging.morphology import closed, odd, rectangle, transposed
from pipeline.imaging.run_lengths import Indices, LineRuns, Points, find_line_runs
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings


@dataclass(frozen=True)
class Lines:
    """The long lines of a page.

    Attributes:
        horizontal: Along its rows.
        vertical: Along the rows of its transpose.
    """

    horizontal: LineRuns
    vertical: LineRuns

    @cached_property
    def mask(self) -> Pixels:
        """uint8 (rows, columns): 1 on every line, 0 elsewhere."""
        return _mask(cv2.bitwise_or(self.horizontal.mask, self.vertical.transposed_mask))


def find_lines(
    grey: Pixels,
    ink: Pixels,
    em: float,
    settings: ScanSettings,
    coloured: Pixels | None = None,
    least: float = 0.0,
) -> Lines:
    """Find the long thin lines of a picture.

    Args:
        grey: uint8 (rows, columns), lines dark.
        ink: 1 where the picture has ink.
        em: The text size in pixels.
        settings: The scan's thresholds.
        coloured: 1 on ink that is not black: a line is of one ink, what is made of a stamp's and of letters' is none.
        least: Shorter lines, in pixels, are left out.
    """
    transposed_grey, transposed_ink = transposed(grey), transposed(ink)
    horizontal, vertical = (
        _candidates(grey, ink, em, settings),
        _candidates(transposed_grey, transposed_ink, em, settings),
    )
    horizontal, vertical = (
        _without_arcs(_evenly_thick(runs.select(runs.length >= least), settings), em, settings)
        for runs in (horizontal, vertical)
    )
    if coloured is not None:
        horizontal = _of_one_ink(horizontal, ink, coloured, settings)
        vertical = _of_one_ink(vertical, transposed_ink, transposed(coloured), settings)
    horizontal, vertical = (
        _clear_sided(horizontal, grey, vertical.transposed_mask, em, settings),
        _clear_sided(vertical, transposed_grey, horizontal.transposed_mask, em, settings),
    )
    return Lines(
        _taking_part(horizontal, vertical.transposed_mask, em, settings),
        _taking_part(vertical, horizontal.transposed_mask, em, settings),
    )


def _candidates(grey: Pixels, ink: Pixels, em: float, settings: ScanSettings) -> LineRuns:
    """Lines along the rows of at least settings.ruling_length em, thickened by a pixel on both sides.

    What counts is darker than what lies above and below it, be that paper or a grey fill: the strokes of letters,
    taller than a line is thick, do not add up. Where another line or stroke crosses, ink fills the gap; a faint
    line's small gaps are mended.
    """
    thin = _thin(grey, em, settings)
    least = max(settings.run_pixels, round(settings.ruling_length * em))
    runs = find_line_runs(_thickened(thin, ink, em, settings), least, odd(settings.ruling_bridge * em))
    return _mostly_thin(runs, thin, ink, settings)


def _thin(grey: Pixels, em: float, settings: ScanSettings) -> Pixels:
    """1 where a picture is darker than above and below, within the thickness of a line."""
    thickest = max(settings.thin_pixels, round(settings.ruling_thickness * em))
    depth = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, rectangle(1, thickest + 1))
    return _mask((depth >= cv2.LUT(grey, _least_depth(settings))).view(np.uint8))


def _thickened(thin: Pixels, ink: Pixels, em: float, settings: ScanSettings) -> Pixels:
    """Thin lines with their gaps filled, and thickened by a pixel on both sides."""
    crossed = closed(thin, odd(settings.ruling_cross * em), 1)
    cv2.bitwise_and(crossed, ink, dst=crossed)
    cv2.bitwise_or(crossed, closed(thin, odd(settings.ruling_mend * em), 1), dst=crossed)
    return _mask(cv2.dilate(crossed, rectangle(1, 3)))


def _least_depth(settings: ScanSettings) -> Pixels:
    """By tone of grey how much darker than its sides a line of that tone is at least."""
    share = settings.line_share * (255 - np.arange(256))
    return np.asarray(np.maximum(settings.line_contrast, np.rint(share)), dtype=np.uint8)


def _mostly_thin(runs: LineRuns, thin: Pixels, ink: Pixels, settings: ScanSettings) -> LineRuns:
    """Keep the lines that are thin but for a share of settings.ruling_thick: others run through letters."""
    near = cv2.dilate(thin, rectangle(1, 3)).ravel()[runs.index] > 0
    thin_here, thick_here = runs.count_where(near), runs.count_where(~near & (ink.ravel()[runs.index] > 0))
    return runs.select(thick_here <= settings.ruling_thick * (thin_here + thick_here))


def _evenly_thick(runs: LineRuns, settings: ScanSettings) -> LineRuns:
    """Cut off what sticks to the sides of lines: where one is thicker than it mostly is, a word stands right at it.

    There its middle is taken from where it is not, and what is further off than half its thickness is cut away.
    """
    profile = runs.profile
    usual = profile.median_thickness()
    thicker = profile.count > usual[profile.line] + settings.thickness_slack
    uneven = np.zeros(len(usual), np.bool_)
    uneven[profile.line[thicker]] = True
    if not uneven.any():
        return runs
    middle = profile.middle.copy()
    for line in np.flatnonzero(uneven).tolist():
        slots = profile.of_line(line)
        along = np.flatnonzero(profile.count[slots])
        even = along[~thicker[slots][along]]
        middle[slots][along] = np.interp(along, even, profile.middle[slots][even])
    stays = ~uneven[runs.label]
    doubtful = runs.select_pixels(~stays)
    off = np.abs(doubtful.index // runs.columns - middle[profile.slots(doubtful)])
    stays[~stays] = off <= usual[doubtful.label] / 2 + settings.thickness_slack
    return runs.select_pixels(stays)


def _without_arcs(runs: LineRuns, em: float, settings: ScanSettings) -> LineRuns:
    """Leave out short lines that are parts of a circle: a stamp's ring runs level for a while, and upright.

    Paper that curls bends a line much less.
    """
    short, long = (length * em for length in settings.arc_length)
    keep = np.ones(len(runs.length), np.bool_)
    profile = runs.select((runs.length >= short) & (runs.length <= long)).profile
    rise = profile.rise()
    for line in np.flatnonzero((rise > 0) & (rise >= settings.arc_rise)).tolist():
        slots = profile.of_line(line)
        along = np.flatnonzero(profile.count[slots])
        middle = profile.middle[slots][along]
        bend = abs(float(np.polyfit(along - along.mean(), middle, 2)[0]))
        keep[line] = 2 * bend * settings.arc_radius * em < 1 or _is_mostly_straight(along, middle, settings)
    return runs.select(keep)


def _is_mostly_straight(along: Indices, middle: Points, settings: ScanSettings) -> bool:
    """Whether most of a line's course is straight: a ruling is, where an arc touches it."""
    half = len(along) // 2
    slope = np.median(
        (middle[half:] - middle[: len(middle) - half]) / np.maximum(1, along[half:] - along[: len(along) - half])
    )
    off = middle - slope * along
    return bool(np.mean(np.abs(off - np.median(off)) < settings.arc_rise / 2) >= settings.arc_straight)


def _of_one_ink(runs: LineRuns, ink: Pixels, coloured: Pixels, settings: ScanSettings) -> LineRuns:
    """Keep the lines that are either black or coloured for nearly all of their length."""
    share = runs.count_marked(_mask(cv2.bitwise_and(ink, coloured))) / np.maximum(1, runs.count_marked(ink))
    return runs.select((share <= settings.other_ink) | (share >= 1 - settings.other_ink))


def _clear_sided(runs: LineRuns, grey: Pixels, others: Pixels, em: float, settings: ScanSettings) -> LineRuns:
    """Keep the lines with little as dark right beside them: along the head or foot of a word stand its letters.

    What a line of the other axis leaves beside them, where it crosses, does not count. A very long one is a line even
    where a coarse JPEG has smeared it. Beside a faint one paper is hardly lighter than it.
    """
    short, long = settings.line_alike
    alike = np.where(runs.length >= settings.ruling_certain * em, long, short)
    taken = cv2.dilate(others, rectangle(3, 3)).ravel()
    shade, mask = grey.ravel(), runs.mask.ravel()
    keep = np.ones(len(runs.length), dtype=np.bool_)
    for side in (-runs.columns, runs.columns):
        edge = np.flatnonzero(mask.take(runs.index + side, mode="clip") == 0)
        index, label = runs.index[edge], runs.label[edge]
        inside = (index + 2 * side >= 0) & (index + 2 * side < shade.size)
        index, label = index[inside], label[inside]
        tone = _darkest(shade, mask, index, -side, settings.rim_pixels).astype(np.int64)
        near = np.minimum(alike[label], settings.line_fade * (255 - tone))
        dark = (shade[index + 2 * side] < tone + near) & (taken[index + 2 * side] == 0)
        count = np.bincount(label, minlength=len(keep))
        beside = np.bincount(label[dark], minlength=len(keep))
        keep &= beside <= settings.ruling_beside * np.maximum(1, count)
    return runs.select(keep)


def _darkest(shade: Pixels, mask: Pixels, index: Indices, inward: int, rim: int) -> Pixels:
    """The darkest tone of a line within `rim` pixels of its edge, where blur or the rim of sharpening may be."""
    within = (index + step * inward for step in range(1, rim + 1))
    tones = [np.where(mask.take(at, mode="clip") > 0, shade.take(at, mode="clip"), np.uint8(255)) for at in within]
    return np.asarray(np.minimum.reduce([shade[index], *tones]), dtype=np.uint8)


def _taking_part(runs: LineRuns, others: Pixels, em: float, settings: ScanSettings) -> LineRuns:
    """Keep the lines that are long, or that end at one of the other axis: a short line that ends nowhere is a stroke.

    The shortest do so with both ends: the stem of a letter close to a line has one there.
    """
    reach = odd(2 * settings.ruling_meets * em)
    near = _mask(cv2.dilate(others, rectangle(reach, reach)))
    first, last = (end.count_marked(near) > 0 for end in runs.near_ends(reach))
    met = (first & last) | ((first | last) & (runs.length >= settings.ruling_stub * em))
    return runs.select(met | (runs.length >= settings.ruling_alone * em))


def _mask(pixels: object) -> Pixels:
    return np.asarray(pixels, dtype=np.uint8)


def letters_on_lines(ink: Pixels, lines: Lines, settings: ScanSettings) -> Pixels:
    """Mark with 1 the pixels of lines that letters run into: ink that continues what is right beside the line.

    A line that is drawn over the heads or feet of letters would take them along when it is taken out.
    """
    rest = _mask(cv2.bitwise_and(ink, _mask(lines.mask ^ 1)))
    steps = settings.letter_overlap
    along_rows = _mask(cv2.bitwise_and(ink, lines.horizontal.mask))
    horizontal = _grown_into(rest, along_rows, lines.horizontal.index, ink.shape[1], steps)
    del along_rows
    along_columns = _mask(cv2.bitwise_and(ink, lines.vertical.transposed_mask))
    vertical = _grown_into(rest, along_columns, lines.vertical.transposed_index, 1, steps)
    return _mask(cv2.bitwise_or(horizontal, vertical, dst=horizontal))


def _grown_into(rest: Pixels, band: Pixels, index: Indices, step: int, steps: int) -> Pixels:
    """The pixels of `band`, all at flat indices among `index`, reached from `rest` in so many steps within it."""
    index = index[band.ravel()[index] > 0]
    reached = np.zeros(len(index), np.bool_)
    for way in (-step, step):
        on, at = np.ones(len(index), np.bool_), index
        for _ in range(steps):
            at = at + way
            reached |= on & (rest.ravel().take(at, mode="clip") > 0)
            on &= band.ravel().take(at, mode="clip") > 0
    grown = np.zeros_like(band)
    grown.ravel()[index[reached]] = 1
    return grown

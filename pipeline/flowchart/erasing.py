"""Rulings of the table and words taken out of the flowchart's ink, so that symbols and connectors are left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import cv2
import numpy as np

from pipeline.flowchart.ink_layers import InkLayers
from pipeline.imaging.morphology import Mask, opened, transposed
from pipeline.model.clustering import cluster
from pipeline.model.draft import MatrixPart
from pipeline.model.geometry import Box
from pipeline.model.orientation import Orientation
from pipeline.model.page import Word
from pipeline.settings import EraseSettings, FlowSettings

PixelRange = tuple[int, int]  # first and last + 1


@dataclass(frozen=True, slots=True)
class RulingStrip:
    """A part of a horizontal ruling in pixels: rows `low` to `high`, columns `start` to `end`, both exclusive."""

    low: int
    high: int
    start: int
    end: int


def table_edges(part: MatrixPart, settings: EraseSettings) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The x of the Pelaksana columns' sides and the y of the rows' sides, in points, ascending, each once."""
    xs = {side for lane in part.lanes for side in (lane.x0, lane.x1)}
    ys = {side for band in part.bands for side in (band.top, band.bottom)}
    return _distinct(xs, settings.same_edge), _distinct(ys, settings.same_edge)


def _distinct(values: set[float], near: float) -> tuple[float, ...]:
    return tuple(group[0] for group in cluster(values, near, float))


def erase_rulings(layers: InkLayers, part: MatrixPart, settings: EraseSettings) -> Mask:
    """The ink without the table's rulings. A line that crosses a ruling stays whole; one that runs beside it stays."""
    xs, ys = table_edges(part, settings)
    columns = [(x - layers.x) * layers.scale for x in xs]
    rows = [(y - layers.y) * layers.scale for y in ys]
    vertical = _ruling_strips(layers.transposed_ink, columns, rows, layers.scale, settings)
    horizontal = _ruling_strips(layers.ink, rows, columns, layers.scale, settings)
    without_vertical = transposed(_without_strips(layers.transposed_ink, vertical, settings))
    return _without_strips(without_vertical, horizontal, settings)


def _ruling_strips(
    ink: Mask, places: list[float], cuts: list[float], scale: float, settings: EraseSettings
) -> list[RulingStrip]:
    """The horizontal rulings near the rows `places`, stretch by stretch between the columns `cuts`, of one width."""
    reach = max(2, round(settings.ruling_reach * scale))
    stretches = _stretches(cuts, ink.shape[1], scale, settings)
    found = [_inked_rows(ink, place, stretches, reach, settings) for place in places]
    widths = [rows[1] - rows[0] for ruling in found for rows in ruling if rows]
    if not widths:
        return []
    width = max(1, round(median(widths)))
    strips = []
    for ruling in found:
        centers = [(r[0] + r[1]) / 2 for r in ruling if r and r[1] - r[0] <= width + settings.width_slack]
        if not centers:
            continue
        pairs, usual = zip(ruling, stretches, strict=True), median(centers)
        strips += _joined([strip for rows, along in pairs if (strip := _strip(rows, along, usual, width, settings))])
    return strips


def _joined(strips: list[RulingStrip]) -> list[RulingStrip]:
    """Strips that go on in each other on the same rows as one."""
    joined: list[RulingStrip] = []
    for strip in strips:
        last = joined[-1] if joined else None
        if last and (last.low, last.high, last.end) == (strip.low, strip.high, strip.start):
            joined[-1] = RulingStrip(last.low, last.high, last.start, strip.end)
        else:
            joined.append(strip)
    return joined


def _stretches(cuts: list[float], length: int, scale: float, settings: EraseSettings) -> list[PixelRange]:
    """The stretches between the cuts, long ones divided (a scanned line bends), and the margins at both ends."""
    bounds = [0, *sorted({min(max(0, round(cut)), length) for cut in cuts}), length]
    stretches: list[PixelRange] = []
    for start, end in pairwise(bounds):
        count = max(1, round((end - start) / (settings.ruling_stretch * scale)))
        inner = np.linspace(start, end, count + 1).round().astype(int)
        stretches += [(int(a), int(b)) for a, b in pairwise(inner) if b - a >= settings.shortest_stretch]
    return stretches


def _inked_rows(
    ink: Mask, place: float, stretches: Sequence[PixelRange], reach: int, settings: EraseSettings
) -> list[PixelRange | None]:
    """For each stretch the inked rows nearest to `place` within `reach` pixels; None where no line runs there."""
    top = max(0, round(place) - reach)
    window = ink[top : round(place) + reach + 1]
    if window.size == 0 or not stretches:
        return [None] * len(stretches)
    before = np.zeros((len(window), window.shape[1] + 1), np.int32)
    np.cumsum(window, axis=1, out=before[:, 1:])
    starts, ends = np.array(stretches).T
    inked = ((before[:, ends] - before[:, starts]) / (ends - starts) >= settings.ruling_cover).T.tolist()
    return [_nearest(_true_ranges(flags), place - top, top) for flags in inked]


def _true_ranges(flags: Sequence[bool]) -> list[PixelRange]:
    """The ranges of flags that are set."""
    edges = [i for i, (a, b) in enumerate(pairwise((False, *flags, False))) if a != b]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _nearest(ranges: Sequence[PixelRange], place: float, top: int) -> PixelRange | None:
    """The range whose middle is nearest to a place, shifted by `top`."""
    if not ranges:
        return None
    first, end = min(ranges, key=lambda r: abs((r[0] + r[1] - 1) / 2 - place))
    return top + first, top + end


def _strip(
    rows: PixelRange | None, along: PixelRange, usual: float, width: int, settings: EraseSettings
) -> RulingStrip | None:
    """What to erase of one stretch: its own line where that is like the usual one, else the usual place."""
    if rows is None:
        return None
    most = width + settings.width_slack
    if rows[1] - rows[0] <= most and abs((rows[0] + rows[1]) / 2 - usual) <= most:
        return RulingStrip(rows[0], rows[1], *along)
    low = round(usual - width / 2)
    low = min(max(low, rows[0]), max(rows[0], rows[1] - width))
    return RulingStrip(low, low + width, *along)


def _without_strips(ink: Mask, strips: list[RulingStrip], settings: EraseSettings) -> Mask:
    """The ink with strips blanked, except for lines that go on at both sides of them.

    The blur beside a strip goes too, where it is long: a short run there is an arrowhead, or a line that joins.
    """
    cleared, longest = ink.copy(), settings.longest_crossing
    for strip in strips:
        along = slice(strip.start, strip.end)
        low, high = strip.low, strip.high
        cleared[low:high, along] = _short_runs(_inked(ink, low - 2, along) & _inked(ink, high, along), longest)
        for side, beyond in ((low - 1, low - 2), (high, high + 1)):
            if 0 <= min(side, beyond) <= max(side, beyond) < len(ink):
                blur = ink[side, along] & (1 - ink[beyond, along])
                cleared[side, along] &= 1 - (blur - _short_runs(blur, longest))
    return cleared


def _inked(ink: Mask, row: int, along: slice) -> Mask:
    """Where a row and the one below it are ink, 0 or 1; nowhere beyond the picture."""
    if row < 0 or row + 2 > len(ink):
        return np.zeros(along.stop - along.start, np.uint8)
    return ink[row, along] & ink[row + 1, along]


def _short_runs(flags: Mask, longest: int) -> Mask:
    """The flags (0 or 1) without runs longer than `longest`: a line along a ruling's sides does not cross it."""
    if not flags.any():
        return flags
    short: Mask = flags - opened(flags[None], longest + 1, 1)[0]
    return short


def erase_words(ink: Mask, words: Iterable[Word], layers: InkLayers, settings: FlowSettings) -> Mask:
    """The ink without letters. Straight lines through a word stay, and so does what was read as a single sign.

    OCR takes an arrowhead for a "v", a part of a line for a "|", and half a symbol for a word.
    """
    drawn = ink.copy()
    for word in words:
        if not _is_text(word, settings):
            continue
        rows, columns = layers.window(_ink_box(word, settings.erase))
        letters = drawn[rows, columns]
        if letters.any():
            height = word.box.height * layers.scale
            kept = _long_lines(ink, rows, columns, height, settings.erase)
            if word.confidence is not None:
                kept |= _reaching_out(ink, rows, columns, max(2, round(settings.erase.word_margin * height)))
            drawn[rows, columns] = letters & kept
    return drawn


def _is_text(word: Word, settings: FlowSettings) -> bool:
    """Whether what was read is sure to be letters."""
    unsure = word.confidence is not None and word.confidence < settings.sure_word
    signs = sum(sign.isalnum() for sign in word.text)
    return not unsure and signs >= settings.erase.least_signs and word.box.height <= settings.erase.tallest_word


def _reaching_out(ink: Mask, rows: slice, columns: slice, margin: int) -> Mask:
    """The pixels of a word's box whose ink goes on beyond it: a symbol's outline, or a connector."""
    top, left = max(0, rows.start - margin), max(0, columns.start - margin)
    around = ink[top : rows.stop + margin, left : columns.stop + margin]
    count, labelled = cv2.connectedComponents(around, connectivity=8)
    labels = np.asarray(labelled)
    out = np.zeros(count, np.uint8)
    for edge in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        out[edge] = 1
    out[0] = 0
    near: Mask = out[labels[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]]
    return near


def _ink_box(word: Word, settings: EraseSettings) -> Box:
    """Where a word's ink can be: a text layer's boxes are as high as the font, those of OCR as the letters."""
    if word.confidence is not None or word.orientation is not Orientation.UPRIGHT:
        return word.box
    below = 0.0 if any(sign in "gjpqy,;()[]{}/|Q" for sign in word.text) else settings.descender * word.box.height
    above = settings.ascender * word.box.height
    return Box(word.box.x0, word.box.top + above, word.box.x1, word.box.bottom - below)


def _long_lines(ink: Mask, rows: slice, columns: slice, height: float, settings: EraseSettings) -> Mask:
    """The pixels of a word's box that lie on a thin straight line longer than letters are high."""
    length = max(8, round(settings.line_through_word * height))
    thick = max(4, round(settings.letter_bar * height))
    horizontal = _thin_lines(ink, rows, columns, length, thick)
    vertical = _thin_lines(ink.T, columns, rows, length, thick).T
    return horizontal | vertical


def _thin_lines(ink: Mask, rows: slice, columns: slice, length: int, thick: int) -> Mask:
    """The pixels of a window on a horizontal line at least `length` pixels long and less than `thick` thick."""
    top, left = max(0, rows.start - thick), max(0, columns.start - length)
    lines = opened(ink[top : rows.stop + thick, left : columns.stop + length], length, 1)
    window = lines[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
    if not window.any():
        return window
    thin: Mask = lines & (1 - opened(lines, 1, thick))
    return thin[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]

"""Where text is on an upright scanned page: ink that is no line and no symbol, gathered by the paper it lies on."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.components import Components
from pipeline.imaging.letters import is_letter, is_line_remains, is_speck, is_vertical, line_count, without_strays
from pipeline.imaging.paper_areas import PaperAreas, area_of, is_between_areas, paper_areas
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

Members = NDArray[np.int64]
"""The labels of components that belong together."""


@dataclass(frozen=True)
class TextRegion:
    """Letters that are read together.

    Attributes:
        left: In pixels, as the other ends.
        top: Its first row.
        right: Exclusive.
        bottom: Exclusive.
        line_count: How many printed lines are seen in it; of vertical writing they are counted across.
        letter_count: How many of its components are as high as letters.
        is_vertical: Whether its writing runs up or down.
    """

    left: int
    top: int
    right: int
    bottom: int
    line_count: int
    letter_count: int
    is_vertical: bool = False


@dataclass(frozen=True)
class TextMap:
    """The text regions of a page.

    Attributes:
        regions: From the top down.
        labels: uint16 (rows, columns): the region (index + 1) whose letter a pixel is part of, 0 for none.
        bare_lines: uint8 (rows, columns): 1 where a line runs that is no part of a letter.
    """

    regions: tuple[TextRegion, ...]
    labels: NDArray[np.uint16]
    bare_lines: Pixels


def find_text(ink: Components, lines: Pixels, bare_lines: Pixels, em: float, settings: ScanSettings) -> TextMap:
    """Find the text regions of a page.

    Args:
        ink: The ink beside the lines.
        lines: uint8 (rows, columns), 1 where a line runs.
        bare_lines: The part of the lines that no letter runs into.
        em: The text size in pixels.
        settings: The scan's thresholds.
    """
    boxes = ink.stats[:, :4]
    letters, areas = _letters(ink, lines, em, settings)
    area = area_of(ink, areas, em, settings)
    found = []
    for group in _grouped(boxes, area, np.flatnonzero(letters), areas, em, settings):
        members = group[without_strays(boxes[group], em, settings)]
        region = _region(boxes[members], em, settings)
        if region is not None:
            found.append((region, members))
    found.sort(key=lambda pair: (round(pair[0].top / em), pair[0].left))
    numbers = np.zeros(len(boxes), np.uint16)
    for number, (_, members) in enumerate(found, 1):
        numbers[members] = number
    return TextMap(tuple(region for region, _ in found), ink.painted(numbers), bare_lines)


def _letters(ink: Components, lines: Pixels, em: float, settings: ScanSettings) -> tuple[NDArray[np.bool_], PaperAreas]:
    """Which components are letters, and the areas of paper between all that is none."""
    everything = np.asarray(cv2.bitwise_or(ink.mask, lines), dtype=np.uint8)
    letter = is_letter(ink.stats, em, settings)
    areas = paper_areas(everything, em, settings)
    del everything
    letter &= ~is_between_areas(ink, areas, em, settings)
    letter &= ~is_line_remains(ink, lines, em, settings)
    solid = ~letter & ~is_speck(ink.stats, em, settings)
    solid[0] = False
    return letter, paper_areas(ink.drawn_onto(lines, solid), em, settings)


def _grouped(
    boxes: NDArray[np.int32],
    area: NDArray[np.int64],
    letters: Members,
    areas: PaperAreas,
    em: float,
    settings: ScanSettings,
) -> list[Members]:
    """The letters by area: all of an enclosed one together, those of an open or winding one by nearness."""
    own = area[letters]
    order = np.argsort(own, kind="stable")
    starts = np.flatnonzero(np.diff(own[order], prepend=-1))
    groups: list[Members] = []
    for members in np.split(letters[order], starts[1:]):
        if len(members) and areas.enclosed[area[members[0]]]:
            groups.append(members)
        elif len(members):
            groups += _near(boxes, members, em, settings)
    return groups


def _near(boxes: NDArray[np.int32], members: Members, em: float, settings: ScanSettings) -> list[Members]:
    """Letters joined while the next one is at most a word gap to the side or a line gap below."""
    left, top = boxes[members, 0], boxes[members, 1]
    right, bottom = left + boxes[members, 2], top + boxes[members, 3]
    step = max(1.0, em / settings.near_cells)
    size = (int(right.max() / step) + 2, int(bottom.max() / step) + 2)
    canvas = np.zeros((size[1], size[0]), np.uint8)
    for x0, y0, x1, y1 in zip(left / step, top / step, right / step, bottom / step, strict=True):
        canvas[int(y0) : int(y1) + 1, int(x0) : int(x1) + 1] = 1
    width, height = (round(reach * em / step) | 1 for reach in (settings.near_horizontal, settings.near_vertical))
    joined = cv2.morphologyEx(canvas, cv2.MORPH_CLOSE, np.ones((height, width), np.uint8))
    labels = cv2.connectedComponents(joined)[1]
    part = labels[((top + bottom) / 2 / step).astype(int), ((left + right) / 2 / step).astype(int)]
    return [members[part == index] for index in np.unique(part)]


def _region(boxes: NDArray[np.int32], em: float, settings: ScanSettings) -> TextRegion | None:
    """The region of some letters, int32 (n, 4); None where they are only specks and dots."""
    tall = boxes[:, 3] >= settings.letter_least * em
    wide = boxes[:, 2] >= settings.letter_least * em
    if not (tall | wide).any():
        return None
    left, top = boxes[:, 0].min(), boxes[:, 1].min()
    right, bottom = (boxes[:, 0] + boxes[:, 2]).max(), (boxes[:, 1] + boxes[:, 3]).max()
    letters = boxes[tall] if tall.any() else boxes
    vertical = is_vertical(boxes[tall | wide], settings)
    lines = line_count(letters[:, [1, 0, 3, 2]] if vertical else letters)
    return TextRegion(int(left), int(top), int(right), int(bottom), lines, int(tall.sum()), vertical)

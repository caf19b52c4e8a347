"""Where text stands on an upright scanned page: ink that is no line and no symbol, gathered cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.read.ink import Pixels
from pipeline.settings import ScanSettings

Labels = NDArray[np.int32]


@dataclass(frozen=True)
class Block:
    """Letters that are read together: columns `left` to `right` and rows `top` to `bottom` in pixels, ends exclusive.

    `lines` is the number of printed lines seen in it, `letters` that of its pieces of ink; `region` is the label of
    the paper it stands on.
    """

    left: int
    top: int
    right: int
    bottom: int
    lines: int
    letters: int
    region: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top


@dataclass(frozen=True)
class TextMap:
    """The blocks of a page, and for every pixel the block (index + 1) whose letter it is part of, 0 for none."""

    blocks: tuple[Block, ...]
    owner: Labels


def text_map(ink: Pixels, barriers: Pixels, em: float, settings: ScanSettings) -> TextMap:
    """The text of a page from its ink (1 where there is some) and its ruling lines (1 where they run)."""
    regions = paper_regions(ink, barriers, em, settings)
    count, labels, stats, centres = cv2.connectedComponentsWithStats(ink & (barriers ^ 1), connectivity=8)
    letter = _is_letter(np.asarray(stats), em, settings)
    letter &= ~_is_outline(np.asarray(labels), regions, count, em, settings)
    home = _homes(np.asarray(labels), regions, count)
    pieces = _Pieces(np.asarray(stats)[:, :4], home, np.flatnonzero(letter))
    groups = _grouped(pieces, regions, em, settings)
    blocks, owners = [], np.zeros(count, np.int32)
    for members in groups:
        block = _block(pieces, members, em, settings)
        if block is not None:
            blocks.append(block)
            owners[members] = len(blocks)
    return TextMap(tuple(blocks), owners[labels])


@dataclass(frozen=True)
class _Pieces:
    """Connected pieces of ink: `boxes` left, top, width, height by label, `home` their region, `letters` the labels."""

    boxes: NDArray[np.int32]
    home: NDArray[np.int64]
    letters: NDArray[np.int64]


def paper_regions(ink: Pixels, barriers: Pixels, em: float, settings: ScanSettings) -> Labels:
    """Labels from 1 of the areas of paper that lines or outlines part from each other; 0 on ink and in small holes.

    An area must be as large as a letter to count: the inside of an "o" is none.
    """
    paper = ((ink | barriers) ^ 1).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(paper, connectivity=4)
    large = stats[:, cv2.CC_STAT_AREA] >= settings.region_area * em * em
    large[0] = False
    number = np.cumsum(large) * large
    return np.asarray(number[labels], dtype=np.int32)


def _is_letter(stats: NDArray[np.int32], em: float, settings: ScanSettings) -> NDArray[np.bool_]:
    """By label: no speck, and no larger than letters (or a row of touching letters) are."""
    width, height, area = stats[:, 2], stats[:, 3], stats[:, 4]
    largest = np.maximum(width, height)
    speck = (largest < settings.speck * em) | (area < (settings.speck * em) ** 2 / 2)
    row = (np.minimum(width, height) <= settings.letter_limit * em) & (largest <= settings.row_limit * em)
    letter = ~speck & row
    letter[0] = False
    return np.asarray(letter)


def _is_outline(labels: Labels, regions: Labels, count: int, em: float, settings: ScanSettings) -> NDArray[np.bool_]:
    """By label: ink that runs between two areas of paper is a symbol's outline or a line's remains, not a letter."""
    reach = max(3, round(settings.outline_reach * em)) | 1
    kernel = np.ones((reach, reach), np.uint8)
    high = cv2.dilate(regions.astype(np.float32), kernel)
    low = -cv2.dilate(np.where(regions > 0, -regions, -1e9).astype(np.float32), kernel)
    between = (high > 0) & (low < 1e8) & (high != low)
    place = np.flatnonzero(labels)
    part = labels.ravel()[place]
    total = np.bincount(part, minlength=count)
    parted = np.bincount(part, weights=between.ravel()[place], minlength=count)
    return np.asarray(parted >= settings.outline_share * np.maximum(1, total))


def _homes(labels: Labels, regions: Labels, count: int) -> NDArray[np.int64]:
    """By label: the region that most of a piece's neighbourhood belongs to (0 where none is near)."""
    around = cv2.dilate(regions.astype(np.float32), np.ones((3, 3), np.uint8)).astype(np.int64)
    place = np.flatnonzero(labels)
    part, near = labels.ravel()[place], around.ravel()[place]
    seen = near > 0
    width = int(around.max()) + 1
    pairs, weight = np.unique(part[seen].astype(np.int64) * width + near[seen], return_counts=True)
    home = np.zeros(count, np.int64)
    order = np.argsort(weight, kind="stable")
    home[pairs[order] // width] = pairs[order] % width
    return home


def _grouped(pieces: _Pieces, regions: Labels, em: float, settings: ScanSettings) -> list[NDArray[np.int64]]:
    """The letters by region: all of a cell together, those of an open or winding region by nearness."""
    area = np.bincount(regions.ravel())
    groups = []
    for region in np.unique(pieces.home[pieces.letters]):
        members = pieces.letters[pieces.home[pieces.letters] == region]
        if region and _is_cell(pieces.boxes[members], int(area[region]), regions, int(region), settings):
            groups.append(members)
        else:
            groups += _near(pieces.boxes, members, em, settings)
    return groups


def _is_cell(boxes: NDArray[np.int32], area: int, regions: Labels, region: int, settings: ScanSettings) -> bool:
    """Whether a region is about as large as the box around it, and does not reach the page's edge."""
    left, top = int(boxes[0, 0]), int(boxes[0, 1])
    edges = (regions[0], regions[-1], regions[:, 0], regions[:, -1])
    if any(bool((edge == region).any()) for edge in edges):
        return False
    del left, top
    rows = np.flatnonzero((regions == region).any(axis=1))
    columns = np.flatnonzero((regions == region).any(axis=0))
    room = (rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1)
    return bool(area >= settings.cell_fill * room)


def _near(
    boxes: NDArray[np.int32], members: NDArray[np.int64], em: float, settings: ScanSettings
) -> list[NDArray[np.int64]]:
    """Letters joined while the next one is at most a word gap to the side or a line gap below."""
    left, top = boxes[members, 0], boxes[members, 1]
    right, bottom = left + boxes[members, 2], top + boxes[members, 3]
    step = max(1.0, em / 8)
    size = (int(right.max() / step) + 2, int(bottom.max() / step) + 2)
    canvas = np.zeros((size[1], size[0]), np.uint8)
    for x0, y0, x1, y1 in zip(left / step, top / step, right / step, bottom / step, strict=True):
        canvas[int(y0) : int(y1) + 1, int(x0) : int(x1) + 1] = 1
    reach = (round(settings.near_across * em / step) | 1, round(settings.near_down * em / step) | 1)
    _, joined = cv2.connectedComponents(cv2.morphologyEx(canvas, cv2.MORPH_CLOSE, np.ones(reach[::-1], np.uint8)))
    part = joined[((top + bottom) / 2 / step).astype(int), ((left + right) / 2 / step).astype(int)]
    return [members[part == index] for index in np.unique(part)]


def _block(pieces: _Pieces, members: NDArray[np.int64], em: float, settings: ScanSettings) -> Block | None:
    """The block of some letters; None where they are only specks and dots."""
    boxes = pieces.boxes[members]
    tall = boxes[:, 3] >= settings.letter_least * em
    wide = boxes[:, 2] >= settings.letter_least * em
    if not (tall | wide).any():
        return None
    left, top = boxes[:, 0].min(), boxes[:, 1].min()
    right, bottom = (boxes[:, 0] + boxes[:, 2]).max(), (boxes[:, 1] + boxes[:, 3]).max()
    lines = _line_count(boxes[tall] if tall.any() else boxes)
    home = int(pieces.home[members[0]])
    return Block(int(left), int(top), int(right), int(bottom), lines, int(tall.sum()), home)


def _line_count(boxes: NDArray[np.int32]) -> int:
    """How many printed lines letters form: the middles of the next one's letters lie below the last one's feet."""
    count, foot = 0, -1.0
    for top, height in sorted((float(box[1]), float(box[3])) for box in boxes):
        if top + height / 2 > foot:
            count, foot = count + 1, top + height
    return count

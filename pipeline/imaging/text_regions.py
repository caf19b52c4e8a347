"""Where text stands on an upright scanned page: ink that is no line and no symbol, gathered cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.components import InkPieces
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings


@dataclass(frozen=True)
class Block:
    """Letters that are read together: columns `left` to `right` and rows `top` to `bottom` in pixels, ends exclusive.

    `lines` is the number of printed lines seen in it, `letters` that of its pieces of ink; `region` is the label of
    the paper it stands on. `standing` writing runs up or down: its lines are counted across.
    """

    left: int
    top: int
    right: int
    bottom: int
    lines: int
    letters: int
    region: int
    standing: bool = False

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top


@dataclass(frozen=True)
class TextMap:
    """The blocks of a page, and for every pixel the block (index + 1) whose letter it is part of, 0 for none.

    `blank` is 1 where a ruling line runs that is no part of a letter.
    """

    blocks: tuple[Block, ...]
    owner: NDArray[np.uint16]
    blank: Pixels


def text_map(ink: InkPieces, barriers: Pixels, blank: Pixels, em: float, settings: ScanSettings) -> TextMap:
    """The text of a page from its ink beside its ruling lines, and from the lines themselves (1 where they run).

    `blank` is the part of the lines that no letter runs into.
    """
    boxes = ink.boxes
    everything = np.asarray(cv2.bitwise_or(ink.ink, barriers), dtype=np.uint8)
    letter = _is_letter(boxes, em, settings)
    letter &= ~_outlines(ink, paper_regions(everything, em, settings), em, settings)
    letter &= ~_is_remains(ink, barriers, em, settings)
    solid = ~letter & ~_is_speck(boxes, em, settings)
    solid[0] = False
    regions = paper_regions(ink.drawn(solid, barriers), em, settings)
    pieces = _Pieces(boxes[:, :4], _homes(ink, regions, em, settings), np.flatnonzero(letter))
    blocks: list[Block] = []
    owners = np.zeros(len(boxes), np.uint16)
    groups = [_without_strays(pieces, members, em, settings) for members in _grouped(pieces, regions, em, settings)]
    found = [(_block(pieces, members, em, settings), members) for members in groups if len(members)]
    kept = [(block, members) for block, members in found if block is not None]
    for block, members in sorted(kept, key=lambda pair: (round(pair[0].top / em), pair[0].left)):
        blocks.append(block)
        owners[members] = len(blocks)
    return TextMap(tuple(blocks), ink.filled(owners), blank)


@dataclass(frozen=True)
class _Pieces:
    """Connected pieces of ink: `boxes` left, top, width, height by label, `home` their region, `letters` the labels."""

    boxes: NDArray[np.int32]
    home: NDArray[np.int64]
    letters: NDArray[np.int64]


@dataclass(frozen=True)
class Regions:
    """Areas of paper that lines or outlines part from each other, found at half the picture's resolution.

    `labels` are 0 on ink and in small holes: the inside of an "o" is none. `cell` tells by label whether the area is
    about as large as the box around it, and does not reach the page's edge.
    """

    labels: NDArray[np.uint16]
    cell: NDArray[np.bool_]


def paper_regions(ink: Pixels, em: float, settings: ScanSettings) -> Regions:
    """The areas of paper of at least settings.region_area square em: where there is neither ink (1) nor a line."""
    rows, columns = ink.shape[0] // 2, ink.shape[1] // 2
    black = ink[: rows * 2, : columns * 2] * np.uint8(255)  # so that one pixel of four is seen in their mean
    mean = cv2.resize(black, (columns, rows), interpolation=cv2.INTER_AREA)
    paper = np.asarray(cv2.threshold(mean, 0, 1, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(paper, connectivity=4)
    area = stats[:, cv2.CC_STAT_AREA]
    large = area >= settings.region_area * em * em / 4
    large[0] = False
    number = (np.cumsum(large) * large).astype(np.uint16)
    inside = (stats[:, 0] > 0) & (stats[:, 1] > 0)
    inside &= (stats[:, 0] + stats[:, 2] < paper.shape[1]) & (stats[:, 1] + stats[:, 3] < paper.shape[0])
    full = area >= settings.cell_fill * stats[:, 2].astype(np.float64) * stats[:, 3]
    return Regions(number.take(np.asarray(labels)), np.concatenate([[False], (inside & full)[large]]))


def _is_letter(stats: NDArray[np.int32], em: float, settings: ScanSettings) -> NDArray[np.bool_]:
    """By label: no speck, and no larger than letters (or a row of touching letters) are."""
    width, height = stats[:, 2], stats[:, 3]
    row = np.minimum(width, height) <= settings.letter_limit * em
    letter = row & (np.maximum(width, height) <= settings.row_limit * em) & ~_is_speck(stats, em, settings)
    letter[0] = False
    return np.asarray(letter)


def _is_speck(stats: NDArray[np.int32], em: float, settings: ScanSettings) -> NDArray[np.bool_]:
    """By label: too small even for a dot."""
    largest = np.maximum(stats[:, 2], stats[:, 3])
    return np.asarray((largest < settings.speck * em) | (stats[:, 4] < (settings.speck * em) ** 2 / 2))


def _is_remains(ink: InkPieces, barriers: Pixels, em: float, settings: ScanSettings) -> NDArray[np.bool_]:
    """By piece: small, thinner than a full stop, and right beside a line for most of it: the line's frayed edge."""
    stats = ink.boxes
    small = np.maximum(stats[:, 2], stats[:, 3]) < settings.remains * em
    small &= np.minimum(stats[:, 2], stats[:, 3]) <= settings.speck * em
    near = np.asarray(cv2.dilate(barriers, np.ones((5, 5), np.uint8)))
    beside = ink.count(near.ravel()[ink.place] > 0)
    frayed = np.asarray(small & (beside >= 0.5 * np.maximum(1, stats[:, 4])))
    return frayed & ~_behind_letters(stats, frayed, em, settings)


def _behind_letters(
    stats: NDArray[np.int32], marks: NDArray[np.bool_], em: float, settings: ScanSettings
) -> NDArray[np.bool_]:
    """By label: which of the small `marks` stand at the foot of a letter just left of them, as a full stop does, also
    on an underlined word.
    """
    behind = np.zeros(len(stats), dtype=bool)
    letters = stats[_is_letter(stats, em, settings) & (stats[:, 3] >= settings.remains * em)]
    for mark in np.flatnonzero(marks):
        x, y, _, height, _ = stats[mark]
        gap = x - (letters[:, 0] + letters[:, 2])
        foot = np.abs(letters[:, 1] + letters[:, 3] - (y + height))
        behind[mark] = bool(np.any((gap >= -1) & (gap < 0.45 * em) & (foot < 0.35 * em)))
    return behind


def _outlines(ink: InkPieces, regions: Regions, em: float, settings: ScanSettings) -> NDArray[np.bool_]:
    """By piece: ink that runs between two areas of paper is an outline or a line's remains, not a letter."""
    least, greatest = _around(ink, regions, em, settings)
    parting = ink.count((greatest > 0) & (least != greatest))
    return np.asarray(parting >= settings.outline_share * np.maximum(1, ink.boxes[:, 4]))


def _homes(ink: InkPieces, regions: Regions, em: float, settings: ScanSettings) -> NDArray[np.int64]:
    """By piece: the region that a pixel of it is near to that is near no other; 0 where there is none."""
    least, greatest = _around(ink, regions, em, settings)
    home = np.zeros(len(ink.boxes), np.int64)
    home[ink.piece] = greatest
    sure = (greatest > 0) & (least == greatest)
    home[ink.piece[sure]] = greatest[sure]
    return home


def _around(
    ink: InkPieces, regions: Regions, em: float, settings: ScanSettings
) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """The least and the greatest region near each pixel of ink, 0 for none."""
    reach = max(1, round(settings.outline_reach * em / 2)) * 2 + 1
    kernel = np.ones((reach, reach), np.uint8)
    greatest = np.asarray(cv2.dilate(regions.labels, kernel), dtype=np.uint16)
    open_ends = np.where(regions.labels == 0, np.uint16(65535), regions.labels)
    least = np.asarray(cv2.erode(open_ends, kernel), dtype=np.uint16)
    return least.ravel()[ink.half], greatest.ravel()[ink.half]


def _grouped(pieces: _Pieces, regions: Regions, em: float, settings: ScanSettings) -> list[NDArray[np.int64]]:
    """The letters by region: all of a cell together, those of an open or winding region by nearness."""
    homes = pieces.home[pieces.letters]
    order = np.argsort(homes, kind="stable")
    starts = np.flatnonzero(np.diff(homes[order], prepend=-1))
    groups = []
    for members in np.split(pieces.letters[order], starts[1:]):
        if len(members) and regions.cell[pieces.home[members[0]]]:
            groups.append(members)
        elif len(members):
            groups += _near(pieces.boxes, members, em, settings)
    return groups


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


def _without_strays(
    pieces: _Pieces, members: NDArray[np.int64], em: float, settings: ScanSettings
) -> NDArray[np.int64]:
    """The letters, and the dots and marks that stand near one: what is small and far from all is dirt."""
    boxes = pieces.boxes[members].astype(np.float64)
    large = np.maximum(boxes[:, 2], boxes[:, 3]) >= settings.letter_least * em
    if large.all() or not large.any():
        return members
    middle = boxes[~large, :2] + boxes[~large, 2:4] / 2
    low, high = boxes[large, :2], boxes[large, :2] + boxes[large, 2:4]
    away = np.maximum(np.maximum(low[None] - middle[:, None], middle[:, None] - high[None]), 0).max(axis=2).min(axis=1)
    keep = large.copy()
    keep[~large] = away <= settings.mark_reach * em
    return members[keep]


def _block(pieces: _Pieces, members: NDArray[np.int64], em: float, settings: ScanSettings) -> Block | None:
    """The block of some letters; None where they are only specks and dots."""
    boxes = pieces.boxes[members]
    tall = boxes[:, 3] >= settings.letter_least * em
    wide = boxes[:, 2] >= settings.letter_least * em
    if not (tall | wide).any():
        return None
    left, top = boxes[:, 0].min(), boxes[:, 1].min()
    right, bottom = (boxes[:, 0] + boxes[:, 2]).max(), (boxes[:, 1] + boxes[:, 3]).max()
    letters = boxes[tall] if tall.any() else boxes
    standing = _is_standing(boxes[tall | wide], settings)
    lines = _line_count(letters[:, [1, 0, 3, 2]] if standing else letters)
    home = int(pieces.home[members[0]])
    return Block(int(left), int(top), int(right), int(bottom), lines, int(tall.sum()), home, standing)


def _is_standing(boxes: NDArray[np.int32], settings: ScanSettings) -> bool:
    """Whether most letters have the nearest other letter above or below them."""
    if len(boxes) < settings.vertical_letters:
        return False
    gaps = _gaps(boxes[:, 0], boxes[:, 2]) + _gaps(boxes[:, 1], boxes[:, 3]) * 1.0001
    np.fill_diagonal(gaps, np.inf)
    nearest = gaps.argmin(axis=1)
    middles = boxes[:, :2] + boxes[:, 2:4] / 2
    steps = np.abs(middles[nearest] - middles)
    return bool(np.mean(steps[:, 1] > steps[:, 0]) >= settings.vertical_share)


def _gaps(start: NDArray[np.int32], length: NDArray[np.int32]) -> NDArray[np.float64]:
    """The room between each pair of spans, 0 where they overlap."""
    end = start + length
    apart = np.maximum(start[None, :] - end[:, None], start[:, None] - end[None, :])
    return np.maximum(0.0, apart)


def _line_count(boxes: NDArray[np.int32]) -> int:
    """How many printed lines letters form: the middles of the next one's letters lie below the last one's feet."""
    count, foot = 0, -1.0
    for top, height in sorted((float(box[1]), float(box[3])) for box in boxes):
        if top + height / 2 > foot:
            count, foot = count + 1, top + height
    return count

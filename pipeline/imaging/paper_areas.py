"""Areas of bare paper, and the ink that lies within or between them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.components import Components, bands_of
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings


@dataclass(frozen=True)
class PaperAreas:
    """Areas of paper that lines or outlines part from each other, found at half the picture's resolution.

    Attributes:
        labels: uint16 (rows / 2, columns / 2), 0 on ink and in small holes: the inside of an "o" is none.
        enclosed: By label whether the area is about as large as the box around it, and does not reach the page's edge.
    """

    labels: NDArray[np.uint16]
    enclosed: NDArray[np.bool_]


def paper_areas(ink: Pixels, em: float, settings: ScanSettings) -> PaperAreas:
    """Find the areas of paper of at least settings.region_area square em, where neither ink nor a line is.

    Args:
        ink: uint8 (rows, columns), 1 on ink and lines.
        em: The text size in pixels.
        settings: The scan's thresholds.
    """
    rows, columns = ink.shape[0] // 2, ink.shape[1] // 2
    black = ink[: rows * 2, : columns * 2] * np.uint8(255)  # so that one pixel of four is seen in their mean
    mean = cv2.resize(black, (columns, rows), interpolation=cv2.INTER_AREA)
    del black
    paper = np.asarray(cv2.threshold(mean, 0, 1, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(paper, connectivity=4)
    area = stats[:, cv2.CC_STAT_AREA]
    large = area >= settings.region_area * em * em / 4
    large[0] = False
    number = (np.cumsum(large) * large).astype(np.uint16)
    inside = (stats[:, 0] > 0) & (stats[:, 1] > 0)
    inside &= (stats[:, 0] + stats[:, 2] < paper.shape[1]) & (stats[:, 1] + stats[:, 3] < paper.shape[0])
    full = area >= settings.area_fill * stats[:, 2].astype(np.float64) * stats[:, 3]
    numbered = np.empty(paper.shape, np.uint16)
    for band in bands_of(paper):  # numpy makes eight bytes of each label
        numbered[band] = number.take(np.asarray(labels[band]))
    return PaperAreas(numbered, np.concatenate([[False], (inside & full)[large]]))


def is_between_areas(ink: Components, areas: PaperAreas, em: float, settings: ScanSettings) -> NDArray[np.bool_]:
    """By component: whether it runs between two areas of paper. It is an outline or a line's remains, not a letter."""
    least, greatest = _nearby(ink, areas, em, settings)
    parting = ink.count_where((greatest > 0) & (least != greatest))
    return np.asarray(parting >= settings.outline_share * np.maximum(1, ink.stats[:, 4]))


def area_of(ink: Components, areas: PaperAreas, em: float, settings: ScanSettings) -> NDArray[np.int64]:
    """By component: the area that a pixel of it is near to that is near no other; 0 where there is none."""
    least, greatest = _nearby(ink, areas, em, settings)
    area = np.zeros(len(ink.stats), np.int64)
    area[ink.label] = greatest
    sure = (greatest > 0) & (least == greatest)
    area[ink.label[sure]] = greatest[sure]
    return area


def _nearby(
    ink: Components, areas: PaperAreas, em: float, settings: ScanSettings
) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """The least and the greatest label of an area near each pixel of ink, 0 for none."""
    reach = max(1, round(settings.outline_reach * em / 2)) * 2 + 1
    kernel = np.ones((reach, reach), np.uint8)
    greatest = np.asarray(cv2.dilate(areas.labels, kernel), dtype=np.uint16)
    below = areas.labels - np.uint16(1)  # so that what is no area comes last: 0 becomes the greatest
    least = np.asarray(cv2.erode(below, kernel), dtype=np.uint16)
    return least.ravel()[ink.half_index] + np.uint16(1), greatest.ravel()[ink.half_index]

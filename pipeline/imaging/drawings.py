"""Drawings on a scan: coats of arms, logos and the like, as the places of ink that is too large for letters."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.components import Components
from pipeline.settings import ScanSettings

Boxes = NDArray[np.int32]
"""By row: left, top, right and bottom in pixels."""


def drawn_places(ink: Components, em: float, settings: ScanSettings) -> list[tuple[int, int, int, int]]:
    """List the drawings of a page, as (left, top, right, bottom) in pixels.

    A drawing is a component of ink, without the rulings, that is larger both ways than letters are, and all that
    stands so near it that the gap is none between words, but for lines of text above and below. What goes on and on
    has run into a line beside it: then it is that component alone.

    Args:
        ink: The page's ink without its rulings.
        em: The text size in pixels.
        settings: The thresholds.
    """
    boxes = _boxes(ink)
    sides = boxes[:, 2:] - boxes[:, :2]
    low, high = settings.drawing_side[0] * em, settings.drawing_side[1] * em
    seeds = boxes[((sides >= low) & (sides <= high)).all(axis=1)]
    found: list[tuple[int, int, int, int]] = []
    for seed in seeds:
        if not any(_is_inside(seed, place) for place in found):
            left, top, right, bottom = map(int, _grown(seed, boxes, em, settings))
            found.append((left, top, right, bottom))
    return found


def _boxes(ink: Components) -> Boxes:
    left, top, width, height = (ink.stats[1:, at] for at in range(cv2.CC_STAT_LEFT, cv2.CC_STAT_HEIGHT + 1))
    return np.stack([left, top, left + width, top + height], axis=1)


def _is_inside(box: Boxes, place: tuple[int, int, int, int]) -> bool:
    return bool((box[:2] >= place[:2]).all() and (box[2:] <= place[2:]).all())


def _grown(seed: Boxes, boxes: Boxes, em: float, settings: ScanSettings) -> Boxes:
    """The box of a component and of all that is near it, step by step; its own where that has no bounds."""
    gap, space = round(settings.drawing_gap * em), round(settings.drawing_space * em)
    grown = seed
    while True:
        wider = _hull(_near(boxes, grown, (gap, 0, gap, 0)))
        if (wider == grown).all():
            wider = _hull(np.stack([_over(boxes, grown, up, gap, space) for up in (True, False)]))
        if (wider == grown).all():
            return grown
        width, height = wider[2:] - wider[:2]
        if max(width, height) > settings.drawing_side[1] * em or width > settings.drawing_aspect * height:
            return seed
        grown = wider


def _over(boxes: Boxes, box: Boxes, up: bool, gap: int, space: int) -> Boxes:
    """The box of what stands right above a drawing, or right below it; its own where that is a line of text.

    A line of text goes on beyond the drawing's sides.
    """
    near = _near(boxes, box, (0, gap if up else 0, 0, 0 if up else gap))
    beyond = near[near[:, 3] < box[1]] if up else near[near[:, 1] > box[3]]
    band = _hull(np.concatenate([box[np.newaxis], beyond]))
    row = _near(boxes, band, (space, 0, space, 0))
    goes_on = (row[:, 0] < box[0] - gap) | (row[:, 2] > box[2] + gap)
    return box if goes_on[(row[:, 3] < box[1]) | (row[:, 1] > box[3])].any() else band


def _near(boxes: Boxes, box: Boxes, margins: tuple[int, int, int, int]) -> Boxes:
    """Those that reach into a box that is so much larger at its left, top, right and bottom."""
    low, high = box[:2] - margins[:2], box[2:] + margins[2:]
    return boxes[((boxes[:, :2] <= high) & (boxes[:, 2:] >= low)).all(axis=1)]


def _hull(boxes: Boxes) -> Boxes:
    """The box around boxes, one at least."""
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])

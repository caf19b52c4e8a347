"""The picture of a page, as a second reader is shown parts of it: with the lines that run through its words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.model.geometry import Box
from pipeline.model.pixels import Pixels
from pipeline.ocr.crops import RecognizedCrop

FULL_HEIGHT = 0.95  # of a line's height: what is as high, and no letter, is a ruling


@dataclass(frozen=True)
class PagePixels:
    """The picture that words were read from.

    Attributes:
        grey: uint8 (rows, columns), dark on white.
        scale: Its pixels to one of the map of the page's text.
        em: The text size in pixels of that map.
        lines: 1 where that map has a line that is no part of a letter.
        labels: uint16, of the map's shape: whose letter a pixel is part of, 0 for none's.
    """

    grey: Pixels
    scale: float
    em: float
    lines: Pixels
    labels: NDArray[np.uint16]

    def part(self, crop: RecognizedCrop, seen: Box, words: Box) -> Pixels:
        """What the page shows in the box `seen` of a crop, upright as the crop is.

        It ends at rulings beside the box `words`, and at letters of other regions.
        """
        orientation, scale = crop.crop.orientation, self.scale
        area = crop.crop.on_page(seen)
        lines = orientation.upright_pixels(self.lines[_inside(area, self.lines.shape)])
        labels = np.rot90(self.labels[_inside(area, self.labels.shape)], k=-(orientation // 90))
        own = np.bincount(labels[labels > 0]).argmax() if labels.any() else 0
        rulings = (lines.mean(axis=0) >= FULL_HEIGHT) | ((labels > 0) & (labels != own)).any(axis=0)
        first, last = (words.x0 - seen.x0) / seen.width * len(rulings), (words.x1 - seen.x0) / seen.width * len(rulings)
        bars = np.flatnonzero(rulings)
        start = max((bar + 1 for bar in bars if bar < first), default=0)
        end = min((bar for bar in bars if bar > last), default=len(rulings))
        part = orientation.upright_pixels(self.grey[_inside(area.scaled(scale), self.grey.shape)])
        return np.ascontiguousarray(part[:, round(start * scale) : max(round(end * scale), round(start * scale) + 1)])


def own_letters(crop: RecognizedCrop, boxes: tuple[Box, Box]) -> Pixels:
    """The letters alone of what is shown of a crop, without the lines that cross them and what else is near."""
    pixels = crop.crop.pixels
    return np.ascontiguousarray(pixels[_inside(boxes[0], pixels.shape)])


def _inside(box: Box, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """The rows and columns of a picture that a box in its pixels covers: one at least."""
    top, left = min(max(0, round(box.top)), shape[0] - 1), min(max(0, round(box.x0)), shape[1] - 1)
    return slice(top, max(top + 1, round(box.bottom))), slice(left, max(left + 1, round(box.x1)))

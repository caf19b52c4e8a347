"""The connected pieces of ink of a page, as lists of their pixels: ink is a tenth of a page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.binarize import em_of, inked, of_letter_size, pieces_of
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings


@dataclass(frozen=True)
class InkPieces:
    """The pieces of ink of a picture, `ink`: 1 where there is some, 0 elsewhere.

    `boxes` are rows of left, top, width, height and area by piece, the first one none; `place` are the flat indices of
    all pixels of ink, and `piece` is what each of them belongs to.
    """

    ink: Pixels
    boxes: NDArray[np.int32]
    place: NDArray[np.int64]
    piece: NDArray[np.int32]

    @classmethod
    def of(cls, ink: Pixels) -> InkPieces:
        labels, boxes = pieces_of(ink)
        place = inked(ink)
        return cls(ink, boxes, place, labels.ravel()[place])

    def em(self, scale: float, settings: ScanSettings) -> float:
        """The size of the type in pixels."""
        heights = of_letter_size(self.boxes[1:], scale, settings)[:, cv2.CC_STAT_HEIGHT]
        return em_of(heights, scale, settings)

    @cached_property
    def half(self) -> NDArray[np.int64]:
        """The flat indices of the pixels in a picture of half the resolution, rounded down."""
        rows, columns = self.ink.shape[0] // 2, self.ink.shape[1] // 2
        y, x = np.divmod(self.place, self.ink.shape[1])
        return np.asarray(np.minimum(y // 2, rows - 1) * columns + np.minimum(x // 2, columns - 1), dtype=np.int64)

    def count(self, marked: NDArray[np.bool_]) -> NDArray[np.int64]:
        """By piece how many of its pixels are true in `marked`, which goes along with `place`."""
        return np.bincount(self.piece[marked], minlength=len(self.boxes))

    def filled(self, values: NDArray[np.uint16]) -> NDArray[np.uint16]:
        """The picture with every piece filled with its value, and 0 where there is no ink."""
        picture = np.zeros(self.ink.shape, np.uint16)
        picture.ravel()[self.place] = values[self.piece]
        return picture

    def drawn(self, chosen: NDArray[np.bool_], onto: Pixels) -> Pixels:
        """The picture `onto` with the chosen pieces drawn as 1."""
        picture = onto.copy()
        picture.ravel()[self.place[chosen[self.piece]]] = 1
        return picture

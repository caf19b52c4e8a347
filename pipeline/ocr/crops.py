"""A block of text cut out of the page, cleaned and turned for the engine, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.imaging.text_regions import TextMap
from pipeline.model.geometry import Box
from pipeline.model.orientation import Orientation
from pipeline.model.page import Word
from pipeline.model.pixels import Pixels
from pipeline.ocr.engine import Reading
from pipeline.settings import ScanSettings

ASCENDING = frozenset("bdfhklt")
DESCENDING = frozenset("gjpqy,;()[]{}/|")


@dataclass(frozen=True)
class Cut:
    """A block on a sheet of its own, `pixels` as the engine gets them.

    Before writing of `orientation` was made upright on it, a point (x, y) of the page lay at (x - left) * zoom,
    (y - top) * zoom of it.
    """

    pixels: Pixels
    left: float
    top: float
    zoom: float
    orientation: Orientation = Orientation.UPRIGHT

    def upright(self, orientation: Orientation) -> Cut:
        """The same sheet with writing of another orientation upright."""
        pixels = orientation.minus(self.orientation).upright_pixels(self.pixels)
        return Cut(pixels, self.left, self.top, self.zoom, orientation)

    def on_page(self, box: Box) -> Box:
        """A box of the turned sheet in pixels of the page."""
        rows, columns = self.pixels.shape
        straight = self.orientation.displayed_box(box, *self.orientation.upright_size(columns, rows))
        return straight.scaled(1 / self.zoom).shifted(self.left, self.top)

    def part(self, box: Box, margin: float, zoom: float) -> Pixels:
        """The picture of one of its words, on white and enlarged."""
        rows, columns = self.pixels.shape
        edge = round(margin * self.zoom)
        top, bottom = max(0, round(box.top) - edge), min(rows, round(box.bottom) + edge)
        left, right = max(0, round(box.x0) - edge), min(columns, round(box.x1) + edge)
        framed = cv2.copyMakeBorder(
            self.pixels[top:bottom, left:right], edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=255
        )
        return np.asarray(cv2.resize(framed, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def cut(grey: Pixels, text: TextMap, number: int, em: float, settings: ScanSettings) -> Cut:
    """Block `number`: its own letters on white paper, with margins, at a size that Tesseract reads well.

    `grey` may be finer than the map of the text, whose pixels `em` and the block are given in.
    """
    block = text.blocks[number]
    margin = round(settings.snippet_margin * em)
    rows, columns = text.owner.shape
    x0, x1 = max(0, block.left - margin), min(columns, block.right + margin)
    y0, y1 = max(0, block.top - margin), min(rows, block.bottom + margin)
    own = (text.owner[y0:y1, x0:x1] == number + 1).astype(np.uint8)
    near = np.asarray(cv2.dilate(own, np.ones((5, 5), np.uint8)), dtype=np.uint8)
    soft = near & (text.blank[y0:y1, x0:x1] ^ 1)
    fine = grey.shape[1] / columns
    zoom = fine * max(1.0, min(settings.zoom_limit, settings.snippet_em / em / fine))
    zoom = zoom if zoom >= settings.zoom_least * fine else fine
    size = (round((x1 - x0) * zoom), round((y1 - y0) * zoom))
    seen = grey[round(y0 * fine) : round(y1 * fine), round(x0 * fine) : round(x1 * fine)]
    part = seen if (seen.shape[1], seen.shape[0]) == size else cv2.resize(seen, size, interpolation=cv2.INTER_CUBIC)
    mask = soft if zoom == 1.0 else cv2.resize(soft, size, interpolation=cv2.INTER_NEAREST)
    clean = np.where(np.asarray(mask) > 0, part, np.uint8(255)).astype(np.uint8)
    edge = round(margin * zoom)
    framed = cv2.copyMakeBorder(clean, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=255)
    return Cut(np.asarray(framed, dtype=np.uint8), x0 - edge / zoom, y0 - edge / zoom, zoom)


def placed(readings: Sequence[Reading], sheet: Cut, scale: float) -> list[Word]:
    """Readings as words of the page in points; `scale` is pixels per point."""
    sizes = line_sizes(readings)
    return [
        Word(
            text=reading.text,
            box=sheet.on_page(reading.box).scaled(1 / scale),
            size=sizes[reading.line] / sheet.zoom / scale,
            confidence=reading.confidence,
            orientation=sheet.orientation,
        )
        for reading in readings
    ]


def line_sizes(readings: Sequence[Reading]) -> dict[int, float]:
    """The font size of each printed line, from how high its letters stand: lines without ascenders are lower."""
    sizes = {}
    for line in {reading.line for reading in readings}:
        members = [reading for reading in readings if reading.line == line]
        height = max(r.box.bottom for r in members) - min(r.box.top for r in members)
        sizes[line] = height / _share_of_size("".join(r.text for r in members))
    return sizes


def _share_of_size(text: str) -> float:
    """How much of the font size letters take up: "or" 0.52, "Or" 0.72, "Opr" 0.93."""
    high = any(c in ASCENDING or c.isupper() or c.isdigit() for c in text)
    low = any(c in DESCENDING for c in text)
    return 0.52 + 0.2 * high + 0.21 * low

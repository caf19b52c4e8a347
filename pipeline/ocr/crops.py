"""A text region cut out of the page, cleaned and made upright for the engine, and the way back to the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import cv2
import numpy as np

from pipeline.imaging.text_regions import TextMap
from pipeline.model.geometry import Box
from pipeline.model.orientation import Orientation
from pipeline.model.page import Word
from pipeline.model.pixels import Pixels
from pipeline.ocr.protocol import RecognizedWord
from pipeline.settings import ScanSettings

ASCENDING = frozenset("bdfhklt")
DESCENDING = frozenset("gjpqy,;()[]{}/|")

# Shares of the font size in common text faces.
X_HEIGHT, ASCENDER, DESCENDER = 0.52, 0.2, 0.21


@dataclass(frozen=True)
class Crop:
    """A text region in a picture of its own, `pixels` as the engine gets them: uint8 (rows, columns).

    Before writing of `orientation` was made upright on it, a point (x, y) of the page, in pixels, lay at
    (x - left) * zoom, (y - top) * zoom of it.
    """

    pixels: Pixels
    left: float
    top: float
    zoom: float
    orientation: Orientation = Orientation.UPRIGHT

    def upright(self, orientation: Orientation) -> Crop:
        """Make writing of another orientation upright."""
        pixels = orientation.minus(self.orientation).upright_pixels(self.pixels)
        return Crop(pixels, self.left, self.top, self.zoom, orientation)

    def on_page(self, box: Box) -> Box:
        """Take a box of this picture to pixels of the page."""
        rows, columns = self.pixels.shape
        displayed = self.orientation.displayed_box(box, *self.orientation.upright_size(columns, rows))
        return displayed.scaled(1 / self.zoom).shifted(self.left, self.top)

    def part(self, box: Box, margin: float, zoom: float) -> Pixels:
        """Cut out one of its words, on white and enlarged by `zoom`; `margin` is in pixels of the page."""
        rows, columns = self.pixels.shape
        edge = round(margin * self.zoom)
        top, bottom = max(0, round(box.top) - edge), min(rows, round(box.bottom) + edge)
        left, right = max(0, round(box.x0) - edge), min(columns, round(box.x1) + edge)
        return _resized(_on_white(self.pixels[top:bottom, left:right], edge), zoom)


@dataclass(frozen=True)
class RecognizedCrop:
    """A crop and the words that the engine found in it; `rejected` are other readings, by the index of the word."""

    crop: Crop
    words: tuple[RecognizedWord, ...]
    rejected: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def on_page(self, scale: float) -> list[Word]:
        """The words in points of the page; `scale` is pixels per point."""
        sizes = font_sizes(self.words)
        return [
            Word(
                text=word.text,
                box=self.crop.on_page(word.box).scaled(1 / scale),
                size=sizes[word.line] / self.crop.zoom / scale,
                confidence=word.confidence,
                orientation=self.crop.orientation,
                readings=self.rejected.get(index, ()),
            )
            for index, word in enumerate(self.words)
        ]


def crop_region(grey: Pixels, text: TextMap, number: int, em: float, settings: ScanSettings) -> Crop:
    """Cut out a text region: its own letters on white paper, with margins, at a size that Tesseract reads well.

    Args:
        grey: The page, uint8 (rows, columns), dark on light; it may be finer than the map of the text.
        text: The text regions of the page.
        number: Which region.
        em: The text size in pixels of the map.
        settings: The scan's thresholds.
    """
    region = text.regions[number]
    margin = round(settings.crop_margin * em)
    rows, columns = text.labels.shape
    x0, x1 = max(0, region.left - margin), min(columns, region.right + margin)
    y0, y1 = max(0, region.top - margin), min(rows, region.bottom + margin)
    fine = grey.shape[1] / columns
    zoom = _zoom(em, fine, settings)
    size = (round((x1 - x0) * zoom), round((y1 - y0) * zoom))
    seen = grey[round(y0 * fine) : round(y1 * fine), round(x0 * fine) : round(x1 * fine)]
    part = seen if (seen.shape[1], seen.shape[0]) == size else cv2.resize(seen, size, interpolation=cv2.INTER_CUBIC)
    own = _letter_mask(text, number, (slice(y0, y1), slice(x0, x1)), settings)
    mask = own if zoom == 1.0 else cv2.resize(own, size, interpolation=cv2.INTER_NEAREST)
    clean = np.where(np.asarray(mask) > 0, part, np.uint8(255)).astype(np.uint8)
    edge = round(margin * zoom)
    return Crop(_on_white(clean, edge), x0 - edge / zoom, y0 - edge / zoom, zoom)


def _zoom(em: float, fine: float, settings: ScanSettings) -> float:
    """By how much the map's pixels are enlarged, where the picture has `fine` pixels to one of them."""
    zoom = fine * max(1.0, min(settings.zoom_limit, settings.crop_em / em / fine))
    return zoom if zoom >= settings.zoom_least * fine else fine


def _letter_mask(text: TextMap, number: int, part: tuple[slice, slice], settings: ScanSettings) -> Pixels:
    """1 on a region's letters and right around them, but not where a bare ruling runs."""
    own = (text.labels[part] == number + 1).astype(np.uint8)
    halo = np.ones((settings.letter_halo, settings.letter_halo), np.uint8)
    near = np.asarray(cv2.dilate(own, halo), dtype=np.uint8)
    return np.asarray(near & (text.bare_lines[part] ^ 1), dtype=np.uint8)


def _on_white(pixels: Pixels, edge: int) -> Pixels:
    framed = cv2.copyMakeBorder(pixels, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=255)
    return np.asarray(framed, dtype=np.uint8)


def _resized(pixels: Pixels, zoom: float) -> Pixels:
    return np.asarray(cv2.resize(pixels, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def words_apart(words: Sequence[RecognizedWord], settings: ScanSettings) -> tuple[RecognizedWord, ...]:
    """The words of a picture, each ending where the next one of its line begins.

    An engine now and then gives a word a box that covers those behind it: what is read again there would be doubled.
    """
    apart = list(words)
    for place, (word, after) in enumerate(pairwise(words)):
        over = word.box.x1 - after.box.x0
        covers = after.line == word.line and word.box.x0 < after.box.x0
        if covers and over > settings.word_overlap * min(word.box.height, after.box.height):
            apart[place] = replace(word, box=replace(word.box, x1=after.box.x0))
    return tuple(apart)


def font_sizes(words: Sequence[RecognizedWord]) -> dict[int, float]:
    """The font size of each printed line, from how high its letters stand: lines without ascenders are lower."""
    sizes = {}
    for line in {word.line for word in words}:
        members = [word for word in words if word.line == line]
        height = max(word.box.bottom for word in members) - min(word.box.top for word in members)
        sizes[line] = height / _height_share("".join(word.text for word in members))
    return sizes


def _height_share(text: str) -> float:
    """How much of the font size letters take up: "or" 0.52, "Or" 0.72, "Opr" 0.93."""
    high = any(c in ASCENDING or c.isupper() or c.isdigit() for c in text)
    low = any(c in DESCENDING for c in text)
    return X_HEIGHT + ASCENDER * high + DESCENDER * low

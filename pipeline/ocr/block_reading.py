"""Parts of a page read again as they are, each as one block, where the usual way found nothing in them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import cv2
import numpy as np

from pipeline.model.geometry import Box
from pipeline.model.orientation import Orientation
from pipeline.model.page import Picture, Word
from pipeline.model.pixels import Pixels
from pipeline.ocr.crops import Crop, RecognizedCrop, font_sizes
from pipeline.ocr.page_pixels import PagePixels
from pipeline.ocr.protocol import Engine, RecognitionRequest, RecognizedWord
from pipeline.ocr.second_reader import SecondReader
from pipeline.settings import ScanSettings

_ORIENTATIONS = (Orientation.UPRIGHT, Orientation.BOTTOM_TO_TOP, Orientation.TOP_TO_BOTTOM)


def read_blocks(
    picture: Picture,
    boxes: Sequence[Box],
    engine: Engine,
    settings: ScanSettings,
    second: SecondReader | None = None,
) -> list[tuple[Word, ...] | None]:
    """Read some boxes of a page, whatever was taken for text there; upright, or else as vertical writing.

    Args:
        picture: The upright page.
        boxes: In points, cells with the rulings around them.
        engine: Reads each.
        settings: The thresholds.
        second: Reads again what is doubtful in it, as on the page at first; None where nothing does.

    Returns:
        For each box its words in points, none where they were not read surely; None of a box without ink.
    """
    grey = picture.pixels if picture.pixels.ndim == 2 else cv2.cvtColor(picture.pixels, cv2.COLOR_RGB2GRAY)
    whole = np.asarray(grey, dtype=np.uint8)
    crops = [_read(whole, picture.scale, box, engine, settings) for box in boxes]
    if second is not None:
        usual = settings.usual_em * picture.scale
        crops = [crop and _read_again(whole, crop, second, usual) for crop in crops]
    return [None if crop is None else tuple(crop.on_page(picture.scale)) for crop in crops]


def _read_again(grey: Pixels, crop: RecognizedCrop, second: SecondReader, usual: float) -> RecognizedCrop:
    """A block with what the second reader said of it; `usual` is the text size in pixels where no word tells it."""
    nothing = np.zeros(grey.shape, np.uint8)
    em = median(font_sizes(crop.words).values()) if crop.words else usual
    return second.read([crop], PagePixels(grey, 1.0, em, nothing, nothing.astype(np.uint16)))[0]


def _read(grey: Pixels, scale: float, box: Box, engine: Engine, settings: ScanSettings) -> RecognizedCrop | None:
    inset, margin = settings.block_inset * scale, round(settings.block_margin * scale)
    x0, y0 = round(box.x0 * scale + inset), round(box.top * scale + inset)
    part = grey[max(0, y0) : round(box.bottom * scale - inset), max(0, x0) : round(box.x1 * scale - inset)]
    if part.size == 0 or (part < settings.block_ink * np.median(part)).mean() < settings.block_ink_share:
        return None
    framed = cv2.copyMakeBorder(part, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=255)
    crop = Crop(np.asarray(framed, dtype=np.uint8), max(0, x0) - margin, max(0, y0) - margin, 1.0)
    for orientation in _ORIENTATIONS:
        turned = crop.upright(orientation)
        (words,) = engine.recognize([RecognitionRequest(turned.pixels, "block")])
        if _is_sure(words, settings):
            return RecognizedCrop(turned, words)
    return RecognizedCrop(_trimmed(crop, margin, settings), ())


def _trimmed(crop: Crop, margin: int, settings: ScanSettings) -> Crop:
    """A crop without the empty rows above and below its ink, but for a margin in pixels."""
    inked = np.flatnonzero((crop.pixels < settings.block_ink * 255).any(axis=1))
    first = max(0, int(inked[0]) - margin) if len(inked) else 0
    last = int(inked[-1]) + 1 + margin if len(inked) else len(crop.pixels)
    return Crop(np.ascontiguousarray(crop.pixels[first:last]), crop.left, crop.top + first, 1.0)


def _is_sure(words: Sequence[RecognizedWord], settings: ScanSettings) -> bool:
    """Whether words are read surely on the average, and hold a letter or a digit."""
    if not any(c.isalnum() for word in words for c in word.text):
        return False
    return sum(word.confidence for word in words) >= settings.block_sure * len(words)

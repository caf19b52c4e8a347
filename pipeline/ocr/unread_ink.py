"""Letters of a recognised line that are in none of its words: engines lose words, or give a scrap of one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.imaging.components import label_components
from pipeline.model.geometry import Box, union
from pipeline.ocr.crops import RecognizedCrop
from pipeline.ocr.protocol import RecognizedWord
from pipeline.settings import SecondReaderSettings

INK = 160  # 0..255: what is darker is a letter's


def unread_letters(
    crop: RecognizedCrop, line: Sequence[RecognizedWord], em: float, settings: SecondReaderSettings
) -> Box | None:
    """The place of letters beside the words of a line, in pixels of the crop; None where there are next to none.

    Args:
        crop: What was recognised of a text region.
        line: The words of one of its lines.
        em: The text size in pixels of the page.
        settings: How much ink counts.
    """
    pixels, size = crop.crop.pixels, em * crop.crop.zoom
    whole = union(word.box for word in line)
    top, bottom = max(0, round(whole.top)), min(len(pixels), round(whole.bottom))
    ink = np.asarray(pixels[top:bottom] < INK, dtype=np.uint8)
    for word in line:
        ink[:, max(0, round(word.box.x0)) : round(word.box.x1)] = 0
    if np.count_nonzero(ink.any(axis=0)) < settings.unread_width * size:
        return None
    _, stats = label_components(ink)
    height = stats[1:, 3]
    letters = stats[1:][(height >= settings.unread_height * size) & (height < len(ink))]
    if len(letters) < settings.unread_letters:
        return None
    return union(Box(float(x), float(top + y), float(x + w), float(top + y + h)) for x, y, w, h, _ in letters)

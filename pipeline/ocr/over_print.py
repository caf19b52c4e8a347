"""Words that a stamp or a signature runs through: they are doubted until both readers say the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from pipeline.model.geometry import Box
from pipeline.model.pixels import Pixels
from pipeline.ocr.crops import RecognizedCrop
from pipeline.ocr.protocol import RecognizedWord
from pipeline.ocr.two_readings import Knows, is_known
from pipeline.settings import ScanSettings


def doubted_under_ink(crop: RecognizedCrop, over: Pixels, em: float, settings: ScanSettings) -> RecognizedCrop:
    """Doubt the words of a crop that ink was taken off, so that they are read again.

    Args:
        crop: What was recognised of a text region.
        over: uint8 (rows, columns): 1 where a stamp or a signature was taken off the page.
        em: The text size in pixels of that.
        settings: The scan's thresholds.
    """

    def most(word: RecognizedWord) -> float:
        return settings.under_ink if word.confidence >= settings.sure_under_ink else settings.lost_under_ink

    return _limited(crop, over, em, settings, most)


def distrusted_under_ink(
    crop: RecognizedCrop, over: Pixels, em: float, knows: Knows, settings: ScanSettings
) -> RecognizedCrop:
    """Distrust the strings under such ink that are no words and no numbers: letters may be lost, and strokes added."""

    def most(word: RecognizedWord) -> float:
        return 1.0 if is_known(word.text, knows) or word.text.isdigit() else settings.under_stamp

    return _limited(crop, over, em, settings, most)


def _limited(
    crop: RecognizedCrop,
    over: Pixels,
    em: float,
    settings: ScanSettings,
    most: Callable[[RecognizedWord], float],
) -> RecognizedCrop:
    words = tuple(
        replace(word, confidence=min(word.confidence, most(word)))
        if _is_under(crop.crop.on_page(word.box), over, em, settings)
        else word
        for word in crop.words
    )
    return replace(crop, words=words)


def _is_under(box: Box, over: Pixels, em: float, settings: ScanSettings) -> bool:
    reach = settings.stamp_near * em
    rows = slice(max(0, round(box.top)), max(0, round(box.bottom)) + 1)
    columns = slice(max(0, round(box.x0 - reach)), max(0, round(box.x1 + reach)) + 1)
    part = over[rows, columns]
    return bool(part.size and np.count_nonzero(part) >= settings.stamp_touch * part.size)

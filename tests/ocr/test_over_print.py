from __future__ import annotations

import numpy as np

from pipeline.model.geometry import Box
from pipeline.ocr.crops import Crop, RecognizedCrop
from pipeline.ocr.over_print import distrusted_under_ink, doubted_under_ink
from pipeline.ocr.protocol import RecognizedWord
from pipeline.settings import ScanSettings

SETTINGS = ScanSettings()


def crop(*texts: str, sure: float = 0.97) -> RecognizedCrop:
    words = tuple(RecognizedWord(t, Box(60.0 * n, 0, 60.0 * n + 40, 20), sure, 0) for n, t in enumerate(texts))
    return RecognizedCrop(Crop(np.full((20, 200), 255, np.uint8), 10.0, 10.0, 1.0), words)


def over() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Ink over the second of the words only."""
    mask = np.zeros((60, 240), np.uint8)
    mask[10:30, 85:90] = 1
    return mask


def test_words_under_ink_are_doubted() -> None:
    found = doubted_under_ink(crop("Surat", "Surat"), over(), 20.0, SETTINGS)
    assert [word.confidence for word in found.words] == [0.97, SETTINGS.under_ink]
    unsure = doubted_under_ink(crop("Surat", "Surat", sure=0.6), over(), 20.0, SETTINGS)
    assert [word.confidence for word in unsure.words] == [0.6, SETTINGS.lost_under_ink]


def test_what_is_neither_word_nor_number_under_ink_is_not_trusted() -> None:
    for text, confidence in (("Surat", 0.97), ("2019", 0.97), ("urat", SETTINGS.under_stamp)):
        found = distrusted_under_ink(crop(text, text), over(), 20.0, lambda word: word == "Surat", SETTINGS)
        assert [word.confidence for word in found.words] == [0.97, confidence]

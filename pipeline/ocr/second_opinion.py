"""Numbers that were read with little confidence, read again as nothing but digits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.ocr.crops import RecognizedCrop
from pipeline.ocr.protocol import Engine, RecognitionRequest, RecognizedWord
from pipeline.settings import ScanSettings

DIGITS = "0123456789"
NUMERIC = re.compile(r"[\dOolISsBZzgq|]+(?:[./:,-][\dOolISsBZzgq|]+)*[.,]?")
MIXED = re.compile(r"(?=.*\d)(?=.*[OolI|])[\dOolI|./:,-]+")  # digits, and letters that look like some


def second_opinion(
    crops: Sequence[RecognizedCrop], margin: float, engine: Engine, settings: ScanSettings
) -> list[RecognizedCrop]:
    """Ask once more for every doubtful number; of two readings the surer one stands, the other is kept beside it.

    Args:
        crops: What was recognised of a page.
        margin: The paper to leave around a word, in pixels of the page.
        engine: What reads them.
        settings: The scan's thresholds.
    """
    doubtful = [
        (which, index, word)
        for which, crop in enumerate(crops)
        for index, word in enumerate(crop.words)
        if _is_doubtful_number(word, crop, settings)
    ]
    requests = [_number_request(crops[which], word, margin, settings) for which, _, word in doubtful]
    seen = list(crops)
    for (which, index, first), answer in zip(doubtful, engine.recognize(requests), strict=True):
        if len(answer) == 1:
            seen[which] = _settled(seen[which], index, first, answer[0])
    return seen


def _is_doubtful_number(word: RecognizedWord, crop: RecognizedCrop, settings: ScanSettings) -> bool:
    """Whether a word of little confidence could be a number: "l5", "1O"; or is alone in its region as one mark."""
    sure = settings.sure_of_mixed if MIXED.fullmatch(word.text) else settings.sure_of_number
    if word.confidence >= sure or not NUMERIC.fullmatch(word.text):
        return False
    return any(c.isdigit() for c in word.text) or (len(crop.words) == 1 and len(word.text) <= settings.mark_letters)


def _number_request(
    crop: RecognizedCrop, word: RecognizedWord, margin: float, settings: ScanSettings
) -> RecognitionRequest:
    marks = "".join(sorted({c for c in word.text if c in "./:,-"}))
    return RecognitionRequest(crop.crop.part(word.box, margin, settings.second_zoom), "line", DIGITS + marks)


def _settled(crop: RecognizedCrop, index: int, first: RecognizedWord, second: RecognizedWord) -> RecognizedCrop:
    if second.text == first.text:
        sure = replace(first, confidence=max(first.confidence, second.confidence))
        return replace(crop, words=_with(crop.words, index, sure))
    if second.confidence <= first.confidence:
        return replace(crop, rejected={**crop.rejected, index: (second.text,)})
    better = replace(first, text=second.text, confidence=second.confidence)
    return RecognizedCrop(crop.crop, _with(crop.words, index, better), {**crop.rejected, index: (first.text,)})


def _with(words: tuple[RecognizedWord, ...], index: int, word: RecognizedWord) -> tuple[RecognizedWord, ...]:
    return (*words[:index], word, *words[index + 1 :])

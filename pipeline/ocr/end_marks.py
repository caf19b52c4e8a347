"""Semicolons told from colons, commas and full stops by their ink: Tesseract's Indonesian model cannot write them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np

from pipeline.imaging.components import Stats, label_components
from pipeline.model.pixels import Pixels
from pipeline.ocr.crops import RecognizedCrop, font_sizes
from pipeline.ocr.protocol import RecognizedWord
from pipeline.settings import ScanSettings

TAKEN_FOR_SEMICOLON = (":", ",", ".")


def with_semicolons(crop: RecognizedCrop, settings: ScanSettings) -> RecognizedCrop:
    """Read the mark at a word's end as `;` where its ink is two blobs and the lower one hangs below the baseline.

    Args:
        crop: What was recognised of a text region; a word keeps its former text among those rejected.
        settings: The scan's thresholds.
    """
    ink = np.asarray(crop.crop.pixels < settings.mark_tone, dtype=np.uint8)
    sizes = font_sizes(crop.words)
    words, rejected = list(crop.words), dict(crop.rejected)
    lines: dict[int, list[int]] = defaultdict(list)
    for index, word in enumerate(words):
        lines[word.line].append(index)
    for line, indices in lines.items():
        marked = [index for index in indices if words[index].text.endswith(TAKEN_FOR_SEMICOLON)]
        if not marked:
            continue
        baseline = _baseline(ink, [words[index] for index in indices])
        for index in marked:
            word = words[index]
            if baseline is not None and _ends_in_semicolon(ink, word, baseline, sizes[line], settings):
                words[index] = replace(word, text=word.text[:-1] + ";")
                rejected[index] = (*rejected.get(index, ()), word.text)
    return RecognizedCrop(crop.crop, tuple(words), rejected)


def _baseline(ink: Pixels, line: list[RecognizedWord]) -> int | None:
    """The first row below the feet of a line's letters: where its ink ends most abruptly, in its lower half."""
    top, bottom = min(word.box.top for word in line), max(word.box.bottom for word in line)
    left, right = min(word.box.x0 for word in line), max(word.box.x1 for word in line)
    first, last = max(0, int(top)), min(len(ink) - 1, int(bottom) + 1)
    profile = ink[first : last + 1, max(0, int(left)) : int(right) + 1].sum(axis=1, dtype=np.int64)
    half = len(profile) // 2
    falls = profile[half:-1] - profile[half + 1 :]
    return first + half + int(falls.argmax()) + 1 if len(falls) else None


def _ends_in_semicolon(ink: Pixels, word: RecognizedWord, baseline: int, em: float, settings: ScanSettings) -> bool:
    above, below = settings.mark_room
    top, bottom = max(0, int(baseline - above * em)), min(len(ink), int(baseline + below * em) + 1)
    part = ink[top:bottom, max(0, int(word.box.x0) - 1) : int(word.box.x1) + 2]
    if not part.size:
        return False
    stats = label_components(np.ascontiguousarray(part))[1][1:]
    blobs = stats[stats[:, 4] >= max(2.0, (settings.speck * em) ** 2 / 2)]
    return len(blobs) > 1 and _is_semicolon(blobs, baseline - top, em, settings)


def _is_semicolon(blobs: Stats, baseline: int, em: float, settings: ScanSettings) -> bool:
    """Whether the last of a word's blobs are a dot at the height of small letters and a comma below it."""
    left, right = settings.mark_slant
    middle = blobs[:, 0] + blobs[:, 2] / 2
    last = int((blobs[:, 0] + blobs[:, 2]).argmax())
    end = blobs[np.abs(middle - middle[last]) < right * em]
    if len(end) != 2:
        return False
    upper, lower = end[np.argsort(end[:, 1] + end[:, 3])].astype(np.float64) / em
    wide, dot_high, comma_high = settings.mark_size
    small = max(upper[2], lower[2]) <= wide and upper[3] <= dot_high and lower[3] <= comma_high
    above = left <= upper[0] + upper[2] / 2 - lower[0] - lower[2] / 2 <= right
    low, high = settings.dot_rise
    foot = baseline / em
    is_dot = low <= foot - upper[1] - upper[3] <= high and lower[1] >= upper[1] + upper[3]
    return bool(small and above and is_dot and lower[1] + lower[3] > foot + settings.mark_sink)

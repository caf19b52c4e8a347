"""The words of the flowchart: what is taken out of the ink, and what stands in which symbol."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from pipeline.extract.flow.ink import View
from pipeline.extract.flow.morphology import Mask, opened
from pipeline.model.page import Word
from pipeline.settings import FlowSettings


def without_words(ink: Mask, words: Iterable[Word], view: View, settings: FlowSettings) -> Mask:
    """The ink without letters. Straight lines through a word stay, and so does what one sign alone stands for:
    a recogniser takes an arrowhead for a "v" and a piece of a line for a "|".
    """
    drawn = ink.copy()
    for word in words:
        if sum(sign.isalnum() for sign in word.text) < 2 or word.box.height > settings.tallest_word:
            continue
        rows, columns = view.window(word.box)
        letters = drawn[rows, columns]
        if letters.size:
            drawn[rows, columns] = letters & _long_lines(ink, rows, columns, word.box.height * view.scale)
    return drawn


def _long_lines(ink: Mask, rows: slice, columns: slice, height: float) -> Mask:
    """The pixels of a word's box that lie on a straight line longer than letters are high."""
    length = max(8, round(1.5 * height))
    top, left = max(0, rows.start - length), max(0, columns.start - length)
    around = ink[top : rows.stop + length, left : columns.stop + length]
    kept = opened(around, length, 1) | opened(around, 1, length)
    return kept[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]


def joined_text(words: Sequence[Word]) -> str | None:
    """The words as one string in reading order, line by line; None where there is none."""
    if not words:
        return None
    step = max(1.0, 0.6 * float(np.median([w.box.height for w in words])))
    ordered = sorted(words, key=lambda w: (w.box.center[1], w.box.x0))
    lines: list[list[Word]] = []
    for word in ordered:
        if lines and word.box.center[1] - lines[-1][0].box.center[1] <= step:
            lines[-1].append(word)
        else:
            lines.append([word])
    return " ".join(w.text for line in lines for w in sorted(line, key=lambda w: w.box.x0)) or None

"""The words of the flowchart: what is taken out of the ink, and what stands in which symbol."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import cv2
import numpy as np

from pipeline.flowchart.ink_layers import View
from pipeline.imaging.morphology import Mask, opened
from pipeline.model.clustering import cluster
from pipeline.model.geometry import Box
from pipeline.model.orientation import Orientation
from pipeline.model.page import Word
from pipeline.settings import FlowSettings


def without_words(ink: Mask, words: Iterable[Word], view: View, settings: FlowSettings) -> Mask:
    """The ink without letters. Straight lines through a word stay, and so does what one sign alone stands for:
    a recogniser takes an arrowhead for a "v" and a piece of a line for a "|", and half a symbol for a word.
    """
    drawn = ink.copy()
    for word in words:
        if not _is_text(word, settings):
            continue
        rows, columns = view.window(_ink_box(word))
        letters = drawn[rows, columns]
        if letters.any():
            height = word.box.height * view.scale
            kept = _long_lines(ink, rows, columns, height)
            if word.confidence is not None:
                kept |= _reaching_out(ink, rows, columns, max(2, round(0.2 * height)))
            drawn[rows, columns] = letters & kept
    return drawn


def _is_text(word: Word, settings: FlowSettings) -> bool:
    """Whether what was read is sure to be letters."""
    unsure = word.confidence is not None and word.confidence < settings.sure_word
    return not unsure and sum(sign.isalnum() for sign in word.text) >= 2 and word.box.height <= settings.tallest_word


def _reaching_out(ink: Mask, rows: slice, columns: slice, margin: int) -> Mask:
    """The pixels of a word's box whose ink goes on beyond it: a symbol's outline, or a connector."""
    top, left = max(0, rows.start - margin), max(0, columns.start - margin)
    around = ink[top : rows.stop + margin, left : columns.stop + margin]
    count, labels = cv2.connectedComponents(around, connectivity=8)
    pieces = np.asarray(labels)
    out = np.zeros(count, np.uint8)
    for edge in (pieces[0], pieces[-1], pieces[:, 0], pieces[:, -1]):
        out[edge] = 1
    out[0] = 0
    near: Mask = out[pieces[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]]
    return near


def _ink_box(word: Word) -> Box:
    """Where a word's ink can be: a text layer's boxes are as high as the font, a recogniser's as the letters."""
    if word.confidence is not None or word.orientation is not Orientation.UPRIGHT:
        return word.box
    below = 0.0 if any(sign in "gjpqy,;()[]{}/|Q" for sign in word.text) else 0.2 * word.box.height
    return Box(word.box.x0, word.box.top + 0.08 * word.box.height, word.box.x1, word.box.bottom - below)


def _long_lines(ink: Mask, rows: slice, columns: slice, height: float) -> Mask:
    """The pixels of a word's box that lie on a thin straight line longer than letters are high."""
    length = max(8, round(1.5 * height))
    thick = max(4, round(0.45 * height))  # letters run together into a bar
    lying = _thin_lines(ink, rows, columns, length, thick)
    upright = _thin_lines(ink.T, columns, rows, length, thick).T
    return lying | upright


def _thin_lines(ink: Mask, rows: slice, columns: slice, length: int, thick: int) -> Mask:
    """The pixels of a window that lie on a lying line so long, and not so thick."""
    top, left = max(0, rows.start - thick), max(0, columns.start - length)
    lying = opened(ink[top : rows.stop + thick, left : columns.stop + length], length, 1)
    window = lying[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
    if not window.any():
        return window
    thin: Mask = lying & (1 - opened(lying, 1, thick))
    return thin[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]


def joined_text(words: Sequence[Word]) -> str | None:
    """The words as one string in reading order, line by line; None where there is none."""
    if not words:
        return None
    step = max(1.0, 0.6 * float(np.median([w.box.height for w in words])))
    lines = cluster(words, step, lambda w: w.box.center[1])
    return " ".join(w.text for line in lines for w in sorted(line, key=lambda w: w.box.x0)) or None

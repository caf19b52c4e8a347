"""How wide the letters of a document's fonts are, learned from its words, and which words do not fit them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.model.page import Word
from pipeline.settings import TextDoubtSettings

KERNED = re.compile(r"[FPTVWY][.,]")
"""A mark that fonts draw far under the capital before it: "NIP."."""


@dataclass(frozen=True)
class LetterWidths:
    """Widths of letters in shares of the text size, by font; only of letters that several words tell of.

    `usual` are words that were seen more than once with the same width, rounded: kerning makes them narrower, and a
    width that recurs is no accident.
    """

    settings: TextDoubtSettings
    by_font: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    usual: frozenset[tuple[str, str, int]] = frozenset()

    def misfit(self, word: Word) -> float | None:
        """By how much a word is wider than its letters, in shares of the text size; None where nobody can tell."""
        known = self.by_font.get(word.font)
        if known is None or word.confidence is not None:
            return None
        try:
            width = sum(map(known.__getitem__, word.text))
        except KeyError:
            return None
        printed = _width(word)
        if _key(word, printed, self.settings) in self.usual:
            return 0.0
        if printed >= width:
            return printed - width
        kerned = self.settings.kerned_stop * len(KERNED.findall(word.text))
        return min(printed - width + kerned, 0.0)

    def is_odd(self, word: Word) -> bool:
        """Whether a word is wider or narrower than its letters by what no kerning does."""
        misfit = self.misfit(word)
        return misfit is not None and abs(misfit) > self.settings.letter_misfit

    def confirm(self, words: Iterable[Word]) -> bool:
        """Whether a text says what it shows, as far as widths tell: no word is odd, and most could be judged."""
        found = [self.misfit(word) for word in words]
        judged = [misfit for misfit in found if misfit is not None]
        enough = len(judged) >= self.settings.judged_share * len(found) > 0
        return enough and all(abs(misfit) <= self.settings.letter_misfit for misfit in judged)


def letter_widths(words: Iterable[Word], settings: TextDoubtSettings) -> LetterWidths:
    """Learn the widths of the letters of a text layer's words, font by font; fonts with few words are left out."""
    known = [word for word in words if word.text and word.size > 0 and word.confidence is None]
    counts = Counter([_key(word, _width(word), settings) for word in known])
    by_font: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for font, text, width in counts:
        by_font[font].append((text, width * settings.width_step))
    learned = {font: _learned(seen, settings) for font, seen in by_font.items() if len(seen) >= settings.font_words}
    return LetterWidths(settings, learned, frozenset(key for key, count in counts.items() if count > 1))


def _key(word: Word, width: float, settings: TextDoubtSettings) -> tuple[str, str, int]:
    return word.font, word.text, round(width / settings.width_step)


def _width(word: Word) -> float:
    box = word.box
    return (box.x1 - box.x0 if word.orientation.is_horizontal else box.bottom - box.top) / word.size


def _learned(seen: list[tuple[str, float]], settings: TextDoubtSettings) -> dict[str, float]:
    """The width of every letter that enough words tell of: the ones that leave the least sum of differences."""
    letters = sorted({letter for text, _ in seen for letter in text})
    place = {letter: n for n, letter in enumerate(letters)}
    rows = np.repeat(np.arange(len(seen)), [len(text) for text, _ in seen])
    columns = np.array([place[letter] for text, _ in seen for letter in text])
    counts = np.zeros((len(seen), len(letters)))
    np.add.at(counts, (rows, columns), 1)
    printed = np.array([width for _, width in seen])
    widths = _least_differences(counts, printed, settings)
    odd = np.abs(printed - counts @ widths) > settings.letter_misfit
    telling, against = (counts > 0).sum(axis=0), (counts[odd] > 0).sum(axis=0)
    known = (telling >= settings.letter_words) & (against <= settings.odd_share * telling)
    return {letter: float(widths[n]) for letter, n in place.items() if known[n]}


def _least_differences(
    counts: NDArray[np.float64], widths: NDArray[np.float64], settings: TextDoubtSettings
) -> NDArray[np.float64]:
    """Solve counts @ x = widths for the least sum of absolute differences, by least squares weighted anew each time."""
    weights: NDArray[np.float64] = np.ones(len(widths))
    keep = settings.width_ridge * np.eye(counts.shape[1])
    solved: NDArray[Any] = np.zeros(counts.shape[1])
    for _ in range(settings.width_rounds):
        weighted = counts * weights[:, None]
        solved = np.linalg.solve(weighted.T @ counts + keep, weighted.T @ widths)
        weights = 1 / np.maximum(np.abs(widths - counts @ solved), settings.width_step)
    return solved

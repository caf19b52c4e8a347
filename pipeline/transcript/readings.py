"""Two readings of one thing: which is the plausible one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from pipeline.model.text import letter_runs, one_line, squash
from pipeline.transcript.dictionary import Dictionary, TextLine, Token, shape
from pipeline.transcript.known_words import Vocabulary, alike

Plausible = Callable[[str], float]


def by_shape(shapes: Counter[str]) -> Plausible:
    """A number is as plausible as its form is frequent in the document."""
    return lambda text: float(shapes[shape(text)])


def by_date(vocabulary: Vocabulary) -> Plausible:
    """A date is plausible with a day, an Indonesian month and a year."""
    months = "|".join(vocabulary.words.months)
    whole = re.compile(rf"\d{{1,2}}\s+({months})\s+\d{{4}}|-", re.IGNORECASE)
    return lambda text: 1.0 if whole.fullmatch(text.strip()) else 0.0


def by_words(words: Dictionary) -> Plausible:
    """A text is as plausible as the share of its words that are known."""

    def share(text: str) -> float:
        parts = [part for part in letter_runs(text) if len(part) > 1]
        return sum(words.weight(part) > 0 for part in parts) / len(parts) if parts else 0.0

    return share


def settled(readings: Sequence[str], plausible: Plausible, words: Dictionary) -> TextLine:
    """The most plausible of several readings, the others kept with it; unsure where nothing tells them apart.

    ("02.061/079/59", "02. 061/org/58") -> the second, where the document's other numbers look like it.
    """
    different = list(dict.fromkeys(one_line(reading) for reading in readings))
    different += [agreed for reading in different if (agreed := words.agreed(reading)) and agreed not in different][:1]
    scores = [plausible(reading) for reading in different]
    chosen = scores.index(max(scores))
    others = tuple(reading for index, reading in enumerate(different) if index != chosen)
    unsure = scores.count(scores[chosen]) > 1
    confidence = words.settings.damaged_confidence if unsure else (words.settings.mended_confidence if others else None)
    return tuple(Token(word, confidence, () if i else others) for i, word in enumerate(different[chosen].split()))


def grouped(lines: Sequence[str], plausible: Plausible, same: float) -> list[list[str]]:
    """Lines put together where the next is another reading of the one before: like it, but less (or more) plausible."""
    groups: list[list[str]] = []
    for line in lines:
        again = groups and alike(groups[-1][0], line) >= same
        if again and (squash(groups[-1][0]) == squash(line) or plausible(groups[-1][0]) != plausible(line)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups

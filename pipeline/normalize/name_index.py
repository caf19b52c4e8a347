"""Names, to be looked up by what is like one: exactly those that comparing with each finds, without doing so.

Texts of m and n letters are alike where no more than (1 - likeness) * (m + n) letters have to be taken out of the one
and put in to make the other; the difference of m and n tells how many of each kind at most. One letter taken out or put
in changes by one how often that letter stands in the text. So names are sorted by their length and by how often they
hold this letter and that, as a tree with a level for each letter, and a branch of it is left as soon as it holds more
of the letters above than may be taken out, or lacks more than may be put in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

_Integers: TypeAlias = npt.NDArray[np.signedinteger[Any]]

MOST = 3  # names that are given for a text
FEW = 2000  # names that are sooner compared one by one than told apart by one more letter
LETTERS = 16  # that names may be told apart by: the others stand in few names
SAMPLE = 10_000  # names that tell which letters those are
MOST_TIMES = 127  # that a letter is counted in a text: a count is a byte
TOLD_APART = 0.99  # share of names with a group of their own from which on no further level is worth its memory
ROUNDING = 1e-3  # of a number of letters, that it is never one too few: rapidfuzz compares likenesses as short floats


class _Level(NamedTuple):
    """The groups of names that agree in the letters of this level and of all above it.

    Attributes:
        counts: How often the names of each group hold the letter of this level; their length in the first level.
        names: The place of each group's first name, and at the end how many names there are.
        parts: The place in the next level of each group's first part, and at the end how many there are.
    """

    counts: _Integers
    names: _Integers
    parts: _Integers


class _Left(NamedTuple):
    """The groups of a level that may be like a text, and how many letters more and less each may still have."""

    groups: _Integers
    more: _Integers
    less: _Integers


class NameIndex:
    """Texts, to be looked up by what `rapidfuzz.fuzz.ratio` takes for like them."""

    def __init__(self, names: Collection[str], likeness: float, few: int = FEW) -> None:
        """Take the names, how like one a text must be, 0..100, and how many names are compared one by one."""
        self._likeness, self._few = likeness, few
        self._letters = _telling_letters(list(names)[:: len(names) // SAMPLE + 1]) if len(names) > few else ""
        lengths = np.fromiter(map(len, names), np.int32, len(names))
        rows: list[_Integers] = [lengths]
        for letter in self._letters:
            rows.append(np.fromiter((_times(letter, name) for name in names), np.int8, len(names)))
        order = np.lexsort(rows[::-1])
        self._levels = _levels([row[order] for row in rows])
        unordered = list(names)
        self._names = [unordered[place] for place in order.tolist()]

    def like(self, text: str) -> tuple[tuple[str, float], ...]:
        """The three names that are most like a text, and how like, 0..100; the best first."""
        near = self._candidates(text)
        found = process.extract(text, near, scorer=fuzz.ratio, score_cutoff=self._likeness, limit=MOST)
        return tuple((name, score) for name, score, _ in found)

    def _candidates(self, text: str) -> list[str]:
        """All names that are like a text, and few others."""
        level = self._levels[0]
        left = _of_length(level.counts, len(text), self._likeness / 100.0)
        for below, letter in zip(self._levels[1:], self._letters, strict=False):
            if np.sum(level.names[left.groups + 1] - level.names[left.groups]) <= self._few:
                break
            left = _parts(left, level, below, _times(letter, text))
            level = below
        first, end = level.names[left.groups], level.names[left.groups + 1]
        return [name for a, b in zip(first.tolist(), end.tolist(), strict=True) for name in self._names[a:b]]


def _telling_letters(names: Sequence[str]) -> str:
    """The letters that tell names apart best: whose number differs most from name to name, these first."""
    often = sorted(letter for letter, _ in Counter("".join(names)).most_common(2 * LETTERS))
    differs = {letter: float(np.var([_times(letter, name) for name in names])) for letter in often}
    return "".join(sorted(often, key=lambda letter: -differs[letter])[:LETTERS])


def _times(letter: str, text: str) -> int:
    return min(text.count(letter), MOST_TIMES)


def _levels(rows: Sequence[_Integers]) -> list[_Level]:
    """The tree of names.

    Args:
        rows: The length of each name, then for each letter how often it holds that one; in order of them all.
    """
    total = len(rows[0])
    begins = np.arange(total) == 0
    firsts: list[_Integers] = []
    for row in rows:
        begins[1:] |= row[1:] != row[:-1]
        firsts.append(np.flatnonzero(begins).astype(np.int32))
        if len(firsts[-1]) >= TOLD_APART * total:
            break
    lower = [*firsts[1:], np.zeros(0, np.int32)]
    return [
        _Level(row[first], np.append(first, np.int32(total)), np.searchsorted(next_, [*first, total]).astype(np.int32))
        for row, first, next_ in zip(rows, firsts, lower, strict=False)
    ]


def _of_length(lengths: _Integers, length: int, share: float) -> _Left:
    """The groups whose names are not so much longer or shorter than a text that this alone tells them apart."""
    both = lengths + np.int32(length)
    most = ((1 - share) * both + ROUNDING).astype(np.int32)
    most -= (both - most) % 2  # what two texts do not share is odd where one of them is odd and the other is not
    more, less = (most + lengths - np.int32(length)) // 2, (most - lengths + np.int32(length)) // 2
    fit = np.flatnonzero((more >= 0) & (less >= 0))
    return _Left(fit, more[fit], less[fit])


def _parts(left: _Left, level: _Level, below: _Level, times: int) -> _Left:
    """What is left of the next level, whose letter stands so often in the text."""
    first = level.parts[left.groups]
    number = level.parts[left.groups + 1] - first
    before = np.cumsum(number, dtype=np.int32)
    groups = np.arange(before[-1] if len(before) else 0, dtype=np.int32) + np.repeat(first - before + number, number)
    surplus = below.counts[groups] - np.int8(times)
    more, less = np.repeat(left.more, number), np.repeat(left.less, number)
    fit = np.flatnonzero((surplus <= more) & (-surplus <= less))
    surplus = surplus[fit]
    return _Left(groups[fit], more[fit] - np.maximum(surplus, 0), less[fit] + np.minimum(surplus, 0))

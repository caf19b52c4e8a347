"""Headings whose letters are set apart: "P E M E R I N T A H   K A B U P A T E N"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.model.draft import Change
from pipeline.normalize.language import Language
from pipeline.normalize.sentence import CellWord, Sentence, merged

_LONGEST = 20  # letters of a word


def spaced_letters(sentence: Sentence, language: Language) -> Sentence:
    """Join letters that stand apart into words; the wider gaps among them, and the line's end, are between words.

    Where no gap is wider, the words of the language are told apart.

    Before: "P E M E R I N T A H   K O T A"; after: "PEMERINTAH KOTA". Letters that make no known words stay: "A B C D".
    """
    if sum(len(word.text) == 1 for word in sentence.words) < language.settings.spaced_letters:
        return sentence
    words: list[CellWord] = []
    changes: list[Change] = []
    for run in _runs(sentence.words):
        joined = _joined(run, language)
        if len(joined) < len(run):
            changes.append(Change("spaced-letters", _text(run), _text(joined)))
        words += joined
    return sentence.changed(words, changes) if changes else sentence


def _runs(words: Sequence[CellWord]) -> list[list[CellWord]]:
    """The words in groups: those of one sign each that follow each other on a line together, all others alone."""
    runs: list[list[CellWord]] = []
    for word in words:
        follows = bool(runs) and len(word.text) == len(runs[-1][-1].text) == 1 and word.gap is not None
        if follows:
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _joined(run: Sequence[CellWord], language: Language) -> list[CellWord]:
    settings = language.settings
    if sum(word.text.isalpha() for word in run) < settings.spaced_letters:
        return list(run)
    gaps = [word.gap for word in run if word.gap is not None]
    between_words = median(gaps) * settings.spaced_word_gap
    groups: list[list[CellWord]] = []
    for word in run:
        if groups and word.gap is not None and word.gap <= between_words:
            groups[-1].append(word)
        else:
            groups.append([word])
    found = [merged(part) for group in groups for part in _parted(group, language)]
    known = sum(len(word.text) for word in found if language.vocabulary.knows(word.text.strip(".,:;()")))
    return found if known * 2 >= len(run) else list(run)


def _parted(letters: Sequence[CellWord], language: Language) -> list[list[CellWord]]:
    """The letters of several words that no wider gap parts, by the fewest words that they make; one group if none."""
    text = "".join(letter.text for letter in letters)
    if language.vocabulary.knows(text):
        return [list(letters)]
    ways: list[list[int] | None] = [[]]  # where the words end that make up the first so many letters
    for end in range(1, len(text) + 1):
        starts = range(max(0, end - _LONGEST), end - language.settings.parted_shorter + 1)
        made = [
            [*way, end] for at in starts if (way := ways[at]) is not None and language.vocabulary.real(text[at:end])
        ]
        ways.append(min(made, key=len, default=None))
    return [list(letters[a:b]) for a, b in pairwise([0, *(ways[-1] or [len(text)])])]


def _text(words: Sequence[CellWord]) -> str:
    return " ".join(word.text for word in words)

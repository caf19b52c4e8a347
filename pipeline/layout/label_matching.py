"""Which label a printed text is, whatever its spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.model.headings import Headings, Synonyms
from pipeline.model.text import squash

SHORTEST_MISREAD = 5  # letters: in a shorter label one wrong letter makes another word
LEAST_LENGTH = 0.85  # of a label's letters that its misread form has
BRACKETS = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")


def match(text: str, synonyms: Synonyms, likeness: float) -> str | None:
    """Find the field whose label a text is.

    Args:
        text: What is printed; what stands in brackets does not count.
        synonyms: The labels of each field.
        likeness: 0..100, how like a known label a long one must be; short ones must be the same.

    Returns:
        The name of the field; None where the text is no label.
    """
    score, name = _best(squash(BRACKETS.sub(" ", text)), _known(tuple(synonyms.items())))
    return name if score >= likeness else None


class _Known:
    """Labels in letters alone, and the field that each stands for, in their order."""

    def __init__(self, synonyms: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        self.names: dict[str, str] = {}
        self._shorter: dict[str, tuple[str, ...]] = {}
        for name, labels in synonyms:
            for label in labels:
                self.names.setdefault(squash(label), name)
                self._shorter.setdefault(squash(label), _without_a_word(label))
        self._by_length: dict[int, list[str]] = {}

    def about(self, length: int) -> list[str]:
        """The labels that one of so many letters may be."""
        if length not in self._by_length:
            self._by_length[length] = [label for label in self.names if _may_be(length, len(label))]
        return self._by_length[length]

    def score(self, key: str, label: str) -> float:
        """How like a label a text is, 0..100; 0 for one that is more like the label without its first or last word.

        A reader takes letters for others and does not lose a word: "Standar Operasional Prosedur Survei" begins no
        label "Nama Standar Operasional Prosedur", and "1. Dokumen" is no "No Dokumen".
        """
        score = fuzz.ratio(key, label)
        return 0.0 if any(fuzz.ratio(key, other) > score for other in self._shorter[label]) else score


def _without_a_word(label: str) -> tuple[str, ...]:
    """The letters of a label without its first word, and without its last; none of a label of one word."""
    words = label.split()
    return (squash(" ".join(words[1:])), squash(" ".join(words[:-1]))) if len(words) > 1 else ()


def _may_be(length: int, other: int) -> bool:
    """Whether one label may be another misread, by their letters: not short, and about as long."""
    shorter, longer = sorted((length, other))
    return shorter >= SHORTEST_MISREAD and shorter >= LEAST_LENGTH * longer


@lru_cache(maxsize=64)
def _known(synonyms: tuple[tuple[str, tuple[str, ...]], ...]) -> _Known:
    return _Known(synonyms)


@lru_cache(maxsize=2**16)
def _best(key: str, known: _Known) -> tuple[float, str]:
    """The most alike label's score, over 100 where it is the very same, and the field it stands for."""
    if key in known.names:
        return (101.0, known.names[key]) if key else (0.0, "")
    best = (0.0, "")
    for label in known.about(len(key)):
        score = known.score(key, label)
        if score > best[0]:
            best = (score, known.names[label])
    return best


def split_label(text: str, synonyms: Synonyms, likeness: float) -> tuple[str, str] | None:
    """A text that begins with a label and goes on: ("nomor_sop", "060/12") for "Nomor SOP : 060/12"; None for others.

    The label ends at a colon, or with the word up to which it is most like one; of two as good the longer is taken.
    """
    head, colon, rest = text.partition(":")
    if colon and (name := match(head, synonyms, likeness)):
        return name, rest.strip()
    words = text.split()
    known = _known(tuple(synonyms.items()))
    found = [(*_best(squash(" ".join(words[:n])), known), n) for n in range(1, min(len(words), 6) + 1)]
    score, name, count = max(found, key=lambda f: (f[0], f[2]), default=(0.0, "", 0))
    if score < likeness:
        return None
    return name, " ".join(words[count:]).lstrip(":.—- ").strip()


def column_kind(text: str, headings: Headings, likeness: float) -> str | None:
    """Which matrix column a leaf head names, None where it is none of the known ones (a role, or BIAYA)."""
    taught = {squash(k): v for k, v in headings.taught.items()}
    return taught.get(squash(text)) or match(text, headings.columns, likeness)


def printed_unit(text: str, headings: Headings) -> str | None:
    """The unit that a Waktu head prints: "Waktu (Menit)" -> "menit"."""
    low = text.casefold()
    return next((unit for unit in headings.units if re.search(rf"\b{unit}\b", low)), None)

"""Which label a printed text is, whatever its spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from pipeline.model.draft import ColumnKind
from pipeline.model.headings import Headings, Synonyms
from pipeline.model.text import squash

SHORTEST_MISREAD = 5  # letters: in a shorter label one wrong letter makes another word
SHORTEST_MISSPELT = 3  # letters: the same where a column's place tells as well
LEAST_LENGTH = 0.85  # of a label's letters that its misread form has; or all but one
JOINTS = re.compile(r"[/&,]|\b(?:dan|atau)\b", re.IGNORECASE)  # between the names of a head that has several
ENUMERATOR = re.compile(r"(?:[A-Z]|[IVX]{1,4})[.)]\s*(?=\w)|\d{1,2}[.)]\s*(?=[A-Z\W]+$)")
"""The letter or Roman numeral before a title, or the number before one in capitals: "A. Dasar Hukum"."""
BRACKETS = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")


@lru_cache(maxsize=2**12)
def match(text: str, synonyms: Synonyms, likeness: float) -> str | None:
    """Find the field whose label a text is.

    Args:
        text: What is printed; what stands in brackets does not count.
        synonyms: The labels of each field.
        likeness: 0..100, how like a known label a long one must be; short ones must be the same.

    Returns:
        The name of the field; None where the text is no label.
    """
    plain = BRACKETS.sub(" ", text) if "(" in text or "[" in text else text
    score, name = _best(squash(plain), _known(synonyms), likeness)
    return name if score >= likeness else None


def match_box(text: str, headings: Headings, likeness: float) -> str | None:
    """Find the box of a cover whose label a text is, with or without a letter before it: "A. Dasar Hukum :"."""
    plain = text.strip(" :")
    if name := match(plain, headings.boxes, likeness):
        return name
    mark = ENUMERATOR.match(plain)
    return match(plain[mark.end() :], headings.boxes, likeness) if mark else None


class _Known:
    """Labels in letters alone, and the field that each stands for, in their order."""

    def __init__(self, synonyms: Synonyms) -> None:
        self.names: dict[str, str] = {}
        self._shorter: dict[str, tuple[str, ...]] = {}
        for name, labels in synonyms.items():
            for label in labels:
                self.names.setdefault(squash(label), name)
                self._shorter.setdefault(squash(label), _without_a_word(label))
        self._by_length: dict[int, list[str]] = {}

    def about(self, length: int) -> list[str]:
        """The labels that one of so many letters may be."""
        if length not in self._by_length:
            self._by_length[length] = [label for label in self.names if _may_be(length, len(label))]
        return self._by_length[length]

    def lacks_a_word(self, key: str, label: str, score: float) -> bool:
        """Whether a text is more like a label without its first or last word, than like all of it (`score`, 0..100).

        A reader takes letters for others and does not lose a word: "Standar Operasional Prosedur Survei" begins no
        label "Nama Standar Operasional Prosedur", and "1. Dokumen" is no "No Dokumen".
        """
        return any(fuzz.ratio(key, other) > score for other in self._shorter[label])


def _without_a_word(label: str) -> tuple[str, ...]:
    """The letters of a label without its first word, and without its last; none of a label of one word."""
    words = label.split()
    return (squash(" ".join(words[1:])), squash(" ".join(words[:-1]))) if len(words) > 1 else ()


def _may_be(length: int, other: int) -> bool:
    """Whether one label may be another misread, by their letters: not short, and about as long."""
    shorter, longer = sorted((length, other))
    return shorter >= SHORTEST_MISREAD and (shorter >= LEAST_LENGTH * longer or longer - shorter == 1)


@lru_cache(maxsize=64)
def _known(synonyms: Synonyms) -> _Known:
    return _Known(synonyms)


@lru_cache(maxsize=2**16)
def _best(key: str, known: _Known, likeness: float) -> tuple[float, str]:
    """The most alike label's score, over 100 where it is the very same, and the field it stands for.

    Labels that are less like the text than `likeness` do not count.
    """
    if key in known.names:
        return (101.0, known.names[key]) if key else (0.0, "")
    alike = process.extract(key, known.about(len(key)), scorer=fuzz.ratio, score_cutoff=likeness, limit=None)
    whole = ((score, known.names[label]) for label, score, _ in alike if not known.lacks_a_word(key, label, score))
    return next(whole, (0.0, ""))


@lru_cache(maxsize=64)
def beginnings(synonyms: Synonyms, count: int) -> frozenset[str]:
    """The first `count` letters of every label."""
    return frozenset(squash(label)[:count] for labels in synonyms.values() for label in labels)


def split_label(text: str, synonyms: Synonyms, likeness: float) -> tuple[str, str] | None:
    """A text that begins with a label and goes on: ("nomor_sop", "060/12") for "Nomor SOP : 060/12"; None for others.

    The label ends at a colon, or with the word up to which it is most like one; of two as good the longer is taken.
    """
    head, colon, rest = text.partition(":")
    if colon and (name := match(head, synonyms, likeness)):
        return name, rest.strip()
    words = text.split()
    known = _known(synonyms)
    found = [(*_best(squash(" ".join(words[:n])), known, likeness), n) for n in range(1, min(len(words), 6) + 1)]
    score, name, count = max(found, key=lambda f: (f[0], f[2]), default=(0.0, "", 0))
    if score < likeness:
        return None
    return name, " ".join(words[count:]).lstrip(":.—- ").strip()


def column_kind(text: str, headings: Headings, likeness: float) -> str | None:
    """Which matrix column a leaf head names, None where it is none of the known ones (a role, or BIAYA)."""
    taught = {squash(k): v for k, v in headings.taught.items()} if headings.taught else {}
    return taught.get(squash(text)) or match(text, headings.columns, likeness) or _joint_kind(text, headings, likeness)


def _joint_kind(text: str, headings: Headings, likeness: float) -> str | None:
    """The column that a head of several names for it names: "Kelengkapan/ Persyaratan", "Hasil dan Output"."""
    if JOINTS.search(text) is None:
        return None
    parts = [part.strip() for part in JOINTS.split(text) if squash(part)]
    kind = match(parts[0], headings.columns, likeness) if len(parts) > 1 else None
    return kind if kind and all(match(part, headings.columns, likeness) == kind for part in parts[1:]) else None


def misspelt_kind(text: str, kinds: Iterable[ColumnKind], headings: Headings) -> ColumnKind | None:
    """Which of some column kinds a head names with one letter wrong, missing, doubled or beside its place.

    Short heads are let through as well ("Wktu"): asked only of a column that must be one of these kinds.
    """
    key = squash(text)
    near = {
        kind
        for kind in kinds
        for label in headings.columns.get(kind, ())
        if len(key) >= SHORTEST_MISSPELT and OSA.distance(key, squash(label), score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else None


def printed_unit(text: str, headings: Headings) -> str | None:
    """The unit that a Waktu head prints: "Waktu (Menit)" -> "menit"."""
    low = text.casefold()
    return next((unit for unit in headings.units if re.search(rf"\b{unit}\b", low)), None)

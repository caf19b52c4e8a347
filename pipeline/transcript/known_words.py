"""The words that tell the parts of a transcript apart, read once from known_words.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from rapidfuzz import fuzz

from pipeline.model.headings import Headings, Synonyms
from pipeline.model.text import squash
from pipeline.packaged_yaml import FileModel, load_packaged


class WordLists(FileModel):
    """What known_words.yaml holds, checked."""

    posts: frozenset[str]
    bodies: frozenset[str]
    months: frozenset[str]
    units_of_time: tuple[str, ...]
    symbol_words: frozenset[str]
    commands: dict[str, str]


@dataclass(frozen=True)
class KnownWords:
    """The package's headings, and the words that only a transcript needs."""

    headings: Headings
    words: WordLists

    @cached_property
    def duration(self) -> re.Pattern[str]:
        """A number and a unit of time, whatever follows, or a lone 0."""
        units = "|".join(sorted(self.words.units_of_time, key=len, reverse=True))
        return re.compile(rf"\d[\d\s.,/x()½a-z-]*?\s*({units})\b.*|0", re.IGNORECASE)

    @cached_property
    def date(self) -> re.Pattern[str]:
        """A day, an Indonesian month and a year; letters may stand for a misread figure of the day."""
        return re.compile(rf"[\dOolI]{{1,2}}\s+(?:{'|'.join(self.words.months)})\s+\d{{4}}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """The entry of a vocabulary that a text comes nearest to, and how near, 0..1."""

    name: str
    form: str
    score: float


def nearest(text: str, forms: Synonyms) -> Match | None:
    """The entry whose form resembles `text` most, spaces and case aside; None where nothing does at all.

    "Tonggol Efektif" -> tanggal_efektif at 0.86.
    """
    wanted = squash(text)
    known = ((name, form) for name, some in forms.items() for form in some)
    scored = (Match(name, form, fuzz.ratio(wanted, squash(form)) / 100) for name, form in known)
    return max(scored, key=lambda match: match.score, default=None) if wanted else None


def known_as(text: str, forms: Synonyms, at_least: float) -> str | None:
    """The name of the entry that `text` is a printing of, None below `at_least`."""
    match = nearest(text, forms)
    return match.name if match and match.score >= at_least else None


@lru_cache(maxsize=65536)
def likeness_of(a: str, b: str) -> float:
    """How far two readings are the same words, 0..1, spaces and case aside."""
    return fuzz.ratio(squash(a), squash(b)) / 100


def load_known_words(headings: Headings) -> KnownWords:
    """Read the shipped words, once per process."""
    return KnownWords(headings, _words())


@cache
def _words() -> WordLists:
    return load_packaged("pipeline.transcript", "known_words.yaml", WordLists)

"""Which label a printed text is, whatever its spelling."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.model.headings import Headings, Synonyms

NOT_LETTERS = re.compile(r"[^a-z0-9]+")
BRACKETS = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
CONJUNCTION = re.compile(r"\s(?:dan|atau)\s|[/&]", re.IGNORECASE)


@lru_cache(maxsize=65536)
def letters(text: str) -> str:
    """The text's letters and digits alone, in lower case: "Pencatatandan Pendataan :" -> "pencatatandanpendataan"."""
    return NOT_LETTERS.sub("", text.casefold())


def match(text: str, synonyms: Synonyms, likeness: float) -> str | None:
    """The field whose label `text` is, None where it is none. Long labels may differ a little (`likeness`, 0..100)."""
    key = letters(BRACKETS.sub(" ", text))
    if not key:
        return None
    best, best_score = None, 0.0
    for name, labels in synonyms.items():
        for label in labels:
            score = _score(key, letters(label))
            if score > best_score:
                best, best_score = name, score
    return best if best_score >= likeness else None


def _score(key: str, label: str) -> float:
    if key == label:
        return 101.0
    if min(len(key), len(label)) < 5:
        return 0.0
    return fuzz.ratio(key, label)


def split_label(text: str, synonyms: Synonyms, likeness: float) -> tuple[str, str] | None:
    """A text that begins with a label and goes on: ("nomor_sop", "060/12") for "Nomor SOP : 060/12"; None for others.

    The label ends at a colon, or where the words so far are a label and one more word is not. The longest wins.
    """
    head, colon, rest = text.partition(":")
    if colon and (name := match(head, synonyms, likeness)):
        return name, rest.strip()
    words = text.split()
    for count in range(min(len(words), 6), 0, -1):
        name = match(" ".join(words[:count]), synonyms, max(likeness, 95.0))
        if name:
            return name, " ".join(words[count:]).lstrip(": ").strip()
    return None


def column_kind(text: str, headings: Headings, likeness: float) -> str | None:
    """Which matrix column a leaf head names, None where it is none of the known ones (a role, or BIAYA)."""
    taught = {letters(k): v for k, v in headings.taught.items()}
    return taught.get(letters(text)) or match(text, headings.columns, likeness)


def printed_unit(text: str, headings: Headings) -> str | None:
    """The unit that a Waktu head prints: "Waktu (Menit)" -> "menit"."""
    low = text.casefold()
    return next((unit for unit in headings.units if re.search(rf"\b{unit}\b", low)), None)

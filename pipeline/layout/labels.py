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
    score, name = _best(letters(BRACKETS.sub(" ", text)), synonyms)
    return name if score >= likeness else None


def _best(key: str, synonyms: Synonyms) -> tuple[float, str]:
    """The most alike label's score, over 100 where it is the very same, and the field it stands for."""
    best = (0.0, "")
    for name, labels in synonyms.items():
        for label in labels:
            score = _score(key, letters(label))
            if score > best[0]:
                best = (score, name)
    return best


@lru_cache(maxsize=2**18)
def _score(key: str, label: str) -> float:
    if key == label:
        return 101.0 if key else 0.0
    shorter, longer = sorted((len(key), len(label)))
    if shorter < 5 or shorter < 0.85 * longer:  # misread labels are as long as they were; "Dokumen" is no "No Dokumen"
        return 0.0
    return fuzz.ratio(key, label)


def split_label(text: str, synonyms: Synonyms, likeness: float) -> tuple[str, str] | None:
    """A text that begins with a label and goes on: ("nomor_sop", "060/12") for "Nomor SOP : 060/12"; None for others.

    The label ends at a colon, or with the word up to which it is most like one; of two as good the longer is taken.
    """
    head, colon, rest = text.partition(":")
    if colon and (name := match(head, synonyms, likeness)):
        return name, rest.strip()
    words = text.split()
    found = [(*_best(letters(" ".join(words[:n])), synonyms), n) for n in range(1, min(len(words), 6) + 1)]
    score, name, count = max(found, key=lambda f: (f[0], f[2]), default=(0.0, "", 0))
    if score < likeness:
        return None
    return name, " ".join(words[count:]).lstrip(":.—- ").strip()


def column_kind(text: str, headings: Headings, likeness: float) -> str | None:
    """Which matrix column a leaf head names, None where it is none of the known ones (a role, or BIAYA)."""
    taught = {letters(k): v for k, v in headings.taught.items()}
    return taught.get(letters(text)) or match(text, headings.columns, likeness)


def printed_unit(text: str, headings: Headings) -> str | None:
    """The unit that a Waktu head prints: "Waktu (Menit)" -> "menit"."""
    low = text.casefold()
    return next((unit for unit in headings.units if re.search(rf"\b{unit}\b", low)), None)

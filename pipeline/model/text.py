"""Texts brought to a form in which they compare: without case, space or punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

UNPRINTABLE = {"Cc", "Cs", "Zl", "Zp"}  # categories: controls, halves of pairs, line and paragraph separators
_FOLDED = re.compile(r"[^\W_]+|'")
REORDERING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@lru_cache(maxsize=2**17)
def squash(text: str) -> str:
    """Keep letters and digits only, casefolded: "Pencatatandan Pendataan :" -> "pencatatandanpendataan"."""
    return re.sub(r"[\W_]+", "", text.casefold())


def fold(text: str) -> str:
    """Keep casefolded words of letters and digits, and "'", one space between: "Ka. Sub-Bag" -> "ka sub bag"."""
    return " ".join(_FOLDED.findall(text.casefold()))


def one_line(text: str) -> str:
    """Turn every run of spaces and line ends into one space, without any at the ends."""
    return " ".join(text.split())


def letter_runs(text: str) -> list[str]:
    """Split a text into its runs of letters, casefolded: "Persy/Kikon 2x" -> "persy", "kikon", "x"."""
    return re.findall(r"[^\W\d_]+", text.casefold())


def printable(text: str) -> str:
    """Put a replacement mark for every character that would do something else to a terminal than be seen.

    Control characters, line ends among them, and those that turn the direction of what follows.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join("\ufffd" if unicodedata.category(c) in UNPRINTABLE or c in REORDERING else c for c in text)

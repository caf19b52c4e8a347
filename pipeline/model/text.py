"""Texts brought to a form in which they compare: without case, space or punctuation."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=2**17)
def squash(text: str) -> str:
    """Keep letters and digits only, casefolded: "Pencatatandan Pendataan :" -> "pencatatandanpendataan"."""
    return re.sub(r"[\W_]+", "", text.casefold())


def fold(text: str) -> str:
    """Keep casefolded words of letters and digits, and "'", one space between: "Ka. Sub-Bag" -> "ka sub bag"."""
    return " ".join(re.findall(r"[^\W_]+|'", text.casefold()))


def one_line(text: str) -> str:
    """Turn every run of spaces and line ends into one space, without any at the ends."""
    return " ".join(text.split())


def letter_runs(text: str) -> list[str]:
    """Split a text into its runs of letters, casefolded: "Persy/Kikon 2x" -> "persy", "kikon", "x"."""
    return re.findall(r"[^\W\d_]+", text.casefold())

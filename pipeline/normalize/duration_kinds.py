"""What a Waktu says that is no length of time: that it recurs, keeps to a schedule, is left open, or nothing at all."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.model.record import WaktuKind
from pipeline.model.text import fold
from pipeline.normalize.lexicon import Lexicon

_LEAST_MONTH = 4  # letters: shorter names of months ("Mei", "Jan") are parts of words and names, too


def kind_of(text: str, lexicon: Lexicon) -> WaktuKind | None:
    """Tell what words without a length of time say: "Triwulanan" -> berkala, "Sesuai jadwal DPRD" -> jadwal.

    Of several the one that stands first is meant; None where nothing is known of the words.
    """
    if text.strip(" :").casefold() in lexicon.blanks or not re.search(r"[^\W0]", text):
        return "kosong"
    months = tuple(sorted(name for name in lexicon.months if len(name) >= _LEAST_MONTH))
    found = _kinds(lexicon.waktu_kinds, months).search(fold(text))
    return _as_kind(found.lastgroup, lexicon) if found else None


def is_limit(text: str, lexicon: Lexicon) -> bool:
    """Whether a length of time is one not to be exceeded: "Paling lama 20 hari", "maks. 3 hari"."""
    words = f" {fold(text)} "
    return any(f" {limit} " in words for limit in lexicon.limits) or bool(re.search(r"[<>≤≥]", text))


def _as_kind(group: str | None, lexicon: Lexicon) -> WaktuKind | None:
    return next((kind for kind, _ in lexicon.waktu_kinds if _group(kind) == group), None)


def _group(kind: str) -> str:
    return kind.replace("-", "_")


@lru_cache(maxsize=8)
def _kinds(kinds: tuple[tuple[WaktuKind, str], ...], months: tuple[str, ...]) -> re.Pattern[str]:
    """What finds the first words that tell a kind, in a group of its name; a month's name tells of a schedule."""
    forms = {kind: f"{form}|{'|'.join(months)}" if kind == "jadwal" else form for kind, form in kinds}
    groups = "|".join(f"(?P<{_group(kind)}>{form})" for kind, form in forms.items())
    return re.compile(rf"(?<!\w)(?:{groups})(?!\w)")

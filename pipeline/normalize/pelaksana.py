"""Pelaksana: the printed heads of the role columns as names and stable ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from pipeline.model.text import fold, one_line
from pipeline.normalize.acronyms import is_acronym
from pipeline.normalize.language import Language
from pipeline.normalize.lexicon import Lexicon


def role_name(label: str, lexicon: Lexicon, acronyms: frozenset[str] = frozenset()) -> str:
    """Name a role as its author wrote it, set in title case where it was printed in capitals.

    "KASUBBAG TATALAKSANA" -> "Kasubbag Tatalaksana"; "TU BAGIAN" -> "TU Bagian"; "Tim Monev" stays. Acronyms, those of
    the document (`acronyms`) among them, keep their capitals. A name that the reviewer taught wins.
    """
    reviewed = lexicon.reviewed_roles.get(fold(label))
    if reviewed:
        return reviewed
    text = one_line(label)
    if not text.isupper():
        return text

    def cased(match: re.Match[str]) -> str:
        after = text[match.end() : match.end() + 1]
        return match[0] if is_acronym(match[0], after, lexicon, acronyms) else match[0].capitalize()

    return re.sub(r"[^\W\d_]+", cased, text)


def canonical_role(name: str, lexicon: Lexicon) -> str:
    """Fold a role's words, known posts and units in their canonical form: "Ka. Subbag TU" -> "kasubbag tu"."""
    words = fold(name).split()
    canonical: list[str] = []
    place = 0
    while place < len(words):
        for count in (4, 3, 2, 1):
            form = " ".join(words[place : place + count])
            if count == 1 or (form in lexicon.role_words and place + count <= len(words)):
                canonical.append(lexicon.role_words.get(form, form))
                place += count
                break
    return " ".join(canonical)


def known_role(name: str, others: Iterable[str], language: Language) -> str | None:
    """Tell the role of the document that `name` is a misreading of; None where it is none, or may be one of its own.

    "Kabag Organisas1" -> "Kabag Organisasi". Only words that are no words are taken for others: "Kabag Umum" is never
    "Kabag Organisasi", nor "Kasubbag PP" "Kasubbag TU".
    """
    words = fold(name).split()
    fitting = {other for other in others if other != name and _misread_as(words, fold(other).split(), language)}
    return fitting.pop() if len(fitting) == 1 else None


def _misread_as(words: Sequence[str], other: Sequence[str], language: Language) -> bool:
    """Whether `words` are those of `other`, but for strings that are no words and look like what stands there."""
    if len(words) != len(other) or words == other:
        return False
    odd = [(a, b) for a, b in zip(words, other, strict=True) if a != b]
    least = language.settings.same_role
    return all(not language.vocabulary.knows(a) and fuzz.ratio(a, b) >= least for a, b in odd)


def slug(text: str) -> str:
    """Turn a text into an id: "Menpan & RB" -> "menpan-rb"; "x" where nothing is left."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(text))) or "x"


def role_ids(names: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    """Make an id per column, from the canonical name; columns of one name get "-2", "-3" in their order."""
    seen: dict[str, int] = {}
    ids = []
    for name in names:
        base = slug(canonical_role(name, lexicon))
        seen[base] = seen.get(base, 0) + 1
        ids.append(base if seen[base] == 1 else f"{base}-{seen[base]}")
    return tuple(ids)

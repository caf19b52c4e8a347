"""Which words printed in capitals are acronyms: "UKPBJ" and "PJK TIP", but not "KEPALA" or "SUBBAG"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from pipeline.model.page import CellText
from pipeline.normalize.lexicon import Lexicon
from pipeline.settings import LanguageSettings

_SHORT = 3  # letters: of so short words the lexicon lists those that there are
_VOWELS = "aeiouy"
_CONSONANT = f"[^{_VOWELS}]"
_ONSET = f"(?:str|[bfgkp]l|[bdfgkpt]r|[dkst]w|[gkn]h|ng|ks|ps|s[klmnpt]|t[hs]|{_CONSONANT})"
_CODA = f"(?:ng|n[kdst]|l[dkmt]|r[dkmnst]|[kpt]s|[kst]h|ft|mp|st|{_CONSONANT})"
_SYLLABLES = re.compile(f"{_ONSET}?[{_VOWELS}]{{1,3}}(?:{_CODA}?{_ONSET}[{_VOWELS}]{{1,3}})*{_CODA}?")


def is_acronym(word: str, after: str, lexicon: Lexicon, own: frozenset[str]) -> bool:
    """Whether a word of a text that is all in capitals keeps them where the text is set in title case.

    Args:
        word: Letters alone.
        after: The sign right behind it, "" at the end; a full stop ends an abbreviation of a word ("KAB.").
        lexicon: The package's words, with the reviewer's laid over.
        own: Acronyms that the document shows by their capitals in a text of small letters.
    """
    small = word.casefold()
    if word in lexicon.capitals or word in own or not re.search(f"[{_VOWELS}]", small):
        return True
    if after == "." or small in lexicon.field_words or small in lexicon.role_parts:
        return False
    if len(word) <= _SHORT:
        return small not in lexicon.short
    return small not in lexicon.zipf and not _is_pronounceable(small)


class Capitals:
    """The words that a document prints in capitals: which stand beside small letters, and which do not."""

    def __init__(self, settings: LanguageSettings) -> None:
        self._settings = settings
        self._beside: set[str] = set()
        self._small: set[str] = set()

    def add(self, cell: CellText) -> None:
        """Take in what a cell prints; a word that a recogniser doubts is left out."""
        trusted = self._settings.trusted_word
        words = [
            run
            for word in cell.words
            if word.confidence is None or word.confidence >= trusted
            for run in _letters(word.text)
        ]
        self._small.update(run.casefold() for run in words if not run.isupper())
        self._beside.update(_beside_small_letters(words))

    def include(self, other: Capitals) -> None:
        """Take in what other cells print."""
        self._beside |= other._beside
        self._small |= other._small

    def acronyms(self, lexicon: Lexicon) -> frozenset[str]:
        """The words that stand in capitals beside small letters, and never otherwise."""
        return frozenset(
            word
            for word in self._beside
            if word.casefold() not in self._small and _may_be_one(word, lexicon, self._settings)
        )


def _beside_small_letters(words: list[str]) -> Iterator[str]:
    for before, word in pairwise(["", *words]):
        if len(word) > 1 and word.isupper() and _is_plain(before):
            yield word
        if len(before) > 1 and before.isupper() and _is_plain(word):
            yield before


def _is_plain(word: str) -> bool:
    """Whether a word is set in small letters, but for its first: "Surat", "oleh"."""
    return len(word) > 1 and word[1:].islower()


def _may_be_one(word: str, lexicon: Lexicon, settings: LanguageSettings) -> bool:
    """Whether no everyday word is written so: capitals may be there to stress it ("WAJIB", "TIDAK")."""
    small = word.casefold()
    frequent = lexicon.zipf.get(small, 0.0) >= settings.stressed_zipf
    everyday = small in lexicon.short if len(small) <= _SHORT else small in lexicon.role_parts
    return len(word) <= settings.longest_acronym and not (frequent and (everyday or len(small) > _SHORT))


@lru_cache(maxsize=2**14)
def _letters(word: str) -> tuple[str, ...]:
    """A word's runs of letters; a document prints most of its words many times."""
    return tuple(re.findall(r"[^\W\d_]+", word))


def _is_pronounceable(word: str) -> bool:
    """Whether a word is made of syllables as Indonesian has them, loanwords included: "organisasi", not "ukpbj"."""
    return _SYLLABLES.fullmatch(word) is not None

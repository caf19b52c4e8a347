"""Which strings are words: Indonesian by frequency and affix, the words of the field, and the document's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pipeline.settings import LanguageSettings

# Prefix, and the letters it may have swallowed from the root: "menulis" is men- and (t)ulis.
_PREFIXES = (
    ("ketidak", ("",)),
    ("memper", ("",)),
    ("diper", ("",)),
    ("meng", ("", "k")),
    ("meny", ("s",)),
    ("mem", ("", "p")),
    ("men", ("", "t")),
    ("me", ("",)),
    ("peng", ("", "k")),
    ("peny", ("s",)),
    ("pem", ("", "p")),
    ("pen", ("", "t")),
    ("per", ("",)),
    ("pe", ("",)),
    ("ber", ("",)),
    ("ter", ("",)),
    ("di", ("",)),
    ("ke", ("",)),
    ("se", ("",)),
)
_SUFFIXES = ("kannya", "annya", "inya", "kan", "nya", "an", "i", "lah")
_NEEDS_AN = {"ke", "per"}  # these prefixes make a word only together with -an


@dataclass(frozen=True)
class Vocabulary:
    """The words known: `zipf` frequencies (0..9, log10 per billion), the field's, and those of the document itself.

    All words are casefolded. `short` lists the only strings of up to three letters that are words.
    """

    zipf: Mapping[str, float]
    foreign: Mapping[str, float]
    short: frozenset[str]
    words: frozenset[str]
    settings: LanguageSettings
    document: frozenset[str] = field(default_factory=frozenset)

    def weight(self, word: str) -> float:
        """How likely a string is a word of the text, as log10 of its frequency; the lower, the less known."""
        word = word.casefold()
        if word in self.document or word in self.words:
            return max(self.zipf.get(word, 0.0), self.settings.field_zipf) - 9.0
        if len(word) <= 3:
            return (self.zipf.get(word, self.settings.field_zipf) if word in self.short else 0.0) - 9.0
        foreign = self.foreign.get(word, 0.0)
        foreign = foreign - 1.0 if foreign >= self.settings.foreign_zipf else 0.0
        return max(self.zipf.get(word, 0.0), self._derived(word), foreign) - 9.0

    def knows(self, word: str) -> bool:
        """Whether a string is a word at all, by any evidence."""
        return self.weight(word) > -9.0

    def real(self, word: str) -> bool:
        """Whether a string is surely a word that stands alone: frequent, of the field, or the document's own."""
        word = word.casefold()
        if word in self.document or word in self.words:
            return True
        if len(word) <= 3:
            return word in self.short
        least = self.settings.real_zipf if len(word) >= 6 else self.settings.real_short_zipf
        return self.zipf.get(word, 0.0) >= least or self.foreign.get(word, 0.0) >= self.settings.foreign_zipf

    def with_document(self, words: Iterable[str]) -> Vocabulary:
        """This vocabulary with the words of a document, known to be whole."""
        return replace(self, document=frozenset(word.casefold() for word in words if len(word) > 3))

    def _derived(self, word: str) -> float:
        """The weight of a root's derivation: "mengagendakan" of "agenda"; 0 where no known root is found."""
        best = max((self._root_zipf(root) for root in roots(word)), default=0.0)
        return max(0.0, best - self.settings.derived_penalty)

    def _root_zipf(self, root: str) -> float:
        if root in self.words:
            return self.settings.field_zipf
        found = self.zipf.get(root, 0.0)
        return found if len(root) >= 4 and found >= self.settings.root_zipf else 0.0


@lru_cache(maxsize=65536)
def roots(word: str) -> tuple[str, ...]:
    """The strings that `word` may be an affixed form of: "penomoran" -> "nomor", "omor", "tomor" among others."""
    stems = [(word, "")]
    stems += [(word[: -len(suffix)], suffix) for suffix in _SUFFIXES if word.endswith(suffix)]
    found = {stem for stem, suffix in stems if suffix}
    for stem, suffix in stems:
        for prefix, swallowed in _PREFIXES:
            if not stem.startswith(prefix) or (prefix in _NEEDS_AN and not suffix.startswith("an")):
                continue
            rest = stem[len(prefix) :]
            found |= {letter + rest for letter in swallowed}
    return tuple(sorted(root for root in found if len(root) >= 4))

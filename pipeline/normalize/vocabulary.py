"""Which strings are words: Indonesian by frequency and affix, the words of the field, and the document's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

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
_BILLION = 9.0  # the Zipf scale is log10 of the uses in a billion words


@dataclass(frozen=True)
class Vocabulary:
    """The words known; all are casefolded.

    Attributes:
        zipf: Frequency of Indonesian words on the Zipf scale, 0..9.
        foreign: The same of English words.
        short: The only strings of so few letters (`settings.short_word`) that are words.
        words: The words of the field.
        settings: From which frequency on a string is a word.
        document: The document's own words, known to be whole.
    """

    zipf: Mapping[str, float]
    foreign: Mapping[str, float]
    short: frozenset[str]
    words: frozenset[str]
    settings: LanguageSettings
    document: frozenset[str] = field(default_factory=frozenset)

    def weight(self, word: str) -> float:
        """Tell log10 of a word's share in the text, at least -9, which is that of a string that is no word."""
        return self.zipf_of(word) - _BILLION

    def zipf_of(self, word: str) -> float:
        """Tell how frequent a word is on the Zipf scale, by any evidence; 0 where it is none."""
        word, settings = word.casefold(), self.settings
        if word in self.document or word in self.words:
            return max(self.zipf.get(word, 0.0), settings.field_zipf)
        if len(word) <= settings.short_word:
            return self.zipf.get(word, settings.field_zipf) if word in self.short else 0.0
        foreign = self.foreign.get(word, 0.0)
        foreign = foreign - settings.foreign_penalty if foreign >= settings.foreign_zipf else 0.0
        return max(self.zipf.get(word, 0.0), self._derived(word), foreign)

    def weight_of_word(self, word: str) -> float | None:
        """Tell the weight of a word; None for a string that is no word."""
        weight = self.weight(word)
        return weight if weight > -_BILLION else None

    def knows(self, word: str) -> bool:
        """Whether a string is a word at all, by any evidence."""
        return self.weight_of_word(word) is not None

    def real(self, word: str) -> bool:
        """Whether a string is surely a word that stands alone: frequent, of the field, or the document's own."""
        word = word.casefold()
        if word in self.document or word in self.words:
            return True
        settings = self.settings
        if len(word) <= settings.short_word:
            return word in self.short
        least = settings.real_zipf if len(word) >= settings.long_word else settings.real_short_zipf
        return self.zipf.get(word, 0.0) >= least or self.foreign.get(word, 0.0) >= settings.foreign_zipf

    @cached_property
    def general(self) -> Vocabulary:
        """The vocabulary without the document's own words."""
        return replace(self, document=frozenset())

    def with_document(self, words: Iterable[str]) -> Vocabulary:
        """Add the words of a document that are known to be whole."""
        own = frozenset(word.casefold() for word in words if len(word) > self.settings.short_word)
        return replace(self, document=own)

    def _derived(self, word: str) -> float:
        """The frequency of a root's derivation: "mengagendakan" of "agenda"; 0 where no known root is found."""
        best = max((self._root_zipf(root) for root in roots(word)), default=0.0)
        return max(0.0, best - self.settings.derived_penalty)

    def _root_zipf(self, root: str) -> float:
        if len(root) < self.settings.least_root:
            return 0.0
        if root in self.words:
            return self.settings.field_zipf
        found = self.zipf.get(root, 0.0)
        return found if found >= self.settings.root_zipf else 0.0


@lru_cache(maxsize=65536)
def roots(word: str) -> tuple[str, ...]:
    """List the strings that `word` may be an affixed form of: "penomoran" -> "nomor", "omor", "tomor" among others."""
    stems = [(word, "")]
    stems += [(word[: -len(suffix)], suffix) for suffix in _SUFFIXES if word.endswith(suffix)]
    found = {stem for stem, suffix in stems if suffix}
    for stem, suffix in stems:
        for prefix, swallowed in _PREFIXES:
            if not stem.startswith(prefix) or (prefix in _NEEDS_AN and not suffix.startswith("an")):
                continue
            rest = stem[len(prefix) :]
            found |= {letter + rest for letter in swallowed}
    return tuple(sorted(found))

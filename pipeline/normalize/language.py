"""What the rules know while they clean one document: the lexicon, the vocabulary, the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.normalize.document_words import DocumentWords
from pipeline.normalize.lexicon import Lexicon
from pipeline.normalize.vocabulary import Vocabulary
from pipeline.settings import LanguageSettings


@dataclass(frozen=True)
class Language:
    """What is passed to every rule.

    Attributes:
        lexicon: The package's words, with the reviewer's laid over.
        vocabulary: What is a word, the document's own words among them.
        settings: Frequencies, costs and shares.
        roles: Names of Pelaksana that the document has more than once.
        printed: How often the document prints a word or a code ("N1"), casefolded; a cell of several SOPs counts once.
        acronyms: Words that the document prints in capitals in a text of small letters.
    """

    lexicon: Lexicon
    vocabulary: Vocabulary
    settings: LanguageSettings
    roles: tuple[str, ...] = ()
    acronyms: frozenset[str] = frozenset()
    printed: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def frequent(self) -> tuple[tuple[str, int], ...]:
        """The words that the document prints often, and how often."""
        often = self.settings.often
        return tuple((word, count) for word, count in self.printed.items() if count >= often and word.isalpha())


def vocabulary_of(lexicon: Lexicon, settings: LanguageSettings) -> Vocabulary:
    """Build the words that are known whatever the document."""
    return Vocabulary(lexicon.zipf, lexicon.foreign, lexicon.short, lexicon.field_words, settings)


def language_of(words: DocumentWords, lexicon: Lexicon, settings: LanguageSettings) -> Language:
    """Build the language of one document: its own words are those that no line's end can have cut."""
    known = vocabulary_of(lexicon, settings)
    return Language(
        lexicon,
        known.with_document(words.own),
        settings,
        acronyms=words.capitals.acronyms(lexicon),
        printed=words.printed,
    )

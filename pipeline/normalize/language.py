"""What the rules know while they clean one document: the lexicon, the vocabulary, the settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from pipeline.model.draft import Draft
from pipeline.model.page import CellText
from pipeline.model.text import letter_runs
from pipeline.normalize.acronyms import acronyms_of
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
        printed: How often the document prints a word, casefolded; a cell that several SOPs share counts once.
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
        return tuple((word, count) for word, count in self.printed.items() if count >= self.settings.often)


def vocabulary_of(lexicon: Lexicon, settings: LanguageSettings) -> Vocabulary:
    """Build the words that are known whatever the document."""
    return Vocabulary(lexicon.zipf, lexicon.foreign, lexicon.short, lexicon.field_words, settings)


def language_of(drafts: Sequence[Draft], lexicon: Lexicon, settings: LanguageSettings) -> Language:
    """Build the language of one document: its own words are those that no line's end can have cut.

    The cells are gone through anew for each question, never held: a long document's drafts are packed.
    """
    known = vocabulary_of(lexicon, settings)
    return Language(
        lexicon,
        known.with_document(own_words(cells_of(drafts), settings)),
        settings,
        acronyms=acronyms_of(cells_of(drafts), lexicon, settings),
        printed=printed_words(cells_of(drafts)),
    )


def printed_words(cells: Iterable[CellText]) -> Counter[str]:
    """Count the words that a document prints, casefolded; one that several rows or SOPs share counts once."""
    seen: set[int] = set()
    printed = Counter[str]()
    for cell in cells:
        key = hash((cell.page, cell.text))
        if key not in seen:
            seen.add(key)
            printed.update([run for word in cell.words for run in _runs_of(word.text)])
    return printed


@lru_cache(maxsize=2**14)
def _runs_of(word: str) -> tuple[str, ...]:
    """A word's runs of letters; a document prints most of its words many times."""
    return tuple(letter_runs(word))


def own_words(cells: Iterable[CellText], settings: LanguageSettings) -> set[str]:
    """Collect the words that a document uses, casefolded: of a text layer all, of a scan those read twice alike."""
    printed = Counter(pair for cell in cells for pair in whole_words(cell, settings))
    return {word for (word, scanned), count in printed.items() if count > 1 or not scanned}


def whole_words(cell: CellText, settings: LanguageSettings) -> Iterator[tuple[str, bool]]:
    """List the words of a cell that no line's end can have cut, casefolded, and whether each was scanned.

    A line's last word before another line, and its first after one, may be pieces. A word that a recogniser doubts is
    left out.
    """
    for index, line in enumerate(cell.lines):
        first = 1 if index else 0
        last = len(line.words) - (1 if index + 1 < len(cell.lines) else 0)
        for word in line.words[first:last]:
            if word.confidence is None or word.confidence >= settings.trusted_word:
                scanned = word.confidence is not None
                for run in _runs_of(word.text):
                    yield run, scanned


def cells_of(drafts: Iterable[Draft]) -> Iterator[CellText]:
    """List every cell and list item of some drafts; a cover that several share comes once for each."""
    for draft in drafts:
        if draft.header is not None:
            yield from draft.header.fields.values()
            yield from draft.header.signature.values()
            for items in draft.header.lists.values():
                yield from items
        if draft.matrix is not None:
            yield from (column.head for column in draft.matrix.columns)
            for row in draft.matrix.rows:
                yield from row.cells.values()

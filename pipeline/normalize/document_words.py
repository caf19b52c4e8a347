"""What the SOPs of a document print, which tells what its words, its acronyms and its performers are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pipeline.model.draft import DATE_FIELDS, Draft
from pipeline.model.page import CellText
from pipeline.model.seen_hashes import SeenHashes
from pipeline.model.text import letter_runs
from pipeline.normalize.acronyms import Capitals
from pipeline.settings import LanguageSettings

CHECKED_FIELDS = (*DATE_FIELDS, "nomor_sop")  # those of a scanned cover that are held against other covers


class DocumentWords:
    """The words of a document's SOPs, taken in one SOP after the other, so that no cells of it have to be held.

    Those of several parts of a document can be added up: no cell stands in two of them.

    Attributes:
        printed: How often a word or a code ("N1") is printed, casefolded; a cell that several rows or SOPs share counts
            once.
        capitals: Which words are set in capitals, and which are not.
        role_heads: The heads of role columns by what they print; of those that print the same, the first.
        head_counts: How many role columns have such a head.
        scanned_fields: The `CHECKED_FIELDS` of scanned covers, with their names.
    """

    def __init__(self, settings: LanguageSettings) -> None:
        self._settings = settings
        self._whole: Counter[tuple[str, bool]] = Counter()
        self._counted = SeenHashes()
        self.printed: Counter[str] = Counter()
        self.capitals = Capitals(settings)
        self.role_heads: dict[str, CellText] = {}
        self.head_counts: Counter[str] = Counter()
        self.scanned_fields: list[tuple[str, CellText]] = []

    def __getstate__(self) -> dict[str, object]:
        # Hashes of text are good in one process only.
        return {**self.__dict__, "_counted": SeenHashes()}

    @classmethod
    def of(cls, drafts: Iterable[Draft], settings: LanguageSettings) -> DocumentWords:
        """The words of some SOPs."""
        words = cls(settings)
        for draft in drafts:
            words.add(draft)
        return words

    @property
    def own(self) -> set[str]:
        """The words that the document uses, casefolded: of a text layer all, of a scan those read twice alike."""
        return {word for (word, scanned), count in self._whole.items() if count > 1 or not scanned}

    def add(self, draft: Draft) -> None:
        """Take in an SOP."""
        for cell in cells_of([draft]):
            self.add_cell(cell)
        if draft.matrix is not None:
            for head in [column.head for column in draft.matrix.columns if column.kind == "pelaksana"]:
                self.role_heads.setdefault(head.text, head)
                self.head_counts[head.text] += 1
        if draft.header is not None and draft.kind in ("scan", "mixed"):
            fields = draft.header.fields
            self.scanned_fields += [(name, fields[name]) for name in CHECKED_FIELDS if name in fields]

    def add_cell(self, cell: CellText) -> None:
        """Take in what a cell prints."""
        self._whole.update(whole_words(cell, self._settings))
        self.capitals.add(cell)
        if self._counted.add(hash((cell.page, cell.text))):
            self.printed.update([run for word in cell.words for run in (*_runs_of(word.text), *_codes_of(word.text))])

    def include(self, other: DocumentWords) -> None:
        """Take in what another part of the document prints."""
        self._whole.update(other._whole)
        self.printed.update(other.printed)
        self.capitals.include(other.capitals)
        for printed, head in other.role_heads.items():
            self.role_heads.setdefault(printed, head)
        self.head_counts.update(other.head_counts)
        self.scanned_fields += other.scanned_fields


@lru_cache(maxsize=2**14)
def _runs_of(word: str) -> tuple[str, ...]:
    """A word's runs of letters; a document prints most of its words many times."""
    return tuple(letter_runs(word))


@lru_cache(maxsize=2**14)
def _codes_of(word: str) -> tuple[str, ...]:
    """The codes in a word, "n1" of "N1;": a letter or a few with a number behind them."""
    return tuple(found.casefold() for found in re.findall(r"(?<![^\W_])[^\W\d_]{1,3}\d{1,2}(?![^\W_])", word))


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

"""The few words that a flowchart is written with, in its picture and in a transcript of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Literal

from pipeline.model.draft import SymbolKind
from pipeline.packaged_yaml import FileModel, load_packaged

Meaning = Literal["start", "end", "ya", "tidak", "symbol"]


class PictureWords(FileModel):
    """The words for each meaning in a flowchart's picture."""

    start: frozenset[str]
    end: frozenset[str]
    ya: frozenset[str]
    tidak: frozenset[str]
    symbol: frozenset[str]


class TranscriptWords(FileModel):
    """The words and marks that a transcript keeps of symbols (`kinds`, `marks`), labels and arrows."""

    kinds: dict[SymbolKind, tuple[str, ...]]
    marks: dict[SymbolKind, tuple[str, ...]]
    labels: dict[str, tuple[str, ...]]
    right: tuple[str, ...]
    left: tuple[str, ...]

    @cached_property
    def known(self) -> Mapping[str, SymbolKind]:
        """The kind of symbol that each word or mark stands for."""
        return {form: kind for group in (self.kinds, self.marks) for kind, forms in group.items() for form in forms}


class FlowLexicon(FileModel):
    """What lexicon.yaml holds."""

    picture: PictureWords
    transcript: TranscriptWords


@cache
def flow_lexicon() -> FlowLexicon:
    """The lexicon, read once per process."""
    return load_packaged("pipeline.flowchart", "lexicon.yaml", FlowLexicon)


def means(text: str | None, meaning: Meaning) -> bool:
    """Whether a text, case and punctuation around it aside, is one of the words for a meaning."""
    if not text:
        return False
    words: frozenset[str] = getattr(flow_lexicon().picture, meaning)
    return text.casefold().strip(" .,:;()[]|-–—_") in words


def canonical_label(text: str) -> str:
    """A label as the record has it: "Y" -> "ya", "TIDAK" -> "tidak", "Ada garansi" as printed."""
    answers: tuple[Meaning, ...] = ("ya", "tidak")
    return next((answer for answer in answers if means(text, answer)), text)

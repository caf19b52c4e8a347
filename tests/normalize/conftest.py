"""The package's lexicon, a language over it, and cells as a narrow column sets them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from pipeline.model.geometry import Box
from pipeline.model.page import CellText, Line, Word
from pipeline.normalize.language import Language
from pipeline.normalize.lexicon import Lexicon, load_lexicon
from pipeline.normalize.sentence import CellWord, Sentence
from pipeline.normalize.vocabulary import Vocabulary
from pipeline.settings import LanguageSettings

LETTER = 5.0  # points, the width of every letter and space of a made cell
SIZE = 10.0

Cells = Callable[..., CellText]
Sentences = Callable[..., Sentence]
LanguageWith = Callable[..., Language]
Taught = Callable[[Mapping[str, object]], Language]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


def speaking(lexicon: Lexicon, *own: str, roles: tuple[str, ...] = ()) -> Language:
    settings = LanguageSettings()
    vocabulary = Vocabulary(lexicon.zipf, lexicon.foreign, lexicon.short, lexicon.field_words, settings)
    return Language(lexicon, vocabulary.with_document(own), settings, roles)


@pytest.fixture(scope="session")
def language(lexicon: Lexicon) -> Language:
    return speaking(lexicon)


@pytest.fixture(scope="session")
def language_with(lexicon: Lexicon) -> LanguageWith:
    """A language whose document uses the given words, and has the given roles."""
    return lambda *own, roles=(): speaking(lexicon, *own, roles=roles)


@pytest.fixture(scope="session")
def taught() -> Taught:
    """A language with a reviewer's lexicon laid over."""
    return lambda overlay: speaking(load_lexicon(overlay))


@pytest.fixture(scope="session")
def cell() -> Cells:
    """A cell `letters` wide between margins of one letter, with the given lines, each word of the same confidence."""

    def made(*lines: str, letters: int = 40, confidence: float | None = None) -> CellText:
        return CellText(
            1,
            Box(0, 0, (letters + 2) * LETTER, len(lines) * SIZE),
            tuple(_line(text, row, confidence) for row, text in enumerate(lines)),
        )

    return made


def _line(text: str, row: int, confidence: float | None) -> Line:
    words, x = [], LETTER
    for part in text.split(" "):
        words.append(Word(part, Box(x, row * SIZE, x + len(part) * LETTER, (row + 1) * SIZE), SIZE, confidence))
        x += (len(part) + 1) * LETTER
    return Line(tuple(words))


@pytest.fixture(scope="session")
def sentence() -> Sentences:
    """A sentence of one scanned line; the words' confidence, and the gap before each, may be given."""

    def made(text: str, confidence: float | None = 0.8, gap: float = 0.5) -> Sentence:
        words = text.split()
        return Sentence(tuple(CellWord(w, confidence, gap=gap if i else None) for i, w in enumerate(words)))

    return made

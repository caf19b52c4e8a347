"""The vocabulary and words that the tests of transcripts share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.model.headings import Headings
from pipeline.normalize.headings import load_headings
from pipeline.settings import TranscriptSettings
from pipeline.transcript.dictionary import Dictionary
from pipeline.transcript.known_words import Vocabulary, load_vocabulary

INPUTS = Path(__file__).parents[2] / "inputs"


@pytest.fixture(scope="session")
def settings() -> TranscriptSettings:
    return TranscriptSettings()


@pytest.fixture(scope="session")
def headings() -> Headings:
    return load_headings()


@pytest.fixture(scope="session")
def vocabulary(headings: Headings) -> Vocabulary:
    return load_vocabulary(headings)


@pytest.fixture
def words_of(settings: TranscriptSettings) -> Callable[[str], Dictionary]:
    """A dictionary that has read a document's text."""
    return lambda text: Dictionary.of(text, settings)


@pytest.fixture
def words(words_of: Callable[[str], Dictionary]) -> Dictionary:
    return words_of("")


@pytest.fixture(scope="session")
def inputs() -> Path:
    return INPUTS

"""The vocabulary and words that the tests of transcripts share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.model.headings import Headings
from pipeline.normalize.lexicon import load_headings
from pipeline.settings import TranscriptSettings
from pipeline.transcript.dictionary import Dictionary
from pipeline.transcript.known_words import KnownWords, load_known_words

INPUTS = Path(__file__).parents[2] / "inputs"


@pytest.fixture(scope="session")
def settings() -> TranscriptSettings:
    return TranscriptSettings()


@pytest.fixture(scope="session")
def headings() -> Headings:
    return load_headings()


@pytest.fixture(scope="session")
def known(headings: Headings) -> KnownWords:
    return load_known_words(headings)


@pytest.fixture
def dictionary_of(settings: TranscriptSettings) -> Callable[[str], Dictionary]:
    """A dictionary that has read a document's text."""
    return lambda text: Dictionary.of(text, settings)


@pytest.fixture
def dictionary(dictionary_of: Callable[[str], Dictionary]) -> Dictionary:
    return dictionary_of("")


@pytest.fixture(scope="session")
def inputs() -> Path:
    return INPUTS

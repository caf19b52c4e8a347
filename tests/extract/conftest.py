"""What tests of extraction have in common."""

from __future__ import annotations

import pytest

from pipeline.model.headings import Headings
from pipeline.normalize.lexicon import load_headings


@pytest.fixture(scope="session")
def headings() -> Headings:
    return load_headings()

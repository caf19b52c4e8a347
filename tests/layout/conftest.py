"""What the tests of layout share: a typeset document's regions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sop_regions import find_sops
from typeset import Bundle, SopSpec, Style, typeset

from pipeline.layout.regions import SopRegion
from pipeline.model.headings import Headings
from pipeline.model.page import Page
from pipeline.normalize.lexicon import load_headings, load_lexicon
from pipeline.readers.pdf import PdfFile
from pipeline.settings import Settings


@pytest.fixture(scope="session")
def headings() -> Headings:
    return load_headings(load_lexicon(None).headings)


@pytest.fixture
def pages(tmp_path: Path) -> Callable[..., list[Page]]:
    def read(what: SopSpec | Bundle, style: Style | None = None) -> list[Page]:
        typeset(what, tmp_path / "sop.pdf", style)
        file = PdfFile(tmp_path / "sop.pdf", None, Settings().read)
        try:
            return [found.page for found in file.pages()]
        finally:
            file.close()

    return read


@pytest.fixture
def regions(pages: Callable[..., list[Page]], headings: Headings) -> Callable[..., list[SopRegion]]:
    def find(what: SopSpec | Bundle, style: Style | None = None) -> list[SopRegion]:
        return find_sops(pages(what, style), headings, Settings().layout)

    return find

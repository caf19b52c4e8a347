"""The SOPs of pages that are all at hand."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.layout.regions import SopFinder, SopRegion
from pipeline.layout.ruled_page import RuledPage
from pipeline.model.headings import Headings
from pipeline.model.page import Page
from pipeline.settings import LayoutSettings


def find_sops(pages: Iterable[Page], headings: Headings, settings: LayoutSettings) -> list[SopRegion]:
    """The SOPs of a document in page order."""
    finder = SopFinder(headings, settings)
    found = [region for page in pages for region in finder.add(RuledPage(page, headings, settings))]
    return [*found, *finder.finish()]

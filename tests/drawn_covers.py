"""What is read of covers that are drawn, without a PDF."""

from __future__ import annotations

from pipeline.extract.header_draft import read_header
from pipeline.layout.regions import CoverRegion
from pipeline.layout.ruled_page import RuledPage
from pipeline.layout.sop_tables import read_page
from pipeline.model.draft import HeaderDraft
from pipeline.model.headings import Headings
from pipeline.model.page import Page
from pipeline.settings import ExtractSettings, LayoutSettings


def header_of(page: Page, headings: Headings, *later: Page) -> HeaderDraft:
    """The header of a cover on a page, and on `later` ones where it goes on."""
    tables = [
        table
        for each in (page, *later)
        for table in read_page(RuledPage(each, headings, LayoutSettings()), headings, LayoutSettings())[0]
    ]
    return read_header(CoverRegion(tuple(tables)), None, 0.0, headings, ExtractSettings())

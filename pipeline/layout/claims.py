"""What became of each page of a document: its role, the SOPs that claim it, and its words, so that none is lost."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.layout.regions import SopRegion
from pipeline.layout.text_lines import lines_of
from pipeline.model.document import PageEntry, PageRole
from pipeline.model.issue import Issue
from pipeline.model.page import Line, Page, PageKind

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PageSummary:
    """What is kept of a page once it was read.

    `text` holds its words line by line, `hidden` those that cannot be seen; "" where there are none.
    """

    number: int
    kind: PageKind
    text: str
    hidden: str
    issues: tuple[Issue, ...]

    @classmethod
    def of(cls, page: Page, lines: Sequence[Line] | None = None) -> PageSummary:
        """The summary of a page; `lines` are its words line by line, where these are known."""
        lines = lines_of(page.words) if lines is None else lines
        return cls(page.number, page.kind, _text(lines), _text(lines_of(page.hidden_words)), page.issues)


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)


@dataclass(frozen=True)
class Claim:
    """The numbers of the pages that an SOP's cover and its matrix stand on."""

    cover: frozenset[int]
    matrix: frozenset[int]

    @classmethod
    def of(cls, region: SopRegion) -> Claim:
        """The claim of an SOP."""
        return cls(
            frozenset(region.cover_pages), frozenset(number for part in region.parts for number in part.page.numbers)
        )


def page_entries(pages: Sequence[PageSummary], claims: Sequence[Claim], ids: Sequence[str]) -> list[PageEntry]:
    """The pages as document.json tells of them; `ids` are the records' ids, one for each of `claims`."""
    entries = [
        PageEntry(
            number=page.number,
            kind=page.kind,
            role=_role(page, claims),
            sops=[name for name, claim in zip(ids, claims, strict=True) if page.number in claim.cover | claim.matrix],
            text=page.text or None,
            hidden_text=page.hidden or None,
        )
        for page in pages
    ]
    for entry in entries:
        log.info("page %d: %s", entry.number, ", ".join([entry.kind, entry.role, *entry.sops]))
    return entries


def _role(page: PageSummary, claims: Sequence[Claim]) -> PageRole:
    cover = any(page.number in claim.cover for claim in claims)
    matrix = any(page.number in claim.matrix for claim in claims)
    if cover and matrix:
        return "cover+matrix"
    if cover or matrix:
        return "cover" if cover else "matrix"
    return "other" if page.text else "blank"

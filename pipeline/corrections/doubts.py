"""What is doubted of a document, in the words of who corrects it: where, on which page, and what was read there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from pipeline.corrections.targets import place_named
from pipeline.corrections.wording import value_text
from pipeline.corrections.working_record import get_or_none
from pipeline.errors import PipelineError
from pipeline.message import msg
from pipeline.model.document import Document
from pipeline.model.issue import Issue, Severity
from pipeline.model.pointer import KeyPath, is_within, split_pointer
from pipeline.model.record import Record

Pages = tuple[int, int]
"""The first and the last of them, from 1."""

_PAGES = re.compile(r"(\d+)(?:-(\d+))?")


@dataclass(frozen=True)
class Doubt:
    """An issue, and what a person has to know to settle it.

    Attributes:
        document: The name of the document.
        file: The name of its file.
        issue: What is doubted.
        record: The id of the record, None where the issue is the document's.
        pages: Where to look; None where nothing tells.
        target: What `sop correct` takes; None where the issue is about nothing that can be corrected.
        read: What was read there, in the words of the page; None where it is no text.
    """

    document: str
    file: str
    issue: Issue
    record: str | None = None
    pages: Pages | None = None
    target: str | None = None
    read: str | None = None


@dataclass(frozen=True)
class DoubtFilter:
    """Which doubts are wanted; None takes all.

    Attributes:
        document: The name of a document or its file, or the id of a record.
        severity: The least grave one.
        code: The code of the issue.
        pages: Pages of the document.
    """

    document: str | None = None
    severity: Severity | None = None
    code: str | None = None
    pages: Pages | None = None

    def takes(self, doubt: Doubt) -> bool:
        """Whether a doubt is wanted."""
        named = self.document in (None, doubt.document, doubt.file, doubt.record)
        grave = self.severity is None or rank(doubt.issue.severity) >= rank(self.severity)
        return named and grave and self.code in (None, doubt.issue.code) and self._on_page(doubt.pages)

    def _on_page(self, pages: Pages | None) -> bool:
        return self.pages is None or (pages is not None and pages[0] <= self.pages[1] and self.pages[0] <= pages[1])


def rank(severity: Severity) -> int:
    """How grave: more for what is graver."""
    return -get_args(Severity).index(severity)


def page_range(text: str) -> Pages:
    """Read pages as they are typed: "4" or "4-6".

    Raises:
        PipelineError: They are none.
    """
    found = _PAGES.fullmatch(text.strip())
    first, last = (int(found.group(1)), int(found.group(2) or found.group(1))) if found else (1, 0)
    if last < first:
        raise PipelineError(
            msg('"{text}" is no page', text=text), msg("Give one, or the first and the last as in 4-6.")
        )
    return first, last


def doubts_of(document: Document, records: Sequence[Record], *, targets: bool = True) -> Iterator[Doubt]:
    """List what is doubted of a document and of its records, in the order of the pages.

    Without `targets` none is named, which takes most of the time.
    """
    yield from document_doubts(document)
    for record in records:
        yield from record_doubts(document, record, targets=targets)


def document_doubts(document: Document) -> Iterator[Doubt]:
    """List what is doubted of a document, and of none of its records."""
    for issue in document.issues:
        page = issue.wording.params.get("page") if issue.wording else None
        pages = (page, page) if isinstance(page, int) else None
        yield Doubt(document.name, document.file, issue, pages=pages)


def record_doubts(document: Document, record: Record, *, targets: bool = True) -> Iterator[Doubt]:
    """List what is doubted of one record; see `doubts_of`."""
    for issue in record.issues:
        pages, read = _pages(record, issue.path), _read(record, issue.path)
        target = place_named(record, issue.path) if targets else None
        yield Doubt(document.name, document.file, issue, record.id, pages, target, read)


def _pages(record: Record, at: str) -> Pages:
    """The pages on which something was seen, or a part of it, or what it is a part of; else those of the SOP."""
    exact = record.evidence.get(at)
    if exact is not None and exact.page is not None:
        return exact.page, exact.page
    inside = [seen.page for path, seen in record.evidence.items() if at and is_within(path, at) and seen.page]
    around = [seen.page for path, seen in record.evidence.items() if path and is_within(at, path) and seen.page]
    pages = inside or around
    return (min(pages), max(pages)) if pages else record.source.pages


def _read(record: Record, at: str) -> str | None:
    seen = record.evidence.get(at)
    if seen is not None and seen.raw:
        return seen.raw
    path: KeyPath = ()
    for part in split_pointer(at):
        path = (*path, int(part) if isinstance(get_or_none(record, path), list) and part.isdigit() else part)
    return value_text(get_or_none(record, path))

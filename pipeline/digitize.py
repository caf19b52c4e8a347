"""The whole story of one document: file -> pages -> regions -> drafts -> records."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from pipeline.export.views import views_of
from pipeline.extract.draft import extract, kind_of
from pipeline.layout.regions import SopRegion, find_sops
from pipeline.layout.text import lines_of
from pipeline.layout.unruled import with_lines
from pipeline.model.document import Digitized, Document, PageEntry, PageRole
from pipeline.model.draft import Draft
from pipeline.model.fault import DocumentFault
from pipeline.model.page import Page
from pipeline.model.view import PageView
from pipeline.normalize.headings import load_headings
from pipeline.normalize.lexicon import Lexicon, load_lexicon
from pipeline.normalize.record import normalize
from pipeline.process import one_thread
from pipeline.readers.camelot_tables import text_tables
from pipeline.readers.document import OnPage, read_pages
from pipeline.settings import Settings
from pipeline.store.cache import sha256_of

Taught = Mapping[str, object]


@dataclass(frozen=True)
class Story:
    """A document as far as its drafts; `regions` and `drafts` belong together one by one."""

    pages: Sequence[Page]
    regions: Sequence[SopRegion]
    drafts: Sequence[Draft]


def digitize(
    path: Path | str,
    settings: Settings | None = None,
    *,
    name: str | None = None,
    on_page: OnPage | None = None,
    password: str | None = None,
    taught: Taught | None = None,
) -> Digitized:
    """The records of one file. `name`, its stem if not given, begins their ids; `taught` is a reviewer's lexicon.

    A file that cannot be read raises nothing: its Document says what is wrong.
    """
    path = Path(path)
    settings, name = settings or Settings(), name or path.stem
    sha256, lexicon = sha256_of(path), load_lexicon(taught)
    try:
        story = tell(path, settings, lexicon, password, on_page)
    except DocumentFault as fault:
        return Digitized(_failed(name, path, sha256, fault))
    records = normalize(story.drafts, path.name, sha256, name, settings, lexicon)
    document = Document(
        name=name,
        file=path.name,
        sha256=sha256,
        kind=kind_of(story.pages),
        status="ok" if records else "no-sop",
        message=None if records else "no page of it holds a SOP",
        pages=_entries(story, [record.id for record in records]),
        issues=[issue for page in story.pages for issue in page.issues],
    )
    return Digitized(document, records)


def inspect(path: Path, settings: Settings, password: str | None = None) -> Iterator[PageView]:
    """What was seen on every page of a file, for drawing. Raises DocumentFault where it cannot be read."""
    story = tell(path, settings, load_lexicon(), password)
    ids = [f"{place:02d}" for place in range(1, len(story.regions) + 1)]
    return views_of(story.pages, _entries(story, ids), story.regions, story.drafts)


def tell(
    path: Path, settings: Settings, lexicon: Lexicon, password: str | None = None, on_page: OnPage | None = None
) -> Story:
    """The document read, laid out and extracted, in the words it was printed with."""
    headings = load_headings(lexicon.headings)
    with one_thread():
        pages = read_pages(path, settings, headings, password, on_page)
        pages = list(with_lines(pages, headings, settings.layout, text_tables))
        regions = find_sops(pages, headings, settings.layout)
        by_number = {page.number: page for page in pages}
        return Story(pages, regions, [extract(region, by_number, headings, settings) for region in regions])


def _failed(name: str, path: Path, sha256: str, fault: DocumentFault) -> Document:
    return Document.model_validate(
        {"name": name, "file": path.name, "sha256": sha256, "status": fault.status, "message": fault.message}
    )


def _entries(story: Story, ids: Sequence[str]) -> list[PageEntry]:
    return [_entry(page, story.regions, ids) for page in story.pages]


def _entry(page: Page, regions: Sequence[SopRegion], ids: Sequence[str]) -> PageEntry:
    """What became of a page: who claims it, and its words, so that nothing that was read is lost."""
    covers = [i for i, region in enumerate(regions) if region.cover and page.number in region.cover.pages]
    parts = [i for i, region in enumerate(regions) if any(part.page.number == page.number for part in region.parts)]
    claims = [ids[i] for i in sorted({*covers, *parts})]
    return PageEntry(
        number=page.number,
        kind=page.kind,
        role=_role(bool(covers), bool(parts), bool(page.words)),
        sops=claims,
        text="\n".join(line.text for line in lines_of(page.words)) or None,
    )


def _role(cover: bool, matrix: bool, words: bool) -> PageRole:
    if cover and matrix:
        return "cover+matrix"
    if cover or matrix:
        return "cover" if cover else "matrix"
    return "other" if words else "blank"


class _Callable(ModuleType):
    """What `from pipeline import digitize` gives where this module was imported before: it is its function."""

    __call__ = staticmethod(digitize)


sys.modules[__name__].__class__ = _Callable

"""The whole story of one document: file -> pages -> regions -> drafts -> records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pipeline.extract.draft import extract, kind_of
from pipeline.layout.regions import SopRegion, find_sops
from pipeline.layout.text import lines_of
from pipeline.model.document import Digitized, Document, PageEntry, PageRole, Status
from pipeline.model.page import Page
from pipeline.normalize.headings import load_headings
from pipeline.normalize.lexicon import load_lexicon
from pipeline.normalize.record import normalize
from pipeline.read.document import read_pages
from pipeline.read.fault import DocumentFault
from pipeline.settings import Settings
from pipeline.store.cache import sha256_of


def digitize(
    path: Path,
    settings: Settings,
    *,
    name: str,
    on_page: Callable[[int, int], None] | None = None,
    password: str | None = None,
    taught: Mapping[str, object] | None = None,
) -> Digitized:
    """The records of one file. `taught` is a reviewer's lexicon; a file that cannot be read says so in its Document."""
    sha256 = sha256_of(path)
    lexicon = load_lexicon(taught)
    headings = load_headings(lexicon.headings)
    try:
        pages = read_pages(path, settings, headings, password, on_page)
    except DocumentFault as fault:
        return Digitized(_failed(name, path, sha256, fault))
    regions = find_sops(pages, headings, settings.layout)
    by_number = {page.number: page for page in pages}
    drafts = [extract(region, by_number, headings, settings) for region in regions]
    records = normalize(drafts, path.name, sha256, name, settings, lexicon)
    status: Status = "ok" if records else "no-sop"
    document = Document(
        name=name,
        file=path.name,
        sha256=sha256,
        kind=kind_of(pages),
        status=status,
        message=None if records else "no page of it holds a SOP",
        pages=[_entry(page, regions, [record.id for record in records]) for page in pages],
        issues=[issue for page in pages for issue in page.issues],
    )
    return Digitized(document, records)


def _failed(name: str, path: Path, sha256: str, fault: DocumentFault) -> Document:
    return Document.model_validate(
        {"name": name, "file": path.name, "sha256": sha256, "status": fault.status, "message": fault.message}
    )


def _entry(page: Page, regions: Sequence[SopRegion], ids: Sequence[str]) -> PageEntry:
    """What became of a page: who claims it, or, where no SOP does, its words."""
    covers = [i for i, region in enumerate(regions) if region.cover and page.number in region.cover.pages]
    parts = [i for i, region in enumerate(regions) if any(part.page.number == page.number for part in region.parts)]
    claims = [ids[i] for i in sorted({*covers, *parts})]
    return PageEntry(
        number=page.number,
        kind=page.kind,
        role=_role(bool(covers), bool(parts), bool(page.words)),
        sops=claims,
        text=None if claims else "\n".join(line.text for line in lines_of(page.words)),
    )


def _role(cover: bool, matrix: bool, words: bool) -> PageRole:
    if cover and matrix:
        return "cover+matrix"
    if cover or matrix:
        return "cover" if cover else "matrix"
    return "other" if words else "blank"

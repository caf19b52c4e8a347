"""The stages of one document: file -> pages -> regions -> drafts -> records. The place to start reading."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline import sentences
from pipeline.export.views import views_of
from pipeline.extract.empty_columns import with_empty_columns_read
from pipeline.extract.header_draft import read_header
from pipeline.extract.matrix_draft import read_matrix
from pipeline.flowchart import read_flow
from pipeline.layout.claims import Claim, PageSummary, page_entries
from pipeline.layout.no_sop import why_no_sop
from pipeline.layout.regions import SopFinder, SopRegion
from pipeline.layout.ruled_page import RuledPage
from pipeline.layout.split_sheets import with_joined_sheets
from pipeline.layout.unruled import with_inferred_rulings
from pipeline.message import Message
from pipeline.model.document import Digitized, Document, DocumentError, Status
from pipeline.model.draft import Draft, FlowDraft, kind_of
from pipeline.model.formats import input_kind
from pipeline.model.headings import Headings
from pipeline.model.packed import packed
from pipeline.model.page import Page, PictureOf, ReadAgain
from pipeline.model.view import PageView
from pipeline.normalize.language import vocabulary_of
from pipeline.normalize.lexicon import load_headings, load_lexicon
from pipeline.normalize.records import normalize
from pipeline.ocr.two_readings import Knows
from pipeline.process import one_thread, rare_collections, stage
from pipeline.readers.camelot_tables import text_tables
from pipeline.readers.document import SourceDocument, open_document
from pipeline.readers.pictures import picture_of_sheets
from pipeline.settings import Settings
from pipeline.store.cache import sha256_of
from pipeline.transcript import Transcript, read_transcript

log = logging.getLogger(__name__)

OnPage = Callable[[int, int], None]
"""Told how many pages of a document are done, and how many it has."""


@one_thread()
@rare_collections()
def digitize(
    path: Path | str,
    settings: Settings | None = None,
    *,
    name: str | None = None,
    on_page: OnPage | None = None,
    password: str | None = None,
    taught: Mapping[str, object] | None = None,
) -> Digitized:
    """Read one file into records.

    Args:
        path: A PDF, a picture, or a transcript.
        settings: Every threshold; the defaults if not given.
        name: What the records' ids begin with; the file's stem if not given.
        on_page: Called after each page.
        password: Of an encrypted PDF.
        taught: A reviewer's lexicon, as `corrections/lexicon.yaml` holds it.

    Returns:
        The document and its records. A file that cannot be read raises nothing: its Document says what is wrong.
    """
    path = Path(path)
    settings, name = settings or Settings(), name or path.stem
    sha256, lexicon = sha256_of(path), load_lexicon(taught)
    try:
        knows = vocabulary_of(lexicon, settings.language).knows
        headings = load_headings(lexicon.headings)
        analysis = analyse(path, settings, headings, password, on_page, knows)
    except DocumentError as fault:
        document = Document(name=name, file=path.name, sha256=sha256, status=fault.status)
        return Digitized(document.model_copy(update={"message": str(fault.message), "wording": fault.message}))
    records = packed(normalize(analysis.drafts, path.name, sha256, name, settings, lexicon))
    status, why = analysis.outcome(headings, settings)
    document = Document(
        name=name,
        file=path.name,
        sha256=sha256,
        kind=kind_of(page.kind for page in analysis.pages),
        status=status,
        message=None if why is None else str(why),
        wording=why,
        pages=page_entries(analysis.pages, analysis.claims, [record.id for record in records]),
        issues=[issue for page in analysis.pages for issue in page.issues],
    )
    return Digitized(document, records)


@dataclass
class Analysis:
    """A document as far as its drafts, in the words it was printed with; `claims` and `drafts` are one for each SOP."""

    pages: list[PageSummary] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    drafts: Sequence[Draft] = ()

    def outcome(self, headings: Headings, settings: Settings) -> tuple[Status, Message | None]:
        """Tell the document's status, and why it has no record where it has none."""
        if self.drafts:
            return "ok", None
        return why_no_sop(self.pages, headings, settings.layout, switched_off=settings.ocr.when == "never")


def analyse(
    path: Path,
    settings: Settings,
    headings: Headings,
    password: str | None = None,
    on_page: OnPage | None = None,
    knows: Knows | None = None,
) -> Analysis:
    """Read, lay out and extract a document, holding the pages of one SOP at a time. Raises DocumentError."""
    analysis = Analysis()

    def on_read(ruled: RuledPage) -> None:
        analysis.pages.append(PageSummary.of(ruled.page, ruled.lines))
        if on_page is not None:
            on_page(ruled.page.number, len(document))

    def drafts() -> Iterator[Draft]:
        for region, draft in sops_of(document, headings, settings, on_read):
            analysis.claims.append(Claim.of(region))
            yield replace(draft, matrix=draft.matrix and replace(draft.matrix, parts=()))

    with opened(path, settings, headings, password, knows) as document:
        analysis.drafts = packed(drafts())
    return analysis


def inspect(path: Path, settings: Settings, password: str | None = None) -> Iterator[PageView]:
    """What was seen on every page of a file, for drawing. Raises DocumentError where it cannot be read."""
    lexicon = load_lexicon()
    headings, knows = load_headings(lexicon.headings), vocabulary_of(lexicon, settings.language).knows
    pages: list[Page] = []
    with one_thread(), opened(path, settings, headings, password, knows) as document:
        found = list(sops_of(document, headings, settings, lambda ruled: pages.append(ruled.page), keep=True))
        regions, drafts = [region for region, _ in found], [draft for _, draft in found]
        ids = [f"{place:02d}" for place in range(1, len(regions) + 1)]
        summaries, claims = [PageSummary.of(page) for page in pages], [Claim.of(region) for region in regions]
        yield from views_of(pages, page_entries(summaries, claims, ids), regions, drafts, document.picture)


@contextmanager
def opened(
    path: Path, settings: Settings, headings: Headings, password: str | None, knows: Knows | None = None
) -> Iterator[SourceDocument | Transcript]:
    """Any input file, open; `knows` tells words. Raises DocumentError where it cannot be read at all."""
    if input_kind(path) == "transcript":
        if path.stat().st_size > settings.limits.text_megabytes * 1e6:
            told = sentences.TOO_MUCH_TEXT.format(megabytes=settings.limits.text_megabytes)
            raise DocumentError("too-large", told)
        with stage(log, "transcript"):
            transcript = read_transcript(path.read_bytes(), headings, settings)
        yield transcript
    else:
        with open_document(path, settings, password, knows) as document:
            yield document


def sops_of(
    document: SourceDocument | Transcript,
    headings: Headings,
    settings: Settings,
    on_read: Callable[[RuledPage], None],
    keep: bool = False,
) -> Iterator[tuple[SopRegion, Draft]]:
    """The SOPs of a document, each as soon as the page after it was read, which is told to `on_read` first.

    The pictures of pages that no SOP can stand on any more are let go, unless told to `keep` them.
    """
    if isinstance(document, Transcript):
        for page in document.pages:
            on_read(RuledPage(page, headings, settings.layout))
        yield from zip(document.regions, document.drafts, strict=True)
        return
    finder = SopFinder(headings, settings.layout)
    sheets = with_joined_sheets(document.pages(), headings, settings.layout)
    for ruled in with_inferred_rulings(sheets, headings, settings.layout, text_tables):
        page = ruled.page
        for piece in [RuledPage(piece, headings, settings.layout) for piece in page.pieces] or [ruled]:
            on_read(piece)
        with stage(log, "layout", page=page.number):
            regions = finder.add(ruled)
        for region in regions:
            yield region, draft_of(region, document.picture, headings, settings, document.read_again)
        if not keep:
            document.keep(finder.open_pages.union(range(page.numbers[-1] + 1, len(document) + 1)))
    for region in finder.finish():
        yield region, draft_of(region, document.picture, headings, settings, document.read_again)


def draft_of(
    region: SopRegion, picture_of: PictureOf, headings: Headings, settings: Settings, read_again: ReadAgain
) -> Draft:
    """The draft of an SOP: header, matrix and flow, and the kind of pages they came from."""
    last = region.parts[-1] if region.parts else None
    below = last.box.bottom if last else 0.0
    with stage(log, "extraction", page=region.pages[0]):
        matrix = read_matrix(region.parts) if region.parts else None
        matrix = matrix and with_empty_columns_read(matrix, read_again, settings.extract)
        header = None
        if region.cover:
            header = read_header(region.cover, last.page if last else None, below, headings, settings.extract)
    if matrix and header and matrix.judul is None and region.parts[0].page.number in region.cover_pages:
        matrix = replace(matrix, judul=header.title)
    used = region.pages_used
    picture_of = picture_of_sheets(used, picture_of)
    return Draft(
        pages=region.pages,
        kind=kind_of(page.kind for page in used),
        matrix=matrix,
        header=header,
        flow=read_flow(matrix, picture_of, settings.flow) if matrix else FlowDraft(),
        transforms={page.number: page.transform for page in used},
        tiles={page.number: page.tiles for page in used if page.tiles},
        faded={page.number: page.faded for page in used if page.faded},
        issues=region.issues + tuple(issue for page in used for issue in page.issues),
    )

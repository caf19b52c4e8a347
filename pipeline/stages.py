"""The stages of one document: file -> pages -> regions -> drafts -> records. The place to start reading."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pipeline import sentences
from pipeline.analysis import Stretch
from pipeline.export.views import views_of
from pipeline.extract.empty_columns import with_empty_columns_read
from pipeline.extract.header_draft import read_header
from pipeline.extract.matrix_draft import read_matrix
from pipeline.flowchart import read_flow
from pipeline.imaging.freed_memory import release_memory
from pipeline.layout.claims import Claim, PageSummary, page_entries
from pipeline.layout.document_layout import DocumentLayout, LaidOut
from pipeline.layout.framed_pages import selected
from pipeline.layout.no_sop import why_no_sop
from pipeline.layout.regions import SopRegion
from pipeline.layout.ruled_page import RuledPage
from pipeline.model.document import Digitized, Document, DocumentError, Status
from pipeline.model.draft import Draft, FlowDraft, kind_of
from pipeline.model.formats import input_kind
from pipeline.model.headings import Headings
from pipeline.model.packed import packed
from pipeline.model.page import Page, PictureOf, ReadAgain
from pipeline.model.page_selection import PageSelection
from pipeline.model.view import PageView
from pipeline.normalize.document_words import DocumentWords
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

LONG = 100  # pages: what they leave in gaps is some megabytes

OnPage = Callable[[int, int], None]
"""Told how many pages of a document are done, and how many it has."""

Ends = Callable[[DocumentLayout, int], bool]
"""Asked after each page of a document, by its number, whether to read no further."""


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
    selection: PageSelection | None = None,
) -> Digitized:
    """Read one file into records.

    Args:
        path: A PDF, a picture, or a transcript.
        settings: Every threshold; the defaults if not given.
        name: What the records' ids begin with; the file's stem if not given.
        on_page: Called after each page.
        password: Of an encrypted PDF.
        taught: A reviewer's lexicon, as `corrections/lexicon.yaml` holds it.
        selection: The pages that are read; all if not given.

    Returns:
        The document and its records. A file that cannot be read raises nothing: its Document says what is wrong.
    """
    path = Path(path)
    settings, name = settings or Settings(), name or path.stem
    sha256, lexicon = sha256_of(path), load_lexicon(taught)
    try:
        knows = vocabulary_of(lexicon, settings.language).knows
        headings = load_headings(lexicon.headings)
        stretch = analyse(path, settings, headings, password, on_page, knows, selection)
    except DocumentError as fault:
        document = Document(name=name, file=path.name, sha256=sha256, status=fault.status)
        return Digitized(document.model_copy(update={"message": str(fault.message), "wording": fault.message}))
    if len(stretch.pages) >= LONG:
        release_memory()  # of its pages, before the records take new
    records = packed(normalize(stretch.drafts.drained(), path.name, sha256, name, settings, lexicon, stretch.words))
    ids = [record.id for record in records]
    return Digitized(document_of([stretch], path.name, name, sha256, ids, headings, settings), records)


def warm_up() -> None:
    """Load what every document needs, and a process that reads many has to load once: the package's words."""
    load_headings(load_lexicon().headings)


def document_of(
    stretches: Sequence[Stretch],
    file: str,
    name: str,
    sha256: str,
    ids: Sequence[str],
    headings: Headings,
    settings: Settings,
) -> Document:
    """Tell what became of a document and its pages; `ids` are those of its records."""
    pages = [page for stretch in stretches for page in stretch.pages]
    claims = [claim for stretch in stretches for claim in stretch.claims]
    status: Status = "ok"
    why = None
    if not claims:
        status, why = why_no_sop(pages, headings, settings.layout, switched_off=settings.ocr.when == "never")
    return Document(
        name=name,
        file=file,
        sha256=sha256,
        kind=kind_of(page.kind for page in pages),
        status=status,
        message=None if why is None else str(why),
        wording=why,
        pages=page_entries(pages, claims, ids),
        issues=[issue for page in pages for issue in page.issues],
    )


def analyse(
    path: Path,
    settings: Settings,
    headings: Headings,
    password: str | None = None,
    on_page: OnPage | None = None,
    knows: Knows | None = None,
    selection: PageSelection | None = None,
) -> Stretch:
    """Read, lay out and extract a document, holding the pages of one SOP at a time. Raises DocumentError."""
    whole = Stretch(DocumentWords(settings.language))
    with opened(path, settings, headings, password, knows) as document:
        read_sops(document, headings, settings, lambda: whole, on_page, selection=selection)
    return whole


def read_sops(
    document: SourceDocument | Transcript,
    headings: Headings,
    settings: Settings,
    now: Callable[[], Stretch],
    on_page: OnPage | None = None,
    first: int = 1,
    ends: Ends | None = None,
    selection: PageSelection | None = None,
) -> None:
    """Read pages and SOPs into the stretch of the document that they belong to, which `now` tells; see `sops_of`."""

    def on_read(ruled: RuledPage) -> None:
        now().pages.append(PageSummary.of(ruled.page, ruled.lines))
        if on_page is not None:
            on_page(ruled.page.number, len(document))

    found = sops_of(document, headings, settings, on_read, first=first, ends=ends, selection=selection)
    for region, draft in found:
        now().add(Claim.of(region), replace(draft, matrix=draft.matrix and replace(draft.matrix, parts=())))


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
    first: int = 1,
    ends: Ends | None = None,
    selection: PageSelection | None = None,
) -> Iterator[tuple[SopRegion, Draft]]:
    """The SOPs of a document, each as soon as the page after it was read.

    Args:
        document: What to read; of a transcript all.
        headings: The known labels.
        settings: The thresholds.
        on_read: Told of each page before the SOPs that end with it.
        keep: Whether to keep the pictures of pages that no SOP can stand on any more.
        first: The number of the page to begin with.
        ends: Where reading is to end before the last page; the SOP at hand is then left out.
        selection: The pages that are read, as if there were no others; all from `first` on if not given.
    """
    if isinstance(document, Transcript):
        for page in document.pages:
            on_read(RuledPage(page, headings, settings.layout))
        yield from zip(document.regions, document.drafts, strict=True)
        return
    layout = DocumentLayout(headings, settings.layout, text_tables)
    for page in selected(document.pages, selection) if selection else document.pages(first):
        with stage(log, "layout", page=page.number):
            laid_out = layout.add(page)
        yield from drafted(laid_out, document, headings, settings, on_read)
        if laid_out.pages and not keep:
            document.keep(layout.open_pages.union(range(laid_out.last_page + 1, page.number + 1)))
        if ends is not None and ends(layout, page.number):
            return
    yield from drafted(layout.finish(), document, headings, settings, on_read)


def drafted(
    laid_out: LaidOut,
    document: SourceDocument,
    headings: Headings,
    settings: Settings,
    on_read: Callable[[RuledPage], None],
) -> Iterator[tuple[SopRegion, Draft]]:
    """The SOPs that ended with a page, once `on_read` was told of the pages."""
    for ruled in laid_out.pages:
        for piece in [RuledPage(piece, headings, settings.layout) for piece in ruled.page.pieces] or [ruled]:
            on_read(piece)
    for region in laid_out.regions:
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
            after, until = last.page if last else None, region.matrix_top
            header = read_header(region.cover, after, below, headings, settings.extract, until)
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

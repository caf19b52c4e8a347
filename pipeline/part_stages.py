"""The stages of a long document that several workers read: each a part, then each the records of its part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pipeline.analysis import PartAnalysis, Stretch, joined
from pipeline.layout.document_layout import DocumentLayout
from pipeline.model.document import Document
from pipeline.model.draft import Draft
from pipeline.model.formats import input_kind
from pipeline.model.packed import Packed
from pipeline.model.part import Part
from pipeline.model.record import Record
from pipeline.normalize.document_words import DocumentWords
from pipeline.normalize.language import vocabulary_of
from pipeline.normalize.lexicon import load_headings, load_lexicon
from pipeline.normalize.records import normalize
from pipeline.process import one_thread, rare_collections
from pipeline.readers.document import open_document
from pipeline.settings import Settings
from pipeline.stages import OnPage, document_of, read_sops


def page_count(path: Path, settings: Settings, password: str | None = None) -> int:
    """How many pages a PDF or a picture has; 1 of any other file, as to count them takes as long as to read them.

    Raises:
        DocumentError: It cannot be opened.
    """
    if input_kind(path) in ("transcript", "office"):
        return 1
    with open_document(path, settings, password) as document:
        return len(document)


@one_thread()
@rare_collections()
def read_part(
    path: Path,
    part: Part,
    settings: Settings,
    *,
    on_page: OnPage | None = None,
    password: str | None = None,
    taught: Mapping[str, object] | None = None,
    part_after: Callable[[int], Part] | None = None,
) -> PartAnalysis:
    """Read the part of a PDF or picture that one worker begins with; see `pipeline.stages.digitize` for the arguments.

    `part_after` is told of each page that was taken, and tells the part as it is from then on: it may end earlier, but
    not before that page.

    Raises:
        DocumentError: The file cannot be read.
    """
    lexicon = load_lexicon(taught)
    headings, knows = load_headings(lexicon.headings), vocabulary_of(lexicon, settings.language).knows
    head, tail = (Stretch(DocumentWords(settings.language)) for _ in range(2))
    analysis = PartAnalysis(head, tail)
    with open_document(path, settings, password, knows) as document:

        def ends(layout: DocumentLayout, number: int) -> bool:
            return analysis.reached_end(part if part_after is None else part_after(number), layout, number)

        read_sops(document, headings, settings, lambda: analysis.now, on_page, part.first, ends)
        analysis.soft_hyphens = document.soft_hyphens
    return analysis


@one_thread()
@rare_collections()
def part_records(
    parts: Sequence[tuple[Part, PartAnalysis]],
    part: Part,
    drafts: tuple[Sequence[Draft], Sequence[Draft]],
    file: str,
    sha256: str,
    name: str,
    settings: Settings,
    taught: Mapping[str, object] | None = None,
) -> Packed[Record] | None:
    """Make the records of a part; None where the parts of the document do not fit.

    Args:
        parts: All parts in their order; their drafts are not looked at.
        part: The part.
        drafts: Those of its head and of its tail.
        file: Name of the input.
        sha256: Of the input's bytes.
        name: What the records' ids begin with.
        settings: Every threshold.
        taught: A reviewer's lexicon.
    """
    stretches = joined(parts)
    if stretches is None:
        return None
    words, own = DocumentWords(settings.language), dict(parts)[part]
    for stretch in stretches:
        words.include(stretch.words)
    lexicon, first, records = load_lexicon(taught), 1, Packed[Record]()
    for stretch in stretches:
        for mine, made in zip((own.head, own.tail), drafts, strict=True):
            if stretch is mine and made:
                for record in normalize(made, file, sha256, name, settings, lexicon, words, first):
                    records.append(record)
        first += len(stretch.claims)
    return records


def whole_document(
    parts: Sequence[tuple[Part, PartAnalysis]],
    file: str,
    sha256: str,
    name: str,
    ids: Sequence[str],
    settings: Settings,
    taught: Mapping[str, object] | None = None,
) -> Document | None:
    """Tell what became of a document that was read in parts; None where these do not fit. See `part_records`."""
    stretches = joined(parts)
    if stretches is None:
        return None
    return document_of(stretches, file, name, sha256, ids, load_headings(load_lexicon(taught).headings), settings)

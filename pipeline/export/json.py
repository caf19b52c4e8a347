"""The files of a run: records, document.json and index.json, as in docs/schema/."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline.export.names import document_folder, record_name
from pipeline.model.document import Digitized, Document, FolderLayout, Index, IndexEntry, SopEntry, Totals
from pipeline.model.record import Record
from pipeline.normalize.duration_sums import total, total_by_pelaksana

DOCUMENT_FILE = "document.json"
INDEX_FILE = "index.json"
INDEX_LINES_FILE = "index.jsonl"
REPORT_FILE = "report.html"
RECORD_FILE = re.compile(r"^\d{2,}-.*\.sop\.json$")


def named(digitized: Digitized) -> Document:
    """The document with the list of its records and their files, whose names are known only after corrections."""
    entries = [_sop_entry(place, record) for place, record in enumerate(digitized.records, start=1)]
    return digitized.document.model_copy(update={"sops": entries})


def files_of(
    digitized: Digitized, content_of: Callable[[Record], object] = Record.as_json
) -> Iterator[tuple[str, object]]:
    """The files of one document's folder: their names, and their content as plain JSON values.

    They come one by one, with no more than one record at hand: first the records' files, then the document's.

    Args:
        digitized: The document.
        content_of: Makes the content of a record's file; plain JSON values if not given.
    """
    entries = []
    for place, record in enumerate(digitized.records, start=1):
        entries.append(_sop_entry(place, record))
        yield entries[-1].file, content_of(record)
    yield DOCUMENT_FILE, digitized.document.model_copy(update={"sops": entries}).model_dump(mode="json")


def index_of(
    documents: Sequence[Digitized],
    passed_over: Sequence[str] = (),
    earlier: Sequence[IndexEntry] = (),
    corrections: str | None = None,
    layout: FolderLayout = "flat",
) -> Index:
    """The index of a run and the documents of `earlier` ones, in order of name."""
    own = (index_entry(document, layout) for document in documents)
    return index_from([*own, *earlier], passed_over, corrections, layout)


def index_from(
    found: Iterable[IndexEntry],
    passed_over: Sequence[str] = (),
    corrections: str | None = None,
    layout: FolderLayout = "flat",
) -> Index:
    """The index with these entries, in order of name."""
    entries = sorted(found, key=lambda entry: entry.name)
    totals = Totals(
        documents=len(entries),
        ok=sum(entry.status == "ok" for entry in entries),
        no_sop=sum(entry.status == "no-sop" for entry in entries),
        failed=sum(entry.status not in ("ok", "no-sop") for entry in entries),
        pages=sum(entry.pages for entry in entries),
        sops=sum(entry.sops for entry in entries),
        kegiatan=sum(entry.kegiatan for entry in entries),
        issues=sum(entry.issues for entry in entries),
    )
    return Index(
        totals=totals, layout=layout, documents=entries, passed_over=sorted(passed_over), corrections=corrections
    )


def _sop_entry(place: int, record: Record) -> SopEntry:
    return SopEntry(
        id=record.id,
        file=record_name(place, record.header.nama_sop, record.judul),
        nama_sop=record.header.nama_sop,
        judul=record.judul,
        pages=record.source.pages,
        kegiatan=len(record.kegiatan),
        waktu=total(record),
        waktu_pelaksana=total_by_pelaksana(record),
        issues=len(record.issues),
    )


def index_entry(digitized: Digitized, layout: FolderLayout = "flat") -> IndexEntry:
    """What the index tells of a document."""
    counts = [(len(record.kegiatan), len(record.issues)) for record in digitized.records]
    return entry_of(digitized.document, counts, layout)


def entry_of(document: Document, counts: Sequence[tuple[int, int]], layout: FolderLayout) -> IndexEntry:
    """The same, given how many steps and issues each of its records has."""
    return IndexEntry(
        name=document.name,
        file=document.file,
        sha256=document.sha256,
        kind=document.kind,
        status=document.status,
        message=document.message,
        wording=document.wording,
        folder=document_folder(document.name, layout),
        pages=len(document.pages),
        sops=len(counts),
        kegiatan=sum(kegiatan for kegiatan, _ in counts),
        issues=len(document.issues) + sum(issues for _, issues in counts),
        kept_from=document.kept_from,
    )

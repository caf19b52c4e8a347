"""What needs eyes: every doubt of every document, worst first, and which of them are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.corrections.doubts import Doubt, document_doubts, rank, record_doubts
from pipeline.message import Message, msg
from pipeline.model.document import Document
from pipeline.model.issue import Severity
from pipeline.model.record import Record
from pipeline.review.fields import LISTS

FieldGroup = Literal["document", "header", "list", "performer", "step", "duration", "flow", "sop"]

GROUPS: dict[FieldGroup, Message] = {
    "header": msg("Cover"),
    "list": msg("Lists"),
    "performer": msg("Performers"),
    "step": msg("Steps"),
    "duration": msg("Durations"),
    "flow": msg("Flowchart"),
    "sop": msg("Whole SOP"),
    "document": msg("Document"),
}

SEVERITIES: dict[Severity, Message] = {"error": msg("error"), "warning": msg("warning"), "info": msg("info")}


@dataclass(frozen=True)
class QueueItem:
    """A doubt, and where the page shows it.

    Attributes:
        document: The place of the document in the folder, from 0.
        sop: The place of the record in its document, from 1, the first where the doubt is the document's; 0 where it
            has none.
        doubt: What is doubted.
        group: The kind of field.
        confidence: Of what was read there, 0..1; None where nothing scored it.
        name: What the SOP is called, or the document's file.
    """

    document: int
    sop: int
    doubt: Doubt
    group: FieldGroup
    confidence: float | None
    name: str


@dataclass(frozen=True)
class QueueFilter:
    """Which doubts are wanted; "" takes all. `text` stands somewhere in them, in whatever case."""

    document: str = ""
    group: str = ""
    severity: str = ""
    code: str = ""
    text: str = ""

    def takes(self, item: QueueItem) -> bool:
        """Whether a doubt is wanted."""
        doubt = item.doubt
        exact = (
            (self.document, doubt.document),
            (self.group, item.group),
            (self.severity, doubt.issue.severity),
            (self.code, doubt.issue.code),
        )
        if any(asked not in ("", found) for asked, found in exact):
            return False
        return not self.text or self.text.casefold() in _words(item)


def _words(item: QueueItem) -> str:
    doubt = item.doubt
    parts = (item.name, doubt.file, doubt.record, doubt.read, doubt.issue.path, doubt.issue.message, doubt.issue.code)
    return "\n".join(part for part in parts if part).casefold()


def group_of(path: str, in_record: bool) -> FieldGroup:
    """Tell the kind of field that a JSON pointer leads to.

    >>> group_of("/header/keterkaitan/0", True), group_of("/kegiatan/3/mutu_baku/waktu", True), group_of("", False)
    ('list', 'duration', 'document')
    """
    parts = path.split("/")[1:]
    if not in_record or not parts:
        return "sop" if in_record else "document"
    match parts:
        case ["header", name, *_]:
            return "list" if name in LISTS else "header"
        case ["pelaksana", *_] | ["kegiatan", _, "pelaksana", *_]:
            return "performer"
        case ["kegiatan", _, "mutu_baku", "waktu", *_]:
            return "duration"
        case ["kegiatan", *_]:
            return "step"
        case ["flow", *_]:
            return "flow"
        case _:
            return "sop"


def queue_items(place: int, document: Document, records: Sequence[Record]) -> list[QueueItem]:
    """List what is doubted of a document, in the order of its pages."""
    found = list(items_of_document(place, document, len(records)))
    for sop, record in enumerate(records, 1):
        found += items_of_record(place, document, sop, record)
    return found


def items_of_document(place: int, document: Document, records: int) -> Iterator[QueueItem]:
    """List what is doubted of a document with so many records, and of none of them."""
    for doubt in document_doubts(document):
        yield QueueItem(place, min(1, records), doubt, group_of(doubt.issue.path, False), None, document.file)


def items_of_record(place: int, document: Document, sop: int, record: Record) -> Iterator[QueueItem]:
    """List what is doubted of a record by its place in the document, from 1."""
    name = record.header.nama_sop or record.judul or record.id
    for doubt in record_doubts(document, record, targets=False):
        seen = record.evidence.get(doubt.issue.path)
        group = group_of(doubt.issue.path, True)
        yield QueueItem(place, sop, doubt, group, seen.confidence if seen else None, name)


def worst_first(items: Iterable[QueueItem]) -> list[QueueItem]:
    """Order doubts: graver ones first, then those that were read with less confidence, then by document and page."""
    return sorted(items, key=badness)


def badness(item: QueueItem) -> tuple[int, float, int, int, int]:
    """What doubts are ordered by."""
    page = item.doubt.pages[0] if item.doubt.pages else 0
    scored = 1.0 if item.confidence is None else item.confidence
    return (-rank(item.doubt.issue.severity), scored, item.document, page, item.sop)

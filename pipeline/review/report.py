"""`report.html`: what needs eyes, the page where it stands, and the flows, in one file that needs no server."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from heapq import nsmallest
from importlib import resources
from typing import Protocol
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup
from pydantic import TypeAdapter

from pipeline.export.diagram import Diagram, diagram_of
from pipeline.export.json import entry_of
from pipeline.export.names import record_name
from pipeline.message import Message, Param, counted
from pipeline.model.document import Digitized, Document, FolderLayout, IndexEntry
from pipeline.model.issue import Issue
from pipeline.model.record import Record
from pipeline.review.escaping import escaping
from pipeline.review.fields import SYMBOLS
from pipeline.review.page_parts import Crop, place_of
from pipeline.review.queue import GROUPS, SEVERITIES, QueueItem, badness, items_of_document, items_of_record
from pipeline.settings.review_page import ReportSettings
from pipeline.translation import INDONESIAN, LANGUAGES, shown, speaking

POLICY = "default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True)
class PartItem:
    """A doubt of a document, and the part of the page where it stands; None where nothing tells."""

    item: QueueItem
    crop: Crop | None


@dataclass(frozen=True)
class ReportPart:
    """What a report may show of a document; its place in the run is not known here, and 0.

    Attributes:
        entry: Its entry in the index.
        doubts: How many there are.
        items: The worst of them.
        files: Of its records, in their order.
        flows: Whether each of them has a flow.
    """

    entry: IndexEntry
    doubts: int
    items: tuple[PartItem, ...]
    files: tuple[str, ...]
    flows: tuple[bool, ...]


class Parts(Protocol):
    """The parts of a run's documents, in its order: gone through once, and asked again for those that are shown."""

    def __iter__(self) -> Iterator[ReportPart]: ...

    def __getitem__(self, place: int, /) -> ReportPart: ...


RecordOf = Callable[[ReportPart, int], Record]
"""Gives the record of a document by its place in it, from 1."""


@dataclass(frozen=True)
class ReportRow:
    """A doubt of the report.

    Attributes:
        item: What is doubted.
        crop: The part of the page where it stands; None where nothing tells.
        anchor: The diagram of its SOP in the file; None where that is left out.
    """

    item: QueueItem
    crop: Crop | None
    anchor: str | None = None


@dataclass(frozen=True)
class ReportDiagram:
    """A SOP's flow: what leads to it, where its record stands, what it is called, and which of it is doubted."""

    anchor: str
    href: str
    file: str
    name: str
    diagram: Diagram
    doubted: frozenset[str]


@dataclass(frozen=True)
class ReportDocument:
    """A document in the table of documents."""

    entry: IndexEntry
    doubts: int


@dataclass(frozen=True)
class Report:
    """What the report shows, and of how much each is a part.

    Attributes:
        rows: The doubts, worst first.
        doubts: How many there are.
        diagrams: In the order of the documents.
        sops: How many SOPs there are.
        documents: Those that could not be read first, then those with most doubts.
        all_documents: How many there are.
    """

    rows: tuple[ReportRow, ...]
    doubts: int
    diagrams: tuple[ReportDiagram, ...]
    sops: int
    documents: tuple[ReportDocument, ...]
    all_documents: int

    @property
    def crops(self) -> list[Crop]:
        """The parts of pages that the rows ask for, in their order."""
        return [row.crop for row in self.rows if row.crop is not None]


def report_of(documents: Sequence[Digitized], settings: ReportSettings, layout: FolderLayout = "flat") -> Report:
    """Choose what of a run is shown, given its documents as they were written, and how their folders lie."""
    records = {one.document.name: one.records for one in documents}
    parts = [part_of(one, settings, layout) for one in documents]
    return report_from(parts, lambda part, sop: records[part.entry.name][sop - 1], settings)


def part_of(one: Digitized, settings: ReportSettings, layout: FolderLayout = "flat") -> ReportPart:
    """What a report may show of a document, as it was written, and how the folders of documents lie.

    Its records are gone through once, with one of them at hand at a time.
    """
    document = one.document
    counts, files, flows = list[tuple[int, int]](), list[str](), list[bool]()

    def met() -> Iterator[PartItem]:
        yield from (PartItem(item, None) for item in items_of_document(0, document, len(one.records)))
        for sop, record in enumerate(one.records, 1):
            counts.append((len(record.kegiatan), len(record.issues)))
            files.append(record_name(sop, record.header.nama_sop, record.judul))
            flows.append(bool(record.flow.nodes))
            yield from (
                PartItem(item, _crop(document, record, item)) for item in items_of_record(0, document, sop, record)
            )

    worst = nsmallest(settings.rows, met(), key=lambda found: badness(found.item))
    doubts = len(document.issues) + sum(issues for _, issues in counts)
    return ReportPart(entry_of(document, counts, layout), doubts, tuple(worst), tuple(files), tuple(flows))


def part_as_json(part: ReportPart) -> bytes:
    """What a report may show of a document as bytes to be kept."""
    return _part_adapter().dump_json(part)


def part_from_json(stored: bytes) -> ReportPart:
    """The part that `part_as_json` wrote.

    Raises:
        ValueError: It is none.
    """
    return _part_adapter().validate_json(stored)


@cache
def _part_adapter() -> TypeAdapter[ReportPart]:
    return TypeAdapter(ReportPart)


def report_from(parts: Parts, record_of: RecordOf, settings: ReportSettings) -> Report:
    """Choose what of a run is shown: the worst of it.

    Args:
        parts: Of its documents.
        record_of: Gives the records whose flows are drawn.
        settings: How much is shown.
    """
    sums: Counter[str] = Counter()
    flows: list[tuple[int, int]] = []
    table: list[ReportDocument] = []

    def met() -> Iterator[tuple[QueueItem, Crop | None]]:
        for place, part in enumerate(parts):
            sums.update(documents=1, doubts=part.doubts, sops=part.entry.sops)
            table.append(ReportDocument(part.entry, part.doubts))
            if len(table) > 2 * settings.documents:
                table[:] = _most_doubtful(table, settings)
            if len(flows) < settings.diagrams + settings.rows:
                flows.extend((place, sop) for sop, has_flow in enumerate(part.flows, 1) if has_flow)
            yield from ((replace(one.item, document=place), one.crop) for one in part.items)

    worst = nsmallest(settings.rows, met(), key=lambda one: badness(one[0]))
    chosen = dict.fromkeys((item.document, item.sop) for item, _ in worst if item.sop)
    diagrams = dict(_diagrams(list(dict.fromkeys([*chosen, *flows])), parts, record_of, settings))
    return Report(
        rows=tuple(ReportRow(item, crop, _anchor(diagrams, item)) for item, crop in worst),
        doubts=sums["doubts"],
        diagrams=tuple(diagram for _, diagram in sorted(diagrams.items())),
        sops=sums["sops"],
        documents=tuple(_most_doubtful(table, settings)),
        all_documents=sums["documents"],
    )


def _most_doubtful(table: list[ReportDocument], settings: ReportSettings) -> list[ReportDocument]:
    """Those that could not be read first, then those with most doubts."""
    order = sorted(table, key=lambda row: (row.entry.status == "ok", -row.doubts, row.entry.name))
    return order[: settings.documents]


def _anchor(diagrams: Mapping[tuple[int, int], ReportDiagram], item: QueueItem) -> str | None:
    found = diagrams.get((item.document, item.sop))
    return found.anchor if found else None


def _diagrams(
    order: Sequence[tuple[int, int]], parts: Parts, record_of: RecordOf, settings: ReportSettings
) -> Iterator[tuple[tuple[int, int], ReportDiagram]]:
    """The flows of SOPs by their document's place and their own, in this order as far as there is room."""
    left, room = settings.diagrams, settings.diagram_characters
    for document, sop in order:
        part = parts[document]
        if not part.flows[sop - 1]:
            continue
        record = record_of(part, sop)
        diagram = diagram_of(record)
        left, room = left - 1, room - _length(diagram)
        if left < 0 or room < 0:
            return
        name = record.header.nama_sop or record.judul or record.id
        href = quote(f"{part.entry.folder}/{part.files[sop - 1]}")
        doubted = frozenset(issue.path for issue in record.issues if issue.path.startswith("/flow/"))
        yield (document, sop), ReportDiagram(f"d{document}s{sop}", href, part.entry.file, name, diagram, doubted)


def _length(diagram: Diagram) -> int:
    """About how many characters a diagram takes in the file."""
    drawn = [symbol.outline for symbol in diagram.symbols] + [edge.way for edge in diagram.edges]
    return sum(len(path) + 60 for path in drawn) + 160 * (len(diagram.rows) + len(diagram.columns))


def _crop(document: Document, record: Record, item: QueueItem) -> Crop | None:
    """Where the page shows what is doubted; None where that is not known, or the page is of another file by now."""
    kept = document.kept_from not in (None, document.sha256)
    if kept or record.source.kind == "transcript":
        return None
    found = place_of(record, item.doubt.issue.path)
    return None if found is None else Crop(document.name, document.sha256, *found)


def within(crops: Sequence[Crop], pictures: Mapping[Crop, bytes], most: int) -> dict[Crop, bytes]:
    """The pictures that come first, `most` bytes of them together; what several rows show counts for each."""
    found: dict[Crop, bytes] = {}
    for crop in crops:
        if crop in pictures:
            most -= len(pictures[crop])
            if most < 0:
                break
            found[crop] = pictures[crop]
    return found


def report_html(report: Report, pictures: Mapping[Crop, bytes], settings: ReportSettings) -> str:
    """Write the report, every sentence in both languages of which one is shown at a time.

    Nothing in it is fetched from elsewhere and no script runs; the styles are the one thing that its policy allows.
    """
    style = (resources.files("pipeline.review") / "templates" / "report.css").read_text()
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _environment(settings.text)
        .get_template("report.html")
        .render(
            report=report,
            pictures={crop: b64encode(picture).decode() for crop, picture in pictures.items()},
            wanted=len(set(report.crops)),
            style=Markup(style),
            policy=POLICY.format(digest=digest),
        )
    )


@cache
def _environment(most: int) -> Environment:
    """The template, whatever it shows escaped and in both languages; made once."""
    made = escaping()

    def said(issue: Issue) -> Markup:
        return both(issue.said, most)

    made.globals.update(
        _=_both_of, both=both, said=said, counted=counted, severities=SEVERITIES, groups=GROUPS, symbols=SYMBOLS
    )
    made.globals["text_length"] = most
    return made


def _both_of(text: str, /, **params: Param) -> Markup:
    return both(Message(text, params))


def both(message: Message | str, most: int = 1_000_000) -> Markup:
    """A message in both languages, each marked as such; once where it is the same in both, or no message.

    >>> both("15 menit")
    Markup('<bdi>15 menit</bdi>')
    """
    words = {language: _cut(_in(language, message), most) for language in (INDONESIAN, *LANGUAGES)}
    if len(set(words.values())) == 1:
        return Markup("<bdi>{}</bdi>").format(words[INDONESIAN])
    return Markup("").join(
        Markup('<span lang="{}" dir="auto">{}</span>').format(language, text) for language, text in words.items()
    )


def _in(language: str, message: Message | str) -> str:
    with speaking(language):
        return shown(message)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"

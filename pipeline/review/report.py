"""`report.html`: what needs eyes, the page where it stands, and the flows, in one file that needs no server."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.export.diagram import Diagram, diagram_of
from pipeline.export.json import named
from pipeline.export.names import document_folder
from pipeline.message import Message, Param, counted
from pipeline.model.document import Digitized, Document, FolderLayout
from pipeline.model.issue import Issue
from pipeline.model.record import Record
from pipeline.review.fields import SYMBOLS
from pipeline.review.page_parts import Crop, place_of
from pipeline.review.queue import GROUPS, SEVERITIES, QueueItem, queue_items, worst_first
from pipeline.settings.review_page import ReportSettings
from pipeline.translation import INDONESIAN, LANGUAGES, shown, speaking

REPORT_FILE = "report.html"
POLICY = "default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


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

    document: Document
    sops: int
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
    """Choose what of a run is shown: the worst of it.

    Args:
        documents: Of the run, as they were written.
        settings: How much is shown.
        layout: How the folders of documents lie.
    """
    per_document = [queue_items(place, one.document, one.records) for place, one in enumerate(documents)]
    worst = worst_first(item for items in per_document for item in items)[: settings.rows]
    chosen = dict.fromkeys((item.document, item.sop) for item in worst if item.sop)
    records = {place: documents[place[0]].records[place[1] - 1] for place in chosen}
    diagrams = dict(_diagrams(records, documents, settings, layout))
    rows = tuple(
        ReportRow(
            item,
            _crop(documents[item.document].document, records.get((item.document, item.sop)), item),
            diagrams[item.document, item.sop].anchor if (item.document, item.sop) in diagrams else None,
        )
        for item in worst
    )
    table = [
        ReportDocument(one.document, len(one.records), len(items))
        for one, items in zip(documents, per_document, strict=True)
    ]
    table.sort(key=lambda row: (row.document.status == "ok", -row.doubts, row.document.name))
    return Report(
        rows=rows,
        doubts=sum(len(items) for items in per_document),
        diagrams=tuple(diagram for _, diagram in sorted(diagrams.items())),
        sops=sum(len(one.records) for one in documents),
        documents=tuple(table[: settings.documents]),
        all_documents=len(documents),
    )


def _diagrams(
    shown: Mapping[tuple[int, int], Record],
    documents: Sequence[Digitized],
    settings: ReportSettings,
    layout: FolderLayout,
) -> Iterator[tuple[tuple[int, int], ReportDiagram]]:
    """The flows of SOPs by their document's place and their own, as far as there is room; those `shown` first."""
    left, room = settings.diagrams, settings.diagram_characters
    files: dict[int, list[str]] = {}
    rest = (
        ((place, sop), record)
        for place, one in enumerate(documents)
        for sop, record in enumerate(one.records, 1)
        if (place, sop) not in shown
    )
    for (document, sop), record in chain(shown.items(), rest):
        if not record.flow.nodes:
            continue
        diagram = diagram_of(record)
        left, room = left - 1, room - _length(diagram)
        if left < 0 or room < 0:
            return
        about = documents[document].document
        if document not in files:
            files[document] = [entry.file for entry in named(documents[document]).sops]
        name = record.header.nama_sop or record.judul or record.id
        href = quote(f"{document_folder(about.name, layout)}/{files[document][sop - 1]}")
        doubted = frozenset(issue.path for issue in record.issues if issue.path.startswith("/flow/"))
        yield (document, sop), ReportDiagram(f"d{document}s{sop}", href, about.file, name, diagram, doubted)


def _length(diagram: Diagram) -> int:
    """About how many characters a diagram takes in the file."""
    drawn = [symbol.outline for symbol in diagram.symbols] + [edge.way for edge in diagram.edges]
    return sum(len(path) + 60 for path in drawn) + 160 * (len(diagram.rows) + len(diagram.columns))


def _crop(document: Document, record: Record | None, item: QueueItem) -> Crop | None:
    """Where the page shows what is doubted; None where that is not known, or the page is of another file by now."""
    kept = document.kept_from not in (None, document.sha256)
    if record is None or item.doubt.record is None or kept or record.source.kind == "transcript":
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
    made = Environment(
        loader=PackageLoader("pipeline.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

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

"""What the page shows of a record: its fields with what was read there, where, how surely, and what is doubted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.corrections import Outcome
from pipeline.corrections.doubts import doubts_of
from pipeline.corrections.targets import target_of
from pipeline.corrections.wording import value_text
from pipeline.corrections.working_record import get_or_none
from pipeline.export.diagram import Diagram, diagram_of
from pipeline.message import Message, msg
from pipeline.model.document import Document
from pipeline.model.draft import DATE_FIELDS, LIST_FIELDS, SIGNATURE_FIELDS
from pipeline.model.issue import Issue
from pipeline.model.pointer import KeyPath, is_within, pointer, split_pointer
from pipeline.model.record import ChangeNote, Evidence, FlowEdge, Kegiatan, Node, NodeKind, Pelaksana, Record
from pipeline.settings.review_page import ReviewSettings

State = Literal["confirmed", "corrected", "doubtful", "unsure", "read"]
InputKind = Literal["text", "date", "waktu"]
Sureness = Literal["sure", "fair", "unsure", "unknown"]

LABELS: Mapping[str, Message] = {
    "judul": msg("Title above the matrix"),
    "nomor_sop": msg("SOP number"),
    "nama_sop": msg("SOP name"),
    "tanggal_pembuatan": msg("Date made"),
    "tanggal_revisi": msg("Date revised"),
    "tanggal_pengesahan": msg("Date approved"),
    "tanggal_efektif": msg("Date effective"),
    "jabatan": msg("Approved by: position"),
    "nama": msg("Approved by: name"),
    "pangkat": msg("Approved by: rank"),
    "nip": msg("Approved by: NIP"),
    "instansi": msg("Agency"),
    "dasar_hukum": msg("Legal basis"),
    "kualifikasi_pelaksana": msg("Qualification of performers"),
    "keterkaitan": msg("Related SOPs"),
    "peralatan_perlengkapan": msg("Equipment"),
    "peringatan": msg("Warnings"),
    "pencatatan_pendataan": msg("Records kept"),
    "uraian": msg("Activity"),
    "kelengkapan": msg("Requirements"),
    "waktu": msg("Time"),
    "output": msg("Output"),
    "keterangan": msg("Remarks"),
}
SYMBOLS: Mapping[NodeKind, Message] = {
    "start": msg("start"),
    "process": msg("process"),
    "decision": msg("decision"),
    "end": msg("end"),
    "document": msg("document"),
    "archive": msg("archive"),
    "connector": msg("connector to another page"),
}
SURENESS: Mapping[Sureness, Message] = {
    "sure": msg("surely read"),
    "fair": msg("fairly surely read"),
    "unsure": msg("unsurely read"),
    "unknown": msg("not scored"),
}
LISTS = ("instansi", *LIST_FIELDS)


@dataclass(frozen=True)
class FieldView:
    """One field as the page shows it.

    Attributes:
        path: Its JSON pointer.
        target: What a correction of it names.
        label: What it is called.
        value: What it reads; "" for nothing.
        kind: How it is typed.
        evidence: Where it was seen; None where that is not known.
        issues: What is doubted of it.
        state: What a reviewer said of it, or how far it is doubted.
        sureness: How surely it was read.
    """

    path: str
    target: str
    label: Message | str
    value: str
    kind: InputKind
    evidence: Evidence | None
    issues: tuple[Issue, ...]
    state: State
    sureness: Sureness

    @property
    def page(self) -> int | None:
        """The page it stands on."""
        return self.evidence.page if self.evidence else None

    @property
    def box(self) -> str:
        """Its box as the page's script takes it; "" where there is none."""
        return box_text(self.evidence)

    @property
    def raw(self) -> str | None:
        """What was printed, where that is not what it reads."""
        raw = self.evidence.raw if self.evidence else None
        return raw if raw and " ".join(raw.split()) != " ".join(self.value.split()) else None

    @property
    def changes(self) -> Sequence[ChangeNote]:
        """What the rules changed."""
        return self.evidence.changes if self.evidence else ()

    @property
    def rows(self) -> int:
        """How many lines its input has."""
        return min(8, max(1, self.value.count("\n") + 1))


@dataclass(frozen=True)
class ListView:
    """A list of the cover."""

    name: str
    label: Message
    items: tuple[FieldView, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class SymbolView:
    """A symbol of the flowchart."""

    node: Node
    field: FieldView


@dataclass(frozen=True)
class EdgeView:
    """A connector, and the symbols at its ends."""

    edge: FlowEdge
    field: FieldView
    source: SymbolView
    target: SymbolView


@dataclass(frozen=True)
class StepView:
    """A step with its cells and symbols."""

    step: Kegiatan
    uraian: FieldView
    cells: tuple[FieldView, ...]
    performers: FieldView
    symbols: tuple[SymbolView, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class RecordView:
    """A record as the page shows it; `issues` are those about no field that is shown."""

    record: Record
    header: tuple[FieldView, ...]
    lists: tuple[ListView, ...]
    columns: tuple[FieldView, ...]
    steps: tuple[StepView, ...]
    symbols: tuple[SymbolView, ...]
    edges: tuple[EdgeView, ...]
    diagram: Diagram
    issues: tuple[Issue, ...]
    stale: tuple[Outcome, ...]

    def doubt_beside(self, shown: str) -> str:
        """The path of the first doubtful field that a view does not show, "" where there is none.

        Args:
            shown: "fields", which shows all, "table" or "flow".
        """
        cover = [*self.header, *(item for one in self.lists for item in one.items), *self.columns]
        cells = [field for step in self.steps for field in (step.uraian, step.performers, *step.cells)]
        flow = [*(symbol.field for symbol in self.symbols), *(edge.field for edge in self.edges)]
        others = {"table": [*cover, *flow], "flow": [*cover, *cells]}.get(shown, [])
        return next((field.path for field in others if field.state in ("doubtful", "unsure")), "")


def box_text(evidence: Evidence | None) -> str:
    """The box of something seen, "left top right bottom" in points; "" where there is none."""
    return " ".join(f"{edge:g}" for edge in evidence.box) if evidence and evidence.box else ""


def header_paths(record: Record) -> Iterator[tuple[KeyPath, InputKind]]:
    """The fields of the cover that are no lists, in the order of the record, and how they are typed."""
    yield ("judul",), "text"
    yield ("header", "nomor_sop"), "text"
    yield ("header", "nama_sop"), "text"
    for name in DATE_FIELDS:
        yield ("header", name), "date"
    for name in SIGNATURE_FIELDS:
        yield ("header", "disahkan_oleh", name), "text"


def cell_paths(step: Kegiatan, place: int) -> Iterator[tuple[KeyPath, InputKind]]:
    """The cells of a step beside its activity and performers."""
    base: KeyPath = ("kegiatan", place, "mutu_baku")
    yield (*base, "kelengkapan"), "text"
    yield (*base, "waktu"), "waktu"
    yield (*base, "output"), "text"
    for head in step.mutu_baku.lain:
        yield (*base, "lain", head), "text"
    yield ("kegiatan", place, "keterangan"), "text"


def field_paths(record: Record) -> list[str]:
    """The JSON pointers of all fields that a reviewer has to see."""
    found: list[KeyPath] = [path for path, _ in header_paths(record)]
    for name in LISTS:
        found += [("header", name, place) for place in range(len(getattr(record.header, name)))]
    found += [("pelaksana", place) for place in range(len(record.pelaksana))]
    for place, step in enumerate(record.kegiatan):
        found += [("kegiatan", place, "uraian"), ("kegiatan", place, "pelaksana")]
        found += [path for path, _ in cell_paths(step, place)]
    found += [("flow", "nodes", place) for place in range(len(record.flow.nodes))]
    found += [("flow", "edges", place) for place in range(len(record.flow.edges))]
    return [pointer(*path) for path in found]


def seen_paths(paths: Iterable[str], record: str, outcomes: Iterable[Outcome]) -> set[str]:
    """Which of some fields a reviewer has confirmed or corrected."""
    said = {path for outcome in outcomes if outcome.record == record and not outcome.failed for path in outcome.paths}
    return {path for path in paths if path in said or any(is_within(path, outer) for outer in said)}


def search_words(record: Record) -> str:
    """All that a record says, for the search: a line for each field."""
    values = (get_or_none(record, _path(record, path)) for path in field_paths(record))
    texts = (value_text(value) for value in values if not isinstance(value, list | Node | FlowEdge))
    return "\n".join([record.id, record.source.file, *(" ".join(text.split()) for text in texts if text)])


def record_view(record: Record, outcomes: Sequence[Outcome], settings: ReviewSettings) -> RecordView:
    """What the page shows of a record.

    Args:
        record: After corrections and checks.
        outcomes: How the entries of its document ended.
        settings: From which confidence a reading is called sure.
    """
    maker = _Maker(record, outcomes, settings)
    nodes = enumerate(record.flow.nodes)
    symbols = tuple(SymbolView(node, maker.field(("flow", "nodes", place))) for place, node in nodes)
    by_id = {symbol.node.id: symbol for symbol in symbols}
    steps = tuple(_step(maker, place, step, symbols) for place, step in enumerate(record.kegiatan))
    header = tuple(maker.field(path, kind) for path, kind in header_paths(record))
    lists = tuple(_list(maker, name) for name in LISTS)
    columns = tuple(maker.field(("pelaksana", place)) for place in range(len(record.pelaksana)))
    edges = tuple(
        EdgeView(edge, maker.field(("flow", "edges", place)), by_id[edge.source], by_id[edge.target])
        for place, edge in enumerate(record.flow.edges)
        if edge.source in by_id and edge.target in by_id
    )
    rest = tuple(issue for place, issue in enumerate(record.issues) if place not in maker.shown)
    stale = tuple(outcome for outcome in outcomes if outcome.record == record.id and outcome.failed)
    return RecordView(record, header, lists, columns, steps, symbols, edges, diagram_of(record), rest, stale)


class _Maker:
    """Makes fields of a record; `shown` are the places of the issues that were put to one."""

    def __init__(self, record: Record, outcomes: Sequence[Outcome], settings: ReviewSettings) -> None:
        self.record, self._settings = record, settings
        self.shown: set[int] = set()
        own = [outcome for outcome in outcomes if outcome.record == record.id and not outcome.failed]
        self._confirmed = {path for outcome in own if outcome.status == "confirmed" for path in outcome.paths}
        self._corrected = {path for outcome in own if outcome.status != "confirmed" for path in outcome.paths}

    def field(self, path: KeyPath, kind: InputKind = "text", *, exact: bool = False) -> FieldView:
        """The field at a path; with `exact` it takes no issue of what is in it."""
        at = pointer(*path)
        evidence = self.record.evidence.get(at)
        issues = self.issues(at, exact=exact)
        sureness = self._sureness(evidence)
        return FieldView(
            path=at,
            target=target_of(self.record, path) or "",
            label=_label(path),
            value=_shown_value(get_or_none(self.record, path)),
            kind=kind,
            evidence=evidence,
            issues=issues,
            state=self._state(at, issues, sureness),
            sureness=sureness,
        )

    def issues(self, at: str, *, exact: bool = False) -> tuple[Issue, ...]:
        """The issues about what a pointer leads to."""
        found = [
            (place, issue)
            for place, issue in enumerate(self.record.issues)
            if (issue.path == at if exact else is_within(issue.path, at))
        ]
        self.shown |= {place for place, _ in found}
        return tuple(issue for _, issue in found)

    def _sureness(self, evidence: Evidence | None) -> Sureness:
        if evidence is None or evidence.confidence is None:
            return "unknown"
        if evidence.confidence >= self._settings.sure:
            return "sure"
        return "fair" if evidence.confidence >= self._settings.unsure else "unsure"

    def _state(self, at: str, issues: Collection[Issue], sureness: Sureness) -> State:
        if _covered(at, self._corrected):
            return "corrected"
        if _covered(at, self._confirmed):
            return "confirmed"
        if any(issue.severity != "info" for issue in issues):
            return "doubtful"
        return "unsure" if issues or sureness == "unsure" else "read"


def _covered(at: str, paths: Collection[str]) -> bool:
    return any(is_within(at, path) for path in paths)


def _label(path: KeyPath) -> Message | str:
    name = str(path[-1]) if not isinstance(path[-1], int) else str(path[-2])
    return LABELS.get(name, name)


def _shown_value(value: Any) -> str:
    if isinstance(value, Node | FlowEdge | list):
        return ""
    if isinstance(value, Pelaksana):
        return value.nama
    return value_text(value) or ""


def _list(maker: _Maker, name: str) -> ListView:
    items = getattr(maker.record.header, name)
    views = tuple(maker.field(("header", name, place)) for place in range(len(items)))
    return ListView(name, LABELS[name], views, maker.issues(pointer("header", name), exact=True))


def _step(maker: _Maker, place: int, step: Kegiatan, symbols: Sequence[SymbolView]) -> StepView:
    return StepView(
        step=step,
        uraian=maker.field(("kegiatan", place, "uraian")),
        cells=tuple(maker.field(path, kind) for path, kind in cell_paths(step, place)),
        performers=maker.field(("kegiatan", place, "pelaksana")),
        symbols=tuple(symbol for symbol in symbols if symbol.node.kegiatan == step.no),
        issues=maker.issues(pointer("kegiatan", place), exact=True) + maker.issues(pointer("kegiatan", place, "nomor")),
    )


def doubtful_targets(record: Record) -> dict[int, list[tuple[str, str]]]:
    """The targets and paths of what is still doubted, by page, each once on a page."""
    document = Document(name="", file="", sha256="")
    found: dict[int, dict[str, str]] = {}
    for doubt in doubts_of(document, [record]):
        if doubt.pages is None or not doubt.target or doubt.issue.code.startswith("correction-"):
            continue
        for page in range(doubt.pages[0], doubt.pages[1] + 1):
            found.setdefault(page, {}).setdefault(doubt.target, doubt.issue.path)
    return {page: list(targets.items()) for page, targets in found.items()}


def _path(record: Record, at: str) -> KeyPath:
    path: KeyPath = ()
    for part in split_pointer(at):
        path = (*path, int(part) if isinstance(get_or_none(record, path), list) else part)
    return path

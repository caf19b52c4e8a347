"""The records of one document: one found by number or nomor SOP, a whole SOP added or removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from pipeline.corrections import cascade
from pipeline.corrections.entry import CorrectionsFile, Entry, Status
from pipeline.corrections.matching import matches
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.page_readings import selection_of
from pipeline.corrections.problem import InvalidValueError, UnresolvedNameError
from pipeline.corrections.values import Values
from pipeline.corrections.wording import same_words
from pipeline.corrections.working_record import WorkingRecord
from pipeline.corrections.write import set_value
from pipeline.corrections.yaml_positions import YamlValue
from pipeline.kept_results import KeptResults
from pipeline.message import Message, msg
from pipeline.model.issue import Issue
from pipeline.model.record import FlowEdge, Kegiatan, Node, Pelaksana, Record, Source

# The order in which a new SOP's parts are put in: what is named comes before what names it.
_PARTS = ("source", "judul", "header", "pelaksana", "kegiatan", "flow/nodes", "flow/edges")


@dataclass(frozen=True)
class RecordSet:
    """A document's records.

    Attributes:
        records: In their order.
        stem: The first part of their ids.
        source: What a new record takes file and sha256 from; None where nothing names them.
    """

    records: tuple[WorkingRecord, ...]
    stem: str
    source: Source | None

    @classmethod
    def of(cls, records: Sequence[Record], corrections: CorrectionsFile, kept: KeptResults) -> RecordSet:
        """Take the records of the document that a corrections file is about, as they were taken before."""
        workings = tuple(
            kept.once(partial(WorkingRecord, record, key, record.header.nomor_sop), (record,), ("working", key))
            for key, record in enumerate(records)
        )
        if not workings:
            return cls((), corrections.document.rpartition(".")[0], _source_named_in(corrections))
        stem, source = records[0].id.rpartition("/")[0], records[0].source
        return kept.once(partial(cls, workings, stem, source), workings, "set")

    def named(self, name: str) -> list[WorkingRecord]:
        """Find records by their number in the document, or by the nomor SOP that was read or corrected."""
        number = int(name) if name.isdecimal() else None
        return [
            working
            for place, working in enumerate(self.records, 1)
            if place == number
            or any(n and same_words(n, name) for n in (working.nomor, working.record.header.nomor_sop))
        ]

    def with_record(self, working: WorkingRecord) -> RecordSet:
        """Replace one record by what it has become."""
        if any(working is w for w in self.records):
            return self
        return replace(self, records=tuple(working if w.key == working.key else w for w in self.records))

    def with_records(self, records: Sequence[WorkingRecord]) -> RecordSet:
        """Replace all records; the number in every id becomes its place."""
        ids = [f"{self.stem}/{place:02d}" for place in range(1, len(records) + 1)]
        numbered = tuple(
            w if w.record.id == name else replace(w, record=w.record.model_copy(update={"id": name}))
            for name, w in zip(ids, records, strict=True)
        )
        return replace(self, records=numbered)


@dataclass(frozen=True)
class RecordSetChange:
    """How an entry about a whole SOP ended.

    Attributes:
        record_set: The records after it.
        status: How it ended.
        about: The key of the record that is there because of it.
        detail: What else there is to say, in words.
    """

    record_set: RecordSet
    status: Status
    about: int | None = None
    detail: Message | None = None


def change_records(record_set: RecordSet, entry: Entry, normalizer: Normalizer) -> RecordSetChange:
    """Add, remove or confirm a whole SOP.

    Raises:
        InvalidValueError: Its place or one of its values cannot be taken.
    """
    change = {"remove": _remove, "confirm": _confirm}.get(entry.action, _insert)
    try:
        return change(record_set, entry, normalizer)
    except UnresolvedNameError as unresolved:
        return RecordSetChange(record_set, unresolved.status, detail=unresolved.message)


def _remove(record_set: RecordSet, entry: Entry, normalizer: Normalizer) -> RecordSetChange:
    named = _named(record_set, entry)
    if not _matches(named.record, entry.expect, normalizer):
        return _stale(record_set, named)
    rest = [working for working in record_set.records if working.key != named.key]
    detail = msg("{id} is no SOP of this document", id=named.record.id)
    return RecordSetChange(record_set.with_records(rest), "applied", detail=detail)


def _confirm(record_set: RecordSet, entry: Entry, normalizer: Normalizer) -> RecordSetChange:
    """Somebody went through a SOP and found it right."""
    named = _named(record_set, entry)
    if not _matches(named.record, entry.expect, normalizer):
        return _stale(record_set, named)
    return RecordSetChange(record_set, "confirmed", named.key)


def _named(record_set: RecordSet, entry: Entry) -> WorkingRecord:
    """The SOP that an entry names. Raises UnresolvedNameError where it names none, or several."""
    named = record_set.named(entry.sop)
    if len(named) != 1:
        raise UnresolvedNameError(len(named), f"SOP {entry.sop}")
    return named[0]


def _stale(record_set: RecordSet, there: WorkingRecord) -> RecordSetChange:
    return RecordSetChange(record_set, "stale", there.key, detail=msg("another SOP stands there"))


def _insert(record_set: RecordSet, entry: Entry, normalizer: Normalizer) -> RecordSetChange:
    """A new SOP at the place that its number says; what stands there moves on by one."""
    if not entry.sop.isdecimal() or int(entry.sop) < 1:
        raise InvalidValueError(
            msg("sop: '{name}' is no number: a new SOP is named by its place in the document", name=entry.sop)
        )
    records, place = record_set.records, int(entry.sop) - 1
    if place > len(records):
        raise UnresolvedNameError(0, f"SOP {place}", [f"{len(records):02d}"])
    there = records[place] if place < len(records) else None
    given: Any = entry.value
    if there and _matches(there.record, {"source": {"pages": given["source"]["pages"]}}, normalizer):
        return RecordSetChange(record_set, "already-true", there.key)
    if entry.expects and not _expected(there, entry, normalizer):
        detail = msg("something else stands at its place")
        return RecordSetChange(record_set, "stale", there.key if there else None, detail=detail)
    # Above all keys so far, those of records that were removed too.
    key = 1 + max((working.key for working in records), default=-1) + 1000 * entry.number
    new = _new_record(record_set, given, key, normalizer)
    return RecordSetChange(record_set.with_records([*records[:place], new, *records[place:]]), "applied", key)


def _expected(there: WorkingRecord | None, entry: Entry, normalizer: Normalizer) -> bool:
    """Whether what stands at a new SOP's place is what the entry expects there: null is the end of the document."""
    if there is None or entry.expect is None:
        return there is None and entry.expect is None
    return _matches(there.record, entry.expect, normalizer)


def _matches(record: Record, expected: YamlValue, normalizer: Normalizer) -> bool:
    """Whether the named parts of a record read as expected."""
    if not isinstance(expected, dict):
        return expected is None
    values = Values(record, normalizer)
    return all(matches(values, part, (part,), value) for part, value in expected.items())


def _new_record(record_set: RecordSet, given: Any, key: int, normalizer: Normalizer) -> WorkingRecord:
    kind = (given.get("source") or {}).get("kind")
    if record_set.source is None:
        raise InvalidValueError(
            msg("the document has no SOP to take file and sha256 from: give both, in full, under document")
        )
    source = record_set.source.model_copy(update={"kind": kind} if kind else {})
    working = WorkingRecord(_as_read(given, f"{record_set.stem}/00", source, normalizer), key)
    for part in _PARTS:
        working = _with_part(working, part, _dig(given, part), normalizer)
    return replace(working, nomor=working.record.header.nomor_sop)


def _as_read(given: Any, name: str, source: Source, normalizer: Normalizer) -> Record:
    """The new SOP before its parts are put in: as its pages were read, where the entry asks for that."""
    selection = selection_of(given)
    if selection is None:
        return Record(id=name, source=source)
    read = normalizer.reading_of(selection)
    if read is None:
        pages = {"first": selection.first, "last": selection.last}
        untold = msg("pages {first} to {last} could not be read as a SOP of their own: fill it in", **pages)
        return Record(id=name, source=source, issues=[Issue.of("sop-not-read", "warning", untold)])
    where = {"kind": read.source.kind, "pages": (selection.first, selection.last)}
    return read.model_copy(update={"id": name, "source": source.model_copy(update=where)})


def _dig(given: Any, part: str) -> Any:
    for name in part.split("/"):
        given = given.get(name) if isinstance(given, dict) else None
    return given


def _with_part(working: WorkingRecord, part: str, given: Any, normalizer: Normalizer) -> WorkingRecord:
    if given is None:
        return working
    if part in ("pelaksana", "kegiatan", "flow/nodes", "flow/edges"):
        for item in given:
            working = _with_item(working, Values(working.record, normalizer).of(f"{part}/*", item))
        return working
    values = Values(working.record, normalizer)
    for pattern, path, value in values.leaves(part, tuple(part.split("/")), given):
        working = set_value(working, pattern, path, values.of(pattern, value))
    return working


def _with_item(working: WorkingRecord, item: Any) -> WorkingRecord:
    if isinstance(item, Pelaksana):
        return working.insert(("pelaksana",), len(working.record.pelaksana), item)
    if isinstance(item, Kegiatan):
        return cascade.insert_step(working, len(working.record.kegiatan), item)
    if isinstance(item, Node):
        return cascade.insert_node(working, item)
    edge: FlowEdge = item
    return cascade.insert_edge(working, edge)


def _source_named_in(corrections: CorrectionsFile) -> Source | None:
    """The source that a corrections file names, where it names it in full."""
    if corrections.sha256 is None or len(corrections.sha256) != 64:
        return None
    return Source(file=corrections.document, sha256=corrections.sha256, pages=(1, 1), kind="scan")

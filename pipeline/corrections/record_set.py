"""The records of one document as a row of SOPs: finding one by number or nomor SOP, putting one in, taking one out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.corrections import cascade
from pipeline.corrections.entry import CorrectionsFile, Entry
from pipeline.corrections.matching import reads
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.outcome import Status
from pipeline.corrections.problem import Refused, Unresolved
from pipeline.corrections.values import Values
from pipeline.corrections.wording import same_words
from pipeline.corrections.working_record import Working
from pipeline.corrections.write import written
from pipeline.corrections.yaml_positions import Plain
from pipeline.model.record import FlowEdge, Kegiatan, Node, Pelaksana, Record, Source

# The order in which a new SOP's parts are put in: what is named comes before what names it.
_PARTS = ("source", "judul", "header", "pelaksana", "kegiatan", "flow/nodes", "flow/edges")


@dataclass(frozen=True)
class Shelf:
    """A document's records in their order. `stem` is the first part of their ids, `source` what a new one takes on."""

    records: tuple[Working, ...]
    stem: str
    source: Source | None

    @classmethod
    def of(cls, records: Sequence[Record], corrections: CorrectionsFile) -> Shelf:
        workings = tuple(Working(r, key, r.header.nomor_sop) for key, r in enumerate(records))
        stem = records[0].id.rpartition("/")[0] if records else corrections.document.rpartition(".")[0]
        return cls(workings, stem, records[0].source if records else _named_source(corrections))

    def with_record(self, working: Working) -> Shelf:
        """With one record as it has become."""
        return replace(self, records=tuple(working if w.key == working.key else w for w in self.records))

    def renumbered(self, records: Sequence[Working]) -> Shelf:
        """With these records; the number in every id is its place."""
        numbered = tuple(
            replace(w, record=w.record.model_copy(update={"id": f"{self.stem}/{place:02d}"}))
            for place, w in enumerate(records, 1)
        )
        return replace(self, records=numbered)


@dataclass(frozen=True)
class ShelfChange:
    """The shelf after an entry about a whole SOP; `about` is the key of the record that is there because of it."""

    shelf: Shelf
    status: Status
    about: int | None = None
    found: Plain = None
    detail: str = ""


def records_named(shelf: Shelf, name: str) -> list[Working]:
    """The records called `name`: by their number in the document, or by the nomor SOP that was read or corrected."""
    number = int(name) if name.isdecimal() else None
    return [
        working
        for place, working in enumerate(shelf.records, 1)
        if place == number or any(n and same_words(n, name) for n in (working.nomor, working.record.header.nomor_sop))
    ]


def change_shelf(shelf: Shelf, entry: Entry, normalizer: Normalizer) -> ShelfChange:
    """A whole SOP put in or taken out."""
    try:
        return _removed(shelf, entry, normalizer) if entry.action == "remove" else _inserted(shelf, entry, normalizer)
    except Unresolved as unresolved:
        return ShelfChange(shelf, "ambiguous" if unresolved.found else "orphan", detail=str(unresolved))


def _removed(shelf: Shelf, entry: Entry, normalizer: Normalizer) -> ShelfChange:
    named = records_named(shelf, entry.sop)
    if len(named) != 1:
        raise Unresolved(len(named), f"SOP {entry.sop}")
    if not _as_said(named[0].record, entry.expect, normalizer):
        return ShelfChange(shelf, "stale", named[0].key, detail="another SOP stands there")
    rest = [working for working in shelf.records if working.key != named[0].key]
    return ShelfChange(shelf.renumbered(rest), "applied", detail=f"{named[0].record.id} is no SOP of this document")


def _inserted(shelf: Shelf, entry: Entry, normalizer: Normalizer) -> ShelfChange:
    """A new SOP at the place that its number says; what stands there moves on by one."""
    if not entry.sop.isdecimal() or int(entry.sop) < 1:
        raise Refused(f"sop: '{entry.sop}' is no number: a new SOP is named by its place in the document")
    place = int(entry.sop) - 1
    if place > len(shelf.records):
        raise Unresolved(0, f"SOP {place}")
    there = shelf.records[place] if place < len(shelf.records) else None
    value: dict[str, Any] = entry.value  # type: ignore[assignment]
    if there and _as_said(there.record, {"source": {"pages": value["source"]["pages"]}}, normalizer):
        return ShelfChange(shelf, "already-true", there.key)
    if entry.expects and not (
        there is None if entry.expect is None else there and _as_said(there.record, entry.expect, normalizer)
    ):
        return ShelfChange(shelf, "stale", there.key if there else None, detail="something else stands at its place")
    key = 1 + max((working.key for working in shelf.records), default=-1) + 1000 * entry.number
    new = _new_record(shelf, value, key, normalizer)
    return ShelfChange(shelf.renumbered([*shelf.records[:place], new, *shelf.records[place:]]), "applied", key)


def _as_said(record: Record, said: Plain, normalizer: Normalizer) -> bool:
    """Whether the named parts of a record read what is said of them."""
    if not isinstance(said, dict):
        return said is None
    return all(reads(Values(record, normalizer), part, (part,), part_said) for part, part_said in said.items())


def _new_record(shelf: Shelf, value: dict[str, Any], key: int, normalizer: Normalizer) -> Working:
    kind = (value.get("source") or {}).get("kind")
    if shelf.source is None:
        raise Refused("the document has no SOP to take file and sha256 from: give both, in full, under document")
    source = shelf.source.model_copy(update={"kind": kind} if kind else {})
    working = Working(Record(id=f"{shelf.stem}/00", source=source), key)
    for part in _PARTS:
        working = _with_part(working, part, _dig(value, part), normalizer)
    return replace(working, nomor=working.record.header.nomor_sop)


def _dig(value: Any, part: str) -> Any:
    for name in part.split("/"):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _with_part(working: Working, part: str, said: Any, normalizer: Normalizer) -> Working:
    if said is None:
        return working
    path = tuple(part.split("/"))
    if part in ("pelaksana", "kegiatan", "flow/nodes", "flow/edges"):
        for item in said:
            made = Values(working.record, normalizer).of(f"{part}/*", item)
            working = _with_item(working, made)
        return working
    values = Values(working.record, normalizer)
    for pattern, place, plain in values.leaves(part, path, said):
        working = written(working, pattern, place, values.of(pattern, plain))
    return working


def _with_item(working: Working, item: Any) -> Working:
    if isinstance(item, Pelaksana):
        return working.insert(("pelaksana",), len(working.record.pelaksana), item)
    if isinstance(item, Kegiatan):
        return cascade.insert_step(working, len(working.record.kegiatan), item)
    if isinstance(item, Node):
        return cascade.insert_node(working, item)
    edge: FlowEdge = item
    return cascade.insert_edge(working, edge)


def _named_source(corrections: CorrectionsFile) -> Source | None:
    """The source that a file of corrections names, where it names it in full."""
    if corrections.sha256 is None or len(corrections.sha256) != 64:
        return None
    return Source(file=corrections.document, sha256=corrections.sha256, pages=(1, 1), kind="scan")

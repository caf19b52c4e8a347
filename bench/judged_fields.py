"""Every field of a record beside the truth: whether it is right, how sure it claims to be, whether it is flagged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.facts import CELLS, LISTS, Sop, matched, of_record, of_truth, squeezed
from bench.text_damage import DAMAGES as TEXT_DAMAGES
from pipeline.model.pointer import is_within

Json = Mapping[str, Any]
Truth = list[Json]


@dataclass(frozen=True)
class Field:
    """A field of a record beside the truth. `confidence` is what its evidence says, None where nothing scored it.

    `way` says how the document came to be read: "text", "scan", or the kind and strength of the damage to it. `note` is
    what stands there, for people.
    """

    group: str
    path: str
    confidence: float | None
    right: bool
    flagged: bool
    way: str = "text"
    note: str = ""

    @property
    def scanned(self) -> bool:
        return self.way != "text" and self.way.partition(":")[0] not in TEXT_DAMAGES


def pairs(truths: Truth, records: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    """Each SOP with the record that begins on its first page; one that was missed has no fields to judge."""
    begin = {record["source"]["pages"][0]: record for record in reversed(records)}
    return ((truth, begin[truth["pages"][0]]) for truth in truths if truth["pages"][0] in begin)


def judged(truth: Json, record: Json, way: str = "text") -> Iterator[Field]:
    """The fields of one record beside its truth, group by group."""
    expected, found = of_truth(truth), of_record(record)
    places = matched(expected.rows, found.rows)
    flagged = Flags(issue["path"] for issue in record["issues"])
    claims = {
        "header": header_claims(truth, expected, found),
        "cells": cell_claims(truth, record, places),
        "lists": list_claims(truth, record),
        "roles": role_claims(expected, found),
        "symbols": symbol_claims(expected, record, places),
        "edges": edge_claims(expected, record, places),
    }
    for group, paths in claims.items():
        for path, right in paths:
            evidence = record["evidence"].get(path, {})
            note = f"{record['id']} {evidence.get('raw')!r}"
            yield Field(group, path, evidence.get("confidence"), right, flagged.at(path), way, note)


class Flags:
    """The paths that issues point at."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = tuple(path for path in paths if path)

    def at(self, path: str) -> bool:
        """Whether an issue points at a field, at a part of it, or at what it is part of."""
        return any(is_within(path, p) or is_within(p, path) for p in self.paths)


Claims = Iterator[tuple[str, bool]]  # JSON pointer of a field, and whether what stands there is right


def header_claims(truth: Json, expected: Sop, found: Sop) -> Claims:
    """Single values of the cover, blanks that are printed as such included."""
    for name, value in found.header.items():
        want = expected.header.get(name, "")
        known = name in truth["header"] or name.partition("/")[0] in truth["header"]
        if known and (want or value or name.startswith("tanggal")):
            yield f"/header/{name}", value == want


def list_claims(truth: Json, record: Json) -> Claims:
    """The items of lists that the truth tells of, whether it gives their marks or not."""
    for name in (name for name in LISTS if name in truth["header"]):
        left = Counter(item_key(text) for text in truth["header"][name])
        for place, item in enumerate(record["header"][name]):
            key = item_key(item["text"] if isinstance(item, dict) else item)
            yield f"/header/{name}/{place}", left[key] > 0
            left[key] -= 1


def item_key(text: str) -> str:
    """An item without its mark: "a. Alat Komunikasi;" gives "alatkomunikasi"."""
    return squeezed(re.sub(r"^(?:\w{1,2}[.)]|[-•*])\s+", "", text))


def role_claims(expected: Sop, found: Sop) -> Claims:
    same = len(expected.roles) == len(found.roles)
    for place, name in enumerate(found.roles):
        yield f"/pelaksana/{place}", name == expected.roles[place] if same else name in expected.roles


def cell_claims(truth: Json, record: Json, places: Sequence[object]) -> Claims:
    """The cells of rows that are in the truth, word by word; a row that is not there at all has no cells to judge."""
    for index, (row, place) in enumerate(zip(record["kegiatan"], places, strict=True)):
        want = truth["kegiatan"][place] if isinstance(place, int) else {}
        quality = row["mutu_baku"]
        values = {"uraian": row["uraian"], "mutu_baku/waktu": (quality["waktu"] or {}).get("text")}
        values |= {name if name == "keterangan" else f"mutu_baku/{name}": cell(row, name) for name in CELLS}
        for path, value in values.items():
            right, name = worded(value), path.rpartition("/")[2]
            if (want.get(name) is not None or not want) and (right or worded(want.get(name))):
                yield f"/kegiatan/{index}/{path}", bool(want) and right == worded(want[name])


def cell(row: Json, name: str) -> str | None:
    text: str | None = row[name] if name == "keterangan" else row["mutu_baku"][name]
    return text


def worded(text: str | None) -> str:
    """A cell's words with single spaces, without case and closing marks: "Surat  masuk;" gives "surat masuk"."""
    words = " ".join((text or "").split()).casefold().strip(" .;:,")
    return "" if words in ("-", "–", "—") else words


def symbol_claims(expected: Sop, record: Json, places: Sequence[object]) -> Claims:
    left = Counter[tuple[object, ...]](
        (row, *symbol) for row, step in enumerate(expected.rows) for symbol in step.symbols
    )
    seats = seats_of(record, places)
    for index, node in enumerate(record["flow"]["nodes"]):
        if node["kind"] != "connector":
            symbol = (*seats[node["id"]], node["kind"])
            yield f"/flow/nodes/{index}", left[symbol] > 0
            left[symbol] -= 1


def edge_claims(expected: Sop, record: Json, places: Sequence[object]) -> Claims:
    left = Counter[object](expected.edges)
    seats = seats_of(record, places)
    for index, edge in enumerate(record["flow"]["edges"]):
        ends = (seats[edge["from"]], seats[edge["to"]])
        yield f"/flow/edges/{index}", left[ends] > 0
        left[ends] -= 1


def seats_of(record: Json, places: Sequence[object]) -> dict[str, tuple[object, object]]:
    """Every node's place: the row in the truth, and the role's column from 0."""
    rows = {row["no"]: place for row, place in zip(record["kegiatan"], places, strict=True)}
    roles = {role["id"]: place for place, role in enumerate(record["pelaksana"])}
    return {n["id"]: (rows.get(n["kegiatan"]), roles.get(n["pelaksana"])) for n in record["flow"]["nodes"]}

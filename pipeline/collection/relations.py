"""Which SOPs of a collection name each other, and which may be one and the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from rapidfuzz import fuzz

from pipeline.collection.listing import Listing
from pipeline.collection.lists import name_of
from pipeline.message import msg
from pipeline.model.record import Record
from pipeline.model.text import fold, squash
from pipeline.normalize.related_sops import LINK, linked
from pipeline.settings.collections import CollectionSettings

_Pair: TypeAlias = tuple[str, str | None, str, str | None, str, float]


def related_list(records: Sequence[Record], settings: CollectionSettings) -> Listing:
    """A row for each Keterkaitan that names another SOP of the collection, and whether that one names it too."""
    heads = {
        "sop_id": msg("SOP"),
        "nama_sop": msg("Name"),
        "keterkaitan": msg("Names"),
        "related_id": msg("Related SOP"),
        "related_nama": msg("Its name"),
        "mutual": msg("Mutual"),
    }
    links = {(record.id, at): told for record in linked(records, settings.same_sop) for at, told in _links(record)}
    pairs = {(sop, told) for (sop, _), told in links.items()}
    names = {record.id: record for record in records}
    rows = [
        (sop, name_of(names[sop]), names[sop].header.keterkaitan[at], to, name_of(names[to]), int((to, sop) in pairs))
        for (sop, at), to in links.items()
    ]
    return Listing(heads, rows)


def _links(record: Record) -> Iterator[tuple[int, str]]:
    """The places of Keterkaitan that name another SOP, with its id."""
    for index in range(len(record.header.keterkaitan)):
        noted = record.evidence.get(f"/header/keterkaitan/{index}")
        for change in noted.changes if noted else ():
            if change.rule == LINK:
                yield index, change.after


@dataclass(frozen=True, slots=True)
class _Compared:
    """What of a record is compared with others."""

    record: Record
    number: str
    name: str
    steps: str


def double_list(records: Sequence[Record], settings: CollectionSettings) -> Listing:
    """A row for each two SOPs that may be one: with like steps, or with a like name or number and about like steps."""
    heads = {
        "sop_id": msg("SOP"),
        "nama_sop": msg("Name"),
        "other_id": msg("Other SOP"),
        "other_nama": msg("Its name"),
        "same": msg("Alike in"),
        "likeness": msg("Likeness of steps"),
    }
    compared = [
        _Compared(
            record,
            squash(record.header.nomor_sop or ""),
            fold(name_of(record) or ""),
            fold(" ".join(step.uraian or "" for step in record.kegiatan)),
        )
        for record in records
    ]
    found: list[_Pair] = [pair for one, other in combinations(compared, 2) if (pair := _alike(one, other, settings))]
    found.sort(key=lambda row: (-row[5], row[0], row[2]))
    return Listing(heads, found)


def _alike(one: _Compared, other: _Compared, settings: CollectionSettings) -> _Pair | None:
    number = bool(one.number) and one.number == other.number
    name = bool(one.name) and fuzz.token_sort_ratio(one.name, other.name) >= settings.same_name
    least = settings.named_alike_steps if number or name else settings.same_steps
    steps = fuzz.ratio(one.steps, other.steps, score_cutoff=least) if one.steps else 0.0
    if not steps:
        return None
    same: list[tuple[bool, str]] = [(number, "nomor"), (name, "nama"), (steps >= settings.same_steps, "kegiatan")]
    words = ", ".join(word for is_same, word in same if is_same)
    return one.record.id, name_of(one.record), other.record.id, name_of(other.record), words, round(steps, 1)

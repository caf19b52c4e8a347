"""Keterkaitan: the SOPs of the same run that a SOP names as related."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

from pipeline.model.pointer import pointer
from pipeline.model.record import ChangeNote, Evidence, Record
from pipeline.model.record_facts import RecordFacts, facts_of
from pipeline.model.text import fold
from pipeline.normalize.name_index import NameIndex

LINK = "linked-sop"
HELD = 2**16  # items of Keterkaitan whose names are kept: the SOPs of a document name much the same ones

Links = tuple[tuple[int, str], ...]
"""Of one record: the place in Keterkaitan of an item that names another SOP, and that one's id."""


def linked(records: Sequence[Record], likeness: float) -> tuple[Record, ...]:
    """Note in the evidence of every Keterkaitan the other record that it names.

    Args:
        records: All records of the run.
        likeness: How like a SOP's name an item must be, 0..100.
    """
    links = links_of([facts_of(record) for record in records], likeness)
    return tuple(with_links(record, own) for record, own in zip(records, links, strict=True))


def links_of(facts: Sequence[RecordFacts], likeness: float) -> list[Links]:
    """Find for every record the others that it names. Two SOPs that fit equally well are not chosen between.

    Args:
        facts: Of all records of the run.
        likeness: How like a SOP's name an item must be, 0..100.
    """
    names = SopNames({one.id: one.nama_sop or one.judul or "" for one in facts}, likeness)
    return [
        tuple((at, found) for at, item in enumerate(one.keterkaitan) if (found := names.named_by(item, one.id)))
        for one in facts
    ]


def with_links(record: Record, links: Links) -> Record:
    """Note what was found of a record: a change of rule "linked-sop", from the item's words to the other's id."""
    evidence = dict(record.evidence)
    for index, target in links:
        item, path = record.header.keterkaitan[index], pointer("header", "keterkaitan", index)
        noted = evidence.get(path, Evidence())
        note = ChangeNote.model_validate({"rule": LINK, "from": item, "to": target})
        others = [change for change in noted.changes if change.rule != LINK]
        evidence[path] = noted.model_copy(update={"changes": [*others, note]})
    return record.model_copy(update={"evidence": evidence}) if evidence != record.evidence else record


class SopNames:
    """SOPs by their names, to be found by what is like one."""

    def __init__(self, names: dict[str, str], likeness: float) -> None:
        """Take the names by the SOPs' ids, as they are printed, and how like one an item must be, 0..100."""
        self._likeness = likeness
        self._ids: dict[str, list[str]] = {}
        for sop, name in names.items():
            if key := _sorted_words(name):
                self._ids.setdefault(key, []).append(sop)
        self._like = lru_cache(maxsize=HELD)(lambda key: self._index.like(key))

    def named_by(self, item: str, by: str | None = None) -> str | None:
        """Find the one SOP that an item of Keterkaitan names, other than the one it is printed in.

        Args:
            item: The printed item.
            by: The id of the SOP that it is printed in.

        Returns:
            Its id; None where none fits, or several do equally well.
        """
        key = _sorted_words(item)
        best = self._others(key, by)  # nothing is more like it than the very name
        if not best:
            fitting = [(score, sop) for name, score in self._like(key) for sop in self._others(name, by)]
            best = [sop for score, sop in fitting if score == fitting[0][0]]
        return best[0] if len(best) == 1 else None

    def _others(self, key: str, by: str | None) -> list[str]:
        """The SOPs of a name but one."""
        return [sop for sop in self._ids.get(key, ()) if sop != by]

    @cached_property
    def _index(self) -> NameIndex:
        return NameIndex(self._ids, self._likeness)


def _sorted_words(text: str) -> str:
    """The words of a SOP's name in order of the alphabet, so that their order does not count."""
    return " ".join(sorted(_name(text).split()))


def _name(text: str) -> str:
    """A SOP's name without what all names begin with: "SOP Prosedur Pembuatan Peraturan" -> "pembuatan peraturan"."""
    return re.sub(r"^(?:(?:sop|ap|prosedur|standar|operasional)\s+)+", "", fold(text))

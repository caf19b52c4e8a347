"""Keterkaitan: the SOPs of the same run that a SOP names as related."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from rapidfuzz import fuzz, process

from pipeline.model.pointer import pointer
from pipeline.model.record import ChangeNote, Evidence, Record
from pipeline.model.record_facts import RecordFacts, facts_of
from pipeline.model.text import fold

LINK = "linked-sop"

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
        self._near: dict[str, list[tuple[str, float]]] = {}

    def named_by(self, item: str, by: str | None = None) -> str | None:
        """Find the one SOP that an item of Keterkaitan names, other than the one it is printed in.

        Args:
            item: The printed item.
            by: The id of the SOP that it is printed in.

        Returns:
            Its id; None where none fits, or several do equally well.
        """
        key = _sorted_words(item)
        if key not in self._near:
            self._near[key] = self._like(key)
        fitting = [(score, sop) for name, score in self._near[key] for sop in self._ids[name] if sop != by]
        best = [sop for score, sop in fitting if score == fitting[0][0]]
        return best[0] if len(best) == 1 else None

    def _like(self, key: str) -> list[tuple[str, float]]:
        """The three names that are most like one, the best first: of one SOP's own and two more."""
        shortest, longest = self._lengths(len(key))
        names = self._by_length[bisect_left(self._by_length, shortest, key=len) :]
        names = names[: bisect_right(names, longest, key=len)]
        found = process.extract(key, names, scorer=fuzz.ratio, score_cutoff=self._likeness, limit=3)
        return [(name, score) for name, score, _ in found]

    @cached_property
    def _by_length(self) -> list[str]:
        return sorted(self._ids, key=len)

    def _lengths(self, length: int) -> tuple[float, float]:
        """How short and how long a name can be that is so like one of this length: what is longer differs."""
        share = max(self._likeness, 1.0) / 100.0
        return length * share / (2 - share) - 1, length * (2 - share) / share + 1


def _sorted_words(text: str) -> str:
    """The words of a SOP's name in order of the alphabet, so that their order does not count."""
    return " ".join(sorted(_name(text).split()))


def _name(text: str) -> str:
    """A SOP's name without what all names begin with: "SOP Prosedur Pembuatan Peraturan" -> "pembuatan peraturan"."""
    return re.sub(r"^(?:(?:sop|ap|prosedur|standar|operasional)\s+)+", "", fold(text))

"""Keterkaitan: the SOPs of the same run that a SOP names as related."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from rapidfuzz import fuzz, process

from pipeline.kept_results import KeptResults
from pipeline.model.pointer import pointer
from pipeline.model.record import ChangeNote, Evidence, Record
from pipeline.model.text import fold

LINK = "linked-sop"


def linked(records: Sequence[Record], likeness: float, kept: KeptResults | None = None) -> tuple[Record, ...]:
    """Note in the evidence of every Keterkaitan the other record that it names.

    The change is of rule "linked-sop", from the item's words to that record's id. Two SOPs that fit equally well are
    not chosen between.

    Args:
        records: All records of the run.
        likeness: How like a SOP's name an item must be, 0..100.
        kept: What was worked out before, with the same likeness.
    """
    names = {record.id: _name(record.header.nama_sop or record.judul or "") for record in records}
    if kept is None:
        return tuple(_linked(record, names, likeness) for record in records)
    what = ("linked", tuple(names.items()))
    return tuple(kept.once(partial(_linked, record, names, likeness), (record,), what) for record in records)


def related(item: str, names: dict[str, str], likeness: float) -> str | None:
    """Find the one SOP that an item of Keterkaitan names.

    Args:
        item: The printed item.
        names: Names of the other SOPs by id, as `_name` leaves them.
        likeness: How like a name the item must be, 0..100.

    Returns:
        Its id; None where none fits, or several do.
    """
    found = process.extract(_name(item), names, scorer=fuzz.token_sort_ratio, score_cutoff=likeness, limit=2)
    if not found or (len(found) > 1 and found[0][1] == found[1][1]):
        return None
    return str(found[0][2])


def _linked(record: Record, every: dict[str, str], likeness: float) -> Record:
    names = {i: n for i, n in every.items() if n and i != record.id}
    evidence = dict(record.evidence)
    for index, item in enumerate(record.header.keterkaitan):
        target, path = related(item, names, likeness), pointer("header", "keterkaitan", index)
        if target is not None:
            noted = evidence.get(path, Evidence())
            note = ChangeNote.model_validate({"rule": LINK, "from": item, "to": target})
            others = [change for change in noted.changes if change.rule != LINK]
            evidence[path] = noted.model_copy(update={"changes": [*others, note]})
    return record.model_copy(update={"evidence": evidence}) if evidence != record.evidence else record


def _name(text: str) -> str:
    """A SOP's name without what all names begin with: "SOP Prosedur Pembuatan Peraturan" -> "pembuatan peraturan"."""
    return re.sub(r"^(?:(?:sop|ap|prosedur|standar|operasional)\s+)+", "", fold(text))

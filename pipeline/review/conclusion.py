"""What a run makes of one document and its corrections, with only those records worked out anew that changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from pipeline.batch.conclude import checked, corrected
from pipeline.corrections import CorrectionsFile, Outcome
from pipeline.corrections.correction_base import Applied
from pipeline.corrections.normalizer import Normalizer
from pipeline.export.json import named
from pipeline.kept_results import KeptResults
from pipeline.model.document import Digitized, Index
from pipeline.model.issue import Issue
from pipeline.model.record import ChangeNote, Record
from pipeline.normalize.related_sops import LINK
from pipeline.settings import Settings

_ACROSS_DOCUMENTS = ("nomor-sop-double", "sop-twice")  # issues that only a whole run can find


def concluded(
    read: Digitized,
    file: CorrectionsFile | None,
    written: Digitized,
    normalizer: Normalizer,
    settings: Settings,
    kept: KeptResults,
    applied: Applied | None = None,
) -> tuple[Digitized, tuple[Outcome, ...]]:
    """The document after its corrections, with what only a whole run can tell taken from what was written.

    Args:
        read: What the machine read.
        file: The document's corrections; None where there are none.
        written: The document as it was written last.
        normalizer: Makes values of what reviewers wrote.
        settings: Those of the run.
        kept: What was worked out before, with this normalizer and these settings: records that come to the same are
            the same objects.
        applied: What the corrections make of the records, where that was worked out already.
    """
    now = read
    outcomes: tuple[Outcome, ...] = ()
    if file is not None and not read.document.failed:
        now, outcomes = corrected(read, file, normalizer, applied, kept)
    (now,) = checked([now], outcomes, settings, kept)
    before = {record.id: record for record in written.records}
    records = tuple(_with_run(record, before.get(record.id), kept) for record in now.records)
    return Digitized(named(replace(now, records=records)), records), outcomes


def _with_run(record: Record, written: Record | None, kept: KeptResults) -> Record:
    """The record with its links to other documents, and the doubts that compare them, as the last run found them."""
    if written is None:
        return record
    links = {
        path: changes
        for path, seen in written.evidence.items()
        if (changes := [change for change in seen.changes if change.rule == LINK])
    }
    doubts = [issue for issue in written.issues if issue.code in _ACROSS_DOCUMENTS]
    if record.header.nomor_sop != written.header.nomor_sop:
        doubts = []
    what = ("across", repr(links), repr(doubts))
    return kept.once(partial(_with_found_across, record, links, doubts), (record,), what)


def _with_found_across(record: Record, links: Mapping[str, list[ChangeNote]], doubts: Sequence[Issue]) -> Record:
    evidence = dict(record.evidence)
    for path, changes in links.items():
        seen = evidence.get(path)
        if seen is not None and not any(change.rule == LINK for change in seen.changes):
            evidence[path] = seen.model_copy(update={"changes": [*seen.changes, *changes]})
    there = {issue.code for issue in record.issues}
    new = [issue for issue in doubts if issue.code not in there]
    if not new and evidence == record.evidence:
        return record
    return record.model_copy(update={"evidence": evidence, "issues": [*record.issues, *new]})


def index_with(index: Index, place: int, now: Digitized) -> Index:
    """The index with what is now told of the document at a place, from 0."""
    changes: dict[str, object] = {
        "issues": len(now.document.issues) + sum(len(record.issues) for record in now.records),
        "sops": len(now.records),
        "kegiatan": sum(len(record.kegiatan) for record in now.records),
        **{name: getattr(now.document, name) for name in ("status", "message", "wording")},
    }
    entry = index.documents[place].model_copy(update=changes)
    if entry == index.documents[place]:
        return index
    entries = [*index.documents[:place], entry, *index.documents[place + 1 :]]
    sums = {name: sum(getattr(entry, name) for entry in entries) for name in ("issues", "sops", "kegiatan")}
    return index.model_copy(update={"documents": entries, "totals": index.totals.model_copy(update=sums)})

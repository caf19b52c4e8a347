"""All corrections of one document upon its records, from top to bottom: each entry sees what those above it left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.corrections.entry import CorrectionsFile, Entry
from pipeline.corrections.integrity import broken_ties
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.outcome import Outcome, Status, failure_issue
from pipeline.corrections.problem import CorrectionsError, Problem, Refused
from pipeline.corrections.record_set import Shelf, change_shelf, records_named
from pipeline.corrections.resolve import Verdict, judge
from pipeline.corrections.working_record import Working
from pipeline.corrections.yaml_positions import Plain
from pipeline.model.pointer import pointer
from pipeline.model.record import CorrectionNote, Record

_SETTLING: frozenset[Status] = frozenset({"applied", "confirmed", "already-true"})


@dataclass(frozen=True)
class _End:
    """How an entry ended, as long as records may still change their place. `about` is the working record's key."""

    entry: Entry
    status: Status
    about: int | None
    paths: tuple[str, ...] = ()
    found: Plain = None
    detail: str = ""


def apply(
    records: Sequence[Record], corrections: CorrectionsFile, normalizer: Normalizer
) -> tuple[tuple[Record, ...], tuple[Outcome, ...]]:
    """The corrected records, and what became of every entry, in the file's order.

    Raises CorrectionsError, with the place of every trouble, where an entry's value is none the field can take or
    would leave a record that does not hold together.
    """
    shelf = Shelf.of(records, corrections)
    ends: list[_End] = []
    problems: list[Problem] = []
    for entry in corrections.entries:
        try:
            shelf, end = _applied(shelf, entry, normalizer)
            ends.append(end)
        except Refused as refused:
            problems.append(entry.problem(entry.action, f"{entry.at}: {refused}"))
    if problems:
        raise CorrectionsError(problems)
    return _finished(shelf, ends)


def _applied(shelf: Shelf, entry: Entry, normalizer: Normalizer) -> tuple[Shelf, _End]:
    """The shelf after one entry."""
    if entry.kind == "sop":
        change = change_shelf(shelf, entry, normalizer)
        return change.shelf, _End(entry, change.status, change.about, (), change.found, change.detail)
    named = records_named(shelf, entry.sop)
    if len(named) != 1:
        status: Status = "ambiguous" if named else "orphan"
        return shelf, _End(entry, status, None, detail=f"{len(named) or 'no'} SOP by the name {entry.sop}")
    working = named[0]
    verdict = judge(working, entry, normalizer)
    _check_ties(working, verdict)
    done, paths = verdict.working, tuple(pointer(*path) for path in verdict.paths)
    if verdict.status in _SETTLING:
        done = done.settle(verdict.paths, entry.number)
    return shelf.with_record(done), _End(entry, verdict.status, working.key, paths, verdict.found, verdict.detail)


def _check_ties(before: Working, verdict: Verdict) -> None:
    """Refused where the entry breaks what held; what extraction left broken is a check's to tell."""
    if verdict.working is before or verdict.status != "applied":
        return
    known = set(broken_ties(before.record))
    broken = [tie for tie in broken_ties(verdict.working.record) if tie not in known]
    if broken:
        raise Refused(f"the record would not hold together: {broken[0]}")


def _finished(shelf: Shelf, ends: Sequence[_End]) -> tuple[tuple[Record, ...], tuple[Outcome, ...]]:
    """The records with their last ids and the notes of what was done to them."""
    ids = {working.key: working.record.id for working in shelf.records}
    outcomes = []
    for end in ends:
        paths = _last_paths(shelf, end)
        record = ids.get(end.about) if end.about is not None else None
        outcomes.append(Outcome(end.entry, end.status, record, paths, end.found, end.detail))
    records = [
        _with_notes(working.record, [o for o in outcomes if o.record == working.record.id]) for working in shelf.records
    ]
    return tuple(records), tuple(outcomes)


def _last_paths(shelf: Shelf, end: _End) -> tuple[str, ...]:
    """Where an entry's places are now that all entries were applied."""
    if end.status not in _SETTLING:
        return end.paths
    working = next((working for working in shelf.records if working.key == end.about), None)
    return tuple(path for path, number in working.settled if number == end.entry.number) if working else ()


def _with_notes(record: Record, outcomes: Sequence[Outcome]) -> Record:
    """The record with a note for every entry about it, and an issue for every one that was not applied."""
    if not outcomes:
        return record
    notes = [CorrectionNote(target=outcome.entry.at, status=outcome.status) for outcome in outcomes]
    issues = [failure_issue(outcome) for outcome in outcomes if outcome.failed]
    return record.model_copy(update={"corrections": notes, "issues": [*record.issues, *issues]})

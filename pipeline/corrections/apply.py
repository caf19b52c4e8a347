"""All corrections of one document upon its records, from top to bottom: each entry sees what those above it left."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.corrections.entry import CorrectionsFile, Entry, Outcome, Status, failure_issue
from pipeline.corrections.integrity import integrity_errors
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.problem import CorrectionsError, InvalidValueError, Problem
from pipeline.corrections.record_set import RecordSet, change_records
from pipeline.corrections.resolve import Resolution, resolve
from pipeline.corrections.working_record import WorkingRecord
from pipeline.corrections.yaml_positions import YamlValue
from pipeline.kept_results import KeptResults
from pipeline.message import Message, msg
from pipeline.model.pointer import pointer
from pipeline.model.record import CorrectionNote, Record, Review

_SETTLING: frozenset[Status] = frozenset({"applied", "confirmed", "already-true"})


@dataclass(frozen=True)
class _End:
    """How an entry ended, as long as records may still change their place. `about` is the working record's key."""

    entry: Entry
    status: Status
    about: int | None
    paths: tuple[str, ...] = ()
    found: YamlValue = None
    detail: Message | None = None
    turn: int = 0


@dataclass(frozen=True)
class _Step:
    """What an entry made of a record, and how it ended."""

    working: WorkingRecord
    status: Status
    paths: tuple[str, ...]
    found: YamlValue
    detail: Message | None


def apply(
    records: Sequence[Record],
    corrections: CorrectionsFile,
    normalizer: Normalizer,
    kept: KeptResults | None = None,
) -> tuple[tuple[Record, ...], tuple[Outcome, ...]]:
    """Correct the records of a document.

    Args:
        records: In their order.
        corrections: The document's corrections file.
        normalizer: Makes values of what the reviewer wrote.
        kept: What was worked out before, with an equal normalizer, and is not worked out again.

    Returns:
        The corrected records, with notes and issues of what was done to them, and the outcome of every entry in the
        file's order.

    Raises:
        CorrectionsError: Values are none that their fields can take, or would leave a record that does not hold
            together; all of them are named at once.
    """
    kept = kept or KeptResults()
    record_set = RecordSet.of(records, corrections, kept)
    ends: list[_End] = []
    problems: list[Problem] = []
    for entry in corrections.entries:
        try:
            step = partial(_applied, record_set, entry, normalizer, kept)
            # What stands on the pages of a new SOP may be read otherwise another time.
            anew = entry.kind == "sop"
            record_set, end = step() if anew else kept.once(step, (record_set, entry), "end")
            ends.append(end)
        except InvalidValueError as invalid:
            problems.append(
                entry.problem(entry.action, msg("{target}: {fault}", target=entry.at, fault=invalid.message))
            )
    if problems:
        raise CorrectionsError(problems)
    return _finished(record_set, ends, kept)


def _applied(record_set: RecordSet, entry: Entry, normalizer: Normalizer, kept: KeptResults) -> tuple[RecordSet, _End]:
    """The records after one entry."""
    if entry.kind == "sop":
        change = change_records(record_set, entry, normalizer)
        return change.record_set, _End(entry, change.status, change.about, detail=change.detail)
    named = record_set.named(entry.sop)
    if len(named) != 1:
        status: Status = "ambiguous" if named else "orphan"
        return record_set, _End(entry, status, None, detail=_not_one(len(named), entry.sop, record_set))
    working = named[0]
    step = kept.once(partial(_stepped, working, entry, normalizer), (working,), ("entry", entry.content))
    end = _End(entry, step.status, working.key, step.paths, step.found, step.detail, step.working.turn)
    return record_set.with_record(step.working), end


def _stepped(working: WorkingRecord, entry: Entry, normalizer: Normalizer) -> _Step:
    """The record after one entry about it."""
    resolution = resolve(working, entry, normalizer)
    _check_integrity(working, resolution)
    done, paths = resolution.working, tuple(pointer(*path) for path in resolution.paths)
    if resolution.status in _SETTLING:
        done = done.settle(resolution.paths)
    return _Step(done, resolution.status, paths, resolution.found, resolution.detail)


def _not_one(found: int, name: str, record_set: RecordSet) -> Message:
    if found:
        return msg("{count} SOPs have the name {name}", count=found, name=name)
    missing = msg("no SOP has the name {name}", name=name)
    numbers = [working.record.id.rpartition("/")[2] for working in record_set.records]
    if not numbers:
        return missing
    return msg("{fault}; there are {first} to {last}", fault=missing, first=numbers[0], last=numbers[-1])


def _check_integrity(before: WorkingRecord, resolution: Resolution) -> None:
    """InvalidValueError where the entry breaks what held; what extraction left broken is a check's to report."""
    if resolution.working is before or resolution.status != "applied":
        return
    known = set(integrity_errors(before.record))
    broken = [error for error in integrity_errors(resolution.working.record) if error not in known]
    if broken:
        raise InvalidValueError(msg("the record would not hold together: {fault}", fault=broken[0]))


def _finished(
    record_set: RecordSet, ends: Sequence[_End], kept: KeptResults
) -> tuple[tuple[Record, ...], tuple[Outcome, ...]]:
    """The records with their last ids and the notes of what was done to them."""
    by_key = {working.key: working for working in record_set.records}
    settled = {key: kept.once(partial(_settled, working), (working,), "settled") for key, working in by_key.items()}
    outcomes = []
    for end in ends:
        working = by_key.get(end.about) if end.about is not None else None
        paths = settled[working.key].get(end.turn, ()) if working else ()
        make = partial(_outcome, end, working, paths)
        outcomes.append(kept.once(make, (end, working), "outcome"))
    records = []
    for working in record_set.records:
        own = [outcome for outcome in outcomes if outcome.record == working.record.id]
        what = ("notes", tuple(map(_told, own)))
        records.append(kept.once(partial(_with_notes, working.record, own), (working.record,), what))
    return tuple(records), tuple(outcomes)


def _told(outcome: Outcome) -> Hashable:
    """All of an outcome that a record is told."""
    entry = outcome.entry
    place = (entry.file, entry.line, outcome.paths, outcome.detail) if outcome.failed else None
    return entry.content, outcome.status, entry.reviewer, place


def _settled(working: WorkingRecord) -> Mapping[int, tuple[str, ...]]:
    """What the entries about a record settled, by their turn, where that is now that all entries were applied."""
    found: dict[int, tuple[str, ...]] = {}
    for path, turn in working.settled:
        found[turn] = (*found.get(turn, ()), path)
    return found


def _outcome(end: _End, working: WorkingRecord | None, settled: tuple[str, ...]) -> Outcome:
    paths = settled if end.status in _SETTLING else end.paths
    record = working.record.id if working else None
    return Outcome(end.entry, end.status, record, paths, end.found, end.detail)


def _with_notes(record: Record, outcomes: Sequence[Outcome]) -> Record:
    """The record with a note for every entry about it, and an issue for every one that was not applied."""
    if not outcomes:
        return record
    notes = [CorrectionNote(target=outcome.entry.at, status=outcome.status) for outcome in outcomes]
    issues = [failure_issue(outcome) for outcome in outcomes if outcome.failed]
    changes = {"corrections": notes, "issues": [*record.issues, *issues], "review": _review(outcomes)}
    return record.model_copy(update=changes)


def _review(outcomes: Sequence[Outcome]) -> Review:
    """How far a SOP was gone through, by the entries about it; at least one."""
    whole = [end for end in outcomes if end.entry.kind == "sop" and end.status == "confirmed"]
    done = bool(whole) and not any(end.failed for end in outcomes)
    last = (whole if done else outcomes)[-1].entry
    day = last.given.get("date")
    return Review(status="reviewed" if done else "started", by=last.reviewer, at=None if day is None else str(day))

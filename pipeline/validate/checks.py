"""The list of all checks, and what becomes of a record that went through them.

A check is a function that yields issues. To add one, write it in the module of its subject, give its code a severity
and a message in English and Bahasa Indonesia in messages.yaml, and put it in its place in the list.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial

from pipeline.kept_results import KeptResults
from pipeline.model.issue import Issue
from pipeline.model.pointer import is_within
from pipeline.model.record import Record
from pipeline.model.record_facts import RecordFacts, facts_of
from pipeline.settings import ValidateSettings
from pipeline.validate import cell_checks, cover_checks, flow_checks, run_checks, sibling_checks, step_checks
from pipeline.validate.catalogue import catalogue

# Each sees one record. The order is that of the record: cover, steps, flow.
RECORD_CHECKS: tuple[Callable[[Record, ValidateSettings], Iterator[Issue]], ...] = (
    cover_checks.missing,
    cover_checks.dates,
    cover_checks.nip,
    cover_checks.labels,
    cover_checks.signature,
    cover_checks.blank_dates,
    step_checks.numbering,
    step_checks.words,
    step_checks.performers,
    step_checks.durations,
    cell_checks.empty,
    cell_checks.unclear_durations,
    cell_checks.misplaced_durations,
    cell_checks.cut_sentences,
    cell_checks.merged_rows,
    step_checks.outputs,
    step_checks.roles_in_text,
    step_checks.subjects,
    flow_checks.edges,
    flow_checks.starts_and_ends,
    flow_checks.decisions,
    flow_checks.ways_out,
    flow_checks.labels,
    flow_checks.rounds,
    flow_checks.attachment,
    flow_checks.reachability,
)

# Each sees the facts of all records of a run.
RUN_CHECKS: tuple[Callable[[Sequence[RecordFacts], ValidateSettings], Iterator[run_checks.PlacedIssue]], ...] = (
    run_checks.numbers,
    run_checks.titles,
    run_checks.signatures,
    run_checks.nips,
    sibling_checks.dates_of_signer,
    sibling_checks.running_numbers,
)


def validate(
    records: Sequence[Record], settings: ValidateSettings, confirmed: Mapping[str, Collection[str]] | None = None
) -> tuple[Record, ...]:
    """Check the records of a run, and add to each what is found.

    Args:
        records: All records of the run.
        settings: The caller's.
        confirmed: By record id, the JSON pointers that a reviewer has seen.
    """
    across, seen = run_issues([facts_of(record) for record in records], settings), confirmed or {}
    return tuple(
        validate_one(record, issues, settings, seen.get(record.id, ()))
        for record, issues in zip(records, across, strict=True)
    )


def run_issues(facts: Sequence[RecordFacts], settings: ValidateSettings) -> list[list[Issue]]:
    """List what the checks over all records of a run find of each, in the order of the checks."""
    found: list[list[Issue]] = [[] for _ in facts]
    for check in RUN_CHECKS:
        for place, issue in check(facts, settings):
            found[place].append(issue)
    return found


def validate_one(
    record: Record,
    across: Sequence[Issue],
    settings: ValidateSettings,
    confirmed: Collection[str] = (),
    kept: KeptResults | None = None,
) -> Record:
    """Check a record, and add to it what is found.

    What earlier stages found by a check's own code is found anew, for corrections may have put it right.

    Args:
        record: As it is after corrections.
        across: What the checks over all records found of it.
        settings: The caller's.
        confirmed: The JSON pointers that a reviewer has seen: what stands there, and below, is not doubted again.
        kept: What was found before, with the same settings.
    """
    kept, seen = kept or KeptResults(), frozenset(confirmed)
    what = ("checks", tuple(map(repr, across)), seen)
    return kept.once(partial(_checked, record, across, seen, settings, kept), (record,), what)


def _checked(
    record: Record, across: Sequence[Issue], confirmed: Collection[str], settings: ValidateSettings, kept: KeptResults
) -> Record:
    """The record with what the checks find in it alone, and what they found `across` the run."""
    alone = kept.once(partial(_found_in, record, settings), (record,), "found")
    return _with(record, [*alone, *across], confirmed)


def _found_in(record: Record, settings: ValidateSettings) -> tuple[Issue, ...]:
    return tuple(check_record(record, settings))


def check_record(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """List what the checks of a single record find, in the order of the checks."""
    for check in RECORD_CHECKS:
        yield from check(record, settings)


def _with(record: Record, found: Iterable[Issue], confirmed: Collection[str]) -> Record:
    own = catalogue().checks
    kept = [issue for issue in record.issues if issue.code not in own]
    new = [issue for issue in found if not any(is_within(issue.path, path) for path in confirmed)]
    issues = [*kept, *new]
    return record if issues == record.issues else record.model_copy(update={"issues": issues})

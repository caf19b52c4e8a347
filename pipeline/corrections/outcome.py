"""What became of the entries of a corrections file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.corrections.entry import CorrectionsFile, Entry
from pipeline.corrections.yaml_positions import Plain
from pipeline.model.issue import Issue
from pipeline.model.record import Record

Status = Literal["applied", "confirmed", "already-true", "stale", "orphan", "ambiguous"]
FAILED: frozenset[Status] = frozenset({"stale", "orphan", "ambiguous"})


@dataclass(frozen=True)
class Outcome:
    """One entry's end. `record` is the id of the SOP it is about, None where that is not there (or no longer).

    `paths` are the JSON pointers it settled, in the corrected record. `found` is what the extraction reads where the
    entry expects something else, as it could be written into the file. `detail` says in words what else there is.
    """

    entry: Entry
    status: Status
    record: str | None = None
    paths: tuple[str, ...] = ()
    found: Plain = None
    detail: str = ""

    @property
    def failed(self) -> bool:
        return self.status in FAILED


def confirmed_paths(outcomes: Iterable[Outcome]) -> dict[str, frozenset[str]]:
    """By record id, the places that a reviewer has seen as they are: no check need doubt them."""
    seen: dict[str, set[str]] = {}
    for outcome in outcomes:
        if outcome.status == "confirmed" and outcome.record is not None:
            seen.setdefault(outcome.record, set()).update(outcome.paths)
    return {record: frozenset(paths) for record, paths in seen.items()}


def document_issues(
    corrections: CorrectionsFile, records: Sequence[Record], outcomes: Iterable[Outcome], sha256: str
) -> tuple[Issue, ...]:
    """What the document's own issues must tell of its corrections: that they were written against another file, and
    every entry that was not applied and has no record to say so."""
    found: list[Issue] = []
    if not corrections.is_for(sha256):
        message = f"{corrections.file} was written against another file (sha256 {corrections.sha256})"
        found.append(Issue(code="corrections-other-file", severity="info", message=message))
    known = {record.id for record in records}
    found += [failure_issue(o) for o in outcomes if o.failed and o.record not in known]
    return tuple(found)


def failure_issue(outcome: Outcome) -> Issue:
    """An entry that was not applied, as an issue: with its line, and what stands there instead."""
    entry, detail = outcome.entry, f": {outcome.detail}" if outcome.detail else ""
    message = f"{entry.file}:{entry.line}: {entry.at} is {outcome.status}, nothing was done{detail}"
    path = outcome.paths[0] if outcome.paths else ""
    return Issue(code=f"correction-{outcome.status}", severity="warning", path=path, message=message)

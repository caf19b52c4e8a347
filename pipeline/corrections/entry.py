"""One correction of a file as it is applied, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pipeline.corrections.address import Target
from pipeline.corrections.fields import FieldKind
from pipeline.corrections.problem import Problem
from pipeline.corrections.yaml_positions import Position, YamlValue
from pipeline.message import Message, msg
from pipeline.model.issue import Issue
from pipeline.model.record import Record

Action = Literal["set", "confirm", "insert", "remove", "move"]
ACTIONS: tuple[Action, ...] = ("set", "confirm", "insert", "remove", "move")
MARKS: tuple[Action, ...] = ("remove", "move")
"""Those that take only `true`: what they are about is told by the target."""

Status = Literal["applied", "confirmed", "already-true", "stale", "orphan", "ambiguous"]
"""How an entry ends; docs/corrections.md says what each means."""
STATUSES: dict[Status, Message] = {
    "applied": msg("applied"),
    "confirmed": msg("confirmed"),
    "already-true": msg("already-true"),
    "stale": msg("stale"),
    "orphan": msg("orphan"),
    "ambiguous": msg("ambiguous"),
}
"""The same in words, for people."""
FAILED: frozenset[Status] = frozenset({"stale", "orphan", "ambiguous"})


@dataclass(frozen=True)
class Entry:
    """One correction.

    Attributes:
        number: Its place in the file, from 1.
        file: The file's name, for messages.
        given: Its keys and values as they were written.
        action: The one of its keys that says what to do.
        target: What `at` names.
        pattern: Which field of records that is, as `fields.FIELDS` calls it.
        kind: What the field takes.
        positions: Where the values stand in the file, by key; "" for the entry.
        reviewer: Who signed it, or the file.
    """

    number: int
    file: str
    given: Mapping[str, YamlValue]
    action: Action
    target: Target
    pattern: str
    kind: FieldKind
    positions: Mapping[str, Position]
    reviewer: str | None = None

    @property
    def sop(self) -> str:
        """The number or nomor SOP of the record that is meant."""
        return str(self.given["sop"])

    @property
    def at(self) -> str:
        """The target as it was written."""
        return str(self.given["at"])

    @property
    def value(self) -> YamlValue:
        """What `set`, `confirm` or `insert` says."""
        return self.given.get(self.action)

    @property
    def expects(self) -> bool:
        """Whether it says what had been read."""
        return "expect" in self.given

    @property
    def expect(self) -> YamlValue:
        """What had been read; None also where it does not say."""
        return self.given.get("expect")

    @cached_property
    def content(self) -> str:
        """All that it says, as one text."""
        return repr(self.given)

    @property
    def line(self) -> int:
        """The line of the file where it begins, from 1."""
        return self.positions[""].line

    def problem(self, key: str, message: Message | str) -> Problem:
        """Place a message at the value of a key, or where the entry begins."""
        position = self.positions.get(key) or self.positions[""]
        return Problem(self.file, position.line, position.column, message)


@dataclass(frozen=True)
class CorrectionsFile:
    """All corrections of one document.

    Attributes:
        file: The file's name, for messages.
        document: The name of the document's file.
        sha256: Of the document, or the first digits of it; None where the file names none.
        reviewer: Who signed the file.
        entries: In the order of the file.
    """

    file: str
    document: str
    sha256: str | None
    reviewer: str | None
    entries: tuple[Entry, ...]

    def is_for(self, sha256: str) -> bool:
        """Whether the corrections were written against the document with this SHA-256, as far as they say."""
        return self.sha256 is None or sha256.startswith(self.sha256)


@dataclass(frozen=True)
class Outcome:
    """How an entry ended.

    Attributes:
        entry: The entry.
        status: How it ended.
        record: The id of the SOP it is about, None where that is not there, or no longer.
        paths: JSON pointers into the corrected record: what it was applied to or confirmed.
        found: What is read where the entry expects something else, as it could be written into the file.
        detail: What else there is to say, in words.
    """

    entry: Entry
    status: Status
    record: str | None = None
    paths: tuple[str, ...] = ()
    found: YamlValue = None
    detail: Message | None = None

    @property
    def failed(self) -> bool:
        """Whether the entry was not applied and a person has to look at it."""
        return self.status in FAILED


def confirmed_paths(outcomes: Iterable[Outcome]) -> dict[str, frozenset[str]]:
    """Collect by record id the JSON pointers that a reviewer has confirmed: no check need doubt what is there."""
    seen: dict[str, set[str]] = {}
    for outcome in outcomes:
        if outcome.status == "confirmed" and outcome.record is not None:
            seen.setdefault(outcome.record, set()).update(outcome.paths)
    return {record: frozenset(paths) for record, paths in seen.items()}


def document_issues(
    corrections: CorrectionsFile, records: Sequence[Record], outcomes: Iterable[Outcome], sha256: str
) -> tuple[Issue, ...]:
    """Write the issues of a document that its corrections give rise to.

    Args:
        corrections: The document's file.
        records: Its records after correction.
        outcomes: How the entries ended.
        sha256: Of the document.

    Returns:
        One where the file was written against another document, and one for every entry that was not applied and has
        no record to say so.
    """
    found: list[Issue] = []
    if not corrections.is_for(sha256):
        message = msg(
            "{file} was written against another file (sha256 {sha256})",
            file=corrections.file,
            sha256=corrections.sha256 or "",
        )
        found.append(Issue.of("corrections-other-file", "info", message))
    known = {record.id for record in records}
    found += [failure_issue(o) for o in outcomes if o.failed and o.record not in known]
    return tuple(found)


def failure_issue(outcome: Outcome) -> Issue:
    """Write the issue of an entry that was not applied: its line, and what stands there instead."""
    entry = outcome.entry
    message = msg(
        "{place}: {target} is {status}, nothing was done",
        place=f"{entry.file}:{entry.line}",
        target=entry.at,
        status=STATUSES[outcome.status],
    )
    if outcome.detail:
        message = msg("{fault}: {why}", fault=message, why=outcome.detail)
    return Issue.of(f"correction-{outcome.status}", "warning", message, outcome.paths[0] if outcome.paths else "")

"""One document's corrections as they are applied: what the file said, checked, with the place of every word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.corrections.address import Target
from pipeline.corrections.fields import Kind
from pipeline.corrections.problem import Problem
from pipeline.corrections.yaml_positions import Mark, Plain

Action = Literal["set", "confirm", "insert", "remove"]
ACTIONS: tuple[Action, ...] = ("set", "confirm", "insert", "remove")


@dataclass(frozen=True)
class Entry:
    """One correction. `number` counts from 1 in the file; `given` holds its own keys as they were written.

    `pattern` and `kind` say what the target leads to; `marks` are the places of the values by key, "" for the entry.
    """

    number: int
    file: str
    given: Mapping[str, Plain]
    action: Action
    target: Target
    pattern: str
    kind: Kind
    marks: Mapping[str, Mark]
    reviewer: str | None = None

    @property
    def sop(self) -> str:
        return str(self.given["sop"])

    @property
    def at(self) -> str:
        return str(self.given["at"])

    @property
    def value(self) -> Plain:
        """What `set`, `confirm` or `insert` says."""
        return self.given.get(self.action)

    @property
    def expects(self) -> bool:
        return "expect" in self.given

    @property
    def expect(self) -> Plain:
        return self.given.get("expect")

    @property
    def line(self) -> int:
        return self.marks[""].line

    def problem(self, key: str, message: str) -> Problem:
        mark = self.marks.get(key) or self.marks[""]
        return Problem(self.file, mark.line, mark.column, message)


@dataclass(frozen=True)
class CorrectionsFile:
    """All corrections of one document. `sha256` may be the start of the sum, None where the file names none."""

    file: str
    document: str
    sha256: str | None
    reviewer: str | None
    entries: tuple[Entry, ...]

    def is_for(self, sha256: str) -> bool:
        """Whether they were written against the file with this sum, as far as they say."""
        return self.sha256 is None or sha256.startswith(self.sha256)

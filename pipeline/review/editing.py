"""A document whose corrections a reviewer changes, action by action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.corrections.correct_many import correct_many, value_at
from pipeline.corrections.correction_base import Applied, CorrectionBase
from pipeline.corrections.new_entry import CorrectionRequest
from pipeline.corrections.request import correct
from pipeline.corrections.yaml_edit import inline, new_file
from pipeline.corrections.yaml_positions import YamlValue
from pipeline.errors import PipelineError
from pipeline.message import Message
from pipeline.model.pointer import is_within
from pipeline.model.record import Record

Form = Mapping[str, str]
"""What the browser sent: names and texts."""


@dataclass(frozen=True)
class Signature:
    """Who did something, and on which day (ISO 8601)."""

    reviewer: str
    date: str


@dataclass(frozen=True)
class RefusedCell:
    """A cell of the table that was not taken: the number of its step, its column, and why."""

    no: int
    column: str
    why: Message | str


@dataclass(frozen=True)
class Editing:
    """A document whose corrections grow by a reviewer's action.

    Attributes:
        base: What its corrections are worked out upon.
        by: Who does it.
        now: Its corrections.
        refused: What could not be taken of an action that asked for many things.
    """

    base: CorrectionBase
    by: Signature
    now: Applied
    refused: tuple[RefusedCell, ...] = ()

    def record(self, name: str) -> Record:
        """The record of that id as it is now."""
        return self.now.record(name)

    def asked(self, record: str, request: CorrectionRequest) -> Editing:
        """With one more entry. Raises PipelineError where it cannot be taken."""
        signed = replace(request, reviewer=self.by.reviewer, date=self.by.date, replace=True)
        done = correct(self.base, record, signed, self._text(), self.now)
        return replace(self, now=Applied(done.text, done.records, done.outcomes))

    def asked_all(
        self, record: str, requests: Sequence[CorrectionRequest]
    ) -> tuple[Editing, Mapping[int, PipelineError]]:
        """With an entry for each request that can be taken; by its place why another was refused."""
        signed = [replace(request, reviewer=self.by.reviewer, date=self.by.date) for request in requests]
        done = correct_many(self.base, record, signed, self._text())
        if len(done.refused) == len(requests):
            return self, done.refused
        return replace(self, now=self.base.applied(done.text)), done.refused

    def set(self, record: str, target: str, value: YamlValue, *, unless_same: bool = False) -> Editing:
        """With another value at a target: text as it stands, lists and mappings as they are.

        Args:
            record: Its id.
            target: As `at` takes it.
            value: What it should read.
            unless_same: Whether nothing is done where it reads so already.
        """
        if unless_same and value_at(self.record(record), target) == value:
            return self
        return self.asked(record, set_request(target, value))

    def is_settled(self, record: str, path: str) -> bool:
        """Whether a reviewer has said something of what stands at a JSON pointer."""
        return any(o.record == record and any(is_within(path, p) for p in o.paths) for o in self.now.outcomes)

    def _text(self) -> str:
        """What is in the corrections file, with its head where there is none yet."""
        if self.now.text is not None:
            return self.now.text
        source = self.base.read[0].source
        return new_file(source.file, source.sha256)


def set_request(target: str, value: YamlValue) -> CorrectionRequest:
    """Ask for another value at a target."""
    given = value if isinstance(value, str) else inline(value)
    return CorrectionRequest(target, "set", given, yaml=not isinstance(value, str))

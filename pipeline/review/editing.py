"""A document whose corrections a reviewer changes, action by action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.corrections import apply, parse_corrections
from pipeline.corrections.correct_many import correct_many, value_at
from pipeline.corrections.new_entry import CorrectionRequest
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.request import Applied, correct
from pipeline.corrections.yaml_edit import inline, new_file
from pipeline.corrections.yaml_positions import YamlValue
from pipeline.errors import PipelineError
from pipeline.kept_results import KeptResults
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


class Corrected(Applied):
    """A corrections file and what it makes of the document's records."""

    @classmethod
    def of(
        cls,
        read: Sequence[Record],
        text: str | None,
        file: str,
        normalizer: Normalizer,
        kept: KeptResults | None = None,
    ) -> Corrected:
        """Apply the file's text, None where there is no file.

        Raises:
            CorrectionsError: Something in it cannot be taken.
        """
        if text is None:
            return cls(None, tuple(read), ())
        return cls(text, *apply(read, parse_corrections(text, file), normalizer, kept))


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
        read: Its records as the machine read them.
        file: The name of its corrections file, for messages.
        normalizer: Makes values of what the reviewer wrote.
        by: Who does it.
        now: Its corrections.
        kept: What was worked out before, with this normalizer.
        refused: What could not be taken of an action that asked for many things.
    """

    read: Sequence[Record]
    file: str
    normalizer: Normalizer
    by: Signature
    now: Applied
    kept: KeptResults | None = None
    refused: tuple[RefusedCell, ...] = ()

    def record(self, name: str) -> Record:
        """The record of that id as it is now."""
        return next(record for record in self.now.records if record.id == name)

    def asked(self, record: str, request: CorrectionRequest) -> Editing:
        """With one more entry. Raises PipelineError where it cannot be taken."""
        signed = replace(request, reviewer=self.by.reviewer, date=self.by.date, replace=True)
        done = correct(self.read, record, signed, self._text(), self.file, self.normalizer, self.now, self.kept)
        return replace(self, now=Applied(done.text, done.records, done.outcomes))

    def asked_all(
        self, record: str, requests: Sequence[CorrectionRequest]
    ) -> tuple[Editing, Mapping[int, PipelineError]]:
        """With an entry for each request that can be taken; by its place why another was refused."""
        signed = [replace(request, reviewer=self.by.reviewer, date=self.by.date) for request in requests]
        done = correct_many(self.read, record, signed, self._text(), self.file, self.normalizer, self.kept)
        if len(done.refused) == len(requests):
            return self, done.refused
        now = Corrected.of(self.read, done.text, self.file, self.normalizer, self.kept)
        return replace(self, now=now), done.refused

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
        source = self.read[0].source
        return new_file(source.file, source.sha256)


def set_request(target: str, value: YamlValue) -> CorrectionRequest:
    """Ask for another value at a target."""
    given = value if isinstance(value, str) else inline(value)
    return CorrectionRequest(target, "set", given, yaml=not isinstance(value, str))

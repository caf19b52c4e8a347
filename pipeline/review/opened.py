"""A document that is open on the page: its corrections file as the page was made from it, and what was done to it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pipeline.corrections import Outcome
from pipeline.corrections.correction_base import Applied
from pipeline.errors import PipelineError
from pipeline.message import msg
from pipeline.model.document import Digitized
from pipeline.model.record import Record

NO_FILE = "none"
"""The version of a corrections file that is not there."""


class ConflictError(Exception):
    """The corrections file is not the one that the page was made from; `text` is what it holds now."""

    def __init__(self, text: str | None) -> None:
        super().__init__("the corrections file was changed meanwhile")
        self.text = text


@dataclass(frozen=True)
class Opened:
    """A document as the page shows it.

    Attributes:
        place: Its place in the folder, from 0.
        read: Document and records as the machine read them; None where the last run did not keep that.
        now: The same after corrections and checks.
        written: As its files hold it.
        text: What is in its corrections file; None where there is none.
        outcomes: How the entries of the file ended.
        applied: What the corrections alone make of the records; None where nobody worked that out yet.
    """

    place: int
    read: Digitized | None
    now: Digitized
    written: Digitized
    text: str | None
    outcomes: tuple[Outcome, ...] = ()
    applied: Applied | None = None

    @property
    def version(self) -> str:
        """What tells this text of the corrections file from any other."""
        return version_of(self.text)

    def record(self, sop: int) -> Record | None:
        """The record at a place, from 1."""
        return self.now.records[sop - 1] if 0 < sop <= len(self.now.records) else None


@dataclass(frozen=True)
class History:
    """What was done to a corrections file since the server was started: its text before and after each action."""

    done: tuple[tuple[str | None, str | None], ...] = ()
    undone: tuple[tuple[str | None, str | None], ...] = ()

    def with_action(self, before: str | None, after: str | None, most: int) -> History:
        """With one more action, after which nothing is to be done again; the last `most` are kept."""
        return History((*self.done, (before, after))[-most:]) if after != before else self

    def step(self, now: str | None, *, back: bool) -> tuple[History, str | None]:
        """Take the last action back, or do again what was taken back last.

        Args:
            now: What the file holds.
            back: Which of the two.

        Returns:
            What is left to be taken back and done again, and what the file is to hold.

        Raises:
            ConflictError: The file does not hold what that action left or found.
            PipelineError: There is no such action.
        """
        source = self.done if back else self.undone
        if not source:
            raise PipelineError(msg("there is nothing to take back") if back else msg("there is nothing to redo"))
        before, after = source[-1]
        here, there = (after, before) if back else (before, after)
        if here != now:
            raise ConflictError(now)
        if back:
            return History(self.done[:-1], (*self.undone, source[-1])), there
        return History((*self.done, source[-1]), self.undone[:-1]), there


def version_of(text: str | None) -> str:
    """What tells one text of a corrections file from another."""
    return NO_FILE if text is None else hashlib.sha256(text.encode()).hexdigest()

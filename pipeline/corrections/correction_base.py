"""What a document's corrections file is worked out upon, and what a text of it makes of that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.corrections.apply import apply
from pipeline.corrections.entry import Outcome
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.parse import parse_corrections
from pipeline.kept_results import KeptResults
from pipeline.model.record import Record


@dataclass(frozen=True)
class Applied:
    """What a text of a corrections file makes of a document's records; `text` is None where there is no file."""

    text: str | None
    records: tuple[Record, ...]
    outcomes: tuple[Outcome, ...]

    def record(self, name: str) -> Record:
        """The record of that id. Raises StopIteration where there is none."""
        return next(record for record in self.records if record.id == name)


@dataclass(frozen=True)
class CorrectionBase:
    """All that a corrections file needs besides its text, to be applied.

    Attributes:
        read: The document's records as the machine read them.
        file: The name of the corrections file, for messages.
        normalizer: Makes values of what the reviewer wrote.
        kept: What was worked out before, with this normalizer; see `apply`.
    """

    read: Sequence[Record]
    file: str
    normalizer: Normalizer
    kept: KeptResults | None = None

    def applied(self, text: str | None) -> Applied:
        """Apply the file's text, None where there is no file.

        Raises:
            CorrectionsError: Something in it cannot be taken.
        """
        if text is None:
            return Applied(None, tuple(self.read), ())
        return Applied(text, *apply(self.read, parse_corrections(text, self.file), self.normalizer, self.kept))

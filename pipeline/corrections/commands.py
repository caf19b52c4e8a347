"""What `sop check` and `sop rebase` do, as values: no file is read or written here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.corrections.doubts import Doubt
from pipeline.corrections.entry import STATUSES, Outcome
from pipeline.corrections.yaml_edit import replace_value
from pipeline.errors import PipelineError
from pipeline.message import msg


@dataclass(frozen=True)
class CheckReport:
    """What `sop check` found.

    Attributes:
        outcomes: How every entry ended.
        doubts: Those of the documents and their corrected records that were asked for.
        unmatched: Corrections files that are about no document of the run.
    """

    outcomes: tuple[Outcome, ...]
    doubts: tuple[Doubt, ...] = ()
    unmatched: tuple[str, ...] = ()

    def failed(self, *, strict: bool) -> bool:
        """Whether an entry is stale, orphan or ambiguous, or was not looked at.

        Args:
            strict: Whether an issue that is more than information counts as well.
        """
        queue = strict and any(doubt.issue.severity != "info" for doubt in self.doubts)
        return queue or bool(self.unmatched) or any(outcome.failed for outcome in self.outcomes)


def rebase(text: str, outcomes: Iterable[Outcome], line: int, file: str) -> str:
    """Give a stale entry what is read now as its `expect` (or `confirm`), and change nothing else.

    Args:
        text: What is in the file.
        outcomes: Those of the file alone.
        line: Where the entry begins, from 1.
        file: The file's name, for messages.

    Raises:
        PipelineError: No stale entry begins there, or what is read now does not say what should be put in.
    """
    ends = [outcome for outcome in outcomes if outcome.entry.line == line]
    if not ends or ends[0].status != "stale":
        place = f"{file}:{line}"
        status = STATUSES[ends[0].status] if ends else ""
        no_entry = msg("no entry begins at {place}", place=place)
        message = msg("the entry at {place} is {status}, not stale", place=place, status=status) if ends else no_entry
        raise PipelineError(message, msg("`sop check` tells the lines of the stale ones."))
    if not can_rebase(ends[0]):
        message = msg("{place}: {fault}", place=f"{file}:{line}", fault=ends[0].detail or "")
        raise PipelineError(message, msg("Put this entry right by hand."))
    entry = ends[0].entry
    return replace_value(text, entry, "expect" if entry.expects else "confirm", ends[0].found)


def can_rebase(outcome: Outcome) -> bool:
    """Whether an entry is stale in such a way that it can be rewritten to what is read now."""
    says = outcome.entry.expects or outcome.entry.action == "confirm"
    lost = outcome.found is None and _names_one_item(outcome)
    return outcome.status == "stale" and says and not lost


def _names_one_item(outcome: Outcome) -> bool:
    given = outcome.entry.expect if outcome.entry.expects else outcome.entry.value
    return outcome.entry.kind == "list" and outcome.entry.action != "insert" and not isinstance(given, list)

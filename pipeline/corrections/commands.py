"""What `sop check`, `sop correct` and `sop rebase` do, as values: no file is read or written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.corrections.address import Target, TargetSyntaxError, locate, parse_target, pattern_of
from pipeline.corrections.apply import apply
from pipeline.corrections.entry import STATUSES, Action, Outcome
from pipeline.corrections.fields import FIELDS, UnknownFieldError
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.parse import parse_corrections
from pipeline.corrections.problem import UnresolvedNameError
from pipeline.corrections.values import yaml_value
from pipeline.corrections.working_record import get
from pipeline.corrections.yaml_edit import append_entries, new_file, replace_value
from pipeline.corrections.yaml_positions import YamlValue, read_yaml
from pipeline.errors import PipelineError
from pipeline.message import msg
from pipeline.model.issue import Issue
from pipeline.model.record import Record


@dataclass(frozen=True)
class CheckReport:
    """What `sop check` found.

    Attributes:
        outcomes: How every entry ended.
        issues: Those of the corrected records, each with its record's id.
        unmatched: Corrections files that are about no document of the run.
    """

    outcomes: tuple[Outcome, ...]
    issues: tuple[tuple[str, Issue], ...] = ()
    unmatched: tuple[str, ...] = ()

    def failed(self, *, strict: bool) -> bool:
        """Whether an entry is stale, orphan or ambiguous, or was not looked at.

        Args:
            strict: Whether an issue that is more than information counts as well.
        """
        queue = strict and any(issue.severity != "info" for _, issue in self.issues)
        return queue or bool(self.unmatched) or any(outcome.failed for outcome in self.outcomes)


@dataclass(frozen=True)
class CorrectionRequest:
    """A correction that a reviewer asks for at a terminal.

    Attributes:
        target: As `at` takes it.
        action: What to do there.
        value: In YAML, None where the action takes none.
        after: After which item to insert.
        why: For whoever reads the entry.
        reviewer: Who signs it.
    """

    target: str
    action: Action
    value: str | None = None
    after: str | None = None
    why: str | None = None
    reviewer: str | None = None


@dataclass(frozen=True)
class AppendedEntry:
    """The new text of a corrections file, the entry that was appended to it, and how that ends."""

    text: str
    entry: Mapping[str, YamlValue]
    outcome: Outcome


def correct(
    records: Sequence[Record],
    record: Record,
    request: CorrectionRequest,
    text: str | None,
    file: str,
    normalizer: Normalizer,
) -> AppendedEntry:
    """Append an entry to a corrections file, with what had been read as its `expect`.

    Args:
        records: Those of the document, as the last run wrote them.
        record: The one that is meant.
        request: What to do.
        text: What is in the file, None where there is none yet.
        file: Its name, for messages.
        normalizer: Makes values of what the reviewer wrote.

    Raises:
        PipelineError: The entry is not well-formed, or would do nothing.
    """
    entry = _entry(record, request)
    begun = new_file(record.source.file, record.source.sha256) if text is None else text
    done = append_entries(begun, file, [entry])
    alone = append_entries(new_file(record.source.file, None), file, [entry])
    outcome = apply(records, parse_corrections(alone, file), normalizer)[1][0]
    if outcome.failed or outcome.status == "already-true":
        why = outcome.detail or msg("it reads so already")
        message = msg("{target} is {status}: {why}", target=request.target, status=STATUSES[outcome.status], why=why)
        raise PipelineError(message, msg("Nothing was written."))
    return AppendedEntry(done, entry, outcome)


def _entry(record: Record, request: CorrectionRequest) -> Mapping[str, YamlValue]:
    target = _target(request.target)
    entry: dict[str, YamlValue] = {"sop": record.id.rpartition("/")[2], "at": request.target}
    value = read_yaml(request.value, "VALUE").value if request.value is not None else None
    if request.action in ("set", "remove"):
        entry |= _expected(record, target)
    entry[request.action] = True if request.action == "remove" else value
    notes = {"after": request.after, "why": request.why, "reviewer": request.reviewer}
    return {**entry, **{key: words for key, words in notes.items() if words is not None}}


def _target(at: str) -> Target:
    try:
        target = parse_target(at)
        pattern_of(target)
    except (TargetSyntaxError, UnknownFieldError) as error:
        message = msg("{target}: {fault}", target=at, fault=error.message)
        raise PipelineError(message, msg("docs/corrections.md lists the targets.")) from None
    return target


def _expected(record: Record, target: Target) -> dict[str, YamlValue]:
    """What the target reads now, as far as one entry can say it; nothing where nothing is there."""
    if FIELDS[pattern_of(target)] == "sop":
        judul: dict[str, YamlValue] = {"judul": record.judul}
        return {"expect": judul}
    try:
        places = locate(record, target)
    except UnresolvedNameError as error:
        raise PipelineError(error.message, msg("docs/corrections.md lists the targets.")) from None
    if len(places) != 1:
        return {}
    found = yaml_value(record, get(record, places[0]))
    if isinstance(found, dict):
        known: YamlValue = {key: part for key, part in found.items() if not isinstance(part, dict | list)}
        return {"expect": known} if known else {}
    return {"expect": found}


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

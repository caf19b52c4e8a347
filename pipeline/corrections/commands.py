"""What `sop check`, `sop correct` and `sop rebase` come to, as data: no file is read or written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.corrections.address import BadTarget, Target, parse_target
from pipeline.corrections.apply import apply
from pipeline.corrections.entry import Action
from pipeline.corrections.fields import FIELDS, NoSuchField, pattern_of
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.outcome import Outcome
from pipeline.corrections.parse import parse_corrections
from pipeline.corrections.plain import plain_of
from pipeline.corrections.problem import Unresolved
from pipeline.corrections.references import locate
from pipeline.corrections.tree import get
from pipeline.corrections.yaml_edit import appended, new_file, with_value
from pipeline.corrections.yaml_positions import Plain, read_marked
from pipeline.errors import PipelineError
from pipeline.model.issue import Issue
from pipeline.model.record import Record


@dataclass(frozen=True)
class Checked:
    """Every entry with its end; `issues` are those of the corrected records, by record id."""

    outcomes: tuple[Outcome, ...]
    issues: tuple[tuple[str, Issue], ...] = ()
    unheard: tuple[str, ...] = ()  # files that are about no document of the run

    def failed(self, *, strict: bool) -> bool:
        """Whether an entry is stale, orphan or ambiguous or was not looked at; when `strict`, whether anything is left
        in the review queue (an issue that is more than information)."""
        queue = strict and any(issue.severity != "info" for _, issue in self.issues)
        return queue or bool(self.unheard) or any(outcome.failed for outcome in self.outcomes)


@dataclass(frozen=True)
class Wish:
    """What a reviewer asks for at a terminal: an action at a target, its value as YAML."""

    target: str
    action: Action
    value: str | None = None
    after: str | None = None
    why: str | None = None
    reviewer: str | None = None


@dataclass(frozen=True)
class Correction:
    """The new text of a corrections file, the entry that was appended, and what it comes to."""

    text: str
    entry: Mapping[str, Plain]
    outcome: Outcome


def correct(
    records: Sequence[Record], record: Record, wish: Wish, text: str | None, file: str, normalizer: Normalizer
) -> Correction:
    """A corrections file with one more entry, which says what had been read in its `expect`.

    `records` are those of the document as the last run wrote them, `record` the one that is meant, `text` the file as
    it is, None where there is none yet. PipelineError where the entry is not well-formed or would do nothing.
    """
    entry = _entry(record, wish)
    begun = new_file(record.source.file, record.source.sha256) if text is None else text
    done = appended(begun, file, [entry])
    alone = appended(new_file(record.source.file, None), file, [entry])
    outcome = apply(records, parse_corrections(alone, file), normalizer)[1][0]
    if outcome.failed or outcome.status == "already-true":
        told = f"{wish.target} is {outcome.status}: {outcome.detail or 'it reads so already'}"
        raise PipelineError(told, "Nothing was written.")
    return Correction(done, entry, outcome)


def _entry(record: Record, wish: Wish) -> Mapping[str, Plain]:
    target = _target(wish.target)
    entry: dict[str, Plain] = {"sop": record.id.rpartition("/")[2], "at": wish.target}
    value = read_marked(wish.value, "VALUE").value if wish.value is not None else None
    if wish.action in ("set", "remove"):
        entry |= _expected(record, target)
    entry[wish.action] = True if wish.action == "remove" else value
    told = {"after": wish.after, "why": wish.why, "reviewer": wish.reviewer}
    return {**entry, **{key: words for key, words in told.items() if words is not None}}


def _target(at: str) -> Target:
    try:
        target = parse_target(at)
        pattern_of(target)
    except (BadTarget, NoSuchField) as error:
        raise PipelineError(f"{at}: {error}", "docs/corrections.md lists the targets.") from None
    return target


def _expected(record: Record, target: Target) -> dict[str, Plain]:
    """What the target reads now, as far as one entry can say it; nothing where nothing is there."""
    if FIELDS[pattern_of(target)] == "sop":
        judul: dict[str, Plain] = {"judul": record.judul}
        return {"expect": judul}
    try:
        places = locate(record, target)
    except Unresolved as error:
        raise PipelineError(str(error), "docs/corrections.md lists the targets.") from None
    if len(places) != 1:
        return {}
    found = plain_of(record, get(record, places[0]))
    if isinstance(found, dict):
        known: Plain = {key: part for key, part in found.items() if not isinstance(part, dict | list)}
        return {"expect": known} if known else {}
    return {"expect": found}


def rebased(text: str, outcomes: Iterable[Outcome], line: int, file: str) -> str:
    """The file with what is read now as the `expect` (or `confirm`) of the stale entry at `line`, and nothing else.

    `outcomes` are those of the file alone. PipelineError where no stale entry begins there, or where what is read now
    does not say what should be put in.
    """
    ends = [outcome for outcome in outcomes if outcome.entry.line == line]
    if not ends or ends[0].status != "stale":
        told = f"{ends[0].status}, not stale" if ends else "not where an entry begins"
        raise PipelineError(f"{file}:{line} is {told}", "`sop check` tells the lines of the stale ones.")
    if not rebasable(ends[0]):
        raise PipelineError(f"{file}:{line}: {ends[0].detail}", "Put this entry right by hand.")
    entry = ends[0].entry
    return with_value(text, entry, "expect" if entry.expects else "confirm", ends[0].found)


def rebasable(outcome: Outcome) -> bool:
    """Whether an entry is stale in such a way that it can be rewritten to what is read now."""
    says = outcome.entry.expects or outcome.entry.action == "confirm"
    lost = outcome.found is None and _names_one_item(outcome)
    return outcome.status == "stale" and says and not lost


def _names_one_item(outcome: Outcome) -> bool:
    said = outcome.entry.expect if outcome.entry.expects else outcome.entry.value
    return outcome.entry.kind == "list" and outcome.entry.action != "insert" and not isinstance(said, list)

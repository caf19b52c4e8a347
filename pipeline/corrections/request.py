"""What a reviewer asks for at a terminal or on a page, as a new entry of a corrections file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial

from pipeline.corrections.address import parse_target
from pipeline.corrections.correction_base import Applied, CorrectionBase
from pipeline.corrections.entry import STATUSES, Outcome
from pipeline.corrections.new_entry import UNWRITTEN, CorrectionRequest, missed_sop, new_entry, places_of
from pipeline.corrections.problem import CorrectionsError, with_suggestions
from pipeline.corrections.targets import suggestions
from pipeline.corrections.values import yaml_value
from pipeline.corrections.working_record import get, get_or_none
from pipeline.corrections.yaml_edit import append_entries, remove_entries, value_in_words
from pipeline.corrections.yaml_positions import YamlValue
from pipeline.errors import PipelineError
from pipeline.message import msg
from pipeline.model.pointer import KeyPath, split_pointer
from pipeline.model.record import Record


@dataclass(frozen=True)
class AppendedEntry:
    """A corrections file with a new entry.

    Attributes:
        text: What is in the file now.
        entry: The entry's keys and values.
        outcome: How it ends.
        before: What its place read, None for nothing.
        after: What it reads now.
        records: The document's, as the file makes them now.
        outcomes: How all entries of the file end, this one last.
    """

    text: str
    entry: Mapping[str, YamlValue]
    outcome: Outcome
    before: YamlValue = None
    after: YamlValue = None
    records: tuple[Record, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


def correct(
    base: CorrectionBase, record: str, request: CorrectionRequest, text: str, known: Applied | None = None
) -> AppendedEntry:
    """Append an entry to a corrections file, with what stands there now as its `expect`.

    What stands there is what the machine read, with the entries applied that the file has already.

    Args:
        base: What the corrections are worked out upon.
        record: The id of the record that is meant, after the entries that the file has; of a SOP that was missed the id
            that it is to have.
        request: What to do.
        text: What is in the file; `new_file` where there is none yet.
        known: What that text or another makes of the records, where somebody knows it already.

    Raises:
        PipelineError: There is no such record, the entry is not well-formed or would do nothing, or the file says
            something of the same field already and that is not to be replaced.
    """
    attempt = partial(_attempted, base, record, known)
    made = attempt(request, text)
    rivals = _rivals(made)
    if rivals and request.replace:
        rest, rivals = remove_entries(text, base.file, [rival.entry for rival in rivals]), []
        made = attempt(request, rest)
        if made.end.status == "already-true":  # it was read so all along
            made = attempt(replace(request, action="confirm"), rest)
    _check_end(made, rivals)
    return AppendedEntry(made.text, made.entry, made.end, *_change(made), made.after, made.ends)


@dataclass(frozen=True)
class _Attempt:
    """A request as an entry at the end of a file: what it makes of it, and how the entries before it end."""

    request: CorrectionRequest
    text: str
    entry: Mapping[str, YamlValue]
    before: Record | None
    after: tuple[Record, ...]
    earlier: Sequence[Outcome]
    ends: tuple[Outcome, ...]

    @property
    def end(self) -> Outcome:
        """How the new entry ended."""
        return self.ends[-1]


def _attempted(
    base: CorrectionBase, name: str, known: Applied | None, request: CorrectionRequest, text: str
) -> _Attempt:
    now = known if known is not None and known.text == text else base.applied(text)
    missed = (request.target, request.action) == ("sop", "insert")
    meant = None if missed else _meant(now.records, name)
    entry = missed_sop(name, request) if meant is None else new_entry(meant, request)
    done = append_entries(text, base.file, [entry])
    try:
        after = base.applied(done)
    except CorrectionsError as error:  # those before it were taken above: it is the new entry that cannot be
        raise PipelineError(error.problems[-1].message, UNWRITTEN) from None
    return _Attempt(request, done, entry, meant, after.records, now.outcomes, after.outcomes)


def _meant(records: Sequence[Record], name: str) -> Record:
    for record in records:
        if record.id == name:
            return record
    near = get_close_matches(name, [record.id for record in records], n=3, cutoff=0.0)
    fault = with_suggestions(msg("there is no record {record}", record=name), near)
    raise PipelineError(fault, msg("`sop run` writes them; index.json names them."))


def _rivals(made: _Attempt) -> list[Outcome]:
    """The entries that say something of the very field that a new entry is about."""
    if made.request.action not in ("set", "confirm"):
        return []
    paths = set(made.end.paths)
    return [
        outcome
        for outcome in made.earlier
        if outcome.entry.action in ("set", "confirm")
        and outcome.record == made.end.record
        and (paths & set(outcome.paths) or (outcome.failed and outcome.entry.at == made.entry["at"]))
    ]


def _check_end(made: _Attempt, rivals: Sequence[Outcome]) -> None:
    end, target = made.end, made.request.target
    if end.failed or end.status == "already-true":
        gone = with_suggestions(msg("there is none"), _near(made)) if made.request.action == "remove" else None
        why = end.detail or gone or msg("it reads so already")
        message = msg("{target} is {status}: {why}", target=target, status=STATUSES[end.status], why=why)
        raise PipelineError(message, UNWRITTEN)
    if rivals:
        rival = rivals[0].entry
        message = msg(
            "{place} already says of {target} that it reads {value}",
            place=f"{rival.file}:{rival.line}",
            target=rival.at,
            value=value_in_words(rival.value),
        )
        raise PipelineError(message, msg("Nothing was written; --replace puts this in its place."))


def _near(made: _Attempt) -> list[str]:
    """What may have been meant to be removed where nothing has the name that was given."""
    return suggestions(made.before, parse_target(made.request.target)) if made.before else []


def _change(made: _Attempt) -> tuple[YamlValue, YamlValue]:
    """What the entry's place read, and what it reads now."""
    now = next((record for record in made.after if record.id == made.end.record), None)
    if now is None or made.before is None:
        return None, None if now is None else value_of_sop(now)
    if made.request.action == "move":
        return _places_of_move(made)
    if made.request.action == "remove":
        places = places_of(made.before, parse_target(made.request.target))
        return (yaml_value(made.before, get(made.before, places[0])) if places else None), None
    path = _path(now, made.end.paths[0]) if made.end.paths else ()
    old = None if made.request.action == "insert" else yaml_value(made.before, get_or_none(made.before, path))
    return old, yaml_value(now, get_or_none(now, path))


def _places_of_move(made: _Attempt) -> tuple[YamlValue, YamlValue]:
    """At which place of its list, from 1, an item stood that was moved, and at which it stands now."""
    assert made.before
    places, after = places_of(made.before, parse_target(made.request.target)), str(made.entry["after"])
    if not places or not isinstance(places[0][-1], int):
        return None, None
    number = places[0][-1] + 1
    return str(number), str(int(after) + (int(after) < number))


def value_of_sop(record: Record) -> YamlValue:
    """A whole SOP, in short: its pages and its name."""
    pages: list[YamlValue] = [str(page) for page in record.source.pages]
    name = record.header.nama_sop
    return {"pages": pages, **({"nama_sop": name} if name else {})}


def _path(record: Record, at: str) -> KeyPath:
    """A JSON pointer as a path, list places as numbers."""
    path: KeyPath = ()
    for part in split_pointer(at):
        path = (*path, int(part) if isinstance(get_or_none(record, path), list) else part)
    return path

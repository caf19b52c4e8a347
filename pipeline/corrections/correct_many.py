"""Many corrections of fields at once, as of a whole table: each is written, or refused for a reason of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.corrections.address import parse_target
from pipeline.corrections.correction_base import CorrectionBase
from pipeline.corrections.new_entry import CorrectionRequest, new_entry, places_of
from pipeline.corrections.request import correct
from pipeline.corrections.values import yaml_value
from pipeline.corrections.working_record import get_or_none
from pipeline.corrections.yaml_edit import append_entries, remove_entries
from pipeline.corrections.yaml_positions import YamlValue
from pipeline.errors import PipelineError
from pipeline.model.pointer import pointer
from pipeline.model.record import Record

NumberedRequests = Sequence[tuple[int, CorrectionRequest]]
"""Requests, each with its place among all that were asked for."""


@dataclass(frozen=True)
class ManyEntries:
    """A corrections file with many new entries; `refused` tells by its place which request was not taken, and why."""

    text: str
    refused: Mapping[int, PipelineError] = field(default_factory=dict)


def correct_many(base: CorrectionBase, record: str, requests: Sequence[CorrectionRequest], text: str) -> ManyEntries:
    """Append an entry for each request, in the place of those that say something of the same field.

    The requests set fields that do not depend on each other, so that all are worked out upon the same record: this
    takes one reading of the file, not one for each. Where something is refused the halves are tried by themselves.

    Args:
        base: What the corrections are worked out upon.
        record: The id of the record that is meant.
        requests: What to set.
        text: What is in the file.
    """
    return _halved(base, record, tuple(enumerate(requests)), text)


def _halved(base: CorrectionBase, record: str, numbered: NumberedRequests, text: str) -> ManyEntries:
    """The file with all of the requests that can be taken, found by halves."""
    if len(numbered) <= 1:
        return _each(base, record, numbered, text)
    done = _all_at_once(base, record, [request for _, request in numbered], text)
    if done is not None:
        return ManyEntries(done)
    middle = len(numbered) // 2
    first = _halved(base, record, numbered[:middle], text)
    second = _halved(base, record, numbered[middle:], first.text)
    return ManyEntries(second.text, {**first.refused, **second.refused})


def _each(base: CorrectionBase, record: str, numbered: NumberedRequests, text: str) -> ManyEntries:
    refused: dict[int, PipelineError] = {}
    for place, request in numbered:
        try:
            text = correct(base, record, replace(request, replace=True), text).text
        except PipelineError as error:
            refused[place] = error
    return ManyEntries(text, refused)


def _all_at_once(base: CorrectionBase, record: str, requests: Sequence[CorrectionRequest], text: str) -> str | None:
    """The file's text with all requests; None where one of them cannot be taken."""
    try:
        rest = _without_rivals(base, record, requests, text)
        meant = base.applied(rest).record(record)
        done = append_entries(rest, base.file, [new_entry(meant, request) for request in requests])
        outcomes = base.applied(done).outcomes
    except PipelineError:
        return None
    ours = outcomes[len(outcomes) - len(requests) :]
    return done if all(end.status in ("applied", "confirmed") for end in ours) else None


def _without_rivals(base: CorrectionBase, record: str, requests: Sequence[CorrectionRequest], text: str) -> str:
    """The file's text without the entries that say something of the very fields that are asked for."""
    now = base.applied(text)
    meant = now.record(record)
    asked = {pointer(*path) for request in requests for path in places_of(meant, parse_target(request.target))}
    rivals = [
        outcome.entry
        for outcome in now.outcomes
        if outcome.entry.action in ("set", "confirm") and outcome.record == record and asked & set(outcome.paths)
    ]
    return remove_entries(text, base.file, rivals) if rivals else text


def value_at(record: Record, target: str) -> YamlValue:
    """What a target reads now, as an entry says it; None where it names nothing, or several things."""
    places = places_of(record, parse_target(target))
    return yaml_value(record, get_or_none(record, places[0])) if len(places) == 1 else None

"""Many corrections of fields at once, as of a whole table: each is written, or refused for a reason of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pipeline.corrections.address import parse_target
from pipeline.corrections.apply import apply
from pipeline.corrections.new_entry import CorrectionRequest, new_entry, places_of
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.parse import parse_corrections
from pipeline.corrections.request import correct
from pipeline.corrections.values import yaml_value
from pipeline.corrections.working_record import get_or_none
from pipeline.corrections.yaml_edit import append_entries, remove_entries
from pipeline.corrections.yaml_positions import YamlValue
from pipeline.errors import PipelineError
from pipeline.kept_results import KeptResults
from pipeline.model.pointer import pointer
from pipeline.model.record import Record


@dataclass(frozen=True)
class ManyEntries:
    """A corrections file with many new entries; `refused` tells by its place which request was not taken, and why."""

    text: str
    refused: Mapping[int, PipelineError]


def correct_many(
    read: Sequence[Record],
    record: str,
    requests: Sequence[CorrectionRequest],
    text: str,
    file: str,
    by: Normalizer,
    kept: KeptResults | None = None,
) -> ManyEntries:
    """Append an entry for each request, in the place of those that say something of the same field.

    The requests set fields that do not depend on each other, so that all are worked out upon the same record: this
    takes one reading of the file, not one for each. Where something is refused the halves are tried by themselves.

    Args:
        read: The document's records as the machine read them.
        record: The id of the one that is meant.
        requests: What to set.
        text: What is in the file.
        file: Its name, for messages.
        by: Makes values of what the reviewer wrote.
        kept: What was worked out before; see `apply`.
    """
    refused: dict[int, PipelineError] = {}
    attempt = partial(_halves, read, record, requests, file, by, kept, refused)
    return ManyEntries(attempt(range(len(requests)), text), refused)


def _halves(
    read: Sequence[Record],
    record: str,
    requests: Sequence[CorrectionRequest],
    file: str,
    by: Normalizer,
    kept: KeptResults | None,
    refused: dict[int, PipelineError],
    places: Sequence[int],
    text: str,
) -> str:
    """The file's text after the requests at `places`, without those that are put into `refused`."""
    if not places:
        return text
    try:
        if len(places) == 1:
            return correct(read, record, replace(requests[places[0]], replace=True), text, file, by, kept=kept).text
        done = _all_at_once(read, record, [requests[place] for place in places], text, file, by, kept)
    except PipelineError as error:
        if len(places) == 1:
            refused[places[0]] = error
            return text
        done = None
    if done is not None:
        return done
    middle = len(places) // 2
    for half in (places[:middle], places[middle:]):
        text = _halves(read, record, requests, file, by, kept, refused, half, text)
    return text


def _all_at_once(
    read: Sequence[Record],
    record: str,
    requests: Sequence[CorrectionRequest],
    text: str,
    file: str,
    by: Normalizer,
    kept: KeptResults | None,
) -> str | None:
    """The file's text with all requests; None where one of them does not apply."""
    rest = _without_rivals(read, record, requests, text, file, by, kept)
    before, _ = apply(read, parse_corrections(rest, file), by, kept)
    meant = next(one for one in before if one.id == record)
    done = append_entries(rest, file, [new_entry(meant, request) for request in requests])
    _, ends = apply(read, parse_corrections(done, file), by, kept)
    ours = ends[len(ends) - len(requests) :]
    return done if all(end.status in ("applied", "confirmed") for end in ours) else None


def _without_rivals(
    read: Sequence[Record],
    record: str,
    requests: Sequence[CorrectionRequest],
    text: str,
    file: str,
    by: Normalizer,
    kept: KeptResults | None,
) -> str:
    """The file's text without the entries that say something of the very fields that are asked for."""
    records, earlier = apply(read, parse_corrections(text, file), by, kept)
    meant = next(one for one in records if one.id == record)
    asked = {pointer(*path) for request in requests for path in places_of(meant, parse_target(request.target))}
    rivals = [
        outcome.entry
        for outcome in earlier
        if outcome.entry.action in ("set", "confirm") and outcome.record == record and asked & set(outcome.paths)
    ]
    return remove_entries(text, file, rivals) if rivals else text


def value_at(record: Record, target: str) -> YamlValue:
    """What a target reads now, as an entry says it; None where it names nothing, or several things."""
    places = places_of(record, parse_target(target))
    return yaml_value(record, get_or_none(record, places[0])) if len(places) == 1 else None

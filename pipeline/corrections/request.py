"""What a reviewer asks for at a terminal or on a page, as a new entry of a corrections file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial

from pipeline.corrections.address import ARROW, Target, TargetSyntaxError, locate, parse_target, pattern_of
from pipeline.corrections.apply import apply
from pipeline.corrections.entry import STATUSES, Action, Outcome
from pipeline.corrections.fields import FIELDS, FieldKind, UnknownFieldError
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.parse import parse_corrections
from pipeline.corrections.problem import CorrectionsError, UnresolvedNameError, with_suggestions
from pipeline.corrections.references import symbol_reference
from pipeline.corrections.targets import suggestions
from pipeline.corrections.value_forms import form_errors, present_is_enough
from pipeline.corrections.values import yaml_value
from pipeline.corrections.working_record import get, get_or_none
from pipeline.corrections.yaml_edit import append_entries, remove_entries, value_in_words
from pipeline.corrections.yaml_positions import YamlValue, read_yaml
from pipeline.errors import PipelineError
from pipeline.message import msg
from pipeline.model.pointer import KeyPath, split_pointer
from pipeline.model.record import Record

LISTED = msg("docs/corrections.md lists the targets.")
UNWRITTEN = msg("Nothing was written.")

_PAGES = re.compile(r"\s*(\d+)\s*(?:[-–,]|to|sampai)\s*(\d+)\s*")


@dataclass(frozen=True)
class CorrectionRequest:
    """A correction that a reviewer asks for.

    Attributes:
        target: As `at` takes it.
        action: What to do there.
        value: What it should read, None where the action takes none, or confirms what stands there.
        after: After which item to insert, as the reviewer sees them.
        why: For whoever reads the entry.
        reviewer: Who signs it.
        yaml: Whether the value is YAML, and not text as it stands.
        replace: Whether the entry takes the place of those that say something of the same field.
    """

    target: str
    action: Action
    value: str | None = None
    after: str | None = None
    why: str | None = None
    reviewer: str | None = None
    yaml: bool = False
    replace: bool = False


@dataclass(frozen=True)
class AppendedEntry:
    """A corrections file with a new entry.

    Attributes:
        text: What is in the file now.
        entry: The entry's keys and values.
        outcome: How it ends.
        before: What its place read, None for nothing.
        after: What it reads now.
    """

    text: str
    entry: Mapping[str, YamlValue]
    outcome: Outcome
    before: YamlValue = None
    after: YamlValue = None


def correct(
    read: Sequence[Record], record: str, request: CorrectionRequest, text: str, file: str, normalizer: Normalizer
) -> AppendedEntry:
    """Append an entry to a corrections file, with what stands there now as its `expect`.

    What stands there is what the machine read, with the entries applied that the file has already.

    Args:
        read: The document's records as the machine read them.
        record: The id of the one that is meant, after the entries that the file has; of a SOP that was missed the id
            that it is to have.
        request: What to do.
        text: What is in the file; `new_file` where there is none yet.
        file: Its name, for messages.
        normalizer: Makes values of what the reviewer wrote.

    Raises:
        PipelineError: There is no such record, the entry is not well-formed or would do nothing, or the file says
            something of the same field already and that is not to be replaced.
    """
    attempt = partial(_attempted, read, record, file, normalizer)
    made = attempt(request, text)
    rivals = _rivals(made)
    if rivals and request.replace:
        rest, rivals = remove_entries(text, file, [rival.entry for rival in rivals]), []
        made = attempt(request, rest)
        if made.end.status == "already-true":  # it was read so all along
            made = attempt(replace(request, action="confirm"), rest)
    _check_end(made, rivals)
    return AppendedEntry(made.text, made.entry, made.end, *_change(made))


@dataclass(frozen=True)
class _Attempt:
    """A request as an entry at the end of a file: what it makes of it, and how the entries before it end."""

    request: CorrectionRequest
    text: str
    entry: Mapping[str, YamlValue]
    before: Record | None
    after: Sequence[Record]
    earlier: Sequence[Outcome]
    end: Outcome


def _attempted(
    read: Sequence[Record], name: str, file: str, normalizer: Normalizer, request: CorrectionRequest, text: str
) -> _Attempt:
    records, earlier = apply(read, parse_corrections(text, file), normalizer)
    missed = (request.target, request.action) == ("sop", "insert")
    meant = None if missed else _meant(records, name)
    entry = _missed_sop(name, request) if meant is None else _entry(meant, request)
    done = append_entries(text, file, [entry])
    try:
        after, ends = apply(read, parse_corrections(done, file), normalizer)
    except CorrectionsError as error:  # those before it were taken above: it is the new entry that cannot be
        raise PipelineError(error.problems[-1].message, UNWRITTEN) from None
    return _Attempt(request, done, entry, meant, after, earlier, ends[-1])


def _meant(records: Sequence[Record], name: str) -> Record:
    for record in records:
        if record.id == name:
            return record
    near = get_close_matches(name, [record.id for record in records], n=3, cutoff=0.0)
    fault = with_suggestions(msg("there is no record {record}", record=name), near)
    raise PipelineError(fault, msg("`sop run` writes them; index.json names them."))


def _missed_sop(name: str, request: CorrectionRequest) -> Mapping[str, YamlValue]:
    value = read_yaml(request.value or "", "VALUE").value if request.yaml else request.value
    _check_form(request, "sop", value, None)
    notes = {"why": request.why, "reviewer": request.reviewer}
    kept = {key: words for key, words in notes.items() if words is not None}
    return {"sop": name.rpartition("/")[2], "at": request.target, "insert": value, **kept}


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
    if made.request.action == "remove":
        places = _places(made.before, parse_target(made.request.target))
        return (yaml_value(made.before, get(made.before, places[0])) if places else None), None
    path = _path(now, made.end.paths[0]) if made.end.paths else ()
    old = None if made.request.action == "insert" else yaml_value(made.before, get_or_none(made.before, path))
    return old, yaml_value(now, get_or_none(now, path))


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


def _entry(record: Record, request: CorrectionRequest) -> Mapping[str, YamlValue]:
    at, target, item = _addressed(record, request)
    pattern = pattern_of(target)
    entry: dict[str, YamlValue] = {"sop": record.id.rpartition("/")[2], "at": at}
    present = request.action == "confirm" and request.value is None and present_is_enough(pattern)
    if request.action in ("set", "remove") or (present and FIELDS[pattern] not in ("group", "list")):
        entry |= {"expect": item} if item is not None else _expected(record, target)
    value = _value(record, request, target, pattern, item)
    _check_form(request, pattern, value, item)
    entry[request.action] = value
    notes = {"after": request.after, "why": request.why, "reviewer": request.reviewer}
    return {**entry, **{key: words for key, words in notes.items() if words is not None}}


def _addressed(record: Record, request: CorrectionRequest) -> tuple[str, Target, str | None]:
    """The target as an entry should have it: an item of a list of texts is told by its words, not by its number."""
    target = _target(request.target)
    last = target[-1]
    number = last.criteria[0].values[0] if last.criteria and last.criteria[0].key is None else ""
    if number.isdigit() and FIELDS[pattern_of(target)] in ("text", "citation"):
        places = _places(record, target)
        text = yaml_value(record, get(record, places[0])) if len(places) == 1 else None
        beside = get(record, places[0][:-1]) if places else []
        if isinstance(text, str) and [yaml_value(record, other) for other in beside].count(text) == 1:
            whole = request.target.rpartition("[")[0]
            return whole, parse_target(whole), text
    return request.target, target, None


def _target(at: str) -> Target:
    try:
        target = parse_target(at)
        pattern_of(target)
    except (TargetSyntaxError, UnknownFieldError) as error:
        raise PipelineError(msg("{target}: {fault}", target=at, fault=error.message), LISTED) from None
    return target


def _places(record: Record, target: Target) -> list[KeyPath]:
    try:
        return locate(record, target)
    except UnresolvedNameError as error:
        raise PipelineError(error.message, LISTED) from None


def _expected(record: Record, target: Target) -> dict[str, YamlValue]:
    """What the target reads now, as far as one entry can say it; nothing where nothing is there."""
    if FIELDS[pattern_of(target)] == "sop":
        judul: dict[str, YamlValue] = {"judul": record.judul}
        return {"expect": judul}
    places = _places(record, target)
    if len(places) != 1:
        return {}
    found = yaml_value(record, get(record, places[0]))
    if isinstance(found, dict):
        known: YamlValue = {key: part for key, part in found.items() if not isinstance(part, dict | list)}
        return {"expect": known} if known else {}
    return {"expect": found}


def _value(record: Record, request: CorrectionRequest, target: Target, pattern: str, item: str | None) -> YamlValue:
    if request.action == "remove":
        return True
    if request.value is None:
        return item if item is not None else _standing(record, target, pattern)
    if request.yaml:
        return read_yaml(request.value, "VALUE").value
    kind = FIELDS[f"{pattern}/*"] if request.action == "insert" and FIELDS[pattern] == "list" else FIELDS[pattern]
    return _from_words(record, request.value, kind)


def _standing(record: Record, target: Target, pattern: str) -> YamlValue:
    """What stands at a target, as `confirm` says it; of a group, what can be corrected in it."""
    kind = FIELDS[pattern]
    places = [] if kind == "sop" else _places(record, target)
    if present_is_enough(pattern):
        return True
    if len(places) != 1:
        return None
    value = yaml_value(record, get(record, places[0]))
    if isinstance(value, dict) and kind == "group":
        return {key: part for key, part in value.items() if f"{pattern}/{key}" in FIELDS}
    return value


def _from_words(record: Record, words: str, kind: FieldKind) -> YamlValue:
    """Take words as they stand; pages as "4-6", a symbol as "3, skpd" and a connector as "3->5" are taken apart."""
    pages = _PAGES.fullmatch(words)
    if kind == "pages" and pages:
        return [pages.group(1), pages.group(2)]
    if kind == "symbol-ref":
        return _symbol(record, words)
    if kind == "edge" and words.count(ARROW) == 1:
        source, _, target = words.partition(ARROW)
        return {"from": _symbol(record, source), "to": _symbol(record, target)}
    return words


def _symbol(record: Record, words: str) -> YamlValue:
    """A symbol by its cell, "3, skpd", or by the number of a step that has only this one."""
    parts: list[YamlValue] = [part.strip() for part in words.split(",")]
    if len(parts) > 1:
        return parts
    found = [node.id for node in record.flow.nodes if str(node.kegiatan) == parts[0]]
    return symbol_reference(record, found[0]) if len(found) == 1 else parts[0]


def _check_form(request: CorrectionRequest, pattern: str, value: YamlValue, item: str | None) -> None:
    """PipelineError where the value has not the form of its field."""
    if request.action == "remove":
        return
    fault = next((fault for _, fault in form_errors(request.action, pattern, value)), None)
    whole = request.action == "set" and FIELDS[pattern] == "list" and not isinstance(value, list) and item is None
    if whole:
        example = f"{request.target}[1]"
        fault = msg("say which item of {list} is meant: {example}", list=request.target, example=example)
    if fault is not None:
        advice = UNWRITTEN if request.yaml else msg("Nothing was written. What is more than text is given with --yaml.")
        raise PipelineError(msg("{target}: {fault}", target=request.target, fault=fault), advice)

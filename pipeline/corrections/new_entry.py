"""The new entry of a corrections file that a reviewer asks for, in the form that the file takes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.corrections.address import ARROW, Target, TargetSyntaxError, locate, parse_target, pattern_of
from pipeline.corrections.entry import MARKS, Action
from pipeline.corrections.fields import FIELDS, FieldKind, UnknownFieldError
from pipeline.corrections.problem import UnresolvedNameError
from pipeline.corrections.references import symbol_reference
from pipeline.corrections.value_forms import form_errors, present_is_enough
from pipeline.corrections.values import yaml_value
from pipeline.corrections.working_record import get
from pipeline.corrections.yaml_positions import YamlValue, read_yaml
from pipeline.errors import PipelineError
from pipeline.message import msg
from pipeline.model.pointer import KeyPath
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
        date: On which day, ISO 8601.
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
    date: str | None = None


def new_entry(record: Record, request: CorrectionRequest) -> Mapping[str, YamlValue]:
    """Write the entry that is asked for, with what stands at its target as its `expect`.

    Raises:
        PipelineError: There is no such target, or the value has not the form that it takes.
    """
    at, target, item = _addressed(record, request)
    pattern = pattern_of(target)
    entry: dict[str, YamlValue] = {"sop": record.id.rpartition("/")[2], "at": at}
    present = request.action == "confirm" and request.value is None and present_is_enough(pattern)
    if request.action in ("set", *MARKS) or (present and FIELDS[pattern] not in ("group", "list")):
        entry |= {"expect": item} if item is not None else _expected(record, target)
    if request.action == "move" and isinstance(expect := entry.get("expect"), dict):
        expect.pop("no", None)  # it tells the place, which is what changes
    value = _value(record, request, target, pattern, item)
    _check_form(request, pattern, value, item)
    entry[request.action] = value
    notes = {"after": request.after, "why": request.why, "reviewer": request.reviewer, "date": request.date}
    return {**entry, **{key: words for key, words in notes.items() if words is not None}}


def _addressed(record: Record, request: CorrectionRequest) -> tuple[str, Target, str | None]:
    """The target as an entry should have it: an item of a list of texts is told by its words, not by its number."""
    target = _target(request.target)
    last = target[-1]
    number = last.criteria[0].values[0] if last.criteria and last.criteria[0].key is None else ""
    if number.isdigit() and FIELDS[pattern_of(target)] in ("text", "citation"):
        places = places_of(record, target)
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


def places_of(record: Record, target: Target) -> list[KeyPath]:
    """Find what a target names. Raises PipelineError where a name in it leads to nothing, or to several things."""
    try:
        return locate(record, target)
    except UnresolvedNameError as error:
        raise PipelineError(error.message, LISTED) from None


def _expected(record: Record, target: Target) -> dict[str, YamlValue]:
    """What the target reads now, as far as one entry can say it; nothing where nothing is there."""
    if FIELDS[pattern_of(target)] == "sop":
        judul: dict[str, YamlValue] = {"judul": record.judul}
        return {"expect": judul}
    places = places_of(record, target)
    if len(places) != 1:
        return {}
    found = yaml_value(record, get(record, places[0]))
    if isinstance(found, dict):
        known: YamlValue = {key: part for key, part in found.items() if not isinstance(part, dict | list)}
        return {"expect": known} if known else {}
    return {"expect": found}


def _value(record: Record, request: CorrectionRequest, target: Target, pattern: str, item: str | None) -> YamlValue:
    if request.action in MARKS:
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
    places = [] if kind == "sop" else places_of(record, target)
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
    if request.action in MARKS:
        return
    fault = next((fault for _, fault in form_errors(request.action, pattern, value)), None)
    whole = request.action == "set" and FIELDS[pattern] == "list" and not isinstance(value, list) and item is None
    if whole:
        example = f"{request.target}[1]"
        fault = msg("say which item of {list} is meant: {example}", list=request.target, example=example)
    if fault is not None:
        advice = UNWRITTEN if request.yaml else msg("Nothing was written. What is more than text is given with --yaml.")
        raise PipelineError(msg("{target}: {fault}", target=request.target, fault=fault), advice)


def missed_sop(name: str, request: CorrectionRequest) -> Mapping[str, YamlValue]:
    """Write the entry that inserts a SOP which was missed; `name` is the id that it is to have."""
    value = read_yaml(request.value or "", "VALUE").value if request.yaml else request.value
    _check_form(request, "sop", value, None)
    notes = {"why": request.why, "reviewer": request.reviewer, "date": request.date}
    kept = {key: words for key, words in notes.items() if words is not None}
    return {"sop": name.rpartition("/")[2], "at": request.target, "insert": value, **kept}

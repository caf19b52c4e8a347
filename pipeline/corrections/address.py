"""Targets, which are what `at` says: their grammar, the field of records they mean, and where in a record they lead.

`kegiatan[no=3]/mutu_baku/waktu` is three segments; the first has a criterion that chooses among the items of a list.
`flow/edges[from=3,kabag][to=4,skpd]` has two of them; `flow/edges[3->4]` is
short for the connector from step 3 to step 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from pipeline.corrections.fields import FIELDS, KEYS, NTH, FieldKind, UnknownFieldError, kind_of
from pipeline.corrections.references import is_called, nodes_at, nth_of
from pipeline.corrections.wording import same_words, value_text
from pipeline.corrections.working_record import get
from pipeline.message import Message, msg
from pipeline.model.pointer import KeyPath
from pipeline.model.record import FlowEdge, Node, Record

ARROW = "->"
_NAME = re.compile(r"[A-Za-z_][\w-]*")
_KEY = re.compile(r"\s*([a-z_]+)\s*=")
_BARE = re.compile(r'[^,\]"]+')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class Criterion:
    """What an item of a list must read to be chosen: `key` is None where its usual name is meant."""

    key: str | None
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """One name of a target, and the criteria by which an item of that list is chosen."""

    name: str
    criteria: tuple[Criterion, ...] = ()


Target = tuple[Segment, ...]


class TargetSyntaxError(ValueError):
    """A target that does not follow the grammar.

    Attributes:
        message: What is wrong.
        column: Where in it, in characters from 0.
    """

    def __init__(self, message: Message, column: int) -> None:
        super().__init__(str(message))
        self.message = message
        self.column = column


def parse_target(at: str) -> Target:
    """Read a target.

    Raises:
        TargetSyntaxError: It does not follow the grammar.
    """
    segments: list[Segment] = []
    place = 0
    while True:
        segment, place = _segment(at, place)
        segments.append(segment)
        if place == len(at):
            return tuple(segments)
        if at[place] != "/":
            raise TargetSyntaxError(msg("expected '/' or '[' and found '{found}'", found=at[place]), place)
        place += 1


def _segment(at: str, place: int) -> tuple[Segment, int]:
    quoted, bare = _QUOTED.match(at, place), _NAME.match(at, place)
    found = quoted or bare
    if not found:
        raise TargetSyntaxError(
            msg("expected a name") if place < len(at) else msg("ends where a name should follow"), place
        )
    name = _unquoted(quoted.group(1)) if quoted else found.group()
    place, criteria = found.end(), []
    while place < len(at) and at[place] == "[":
        more, place = _criteria(at, place)
        criteria.extend(more)
    return Segment(name, tuple(criteria)), place


def _criteria(at: str, place: int) -> tuple[list[Criterion], int]:
    """What stands between brackets: values after a key belong to it until the next key."""
    criteria: list[Criterion] = []
    while place < len(at) and at[place] in "[,":
        key = _KEY.match(at, place + 1)
        value, end = _value(at, key.end() if key else place + 1)
        if key or not criteria:
            criteria.append(Criterion(key.group(1) if key else None, (value,)))
        else:
            criteria[-1] = Criterion(criteria[-1].key, (*criteria[-1].values, value))
        place = end
    if place >= len(at) or at[place] != "]":
        raise TargetSyntaxError(msg("']' is missing"), place)
    return criteria, place + 1


def _value(at: str, place: int) -> tuple[str, int]:
    while place < len(at) and at[place] == " ":
        place += 1
    if quoted := _QUOTED.match(at, place):
        return _unquoted(quoted.group(1)), quoted.end()
    bare = _BARE.match(at, place)
    if not bare or not bare.group().strip():
        raise TargetSyntaxError(msg("expected a value"), place)
    return bare.group().strip(), bare.end()


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def pattern_of(target: Target) -> str:
    """Find the field of records that a target means.

    Raises:
        UnknownFieldError: No record has it, or the target does not say which item of a list it means.

    >>> pattern_of(parse_target("kegiatan[no=3]/mutu_baku/waktu"))
    'kegiatan/*/mutu_baku/waktu'
    """
    pattern = ""
    for place, segment in enumerate(target):
        pattern = _pattern_below(pattern, segment.name)
        kind = kind_of(pattern)
        if segment.criteria:
            if kind != "list":
                raise UnknownFieldError(msg("{field} is no list: nothing to choose from in brackets", field=pattern))
            pattern = f"{pattern}/*"
            _check_keys(pattern, segment)
        elif kind == "list" and place + 1 < len(target):
            key = KEYS[FIELDS[f"{pattern}/*"]][0]
            example = f"{segment.name}[{key}=…]"
            raise UnknownFieldError(
                msg("say which item of {list} is meant: {example}", list=segment.name, example=example)
            )
    return pattern


def _pattern_below(pattern: str, name: str) -> str:
    if FIELDS.get(pattern) == "words":
        return f"{pattern}/*"
    return f"{pattern}/{name}" if pattern else name


def _check_keys(pattern: str, segment: Segment) -> None:
    known = (*KEYS[FIELDS[pattern]], NTH)
    for criterion in segment.criteria:
        if criterion.key is not None and criterion.key not in known:
            message = msg(
                "{list} cannot be chosen by '{key}', only by {known}",
                list=segment.name,
                key=criterion.key,
                known=", ".join(known),
            )
            raise UnknownFieldError(message)


def locate(record: Record, target: Target) -> list[KeyPath]:
    """Find every place of a record that a target names.

    Returns:
        One path where all is well, none where nothing has that name, several where it names several things.

    Raises:
        UnresolvedNameError: A performer in brackets is called by a name that several have.
    """
    paths: list[KeyPath] = [()]
    pattern = ""
    for segment in target:
        pattern = _pattern_below(pattern, segment.name)
        paths = [below for path in paths for below in _below(record, path, segment.name)]
        if segment.criteria:
            pattern = f"{pattern}/*"
            paths = [item for path in paths for item in _chosen(record, path, segment, FIELDS[pattern])]
    return paths


def _below(record: Record, path: KeyPath, name: str) -> Iterator[KeyPath]:
    """The path of `name` in the thing at `path`, if it has one; a group's field always is, even where it is null."""
    thing = get(record, path)
    if isinstance(thing, BaseModel) or (isinstance(thing, dict) and name in thing):
        yield (*path, name)


def _chosen(record: Record, path: KeyPath, segment: Segment, kind: FieldKind) -> list[KeyPath]:
    items = list(enumerate(get(record, path)))
    for criterion in segment.criteria:
        if criterion.key == NTH:
            items = nth_of(items, criterion.values[0])
        else:
            met = [(index, item) for index, item in items if _meets(record, item, criterion, kind)]
            items = met or _by_number(items, criterion, kind)
    return [(*path, index) for index, _ in items]


def _by_number(items: list[tuple[int, Any]], criterion: Criterion, kind: FieldKind) -> list[tuple[int, Any]]:
    """The item of a list of texts or names that its number, from 1, tells."""
    named = kind in ("text", "citation", "performer", "performer-ref")
    return nth_of(items, criterion.values[0]) if named and criterion.key is None and len(criterion.values) == 1 else []


def _joins(record: Record, edge: FlowEdge, ends: str) -> bool:
    """Whether a connector leads from one symbol to another: "3->5" by their steps, "3,kabag->5,skpd" by their cells."""
    return all(
        _is_end(record, end, words) for end, words in zip((edge.source, edge.target), ends.split(ARROW), strict=True)
    )


def _is_end(record: Record, node: str, words: str) -> bool:
    values = [value.strip() for value in words.split(",")]
    found = nodes_at(record, values)
    if len(values) == 1 and not found:
        found = [other for other in record.flow.nodes if str(other.kegiatan) == values[0]]
    return any(other.id == node for other in found)


def _meets(record: Record, item: Any, criterion: Criterion, kind: FieldKind) -> bool:
    key, values = criterion.key or KEYS[kind][0], criterion.values
    if isinstance(item, FlowEdge) and criterion.key is None and ",".join(values).count(ARROW) == 1:
        return _joins(record, item, ",".join(values))
    if isinstance(item, FlowEdge) and key in ("from", "to"):
        end = item.source if key == "from" else item.target
        return any(node.id == end for node in nodes_at(record, values))
    if isinstance(item, Node) and key == "at":
        return any(node.id == item.id for node in nodes_at(record, values))
    value = ", ".join(values)
    if kind == "performer" and criterion.key is None:
        return is_called(record, item.id, value)
    if isinstance(item, str):
        return is_called(record, item, value) if kind == "performer-ref" else same_words(item, value)
    if isinstance(item, Node) and key == "pelaksana":
        return is_called(record, item.pelaksana, value)
    found = value_text(getattr(item, key))
    return found is not None and same_words(found, value)

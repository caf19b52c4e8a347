"""The targets of places: how a reviewer names what stands somewhere in a record, and what may be meant by a name.

The way back, from a target to its places, is `address`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from pipeline.corrections.address import Criterion, Segment, Target, TargetSyntaxError, locate, parse_target
from pipeline.corrections.fields import FIELDS, FieldKind
from pipeline.corrections.problem import UnresolvedNameError
from pipeline.corrections.references import symbol_reference
from pipeline.corrections.wording import value_text
from pipeline.corrections.working_record import get, get_or_none
from pipeline.model.pointer import KeyPath, split_pointer
from pipeline.model.record import FlowEdge, Kegiatan, Node, Pelaksana, Record

_NAME = re.compile(r"[A-Za-z_][\w-]*")
_MOST = 3  # how many targets are suggested for one that leads to nothing


def target_of(record: Record, path: KeyPath) -> str | None:
    """Name a place; None where nothing there can be corrected.

    >>> from pipeline.model.record import Source
    >>> some = Record(id="a/01", source=Source(file="a", sha256="", pages=(1, 1), kind="text"))
    >>> target_of(some.model_copy(update={"kegiatan": [Kegiatan(no=1)]}), ("kegiatan", 0, "mutu_baku", "waktu"))
    'kegiatan[no=1]/mutu_baku/waktu'
    """
    target, pattern = "", ""
    for depth, part in enumerate(path):
        if isinstance(part, int):
            pattern = f"{pattern}/*"
            target = _item(record, target, path[: depth + 1], FIELDS.get(pattern))
        else:
            in_words = FIELDS.get(pattern) == "words"
            name = part if not in_words or _NAME.fullmatch(part) else _in_quotes(part)
            pattern = f"{pattern}/*" if in_words else f"{pattern}/{part}".lstrip("/")
            target = f"{target}/{name}".lstrip("/")
        if pattern not in FIELDS:
            return None
    return target or None


def place_named(record: Record, at: str) -> str | None:
    """Name what a JSON pointer leads to, or the nearest thing around it that can be corrected; None where none is."""
    path: KeyPath = ()
    for part in split_pointer(at):
        things = get_or_none(record, path)
        below = (*path, int(part) if isinstance(things, list) and part.isdigit() else part)
        missing = isinstance(things, list) and not (part.isdigit() and int(part) < len(things))
        if missing or target_of(record, below) is None:
            break
        path = below
    return target_of(record, path)


def suggestions(record: Record, target: Target) -> list[str]:
    """Name what a target may mean that leads to nothing: the things of its kind, those most like it first."""
    paths: list[KeyPath] = [()]
    for depth, segment in enumerate(target):
        here = _located(record, (*target[:depth], segment))
        if not here:
            heads = _alike(record, target[:depth], segment, paths)
            tail = "".join(f"/{written(rest)}" for rest in target[depth + 1 :])
            return [name for head in heads if len(_located(record, _parsed(name := head + tail))) == 1][:_MOST]
        paths = here
    return []


def written(segment: Segment) -> str:
    """Write a segment as it stands in a target."""
    name = segment.name if _NAME.fullmatch(segment.name) else _in_quotes(segment.name)
    return name + "".join(f"[{_criterion(criterion)}]" for criterion in segment.criteria)


def quoted(value: str) -> str:
    """Write a value as it may stand in brackets, in quotes only where it must be.

    >>> quoted("3"), quoted('Perda, 2013')
    ('3', '"Perda, 2013"')
    """
    plain = bool(value) and value == value.strip() and not re.search(r'[,\]\["=\\/]', value)
    return value if plain else _in_quotes(value)


def _in_quotes(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _criterion(criterion: Criterion) -> str:
    values = ",".join(quoted(value) for value in criterion.values)
    return values if criterion.key is None else f"{criterion.key}={values}"


def _located(record: Record, target: Target | None) -> list[KeyPath]:
    try:
        return locate(record, target) if target else []
    except UnresolvedNameError:
        return []


def _parsed(text: str) -> Target | None:
    try:
        return parse_target(text)
    except TargetSyntaxError:
        return None


def _item(record: Record, before: str, path: KeyPath, kind: FieldKind | None) -> str:
    """The target of an item of the list that `before` names: the first way to call it that means it alone."""
    item, place = get(record, path), int(path[-1]) + 1
    for criteria in _ways_to_call(record, item, place, kind):
        name = f"{before}{criteria}"
        if _located(record, _parsed(name)) == [path]:
            return name
    return f"{before}[nth={place}]"


def _ways_to_call(record: Record, item: Any, place: int, kind: FieldKind | None) -> Iterator[str]:
    if isinstance(item, Kegiatan):
        yield f"[no={item.no}]"
    elif isinstance(item, Pelaksana) or kind == "performer-ref":
        yield f"[{quoted(item if isinstance(item, str) else item.id)}]"
    elif isinstance(item, Node):
        yield f"[{_symbol(record, item.id)}]"
        yield f"[id={quoted(item.id)}]"
    elif isinstance(item, FlowEdge):
        yield from _edge(record, item)
    else:
        yield f"[{place}]"


def _edge(record: Record, edge: FlowEdge) -> Iterator[str]:
    steps = {node.id: node.kegiatan for node in record.flow.nodes}
    ends = (edge.source, edge.target)
    if all(steps.get(end) for end in ends):
        yield f"[{steps[ends[0]]}->{steps[ends[1]]}]"
    full = f"[from={_symbol(record, edge.source)}][to={_symbol(record, edge.target)}]"
    yield full
    if edge.label:
        yield f"{full}[label={quoted(edge.label)}]"


def _symbol(record: Record, node: str) -> str:
    name = symbol_reference(record, node)
    return ",".join(quoted(str(part)) for part in name) if isinstance(name, list) else quoted(str(name))


def _alike(record: Record, before: Target, segment: Segment, paths: Sequence[KeyPath]) -> list[str]:
    """The targets of the items of a list, or of the columns of a table, where `segment` leads to none of them."""
    found = []
    for path in paths:
        things = get_or_none(record, (*path, segment.name) if segment.criteria else path)
        inside = (*path, segment.name) if segment.criteria else path
        if isinstance(things, list | dict):
            keys: Sequence[int | str] = range(len(things)) if isinstance(things, list) else list(things)
            scored = [(_likeness(record, segment, get(record, (*inside, key)), key), key) for key in keys]
            best = sorted(scored, key=lambda pair: -pair[0])
            found += [name for _, key in best if (name := target_of(record, (*inside, key)))]
    return found


def _likeness(record: Record, segment: Segment, thing: Any, key: int | str) -> float:
    """How like a thing is to what the criteria of a segment ask for; greater is more like it."""
    asked = [value for criterion in segment.criteria for value in criterion.values] or [segment.name]
    if isinstance(thing, Kegiatan):
        number = next((int(value) for value in asked if value.isdigit()), None)
        return _same(asked, [thing.uraian or ""]) if number is None else -abs(thing.no - number)
    if isinstance(thing, Pelaksana):
        return _same(asked, [thing.id, thing.nama, thing.label])
    if isinstance(thing, Node):
        return _same([",".join(asked)], [_symbol(record, thing.id)])
    if isinstance(thing, FlowEdge):
        ends = [_symbol(record, thing.source), _symbol(record, thing.target)]
        return _same([",".join(asked).replace("->", ",")], [",".join(ends), "".join(end.split(",")[0] for end in ends)])
    return _same(asked, [value_text(thing) or "", str(key)])


def _same(asked: Sequence[str], names: Sequence[str]) -> float:
    pairs = ((one.casefold(), other.casefold()) for one in asked for other in names)
    return max((SequenceMatcher(None, one, other).ratio() for one, other in pairs), default=0.0)

"""From the names in a correction to places in a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel

from pipeline.corrections.address import Criterion, Step, Target
from pipeline.corrections.fields import FIELDS, KEYS, NTH, Kind
from pipeline.corrections.problem import Unresolved
from pipeline.corrections.tree import get
from pipeline.corrections.wording import name_key, same_words, text_of
from pipeline.corrections.yaml_positions import Path
from pipeline.model.record import FlowEdge, Node, Record


def locate(record: Record, target: Target) -> list[Path]:
    """Every place that a target names: one where all is well, none where nothing is there by that name."""
    places: list[Path] = [()]
    pattern = ""
    for step in target:
        pattern = "/".join(filter(None, (pattern, "*" if FIELDS.get(pattern) == "words" else step.name)))
        places = [below for place in places for below in _below(record, place, step.name)]
        if step.criteria:
            pattern = f"{pattern}/*"
            places = [item for place in places for item in _chosen(record, place, step, FIELDS[pattern])]
    return places


def pelaksana_id(record: Record, name: str) -> str:
    """The id of the performer that is called `name`: by id, by name or by what is printed; Unresolved else."""
    if any(column.id == name for column in record.pelaksana):
        return name
    key = name_key(name)
    found = [c.id for c in record.pelaksana if key in (name_key(c.nama), name_key(c.label), name_key(c.id))]
    if len(found) != 1:
        raise Unresolved(len(found), f"pelaksana '{name}'")
    return found[0]


def step_no(record: Record, name: str) -> int:
    """The step that is called `name`, by its place; Unresolved where there is none."""
    found = [step.no for step in record.kegiatan if str(step.no) == name.strip()]
    if not found:
        raise Unresolved(0, f"kegiatan {name}")
    return found[0]


def nodes_at(record: Record, values: Sequence[str]) -> list[Node]:
    """The symbols meant by (id), or by (no, pelaksana), and where a cell has several by kind or by their order in it.

    ("3", "kabag-organisasi"), ("3", "kabag-organisasi", "decision"), ("3", "kabag-organisasi", "2"), ("n4",)
    """
    if len(values) == 1:
        return [node for node in record.flow.nodes if node.id == values[0]]
    try:
        no, who = step_no(record, values[0]), pelaksana_id(record, values[1])
    except Unresolved as unresolved:
        if unresolved.found:
            raise
        return []
    found = [node for node in record.flow.nodes if (node.kegiatan, node.pelaksana) == (no, who)]
    for value in values[2:]:
        found = _nth(found, value) if value.isdigit() else [node for node in found if node.kind == value]
    return found


def node_id(record: Record, values: Sequence[str]) -> str:
    """The id of the one symbol meant; Unresolved where it is none or several."""
    found = nodes_at(record, values)
    if len(found) != 1:
        raise Unresolved(len(found), f"symbol {', '.join(values)}")
    return found[0].id


def _below(record: Record, place: Path, name: str) -> Iterator[Path]:
    """The place of `name` in the thing at `place`, if it has one; a group's field always is, even where it is null."""
    thing = get(record, place)
    if isinstance(thing, BaseModel) or (isinstance(thing, dict) and name in thing):
        yield (*place, name)


def _chosen(record: Record, place: Path, step: Step, kind: Kind) -> list[Path]:
    items = list(enumerate(get(record, place)))
    for criterion in step.criteria:
        if criterion.key == NTH:
            items = _nth(items, criterion.values[0])
        else:
            items = [(index, item) for index, item in items if _meets(record, item, criterion, kind)]
    return [(*place, index) for index, _ in items]


def _nth(found: list[Any], number: str) -> list[Any]:
    place = int(number) - 1 if number.isdigit() else -1
    return found[place : place + 1] if place >= 0 else []


def _meets(record: Record, item: Any, criterion: Criterion, kind: Kind) -> bool:
    key, values = criterion.key or KEYS[kind][0], criterion.values
    if isinstance(item, FlowEdge) and key in ("from", "to"):
        end = item.source if key == "from" else item.target
        return any(node.id == end for node in nodes_at(record, values))
    if isinstance(item, Node) and key == "at":
        return any(node.id == item.id for node in nodes_at(record, values))
    value = ", ".join(values)
    if kind == "performer" and criterion.key is None:
        return _is_called(record, item.id, value)
    if isinstance(item, str):
        return _is_called(record, item, value) if kind == "performer-ref" else same_words(item, value)
    return _reads(record, item, key, value)


def _reads(record: Record, item: Any, key: str, value: str) -> bool:
    """Whether a thing's `key` reads `value`; a symbol's performer may be called by any of its names."""
    if isinstance(item, Node) and key == "pelaksana":
        return item.pelaksana is not None and _is_called(record, item.pelaksana, value)
    found = text_of(getattr(item, key))
    return found is not None and same_words(found, value)


def _is_called(record: Record, performer: str, name: str) -> bool:
    try:
        return pelaksana_id(record, name) == performer
    except Unresolved:
        return False

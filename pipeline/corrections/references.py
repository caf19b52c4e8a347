"""Performers, steps and symbols by the names that reviewers give them, and those names from the record's ids."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TypeVar

from pipeline.corrections.problem import UnresolvedNameError
from pipeline.corrections.wording import name_key
from pipeline.corrections.yaml_positions import Number, YamlValue
from pipeline.message import msg
from pipeline.model.record import Node, Record

T = TypeVar("T")


def pelaksana_id(record: Record, name: str) -> str:
    """Find the id of a performer by its id, its name or its printed label.

    Raises:
        UnresolvedNameError: None, or more than one, is called so.
    """
    if any(column.id == name for column in record.pelaksana):
        return name
    key = name_key(name)
    found = [c.id for c in record.pelaksana if key in (name_key(c.nama), name_key(c.label), name_key(c.id))]
    if len(found) != 1:
        raise UnresolvedNameError(len(found), f"pelaksana '{name}'", like_pelaksana(record, name))
    return found[0]


def like_pelaksana(record: Record, name: str) -> list[str]:
    """List the ids of performers whose names are like one that nobody has."""
    ids = {
        name_key(called): column.id for column in record.pelaksana for called in (column.id, column.nama, column.label)
    }
    near = get_close_matches(name_key(name), ids, n=len(ids) or 1)
    return list(dict.fromkeys(ids[key] for key in near))


def is_called(record: Record, performer: str | None, name: str) -> bool:
    """Whether the performer with this id, and no other, is called `name`."""
    try:
        return performer is not None and pelaksana_id(record, name) == performer
    except UnresolvedNameError:
        return False


def step_no(record: Record, name: str) -> int:
    """Find the number of a step, which is its place from 1, by that number as written.

    Raises:
        UnresolvedNameError: There is no such step.
    """
    found = [step.no for step in record.kegiatan if str(step.no) == name.strip()]
    if not found:
        steps = [str(step.no) for step in record.kegiatan]
        raise UnresolvedNameError(0, f"kegiatan {name}", steps[-1:] if name.strip().isdigit() else ())
    return found[0]


def nodes_at(record: Record, values: Sequence[str]) -> list[Node]:
    """Find symbols by id, or by step and performer.

    Args:
        record: Where to look.
        values: ("n4",), or ("3", "kabag-organisasi"); where a cell has several symbols a third value tells the kind
            or the place among them from 1: ("3", "kabag-organisasi", "decision"), ("3", "kabag-organisasi", "2").

    Raises:
        UnresolvedNameError: Several performers have that name.
    """
    if len(values) == 1:
        return [node for node in record.flow.nodes if node.id == values[0]]
    try:
        no, performer = step_no(record, values[0]), pelaksana_id(record, values[1])
    except UnresolvedNameError as unresolved:
        if unresolved.found:
            raise
        return []
    found = [node for node in record.flow.nodes if (node.kegiatan, node.pelaksana) == (no, performer)]
    for value in values[2:]:
        found = nth_of(found, value) if value.isdigit() else [node for node in found if node.kind == value]
    return found


def node_id(record: Record, values: Sequence[str]) -> str:
    """Find the id of the one symbol that `values` mean, as `nodes_at` takes them.

    Raises:
        UnresolvedNameError: They mean none, or several.
    """
    found = nodes_at(record, values)
    if len(found) != 1:
        raise UnresolvedNameError(len(found), msg("symbol {name}", name=", ".join(values)), _beside(record, values[0]))
    return found[0].id


def _beside(record: Record, step: str) -> list[str]:
    """The symbols of a step; of the last one where there is no such step."""
    steps = [str(node.kegiatan) for node in record.flow.nodes]
    meant = step if step in steps else steps[-1] if steps else ""
    ids = [node.id for node in record.flow.nodes if str(node.kegiatan) == meant]
    names = [symbol_reference(record, node) for node in ids]
    return [f"[{', '.join(map(str, name))}]" if isinstance(name, list) else str(name) for name in names]


def nth_of(found: list[T], number: str) -> list[T]:
    """Keep the item at a place, written in digits and counted from 1; no item where there is none."""
    place = int(number) - 1 if number.isdigit() else -1
    return found[place : place + 1] if place >= 0 else []


def symbol_reference(record: Record, node: str) -> YamlValue:
    """Name a symbol as reviewers do; the way back is `node_id`.

    Args:
        record: Where it stands.
        node: Its id.

    Returns:
        [no, pelaksana], with its kind or its place in the cell where that is not enough; its id where it stands in no
        step or column.
    """
    found = next((other for other in record.flow.nodes if other.id == node), None)
    if found is None or found.kegiatan is None or found.pelaksana is None:
        return node
    cell: list[YamlValue] = [Number(found.kegiatan), found.pelaksana]
    beside = [n for n in record.flow.nodes if (n.kegiatan, n.pelaksana) == (found.kegiatan, found.pelaksana)]
    if len(beside) == 1:
        return cell
    if sum(other.kind == found.kind for other in beside) == 1:
        return [*cell, found.kind]
    return [*cell, Number(1 + [other.id for other in beside].index(found.id))]

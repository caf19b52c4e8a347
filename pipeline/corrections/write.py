"""Putting values into a record, and taking them out, with whatever must follow from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from pipeline.corrections import cascade
from pipeline.corrections.entry import Entry
from pipeline.corrections.fields import FIELDS, FieldKind
from pipeline.corrections.matching import matches
from pipeline.corrections.problem import InvalidValueError, UnresolvedNameError
from pipeline.corrections.references import pelaksana_id
from pipeline.corrections.values import Values, blank
from pipeline.corrections.wording import is_blank, name_key, value_text
from pipeline.corrections.working_record import WorkingRecord, get, get_or_none
from pipeline.message import Message, msg
from pipeline.model.pointer import KeyPath
from pipeline.model.record import FlowEdge, Kegiatan, Node, Pelaksana, Record


def set_value(working: WorkingRecord, pattern: str, path: KeyPath, value: Any) -> WorkingRecord:
    """Put a value in its place, keep the rest of the record true to it, and note the change in the evidence.

    Args:
        working: The record.
        pattern: The field.
        path: Where it stands.
        value: The value, as `values.Values` made it.
    """
    before = get_or_none(working.record, path)
    return _put(working, pattern, path, value).note_change(path, _noted(before), _noted(value))


def remove_value(working: WorkingRecord, pattern: str, path: KeyPath) -> WorkingRecord:
    """Take an item out of its list, or leave nothing in a field.

    Raises:
        InvalidValueError: A record must have it.
    """
    kind = FIELDS[pattern]
    place = int(path[-1]) if isinstance(path[-1], int) else 0
    if kind == "step":
        return cascade.remove_step(working, place)
    if kind == "symbol":
        return cascade.remove_node(working, place)
    if kind == "performer":
        return cascade.remove_column(working, place)
    if kind == "performer-ref" and pattern.endswith("/*"):
        names = get(working.record, path[:-1])
        return cascade.set_performers(working, int(path[1]), [n for i, n in enumerate(names) if i != place])
    if pattern.endswith("/*"):
        return working.remove(path)
    return set_value(working, pattern, path, blank(pattern))


def _put(working: WorkingRecord, pattern: str, path: KeyPath, value: Any) -> WorkingRecord:
    if pattern.startswith("pelaksana/*"):
        return _put_column(working, pattern, path, value)
    if pattern == "kegiatan/*/pelaksana":
        return cascade.set_performers(working, int(path[1]), value)
    if pattern == "kegiatan/*/pelaksana/*":
        names = get(working.record, path[:-1])
        changed = [value if place == path[-1] else name for place, name in enumerate(names)]
        return cascade.set_performers(working, int(path[1]), changed)
    if pattern in ("flow/nodes/*/kegiatan", "flow/nodes/*/pelaksana"):
        node = working.record.flow.nodes[int(path[2])].model_copy(update={str(path[3]): value})
        return cascade.move_node(working, int(path[2]), node)
    return working.put(path, value)


def _put_column(working: WorkingRecord, pattern: str, path: KeyPath, value: Any) -> WorkingRecord:
    """A Pelaksana, or one of its names. Its id follows its `nama` unless it is given."""
    place = int(path[1])
    old = working.record.pelaksana[place]
    column = value if pattern == "pelaksana/*" else old.model_copy(update={str(path[2]): value})
    return cascade.set_column(working, place, column)


def _noted(value: Any) -> str:
    """A value in one string, for the evidence."""
    if isinstance(value, list | tuple):
        return "\n".join(_noted(item) for item in value)
    if isinstance(value, BaseModel) and value_text(value) is None:
        return value.model_dump_json(by_alias=True)
    return value_text(value) or ""


@dataclass(frozen=True)
class Insertion:
    """An insert that was looked into and not carried out yet.

    Attributes:
        carry_out: Takes the record, gives it back with the new thing, and where that stands.
        there: Where the new thing stands already; empty where it does not.
        expected: Whether what stands at its place is what the entry expects there.
        instead: What stands at its place.
        detail: What is unexpected about that, in words.
    """

    carry_out: Callable[[WorkingRecord], tuple[WorkingRecord, tuple[KeyPath, ...]]]
    there: tuple[KeyPath, ...] = ()
    expected: bool = True
    instead: Any = None
    detail: Message | None = None


def insertion(record: Record, entry: Entry, values: Values, path: KeyPath) -> Insertion:
    """Look into the insert that an entry asks for: an item of a list, or the value of a field that is blank.

    Args:
        record: The record as it is.
        entry: The entry.
        values: Makes values for the record.
        path: The list, or the field.

    Raises:
        InvalidValueError: The value, or its place, is none that the list or field can take.
        UnresolvedNameError: A name in it leads to nothing, or to several things.
    """
    if entry.kind != "list":
        return _into_field(record, entry, values, path)
    kind = FIELDS[f"{entry.pattern}/*"]
    item = values.of(f"{entry.pattern}/*", entry.value)
    there = _already(record, values, entry, path, item, kind)
    place = _place(record, entry, path, kind)
    expected, instead = _expected(record, entry, values, path, place)
    return Insertion(
        carry_out=lambda working: _put_in(working, path, place, item),
        there=there,
        expected=expected,
        instead=instead,
        detail=None if expected else msg("something else stands at its place"),
    )


def _into_field(record: Record, entry: Entry, values: Values, path: KeyPath) -> Insertion:
    """The value of a field, or of the fields of a group, that must be blank."""
    leaves = []
    for pattern, leaf, given in values.leaves(entry.pattern, path, entry.value):
        current = get_or_none(record, leaf)
        leaves.append((pattern, leaf, values.of(pattern, given, current), current))
    paths = tuple(leaf for _, leaf, _, _ in leaves)

    def carry_out(working: WorkingRecord) -> tuple[WorkingRecord, tuple[KeyPath, ...]]:
        for pattern, leaf, value, _ in leaves:
            working = set_value(working, pattern, leaf, value)
        return working, paths

    taken = [current for _, _, value, current in leaves if not is_blank(current) and current != value]
    same = all(value == current for _, _, value, current in leaves)
    detail = msg("it is not blank") if taken else None
    return Insertion(carry_out, paths if same else (), not taken, taken[0] if taken else None, detail)


def _already(
    record: Record, values: Values, entry: Entry, path: KeyPath, item: Any, kind: FieldKind
) -> tuple[KeyPath, ...]:
    """Where the new thing stands already.

    A step, and a column that is to come after another, is looked for only at its very place, anything else wherever it
    is. Symbols of one kind in one cell, and connectors between the same symbols, are counted: `nth` says which of its
    likes, from 1, the new one is.
    """
    if kind == "step":
        place = _place(record, entry, path, kind)
        step = (*path, place)
        there = place < len(record.kegiatan) and matches(values, "kegiatan/*", step, entry.value, printed=False)
        return (step,) if there else ()
    if kind == "performer" and "after" in entry.given:
        place = _place(record, entry, path, kind)
        there = place < len(record.pelaksana) and _same(record.pelaksana[place], item)
        return ((*path, place),) if there else ()
    likes = [(*path, place) for place, other in enumerate(get(record, path)) if _same(other, item)]
    nth = int(str(entry.value.get("nth") or 1)) if isinstance(entry.value, dict) else 1
    return tuple(likes[nth - 1 : nth])


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Node) and isinstance(other, Node):
        cell = (one.kegiatan, one.pelaksana, one.kind) == (other.kegiatan, other.pelaksana, other.kind)
        return cell and other.label in (None, one.label)
    if isinstance(one, Pelaksana) and isinstance(other, Pelaksana):
        return name_key(one.nama) == name_key(other.nama)
    return bool(one == other)


def _place(record: Record, entry: Entry, path: KeyPath, kind: FieldKind) -> int:
    """The place, from 0, that `after` (or a step's `no`) says; the end where nothing does."""
    items = get(record, path)
    after = entry.given.get("after")
    if kind == "step":
        return _step_place(entry, len(items))
    if after is None:
        return len(items)
    if kind in ("performer", "performer-ref") and not str(after).isdecimal():
        ids = [getattr(item, "id", item) for item in items]
        name = pelaksana_id(record, str(after))
        if name not in ids:
            raise UnresolvedNameError(0, f"pelaksana '{after}'")
        return ids.index(name) + 1
    if not str(after).isdecimal():
        raise InvalidValueError(
            msg("after: '{after}' is no place: 0 is the front, 1 after the first", after=str(after))
        )
    if int(str(after)) > len(items):
        raise UnresolvedNameError(0, msg("item {number}", number=str(after)), [str(len(items))])
    return int(str(after))


def _step_place(entry: Entry, steps: int) -> int:
    no = entry.value.get("no") if isinstance(entry.value, dict) else None
    after = entry.given.get("after")
    if after is not None and not str(after).isdecimal():
        raise InvalidValueError(msg("after: '{after}' is no step's number", after=str(after)))
    if after is not None and no is not None and int(str(no)) != int(str(after)) + 1:
        raise InvalidValueError(
            msg(
                "a step after {after} has the number {wanted}, not {no}",
                after=str(after),
                wanted=int(str(after)) + 1,
                no=str(no),
            )
        )
    place = int(str(after)) if after is not None else int(str(no)) - 1 if no is not None else steps
    if place > steps:
        raise UnresolvedNameError(0, f"kegiatan {place}", [str(steps)])
    return place


def _expected(record: Record, entry: Entry, values: Values, path: KeyPath, place: int) -> tuple[bool, Any]:
    """Whether what stands where the new thing goes is what the entry expects there, and what it is."""
    items = get(record, path)
    instead = items[place] if place < len(items) else None
    if not entry.expects:
        return True, instead
    if instead is None or is_blank(entry.expect):
        return instead is None and is_blank(entry.expect), instead
    return matches(values, f"{entry.pattern}/*", (*path, place), entry.expect), instead


def _put_in(working: WorkingRecord, path: KeyPath, place: int, item: Any) -> tuple[WorkingRecord, tuple[KeyPath, ...]]:
    if isinstance(item, Kegiatan):
        return cascade.insert_step(working, place, item), ((*path, place),)
    if isinstance(item, Node):
        done = cascade.insert_node(working, item)
        return done, ((*path, done.record.flow.nodes.index(item)),)
    if isinstance(item, FlowEdge):
        return cascade.insert_edge(working, item), ((*path, len(working.record.flow.edges)),)
    if len(path) == 3 and path[0] == "kegiatan":
        names = get(working.record, path)
        return cascade.set_performers(working, int(path[1]), [*names[:place], item, *names[place:]]), (path,)
    return working.insert(path, place, item), ((*path, place),)

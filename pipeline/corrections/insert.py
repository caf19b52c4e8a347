"""What an insert comes to: where the new thing goes, and whether it is there already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.corrections import cascade
from pipeline.corrections.entry import Entry
from pipeline.corrections.fields import FIELDS, Kind
from pipeline.corrections.matching import reads
from pipeline.corrections.problem import Refused, Unresolved
from pipeline.corrections.references import pelaksana_id
from pipeline.corrections.tree import get
from pipeline.corrections.values import Values
from pipeline.corrections.wording import is_blank, name_key
from pipeline.corrections.working_record import Working
from pipeline.corrections.write import written
from pipeline.corrections.yaml_positions import Path
from pipeline.model.record import FlowEdge, Kegiatan, Node, Pelaksana, Record

Done = Callable[[Working], tuple[Working, tuple[Path, ...]]]


@dataclass(frozen=True)
class Insertion:
    """`there` are the places of the thing where it is in the record already; else `done` puts it in, if what stands at
    its place is what the reviewer `expected`; `instead` stands there."""

    done: Done
    there: tuple[Path, ...] = ()
    expected: bool = True
    instead: Any = None
    detail: str = ""


def insertion(record: Record, entry: Entry, values: Values, place: Path) -> Insertion:
    """The insertion that an entry asks for at `place`: an item of a list, or the value of a field that is blank."""
    if entry.kind != "list":
        return _into_field(record, entry, values, place)
    item_kind = FIELDS[f"{entry.pattern}/*"]
    item = values.of(f"{entry.pattern}/*", entry.value)
    there = _already(record, values, entry, place, item, item_kind)
    at = _place(record, entry, place, item_kind)
    expected, instead = _expected(record, entry, values, place, at)
    return Insertion(
        done=lambda working: _put_in(working, place, at, item),
        there=there,
        expected=expected,
        instead=instead,
        detail="" if expected else "something else stands at its place",
    )


def _into_field(record: Record, entry: Entry, values: Values, place: Path) -> Insertion:
    """The value of a field, or of the fields of a group, that must be blank."""
    leaves = []
    for pattern, path, said in values.leaves(entry.pattern, place, entry.value):
        current = _get_or_none(record, path)
        leaves.append((pattern, path, values.of(pattern, said, current), current))
    paths = tuple(path for _, path, _, _ in leaves)

    def done(working: Working) -> tuple[Working, tuple[Path, ...]]:
        for pattern, path, value, _ in leaves:
            working = written(working, pattern, path, value)
        return working, paths

    taken = [current for _, _, value, current in leaves if not is_blank(current) and current != value]
    same = all(value == current for _, _, value, current in leaves)
    detail = "it is not blank" if taken else ""
    return Insertion(done, paths if same else (), not taken, taken[0] if taken else None, detail)


def _already(record: Record, values: Values, entry: Entry, place: Path, item: Any, kind: Kind) -> tuple[Path, ...]:
    """Where the new thing stands already: a step, and a column that is to come after another, only at its very
    place, anything else wherever it is.

    Symbols of one kind in one cell, and connectors between the same symbols, are counted: `nth` says which
    of its likes, from 1, the new one is.
    """
    if kind == "step":
        at = _place(record, entry, place, kind)
        there = at < len(record.kegiatan)
        same = there and reads(values, "kegiatan/*", (*place, at), entry.value, printed=False)
        return ((*place, at),) if same else ()
    if kind == "performer" and "after" in entry.given:
        at = _place(record, entry, place, kind)
        return ((*place, at),) if at < len(record.pelaksana) and _same(record.pelaksana[at], item) else ()
    likes = [(*place, index) for index, other in enumerate(get(record, place)) if _same(other, item)]
    nth = int(str(entry.value.get("nth") or 1)) if isinstance(entry.value, dict) else 1
    return tuple(likes[nth - 1 : nth])


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Node) and isinstance(other, Node):
        named = (one.kegiatan, one.pelaksana, one.kind) == (other.kegiatan, other.pelaksana, other.kind)
        return named and other.label in (None, one.label)
    if isinstance(one, Pelaksana) and isinstance(other, Pelaksana):
        return name_key(one.nama) == name_key(other.nama)
    return bool(one == other)


def _place(record: Record, entry: Entry, place: Path, kind: Kind) -> int:
    """The place, from 0, that `after` (or a step's `no`) says; the end where nothing does."""
    items = get(record, place)
    after = entry.given.get("after")
    if kind == "step":
        return _step_place(entry, len(items))
    if after is None:
        return len(items)
    if kind in ("performer", "performer-ref") and not str(after).isdecimal():
        ids = [getattr(item, "id", item) for item in items]
        name = pelaksana_id(record, str(after))
        if name not in ids:
            raise Unresolved(0, f"pelaksana '{after}'")
        return ids.index(name) + 1
    if not str(after).isdecimal():
        raise Refused(f"after: '{after}' is no place: 0 is the front, 1 after the first")
    if int(str(after)) > len(items):
        raise Unresolved(0, f"item {after}")
    return int(str(after))


def _step_place(entry: Entry, steps: int) -> int:
    no = entry.value.get("no") if isinstance(entry.value, dict) else None
    after = entry.given.get("after")
    if after is not None and not str(after).isdecimal():
        raise Refused(f"after: '{after}' is no step's number")
    if after is not None and no is not None and int(str(no)) != int(str(after)) + 1:
        raise Refused(f"a step after {after} has the number {int(str(after)) + 1}, not {no}")
    place = int(str(after)) if after is not None else int(str(no)) - 1 if no is not None else steps
    if place > steps:
        raise Unresolved(0, f"kegiatan {place}")
    return place


def _expected(record: Record, entry: Entry, values: Values, place: Path, at: int) -> tuple[bool, Any]:
    """Whether what stands where the new thing goes is what the entry expects there, and what it is."""
    items = get(record, place)
    instead = items[at] if at < len(items) else None
    if not entry.expects:
        return True, instead
    if instead is None or is_blank(entry.expect):
        return instead is None and is_blank(entry.expect), instead
    return reads(values, f"{entry.pattern}/*", (*place, at), entry.expect), instead


def _put_in(working: Working, place: Path, at: int, item: Any) -> tuple[Working, tuple[Path, ...]]:
    if isinstance(item, Kegiatan):
        return cascade.insert_step(working, at, item), ((*place, at),)
    if isinstance(item, Node):
        done = cascade.insert_node(working, item)
        return done, ((*place, done.record.flow.nodes.index(item)),)
    if isinstance(item, FlowEdge):
        return cascade.insert_edge(working, item), ((*place, len(working.record.flow.edges)),)
    if len(place) == 3 and place[0] == "kegiatan":
        names = get(working.record, place)
        return cascade.set_performers(working, int(place[1]), [*names[:at], item, *names[at:]]), (place,)
    return working.insert(place, at, item), ((*place, at),)


def _get_or_none(record: Record, path: Path) -> Any:
    try:
        return get(record, path)
    except LookupError:
        return None

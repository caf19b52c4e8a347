"""A record while its corrections are applied: one place of it read or replaced, and what points into it moved along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import BaseModel

from pipeline.model.pointer import KeyPath, is_within, pointer
from pipeline.model.record import ChangeNote, Evidence, Record

V = TypeVar("V")
PointerMap = Callable[[str], str | None]
"""Where a JSON pointer leads after a change; None where nothing is left for it to lead to."""


def get(thing: Any, path: KeyPath) -> Any:
    """Read what stands at a path of a record, or of a part of one.

    Raises:
        LookupError: Nothing stands there.
    """
    for part in path:
        if isinstance(thing, BaseModel):
            thing = getattr(thing, _attribute(thing, str(part)))
        elif isinstance(thing, Mapping | list):
            items: Any = thing
            thing = items[part]
        else:
            raise LookupError(pointer(*path))
    return thing


def get_or_none(thing: Any, path: KeyPath) -> Any:
    """Read what stands at a path, None where nothing does."""
    try:
        return get(thing, path)
    except LookupError:
        return None


def put(thing: Any, path: KeyPath, value: Any) -> Any:
    """Copy a record, or a part of one, with `value` at `path`; the rest is shared with the original."""
    if not path:
        return value
    head, rest = path[0], path[1:]
    if isinstance(thing, BaseModel):
        name = _attribute(thing, str(head))
        return thing.model_copy(update={name: put(getattr(thing, name), rest, value)})
    if isinstance(thing, list):
        place = int(head)
        return [*thing[:place], put(thing[place], rest, value), *thing[place + 1 :]]
    return {**thing, head: put(thing.get(head), rest, value)}


def _attribute(model: BaseModel, name: str) -> str:
    """The Python name of a JSON key ("from" is `source` on an edge)."""
    fields = type(model).model_fields
    if name in fields:
        return name
    for attribute, info in fields.items():
        if info.alias == name:
            return attribute
    raise LookupError(name)


def list_shift(path: KeyPath, place: int, by: int) -> PointerMap:
    """Say how pointers move when one item of the list at `path` comes (by=1) or goes (by=-1) at `place`, from 0."""
    start = pointer(*path) + "/"

    def shifted(at: str) -> str | None:
        if not at.startswith(start):
            return at
        first, slash, rest = at[len(start) :].partition("/")
        if not first.isdigit() or int(first) < place:
            return at
        if by < 0 and int(first) == place:
            return None
        return f"{start}{int(first) + by}{slash}{rest}"

    return shifted


def list_order(path: KeyPath, order: Sequence[int]) -> PointerMap:
    """Say how pointers move when the items of the list at `path` stand in another order, told by their old places."""
    start = pointer(*path) + "/"
    to = {str(old): str(new) for new, old in enumerate(order)}

    def moved(at: str) -> str:
        if not at.startswith(start):
            return at
        first, slash, rest = at[len(start) :].partition("/")
        return f"{start}{to.get(first, first)}{slash}{rest}"

    return moved


@dataclass(frozen=True)
class WorkingRecord:
    """A record between two entries.

    Attributes:
        record: As the entries so far left it.
        key: Its own, while others come and go and ids follow their places.
        nomor: The nomor SOP that extraction read, by which entries still find the record after it was corrected.
        settled: Each JSON pointer that an entry applied or confirmed, with the turn in which that was.
        turn: How many entries have settled something so far.
    """

    record: Record
    key: int = 0
    nomor: str | None = None
    settled: tuple[tuple[str, int], ...] = ()
    turn: int = 0

    def put(self, path: KeyPath, value: Any) -> WorkingRecord:
        """Replace what stands at a path; the evidence stays as it is."""
        return replace(self, record=put(self.record, path, value))

    def insert(self, path: KeyPath, place: int, item: Any) -> WorkingRecord:
        """Put an item into the list at `path`, before the one that stands at `place` (from 0)."""
        items = get(self.record, path)
        grown = self.put(path, [*items[:place], item, *items[place:]])
        return grown.move_pointers(list_shift(path, place, 1))

    def remove(self, path: KeyPath) -> WorkingRecord:
        """Take out the list item or mapping key at `path`, with what points to it."""
        parent, last = path[:-1], path[-1]
        items = get(self.record, parent)
        if isinstance(items, list):
            rest = [item for place, item in enumerate(items) if place != last]
            return self.put(parent, rest).move_pointers(list_shift(parent, int(last), -1))
        gone = pointer(*path)
        rest_of = {key: item for key, item in items.items() if key != last}
        return self.put(parent, rest_of).move_pointers(lambda at: None if is_within(at, gone) else at)

    def move(self, path: KeyPath, place: int, to: int) -> WorkingRecord:
        """Put the item at `place` of the list at `path` to the place `to`, both from 0."""
        order = [index for index in range(len(get(self.record, path))) if index != place]
        return self.reorder(path, [*order[:to], place, *order[to:]])

    def reorder(self, path: KeyPath, order: Sequence[int]) -> WorkingRecord:
        """Put the items of the list at `path` into another order, told by their places as they stand, from 0."""
        items = get(self.record, path)
        return self.put(path, [items[place] for place in order]).move_pointers(list_order(path, order))

    def move_pointers(self, move: PointerMap) -> WorkingRecord:
        """Take evidence, issues and settled pointers where `move` says, and drop those that lead nowhere any more."""
        issues = [
            issue if to == issue.path else issue.model_copy(update={"path": to})
            for issue in self.record.issues
            if (to := move(issue.path)) is not None
        ]
        evidence = _rekeyed(self.record.evidence, move)
        settled = tuple((to, number) for at, number in self.settled if (to := move(at)) is not None)
        record = self.record.model_copy(update={"evidence": evidence, "issues": issues})
        return replace(self, record=record, settled=settled)

    def settle(self, paths: Iterable[KeyPath]) -> WorkingRecord:
        """Note that an entry settled these places: the issues there and below leave the review queue."""
        seen = tuple(pointer(*path) for path in paths)
        issues = [issue for issue in self.record.issues if not any(is_within(issue.path, at) for at in seen)]
        record = self.record
        if len(issues) < len(record.issues):
            record = record.model_copy(update={"issues": issues})
        turn = self.turn + 1
        return replace(self, record=record, settled=(*self.settled, *((at, turn) for at in seen)), turn=turn)

    def without_issues_at(self, path: KeyPath) -> WorkingRecord:
        """Drop the issues about the very thing at `path`, and keep those about a part of it."""
        at = pointer(*path)
        issues = [issue for issue in self.record.issues if issue.path != at]
        return replace(self, record=self.record.model_copy(update={"issues": issues}))

    def note_change(self, path: KeyPath, before: str, after: str) -> WorkingRecord:
        """Note in the evidence that a correction changed the value at `path`.

        Where it stands and what was printed stay true; the confidence was that of the old value and goes.
        """
        at = pointer(*path)
        seen = self.record.evidence.get(at) or Evidence()
        note = ChangeNote.model_validate({"rule": "correction", "from": before, "to": after})
        changed = seen.model_copy(update={"confidence": None, "changes": [*seen.changes, note]})
        others = {key: value for key, value in self.record.evidence.items() if not key.startswith(at + "/")}
        return replace(self, record=self.record.model_copy(update={"evidence": {**others, at: changed}}))


def _rekeyed(found: Mapping[str, V], move: PointerMap) -> dict[str, V]:
    return {to: value for at, value in found.items() if (to := move(at)) is not None}

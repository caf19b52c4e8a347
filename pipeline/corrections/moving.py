"""A step, or an item of a list of the cover, put elsewhere in its list: with all that was read of it, and where."""

from __future__ import annotations

from pipeline.corrections import cascade
from pipeline.corrections.entry import Entry
from pipeline.corrections.fields import FIELDS
from pipeline.corrections.matching import matches
from pipeline.corrections.problem import InvalidValueError, UnresolvedNameError
from pipeline.corrections.values import Values
from pipeline.corrections.working_record import WorkingRecord, get
from pipeline.corrections.yaml_positions import YamlValue
from pipeline.message import msg
from pipeline.model.pointer import KeyPath

STEP = "kegiatan/*"


def is_movable(pattern: str) -> bool:
    """Whether a field is an item of a list in which the order says something.

    >>> is_movable("kegiatan/*"), is_movable("header/peringatan/*"), is_movable("flow/nodes/*")
    (True, True, False)
    """
    return pattern == STEP or (pattern.startswith("header/") and FIELDS.get(pattern) in ("text", "citation"))


def destination(working: WorkingRecord, entry: Entry, path: KeyPath) -> int:
    """The place, from 0, at which an item stands after the move; `after` counts the items as they stand before it.

    Args:
        working: The record.
        entry: The entry that moves it.
        path: Where it stands.

    Raises:
        InvalidValueError: `after` is no place.
        UnresolvedNameError: The list has no such item.
    """
    after, items = str(entry.given["after"]), get(working.record, path[:-1])
    if not after.isdecimal():
        raise InvalidValueError(msg("after: '{after}' is no place: 0 is the front, 1 after the first", after=after))
    if int(after) > len(items):
        raise UnresolvedNameError(0, msg("item {number}", number=after), [str(len(items))])
    return int(after) - (int(after) > int(path[-1]))


def reads_as_expected(values: Values, entry: Entry, pattern: str, path: KeyPath) -> bool:
    """Whether what stands at a path is what the entry moves, as far as it says so; a step's number is its place."""
    expect: YamlValue = entry.expect
    if isinstance(expect, dict):
        expect = {key: part for key, part in expect.items() if key != "no"}
    return not entry.expects or matches(values, pattern, path, expect)


def moved(working: WorkingRecord, pattern: str, path: KeyPath, to: int) -> WorkingRecord:
    """Put the item at a path to another place of its list, from 0."""
    place = int(path[-1])
    return cascade.move_step(working, place, to) if pattern == STEP else working.move(path[:-1], place, to)

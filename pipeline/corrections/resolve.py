"""One entry upon one record: find the place, see whether what was expected still stands, and only then change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from pipeline.corrections.address import locate
from pipeline.corrections.entry import Action, Entry, Status
from pipeline.corrections.fields import FIELDS
from pipeline.corrections.matching import matches, matching_items
from pipeline.corrections.moving import destination, moved, reads_as_expected
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.problem import UnresolvedNameError, with_suggestions
from pipeline.corrections.removal import is_gone, is_like_one
from pipeline.corrections.targets import suggestions, target_of
from pipeline.corrections.values import Values, blank, yaml_value
from pipeline.corrections.wording import value_text
from pipeline.corrections.working_record import WorkingRecord, get, get_or_none
from pipeline.corrections.write import insertion, remove_value, set_value
from pipeline.corrections.yaml_edit import value_in_words
from pipeline.corrections.yaml_positions import YamlValue
from pipeline.message import Message, msg
from pipeline.model.pointer import KeyPath

_MOST_NAMED = 5  # of the things that one name may mean, so many are listed


@dataclass(frozen=True)
class Resolution:
    """How an entry ended upon a record.

    Attributes:
        status: How it ended.
        working: The record after it.
        paths: The places it is about.
        found: What stands there where something else was expected.
        detail: What else there is to say, in words.
    """

    status: Status
    working: WorkingRecord
    paths: tuple[KeyPath, ...] = ()
    found: YamlValue = None
    detail: Message | None = None


def resolve(working: WorkingRecord, entry: Entry, normalizer: Normalizer) -> Resolution:
    """Apply an entry to a record if what it expects is what the record reads.

    Raises:
        InvalidValueError: Its value is none that the field can take.
    """
    values = Values(working.record, normalizer)
    try:
        paths = locate(working.record, entry.target)
        if len(paths) != 1:
            return _not_one(working, entry, values, paths)
        return _ACTIONS[entry.action](working, entry, values, paths[0])
    except UnresolvedNameError as unresolved:
        return Resolution(unresolved.status, working, detail=unresolved.message)


def _not_one(working: WorkingRecord, entry: Entry, values: Values, paths: Sequence[KeyPath]) -> Resolution:
    """Nothing, or too much, by that name. A column that was to be renamed may already have its new name."""
    if not paths and entry.action == "set" and entry.kind == "performer" and isinstance(entry.value, str):
        named = matching_items(values, "pelaksana", ("pelaksana",), entry.value, printed=False)
        if len(named) == 1:
            return Resolution("already-true", working, tuple(named))
    if paths:
        names = [target_of(working.record, path) or "" for path in paths[:_MOST_NAMED]]
        detail = msg("{count} things have that name: {names}", count=len(paths), names=", ".join(names))
        return Resolution("ambiguous", working, tuple(paths), detail=detail)
    if entry.action == "remove" and is_gone(values, entry):
        return Resolution("already-true", working)
    near = suggestions(working.record, entry.target)
    return Resolution("orphan", working, detail=with_suggestions(msg("nothing there has that name"), near))


def _set(working: WorkingRecord, entry: Entry, values: Values, path: KeyPath) -> Resolution:
    if _is_about_one_item(entry, entry.value):
        return _set_item(working, entry, values, path)
    return _set_at(working, entry, values, entry.pattern, path)


def _set_at(working: WorkingRecord, entry: Entry, values: Values, pattern: str, path: KeyPath) -> Resolution:
    leaves = [
        (below, leaf, values.of(below, given, get_or_none(working.record, leaf)))
        for below, leaf, given in values.leaves(pattern, path, entry.value)
    ]
    paths = tuple(leaf for _, leaf, _ in leaves)
    if all(_is_there(working, leaf) and get(working.record, leaf) == value for _, leaf, value in leaves):
        return Resolution("already-true", working, paths)
    if entry.expects and not matches(values, pattern, path, entry.expect):
        return _stale(working, entry, pattern, path)
    for below, leaf, value in leaves:
        working = set_value(working, below, leaf, value)
    return Resolution("applied", working, paths)


def _set_item(working: WorkingRecord, entry: Entry, values: Values, path: KeyPath) -> Resolution:
    """One item of a list, named by what it had been read as."""
    named = matching_items(values, entry.pattern, path, entry.expect)
    if len(named) == 1:
        return _set_at(working, entry, values, f"{entry.pattern}/*", named[0])
    if named:
        return _several(working, named)
    there = matching_items(values, entry.pattern, path, entry.value, printed=False)
    if there:
        return Resolution("already-true", working, tuple(there))
    return _stale(working, entry, entry.pattern, path)


def _confirm(working: WorkingRecord, entry: Entry, values: Values, path: KeyPath) -> Resolution:
    if entry.value is True:
        if entry.expects and not matches(values, entry.pattern, path, entry.expect, printed=False):
            return _stale(working, entry, entry.pattern, path)
        return Resolution("confirmed", working, (path,))
    if _is_about_one_item(entry, entry.value):
        named = matching_items(values, entry.pattern, path, entry.value, printed=False)
        if len(named) > 1:
            return _several(working, named)
        return Resolution("confirmed", working, tuple(named)) if named else _stale(working, entry, entry.pattern, path)
    if not matches(values, entry.pattern, path, entry.value, printed=False):
        return _stale(working, entry, entry.pattern, path)
    whole = entry.kind not in ("step", "group")
    seen = (path,) if whole else tuple(leaf for _, leaf, _ in values.leaves(entry.pattern, path, entry.value))
    return Resolution("confirmed", working.without_issues_at(path), seen)


def _insert(working: WorkingRecord, entry: Entry, values: Values, path: KeyPath) -> Resolution:
    planned = insertion(working.record, entry, values, path)
    if planned.there:
        return Resolution("already-true", working, planned.there)
    if not planned.expected:
        return Resolution("stale", working, (path,), yaml_value(working.record, planned.instead), planned.detail)
    done, paths = planned.carry_out(working)
    return Resolution("applied", done, paths)


def _remove(working: WorkingRecord, entry: Entry, values: Values, path: KeyPath) -> Resolution:
    pattern = entry.pattern
    if _is_about_one_item(entry, entry.expect):
        named = matching_items(values, pattern, path, entry.expect)
        if len(named) != 1:
            if not named and not is_like_one(values, pattern, path, entry.expect):
                return Resolution("already-true", working)
            return _several(working, named) if named else _stale(working, entry, pattern, path)
        pattern, path = f"{pattern}/*", named[0]
    elif entry.expects and not matches(values, pattern, path, entry.expect):
        return _stale(working, entry, pattern, path)
    if not pattern.endswith("/*") and get(working.record, path) == blank(pattern):
        return Resolution("already-true", working, (path,))
    return Resolution("applied", remove_value(working, pattern, path), () if pattern.endswith("/*") else (path,))


def _move(working: WorkingRecord, entry: Entry, values: Values, path: KeyPath) -> Resolution:
    pattern = entry.pattern
    if _is_about_one_item(entry, entry.expect):
        named = matching_items(values, pattern, path, entry.expect)
        if len(named) != 1:
            return _several(working, named) if named else _stale(working, entry, pattern, path)
        pattern, path = f"{pattern}/*", named[0]
    to = destination(working, entry, path)
    if not reads_as_expected(values, entry, pattern, path):
        if reads_as_expected(values, entry, pattern, (*path[:-1], to)):
            return Resolution("already-true", working)
        return _stale(working, entry, pattern, path)
    if to == path[-1]:
        return Resolution("already-true", working)
    return Resolution("applied", moved(working, pattern, path, to))


def _several(working: WorkingRecord, named: Sequence[KeyPath]) -> Resolution:
    return Resolution("ambiguous", working, tuple(named), detail=msg("{count} items read so", count=len(named)))


def _is_about_one_item(entry: Entry, given: YamlValue) -> bool:
    """Whether an entry on a list is about one of its items, which `given` (of `set`, `confirm` or `expect`) names."""
    return entry.kind == "list" and given is not None and not isinstance(given, list)


def _stale(working: WorkingRecord, entry: Entry, pattern: str, path: KeyPath) -> Resolution:
    """Not applied: what stands there now is reported, in the form in which the entry speaks of it."""
    current = get(working.record, path)
    expected = entry.expect if entry.expects else entry.value
    found = yaml_value(working.record, current)
    if isinstance(expected, dict) and isinstance(found, dict):
        found = {key: found[key] for key in expected if key in found}
    elif isinstance(expected, str) and isinstance(found, list) and FIELDS[pattern] == "list":
        found = _nearest(expected, found)
    elif isinstance(expected, str):
        found = value_text(current)
    return Resolution("stale", working, (path,), found, _reads_now(found, FIELDS[pattern] == "list"))


def _reads_now(found: YamlValue, in_list: bool) -> Message:
    if found is None:
        return msg("nothing in it reads like that") if in_list else msg("it is blank")
    text = value_in_words(found)
    return msg("what is nearest reads {text}", text=text) if in_list else msg("it reads {text}", text=text)


def _nearest(expected: str, items: Sequence[YamlValue]) -> YamlValue:
    """The item that reads most like what was expected, for a person to look at; None where none is much like it."""
    texts = [item for item in items if isinstance(item, str)]
    return next(iter(get_close_matches(expected, texts, n=1)), None)


def _is_there(working: WorkingRecord, path: KeyPath) -> bool:
    try:
        get(working.record, path)
    except LookupError:
        return False
    return True


_ACTIONS: dict[Action, Callable[[WorkingRecord, Entry, Values, KeyPath], Resolution]] = {
    "set": _set,
    "confirm": _confirm,
    "insert": _insert,
    "remove": _remove,
    "move": _move,
}

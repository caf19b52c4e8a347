"""One entry upon one record: find the place, see whether what was expected still stands, and only then change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from pipeline.corrections.entry import Entry
from pipeline.corrections.fields import FIELDS
from pipeline.corrections.insert import insertion
from pipeline.corrections.matching import items_reading, reads
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.outcome import Status
from pipeline.corrections.plain import plain_of
from pipeline.corrections.problem import Unresolved
from pipeline.corrections.references import locate
from pipeline.corrections.tree import get
from pipeline.corrections.values import Values, blank
from pipeline.corrections.wording import text_of
from pipeline.corrections.working_record import Working
from pipeline.corrections.write import erased, written
from pipeline.corrections.yaml_positions import Path, Plain


@dataclass(frozen=True)
class Verdict:
    """How an entry ended, the record after it, the places it is about and what was found there instead."""

    status: Status
    working: Working
    paths: tuple[Path, ...] = ()
    found: Plain = None
    detail: str = ""


def judge(working: Working, entry: Entry, normalizer: Normalizer) -> Verdict:
    """What the entry comes to; Refused where its value is none that the field can take."""
    values = Values(working.record, normalizer)
    try:
        places = locate(working.record, entry.target)
        if len(places) != 1:
            return _lost(working, entry, values, places)
        return _ACTS[entry.action](working, entry, values, places[0])
    except Unresolved as unresolved:
        return Verdict("ambiguous" if unresolved.found else "orphan", working, detail=str(unresolved))


def _lost(working: Working, entry: Entry, values: Values, places: Sequence[Path]) -> Verdict:
    """Nothing, or too much, by that name. A column that was to be renamed may already have its new name."""
    if not places and entry.action == "set" and entry.kind == "performer" and isinstance(entry.value, str):
        named = items_reading(values, "pelaksana", ("pelaksana",), entry.value, printed=False)
        if len(named) == 1:
            return Verdict("already-true", working, tuple(named))
    if places:
        return Verdict("ambiguous", working, tuple(places), detail=f"{len(places)} things by that name")
    return Verdict("orphan", working, detail="nothing there by that name")


def _set(working: Working, entry: Entry, values: Values, place: Path) -> Verdict:
    if _names_one_item(entry, entry.value):
        return _set_item(working, entry, values, place)
    return _set_at(working, entry, values, entry.pattern, place)


def _set_at(working: Working, entry: Entry, values: Values, pattern: str, place: Path) -> Verdict:
    leaves = [
        (below, path, values.of(below, said, get(working.record, path) if _there(working, path) else None))
        for below, path, said in values.leaves(pattern, place, entry.value)
    ]
    paths = tuple(path for _, path, _ in leaves)
    if all(_there(working, path) and get(working.record, path) == value for _, path, value in leaves):
        return Verdict("already-true", working, paths)
    if entry.expects and not reads(values, pattern, place, entry.expect):
        return _stale(working, entry, pattern, place)
    for below, path, value in leaves:
        working = written(working, below, path, value)
    return Verdict("applied", working, paths)


def _set_item(working: Working, entry: Entry, values: Values, place: Path) -> Verdict:
    """One item of a list, named by what it had been read as."""
    named = items_reading(values, entry.pattern, place, entry.expect)
    if len(named) == 1:
        return _set_at(working, entry, values, f"{entry.pattern}/*", named[0])
    if named:
        return Verdict("ambiguous", working, tuple(named), detail=f"{len(named)} items read so")
    there = items_reading(values, entry.pattern, place, entry.value, printed=False)
    if there:
        return Verdict("already-true", working, tuple(there))
    return _stale(working, entry, entry.pattern, place)


def _confirm(working: Working, entry: Entry, values: Values, place: Path) -> Verdict:
    if entry.value is True:
        return Verdict("confirmed", working, (place,))
    if _names_one_item(entry, entry.value):
        named = items_reading(values, entry.pattern, place, entry.value, printed=False)
        if len(named) > 1:
            return Verdict("ambiguous", working, tuple(named), detail=f"{len(named)} items read so")
        return Verdict("confirmed", working, tuple(named)) if named else _stale(working, entry, entry.pattern, place)
    if not reads(values, entry.pattern, place, entry.value, printed=False):
        return _stale(working, entry, entry.pattern, place)
    whole = entry.kind not in ("step", "group")
    seen = (place,) if whole else tuple(path for _, path, _ in values.leaves(entry.pattern, place, entry.value))
    return Verdict("confirmed", working.cleared(place), seen)


def _insert(working: Working, entry: Entry, values: Values, place: Path) -> Verdict:
    made = insertion(working.record, entry, values, place)
    if made.there:
        return Verdict("already-true", working, made.there)
    if not made.expected:
        return Verdict("stale", working, (place,), plain_of(working.record, made.instead), made.detail)
    done, paths = made.done(working)
    return Verdict("applied", done, paths)


def _remove(working: Working, entry: Entry, values: Values, place: Path) -> Verdict:
    pattern = entry.pattern
    if _names_one_item(entry, entry.expect):
        named = items_reading(values, pattern, place, entry.expect)
        if len(named) != 1:
            return _several(working, entry, named, place)
        pattern, place = f"{pattern}/*", named[0]
    elif entry.expects and not reads(values, pattern, place, entry.expect):
        return _stale(working, entry, pattern, place)
    if not pattern.endswith("/*") and get(working.record, place) == blank(pattern):
        return Verdict("already-true", working, (place,))
    return Verdict("applied", erased(working, pattern, place), () if pattern.endswith("/*") else (place,))


def _several(working: Working, entry: Entry, named: Sequence[Path], place: Path) -> Verdict:
    if named:
        return Verdict("ambiguous", working, tuple(named), detail=f"{len(named)} items read so")
    return _stale(working, entry, entry.pattern, place)


def _names_one_item(entry: Entry, said: Plain) -> bool:
    """Whether an entry on a list is about one of its items, which `said` tells."""
    return entry.kind == "list" and said is not None and not isinstance(said, list)


def _stale(working: Working, entry: Entry, pattern: str, place: Path) -> Verdict:
    """Not applied: what stands there now is told, in the form in which the entry speaks of it."""
    current = get(working.record, place)
    said = entry.expect if entry.expects else entry.value
    found = plain_of(working.record, current)
    if isinstance(said, dict) and isinstance(found, dict):
        found = {key: found[key] for key in said if key in found}
    elif isinstance(said, str) and isinstance(found, list) and FIELDS[pattern] == "list":
        found = _nearest(said, found)
    elif isinstance(said, str):
        found = text_of(current)
    return Verdict("stale", working, (place,), found, _reads_now(found, FIELDS[pattern] == "list"))


def _reads_now(found: Plain, in_list: bool) -> str:
    if found is None:
        return "nothing in it reads like that" if in_list else "it is blank"
    return f"it reads {found!r}" if not in_list else f"what is nearest reads {found!r}"


def _nearest(said: str, items: Sequence[Plain]) -> Plain:
    """The item that reads most like what was said, None where none is much like it: for a person to judge."""
    texts = [item for item in items if isinstance(item, str)]
    return next(iter(get_close_matches(said, texts, n=1)), None)


def _there(working: Working, path: Path) -> bool:
    try:
        get(working.record, path)
    except LookupError:
        return False
    return True


_ACTS: dict[str, Callable[[Working, Entry, Values, Path], Verdict]] = {
    "set": _set,
    "confirm": _confirm,
    "insert": _insert,
    "remove": _remove,
}

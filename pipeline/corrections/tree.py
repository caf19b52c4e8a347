"""Reading and replacing one place of a frozen record, and how pointers move when a list grows or shrinks.

A path is a tuple of names and list places (from 0): ("kegiatan", 2, "mutu_baku", "waktu").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from pipeline.corrections.yaml_positions import Path
from pipeline.model.pointer import pointer

T = TypeVar("T")
Moved = Callable[[str], str | None]


def get(thing: Any, path: Path) -> Any:
    """What stands at a path; LookupError where nothing does."""
    for part in path:
        if isinstance(thing, BaseModel):
            thing = getattr(thing, _attribute(thing, str(part)))
        elif isinstance(thing, Mapping | list):
            thing = thing[part]  # type: ignore[index]
        else:
            raise LookupError(pointer(*path))
    return thing


def put(thing: T, path: Path, value: Any) -> T:
    """A copy with `value` at `path`; the rest is shared with the original."""
    if not path:
        return value  # type: ignore[no-any-return]
    head, rest = path[0], path[1:]
    if isinstance(thing, BaseModel):
        name = _attribute(thing, str(head))
        return thing.model_copy(update={name: put(getattr(thing, name), rest, value)})
    if isinstance(thing, list):
        place = int(head)
        return [*thing[:place], put(thing[place], rest, value), *thing[place + 1 :]]  # type: ignore[return-value]
    return {**thing, head: put(thing.get(head), rest, value)}  # type: ignore[dict-item, attr-defined, return-value]


def shift_of(path: Path, place: int, by: int) -> Moved:
    """How pointers move when one item of the list at `path` comes (by=1) or goes (by=-1) at `place`."""
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


def _attribute(model: BaseModel, name: str) -> str:
    """The Python name of a JSON key ("from" is `source` on an edge)."""
    fields = type(model).model_fields
    if name in fields:
        return name
    for attribute, info in fields.items():
        if info.alias == name:
            return attribute
    raise LookupError(name)

"""Every place of a record that can be corrected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from pipeline.corrections.fields import FIELDS
from pipeline.model.pointer import KeyPath


def fields(thing: Any, pattern: str = "", path: KeyPath = ()) -> Iterator[KeyPath]:
    """Every place of a record, or of a part of it, that can be corrected."""
    if pattern in FIELDS:
        yield path
    if isinstance(thing, BaseModel):
        parts: Any = [
            (str(info.alias or name), getattr(thing, name)) for name, info in type(thing).model_fields.items()
        ]
    elif isinstance(thing, dict):
        parts = [("*", part) if FIELDS.get(pattern) == "words" else (name, part) for name, part in thing.items()]
        for (_, part), name in zip(parts, thing, strict=True):
            yield from fields(part, f"{pattern}/*" if FIELDS.get(pattern) == "words" else name, (*path, name))
        return
    elif isinstance(thing, list):
        for place, item in enumerate(thing):
            yield from fields(item, f"{pattern}/*", (*path, place))
        return
    else:
        return
    for name, part in parts:
        below = f"{pattern}/{name}" if pattern else name
        if below in FIELDS:
            yield from fields(part, below, (*path, name))

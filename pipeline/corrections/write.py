"""Putting a value in its place, with whatever must follow from it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from pipeline.corrections import cascade
from pipeline.corrections.fields import FIELDS
from pipeline.corrections.tree import get
from pipeline.corrections.values import blank
from pipeline.corrections.wording import text_of
from pipeline.corrections.working_record import Working
from pipeline.corrections.yaml_positions import Path


def written(working: Working, pattern: str, path: Path, value: Any) -> Working:
    """With `value` at `path`, what hangs on it kept true, and the change told in the evidence."""
    try:
        before = get(working.record, path)
    except LookupError:
        before = None
    done = _put(working, pattern, path, value)
    return done.noted(path, _told(before), _told(value))


def erased(working: Working, pattern: str, path: Path) -> Working:
    """Without the item at `path`, or with nothing in the field; Refused where a record must have it."""
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
    return written(working, pattern, path, blank(pattern))


def _put(working: Working, pattern: str, path: Path, value: Any) -> Working:
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


def _put_column(working: Working, pattern: str, path: Path, value: Any) -> Working:
    """A Pelaksana, or one of its names. Its id follows its `nama` unless it is given."""
    place = int(path[1])
    old = working.record.pelaksana[place]
    column = value if pattern == "pelaksana/*" else old.model_copy(update={str(path[2]): value})
    return cascade.set_column(working, place, column)


def _told(value: Any) -> str:
    """A value in one string, for the evidence."""
    if isinstance(value, list | tuple):
        return "\n".join(_told(item) for item in value)
    if isinstance(value, BaseModel) and text_of(value) is None:
        return value.model_dump_json(by_alias=True)
    return text_of(value) or ""

"""Whether what a reviewer saw is still what the record reads."""

from __future__ import annotations

from typing import Any

from pipeline.corrections.fields import FIELDS
from pipeline.corrections.problem import Refused, Unresolved
from pipeline.corrections.references import nodes_at, pelaksana_id
from pipeline.corrections.tree import get
from pipeline.corrections.values import Values
from pipeline.corrections.wording import is_blank, same_words, text_of
from pipeline.corrections.yaml_positions import Path, Plain
from pipeline.model.pointer import pointer


def reads(values: Values, pattern: str, path: Path, said: Plain, *, printed: bool = True) -> bool:
    """Whether the place reads what is said of it.

    A mapping need name only some of a thing's parts. With `printed`, what was read before any rule mended it (the
    evidence's raw words) counts as well: an entry goes stale only where neither is what the reviewer saw.
    """
    current = get(values.record, path)
    if is_blank(said):
        return is_blank(current)
    if isinstance(said, dict):
        return current is not None and all(_part_reads(values, pattern, path, k, v, printed) for k, v in said.items())
    if isinstance(said, list):
        return _list_reads(values, pattern, path, current, said, printed)
    return isinstance(said, str) and _word_reads(values, pattern, path, current, said, printed)


def items_reading(values: Values, pattern: str, path: Path, said: Plain, *, printed: bool = True) -> list[Path]:
    """The items of the list at `path` that read what is said."""
    places = range(len(get(values.record, path)))
    return [(*path, i) for i in places if reads(values, f"{pattern}/*", (*path, i), said, printed=printed)]


def _part_reads(values: Values, pattern: str, path: Path, key: str, said: Plain, printed: bool) -> bool:
    words = FIELDS[pattern] == "words"
    if words and key not in get(values.record, path):
        return is_blank(said)
    if key in ("no", "id") and f"{pattern}/{key}" not in FIELDS:
        return str(getattr(get(values.record, path), key)) == said
    return reads(values, f"{pattern}/{'*' if words else key}", (*path, key), said, printed=printed)


def _list_reads(values: Values, pattern: str, path: Path, current: Any, said: list[Plain], printed: bool) -> bool:
    kind = FIELDS[pattern]
    if kind == "pages":
        return [str(page) for page in current] == said
    if kind == "symbol-ref":
        return any(node.id == current for node in nodes_at(values.record, [str(part) for part in said]))
    return len(said) == len(current) and all(
        reads(values, f"{pattern}/*", (*path, place), item, printed=printed) for place, item in enumerate(said)
    )


def _word_reads(values: Values, pattern: str, path: Path, current: Any, said: str, printed: bool) -> bool:
    kind = FIELDS[pattern]
    if kind in ("performer", "performer-ref"):
        return _is_called(values, current if isinstance(current, str) or current is None else current.id, said)
    text = text_of(current)
    if text is not None and same_words(text, said):
        return True
    if kind in ("date", "nip", "number", "nomor-sop") and _means(values, pattern, said) == current:
        return True
    seen = values.record.evidence.get(pointer(*path)) if printed else None
    return bool(seen and seen.raw and same_words(seen.raw, said))


def _means(values: Values, pattern: str, said: str) -> Any:
    try:
        return values.of(pattern, said)
    except (Refused, ValueError):
        return None


def _is_called(values: Values, performer: str | None, name: str) -> bool:
    try:
        return performer is not None and pelaksana_id(values.record, name) == performer
    except Unresolved:
        return False

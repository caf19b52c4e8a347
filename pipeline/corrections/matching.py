"""Whether what a reviewer saw is still what the record reads."""

from __future__ import annotations

from typing import Any

from pipeline.corrections.fields import FIELDS
from pipeline.corrections.problem import InvalidValueError
from pipeline.corrections.references import is_called, nodes_at
from pipeline.corrections.values import Values
from pipeline.corrections.wording import is_blank, same_words, value_text
from pipeline.corrections.working_record import get
from pipeline.corrections.yaml_positions import YamlValue
from pipeline.model.pointer import KeyPath, pointer


def matches(values: Values, pattern: str, path: KeyPath, expected: YamlValue, *, printed: bool = True) -> bool:
    """Whether a place of the record reads as expected, spaces aside.

    Args:
        values: The record, and what values of its fields mean.
        pattern: The field that stands there.
        path: The place.
        expected: What it should read; a mapping need name only some of a thing's parts.
        printed: Whether what was read before any rule mended it (`raw` in the evidence) counts as well.
    """
    current = get(values.record, path)
    if is_blank(expected):
        return is_blank(current)
    if isinstance(expected, dict):
        parts = expected.items()
        return current is not None and all(_part_matches(values, pattern, path, k, v, printed) for k, v in parts)
    if isinstance(expected, list):
        return _list_matches(values, pattern, path, current, expected, printed)
    return isinstance(expected, str) and _text_matches(values, pattern, path, current, expected, printed)


def matching_items(
    values: Values, pattern: str, path: KeyPath, expected: YamlValue, *, printed: bool = True
) -> list[KeyPath]:
    """Find the items of the list at `path` that read as expected; arguments as `matches` takes them."""
    items = [(*path, place) for place in range(len(get(values.record, path)))]
    return [item for item in items if matches(values, f"{pattern}/*", item, expected, printed=printed)]


def _part_matches(values: Values, pattern: str, path: KeyPath, key: str, expected: YamlValue, printed: bool) -> bool:
    words = FIELDS[pattern] == "words"
    if words and key not in get(values.record, path):
        return is_blank(expected)
    if key in ("no", "id") and f"{pattern}/{key}" not in FIELDS:
        return str(getattr(get(values.record, path), key)) == expected
    return matches(values, f"{pattern}/{'*' if words else key}", (*path, key), expected, printed=printed)


def _list_matches(
    values: Values, pattern: str, path: KeyPath, current: Any, expected: list[YamlValue], printed: bool
) -> bool:
    kind = FIELDS[pattern]
    if kind == "pages":
        return [str(page) for page in current] == expected
    if kind == "symbol-ref":
        return any(node.id == current for node in nodes_at(values.record, [str(part) for part in expected]))
    return len(expected) == len(current) and all(
        matches(values, f"{pattern}/*", (*path, place), item, printed=printed) for place, item in enumerate(expected)
    )


def _text_matches(values: Values, pattern: str, path: KeyPath, current: Any, expected: str, printed: bool) -> bool:
    kind = FIELDS[pattern]
    if kind in ("performer", "performer-ref"):
        return is_called(values.record, current if isinstance(current, str | None) else current.id, expected)
    text = value_text(current)
    if text is not None and same_words(text, expected):
        return True
    if kind in ("date", "nip", "number", "nomor-sop") and _meant(values, pattern, expected) == current:
        return True
    seen = values.record.evidence.get(pointer(*path)) if printed else None
    return bool(seen and seen.raw and same_words(seen.raw, expected))


def _meant(values: Values, pattern: str, text: str) -> Any:
    try:
        return values.of(pattern, text)
    except (InvalidValueError, ValueError):
        return None

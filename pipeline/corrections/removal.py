"""Whether what a reviewer says is not in the document is gone, or only called wrongly or read otherwise."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from pipeline.corrections.address import Segment, locate
from pipeline.corrections.entry import Entry
from pipeline.corrections.fields import FIELDS
from pipeline.corrections.matching import matching_items
from pipeline.corrections.problem import UnresolvedNameError
from pipeline.corrections.references import like_pelaksana, pelaksana_id
from pipeline.corrections.values import Values, yaml_value
from pipeline.corrections.working_record import get
from pipeline.corrections.yaml_positions import YamlValue
from pipeline.model.pointer import KeyPath
from pipeline.model.record import Record

_IN_CELLS = ("symbol", "edge")


def is_gone(values: Values, entry: Entry) -> bool:
    """Whether an item that an entry removes, and that its target does not find, is no longer there.

    It is not gone, but called wrongly, where another item of its list reads as expected or is called much like it.
    """
    last, record = entry.target[-1], values.record
    if not last.criteria:
        return False
    lists = locate(record, (*entry.target[:-1], Segment(last.name)))
    if len(lists) != 1:
        return False
    pattern = entry.pattern.removesuffix("/*")
    if entry.expects and matching_items(values, pattern, lists[0], entry.expect):
        return False
    if FIELDS[entry.pattern] in _IN_CELLS:
        return all(_is_performer(record, value) for value in _names_in_cells(last))
    given = [value for criterion in last.criteria for value in criterion.values]
    return not any(is_like_one(values, pattern, lists[0], value) for value in given)


def is_like_one(values: Values, pattern: str, path: KeyPath, expected: YamlValue) -> bool:
    """Whether an item of the list at `path` reads much like what was expected, or has a name much like it."""
    record, items = values.record, get(values.record, path)
    if isinstance(expected, dict):
        words = " ".join(str(part) for part in expected.values())
        texts = [" ".join(str(_part(record, item, key)) for key in expected) for item in items]
        return bool(get_close_matches(words, texts, n=1))
    if FIELDS[f"{pattern}/*"] in ("performer", "performer-ref"):
        ids = [item if isinstance(item, str) else item.id for item in items]
        return any(name in ids for name in like_pelaksana(record, str(expected)))
    texts = [text for text in (yaml_value(record, item) for item in items) if isinstance(text, str)]
    return isinstance(expected, str) and bool(get_close_matches(expected, texts, n=1))


def _part(record: Record, item: Any, key: str) -> YamlValue:
    return yaml_value(record, getattr(item, key, "")) if isinstance(item, BaseModel) else ""


def _names_in_cells(segment: Segment) -> list[str]:
    """The performers by whom a symbol, or the ends of a connector, are told."""
    cells = [cell for criterion in segment.criteria for cell in ",".join(criterion.values).split("->")]
    return [cell.split(",")[1].strip() for cell in cells if "," in cell]


def _is_performer(record: Record, name: str) -> bool:
    try:
        return bool(pelaksana_id(record, name))
    except UnresolvedNameError:
        return False

"""Whether a value has the form that its field takes, which no record is needed to tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from pipeline.corrections.fields import CHOICES, COMPOSITE, FIELDS, FieldKind, children
from pipeline.corrections.yaml_positions import YamlValue
from pipeline.model.pointer import KeyPath

FormError = tuple[KeyPath, str]

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
# Items that other parts of the record refer to: their lists are corrected item by item.
ONE_BY_ONE: frozenset[FieldKind] = frozenset({"performer", "step", "symbol", "edge"})
_PRESENT_IS_ENOUGH: frozenset[FieldKind] = frozenset({"performer", "symbol", "edge"})
_SOP_PARTS = ("source", "judul", "header", "pelaksana", "kegiatan", "flow")
_EXTRA_KEYS: dict[FieldKind, tuple[str, ...]] = {"step": ("no",), "symbol": ("id", "nth"), "edge": ("nth",)}
_NEEDED: dict[FieldKind, tuple[str, ...]] = {
    "symbol": ("kegiatan", "pelaksana", "kind"),
    "edge": ("from", "to"),
    "performer": ("nama",),
    "citation": ("text",),
}


def form_errors(action: str, pattern: str, value: YamlValue) -> Iterator[FormError]:
    """Say what is wrong with the form of a value.

    Args:
        action: The key that it stands under: set, confirm, insert or expect.
        pattern: The field.
        value: The value.

    Yields:
        Where in the value, and what is wrong there.
    """
    kind = FIELDS[pattern]
    if action != "insert" and isinstance(value, dict) and "nth" in value:
        yield ("nth",), "unknown key 'nth': only what is inserted counts its likes; choose with [nth=…] in the path"
    if kind == "sop":
        yield from _sop(action, value)
    elif kind == "list" and action == "insert":
        yield from _inserted(pattern, value)
    elif kind == "list" and isinstance(value, list):
        yield from _whole_list(action, pattern, value)
    elif kind == "list":
        yield from _item_of(action, pattern, value)
    elif action == "confirm" and value is True:
        if kind not in _PRESENT_IS_ENOUGH:
            yield (), "confirm must say what was read; 'true' is enough only for a symbol, an edge or a pelaksana"
    elif value is None and action == "set" and kind in (ONE_BY_ONE | {"group", "citation"}):
        yield (), "cannot be set to nothing: use remove: true"
    else:
        yield from _fits(pattern, value)
        if action == "set" and isinstance(value, dict):
            yield from (((key,), f"{key} cannot be set") for key in _EXTRA_KEYS.get(kind, ()) if key in value)


def _sop(action: str, value: YamlValue) -> Iterator[FormError]:
    if action in ("set", "confirm"):
        yield (), f"a whole SOP cannot be {action}: name its fields"
    elif not isinstance(value, dict):
        yield (), f"must be a mapping of {', '.join(_SOP_PARTS)}"
    else:
        yield from _unknown(value, _SOP_PARTS)
        for key, part in value.items():
            if key in _SOP_PARTS:
                yield from _deeper(key, _fits(key, part))
        source = value.get("source")
        if action == "insert" and not (isinstance(source, dict) and "pages" in source):
            yield (), "a SOP is inserted with its pages: source: {pages: [4, 6]}"


def _inserted(pattern: str, value: YamlValue) -> Iterator[FormError]:
    item, kind = f"{pattern}/*", FIELDS[f"{pattern}/*"]
    if value is None or isinstance(value, list):
        yield (), "insert one item at a time"
        return
    yield from _fits(item, value)
    for key in _NEEDED.get(kind, ()):
        if isinstance(value, dict) and value.get(key) is None:
            yield (), f"'{key}' is missing"


def _whole_list(action: str, pattern: str, value: list[YamlValue]) -> Iterator[FormError]:
    if action == "set" and FIELDS[f"{pattern}/*"] in ONE_BY_ONE:
        yield (), f"{pattern} cannot be set as a whole: name what is wrong in it"
        return
    for place, item in enumerate(value):
        yield from _deeper(place, _fits(f"{pattern}/*", item))


def _item_of(action: str, pattern: str, value: YamlValue) -> Iterator[FormError]:
    """One item of a list, chosen by what it reads."""
    if value is None and action != "expect":
        yield (), "cannot be nothing: write [] for an empty list"
    elif value is not None:
        yield from _fits(f"{pattern}/*", value)


def _fits(pattern: str, value: YamlValue) -> Iterator[FormError]:
    kind = FIELDS[pattern]
    if value is None:
        return
    if kind == "list":
        yield from _list(pattern, value)
    elif kind == "pages":
        if not (isinstance(value, list) and len(value) == 2 and all(_whole(page) for page in value)):
            yield (), "must be the first and the last page, such as [4, 6]"
    elif kind == "symbol-ref":
        if not (_is_text(value) or (isinstance(value, list) and 2 <= len(value) <= 4 and all(map(_is_text, value)))):
            yield (), "must name a symbol, such as [3, kabag-organisasi]"
    elif kind == "words" or (kind in COMPOSITE and isinstance(value, dict)):
        yield from _mapping(pattern, value)
    elif kind in ("group", "step", "symbol", "edge"):
        yield (), f"must be a mapping of {', '.join(_keys(pattern))}"
    elif not _is_text(value):
        yield (), f"must be text, not {_named(value)}" + (": put it in quotes" if isinstance(value, bool) else "")
    else:
        yield from _scalar(kind, str(value))


def _scalar(kind: FieldKind, value: str) -> Iterator[FormError]:
    if kind in CHOICES and value not in CHOICES[kind]:
        yield (), f"'{value}' is none of {', '.join(CHOICES[kind])}"
    elif kind in ("integer", "step-ref") and not value.isdecimal():
        yield (), f"'{value}' is no whole number"
    elif kind == "number" and not _NUMBER.fullmatch(value):
        yield (), f"'{value}' is no number"


def _list(pattern: str, value: YamlValue) -> Iterator[FormError]:
    if not isinstance(value, list):
        yield (), f"must be a list, not {_named(value)}"
        return
    for place, item in enumerate(value):
        yield from _deeper(place, _fits(f"{pattern}/*", item))


def _mapping(pattern: str, value: YamlValue) -> Iterator[FormError]:
    if not isinstance(value, dict):
        yield (), f"must be a mapping, not {_named(value)}"
        return
    words = FIELDS[pattern] == "words"
    if not words:
        yield from _unknown(value, _keys(pattern))
    for key, part in value.items():
        below = f"{pattern}/*" if words else f"{pattern}/{key}"
        if below in FIELDS:
            yield from _deeper(key, _fits(below, part))
        elif key in ("no", "nth") and not _whole(part):
            yield (key,), f"must be a whole number, not {_named(part)}"


def _unknown(value: dict[str, YamlValue], known: tuple[str, ...]) -> Iterator[FormError]:
    for key in value:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            yield (
                (key,),
                f"unknown key '{key}'" + (f": did you mean {near[0]}?" if near else f"; known: {', '.join(known)}"),
            )


def _keys(pattern: str) -> tuple[str, ...]:
    return (*_EXTRA_KEYS.get(FIELDS[pattern], ()), *children(pattern))


def _deeper(key: str | int, found: Iterator[FormError]) -> Iterator[FormError]:
    for path, message in found:
        yield (key, *path), message


def _is_text(value: YamlValue) -> bool:
    return isinstance(value, str)


def _whole(value: YamlValue) -> bool:
    return isinstance(value, str) and value.isdecimal() and int(value) >= 1


def _named(value: YamlValue) -> str:
    names = {bool: "true or false", list: "a list", dict: "a mapping", type(None): "nothing"}
    return names.get(type(value), f"'{value}'")

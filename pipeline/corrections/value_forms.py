"""Whether a value has the form that its field takes, which no record is needed to tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from pipeline.corrections.fields import CHOICES, COMPOSITE, FIELDS, FieldKind, children
from pipeline.corrections.page_readings import read_errors
from pipeline.corrections.yaml_positions import YamlValue
from pipeline.message import Message, msg
from pipeline.model.pointer import KeyPath

FormError = tuple[KeyPath, Message]

_SHAPES: dict[str, Message] = {
    "string_type": msg("must be text"),
    "list_type": msg("must be a list"),
    "dict_type": msg("must be a mapping"),
    "model_type": msg("must be a mapping"),
    "model_attributes_type": msg("must be a mapping"),
}
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
# Items that other parts of the record refer to: their lists are corrected item by item.
ONE_BY_ONE: frozenset[FieldKind] = frozenset({"performer", "step", "symbol", "edge"})
_PRESENT_IS_ENOUGH: frozenset[FieldKind] = frozenset({"performer", "step", "symbol", "edge"})
_WHOLE_FLOW = ("flow", "flow/nodes", "flow/edges")
_SOP_PARTS = ("source", "judul", "header", "pelaksana", "kegiatan", "flow")
_READ = "read"  # of a SOP that is inserted: that its pages are read again
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
        yield (
            ("nth",),
            msg("unknown key 'nth': only what is inserted counts its likes; choose with [nth=…] in the path"),
        )
    if kind == "sop":
        yield from _sop(action, value)
    elif action == "confirm" and value is True:
        if not present_is_enough(pattern):
            yield (
                (),
                msg("confirm must say what was read; 'true' is enough only for a step, symbol, connector or pelaksana"),
            )
    elif kind == "list" and action == "insert":
        yield from _inserted(pattern, value)
    elif kind == "list" and isinstance(value, list):
        yield from _whole_list(action, pattern, value)
    elif kind == "list":
        yield from _item_of(action, pattern, value)
    elif value is None and action == "set" and kind in (ONE_BY_ONE | {"group", "citation"}):
        yield (), msg("cannot be set to nothing: use remove: true")
    else:
        yield from _fits(pattern, value)
        if action == "set" and isinstance(value, dict):
            yield from (
                ((key,), msg("{key} cannot be set", key=key)) for key in _EXTRA_KEYS.get(kind, ()) if key in value
            )


def present_is_enough(pattern: str) -> bool:
    """Whether something is confirmed by saying that it is there: its target, or `expect`, tells what it is."""
    return FIELDS[pattern] in _PRESENT_IS_ENOUGH or pattern in _WHOLE_FLOW or FIELDS[pattern] == "sop"


def _sop(action: str, value: YamlValue) -> Iterator[FormError]:
    if action == "confirm" and value is True:
        return
    if action in ("set", "confirm"):
        yield (), msg("a whole SOP takes no {action}: name its fields", action=action)
    elif not isinstance(value, dict):
        yield (), msg("must be a mapping of {keys}", keys=", ".join(_SOP_PARTS))
    else:
        yield from _unknown(value, (*_SOP_PARTS, _READ) if action == "insert" else _SOP_PARTS)
        if action == "insert" and _READ in value:
            yield from _deeper(_READ, read_errors(value[_READ]))
        for key, part in value.items():
            if key in _SOP_PARTS:
                yield from _deeper(key, _fits(key, part))
        source = value.get("source")
        if action == "insert" and not (isinstance(source, dict) and "pages" in source):
            yield (), msg("a SOP is inserted with its pages: {example}", example="source: {pages: [4, 6]}")


def _inserted(pattern: str, value: YamlValue) -> Iterator[FormError]:
    item, kind = f"{pattern}/*", FIELDS[f"{pattern}/*"]
    if value is None or isinstance(value, list):
        yield (), msg("insert one item at a time")
        return
    yield from _fits(item, value)
    for key in _NEEDED.get(kind, ()):
        if isinstance(value, dict) and value.get(key) is None:
            yield (), msg("'{key}' is missing", key=key)


def _whole_list(action: str, pattern: str, value: list[YamlValue]) -> Iterator[FormError]:
    if action == "set" and FIELDS[f"{pattern}/*"] in ONE_BY_ONE:
        yield (), msg("{field} cannot be set as a whole: name what is wrong in it", field=pattern)
        return
    for place, item in enumerate(value):
        yield from _deeper(place, _fits(f"{pattern}/*", item))


def _item_of(action: str, pattern: str, value: YamlValue) -> Iterator[FormError]:
    """One item of a list, chosen by what it reads."""
    if value is None and action != "expect":
        yield (), msg("cannot be nothing: write [] for an empty list")
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
            yield (), msg("must be the first and the last page, such as [4, 6]")
    elif kind == "symbol-ref":
        if not (_is_text(value) or (isinstance(value, list) and 2 <= len(value) <= 4 and all(map(_is_text, value)))):
            yield (), msg("must name a symbol, such as [3, kabag-organisasi]")
    elif kind == "words" or (kind in COMPOSITE and isinstance(value, dict)):
        yield from _mapping(pattern, value)
    elif kind in ("group", "step", "symbol", "edge"):
        yield (), msg("must be a mapping of {keys}", keys=", ".join(_keys(pattern)))
    elif not _is_text(value):
        quoted = msg("must be text, not true or false: put it in quotes")
        yield (), quoted if isinstance(value, bool) else msg("must be text, not {value}", value=_named(value))
    else:
        yield from _scalar(kind, str(value))


def _scalar(kind: FieldKind, value: str) -> Iterator[FormError]:
    if kind in CHOICES and value not in CHOICES[kind]:
        yield (), msg("'{value}' is none of {known}", value=value, known=", ".join(CHOICES[kind]))
    elif kind in ("integer", "step-ref") and not value.isdecimal():
        yield (), msg("'{value}' is no whole number", value=value)
    elif kind == "number" and not _NUMBER.fullmatch(value):
        yield (), msg("'{value}' is no number", value=value)


def _list(pattern: str, value: YamlValue) -> Iterator[FormError]:
    if not isinstance(value, list):
        yield (), msg("must be a list, not {value}", value=_named(value))
        return
    for place, item in enumerate(value):
        yield from _deeper(place, _fits(f"{pattern}/*", item))


def _mapping(pattern: str, value: YamlValue) -> Iterator[FormError]:
    if not isinstance(value, dict):
        yield (), msg("must be a mapping, not {value}", value=_named(value))
        return
    words = FIELDS[pattern] == "words"
    if not words:
        yield from _unknown(value, _keys(pattern))
    for key, part in value.items():
        below = f"{pattern}/*" if words else f"{pattern}/{key}"
        if below in FIELDS:
            yield from _deeper(key, _fits(below, part))
        elif key in ("no", "nth") and not _whole(part):
            yield (key,), msg("must be a whole number, not {value}", value=_named(part))


def _unknown(value: dict[str, YamlValue], known: tuple[str, ...]) -> Iterator[FormError]:
    for key in value:
        if key not in known:
            yield (key,), unknown_key(key, known)


def unknown_key(name: str, known: Sequence[str]) -> Message:
    """Say that a key is unknown, and which one may be meant."""
    near = get_close_matches(name, known, n=1)
    if near:
        return msg("unknown key '{key}': did you mean {near}?", key=name, near=near[0])
    return msg("unknown key '{key}'; known: {known}", key=name, known=", ".join(known))


def is_unknown_key(fault: Message) -> bool:
    """Whether a fault is about a key, and not about its value."""
    return str(fault.text).startswith("unknown key")


def shape_fault(kind: str, words: str) -> Message | str:
    """Say what a value should be; in the words of pydantic where it is nothing that a file is likely to hold.

    Args:
        kind: What pydantic calls the fault.
        words: What it says of it.
    """
    return _SHAPES.get(kind) or words[:1].lower() + words[1:]


def _keys(pattern: str) -> tuple[str, ...]:
    return (*_EXTRA_KEYS.get(FIELDS[pattern], ()), *children(pattern))


def _deeper(key: str | int, found: Iterator[FormError]) -> Iterator[FormError]:
    for path, message in found:
        yield (key, *path), message


def _is_text(value: YamlValue) -> bool:
    return isinstance(value, str)


def _whole(value: YamlValue) -> bool:
    return isinstance(value, str) and value.isdecimal() and int(value) >= 1


def _named(value: YamlValue) -> Message | str:
    names = {bool: msg("true or false"), list: msg("a list"), dict: msg("a mapping"), type(None): msg("nothing")}
    return names.get(type(value)) or f"'{value}'"

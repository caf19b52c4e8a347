"""The reviewer's two files checked: a document's corrections, and `lexicon.yaml`, which teaches every document at once.

What cannot be taken is refused with file, line and column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from pipeline.corrections.address import Target, TargetSyntaxError, parse_target, pattern_of
from pipeline.corrections.entry import ACTIONS, MARKS, CorrectionsFile, Entry
from pipeline.corrections.fields import FIELDS, UnknownFieldError
from pipeline.corrections.moving import is_movable
from pipeline.corrections.problem import CorrectionsError, Problem
from pipeline.corrections.schema import EntryModel, FileOfCorrections
from pipeline.corrections.value_forms import ONE_BY_ONE, form_errors, is_unknown_key, shape_fault, unknown_key
from pipeline.corrections.yaml_pieces import MOST_KEPT, Piece, PiecewiseYaml, ShiftedPositions, read_list_file
from pipeline.corrections.yaml_positions import PositionedYaml, YamlValue, read_yaml
from pipeline.message import msg
from pipeline.model.pointer import KeyPath
from pipeline.normalize.lexicon import Overlay

M = TypeVar("M", bound=BaseModel)


@lru_cache(maxsize=8)  # of an action at the review page the same texts are parsed several times
def parse_corrections(text: str, file: str) -> CorrectionsFile:
    """Read the corrections that `text` holds; `file` names it in messages.

    Raises:
        CorrectionsError: Something in it cannot be taken; all of it is named at once.
    """
    source = read_list_file(text, file)
    in_pieces = _read_in_pieces(source) if isinstance(source, PiecewiseYaml) else None
    return in_pieces or _read_whole(source)


def _read_whole(source: PositionedYaml) -> CorrectionsFile:
    """The file with all its entries, or everything that is wrong with it."""
    model = _checked(source, FileOfCorrections)
    problems: list[Problem] = []
    entries: list[Entry] = []
    for place in range(len(model.corrections)):
        try:
            entries.append(_entry(source, place, model.reviewer))
        except CorrectionsError as error:
            problems.extend(error.problems)
    if problems:
        raise CorrectionsError(problems)
    return _file_of(source.file, model, entries)


def _file_of(file: str, model: FileOfCorrections, entries: Iterable[Entry]) -> CorrectionsFile:
    sha256 = model.document.sha256.rstrip("…") if model.document.sha256 else None
    return CorrectionsFile(file, model.document.file, sha256, model.reviewer, tuple(entries))


def _read_in_pieces(source: PiecewiseYaml) -> CorrectionsFile | None:
    """The file with its entries, of which those are kept that stood there before; None where something is wrong."""
    try:
        model = _checked(source.head, FileOfCorrections)
        entries = [
            _entry_of(piece, number, source.file, model.reviewer) for number, piece in enumerate(source.pieces, 1)
        ]
    except (CorrectionsError, ValidationError):
        return None
    return _file_of(source.file, model, entries)


@lru_cache(maxsize=MOST_KEPT)
def _entry_of(piece: Piece, number: int, file: str, reviewer: str | None) -> Entry:
    """The entry that a piece of a file holds."""
    EntryModel.model_validate(piece.value)
    alone = _entry(replace(piece.read(), file=file), 0, reviewer)
    return replace(alone, number=number, positions=ShiftedPositions(alone.positions, piece.shift))


def parse_overlay(text: str, file: str) -> Overlay:
    """Read the words that `text` holds; `file` names it in messages.

    Raises:
        CorrectionsError: Something in it cannot be taken.
    """
    source = read_yaml(text, file)
    if isinstance(source.value, dict):  # a heading whose entries are all commented out
        source = replace(source, value={key: part for key, part in source.value.items() if part is not None})
    return _checked(source, Overlay)


def _checked(source: PositionedYaml, shape: type[M]) -> M:
    """The file's values as a model; CorrectionsError names the place of everything that does not fit."""
    try:
        return shape.model_validate({} if source.value is None else source.value)
    except ValidationError as error:
        raise CorrectionsError([_located(source, shape, found) for found in error.errors()]) from None


def _located(source: PositionedYaml, shape: type[BaseModel], found: Any) -> Problem:
    """A pydantic finding in plain words at its place in the file."""
    path, kind = cast(KeyPath, tuple(found["loc"])), found["type"]
    name = str(path[-1]) if path else ""
    if kind == "missing":
        return source.problem(path[:-1], msg("'{key}' is missing", key=name), key=True)
    if kind == "extra_forbidden":
        known = _known_keys(shape, path[:-1])
        return source.problem(path, unknown_key(name, known), key=True)
    if kind == "literal_error" and name in MARKS:
        return source.problem(path, msg("{key} takes only 'true'", key=name))
    if kind == "string_pattern_mismatch" and name == "sha256":
        return source.problem(path, msg("a sha256 is hexadecimal digits"))
    what = name or msg("the file")
    return source.problem(path, msg("{key}: {fault}", key=what, fault=shape_fault(kind, found["msg"])))


def _known_keys(shape: type[BaseModel], path: KeyPath) -> tuple[str, ...]:
    if path[:1] == ("corrections",):
        return tuple(EntryModel.model_fields)
    info = shape.model_fields.get(str(path[0])) if path else None
    inner = info.annotation if info else shape
    return tuple(inner.model_fields) if isinstance(inner, type) and issubclass(inner, BaseModel) else ()


def _entry(source: PositionedYaml, place: int, reviewer: str | None) -> Entry:
    base: KeyPath = ("corrections", place)
    given = cast("dict[str, YamlValue]", cast("dict[str, Any]", source.value)["corrections"][place])
    actions = [action for action in ACTIONS if action in given]
    if len(actions) != 1:
        several = msg("more than one of set, confirm, insert, remove, move stand here: one entry says one thing")
        none = msg("one of set, confirm, insert, remove, move is missing")
        raise CorrectionsError([source.problem(base, several if actions else none)])
    target, pattern = _target(source, base, str(given["at"]))
    action = actions[0]
    problems = list(_form_problems(source, base, given, action, pattern))
    if problems:
        raise CorrectionsError(problems)
    positions = {"": source.positions[base], **{key: source.positions[(*base, key)] for key in given}}
    own = given.get("reviewer")
    who = str(own) if own is not None else reviewer
    return Entry(place + 1, source.file, given, action, target, pattern, FIELDS[pattern], positions, who)


def _target(source: PositionedYaml, base: KeyPath, at: str) -> tuple[Target, str]:
    path = (*base, "at")
    try:
        target = parse_target(at)
        return target, pattern_of(target)
    except TargetSyntaxError as error:
        found = source.problem(path, msg("{key}: {fault}", key="at", fault=error.message))
        shift = error.column + (1 if source.positions[path].quoted else 0)
        raise CorrectionsError([Problem(found.file, found.line, found.column + shift, found.message)]) from None
    except UnknownFieldError as error:
        message = msg("{key}: {fault}", key="at", fault=error.message)
        raise CorrectionsError([source.problem(path, message)]) from None


def _form_problems(
    source: PositionedYaml, base: KeyPath, given: dict[str, YamlValue], action: str, pattern: str
) -> Iterator[Problem]:
    for key in ("expect", action):
        if key in given and key not in MARKS:
            for below, fault in form_errors(key, pattern, given[key]):
                message = msg("{key}: {fault}", key=key, fault=fault)
                yield source.problem((*base, key, *below), message, key=is_unknown_key(fault))
    yield from _after(source, base, given, action, pattern)
    if _item_unnamed(given, action, pattern):
        unnamed = msg("say which item of the list is meant, in brackets or with expect")
        yield source.problem((*base, action), msg("{key}: {fault}", key=action, fault=unnamed))


def _after(
    source: PositionedYaml, base: KeyPath, given: dict[str, YamlValue], action: str, pattern: str
) -> Iterable[Problem]:
    if "after" not in given:
        if action == "move":
            yield source.problem((*base, action), msg("move: say with after where it goes"))
        return
    item = FIELDS.get(f"{pattern}/*")
    ordered = action == "insert" and FIELDS[pattern] == "list" and item not in ("symbol", "edge")
    if action == "move":
        ordered = is_movable(pattern) or is_movable(f"{pattern}/*")
        if not ordered:
            yield source.problem((*base, action), msg("move: belongs to a step, or an item of a list of the cover"))
            return
    if not ordered:
        yield source.problem((*base, "after"), msg("after: belongs to an insert into a list"), key=True)
    elif not isinstance(given["after"], str):
        yield source.problem((*base, "after"), msg("after: must be the place, number or name of an item"))


def _item_unnamed(given: dict[str, YamlValue], action: str, pattern: str) -> bool:
    """Whether an entry sets or removes one item of a list without saying which."""
    if FIELDS[pattern] != "list" or action not in ("set", "remove", "move") or _names_item(given.get("expect")):
        return False
    if action == "set":
        return not isinstance(given["set"], list)
    return action == "move" or FIELDS[f"{pattern}/*"] in ONE_BY_ONE


def _names_item(expect: YamlValue) -> bool:
    return expect is not None and not isinstance(expect, list)

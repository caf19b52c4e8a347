"""From a corrections file to checked entries; what cannot be taken is refused with file, line and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path as FilePath
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from pipeline.corrections.address import BadTarget, Target, parse_target
from pipeline.corrections.entry import ACTIONS, CorrectionsFile, Entry
from pipeline.corrections.fields import FIELDS, NoSuchField, pattern_of
from pipeline.corrections.problem import CorrectionsError, Problem
from pipeline.corrections.schema import EntryModel, FileOfCorrections
from pipeline.corrections.value_forms import ONE_BY_ONE, misfits
from pipeline.corrections.yaml_positions import Marked, Path, Plain, read_marked
from pipeline.errors import PipelineError

M = TypeVar("M", bound=BaseModel)


def load_corrections(path: FilePath) -> CorrectionsFile:
    """The corrections of the file at `path`; CorrectionsError with all that is wrong in it."""
    return parse_corrections(read_text(path), str(path))


def read_text(path: FilePath) -> str:
    """The file's text as UTF-8, line ends as they are; PipelineError where it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise PipelineError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise PipelineError(f"{path} is not UTF-8 text", "Save it as UTF-8.") from None


def parse_corrections(text: str, file: str) -> CorrectionsFile:
    """The corrections that `text` holds; `file` names it in messages. CorrectionsError with all that is wrong."""
    marked = read_marked(text, file)
    model = checked(marked, FileOfCorrections)
    problems: list[Problem] = []
    entries: list[Entry] = []
    for place in range(len(model.corrections)):
        try:
            entries.append(_entry(marked, place, model.reviewer))
        except CorrectionsError as error:
            problems.extend(error.problems)
    if problems:
        raise CorrectionsError(problems)
    sha256 = model.document.sha256.rstrip("…") if model.document.sha256 else None
    return CorrectionsFile(file, model.document.file, sha256, model.reviewer, tuple(entries))


def checked(marked: Marked, shape: type[M]) -> M:
    """The file's values as a model; CorrectionsError names the place of every misfit."""
    try:
        return shape.model_validate({} if marked.value is None else marked.value)
    except ValidationError as error:
        raise CorrectionsError([_located(marked, shape, found) for found in error.errors()]) from None


def _located(marked: Marked, shape: type[BaseModel], found: Any) -> Problem:
    """A pydantic finding in plain words at its place in the file."""
    path, kind = cast(Path, tuple(found["loc"])), found["type"]
    name = str(path[-1]) if path else ""
    if kind == "missing":
        return marked.problem(path[:-1], f"'{name}' is missing", key=True)
    if kind == "extra_forbidden":
        known = _known_keys(shape, path[:-1])
        near = get_close_matches(name, known, n=1)
        hint = f": did you mean {near[0]}?" if near else f"; known: {', '.join(known)}"
        return marked.problem(path, f"unknown key '{name}'{hint}", key=True)
    if kind == "literal_error" and name == "remove":
        return marked.problem(path, "remove takes only 'true'")
    if kind == "string_pattern_mismatch" and name == "sha256":
        return marked.problem(path, "a sha256 is hexadecimal digits")
    return marked.problem(path, f"{name or 'the file'}: {found['msg'][:1].lower()}{found['msg'][1:]}")


def _known_keys(shape: type[BaseModel], path: Path) -> tuple[str, ...]:
    if path[:1] == ("corrections",):
        return tuple(EntryModel.model_fields)
    info = shape.model_fields.get(str(path[0])) if path else None
    inner = info.annotation if info else shape
    return tuple(inner.model_fields) if isinstance(inner, type) and issubclass(inner, BaseModel) else ()


def _entry(marked: Marked, place: int, reviewer: str | None) -> Entry:
    base: Path = ("corrections", place)
    given = cast("dict[str, Plain]", cast("dict[str, Any]", marked.value)["corrections"][place])
    actions = [action for action in ACTIONS if action in given]
    if len(actions) != 1:
        told = "more than one of" if actions else "one of"
        raise CorrectionsError([marked.problem(base, f"{told} set, confirm, insert, remove {_verb(actions)}")])
    target, pattern = _target(marked, base, str(given["at"]))
    action = actions[0]
    problems = list(_misfits(marked, base, given, action, pattern))
    if problems:
        raise CorrectionsError(problems)
    marks = {"": marked.marks[base], **{key: marked.marks[(*base, key)] for key in given}}
    own = given.get("reviewer")
    who = str(own) if own is not None else reviewer
    return Entry(place + 1, marked.file, given, action, target, pattern, FIELDS[pattern], marks, who)


def _verb(actions: list[Any]) -> str:
    return "stand here: one entry says one thing" if actions else "is missing"


def _target(marked: Marked, base: Path, at: str) -> tuple[Target, str]:
    path = (*base, "at")
    try:
        target = parse_target(at)
        return target, pattern_of(target)
    except BadTarget as error:
        found = marked.problem(path, f"at: {error}")
        shift = error.column + (1 if marked.marks[path].quoted else 0)
        raise CorrectionsError([Problem(found.file, found.line, found.column + shift, found.message)]) from None
    except NoSuchField as error:
        raise CorrectionsError([marked.problem(path, f"at: {error}")]) from None


def _misfits(marked: Marked, base: Path, given: dict[str, Plain], action: str, pattern: str) -> Iterator[Problem]:
    for key in ("expect", action):
        if key in given and key != "remove":
            for below, message in misfits(key, pattern, given[key]):
                yield marked.problem((*base, key, *below), f"{key}: {message}", key="unknown key" in message)
    yield from _after(marked, base, given, action, pattern)
    if _item_unnamed(given, action, pattern):
        yield marked.problem(
            (*base, action), f"{action}: say which item of the list is meant, in brackets or with expect"
        )


def _after(marked: Marked, base: Path, given: dict[str, Plain], action: str, pattern: str) -> Iterable[Problem]:
    if "after" not in given:
        return
    item = FIELDS.get(f"{pattern}/*")
    ordered = action == "insert" and FIELDS[pattern] == "list" and item not in ("symbol", "edge")
    if not ordered:
        yield marked.problem((*base, "after"), "after: belongs to an insert into a list", key=True)
    elif not isinstance(given["after"], str):
        yield marked.problem((*base, "after"), "after: must be the place, number or name of an item")


def _item_unnamed(given: dict[str, Plain], action: str, pattern: str) -> bool:
    """Whether an entry sets or removes one item of a list without saying which."""
    if FIELDS[pattern] != "list" or action not in ("set", "remove") or _names_item(given.get("expect")):
        return False
    if action == "set":
        return not isinstance(given["set"], list)
    return FIELDS[f"{pattern}/*"] in ONE_BY_ONE


def _names_item(expect: Plain) -> bool:
    return expect is not None and not isinstance(expect, list)

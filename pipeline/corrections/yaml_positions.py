"""YAML read as plain values that remember where in the file each one stands. Nothing is ever constructed from a tag."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from pipeline.corrections.problem import CorrectionsError, Problem

Plain: TypeAlias = "None | bool | str | list[Plain] | dict[str, Plain]"
Path: TypeAlias = tuple[str | int, ...]

_SCALARS = {f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "str", "timestamp")}
_NUMBERS = {f"tag:yaml.org,2002:{name}" for name in ("int", "float")}


class Number(str):
    """A number as it was written: `02` stays "02", so that a text field gets the reviewer's own characters."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the file: `start` to `end` in characters (end exclusive); `line`, `column` count from 1."""

    line: int
    column: int
    start: int
    end: int
    quoted: bool = False


@dataclass(frozen=True)
class Marked:
    """The values of a file, the place of each one by its path, and the place of each key by the path it leads to."""

    file: str
    text: str
    value: Plain
    marks: Mapping[Path, Mark] = field(default_factory=dict)
    keys: Mapping[Path, Mark] = field(default_factory=dict)

    def problem(self, path: Path, message: str, *, key: bool = False) -> Problem:
        """`message` at the place of a value (or of its key), or of the nearest thing around it."""
        marks = self.keys if key and path in self.keys else self.marks
        while path and path not in marks:
            path = path[:-1]
        mark = marks.get(path, Mark(1, 1, 0, 0))
        return Problem(self.file, mark.line, mark.column, message)


def read_marked(text: str, file: str) -> Marked:
    """The file's values with their places; CorrectionsError where it is not YAML, or uses more of YAML than plain data.

    `text` must be what is in the file, for the marks count its characters.
    """
    root = _composed(text, file)
    if root is None:
        return Marked(file, text, None)
    reading = _Reading(file)
    value = reading.value(root, ())
    if reading.problems:
        raise CorrectionsError(reading.problems)
    return Marked(file, text, value, reading.marks, reading.keys)


def _composed(text: str, file: str) -> Node | None:
    """The YAML 1.2 node graph: the composer knows every place and constructs no object."""
    yaml = YAML(typ="rt")
    yaml.version = (1, 2)
    try:
        node: Node | None = yaml.compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise CorrectionsError([Problem(file, line, column, f"not YAML: {error.problem or error.context}")]) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise CorrectionsError([Problem(file, line, 1, f"not YAML: {error.reason}")]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise CorrectionsError([Problem(file, 1, 1, f"not YAML: {error}")]) from None
    return node


class _Reading:
    """Walks the nodes once; keeps the marks, and what is refused."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.marks: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def value(self, node: Node, path: Path) -> Plain:
        self.marks[path] = _mark(node)
        if id(node) in self._seen:
            return self._refuse(node, "aliases (*name) are not taken here: write the value out")
        self._seen.add(id(node))
        if isinstance(node, MappingNode):
            return dict(self._items(node, path))
        if isinstance(node, SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(node) if isinstance(node, ScalarNode) else None

    def _items(self, node: MappingNode, path: Path) -> Iterator[tuple[str, Plain]]:
        seen: set[str] = set()
        for key, item in node.value:
            if not isinstance(key, ScalarNode):
                self._refuse(key, "a key must be a plain word")
                continue
            name = str(key.value)
            if name in seen:
                self._refuse(key, f"'{name}' stands here twice")
            seen.add(name)
            self.keys[(*path, name)] = _mark(key)
            yield name, self.value(item, (*path, name))

    def _scalar(self, node: ScalarNode) -> Plain:
        tag = str(node.tag)
        if tag not in _SCALARS:
            return self._refuse(node, f"the tag {tag} is not taken here")
        if tag.endswith(":null"):
            return None
        if tag.endswith(":bool"):
            return str(node.value).lower() == "true"
        return Number(node.value) if tag in _NUMBERS else str(node.value)

    def _refuse(self, node: Any, message: str) -> Plain:
        mark = _mark(node)
        self.problems.append(Problem(self.file, mark.line, mark.column, message))
        return None


def _mark(node: Any) -> Mark:
    start, end = node.start_mark, node.end_mark
    quoted = isinstance(node, ScalarNode) and node.style in ("'", '"')
    return Mark(start.line + 1, start.column + 1, start.index, end.index, quoted)

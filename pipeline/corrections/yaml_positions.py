"""YAML read as plain values that remember where in the file each one stands; no object is constructed from a tag."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from pipeline.corrections.problem import CorrectionsError, Problem
from pipeline.message import Message, msg
from pipeline.model.pointer import KeyPath

YamlValue: TypeAlias = "bool | str | list[YamlValue] | dict[str, YamlValue] | None"
"""A value as a file holds it; numbers and dates stay the text that was written."""

_SCALARS = {f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "str", "timestamp")}
_NUMBERS = {f"tag:yaml.org,2002:{name}" for name in ("int", "float")}


class Number(str):
    """A number as it was written: `02` stays "02", so that a text field gets the reviewer's own characters."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a value stands in a file.

    Attributes:
        line: Counted from 1.
        column: Counted from 1.
        start: First character, counted from 0 in the file's text.
        end: The character after the last one.
        quoted: Whether the value stands in quotes.
    """

    line: int
    column: int
    start: int
    end: int
    quoted: bool = False


@dataclass(frozen=True)
class PositionedYaml:
    """The values of a file with their positions.

    Attributes:
        file: The file's name, for messages.
        text: What is in the file.
        value: Its values, None where it is empty.
        positions: Of each value by the keys that lead to it.
        key_positions: Of each key by the keys that lead to its value.
    """

    file: str
    text: str
    value: YamlValue
    positions: Mapping[KeyPath, Position] = field(default_factory=dict)
    key_positions: Mapping[KeyPath, Position] = field(default_factory=dict)

    def problem(self, path: KeyPath, message: Message, *, key: bool = False) -> Problem:
        """Place a message at a value, or at the nearest thing around it that the file has.

        Args:
            path: The keys that lead to the value.
            message: What is wrong with it.
            key: Whether the value's key is meant.
        """
        positions = self.key_positions if key and path in self.key_positions else self.positions
        while path and path not in positions:
            path = path[:-1]
        position = positions.get(path, Position(1, 1, 0, 0))
        return Problem(self.file, position.line, position.column, message)


@lru_cache(maxsize=8)
def read_yaml(text: str, file: str) -> PositionedYaml:
    """Read the values of a YAML file with their positions, as `read_yaml_anew` does; the last texts are kept."""
    return read_yaml_anew(text, file)


def read_yaml_anew(text: str, file: str) -> PositionedYaml:
    """Read the values of a YAML file with their positions.

    Args:
        text: What is in the file, to the character: positions count them.
        file: Its name, for messages.

    Raises:
        CorrectionsError: It is not YAML, or uses more of YAML than plain data.
    """
    root = _composed(text, file)
    if root is None:
        return PositionedYaml(file, text, None)
    reader = _NodeReader(file)
    value = reader.value(root, ())
    if reader.problems:
        raise CorrectionsError(reader.problems)
    return PositionedYaml(file, text, value, reader.positions, reader.key_positions)


def _composed(text: str, file: str) -> Node | None:
    """The YAML 1.2 node graph: the composer knows every place and constructs no object."""
    yaml = YAML(typ="rt")
    yaml.version = (1, 2)
    try:
        node: Node | None = yaml.compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        fault = str(error.problem or error.context)
        raise CorrectionsError([Problem(file, line, column, msg("not YAML: {fault}", fault=fault))]) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise CorrectionsError([Problem(file, line, 1, msg("not YAML: {fault}", fault=error.reason))]) from None
    except KeyError:  # ruamel looks rules up by the version that the file names
        fault = "%YAML names a version that is not known"
        raise CorrectionsError([Problem(file, 1, 1, msg("not YAML: {fault}", fault=fault))]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise CorrectionsError([Problem(file, 1, 1, msg("not YAML: {fault}", fault=str(error)))]) from None
    return node


class _NodeReader:
    """Walks the nodes once; keeps their positions, and what is refused."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.positions: dict[KeyPath, Position] = {}
        self.key_positions: dict[KeyPath, Position] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def value(self, node: Node, path: KeyPath) -> YamlValue:
        self.positions[path] = _position(node)
        if id(node) in self._seen:
            return self._refuse(node, msg("aliases (*name) are not taken here: write the value out"))
        self._seen.add(id(node))
        if isinstance(node, MappingNode):
            return dict(self._items(node, path))
        if isinstance(node, SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(node) if isinstance(node, ScalarNode) else None

    def _items(self, node: MappingNode, path: KeyPath) -> Iterator[tuple[str, YamlValue]]:
        seen: set[str] = set()
        for key, item in node.value:
            if not isinstance(key, ScalarNode):
                self._refuse(key, msg("a key must be a plain word"))
                continue
            name = str(key.value)
            if name in seen:
                self._refuse(key, msg("'{key}' stands here twice", key=name))
            seen.add(name)
            self.key_positions[(*path, name)] = _position(key)
            yield name, self.value(item, (*path, name))

    def _scalar(self, node: ScalarNode) -> YamlValue:
        tag = str(node.tag)
        if tag not in _SCALARS:
            return self._refuse(node, msg("the tag {tag} is not taken here", tag=tag))
        if tag.endswith(":null"):
            return None
        if tag.endswith(":bool"):
            return str(node.value).lower() == "true"
        return Number(node.value) if tag in _NUMBERS else str(node.value)

    def _refuse(self, node: Any, message: Message) -> YamlValue:
        position = _position(node)
        self.problems.append(Problem(self.file, position.line, position.column, message))
        return None


def _position(node: Any) -> Position:
    start, end = node.start_mark, node.end_mark
    quoted = isinstance(node, ScalarNode) and node.style in ("'", '"')
    return Position(start.line + 1, start.column + 1, start.index, end.index, quoted)

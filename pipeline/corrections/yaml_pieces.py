"""A corrections file read entry by entry, so that an entry that stood there before need not be read again.

A file that is written as `sop correct` writes it is a head and, below a line `corrections:`, a list whose items begin
with a dash in one column. Each item is then YAML by itself: no value, quote or bracket reaches over the dash of the
next. Where that does not hold, or anything in a part cannot be read, the file is read as a whole: what comes out, and
what is told of a fault, is the same either way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar, cast

from pipeline.corrections.problem import CorrectionsError
from pipeline.corrections.yaml_positions import Position, PositionedYaml, YamlValue, read_yaml, read_yaml_anew
from pipeline.model.pointer import KeyPath

LIST = "corrections"
MOST_KEPT = 2_048
"""Pieces that are kept in memory, each of some kilobytes: several files of hundreds of entries."""

_LIST_LINE = re.compile(rf"^{LIST}:[ ]*(?:#.*)?\n(?:[ ]*(?:#.*)?\n)*([ ]*)- ", re.MULTILINE)
# What may change how the lines after it are read: directives, the ends of documents, line ends that are not all alike.
_UNUSUAL = re.compile(r"^(?:%|---|\.\.\.)|[\t\r\0\x85\u2028\u2029\ufeff]", re.MULTILINE)
_PREFIX = f"{LIST}:\n"

K = TypeVar("K")


@dataclass(frozen=True)
class Shift:
    """How far a piece stands from where it was read: lines, and characters."""

    lines: int
    characters: int

    def of(self, position: Position) -> Position:
        """Where in the file a position of the piece is."""
        start, end = position.start + self.characters, position.end + self.characters
        return Position(position.line + self.lines, position.column, start, end, position.quoted)


class ShiftedPositions(Mapping[K, Position]):
    """Positions in a piece as positions in the file, worked out when they are asked for."""

    def __init__(self, inner: Mapping[K, Position], shift: Shift) -> None:
        self._inner, self._shift = inner, shift

    def __getitem__(self, key: K) -> Position:
        return self._shift.of(self._inner[key])

    def __iter__(self) -> Iterator[K]:
        return iter(self._inner)

    def __len__(self) -> int:
        return len(self._inner)


@dataclass(frozen=True)
class Piece:
    """One item of the list.

    Attributes:
        text: Its lines, up to the dash of the next item.
        follows: What stands before the next item's content; "" for the last one.
        shift: How far it stands in the file from where it was read.
    """

    text: str
    follows: str
    shift: Shift

    def read(self) -> PositionedYaml:
        """The piece as the one item of a file without head."""
        return _read(self.text, self.follows)

    @property
    def value(self) -> YamlValue:
        """What it holds."""
        return _items(self.read())[0]


@dataclass(frozen=True)
class PiecewiseYaml(PositionedYaml):
    """A file that was read in pieces.

    Attributes:
        head: What stands above the list, which is empty here.
        pieces: The items of the list.
    """

    head: PositionedYaml = field(default_factory=lambda: PositionedYaml("", "", None))
    pieces: Sequence[Piece] = ()


@lru_cache(maxsize=8)
def read_list_file(text: str, file: str) -> PositionedYaml:
    """Read a corrections file, as `read_yaml` does, in pieces where it is written so.

    Args:
        text: What is in the file.
        file: Its name, for messages.

    Raises:
        CorrectionsError: It is not YAML, or uses more of YAML than plain data.
    """
    return read_in_pieces(text, file) or read_yaml(text, file)


def read_in_pieces(text: str, file: str) -> PiecewiseYaml | None:
    """Read a file whose list can be read item by item; None where it must be read as a whole."""
    pieces = _pieces(text)
    if not pieces:
        return None
    start, follows = pieces[0].shift.characters + len(_PREFIX), _dash(pieces[0].text)
    try:
        head = _read_head(text[:start], follows, file)
        read = [piece.read() for piece in pieces]
    except CorrectionsError:
        return None
    if not isinstance(head.value, dict) or list(head.value)[-1] != LIST or head.value[LIST] != [None]:
        return None
    value: YamlValue = {**head.value, LIST: [_items(one)[0] for one in read]}
    places = _Places(head.positions, [one.positions for one in read], pieces)
    keys = _Places(head.key_positions, [one.key_positions for one in read], pieces)
    above = replace(head, value={**head.value, LIST: []})
    return PiecewiseYaml(file, text, value, places.with_ends(), keys, above, pieces)


def _pieces(text: str) -> list[Piece]:
    """The items of a list that is written in a block, as text; none where it is written otherwise."""
    found = _LIST_LINE.search(text)
    if not found or _UNUSUAL.search(text):
        return []
    begin, spaces = found.start(1), found[1]
    if re.compile(rf"^(?!{spaces}- |{spaces} |[ ]*(?:#|$))", re.MULTILINE).search(text, begin):
        return []
    starts = [match.start() for match in re.compile(rf"^{spaces}- ", re.MULTILINE).finditer(text, begin)]
    pieces, line = [], text.count("\n", 0, begin)
    for start, end in pairwise([*starts, len(text)]):
        own = text[start:end]
        follows = "" if end == len(text) else _dash(own)
        pieces.append(Piece(own, follows, Shift(line - 1, start - len(_PREFIX))))
        line += own.count("\n")
    return pieces


def _dash(piece: str) -> str:
    """What stands before the content of an item: the indentation and its dash."""
    return piece[: piece.index("-") + 1]


def _items(read: PositionedYaml) -> list[YamlValue]:
    return cast("dict[str, list[YamlValue]]", read.value)[LIST]


@lru_cache(maxsize=MOST_KEPT)
def _read(piece: str, follows: str) -> PositionedYaml:
    """Read an item with the dash of the next, which tells where the item ends."""
    return read_yaml_anew(_PREFIX + piece + (follows and f"{follows}\n"), "")


@lru_cache(maxsize=64)
def _read_head(head: str, follows: str, file: str) -> PositionedYaml:
    return read_yaml_anew(f"{head}{follows}\n", file)


class _Places(Mapping[KeyPath, Position]):
    """The positions of a file in pieces, by the keys that lead to them."""

    def __init__(
        self, head: Mapping[KeyPath, Position], inner: Sequence[Mapping[KeyPath, Position]], pieces: Sequence[Piece]
    ) -> None:
        self._head = {path: position for path, position in head.items() if path != (LIST, 0)}
        self._inner, self._pieces = inner, pieces

    def with_ends(self) -> _Places:
        """With the ends of the list and of the whole where the last item ends."""
        last = self._pieces[-1].shift
        for path in ((), (LIST,)):
            end = last.of(self._inner[-1][path]).end
            self._head[path] = replace(self._head[path], end=end)
        return self

    def __getitem__(self, path: KeyPath) -> Position:
        if len(path) < 2 or path[0] != LIST:
            return self._head[path]
        place = path[1]
        if not isinstance(place, int) or not 0 <= place < len(self._pieces):
            raise KeyError(path)
        return self._pieces[place].shift.of(self._inner[place][LIST, 0, *path[2:]])

    def __iter__(self) -> Iterator[KeyPath]:
        yield from self._head
        for place, inner in enumerate(self._inner):
            yield from ((LIST, place, *path[2:]) for path in inner if path[:2] == (LIST, 0))

    def __len__(self) -> int:
        return sum(1 for _ in self)

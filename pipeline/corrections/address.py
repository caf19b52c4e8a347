"""The grammar of `at`: `kegiatan[no=3]/mutu_baku/waktu`, `flow/edges[from=3,kabag][to=4,skpd]`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = re.compile(r"[A-Za-z_][\w-]*")
_KEY = re.compile(r"\s*([a-z_]+)\s*=")
_BARE = re.compile(r'[^,\]"]+')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class Criterion:
    """One demand on a list's item: `key` (None: the item's own name) must read `values`."""

    key: str | None
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One word of the way, and which of a list's items is meant."""

    name: str
    criteria: tuple[Criterion, ...] = ()


Target = tuple[Step, ...]


class BadTarget(ValueError):
    """A path that cannot be read; `column` is the offset of the trouble within it, from 0."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


def parse_target(at: str) -> Target:
    """The steps of a path; BadTarget where it does not follow the grammar."""
    steps: list[Step] = []
    place = 0
    while True:
        step, place = _step(at, place)
        steps.append(step)
        if place == len(at):
            return tuple(steps)
        if at[place] != "/":
            raise BadTarget(f"expected '/' or '[' and found '{at[place]}'", place)
        place += 1


def _step(at: str, place: int) -> tuple[Step, int]:
    quoted, bare = _QUOTED.match(at, place), _NAME.match(at, place)
    found = quoted or bare
    if not found:
        raise BadTarget("expected a name" if place < len(at) else "ends where a name should follow", place)
    name = _unquoted(quoted.group(1)) if quoted else found.group()
    place, criteria = found.end(), []
    while place < len(at) and at[place] == "[":
        more, place = _selector(at, place)
        criteria.extend(more)
    return Step(name, tuple(criteria)), place


def _selector(at: str, place: int) -> tuple[list[Criterion], int]:
    """What stands between brackets: values after a key belong to it until the next key."""
    criteria: list[Criterion] = []
    while place < len(at) and at[place] in "[,":
        key = _KEY.match(at, place + 1)
        value, end = _value(at, key.end() if key else place + 1)
        if key or not criteria:
            criteria.append(Criterion(key.group(1) if key else None, (value,)))
        else:
            criteria[-1] = Criterion(criteria[-1].key, (*criteria[-1].values, value))
        place = end
    if place >= len(at) or at[place] != "]":
        raise BadTarget("']' is missing", place)
    return criteria, place + 1


def _value(at: str, place: int) -> tuple[str, int]:
    while place < len(at) and at[place] == " ":
        place += 1
    if quoted := _QUOTED.match(at, place):
        return _unquoted(quoted.group(1)), quoted.end()
    bare = _BARE.match(at, place)
    if not bare or not bare.group().strip():
        raise BadTarget("expected a value", place)
    return bare.group().strip(), bare.end()


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def quoted(value: str) -> str:
    """A value as it may stand in brackets: in quotes only where it must be.

    >>> quoted("3"), quoted('Perda, 2013')
    ('3', '"Perda, 2013"')
    """
    plain = bool(value) and value == value.strip() and not re.search(r'[,\]\["=\\/]', value)
    return value if plain else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'

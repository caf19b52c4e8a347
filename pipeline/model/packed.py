"""Sequences whose values are kept small, so that what a document comes to does not grow with its pages."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar, overload

T = TypeVar("T")

LIVE = 16  # so many values stay as they are: a common document is never packed


class Packed(Sequence[T], Generic[T]):
    """Values as compressed pickles, each made anew when it is asked for.

    What comes out equals what went in but is another object, so values must be frozen. Packing a draft of four pages
    takes some 10 ms and leaves about a tenth of its size.
    """

    def __init__(self, values: Iterable[T] = ()) -> None:
        self._packed = [_packed(value) for value in values]

    def append(self, value: T) -> None:
        """Add `value` at the end."""
        self._packed.append(_packed(value))

    def extend(self, others: Packed[T]) -> None:
        """Add other packed values at the end, as they are."""
        self._packed += others._packed

    def drained(self) -> Iterator[T]:
        """The values in order, each let go when it is given out, so that what is made of them takes their room."""
        self._packed.reverse()
        while self._packed:
            yield _unpacked(self._packed.pop())

    def __len__(self) -> int:
        return len(self._packed)

    def __iter__(self) -> Iterator[T]:
        return (_unpacked(packed) for packed in self._packed)

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> list[T]: ...

    def __getitem__(self, index: int | slice) -> T | list[T]:
        found = self._packed[index]
        return [_unpacked(packed) for packed in found] if isinstance(found, list) else _unpacked(found)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


class Packing(Generic[T]):
    """Takes values one by one, so that no more than `live` of them are whole at once."""

    def __init__(self, live: int = LIVE) -> None:
        self._most = live
        self._live: list[T] = []
        self._packed: Packed[T] | None = None

    def append(self, value: T) -> None:
        """Take one more value."""
        if self._packed is not None:
            self._packed.append(value)
            return
        self._live.append(value)
        if len(self._live) > self._most:
            self._packed, self._live = Packed(self._live), []

    @property
    def values(self) -> Sequence[T]:
        """The values in order: a tuple of at most `live` of them, `Packed` where there are more."""
        return tuple(self._live) if self._packed is None else self._packed

    def drained(self) -> Iterator[T]:
        """The values in order, each let go when it is given out; see `Packed.drained`."""
        if self._packed is not None:
            yield from self._packed.drained()
        self._live.reverse()
        while self._live:
            yield self._live.pop()


def packed(values: Iterable[T], live: int = LIVE) -> Sequence[T]:
    """The values in order, taken one at a time: a tuple of at most `live` of them, `Packed` where there are more."""
    packing = Packing[T](live)
    for value in values:
        packing.append(value)
    return packing.values


def _packed(value: object) -> bytes:
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), level=1)


def _unpacked(packed: bytes) -> T:  # type: ignore[type-var]
    value: T = pickle.loads(zlib.decompress(packed))
    return value

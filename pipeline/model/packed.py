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


def packed(values: Iterable[T], live: int = LIVE) -> Sequence[T]:
    """The values in order: a tuple of at most `live` of them, `Packed` where there are more.

    Takes one value at a time, so that no more than `live` of an iterator's are whole at once.
    """
    waiting = iter(values)
    first: list[T] = []
    for value in waiting:
        first.append(value)
        if len(first) > live:
            rest = Packed(first)
            first.clear()
            for later in waiting:
                rest.append(later)
            return rest
    return tuple(first)


def _packed(value: object) -> bytes:
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), level=1)


def _unpacked(packed: bytes) -> T:  # type: ignore[type-var]
    value: T = pickle.loads(zlib.decompress(packed))
    return value

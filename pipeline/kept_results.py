"""Results of pure functions, kept so that only what changed is worked out again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

V = TypeVar("V")


class KeptResults:
    """Keeps results of pure functions of immutable values, by the identity of these values.

    A result is kept with the values that it was made of, so that no other value can take their identity. Those that
    were asked for last are kept.

    Args:
        most: How many results are kept at least, and half of how many at most; 0 keeps none.
    """

    def __init__(self, most: int = 0) -> None:
        self._most = most
        self._young: dict[Hashable, tuple[Any, Any]] = {}
        self._old: dict[Hashable, tuple[Any, Any]] = {}

    def once(self, make: Callable[[], V], of: tuple[object, ...], what: Hashable) -> V:
        """What `make` returns, or what it returned before for the same objects.

        Args:
            make: Makes the result of `of` and `what` alone.
            of: What it is made of, told by identity.
            what: Which function that is, and what else it is made of, told by value.
        """
        if not self._most:
            return make()
        key = (*map(id, of), what)
        found = self._young.get(key) or self._old.get(key) or (of, make())
        if key not in self._young:
            if len(self._young) >= self._most:
                self._old, self._young = self._young, {}
            self._young[key] = found
        return cast("V", found[1])

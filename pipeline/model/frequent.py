"""How values are made that a page has by the hundred, boxes, words, rulings, paths, and what is found out of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

__all__ = ["frequent_property", "frequent_value"]

if TYPE_CHECKING:
    from dataclasses import dataclass as frequent_value
    from functools import cached_property as frequent_property
else:

    class frequent_property:  # noqa: N801
        """A `cached_property` without its lock, which Python 3.11 takes at each first question to an object."""

        def __init__(self, function: Any) -> None:
            self._function, self._name, self.__doc__ = function, function.__name__, function.__doc__

        def __get__(self, holder: Any, owner: Any = None) -> Any:
            if holder is None:
                return self
            value = holder.__dict__[self._name] = self._function(holder)
            return value

    def frequent_value(*, frozen: bool, slots: bool = False, order: bool = False) -> Any:
        """A dataclass that mypy holds to be frozen: an assignment to a field is an error of the type check.

        Python itself lets it pass. Its own frozen dataclasses take four times as long to make, since each field is set
        through a call; made by the thousand they took a tenth of the time of a text page.
        """
        return dataclass(slots=slots, order=order, unsafe_hash=frozen)

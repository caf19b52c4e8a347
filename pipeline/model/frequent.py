"""How values are made that a page has by the hundred: boxes, words, rulings, paths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

__all__ = ["frequent_value"]

if TYPE_CHECKING:
    from dataclasses import dataclass as frequent_value
else:

    def frequent_value(*, frozen: bool, slots: bool = False, order: bool = False) -> Any:
        """A dataclass that mypy holds to be frozen: an assignment to a field is an error of the type check.

        Python itself lets it pass. Its own frozen dataclasses take four times as long to make, since each field is set
        through a call; made by the thousand they took a tenth of the time of a text page.
        """
        return dataclass(slots=slots, order=order, unsafe_hash=frozen)

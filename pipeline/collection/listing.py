"""A listing: rows that answer a question about a collection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.message import Message

ListValue: TypeAlias = str | int | float | None


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows, with a key for every column, as CSV and JSON have it, and the head that a person sees."""

    heads: Mapping[str, Message]
    rows: Sequence[tuple[ListValue, ...]]

    def as_json(self) -> list[dict[str, ListValue]]:
        """The rows as plain JSON values, by the columns' keys."""
        return [dict(zip(self.heads, row, strict=True)) for row in self.rows]

    def without(self, *keys: str) -> Listing:
        """The same without some columns."""
        kept = [place for place, key in enumerate(self.heads) if key not in keys]
        heads = {key: head for key, head in self.heads.items() if key not in keys}
        return Listing(heads, [tuple(row[place] for place in kept) for row in self.rows])

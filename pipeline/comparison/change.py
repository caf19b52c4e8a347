"""One thing that changed from one version of a SOP to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.message import Message
from pipeline.model.text import fold

ChangeKind = Literal[
    "header-changed",
    "item-added",
    "item-removed",
    "item-changed",
    "performer-added",
    "performer-removed",
    "performer-renamed",
    "step-added",
    "step-removed",
    "step-moved",
    "step-changed",
    "step-performers-changed",
    "step-duration-changed",
    "symbol-changed",
    "connector-added",
    "connector-removed",
    "connectors-missing",
]


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        kind: What kind of change it is.
        message: What changed, in words.
        path: JSON pointer of the value in the older record; None where it has none.
        new_path: The same in the newer one.
        before: The value in the older record; None where it has none.
        after: The value in the newer one.
    """

    kind: ChangeKind
    message: Message
    path: str | None = None
    new_path: str | None = None
    before: Any = None
    after: Any = None

    def as_json(self) -> dict[str, Any]:
        """The change as plain JSON values, its words in English."""
        return {
            "kind": self.kind,
            "message": str(self.message),
            "path": self.path,
            "new_path": self.new_path,
            "before": self.before,
            "after": self.after,
        }


def differ(one: str | None, other: str | None) -> bool:
    """Whether two texts say different things: case, spaces and punctuation say nothing."""
    return fold(one or "") != fold(other or "")


def paired(scores: Sequence[Sequence[float]], least: float) -> Iterator[tuple[int, int]]:
    """Pair rows with columns so that the scores of all pairs are highest together, none below `least`; by rows."""
    if not scores or not scores[0]:
        return
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    table = np.array(scores)
    kept = np.where(table >= least, table, 0.0)
    for row, column in zip(*linear_sum_assignment(kept, maximize=True), strict=True):
        if table[row, column] >= least:
            yield int(row), int(column)

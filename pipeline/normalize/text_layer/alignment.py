"""Where texts usually begin, have their middle or end, and which of them do not."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from pipeline.model.frequent import frequent_value
from pipeline.settings import TextDoubtSettings


@frequent_value(frozen=True, slots=True)
class Placed:
    """A text between two edges: the room before and behind it, in shares of the text size."""

    before: float
    behind: float

    @property
    def middle(self) -> float:
        """How far its middle lies behind that of the edges."""
        return (self.before - self.behind) / 2


def out_of_place(texts: Sequence[Placed], settings: TextDoubtSettings) -> list[int]:
    """Tell which texts stand apart from where most of them begin, have their middle, or end; none where most do not.

    A place that several of them share is one of its own: that of list items, say.
    """
    if len(texts) < settings.aligned_texts:
        return []
    ways = [np.array([place(text) for text in texts]) for place in map(attrgetter, ("before", "middle", "behind"))]
    near = [_near(places, settings) for places in ways]
    way = max(range(len(ways)), key=lambda n: near[n].max())
    places, counts = ways[way], near[way]
    if counts.max() < settings.aligned_share * len(texts):
        return []
    odd = np.abs(places - places[counts.argmax()]) > settings.out_of_line
    return np.flatnonzero(odd & (counts < settings.own_place)).tolist()


def _near(places: NDArray[np.float64], settings: TextDoubtSettings) -> NDArray[np.intp]:
    """How many places are near each, itself among them."""
    return np.asarray(np.count_nonzero(np.abs(places[:, None] - places) <= settings.same_place, axis=1))

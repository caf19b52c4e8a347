"""Where texts usually begin, have their middle or end, and which of them do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from pipeline.settings import TextDoubtSettings


@dataclass(frozen=True, slots=True)
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
    ways = [[place(text) for text in texts] for place in map(attrgetter, ("before", "middle", "behind"))]
    count, usual, places = max(((*_most(way, settings), way) for way in ways), key=lambda found: found[0])
    if count < settings.aligned_share * len(texts):
        return []
    odd = [n for n, place in enumerate(places) if abs(place - usual) > settings.out_of_line]
    return [n for n in odd if _count(places, places[n], settings) < settings.own_place]


def _most(places: Sequence[float], settings: TextDoubtSettings) -> tuple[int, float]:
    """The place that most others are near, and how many these are."""
    return max(((_count(places, place, settings), place) for place in places), key=lambda found: found[0])


def _count(places: Sequence[float], place: float, settings: TextDoubtSettings) -> int:
    return sum(abs(other - place) <= settings.same_place for other in places)

"""A part of a long document, for one of several workers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Part:
    """The pages of a document that one worker begins with: the numbers of the first and the last, from 1."""

    first: int
    last: int


def parts_of(pages: int, workers: int, least: int, beyond: int = 0) -> tuple[Part, ...]:
    """Divide a document's pages among workers, so that all have about as much to read.

    Args:
        pages: How many there are.
        workers: How many read.
        least: Pages of a part.
        beyond: How many pages of the next part each but the last reads as well.
    """
    count = max(1, min(workers, pages // least))
    fewer = min(beyond, pages // count - 1)
    edges = [*((pages - fewer) * place // count for place in range(count)), pages]
    return tuple(Part(before + 1, last) for before, last in pairwise(edges))

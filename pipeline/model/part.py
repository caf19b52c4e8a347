"""A part of a long document, for one of several workers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Part:
    """The pages of a document that one worker begins with: the numbers of the first and the last, from 1."""

    first: int
    last: int


def parts_of(pages: int, workers: int, least: int) -> tuple[Part, ...]:
    """Divide a document's pages evenly among workers, with no less than `least` pages for each."""
    count = max(1, min(workers, pages // least))
    edges = [pages * place // count for place in range(count + 1)]
    return tuple(Part(before + 1, last) for before, last in pairwise(edges))

"""Where the columns of an unruled table part: between their heads, where the body leaves room and parsers see it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.model.clustering import Interval, free_intervals
from pipeline.model.geometry import Box
from pipeline.model.grid import TextTable

PLACES_TRIED = 9  # where words fill a whole gap, so many evenly spaced edges are compared


def fit(table: TextTable, gaps: Sequence[Interval], taken: Sequence[Interval]) -> float:
    """Score how well a parser's columns fit.

    Args:
        table: What the parser saw.
        gaps: The x ranges between the heads of neighbouring columns, left to right.
        taken: The x ranges of the words below the heads.

    Returns:
        The F1 of its inner edges against the gaps, 0..1: an edge through a word counts for nothing, and a second one
        in a gap is one too many.
    """
    low, high = gaps[0][0], gaps[-1][1]
    edges = [x for x in table.xs[1:-1] if low <= x <= high]
    hits = sum(any(a <= x <= b and is_free(x, taken) for x in edges) for a, b in gaps)
    return 2 * hits / (len(edges) + len(gaps)) if hits else 0.0


def is_free(x: float, taken: Sequence[Interval]) -> bool:
    """Whether no taken interval lies across x."""
    return not any(a < x < b for a, b in taken)


def best_fitting(tables: Sequence[TextTable], gaps: Sequence[Interval], taken: Sequence[Interval]) -> TextTable | None:
    """The parser's table that fits best, the first of equals; None where none has an edge that fits."""
    best = max(tables, key=lambda table: fit(table, gaps, taken), default=None)
    return best if best and fit(best, gaps, taken) > 0 else None


def edge_between(gap: Interval, taken: Sequence[Interval], edges: Sequence[float]) -> float:
    """Choose the x that parts two columns.

    Args:
        gap: The x range that their heads leave free.
        taken: The x ranges of the words below the heads.
        edges: The x where a parser sees columns part.

    Returns:
        The middle of the widest free stretch, one with a parser's edge before all others. Where words fill the whole
        gap, the x that the fewest of them lie across.
    """
    low, high = gap
    free = free_intervals([t for t in taken if t[1] > low and t[0] < high], low, high)
    if not free:
        places = [low + (high - low) * i / (PLACES_TRIED - 1) for i in range(PLACES_TRIED)]
        return min(places, key=lambda x: (sum(a < x < b for a, b in taken), abs(x - (low + high) / 2)))
    named = [interval for interval in free if any(interval[0] <= x <= interval[1] for x in edges)]
    start, end = max(named or free, key=lambda interval: interval[1] - interval[0])
    return (start + end) / 2


def mirrored_edges(heads: Sequence[Box], gaps: Sequence[Interval]) -> list[float]:
    """Edges of neighbouring columns whose heads stand in their middle, as those of Pelaksana do.

    Args:
        heads: The boxes of the heads' words, left to right.
        gaps: The free stretches that each edge must lie in, one more than there are heads.

    Returns:
        The x half way between the middles of the heads, and as far outside the first and last.
    """
    middles = [head.center[0] for head in heads]
    inner = [(a + b) / 2 for a, b in pairwise(middles)]
    if not inner:
        return [(low + high) / 2 for low, high in gaps]
    edges = [2 * middles[0] - inner[0], *inner, 2 * middles[-1] - inner[-1]]
    return [min(max(edge, low), high) for edge, (low, high) in zip(edges, gaps, strict=True)]

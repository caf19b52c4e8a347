"""Where the columns of an unruled table part: between their heads, where the body leaves room and parsers see it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.layout.unruled.phrases import Span, clear_spans
from pipeline.model.geometry import Box
from pipeline.model.grid import TextTable


def quality(table: TextTable, gaps: Sequence[Span], taken: Sequence[Span]) -> float:
    """How well a parser's columns fit, 0..1: the F1 of its inner edges against the gaps between known neighbours, an
    edge through a word counting for nothing and a second one in a gap as one too many.
    """
    low, high = gaps[0][0], gaps[-1][1]
    edges = [x for x in table.xs[1:-1] if low <= x <= high]
    hits = sum(any(a <= x <= b and _is_clear(x, taken) for x in edges) for a, b in gaps)
    return 2 * hits / (len(edges) + len(gaps)) if hits else 0.0


def _is_clear(x: float, taken: Sequence[Span]) -> bool:
    return not any(a < x < b for a, b in taken)


def best_of(tables: Sequence[TextTable], gaps: Sequence[Span], taken: Sequence[Span]) -> TextTable | None:
    """The parser's table that fits best, the first of equals; None where none has an edge that fits."""
    scored = [(quality(table, gaps, taken), -i) for i, table in enumerate(tables)]
    score, place = max(scored, default=(0.0, 0))
    return tables[-place] if score > 0 else None


def edge_between(gap: Span, taken: Sequence[Span], edges: Sequence[float]) -> float:
    """The x that parts two columns whose heads leave `gap` free: in the widest clear stretch, one with a parser's edge
    before all others. Where words fill the whole gap, the x that the fewest of them lie across.
    """
    low, high = gap
    clear = clear_spans([t for t in taken if t[1] > low and t[0] < high], low, high)
    if not clear:
        places = [low + (high - low) * i / 8 for i in range(9)]
        return min(places, key=lambda x: (sum(a < x < b for a, b in taken), abs(x - (low + high) / 2)))
    named = [c for c in clear if any(c[0] <= x <= c[1] for x in edges)]
    a, b = max(named or clear, key=lambda c: c[1] - c[0])
    return (a + b) / 2


def mirrored(lanes: Sequence[Box], gaps: Sequence[Span]) -> list[float]:
    """The edges of columns whose heads stand in their middle: half way between the middles, and as far outside the
    first and last. `gaps` are the clear stretches each edge must lie in, one more than there are lanes.
    """
    middles = [lane.center[0] for lane in lanes]
    inner = [(a + b) / 2 for a, b in zip(middles, middles[1:], strict=False)]
    if not inner:
        return [(low + high) / 2 for low, high in gaps]
    edges = [2 * middles[0] - inner[0], *inner, 2 * middles[-1] - inner[-1]]
    return [min(max(edge, low), high) for edge, (low, high) in zip(edges, gaps, strict=True)]

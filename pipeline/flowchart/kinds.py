"""What kind each symbol is: its shape, its text and its place in the flow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.flowchart.drawing import ShapeKind
from pipeline.flowchart.edges import DirectedEdge
from pipeline.flowchart.lexicon import means
from pipeline.model.draft import Symbol, SymbolKind
from pipeline.settings import KindSettings

# The symbols of PermenPAN-RB 35/2012: capsule, process, decision, off-page connector; and those of other SOPs.
KINDS: dict[ShapeKind, SymbolKind] = {
    "box": "process",
    "round": "process",  # start or end, by place
    "circle": "connector",
    "pentagon": "connector",
    "diamond": "decision",
    "document": "document",
    "triangle": "archive",
    "trapezoid": "process",
}


@dataclass(frozen=True, slots=True)
class ShapedSymbol:
    """A symbol with the shape it was drawn in; None where text stands for it."""

    symbol: Symbol
    shape: ShapeKind | None


def with_kinds(shaped: Sequence[ShapedSymbol], edges: Sequence[DirectedEdge], settings: KindSettings) -> list[Symbol]:
    """The symbols with their kinds, by row, start and end told apart.

    By their text, by a rounded shape's place in the flow, and where no rounded shape is drawn, by place alone.
    """
    outs, ins = Counter(e.source for e in edges), Counter(e.target for e in edges)
    ordered = sorted(shaped, key=lambda s: (s.symbol.no, s.symbol.page, s.symbol.box.top, s.symbol.box.x0))
    rows = [s.symbol.no for s in ordered if s.symbol.no] or [0]
    symbols = []
    for s in ordered:
        kind, sure = _kind(s, rows[0], rows[-1], ins[s.symbol.id], outs[s.symbol.id], settings)
        symbols.append(replace(s.symbol, kind=kind, confidence=sure))
    if not edges:
        return symbols
    boxes = {s.symbol.id for s in ordered if s.shape in ("box", "round")}
    return _with_start_and_end(symbols, boxes, ins, outs, settings)


def _kind(
    s: ShapedSymbol, first: int, last: int, ins: int, outs: int, settings: KindSettings
) -> tuple[SymbolKind, float | None]:
    """The kind of one symbol, and how sure it is; `first` and `last` are the flow's rows."""
    sure = s.symbol.confidence
    if means(s.symbol.label, "start") and s.shape != "diamond":
        return "start", sure
    if means(s.symbol.label, "end") and s.shape != "diamond":
        return "end", sure
    if s.shape != "round":
        return KINDS[s.shape or "box"], sure
    if s.symbol.no == first and not (ins and not outs and first != last):
        return ("start" if outs or not ins else "end"), sure
    if not outs and (ins or s.symbol.no == last):
        return "end", sure
    if not ins and outs:
        return "start", sure
    most = settings.round_in_mid_flow
    return ("end" if s.symbol.no == last and not outs else "process"), min(most, sure or most)


def _with_start_and_end(
    symbols: list[Symbol], boxes: set[str], ins: Counter[str], outs: Counter[str], settings: KindSettings
) -> list[Symbol]:
    """A sharp-cornered box is the start where the flow has no other and nothing leads to it; likewise the end."""
    kinds = {s.kind for s in symbols}
    if "start" not in kinds:
        row = min((s.no for s in symbols if s.no), default=0)
        found = [s for s in symbols if s.no == row and s.id in boxes and outs[s.id] and not ins[s.id]]
        symbols = _with_kind(symbols, found, "start", settings)
    if "end" not in kinds:
        row = max((s.no for s in symbols if s.no), default=0)
        found = [s for s in symbols if s.no == row and s.id in boxes and ins[s.id] and not outs[s.id]]
        symbols = _with_kind(symbols, found, "end", settings)
    return symbols


def _with_kind(
    symbols: list[Symbol], found: Sequence[Symbol], kind: SymbolKind, settings: KindSettings
) -> list[Symbol]:
    """The one symbol that was found gets its kind, less surely than by its shape."""
    if len(found) != 1:
        return symbols
    sure = settings.by_place
    return [replace(s, kind=kind, confidence=sure) if s.id == found[0].id else s for s in symbols]

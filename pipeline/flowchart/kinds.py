"""What kind each symbol is: its shape, its text and its place in the flow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.flowchart.edges import Way
from pipeline.flowchart.lexicon import says
from pipeline.flowchart.shapes import ShapeKind
from pipeline.model.draft import Symbol, SymbolKind

KINDS: dict[ShapeKind, SymbolKind] = {
    "box": "process",
    "round": "process",  # start or end, by place
    "circle": "connector",
    "pentagon": "connector",
    "diamond": "decision",
    "document": "document",
    "triangle": "archive",
}


@dataclass(frozen=True, slots=True)
class Shaped:
    """A symbol with the shape it was drawn in; None where text stands for it."""

    symbol: Symbol
    shape: ShapeKind | None


def with_kinds(shaped: Sequence[Shaped], ways: Sequence[Way]) -> list[Symbol]:
    """The symbols, start and end told apart: by their text, by a rounded shape's place in the flow, and where no
    rounded shape is drawn, by place alone.
    """
    outs, ins = Counter(w.source for w in ways), Counter(w.target for w in ways)
    ordered = sorted(shaped, key=lambda s: (s.symbol.no, s.symbol.page, s.symbol.box.top, s.symbol.box.x0))
    rows = [s.symbol.no for s in ordered if s.symbol.no] or [0]
    kinds = [_kind(s, rows[0], rows[-1], ins[s.symbol.id], outs[s.symbol.id]) for s in ordered]
    symbols = [replace(s.symbol, kind=kind, confidence=sure) for s, (kind, sure) in zip(ordered, kinds, strict=True)]
    return _by_place(symbols, ordered, ins, outs) if ways else symbols


def _kind(s: Shaped, first: int, last: int, ins: int, outs: int) -> tuple[SymbolKind, float | None]:
    """The kind of one symbol, and how sure it is."""
    sure = s.symbol.confidence
    if says(s.symbol.label, "start") and s.shape != "diamond":
        return "start", sure
    if says(s.symbol.label, "end") and s.shape != "diamond":
        return "end", sure
    if s.shape != "round":
        return KINDS[s.shape or "box"], sure
    if s.symbol.no == first and not (ins and not outs and first != last):
        return ("start" if outs or not ins else "end"), sure
    if not outs and (ins or s.symbol.no == last):
        return "end", sure
    if not ins and outs:
        return "start", sure
    return ("end" if s.symbol.no == last and not outs else "process"), min(0.6, sure or 0.6)


def _by_place(symbols: list[Symbol], shaped: Sequence[Shaped], ins: Counter[str], outs: Counter[str]) -> list[Symbol]:
    """A sharp-cornered box is the start where the flow has no other and nothing leads to it; likewise the end."""
    kinds = {s.kind for s in symbols}
    boxes = {s.symbol.id for s in shaped if s.shape in ("box", "round")}
    if "start" not in kinds:
        row = min((s.no for s in symbols if s.no), default=0)
        found = [s for s in symbols if s.no == row and s.id in boxes and outs[s.id] and not ins[s.id]]
        symbols = _renamed(symbols, found, "start")
    if "end" not in kinds:
        row = max((s.no for s in symbols if s.no), default=0)
        found = [s for s in symbols if s.no == row and s.id in boxes and ins[s.id] and not outs[s.id]]
        symbols = _renamed(symbols, found, "end")
    return symbols


def _renamed(symbols: list[Symbol], found: Sequence[Symbol], kind: SymbolKind) -> list[Symbol]:
    """The one symbol that was found gets its kind, less surely than by its shape."""
    if len(found) != 1:
        return symbols
    return [replace(s, kind=kind, confidence=0.55) if s.id == found[0].id else s for s in symbols]

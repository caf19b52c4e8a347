"""Connectors that go on from one page to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.flowchart.connectors import Exit, Net, Side, Terminal
from pipeline.model.geometry import Box


@dataclass(frozen=True, slots=True)
class OffPage:
    """A pentagon or circle that may stand for the page's edge. `outside` tells that it stands beside the rows."""

    id: str
    page: int
    box: Box
    label: str | None
    outside: Side | None
    first_row: bool
    last_row: bool


def with_exits(nets: Sequence[Net], symbols: Sequence[OffPage], pages: Sequence[int]) -> tuple[list[Net], set[str]]:
    """The nets with off-page connectors turned into exits, and the ids of those that were.

    One that has lines in and out is a symbol of its row; so is one in the middle of a page, unless its label is met
    again on another one.
    """
    labels: dict[str, int] = defaultdict(int)
    for symbol in symbols:
        if symbol.label:
            labels[symbol.label.casefold()] += 1
    changed, gone = list(nets), set()
    for symbol in symbols:
        nets_here = [net for net in changed if any(t.symbol not in (None, symbol.id) or t.exit for t in net.terminals)]
        mine = [t for net in nets_here for t in _once(net, symbol.id)]
        side = _side(symbol, mine, pages, twin=bool(symbol.label and labels[symbol.label.casefold()] == 2))
        if side is None or len(mine) > 1:
            continue
        gone.add(symbol.id)
        exit_ = Exit(symbol.page, side, symbol.box.center[0], symbol.label, symbol.id)
        changed = [_exchanged(net, symbol.id, exit_) for net in changed] if mine else _given(changed, exit_, symbol)
    return changed, gone


def _once(net: Net, symbol: str) -> list[Terminal]:
    """The terminal of a net at a symbol; of several the one with the strongest head."""
    return sorted((t for t in net.terminals if t.symbol == symbol), key=lambda t: -t.head)[:1]


def _side(symbol: OffPage, mine: Sequence[Terminal], pages: Sequence[int], twin: bool) -> Side | None:
    """Which edge of the page an off-page connector stands for; None where it is a step's own symbol."""
    if symbol.outside:
        return symbol.outside
    before, after = symbol.page > pages[0], symbol.page < pages[-1]
    if not mine and not twin:
        return None
    leads_in = bool(mine) and mine[0].head >= 0.2  # an arrowhead at it: the flow goes out here
    if symbol.last_row and after and (leads_in or not symbol.first_row or not before):
        return "foot"
    if symbol.first_row and before:
        return "head"
    if twin:
        return "foot" if leads_in else "head"
    return None


def _exchanged(net: Net, symbol: str, exit_: Exit) -> Net:
    if all(t.symbol != symbol for t in net.terminals):
        return net
    ends = tuple(replace(t, symbol=None, exit=exit_) if t.symbol == symbol else t for t in net.terminals)
    return replace(net, terminals=ends)


def _given(nets: list[Net], exit_: Exit, symbol: OffPage) -> list[Net]:
    """An off-page connector that no line reaches names the exit below or above it, or is one of its own."""
    near = max(20.0, symbol.box.width)
    changed, done = [], False
    for net in nets:
        ends = []
        for t in net.terminals:
            e = t.exit
            if (
                not done
                and e
                and not e.symbol
                and e.page == exit_.page
                and e.side == exit_.side
                and abs(e.x - exit_.x) <= near
            ):
                t, done = replace(t, exit=exit_), True
            ends.append(t)
        changed.append(replace(net, terminals=tuple(ends)))
    if not done:
        changed.append(Net(exit_.page, (Terminal(symbol.box.center, 0.0, None, exit_),)))
    return changed


def joined(nets: Sequence[Net], pages: Sequence[int]) -> tuple[list[Net], list[Exit]]:
    """The nets with those of neighbouring pages joined at their exits, and the exits that found no other half."""
    pairs = _pairs([t.exit for net in nets for t in net.terminals if t.exit], pages)
    other = dict(pairs) | {b: a for a, b in pairs}
    groups: list[list[Net]] = []
    for net in nets:
        exits = {t.exit for t in net.terminals if t.exit}
        wanted = exits | {other[e] for e in exits if e in other}
        if not wanted:
            groups.append([net])
            continue
        touching = [g for g in groups if any(t.exit in wanted for n in g for t in n.terminals if t.exit)]
        groups = [g for g in groups if g not in touching] + [[n for g in touching for n in g] + [net]]
    left = [t.exit for net in nets for t in net.terminals if t.exit and t.exit not in other]
    return [_one(group, other) for group in groups], left


def _one(group: Sequence[Net], other: Mapping[Exit, Exit]) -> Net:
    """Nets joined over a page break as one, its joined exits gone."""
    ends = tuple(t for net in group for t in net.terminals if not (t.exit and t.exit in other))
    through = tuple(s for net in group for s in net.through)
    return Net(group[0].page, ends, tuple(s for net in group[:1] for s in net.strokes), through)


def _pairs(exits: Sequence[Exit], pages: Sequence[int]) -> list[tuple[Exit, Exit]]:
    """Which foot goes on in which head: by label, by order from the left where there are as many, else by place."""
    pairs: list[tuple[Exit, Exit]] = []
    feet = [e for e in exits if e.side == "foot"]
    heads = [e for e in exits if e.side == "head"]
    for a in list(feet):
        later = [h for h in heads if h.page > a.page and a.label and a.label.casefold() == (h.label or "").casefold()]
        if later:
            b = min(later, key=lambda h: h.page)
            pairs.append((a, b))
            feet.remove(a)
            heads.remove(b)
    for page, after in zip(pages, pages[1:], strict=False):
        mine = sorted((e for e in feet if e.page == page), key=lambda e: e.x)
        theirs = sorted((e for e in heads if e.page == after), key=lambda e: e.x)
        pairs += zip(mine, theirs, strict=True) if len(mine) == len(theirs) else _nearest(mine, theirs)
    return pairs


def _nearest(feet: Sequence[Exit], heads: Sequence[Exit]) -> list[tuple[Exit, Exit]]:
    """Pairs of the nearest first, as many as there are of the fewer."""
    pairs: list[tuple[Exit, Exit]] = []
    for a, b in sorted(((a, b) for a in feet for b in heads), key=lambda p: abs(p[0].x - p[1].x)):
        if all(a is not x and b is not y for x, y in pairs):
            pairs.append((a, b))
    return pairs

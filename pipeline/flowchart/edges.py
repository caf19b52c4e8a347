"""From connectors to directed edges: where a connector comes from and where it goes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.flowchart.connectors import Net, Terminal
from pipeline.settings import FlowSettings


@dataclass(frozen=True, slots=True)
class Way:
    """A directed edge between symbols by id. `ends` and `direction` are confidences 0..1, `net` where it was seen."""

    source: str
    target: str
    ends: float
    direction: float
    net: Net


@dataclass(frozen=True, slots=True)
class Rank:
    """A symbol's place in the flow: page, row, x; and whether it is a decision."""

    page: int
    no: int
    x: float
    decision: bool = False

    @property
    def order(self) -> tuple[int, int, float]:
        return self.page, self.no, self.x


def ways_of(nets: Sequence[Net], ranks: Mapping[str, Rank], settings: FlowSettings) -> list[Way]:
    """The edges of all connectors, each pair of symbols once. Connectors with arrowheads come first: what they leave
    open decides the direction of those without.
    """
    ways: dict[tuple[str, str], Way] = {}
    headless: list[Net] = []
    nets = sorted(nets, key=lambda net: len(_ends(net)) > 2)  # what is plain tells how to read what is not
    for net in nets:
        found = _directed(net, ranks, settings)
        if found and len(found) == 2:
            found = _one_after_the_other(found, ranks, ways)
        if found is None:
            headless.append(net)
            continue
        for way in found:
            _keep(ways, way)
    for net in headless:
        for way in _by_flow(net, ranks, list(ways.values())):
            _keep(ways, way)
    return sorted(ways.values(), key=lambda w: (ranks[w.source].order, ranks[w.target].order))


def _one_after_the_other(fork: list[Way], ranks: Mapping[str, Rank], ways: Mapping[tuple[str, str], Way]) -> list[Way]:
    """Neither a decision forks nor a line from an earlier page: where it meets one between two symbols with arrowheads
    at both ends, it leads to that which leads on to the other, and would else lead nowhere.
    """
    a, b = fork
    if a.source != b.source or not (ranks[a.source].decision or _from_earlier_page(fork, ranks)):
        return fork
    outs, ins = {source for source, _ in ways}, {target for _, target in ways}
    for near, far in ((a, b), (b, a)):
        if near.target not in outs and far.target in outs and far.target not in ins:
            return [near, replace(far, source=near.target, direction=0.55)]
    return fork


def _from_earlier_page(fork: Sequence[Way], ranks: Mapping[str, Rank]) -> bool:
    """Whether a line comes over a page break to symbols of two rows."""
    source, (a, b) = ranks[fork[0].source], (ranks[way.target] for way in fork)
    return source.page < a.page == b.page and a.no != b.no


def _keep(ways: dict[tuple[str, str], Way], way: Way) -> None:
    key = way.source, way.target
    if way.source != way.target and (key not in ways or ways[key].direction < way.direction):
        ways[key] = way


def _ends(net: Net) -> list[Terminal]:
    """One terminal for each symbol: where a connector touches one twice, the end with the stronger head."""
    best: dict[str, Terminal] = {}
    for t in net.terminals:
        if t.symbol and (t.symbol not in best or t.head > best[t.symbol].head):
            best[t.symbol] = t
    return list(best.values())


def _directed(net: Net, ranks: Mapping[str, Rank], settings: FlowSettings) -> list[Way] | None:
    """The edges of a connector with arrowheads; none where it has fewer than two ends, None without heads."""
    ends = _ends(net)
    if len(ends) < 2:
        return []
    strongest = max(t.head for t in ends)
    if len(ends) == 2 and (split := _split(net, ends, ranks, 0.9 * settings.faint_head)):
        return split
    if strongest < settings.faint_head:
        return None
    limit = max(settings.faint_head, min(settings.head, 0.6 * strongest))
    if len(ends) == 2:  # both heads of one line are drawn alike; the point of a symbol may look a little like one
        limit = max(limit, settings.second_head * strongest)
    heads = [t for t in ends if t.head >= limit]
    tails = [t for t in ends if t.head < limit]
    if not tails and strongest < settings.head:
        return None  # seen, but not at which end
    if not tails:
        return _double(net, heads, ranks)
    return [_way(net, tail, head, _sure(head.head, tail.head)) for tail in tails for head in heads]


def _double(net: Net, heads: list[Terminal], ranks: Mapping[str, Rank]) -> list[Way]:
    """Arrowheads at all ends: both ways between two symbols; of more, from the first one to all others."""
    first, *others = sorted(heads, key=lambda t: ranks[t.symbol or ""].order)
    there = [_way(net, first, other, 0.7) for other in others]
    return there + ([_way(net, others[0], first, 0.6)] if len(others) == 1 else [])


def _split(net: Net, ends: list[Terminal], ranks: Mapping[str, Rank], least: float) -> list[Way]:
    """Two connectors drawn over each other through a third symbol: from that to the nearer end, and from there to the
    other. Seen by arrowheads at both ends, or by one at a decision, which nothing passes a step by to come to.
    """
    middle = next((id_ for id_ in net.through if id_ in ranks), None)
    if middle is None:
        return []
    home = ranks[middle]
    near, far = sorted(ends, key=lambda t: (ranks[t.symbol or ""].no != home.no, abs(t.point[0] - home.x)))
    if near.head < least or not (far.head >= least or ranks[near.symbol or ""].decision):
        return []
    sure = 0.6 if far.head >= least else 0.5
    return [Way(middle, near.symbol or "", 0.6, 0.6, net), _way(net, near, far, sure)]


def _by_flow(net: Net, ranks: Mapping[str, Rank], known: Sequence[Way]) -> list[Way]:
    """The direction where no arrowhead tells it: out of a decision that lacks a way, into what nothing leads to,
    out of what leads nowhere, else onward in the flow.
    """
    outs, ins = Counter(w.source for w in known), Counter(w.target for w in known)

    def giving(t: Terminal) -> tuple[float, tuple[int, int, float]]:
        id_ = t.symbol or ""
        wants_out = ranks[id_].decision and ins[id_] > 0 and outs[id_] < 2
        return (-2.0 if wants_out else 0.0) + bool(outs[id_]) - bool(ins[id_]), ranks[id_].order

    first, *others = sorted(_ends(net), key=giving)
    return [_way(net, first, other, 0.35 if len(others) == 1 else 0.25) for other in others]


def _way(net: Net, source: Terminal, target: Terminal, direction: float) -> Way:
    gaps = max(source.gap, 0.0) + max(target.gap, 0.0)
    crowd = 0.85 if len(_ends(net)) > 2 else 1.0
    ends = 0.97 * math.exp(-gaps / 40) * crowd
    return Way(source.symbol or "", target.symbol or "", round(ends, 3), round(direction, 3), net)


def _sure(head: float, tail: float) -> float:
    return min(0.98, 0.5 + 0.5 * (head - tail) / (head + tail + 0.08))

"""From connectors to directed edges: where a connector comes from and where it goes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.flowchart.connectors import Connector, Terminal, least_head
from pipeline.settings import ArrowheadSettings, EdgeSettings, FlowSettings

EdgeKey = tuple[str, str]  # the ids of source and target


@dataclass(frozen=True, slots=True)
class DirectedEdge:
    """A directed edge between symbols by id. `ends` and `direction` are confidences 0..1; `connector` carries it."""

    source: str
    target: str
    ends: float
    direction: float
    connector: Connector

    @property
    def key(self) -> EdgeKey:
        """Source and target."""
        return self.source, self.target


@dataclass(frozen=True, slots=True)
class FlowPosition:
    """A symbol's place in the flow: page, row, x and column; and whether it is drawn as a decision, or round."""

    page: int
    no: int
    x: float
    is_decision: bool = False
    column: int | None = None
    is_round: bool = False

    @property
    def order(self) -> tuple[int, int, float]:
        """The key that sorts symbols in reading order."""
        return self.page, self.no, self.x


Positions = Mapping[str, FlowPosition]


def assign_shared_arrowheads(connectors: Sequence[Connector], settings: ArrowheadSettings) -> list[Connector]:
    """The connectors of a page, an arrowhead that two of them end at given to the one that has no other.

    One arrowhead in a narrow gap is seen by both; a connector with heads at both ends leaves it to the other one.
    """
    changed = list(connectors)
    for i, connector in enumerate(changed):
        if len(connector.terminals) != 2 or sum(t.head >= settings.clear for t in connector.terminals) > 1:
            continue
        for terminal in connector.terminals:
            others = [t for t in connector.terminals if t is not terminal]
            giver = next((j for j, c in enumerate(changed) if j != i and _can_give(c, terminal, settings)), None)
            if giver is None or any(t.head >= settings.clear for t in others):
                continue
            changed[i] = _with_head(connector, terminal, max(terminal.head, settings.shared_strength))
            changed[giver] = _with_head(changed[giver], _same_spot(changed[giver], terminal, settings), 0.0)
            break
    return changed


def _can_give(other: Connector, terminal: Terminal, settings: ArrowheadSettings) -> bool:
    """Whether a connector has arrowheads at both ends, one of them where another's terminal is."""
    least = settings.nearly * settings.faint
    double = len(other.terminals) == 2 and all(t.head >= least for t in other.terminals)
    return double and _same_spot(other, terminal, settings) is not None


def _same_spot(connector: Connector, terminal: Terminal, settings: ArrowheadSettings) -> Terminal | None:
    spots = [t for t in connector.terminals if t.symbol and t.symbol == terminal.symbol]
    return next((t for t in spots if math.dist(t.point, terminal.point) <= settings.shared_reach), None)


def _with_head(connector: Connector, terminal: Terminal | None, head: float) -> Connector:
    ends = tuple(replace(t, head=head) if t == terminal else t for t in connector.terminals)
    return replace(connector, terminals=ends)


def directed_edges(connectors: Sequence[Connector], positions: Positions, settings: FlowSettings) -> list[DirectedEdge]:
    """The edges of all connectors in reading order, each pair of symbols once.

    Connectors with arrowheads come first: what they leave open decides the direction of those without. An edge that
    leads a way that SOPs hardly know is unsure, however clear its arrowhead is.
    """
    edges: dict[EdgeKey, DirectedEdge] = {}
    headless: list[Connector] = []
    for connector in sorted(connectors, key=lambda c: len(_symbol_ends(c)) > 2):  # what is plain tells of the rest
        found = _by_arrowheads(connector, positions, settings)
        if found and len(found) == 2:
            found = _chain_of_fork(found, positions, edges, settings.edges)
        if found is None:
            headless.append(connector)
            continue
        for edge in found:
            _keep(edges, edge)
    for connector in headless:
        for edge in _by_flow(connector, positions, list(edges.values()), settings.edges):
            _keep(edges, edge)
    parted = _with_targets_exchanged(edges, positions, settings)
    judged = [replace(e, ends=min(e.ends, _surest_ends(e, positions, settings.edges))) for e in parted]
    return sorted(judged, key=lambda e: (positions[e.source].order, positions[e.target].order))


def _with_targets_exchanged(
    edges: Mapping[EdgeKey, DirectedEdge], positions: Positions, settings: FlowSettings
) -> list[DirectedEdge]:
    """The edges, two of them with their targets exchanged where their lines meet and only so neither is unusual.

    Where two connectors run on one line for a while, either may leave it first.
    """
    kept, limit = dict(edges), settings.edges

    def is_usual(source: str, target: str, edge: DirectedEdge) -> bool:
        return _surest_ends(replace(edge, source=source, target=target), positions, limit) == 1.0

    for a in edges.values():
        if a.key not in kept or is_usual(*a.key, a):
            continue
        for b in edges.values():
            if b.key not in kept or b.source == a.source or b.target == a.target:
                continue
            one, other = (a.source, b.target), (b.source, a.target)
            fits = one not in kept and other not in kept and is_usual(*one, a) and is_usual(*other, b)
            if fits and _meet(a.connector, b.connector, settings.tracing.join):
                del kept[a.key], kept[b.key]
                for edge, (source, target) in ((a, one), (b, other)):
                    ends = min(edge.ends, limit.exchanged)
                    kept[source, target] = replace(edge, source=source, target=target, ends=ends)
                break
    return list(kept.values())


def _meet(a: Connector, b: Connector, reach: float) -> bool:
    """Whether the lines of two connectors touch or cross, and nothing else tells them apart."""
    return (
        not (a.painted_apart or b.painted_apart)
        and a.page == b.page
        and any(s.box.grown(reach / 2).intersection(t.box.grown(reach / 2)) for s in a.segments for t in b.segments)
    )


def _surest_ends(edge: DirectedEdge, positions: Positions, settings: EdgeSettings) -> float:
    """How sure the ends of an edge can be by the way it leads, 0..1; of a connector that is an object they are sure.

    In a picture, where one seems to lead back or past other rows' symbols from a step that is no decision, lines were
    taken for another one's; where one joins two symbols of a cell, none of them a start or an end, for a symbol.
    """
    source, target = positions[edge.source], positions[edge.target]
    if edge.connector.painted_apart:
        return 1.0
    if source.no == target.no and source.column is not None and source.column == target.column:
        return 1.0 if source.is_round or target.is_round else settings.same_cell
    passes = any(source.no < position.no < target.no for position in positions.values())
    return settings.unusual if not source.is_decision and (passes or target.no < source.no) else 1.0


def _chain_of_fork(
    fork: list[DirectedEdge], positions: Positions, edges: Mapping[EdgeKey, DirectedEdge], settings: EdgeSettings
) -> list[DirectedEdge]:
    """A fork of two edges as one edge after the other, where it cannot be a fork; else as it is.

    Neither a decision forks nor a line from an earlier page: where it meets one between two symbols with arrowheads
    at both ends, it leads to that which leads on to the other, and would else lead nowhere.
    """
    a, b = fork
    if a.source != b.source or not (positions[a.source].is_decision or _is_from_earlier_page(fork, positions)):
        return fork
    sources, targets = {source for source, _ in edges}, {target for _, target in edges}
    for near, far in ((a, b), (b, a)):
        if near.target not in sources and far.target in sources and far.target not in targets:
            return [near, replace(far, source=near.target, direction=settings.chained)]
    return fork


def _is_from_earlier_page(fork: Sequence[DirectedEdge], positions: Positions) -> bool:
    """Whether a line comes over a page break to symbols of two rows."""
    source, (a, b) = positions[fork[0].source], (positions[edge.target] for edge in fork)
    return source.page < a.page == b.page and a.no != b.no


def _keep(edges: dict[EdgeKey, DirectedEdge], edge: DirectedEdge) -> None:
    if edge.source != edge.target and (edge.key not in edges or edges[edge.key].direction < edge.direction):
        edges[edge.key] = edge


def _symbol_ends(connector: Connector) -> list[Terminal]:
    """One terminal for each symbol: where a connector touches one twice, the end with the stronger head."""
    best: dict[str, Terminal] = {}
    for t in connector.terminals:
        if t.symbol and (t.symbol not in best or t.head > best[t.symbol].head):
            best[t.symbol] = t
    return list(best.values())


def _by_arrowheads(connector: Connector, positions: Positions, settings: FlowSettings) -> list[DirectedEdge] | None:
    """The edges of a connector with arrowheads; none where it has fewer than two ends, None without heads."""
    ends, heads_at = _symbol_ends(connector), settings.arrowheads
    if len(ends) < 2:
        return []
    strongest = max(t.head for t in ends)
    outer = [t for t in ends if t.symbol not in connector.passed]
    if len(outer) == 2 and (
        split := _split(connector, outer, positions, heads_at.nearly * heads_at.faint, settings.edges)
    ):
        return split
    if strongest < heads_at.faint:
        return None
    limit = least_head(ends, heads_at)
    heads = [t for t in ends if t.head >= limit]
    tails = [t for t in ends if t.head < limit]
    if not tails and strongest < heads_at.clear:
        return None  # seen, but not at which end
    if not tails:
        return _both_ways(connector, heads, positions, settings.edges)
    return [
        _edge(connector, tail, head, _certainty(head.head, tail.head, settings.edges), settings.edges)
        for tail in tails
        for head in heads
    ]


def _both_ways(
    connector: Connector, heads: list[Terminal], positions: Positions, settings: EdgeSettings
) -> list[DirectedEdge]:
    """Arrowheads at all ends: both ways between two symbols; of more, from the first one to all others.

    The two heads of one line are drawn alike: what is less even may be a head and the foot of a symbol.
    """
    first, *others = sorted(heads, key=lambda t: positions[t.symbol or ""].order)
    if len(others) > 1:
        return [_edge(connector, first, other, settings.double_there, settings) for other in others]
    is_even = min(t.head for t in heads) >= settings.even_heads * max(t.head for t in heads)
    there, back = (settings.double_even,) * 2 if is_even else (settings.double_there, settings.double_back)
    return [_edge(connector, first, others[0], there, settings), _edge(connector, others[0], first, back, settings)]


def _split(
    connector: Connector, ends: list[Terminal], positions: Positions, least: float, settings: EdgeSettings
) -> list[DirectedEdge]:
    """Two connectors drawn over each other through a third symbol: from that to the nearer end, and on to the other.

    Seen by arrowheads of at least `least` at both ends, or by one at a decision, which nothing passes a step by to
    come to.
    """
    middle = next((id_ for id_ in connector.passed if id_ in positions), None)
    if middle is None:
        return []
    home = positions[middle]
    near, far = sorted(ends, key=lambda t: (positions[t.symbol or ""].no != home.no, abs(t.point[0] - home.x)))
    if near.head < least or not (far.head >= least or positions[near.symbol or ""].is_decision):
        return []
    sure = settings.split_both if far.head >= least else settings.split_one
    first = DirectedEdge(middle, near.symbol or "", settings.split_both, settings.split_both, connector)
    return [first, _edge(connector, near, far, sure, settings)]


def _by_flow(
    connector: Connector, positions: Positions, known: Sequence[DirectedEdge], settings: EdgeSettings
) -> list[DirectedEdge]:
    """The direction where no arrowhead tells it: onward to a later row, but out of a decision that lacks an edge.

    Within a row into what nothing leads to, out of what leads nowhere, else to the right.
    """
    outs, ins = Counter(e.source for e in known), Counter(e.target for e in known)

    def giving(t: Terminal) -> tuple[bool, tuple[int, int], int, float]:
        id_, at = t.symbol or "", positions[t.symbol or ""]
        wants_out = at.is_decision and ins[id_] > 0 and outs[id_] < 2
        return not wants_out, (at.page, at.no), bool(outs[id_]) - bool(ins[id_]), at.x

    first, *others = sorted(_symbol_ends(connector), key=giving)
    if len(others) > 1:
        sure = settings.by_flow_forked
    else:
        is_onward = positions[first.symbol or ""].no < positions[others[0].symbol or ""].no
        sure = settings.by_flow_onward if is_onward else settings.by_flow
    return [_edge(connector, first, other, sure, settings) for other in others]


def _edge(
    connector: Connector, source: Terminal, target: Terminal, direction: float, settings: EdgeSettings
) -> DirectedEdge:
    gaps = max(source.gap, 0.0) + max(target.gap, 0.0)
    crowd = settings.branched if len(_symbol_ends(connector)) > 2 else 1.0
    ends = settings.surest_end * math.exp(-gaps / settings.gap_decay) * crowd
    return DirectedEdge(source.symbol or "", target.symbol or "", round(ends, 3), round(direction, 3), connector)


def _certainty(head: float, tail: float, settings: EdgeSettings) -> float:
    """How sure a direction is, by the strengths of the arrowheads at its end and its start."""
    return min(settings.surest_direction, 0.5 + 0.5 * (head - tail) / (head + tail + settings.head_noise))

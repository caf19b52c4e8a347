"""Connectors that go on from one page to the next, drawn with off-page connectors, with bare lines, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.flowchart.connectors import Connector, PageExit, PageSide, Terminal
from pipeline.flowchart.drawing import ShapeKind
from pipeline.flowchart.edges import DirectedEdge, FlowPosition
from pipeline.flowchart.placement import PlacedShape
from pipeline.settings import PageBreakSettings


def resolve_off_page(
    connectors: Sequence[Connector], symbols: Sequence[PlacedShape], pages: Sequence[int], settings: PageBreakSettings
) -> tuple[list[Connector], set[str]]:
    """The connectors, with off-page connectors (the symbols) turned into exits; and the ids of those that were.

    One beside the rows always was one, however many lines lead there. Of those in a row, one that has lines in and out
    is a symbol of it; so is one in the middle of a page, unless its label is met again on another one, and a trapezoid
    where steps are drawn as trapezoids, unless a figure or a letter stands in it.
    """
    labels = Counter(symbol.label.casefold() for symbol in symbols if symbol.label and not _is_numbered(symbol))
    changed, gone = list(connectors), set()
    steps = _shapes_of_steps(changed, symbols, settings)
    for symbol in symbols:
        terminals = [
            t for connector in changed if _leads_on(connector, symbol.id) for t in _terminal(connector, symbol)
        ]
        is_twin = bool(symbol.label and labels[symbol.label.casefold()] == 2)
        side = _side(symbol, terminals, pages, is_twin, settings)
        if side is None or (len(terminals) > 1 and not symbol.outside):
            continue
        if symbol.shape.kind in steps and not symbol.outside and not _has_sign(symbol, settings):
            continue
        gone.add(symbol.id)
        exit_ = PageExit(symbol.page, side, symbol.box.center[0], symbol.label, symbol.id)
        if terminals:
            changed = [_exchanged(connector, symbol.id, exit_) for connector in changed]
        else:
            changed = _given(changed, exit_, symbol, settings)
    return changed, gone


def _shapes_of_steps(
    connectors: Sequence[Connector], symbols: Sequence[PlacedShape], settings: PageBreakSettings
) -> set[ShapeKind]:
    """The shapes that steps are drawn in: trapezoids, where one without a sign has lines in and out."""
    trapezoids = [s for s in symbols if s.shape.kind == "trapezoid" and not s.outside and not _has_sign(s, settings)]
    lines = Counter(t.symbol for connector in connectors for t in connector.terminals if _leads_on(connector, t.symbol))
    return {"trapezoid"} if any(lines[s.id] > 1 for s in trapezoids) else set()


def _has_sign(symbol: PlacedShape, settings: PageBreakSettings) -> bool:
    """Whether a figure or a letter stands in a symbol that is not the number of its row."""
    return bool(symbol.label) and len(symbol.label or "") <= settings.longest_sign and not _is_numbered(symbol)


def _is_numbered(symbol: PlacedShape) -> bool:
    """Whether what stands in a symbol is the number of its row."""
    return (symbol.label or "").strip(" .") == str(symbol.no)


def _leads_on(connector: Connector, symbol: str | None) -> bool:
    """Whether a connector ends anywhere else than at a symbol."""
    return any(t.symbol not in (None, symbol) or t.exit for t in connector.terminals)


def _terminal(connector: Connector, symbol: PlacedShape) -> list[Terminal]:
    """The terminal of a connector at a symbol; of several the one with the strongest head."""
    return sorted((t for t in connector.terminals if t.symbol == symbol.id), key=lambda t: -t.head)[:1]


def _side(
    symbol: PlacedShape, terminals: Sequence[Terminal], pages: Sequence[int], is_twin: bool, settings: PageBreakSettings
) -> PageSide | None:
    """Which side of the page an off-page connector stands for; None where it is a step's own symbol."""
    if symbol.outside:
        return symbol.outside
    before, after = symbol.page > pages[0], symbol.page < pages[-1]
    if not terminals and not is_twin:
        return None
    leads_in = bool(terminals) and terminals[0].head >= settings.leads_in  # the flow goes out here
    if symbol.in_last_row and after and (leads_in or not symbol.in_first_row or not before):
        return "bottom"
    if symbol.in_first_row and before:
        return "top"
    if is_twin:
        return "bottom" if leads_in else "top"
    return None


def _exchanged(connector: Connector, symbol: str, exit_: PageExit) -> Connector:
    if all(t.symbol != symbol for t in connector.terminals):
        return connector
    ends = tuple(replace(t, symbol=None, exit=exit_) if t.symbol == symbol else t for t in connector.terminals)
    return replace(connector, terminals=ends)


def _given(
    connectors: list[Connector], exit_: PageExit, symbol: PlacedShape, settings: PageBreakSettings
) -> list[Connector]:
    """An off-page connector that no line reaches names the first exit below or above it, or is one of its own."""
    near = max(settings.exit_reach, symbol.box.width)

    def is_its(t: Terminal) -> bool:
        e = t.exit
        same = e and not e.symbol and (e.page, e.side) == (exit_.page, exit_.side)
        return bool(same and e and abs(e.x - exit_.x) <= near)

    for i, connector in enumerate(connectors):
        for k, terminal in enumerate(connector.terminals):
            if is_its(terminal):
                ends = (*connector.terminals[:k], replace(terminal, exit=exit_), *connector.terminals[k + 1 :])
                return [*connectors[:i], replace(connector, terminals=ends), *connectors[i + 1 :]]
    return [*connectors, Connector(exit_.page, (Terminal(symbol.box.center, 0.0, None, exit_),))]


def join_over_pages(connectors: Sequence[Connector], pages: Sequence[int]) -> tuple[list[Connector], list[PageExit]]:
    """The connectors, those of neighbouring pages joined at their exits; and the exits that found no other half."""
    pairs = _pairs([t.exit for connector in connectors for t in connector.terminals if t.exit], pages)
    other = dict(pairs) | {b: a for a, b in pairs}
    groups: list[list[Connector]] = []
    for connector in connectors:
        exits = {t.exit for t in connector.terminals if t.exit}
        wanted = exits | {other[e] for e in exits if e in other}
        if not wanted:
            groups.append([connector])
            continue
        touching = [g for g in groups if any(t.exit in wanted for c in g for t in c.terminals if t.exit)]
        groups = [g for g in groups if g not in touching] + [[c for g in touching for c in g] + [connector]]
    left = [t.exit for connector in connectors for t in connector.terminals if t.exit and t.exit not in other]
    return [_joined(group, other) for group in groups], left


def _joined(group: Sequence[Connector], other: Mapping[PageExit, PageExit]) -> Connector:
    """Connectors joined over a page break as one, with the segments of the first; its joined exits are gone."""
    ends = tuple(t for connector in group for t in connector.terminals if not (t.exit and t.exit in other))
    passed = tuple(s for connector in group for s in connector.passed)
    apart = all(connector.painted_apart for connector in group)
    return Connector(group[0].page, ends, group[0].segments, passed, apart)


def _pairs(exits: Sequence[PageExit], pages: Sequence[int]) -> list[tuple[PageExit, PageExit]]:
    """Which bottom exit goes on in which top one.

    By label, by order from the left where there are as many, else by place.
    """
    pairs: list[tuple[PageExit, PageExit]] = []
    bottoms = [e for e in exits if e.side == "bottom"]
    tops = [e for e in exits if e.side == "top"]
    for a in list(bottoms):
        later = [t for t in tops if t.page > a.page and a.label and a.label.casefold() == (t.label or "").casefold()]
        if later:
            b = min(later, key=lambda t: t.page)
            pairs.append((a, b))
            bottoms.remove(a)
            tops.remove(b)
    for page, after in pairwise(pages):
        mine = sorted((e for e in bottoms if e.page == page), key=lambda e: e.x)
        theirs = sorted((e for e in tops if e.page == after), key=lambda e: e.x)
        pairs += zip(mine, theirs, strict=True) if len(mine) == len(theirs) else _nearest(mine, theirs)
    return pairs


def _nearest(bottoms: Sequence[PageExit], tops: Sequence[PageExit]) -> list[tuple[PageExit, PageExit]]:
    """Pairs of the nearest first, as many as there are of the fewer."""
    pairs: list[tuple[PageExit, PageExit]] = []
    for a, b in sorted(((a, b) for a in bottoms for b in tops), key=lambda p: abs(p[0].x - p[1].x)):
        if all(a is not x and b is not y for x, y in pairs):
            pairs.append((a, b))
    return pairs


def page_continuations(
    edges: Sequence[DirectedEdge],
    left: Sequence[PageExit],
    connectors: Sequence[Connector],
    positions: Mapping[str, FlowPosition],
    pages: Sequence[int],
    settings: PageBreakSettings,
) -> list[DirectedEdge]:
    """Edges over page breaks where one half of the line, or both, is not drawn.

    They lead from the last symbol of a page that leads nowhere to the first one of the next page that nothing leads to.
    """
    made = []
    for page, after in pairwise(pages):
        if any({positions[e.source].page, positions[e.target].page} == {page, after} for e in edges):
            continue
        source = _behind_exit(left, connectors, positions, page, "bottom") or _last_symbol(edges, positions, page)
        target = _behind_exit(left, connectors, positions, after, "top") or _first_symbol(edges, positions, after)
        if source and target:
            guess = settings.guess_confidence
            made.append(DirectedEdge(source, target, guess, guess, Connector(page, ())))
    return made


def _behind_exit(
    left: Sequence[PageExit],
    connectors: Sequence[Connector],
    positions: Mapping[str, FlowPosition],
    page: int,
    side: PageSide,
) -> str | None:
    """The symbol of a page whose line runs to an exit that found no other half."""
    for connector in connectors:
        exits = [t.exit for t in connector.terminals if t.exit]
        if any(e in left and (e.page, e.side) == (page, side) for e in exits):
            symbols = [
                t.symbol
                for t in connector.terminals
                if t.symbol and t.symbol in positions and positions[t.symbol].page == page
            ]
            if symbols:
                return symbols[0]
    return None


def _last_symbol(edges: Sequence[DirectedEdge], positions: Mapping[str, FlowPosition], page: int) -> str | None:
    """The last symbol of a page, where it leads nowhere."""
    here = {id_: position for id_, position in positions.items() if position.page == page}
    row = max((position.no for position in here.values()), default=None)
    sources = {e.source for e in edges}
    ends = [id_ for id_, position in here.items() if position.no == row and id_ not in sources]
    return ends[0] if len(ends) == 1 else None


def _first_symbol(edges: Sequence[DirectedEdge], positions: Mapping[str, FlowPosition], page: int) -> str | None:
    """The first symbol of a page, where nothing leads to it."""
    here = {id_: position for id_, position in positions.items() if position.page == page}
    row = min((position.no for position in here.values()), default=None)
    targets = {e.target for e in edges}
    starts = [id_ for id_, position in here.items() if position.no == row and id_ not in targets]
    return starts[0] if len(starts) == 1 else None

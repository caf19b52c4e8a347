"""Flows that simply go on at the top of the next page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.flowchart.connectors import Exit, Net, Terminal
from pipeline.flowchart.edges import Rank, Way

GUESS = 0.4  # ends and direction of an edge that nothing is drawn for, or only one half


def continued(
    ways: Sequence[Way], left: Sequence[Exit], nets: Sequence[Net], ranks: Mapping[str, Rank], pages: Sequence[int]
) -> list[Way]:
    """Edges over page breaks where one half of the line, or both, is not drawn: from the last symbol of a page that
    leads nowhere to the first one of the next page that nothing leads to.
    """
    made = []
    for page, after in zip(pages, pages[1:], strict=False):
        if any(_crosses(w, ranks, page, after) for w in ways):
            continue
        net = Net(page, ())
        source = _behind(left, nets, page, "foot") or _last(ways, ranks, page)
        target = _behind(left, nets, after, "head") or _first(ways, ranks, after)
        if source and target:
            made.append(Way(source, target, GUESS, GUESS, net))
    return made


def _crosses(way: Way, ranks: Mapping[str, Rank], page: int, after: int) -> bool:
    return {ranks[way.source].page, ranks[way.target].page} == {page, after}


def _behind(left: Sequence[Exit], nets: Sequence[Net], page: int, side: str) -> str | None:
    """The symbol whose line runs to an exit that found no other half."""
    for net in nets:
        if any(t.exit in left and t.exit.page == page and t.exit.side == side for t in net.terminals if t.exit):
            ends: list[Terminal] = [t for t in net.terminals if t.symbol]
            if ends:
                return ends[0].symbol
    return None


def _last(ways: Sequence[Way], ranks: Mapping[str, Rank], page: int) -> str | None:
    """The last symbol of a page, where it leads nowhere."""
    mine = {id_: rank for id_, rank in ranks.items() if rank.page == page}
    row = max((rank.no for rank in mine.values()), default=None)
    ends = [id_ for id_, rank in mine.items() if rank.no == row and not any(w.source == id_ for w in ways)]
    return ends[0] if len(ends) == 1 else None


def _first(ways: Sequence[Way], ranks: Mapping[str, Rank], page: int) -> str | None:
    """The first symbol of a page, where nothing leads to it."""
    mine = {id_: rank for id_, rank in ranks.items() if rank.page == page}
    row = min((rank.no for rank in mine.values()), default=None)
    starts = [id_ for id_, rank in mine.items() if rank.no == row and not any(w.target == id_ for w in ways)]
    return starts[0] if len(starts) == 1 else None

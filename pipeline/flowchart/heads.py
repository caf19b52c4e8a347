"""Which connector an arrowhead belongs to, where two end at one spot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from pipeline.flowchart.connectors import Net, Terminal
from pipeline.settings import FlowSettings


def with_heads_settled(nets: Sequence[Net], settings: FlowSettings) -> list[Net]:
    """One arrowhead in a narrow gap is seen by two connectors that end there: a double-headed one leaves it to the
    other, which has no other head.
    """
    changed = list(nets)
    for i, net in enumerate(changed):
        if len(net.terminals) != 2 or sum(t.head >= settings.head for t in net.terminals) > 1:
            continue
        for terminal in net.terminals:
            others = [t for t in net.terminals if t is not terminal]
            lender = next((j for j, other in enumerate(changed) if j != i and _lends(other, terminal, settings)), None)
            if lender is None or any(t.head >= settings.head for t in others):
                continue
            changed[i] = _with_head(net, terminal, max(terminal.head, 0.6))
            changed[lender] = _with_head(changed[lender], _same_spot(changed[lender], terminal, settings), 0.0)
            break
    return changed


def _lends(other: Net, terminal: Terminal, settings: FlowSettings) -> bool:
    double = len(other.terminals) == 2 and all(t.head >= 0.9 * settings.faint_head for t in other.terminals)
    return double and _same_spot(other, terminal, settings) is not None


def _same_spot(net: Net, terminal: Terminal, settings: FlowSettings) -> Terminal | None:
    spots = [t for t in net.terminals if t.symbol and t.symbol == terminal.symbol]
    return next((t for t in spots if math.dist(t.point, terminal.point) <= settings.lend_reach), None)


def _with_head(net: Net, terminal: Terminal | None, head: float) -> Net:
    return replace(net, terminals=tuple(replace(t, head=head) if t == terminal else t for t in net.terminals))

"""A bar that hands out to several symbols of a row what a line from an earlier step brings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.flowchart.connectors import Connector
from pipeline.flowchart.drawing import LineSegment
from pipeline.flowchart.edges import DirectedEdge, EdgeKey, Positions
from pipeline.settings import FlowSettings


def fanned_out(edges: Sequence[DirectedEdge], positions: Positions, settings: FlowSettings) -> list[DirectedEdge]:
    """Lead the edges of a bar with arrowheads at both ends from where the line comes that crosses it.

    In a picture the bar and the line seem to be two connectors, of which the bar leads both ways. It does not where
    its legs go down into symbols of one row and the line, from an earlier row, goes down between them into a third:
    what leads both ways between two symbols beside each other has no need of another's line.

    Args:
        edges: The edges of all connectors, in reading order.
        positions: Where their symbols stand.
        settings: The thresholds.

    Returns:
        The edges in reading order.
    """
    found = {edge.key: edge for edge in edges}
    for edge in edges:
        back = found.get((edge.target, edge.source))
        if edge.key not in found or back is None or back.connector is not edge.connector:
            continue
        level = _bar(edge.connector)
        feeder = _feeder(edge, level, found, positions, settings) if level else None
        if feeder is None:
            continue
        del found[edge.key], found[back.key]
        for target in edge.key:
            led = replace(edge, source=feeder.source, target=target, direction=settings.edges.fanned_out)
            found.setdefault(led.key, replace(led, ends=min(edge.ends, feeder.ends)))
    return sorted(found.values(), key=lambda e: (positions[e.source].order, positions[e.target].order))


def _bar(connector: Connector) -> LineSegment | None:
    """The horizontal line of a connector of two ends that both lie below it, at its own ends; None where there is none.

    A connector that is an object is what it is drawn as.
    """
    if connector.painted_apart or len(connector.terminals) != 2:
        return None
    bar = max((s for s in connector.segments if s.is_horizontal), key=lambda s: s.length, default=None)
    if bar is None or any(end.point[1] <= bar.box.bottom + bar.width for end in connector.terminals):
        return None
    return bar


def _feeder(
    edge: DirectedEdge,
    bar: LineSegment,
    found: Mapping[EdgeKey, DirectedEdge],
    positions: Positions,
    settings: FlowSettings,
) -> DirectedEdge | None:
    """The edge from an earlier row of the page into the row of a bar's symbols whose line crosses the bar."""
    row, reach = positions[edge.source].no, settings.tracing.join
    if positions[edge.target].no != row:
        return None

    def is_crossed(other: DirectedEdge) -> bool:
        comes_down = positions[other.source].no < row == positions[other.target].no
        return comes_down and other.connector.page == edge.connector.page and _crosses(other.connector, bar, reach)

    return next((e for e in found.values() if e.connector is not edge.connector and is_crossed(e)), None)


def _crosses(connector: Connector, bar: LineSegment, reach: float) -> bool:
    """Whether a vertical line of a connector goes through a bar, well between its ends."""
    box = bar.box
    return any(
        box.x0 + reach < s.box.center[0] < box.x1 - reach and s.box.top < box.top and box.bottom < s.box.bottom
        for s in connector.segments
        if not s.is_horizontal
    )

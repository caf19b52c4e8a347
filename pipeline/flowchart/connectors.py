"""What connectors are made of: where they end, which segments they have, and where they leave the page; in points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.flowchart.drawing import LineSegment, Point
from pipeline.model.draft import Polyline, TracedConnector
from pipeline.model.geometry import Box
from pipeline.settings import ArrowheadSettings, FlowSettings, TracingSettings

PageSide = Literal["top", "bottom"]


@dataclass(frozen=True, slots=True)
class SymbolBox:
    """Where connectors can end: a symbol's id and its box."""

    id: str
    box: Box


@dataclass(frozen=True, slots=True)
class PageExit:
    """Where a connector leaves the page, `x` points from the left.

    `label` is that of an off-page connector, `symbol` its id.
    """

    page: int
    side: PageSide
    x: float
    label: str | None = None
    symbol: str | None = None


@dataclass(frozen=True, slots=True)
class Terminal:
    """One end of a connector, at a symbol or at an exit.

    `head` is the arrowhead's strength 0..1, `gap` the points between the line's end and the symbol.
    """

    point: Point
    head: float
    symbol: str | None = None
    exit: PageExit | None = None
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Connector:
    """A connector with all its ends; `passed` are the symbols that it runs through.

    `painted_apart`: it is made of objects of its own, so that it surely goes on where others cross it.
    """

    page: int
    terminals: tuple[Terminal, ...]
    segments: tuple[LineSegment, ...] = ()
    passed: tuple[str, ...] = ()
    painted_apart: bool = False


@dataclass(frozen=True, slots=True)
class FlowArea:
    """The Pelaksana columns beside the rows of a page (`body`), and the x and y of its rulings.

    Connectors leave the page at its bottom unless it is the matrix's last, at its top unless it is the first.
    """

    page: int
    body: Box
    is_first: bool = False
    is_last: bool = False
    xs: tuple[float, ...] = ()
    ys: tuple[float, ...] = ()


def page_side(segment: LineSegment, which: int, area: FlowArea, settings: TracingSettings) -> PageSide | None:
    """The page's side that a vertical segment's end runs out at; None where it stays."""
    (x, y), down, body = segment.end(which), segment.outward(which)[1] > 0, area.body
    beside = not body.x0 - settings.body_slack <= x <= body.x1 + settings.body_slack
    if segment.is_horizontal or segment.length < settings.touch or beside:
        return None
    if down and not area.is_last and y >= body.bottom - settings.leave:
        return "bottom"
    if not down and not area.is_first and y <= body.top + settings.leave:
        return "top"
    return None


def least_head(ends: Sequence[Terminal], settings: ArrowheadSettings) -> float:
    """How strong an end of a connector with these ends must be to have an arrowhead, 0..1."""
    strongest = max((t.head for t in ends), default=0.0)
    limit = max(settings.faint, min(settings.clear, settings.share_of_strongest * strongest))
    if len(ends) == 2:  # both heads of one line are drawn alike; the point of a symbol may look a little like one
        limit = max(limit, settings.second * strongest)
    return limit


def traced(connector: Connector, settings: FlowSettings) -> TracedConnector:
    """A connector as it is handed on for drawing: its polylines, and boxes where its arrowheads are."""
    size, least = settings.arrowheads.drawn_size, least_head(connector.terminals, settings.arrowheads)
    heads = []
    for segment in connector.segments:
        for which in (0, 1):
            tip, (dx, dy) = segment.end(which), segment.outward(which)
            if any(t.point == tip and t.head >= least for t in connector.terminals):
                x, y = tip[0] - dx * size / 2, tip[1] - dy * size / 2
                heads.append(Box(x - size / 2, y - size / 2, x + size / 2, y + size / 2).rounded(2))
    return TracedConnector(connector.page, polylines(connector.segments, settings.tracing.overshoot), tuple(heads))


def polylines(segments: Sequence[LineSegment], reach: float) -> tuple[Polyline, ...]:
    """The segments as polylines: those whose ends lie within `reach` points of each other go on in one line."""
    lines: list[Polyline] = []
    for segment in segments:
        line: Polyline = (segment.a, segment.b)
        while found := next(((old, one) for old in lines if (one := _chained(old, line, reach))), None):
            lines.remove(found[0])
            line = found[1]
        lines.append(line)
    return tuple(lines)


def _chained(a: Polyline, b: Polyline, reach: float) -> Polyline | None:
    """Two lines as one, from end to end; None where no ends of theirs meet."""
    for first in (a, a[::-1]):
        for second in (b, b[::-1]):
            if math.dist(first[-1], second[0]) <= reach:
                return first + second
    return None

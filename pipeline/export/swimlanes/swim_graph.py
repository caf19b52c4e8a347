"""What a swimlane layout is made of: sized symbols in lanes and ranks, and what comes back, in plain geometry.

A lane is a performer; a rank is a place along the flow. Lanes lie beside each other and the flow goes down (as the form
of PermenPAN-RB 35/2012 draws it), or the lanes lie below each other and the flow goes to the right (as BPMN is drawn).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.model.geometry import Box

Point = tuple[float, float]
Size = tuple[float, float]
"""Width and height."""

SymbolForm = Literal["box", "pill", "oval", "rhombus", "triangle", "pentagon"]


@dataclass(frozen=True)
class SwimNode:
    """A symbol to be placed.

    Attributes:
        id: Its name in the graph.
        lane: Its lane, from 0.
        rank: Its place along the flow, from 0.
        size: Width and height as drawn.
        form: Its outline, at which connectors end.
        slot: Its place beside others of its lane and rank; 0 is the line on which single symbols stand.
        label: Width and height of words beside its lower right corner; nothing else is drawn over them.
    """

    id: str
    lane: int
    rank: int
    size: Size
    form: SymbolForm = "box"
    slot: int = 0
    label: Size = (0.0, 0.0)


@dataclass(frozen=True)
class SwimEdge:
    """A connector from symbol to symbol; `label` is the width and height of its words."""

    id: str
    source: str
    target: str
    label: Size = (0.0, 0.0)


@dataclass(frozen=True)
class SwimGraph:
    """What is to be laid out: for each lane and each rank how much room it takes at least, symbols and connectors."""

    lanes: tuple[float, ...]
    ranks: tuple[float, ...]
    nodes: tuple[SwimNode, ...]
    edges: tuple[SwimEdge, ...]


@dataclass(frozen=True)
class Spacing:
    """Lengths of a drawing.

    Attributes:
        along: The least gap between two ranks.
        across: The least gap between two symbols beside each other.
        track: The distance of connectors that run side by side.
    """

    along: float = 16.0
    across: float = 16.0
    track: float = 8.0


@dataclass(frozen=True)
class NodePlace:
    """Where a symbol stands, and where its label does."""

    box: Box
    label: Box | None


@dataclass(frozen=True)
class EdgePlace:
    """The way of a connector as its end and turning points, and where its label stands."""

    points: tuple[Point, ...]
    label: Box | None


@dataclass(frozen=True)
class SwimLayout:
    """A flowchart laid out; `lanes` and `ranks` tell where each begins and ends, across and along the flow."""

    width: float
    height: float
    lanes: tuple[tuple[float, float], ...]
    ranks: tuple[tuple[float, float], ...]
    nodes: Mapping[str, NodePlace]
    edges: Mapping[str, EdgePlace]


def slots_of(count: int) -> range:
    """The slots of so many symbols in one lane and rank, around the line on which single ones stand.

    >>> list(slots_of(1)), list(slots_of(2)), list(slots_of(3))
    ([0], [0, 1], [-1, 0, 1])
    """
    first = -((count - 1) // 2)
    return range(first, first + count)


def coordinate(value: float) -> str:
    """A length as drawings write it.

    >>> coordinate(12.0), coordinate(0.125), coordinate(-0.001)
    ('12', '0.12', '0')
    """
    return f"{round(value, 2) + 0.0:.10g}"

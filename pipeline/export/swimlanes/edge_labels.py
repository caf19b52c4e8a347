"""Places for the words of connectors: beside their lines, over no symbol and no other words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.export.swimlanes.swim_graph import NodePlace, Point, SwimEdge, SwimLayout
from pipeline.model.geometry import Box

BESIDE = 2.0
"""Between a connector and its words."""
FROM_END = 3.0
"""Between the beginning of a connector's part and the words beside it."""
LINE_COST, LATER_PART = 1.0, 0.25
"""What it costs to stand over another connector, and to stand at a later part of the own one."""


def place_labels(
    edges: Sequence[SwimEdge], ways: Mapping[str, Sequence[Point]], nodes: Mapping[str, NodePlace]
) -> dict[str, Box]:
    """Place the words of each connector, as near to its beginning as there is room.

    A label for which there is no room stands at the beginning of its connector all the same; `crowded` tells.
    """
    taken = [box for place in nodes.values() for box in (place.box, place.label) if box]
    lines = [_stroke(a, b) for way in ways.values() for a, b in pairwise(way)]
    found: dict[str, Box] = {}
    for edge in edges:
        if any(edge.label):
            found[edge.id] = _best(list(_candidates(ways[edge.id], edge.label)), taken, lines)
            taken.append(found[edge.id])
    return found


def crowded(edges: Sequence[SwimEdge], drawing: SwimLayout) -> list[SwimEdge]:
    """The connectors whose words stand over a symbol or other words."""
    nodes = [box for place in drawing.nodes.values() for box in (place.box, place.label) if box]
    found = []
    for edge in edges:
        label = drawing.edges[edge.id].label
        others = [place.label for name, place in drawing.edges.items() if place.label and name != edge.id]
        if label and any(label.meets(box) for box in [*nodes, *others]):
            found.append(edge)
    return found


def _best(candidates: Sequence[tuple[float, Box]], taken: Sequence[Box], lines: Sequence[Box]) -> Box:
    free = [(cost, box) for cost, box in candidates if not any(box.meets(other) for other in taken)]
    scored = [
        (cost + LINE_COST * sum(box.meets(line) for line in lines), place) for place, (cost, box) in enumerate(free)
    ]
    return free[min(scored)[1]][1] if scored else candidates[0][1]


def _candidates(way: Sequence[Point], size: tuple[float, float]) -> Iterator[tuple[float, Box]]:
    """Places beside each part of a connector, with what it costs to stand there."""
    for part, ((ax, ay), (bx, by)) in enumerate(pairwise(way)):
        width, height = size
        level = ay == by
        length, room = (abs(bx - ax), width) if level else (abs(by - ay), height)
        sign = 1 if (bx - ax if level else by - ay) > 0 else -1
        for share in (0.0, 0.5, 1.0):
            ahead = FROM_END + share * max(0.0, length - room - 2 * FROM_END)
            start = (ax if level else ay) + sign * ahead - (room if sign < 0 else 0.0)
            for side in (-BESIDE - (height if level else width), BESIDE):
                x, y = (start, ay + side) if level else (ax + side, start)
                yield LATER_PART * (part + share / 2), Box(x, y, x + width, y + height)


def _stroke(a: Point, b: Point) -> Box:
    """A line as a narrow box."""
    return Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])).grown(0.5)

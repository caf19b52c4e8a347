"""Random flowcharts for the layout, and what must hold of every one that is laid out."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

from hypothesis import strategies as st

from pipeline.export.swimlanes.swim_graph import SwimEdge, SwimGraph, SwimLayout, SwimNode, SymbolForm
from pipeline.model.geometry import Box

FORMS: tuple[SymbolForm, ...] = ("box", "pill", "oval", "rhombus", "triangle", "pentagon")
TOUCH = 0.01  # pixels: what is rounded


@st.composite
def graphs(draw: Any) -> SwimGraph:
    """A few symbols anywhere in a few lanes and ranks, connectors between any of them, themselves included."""
    lanes, ranks = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    places = draw(
        st.lists(
            st.tuples(st.integers(0, lanes - 1), st.integers(0, ranks - 1), st.integers(-1, 1)),
            unique=True,
            max_size=10,
        )
    )
    lengths = st.integers(10, 60).map(float)
    labels = st.just((0.0, 0.0)) | st.tuples(lengths, lengths)
    nodes = tuple(
        SwimNode(
            f"n{i}", lane, rank, draw(st.tuples(lengths, lengths)), draw(st.sampled_from(FORMS)), slot, draw(labels)
        )
        for i, (lane, rank, slot) in enumerate(places)
    )
    ends = st.sampled_from([node.id for node in nodes]) if nodes else st.nothing()
    joined = draw(st.lists(st.tuples(ends, ends, labels), max_size=14)) if nodes else []
    edges = tuple(SwimEdge(f"e{i}", *edge) for i, edge in enumerate(joined))
    return SwimGraph((30.0,) * lanes, (20.0,) * ranks, nodes, edges)


def faults_of(graph: SwimGraph, layout: SwimLayout) -> list[str]:
    """What stands or goes where it must not."""
    boxes = {f"{name} {part}": box for name, place in layout.nodes.items() for part, box in _parts(place).items()}
    rounded = {node.id for node in graph.nodes if node.form in ("oval", "rhombus")}
    found = [
        f"{a} lies over {b}"
        for a, b in combinations(boxes, 2)
        if boxes[a].grown(-TOUCH).meets(boxes[b]) and not (a.split()[0] == b.split()[0] in rounded)
    ]
    found += [f"the label of {node.id} lies over it" for node in graph.nodes if _label_inside(node, layout)]
    for edge in graph.edges:
        way, label = layout.edges[edge.id].points, layout.edges[edge.id].label
        found += [f"{edge.id} is aslant" for a, b in pairwise(way) if a[0] != b[0] and a[1] != b[1]]
        found += [
            f"{edge.id} crosses {name}"
            for name, box in boxes.items()
            if any(_segment(a, b).meets(box.grown(-TOUCH)) for a, b in pairwise(way))
            and not _only_touches(way, name.split()[0], edge, box)
        ]
        found += [f"words of {edge.id} over {name}" for name, box in boxes.items() if label and label.meets(box)]
    return found


def _label_inside(node: SwimNode, layout: SwimLayout) -> bool:
    """Whether the label of a round or slanted symbol begins inside of it."""
    place = layout.nodes[node.id]
    if not place.label or node.form not in ("oval", "rhombus"):
        return False
    (x, y), (width, height) = place.box.center, node.size
    right, down = (place.label.x0 - x) / (width / 2), (place.label.top - y) / (height / 2)
    return right + down < 1 if node.form == "rhombus" else right**2 + down**2 < 1


def _parts(place: Any) -> dict[str, Box]:
    return {"symbol": place.box, **({"label": place.label} if place.label else {})}


def _segment(a: tuple[float, float], b: tuple[float, float]) -> Box:
    return Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])).grown(TOUCH / 2)


def _only_touches(way: tuple[tuple[float, float], ...], name: str, edge: SwimEdge, box: Box) -> bool:
    """Whether a connector is in its own symbol's box only with its ends, which reach a slanted outline inside of it."""
    inner = [
        (a, b)
        for number, (a, b) in enumerate(pairwise(way))
        if not (name == edge.source and number == 0) and not (name == edge.target and number == len(way) - 2)
    ]
    return name in (edge.source, edge.target) and not any(_segment(a, b).meets(box.grown(-TOUCH)) for a, b in inner)

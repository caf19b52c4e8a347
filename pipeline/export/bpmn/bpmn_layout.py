"""Where the elements of a process stand, with the flow going to the right and the lanes below each other.

Sizes are those that bpmn-js and most modellers draw; tasks are as large as their words need.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.export.bpmn.bpmn_elements import BpmnElement, BpmnProcess
from pipeline.export.swimlanes.swim_graph import Size, Spacing, SwimEdge, SwimGraph, SwimLayout, SwimNode, SymbolForm
from pipeline.export.swimlanes.swim_layout import layout_of
from pipeline.export.swimlanes.text_width import block_size, wrapped

TASK_TYPE, LABEL_TYPE = 12.0, 11.0  # type sizes of words in and beside elements
TASK_WIDTH, TASK_PADDING = 170.0, 10.0
TASK_HEIGHT, ICON_ROOM = 80.0, 24.0  # least height; above and below the words, for the sign of a user task
LABEL_WIDTH = 110.0
LABEL_RIM = 6.0  # by which a label is wider than its words, as typefaces differ a little
EVENT, GATEWAY = (36.0, 36.0), (50.0, 50.0)
DATA = (36.0, 50.0)
BAND = 30.0  # of a pool's or lane's name
LANE, POOL = 120.0, 240.0  # least heights
NAME_LINES = 2  # that fit into a band
SPACING = Spacing(along=40.0, across=28.0, track=12.0)

FORMS: dict[str, tuple[SymbolForm, Size]] = {
    "startEvent": ("oval", EVENT),
    "endEvent": ("oval", EVENT),
    "intermediateThrowEvent": ("oval", EVENT),
    "exclusiveGateway": ("rhombus", GATEWAY),
    "parallelGateway": ("rhombus", GATEWAY),
    "dataObjectReference": ("box", DATA),
}
"""Outline and size of every element but tasks."""


def process_layout(process: BpmnProcess, lanes: Sequence[str], pool: str) -> SwimLayout:
    """Lay out a process; positions are within the lanes, right of their names.

    Args:
        process: Its elements.
        lanes: The names of the lanes.
        pool: The name of the pool, along whose side it must fit.
    """
    places = sorted({(element.cell.row, element.part) for element in process.elements})
    ranks = {place: rank for rank, place in enumerate(places)}
    nodes = tuple(
        SwimNode(
            element.id,
            element.cell.lane,
            ranks[element.cell.row, element.part],
            element_size(element),
            FORMS[element.tag][0] if element.tag in FORMS else "box",
            element.slot,
            label_size(element.name) if element.tag in FORMS else (0.0, 0.0),
        )
        for element in process.elements
    )
    edges = tuple(SwimEdge(edge.id, edge.source, edge.target, label_size(edge.name)) for edge in process.flows)
    edges += tuple(SwimEdge(edge.id, edge.source, edge.target, label_size(edge.name)) for edge in process.data)
    least = max(POOL, band_length(pool)) / max(1, len(lanes))
    rooms = tuple(max(LANE, least, band_length(name)) for name in lanes)
    return layout_of(SwimGraph(rooms, (0.0,) * len(places), nodes, edges), SPACING, horizontal=True)


def element_size(element: BpmnElement) -> Size:
    """Width and height of an element."""
    if element.tag in FORMS:
        return FORMS[element.tag][1]
    lines = wrapped(element.name, TASK_TYPE, TASK_WIDTH - 2 * TASK_PADDING)
    return TASK_WIDTH, max(TASK_HEIGHT, block_size(lines, TASK_TYPE)[1] + 2 * ICON_ROOM)


def label_size(name: str) -> Size:
    """Width and height of the words beside an element or flow."""
    if not name:
        return 0.0, 0.0
    width, height = block_size(wrapped(name, LABEL_TYPE, LABEL_WIDTH), LABEL_TYPE)
    return width + LABEL_RIM, height


def band_length(name: str) -> float:
    """How long a band must be so that a name fits into it."""
    length = LANE
    while len(wrapped(name, TASK_TYPE, length - 2 * TASK_PADDING)) > NAME_LINES:
        length += TASK_TYPE
    return length

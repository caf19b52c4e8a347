"""The diagram interchange of a process: shapes with their bounds, edges with their turning points, labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from pipeline.export.bpmn.bpmn_elements import BpmnProcess
from pipeline.export.bpmn.bpmn_layout import BAND
from pipeline.export.swimlanes.swim_graph import Point, SwimLayout, coordinate
from pipeline.model.geometry import Box

POOL_CORNER = (40.0, 40.0)
"""Where the pool begins."""


def add_diagram(definitions: ET.Element, process: BpmnProcess, layout: SwimLayout, lanes: Sequence[str]) -> None:
    """Add the drawing of a process.

    Args:
        definitions: The root of the file.
        process: Its elements.
        layout: Where they stand within the lanes.
        lanes: The ids of the lanes.
    """
    diagram = ET.SubElement(definitions, "bpmndi:BPMNDiagram", id="diagram")
    plane = ET.SubElement(diagram, "bpmndi:BPMNPlane", id="plane", bpmnElement="collaboration")
    left, top = POOL_CORNER
    bands = BAND * (2 if lanes else 1)
    height = max(layout.height, layout.lanes[-1][1] if layout.lanes else 0.0)
    _shape(plane, "pool", Box(left, top, left + bands + layout.width, top + height), horizontal=True)
    for name, (start, end) in zip(lanes, layout.lanes, strict=True):
        box = Box(left + BAND, top + start, left + bands + layout.width, top + end)
        _shape(plane, name, box, horizontal=True)
    for element in process.elements:
        place = layout.nodes[element.id]
        marked = element.tag == "exclusiveGateway"
        moved = place.label.shifted(left + bands, top) if place.label else None
        _shape(plane, element.id, place.box.shifted(left + bands, top), moved, marked=marked)
    for name in [*(flow.id for flow in process.flows), *(data.id for data in process.data)]:
        way = layout.edges[name]
        moved = way.label.shifted(left + bands, top) if way.label else None
        points = [(x + left + bands, y + top) for x, y in way.points]
        _edge(plane, name, points, moved)


def _shape(
    plane: ET.Element, name: str, box: Box, label: Box | None = None, horizontal: bool = False, marked: bool = False
) -> None:
    attributes = {"id": f"{name}_di", "bpmnElement": name}
    if horizontal:
        attributes["isHorizontal"] = "true"
    if marked:
        attributes["isMarkerVisible"] = "true"
    shape = ET.SubElement(plane, "bpmndi:BPMNShape", attributes)
    _bounds(shape, box)
    _label(shape, label)


def _edge(plane: ET.Element, name: str, points: Iterable[Point], label: Box | None) -> None:
    edge = ET.SubElement(plane, "bpmndi:BPMNEdge", id=f"{name}_di", bpmnElement=name)
    for x, y in points:
        ET.SubElement(edge, "di:waypoint", x=coordinate(x), y=coordinate(y))
    _label(edge, label)


def _label(parent: ET.Element, box: Box | None) -> None:
    if box:
        _bounds(ET.SubElement(parent, "bpmndi:BPMNLabel"), box)


def _bounds(parent: ET.Element, box: Box) -> None:
    lengths = {"x": box.x0, "y": box.top, "width": box.width, "height": box.height}
    ET.SubElement(parent, "dc:Bounds", {name: coordinate(value) for name, value in lengths.items()})

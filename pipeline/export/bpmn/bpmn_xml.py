"""A SOP as a BPMN 2.0 file with diagram interchange."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from pipeline.export.bpmn.bpmn_elements import BpmnElement, BpmnProcess, xml_name
from pipeline.export.bpmn.bpmn_layout import process_layout
from pipeline.export.bpmn.bpmn_process import process_of
from pipeline.export.bpmn.bpmn_shapes import add_diagram
from pipeline.export.bpmn.flow_faults import FlowEnds, FlowFault, flow_faults
from pipeline.export.bpmn.mutu_baku_xml import add_step
from pipeline.export.swimlanes.flow_cells import FlowCells, flow_cells
from pipeline.export.swimlanes.text_width import drawable
from pipeline.model.record import Record

NAMESPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "sop": "urn:sop-pipeline:bpmn:1",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
EXPRESSIONS = "https://docs.python.org/3/reference/expressions.html"
"""The language of conditions."""
NO_PERFORMER = "(tanpa pelaksana)"


def bpmn_xml(record: Record, data_objects: bool = False) -> str:
    """Write one SOP as BPMN.

    Where its flow breaks a rule of BPMN, nothing is mended: the documentation of the process and of the task says so.

    Args:
        record: The SOP.
        data_objects: Make kelengkapan and output data objects, too; they always stand in the tasks' documentation.
    """
    cells = flow_cells(record)
    ends = FlowEnds(cells)
    process, faults = process_of(ends, data_objects), flow_faults(ends)
    name = " ".join(drawable(record.header.nama_sop or record.judul or record.id).split())
    lanes = [drawable(lane.nama) if lane else NO_PERFORMER for lane in cells.lanes]
    definitions = _definitions(record)
    _add_collaboration(definitions, record, name)
    _add_process(definitions, record, name, cells, process, faults)
    ids = [_lane_id(cells, index) for index in range(len(lanes))]
    add_diagram(definitions, process, process_layout(process, lanes, name), ids)
    ET.indent(definitions)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(definitions, encoding="unicode") + "\n"


def bpmn_faults(record: Record) -> list[FlowFault]:
    """Where a SOP's flow breaks a rule of BPMN."""
    return flow_faults(FlowEnds(flow_cells(record)))


def _definitions(record: Record) -> ET.Element:
    names = {f"xmlns:{prefix}": uri for prefix, uri in NAMESPACES.items()}
    return ET.Element(
        "bpmn:definitions",
        {
            **names,
            "id": "definitions",
            "targetNamespace": NAMESPACES["sop"],
            "expressionLanguage": EXPRESSIONS,
            "exporter": "sop-pipeline",
        },
    )


def _add_collaboration(definitions: ET.Element, record: Record, name: str) -> None:
    collaboration = ET.SubElement(definitions, "bpmn:collaboration", id="collaboration")
    ET.SubElement(collaboration, "bpmn:participant", {"id": "pool", "name": name, "processRef": process_id(record)})


def process_id(record: Record) -> str:
    """The id of a record's process.

    "sop-bintan/02" -> "sop_sop_bintan_02".
    """
    return f"sop_{xml_name(record.id)}"


def _add_process(
    definitions: ET.Element,
    record: Record,
    name: str,
    cells: FlowCells,
    process: BpmnProcess,
    faults: Sequence[FlowFault],
) -> None:
    element = ET.SubElement(
        definitions, "bpmn:process", {"id": process_id(record), "name": name, "isExecutable": "true"}
    )
    _document(element, [f"SOP {record.id}", *(str(fault.message) for fault in faults)])
    if cells.lanes:
        lanes = ET.SubElement(element, "bpmn:laneSet", id="lanes")
        for index, lane in enumerate(cells.lanes):
            words = drawable(lane.nama) if lane else NO_PERFORMER
            member = ET.SubElement(lanes, "bpmn:lane", id=_lane_id(cells, index), name=words)
            for node in process.elements:
                if node.cell.lane == index and node.tag != "dataObjectReference":
                    ET.SubElement(member, "bpmn:flowNodeRef").text = node.id
    for node in process.elements:
        _add_element(element, node, process, [fault for fault in faults if fault.node == node.cell.node.id])
    _add_flows(element, process)
    _add_associations(element, process)


def _lane_id(cells: FlowCells, index: int) -> str:
    lane = cells.lanes[index]
    return f"lane_{xml_name(lane.id)}" if lane else "lane"


def _document(element: ET.Element, lines: Iterable[str]) -> None:
    text = "\n".join(lines)
    if text:
        ET.SubElement(element, "bpmn:documentation").text = text


def _add_element(parent: ET.Element, node: BpmnElement, process: BpmnProcess, faults: Sequence[FlowFault]) -> None:
    if node.tag == "dataObjectReference":
        ET.SubElement(parent, "bpmn:dataObject", id=f"{node.id}_object")
        names = {"id": node.id, "name": node.name, "dataObjectRef": f"{node.id}_object"}
        ET.SubElement(parent, "bpmn:dataObjectReference", names)
        return
    default = next((flow.id for flow in process.flows if flow.source == node.id and flow.default), None)
    element = ET.SubElement(
        parent,
        f"bpmn:{node.tag}",
        {"id": node.id, **({"name": node.name} if node.name else {}), **({"default": default} if default else {})},
    )
    told = [str(fault.message) for fault in faults] if node.part.name == "MAIN" else []
    add_step(element, node, told)
    for tag, end in (("incoming", "target"), ("outgoing", "source")):
        for flow in process.flows:
            if getattr(flow, end) == node.id:
                ET.SubElement(element, f"bpmn:{tag}").text = flow.id
    _add_data(element, node, process)


def _add_data(element: ET.Element, node: BpmnElement, process: BpmnProcess) -> None:
    """Data associations; a property stands for the end inside of the task, as BPMN asks for one."""
    inputs = [data for data in process.data if data.target == node.id and node.tag not in TAKE_NOTHING]
    outputs = [data for data in process.data if data.source == node.id and node.tag not in GIVE_NOTHING]
    for data in inputs:
        ET.SubElement(element, "bpmn:property", id=f"{data.id}_target", name="__targetRef_placeholder")
    for data in inputs:
        association = ET.SubElement(element, "bpmn:dataInputAssociation", id=data.id)
        _document(association, [data.name] if data.name else [])
        ET.SubElement(association, "bpmn:sourceRef").text = data.source
        ET.SubElement(association, "bpmn:targetRef").text = f"{data.id}_target"
    for data in outputs:
        association = ET.SubElement(element, "bpmn:dataOutputAssociation", id=data.id)
        _document(association, [data.name] if data.name else [])
        ET.SubElement(association, "bpmn:targetRef").text = data.target


TAKE_NOTHING, GIVE_NOTHING = ("startEvent",), ("endEvent", "intermediateThrowEvent")
"""Elements that have no data associations to or from them; a document there is joined by a plain association."""


def _add_associations(parent: ET.Element, process: BpmnProcess) -> None:
    tags = {node.id: node.tag for node in process.elements}
    for data in process.data:
        if tags[data.target] in TAKE_NOTHING or tags[data.source] in GIVE_NOTHING:
            ends = {"id": data.id, "sourceRef": data.source, "targetRef": data.target}
            _document(ET.SubElement(parent, "bpmn:association", ends), [data.name] if data.name else [])


def _add_flows(parent: ET.Element, process: BpmnProcess) -> None:
    for flow in process.flows:
        names = {"id": flow.id, **({"name": flow.name} if flow.name else {})}
        element = ET.SubElement(
            parent, "bpmn:sequenceFlow", {**names, "sourceRef": flow.source, "targetRef": flow.target}
        )
        if flow.condition:
            condition = ET.SubElement(element, "bpmn:conditionExpression", {"xsi:type": "bpmn:tFormalExpression"})
            condition.text = flow.condition

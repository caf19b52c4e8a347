"""The process of a record: the elements of all its symbols, and the flows and data associations between them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from pipeline.export.bpmn.bpmn_elements import BpmnData, BpmnElement, BpmnFlow, BpmnProcess
from pipeline.export.bpmn.bpmn_units import BpmnUnit
from pipeline.export.bpmn.flow_faults import FlowEnds
from pipeline.export.swimlanes.text_width import drawable
from pipeline.model.record import FlowEdge


def process_of(ends: FlowEnds, data_objects: bool) -> BpmnProcess:
    """Make the elements of a process.

    Args:
        ends: The flow of a record.
        data_objects: Make kelengkapan and output data objects, too; else they stand in the tasks alone.
    """
    units = {cell.node.id: BpmnUnit(ends, cell, spread=data_objects) for cell in ends.cells.cells}
    elements = [element for unit in units.values() for element in unit.elements()]
    flows = [flow for unit in units.values() for flow in unit.inner_flows()]
    flows += _outer_flows(ends, units)
    data = list(_document_data(ends, units))
    if data_objects:
        for element, association in _mutu_baku(list(units.values())):
            elements.append(element)
            data.append(association)
    return BpmnProcess(tuple(elements), tuple(flows), tuple(data))


def _outer_flows(ends: FlowEnds, units: Mapping[str, BpmnUnit]) -> list[BpmnFlow]:
    """The flows between symbols, with conditions where one of several is taken."""
    found: list[BpmnFlow] = []
    names: set[str] = set()
    for unit in units.values():
        values = way_values(unit.out) if unit.exclusive and len(unit.out) > 1 else {}
        default = next((edge for edge in unit.out if not edge.label), None) if values else None
        for edge in unit.out:
            target = units[edge.target]
            name = _free(f"flow_{unit.id}_{target.id}", names)
            condition = (
                f"{unit.id} == {json.dumps(values[edge], ensure_ascii=False)}" if values and edge is not default else ""
            )
            words = " ".join(drawable(edge.label).split())
            found.append(BpmnFlow(name, unit.exit, target.entry, words, condition, edge is default))
    return found


def way_values(ways: Sequence[FlowEdge]) -> dict[FlowEdge, str]:
    """What a decision's variable holds for each of its ways: the words, or the id of the symbol to which it leads."""
    labels = Counter(edge.label for edge in ways)
    return {
        edge: (drawable(edge.label) if labels[edge.label] == 1 else f"{drawable(edge.label)} {edge.target}")
        if edge.label
        else edge.target
        for edge in ways
    }


def _free(name: str, taken: set[str]) -> str:
    found = next(other for n in count(1) if (other := name if n == 1 else f"{name}_{n}") not in taken)
    taken.add(found)
    return found


def _document_data(ends: FlowEnds, units: Mapping[str, BpmnUnit]) -> Iterator[BpmnData]:
    """The connectors of documents that only come to steps, or only out of them."""
    names: set[str] = set()
    for edge in ends.edges:
        source, target = units[edge.source], units[edge.target]
        if source.is_data or target.is_data:
            name = _free(f"data_{source.id}_{target.id}", names)
            yield BpmnData(name, source.id, target.id, drawable(edge.label))


def _mutu_baku(units: Sequence[BpmnUnit]) -> Iterator[tuple[BpmnElement, BpmnData]]:
    """Kelengkapan before the first task of each step, output behind the last one."""
    tasks: dict[int, list[tuple[BpmnUnit, BpmnElement]]] = {}
    for unit in units:
        for element in unit.elements():
            if element.step:
                tasks.setdefault(unit.cell.row, []).append((unit, element))
    for members in tasks.values():
        for (unit, task), field, beside in ((members[0], "kelengkapan", -1), (members[-1], "output", 1)):
            words = getattr(task.step.mutu_baku, field) if task.step else None
            if words and words.strip(" -\n"):
                name = f"{task.id}_{field}"
                ends = (name, task.id) if beside < 0 else (task.id, name)
                slot = unit.slot + beside
                yield (
                    BpmnElement(name, "dataObjectReference", drawable(words), task.cell, slot=slot),
                    BpmnData(f"data_{name}", *ends),
                )

"""The elements of a BPMN process as plain values, before they are written as XML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from pipeline.export.swimlanes.flow_cells import FlowCell
from pipeline.model.record import Kegiatan


class Part(IntEnum):
    """The places of elements that one symbol becomes, along the flow."""

    START = 0
    JOIN = 1
    MAIN = 2
    FORK = 3
    END = 4


@dataclass(frozen=True)
class BpmnElement:
    """A flow node or a data object.

    Attributes:
        id: Its id, which stays while the record's ids do.
        tag: Its name in BPMN.
        name: Its words; "" for none.
        cell: The symbol that it is made from.
        part: Its place before or behind the symbol's task.
        slot: Its place beside others of its lane and rank.
        step: The step whose words it carries, for a task.
    """

    id: str
    tag: str
    name: str
    cell: FlowCell
    part: Part = Part.MAIN
    slot: int = 0
    step: Kegiatan | None = None


@dataclass(frozen=True)
class BpmnFlow:
    """A sequence flow; with the condition on which it is taken, or as the default of its gateway."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""
    default: bool = False


@dataclass(frozen=True)
class BpmnData:
    """A data association, from a data object to a task or the other way."""

    id: str
    source: str
    target: str
    name: str = ""


@dataclass(frozen=True)
class BpmnProcess:
    """All elements of a process in the order of the record."""

    elements: tuple[BpmnElement, ...]
    flows: tuple[BpmnFlow, ...]
    data: tuple[BpmnData, ...]


def xml_name(text: str) -> str:
    """A name that XML takes for an id, and Python for a variable.

    >>> xml_name("n5"), xml_name("5 a")
    ('n5', '_5_a')
    """
    return re.sub(r"^(?=\d)|[^A-Za-z0-9_]", "_", text)

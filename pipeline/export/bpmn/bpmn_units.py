"""How each symbol of a flowchart becomes elements of a BPMN process.

A symbol is a step that somebody performs, whatever its form: a task. What its form says besides is an element of its
own before or behind the task: a start event, the gateway where ways come together, the one where they part, an end
event. A start or end in a row where another symbol stands for the step is an event alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.export.bpmn.bpmn_elements import BpmnElement, BpmnFlow, Part, xml_name
from pipeline.export.bpmn.flow_faults import FlowEnds
from pipeline.export.swimlanes.flow_cells import FlowCell
from pipeline.export.swimlanes.text_width import drawable
from pipeline.model.record import Kegiatan, NodeKind

STEPS = ("process", "decision", "document", "archive")
"""Kinds of symbols that are a step whatever else stands in their row; others are where they stand there alone."""
KINDS: dict[NodeKind, str] = {
    "start": "Mulai",
    "end": "Selesai",
    "process": "Proses",
    "decision": "Keputusan",
    "document": "Dokumen",
    "archive": "Arsip",
    "connector": "Penghubung",
}
"""What symbols are called where nothing is written in them."""
WORD_LETTERS = 3
"""So many letters in a symbol are a word; fewer are a mark, which stands for nothing here."""
TELLING_WORDS = 3
"""So many words in a symbol say what is done; fewer are a mark such as "Proses" or a number."""


class BpmnUnit:
    """A symbol with the elements that it becomes."""

    def __init__(self, ends: FlowEnds, cell: FlowCell, spread: bool) -> None:
        self.cell = cell
        self.id = xml_name(cell.node.id)
        self.slot = cell.slot * 3 if spread else cell.slot  # room for data objects on both sides
        self.is_data = ends.is_data(cell.node.id)
        self.step = ends.cells.rows[cell.row]
        self.exclusive = ends.is_exclusive(cell.node.id)
        self.ways_in = len(ends.flowing(ends.inward[cell.node.id]))
        self.out = ends.flowing(ends.outward[cell.node.id])
        others = [other for other in ends.cells.cells if other.row == cell.row and other is not cell]
        self.alone = not any(other.node.kind in STEPS for other in others)
        self.has_task = cell.node.kind in (*STEPS, "connector") or bool(
            (self.step and self.step.uraian and self.alone)
            or (cell.node.kind == "start" and self.ways_in)
            or (cell.node.kind == "end" and self.out)
        )

    def elements(self) -> Iterator[BpmnElement]:
        """The elements along the flow."""
        kind = self.cell.node.kind
        if self.is_data:
            yield self._element(self.id, "dataObjectReference", self._label() or KINDS[kind])
            return
        if kind == "start" and self.has_task:
            yield self._element(f"{self.id}_start", "startEvent", KINDS["start"], Part.START)
        if self.joins:
            yield self._element(f"{self.id}_join", "exclusiveGateway", "", Part.JOIN)
        yield self._main()
        if self.forks:
            tag = "exclusiveGateway" if self.exclusive else "parallelGateway"
            yield self._element(f"{self.id}_fork", tag, self._question() if self.exclusive else "", Part.FORK)
        if kind == "end" and self.has_task:
            yield self._element(f"{self.id}_end", "endEvent", KINDS["end"], Part.END)

    def _main(self) -> BpmnElement:
        node = self.cell.node
        if not self.has_task:
            return self._element(self.id, f"{node.kind}Event", self._label() or KINDS[node.kind])
        if node.kind == "connector" and not (self.alone and self.step and self.step.uraian):
            return self._element(self.id, "intermediateThrowEvent", self._label() or KINDS[node.kind])
        return self._element(self.id, "userTask", self._name(), step=self.step)

    def _element(
        self, name: str, tag: str, words: str, part: Part = Part.MAIN, step: Kegiatan | None = None
    ) -> BpmnElement:
        return BpmnElement(name, tag, words, self.cell, part, self.slot, step)

    @property
    def joins(self) -> bool:
        """Whether several ways come together here."""
        return self.ways_in + (self.cell.node.kind == "start" and self.has_task) > 1

    @property
    def forks(self) -> bool:
        """Whether ways part here."""
        ways = len(self.out) + (self.cell.node.kind == "end" and self.has_task)
        return ways > 1 or self.cell.node.kind == "decision"

    @property
    def entry(self) -> str:
        """The element to which connectors lead."""
        return f"{self.id}_join" if self.joins else self.id

    @property
    def exit(self) -> str:
        """The element that connectors leave."""
        return f"{self.id}_fork" if self.forks else self.id

    def inner_flows(self) -> Iterator[BpmnFlow]:
        """The flows between the elements of this symbol."""
        kind = self.cell.node.kind
        pairs = [
            (f"{self.id}_start", self.entry, kind == "start" and self.has_task),
            (f"{self.id}_join", self.id, self.joins),
            (self.id, f"{self.id}_fork", self.forks),
            (self.exit, f"{self.id}_end", kind == "end" and self.has_task),
        ]
        yield from (BpmnFlow(f"flow_{a}_{b}", a, b) for a, b, there in pairs if there and not self.is_data)

    def _label(self) -> str:
        """The words in the symbol; "" for a number or a mark that stands for nothing here."""
        label = " ".join(drawable(self.cell.node.label).split())
        return label if sum(map(str.isalpha, label)) >= WORD_LETTERS else ""

    def _name(self) -> str:
        """What a task is called: its step, but a process by the words in its symbol, where they say what is done."""
        node, label = self.cell.node, self._label()
        tells = node.kind != "decision" and len(label.split()) >= TELLING_WORDS
        uraian = " ".join(drawable(self.step.uraian).split()) if self.step else ""
        return (label if tells else uraian) or label or KINDS[node.kind]

    def _question(self) -> str:
        labels = dict.fromkeys(edge.label for edge in self.out if edge.label)
        return (self._label() or " / ".join(" ".join(drawable(label).split()) for label in labels)).rstrip("?") + "?"

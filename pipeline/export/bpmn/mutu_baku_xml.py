"""A step's words in its task: for people as documentation, for programs as an extension element."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from pipeline.export.bpmn.bpmn_elements import BpmnElement, Part
from pipeline.export.swimlanes.text_width import drawable
from pipeline.model.record import Kegiatan, Waktu


def add_step(element: ET.Element, node: BpmnElement, told: Sequence[str]) -> None:
    """Add documentation and the extension element `sop:kegiatan` of a task's step.

    Args:
        element: The task, or another element, which gets but documentation.
        node: What it was made from.
        told: What is wrong with its symbol, a sentence each.
    """
    lines = [*(_lines(node.step) if node.step else ()), *told]
    label = drawable(node.cell.node.label)
    if node.part is Part.MAIN and label and label != node.name:
        lines.append(f"Simbol: {label}")
    if lines:
        ET.SubElement(element, "bpmn:documentation").text = "\n".join(lines)
    if node.step:
        _add_extension(ET.SubElement(element, "bpmn:extensionElements"), node, node.step)


def _lines(step: Kegiatan) -> Iterator[str]:
    quality = step.mutu_baku
    fields = {
        "Kegiatan": f"{step.nomor or step.no} {step.uraian or ''}",
        "Kelengkapan": quality.kelengkapan,
        "Waktu": quality.waktu and quality.waktu.text,
        "Output": quality.output,
        **quality.lain,
        "Keterangan": step.keterangan,
    }
    yield from (f"{drawable(name)}: {drawable(words)}" for name, words in fields.items() if words)


def _add_extension(parent: ET.Element, node: BpmnElement, step: Kegiatan) -> None:
    symbol = node.cell.node
    names = {"no": str(step.no), "nomor": drawable(step.nomor), "symbol": symbol.kind, "label": drawable(symbol.label)}
    root = ET.SubElement(parent, "sop:kegiatan", {name: value for name, value in names.items() if value})
    _add_text(root, "sop:uraian", step.uraian)
    quality = ET.SubElement(root, "sop:mutuBaku")
    _add_text(quality, "sop:kelengkapan", step.mutu_baku.kelengkapan)
    if step.mutu_baku.waktu:
        waktu = ET.SubElement(quality, "sop:waktu", _waktu(step.mutu_baku.waktu))
        waktu.text = drawable(step.mutu_baku.waktu.text)
    _add_text(quality, "sop:output", step.mutu_baku.output)
    for head, words in step.mutu_baku.lain.items():
        ET.SubElement(quality, "sop:lain", kolom=drawable(head)).text = drawable(words)
    _add_text(root, "sop:keterangan", step.keterangan)


def _waktu(waktu: Waktu) -> dict[str, str]:
    values = {
        "value": waktu.value,
        "max": waktu.max,
        "unit": waktu.unit,
        "iso8601": waktu.iso8601,
        "jenis": waktu.jenis,
    }
    return {name: f"{value}" for name, value in values.items() if value is not None}


def _add_text(parent: ET.Element, tag: str, words: str | None) -> None:
    if words:
        ET.SubElement(parent, tag).text = drawable(words)

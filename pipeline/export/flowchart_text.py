"""Flowcharts as text for Mermaid and Graphviz: a subgraph for each performer, steps in their symbols' shapes."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.export.bpmn.bpmn_elements import xml_name
from pipeline.export.swimlanes.flow_cells import FlowCell, FlowCells, flow_cells
from pipeline.export.swimlanes.text_width import drawable, wrapped
from pipeline.model.record import NodeKind, Record

DOT_TYPE, DOT_WIDTH = 10.0, 130.0
"""Type size, and how wide the words of a symbol are at most, in points."""

MERMAID_SHAPES: dict[NodeKind, tuple[str, str]] = {
    "start": ("([", "])"),
    "end": ("([", "])"),
    "process": ("[", "]"),
    "decision": ("{", "}"),
    "document": ("[/", "/]"),
    "archive": ("[\\", "/]"),
    "connector": ("((", "))"),
}
DOT_SHAPES: dict[NodeKind, str] = {
    "start": 'shape="box", style="rounded"',
    "end": 'shape="box", style="rounded"',
    "process": 'shape="box"',
    "decision": 'shape="diamond"',
    "document": 'shape="note"',
    "archive": 'shape="invtriangle"',
    "connector": 'shape="invhouse"',
}


def mermaid_text(record: Record) -> str:
    """Write one SOP as a Mermaid flowchart.

    Args:
        record: The SOP.

    Returns:
        The text of a `.mmd` file. Words are quoted, and all in them that is neither letter, digit, comma nor space is
        an entity code, so that no words end a label, begin a comment or are taken for Markdown or HTML.
    """
    cells = flow_cells(record)
    lines = ["flowchart TD"]
    for index, name, members in _lanes(cells):
        lines.append(f"  subgraph lane{index}[{_mermaid_quoted(name)}]")
        for cell in members:
            opening, closing = MERMAID_SHAPES[cell.node.kind]
            lines.append(f"    {xml_name(cell.node.id)}{opening}{_mermaid_quoted(_words(cells, cell))}{closing}")
        lines.append("  end")
    for edge in cells.edges:
        label = f"|{_mermaid_quoted(edge.label)}|" if edge.label else ""
        lines.append(f"  {xml_name(edge.source)} -->{label} {xml_name(edge.target)}")
    return "\n".join(lines) + "\n"


def dot_text(record: Record) -> str:
    """Write one SOP as a Graphviz digraph, with a cluster for each performer and its words wrapped."""
    cells = flow_cells(record)
    font = f'fontname="Arial", fontsize="{DOT_TYPE:g}"'
    lines = [
        f"digraph {_dot_quoted(record.id)} {{",
        f'  graph [{font}, label={_dot_wrapped(record.header.nama_sop or record.judul or record.id)}, labelloc="t"]',
        f"  node [{font}]",
        f"  edge [{font}]",
    ]
    for index, name, members in _lanes(cells):
        lines += [f'  subgraph "cluster_{index}" {{', f"    label={_dot_wrapped(name)}"]
        for cell in members:
            words = _dot_wrapped(_words(cells, cell))
            lines.append(f"    {_dot_quoted(cell.node.id)} [{DOT_SHAPES[cell.node.kind]}, label={words}]")
        lines.append("  }")
    for edge in cells.edges:
        label = f" [label={_dot_wrapped(edge.label)}]" if edge.label else ""
        lines.append(f"  {_dot_quoted(edge.source)} -> {_dot_quoted(edge.target)}{label}")
    return "\n".join([*lines, "}"]) + "\n"


def _lanes(cells: FlowCells) -> Iterator[tuple[int, str, list[FlowCell]]]:
    """The performers that do something, by number, with their symbols."""
    for index, lane in enumerate(cells.lanes):
        members = [cell for cell in cells.cells if cell.lane == index]
        if members:
            yield index, lane.nama if lane else "(tanpa pelaksana)", members


def _words(cells: FlowCells, cell: FlowCell) -> str:
    """What stands in a symbol: its step's number and words, and its own where it has some."""
    step, label = cells.rows[cell.row], cell.node.label or ""
    words = f"{step.nomor or step.no} {step.uraian or ''}".strip() if step else ""
    return f"{words} ({label})" if words and label else words or label or cell.node.kind


def _mermaid_quoted(text: str) -> str:
    plain = " ".join(drawable(text).split())
    return '"' + "".join(c if c.isalnum() or c in " ," else f"#{ord(c)};" for c in plain) + '"'


def _dot_quoted(text: str) -> str:
    """A quoted string on one line; Graphviz reads backslashes and HTML entities in it."""
    plain = " ".join(drawable(text).split())
    return '"' + plain.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') + '"'


def _dot_wrapped(text: str) -> str:
    """Words as a quoted string of several lines."""
    return '"' + "\\n".join(_dot_quoted(line)[1:-1] for line in wrapped(drawable(text), DOT_TYPE, DOT_WIDTH)) + '"'

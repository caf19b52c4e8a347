"""A SOP as an SVG: the matrix of PermenPAN-RB 35/2012 with a column for each performer, and its flowchart in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from xml.etree import ElementTree as ET

from pipeline.export.swimlanes.flow_cells import FlowCells, flow_cells
from pipeline.export.swimlanes.form_table import (
    BOLD,
    GROUP_HEIGHT,
    PELAKSANA,
    FormColumn,
    cell_height,
    cell_lines,
    columns_before,
    columns_behind,
)
from pipeline.export.swimlanes.svg_parts import (
    FORMS,
    SMALL_TYPE,
    canvas,
    draw_cell,
    draw_connector,
    draw_symbol,
    draw_text,
    label_lines,
    size_of,
)
from pipeline.export.swimlanes.swim_graph import (
    Spacing,
    SwimEdge,
    SwimGraph,
    SwimLayout,
    SwimNode,
    coordinate,
)
from pipeline.export.swimlanes.swim_layout import layout_of
from pipeline.export.swimlanes.text_width import LINE_HEIGHT, block_size, drawable, wrapped
from pipeline.model.geometry import Box
from pipeline.model.record import Record

# Lengths in pixels of the drawing.
LANE = 84.0
TITLE_TYPE = 12.0
MARGIN = 8.0


def swimlanes_svg(record: Record) -> str:
    """Draw one SOP.

    Symbols and connectors carry the ids of the record in `data-node`, `data-from` and `data-to`. Nothing in the drawing
    has an id of its own, so that many can stand in one page.
    """
    cells = flow_cells(record)
    before, behind = columns_before(record), columns_behind(record)
    layout = layout_of(form_graph(cells, [*before, *behind]), Spacing())
    names = [lane.nama if lane else "" for lane in cells.lanes]
    heads = [cell_lines(name, end - start, bold=True) for name, (start, end) in zip(names, layout.lanes, strict=True)]
    head = GROUP_HEIGHT + max(map(cell_height, [*heads, ["", ""]]))
    title = _title_lines(record, sum(c.width for c in [*before, *behind]) + layout.width)
    top = MARGIN + len(title) * TITLE_TYPE * LINE_HEIGHT + MARGIN
    left = MARGIN + sum(column.width for column in before)
    width = left + layout.width + sum(column.width for column in behind) + MARGIN
    root = canvas(width, top + head + layout.height + MARGIN)
    for number, line in enumerate(title):
        draw_text(root, [line], width / 2, MARGIN + number * TITLE_TYPE * LINE_HEIGHT, TITLE_TYPE, "middle", bold=True)
    _side(root, cells, before, layout, Box(MARGIN, top, left, top + head))
    _side(root, cells, behind, layout, Box(left + layout.width, top, width - MARGIN, top + head))
    _lanes(root, heads, layout, Box(left, top, left + layout.width, top + head))
    flow = ET.SubElement(root, "g", transform=f"translate({coordinate(left)} {coordinate(top + head)})")
    _flow(flow, cells, layout)
    return ET.tostring(root, encoding="unicode") + "\n"


def form_graph(cells: FlowCells, columns: Sequence[FormColumn]) -> SwimGraph:
    """The flowchart to lay out, with rows as high as the words of their steps."""
    nodes = tuple(
        SwimNode(cell.node.id, cell.lane, cell.row, size_of(cell.node), FORMS[cell.node.kind][0], cell.slot)
        for cell in cells.cells
    )
    edges = tuple(
        SwimEdge(str(number), edge.source, edge.target, block_size(label_lines(edge.label), SMALL_TYPE))
        for number, edge in enumerate(cells.edges)
    )
    rows = tuple(max((cell_height(column.lines(step)) for column in columns), default=0.0) for step in cells.rows)
    return SwimGraph((LANE,) * len(cells.lanes), rows, nodes, edges)


def _title_lines(record: Record, width: float) -> list[str]:
    parts = (
        record.header.nama_sop or record.judul,
        record.header.nomor_sop and f"Nomor SOP: {record.header.nomor_sop}",
    )
    return [line for part in parts if part for line in wrapped(drawable(part), TITLE_TYPE * BOLD, width)]


def _side(root: ET.Element, cells: FlowCells, columns: Sequence[FormColumn], layout: SwimLayout, head: Box) -> None:
    """The columns beside the performers, `head` around their heads."""
    starts = list(accumulate((column.width for column in columns), initial=head.x0))
    for group in dict.fromkeys(column.group for column in columns if column.group):
        spans = [(x, x + column.width) for column, x in zip(columns, starts, strict=False) if column.group == group]
        draw_cell(root, Box(spans[0][0], head.top, spans[-1][1], head.top + GROUP_HEIGHT), [group], bold=True)
    for column, x in zip(columns, starts, strict=False):
        top = head.top + GROUP_HEIGHT * bool(column.group)
        draw_cell(root, Box(x, top, x + column.width, head.bottom), column.head_lines, bold=True)
        for step, (start, end) in zip(cells.rows, layout.ranks, strict=True):
            box = Box(x, head.bottom + start, x + column.width, head.bottom + end)
            draw_cell(root, box, column.lines(step))


def _lanes(root: ET.Element, heads: Sequence[list[str]], layout: SwimLayout, head: Box) -> None:
    """The performers' columns: their names, and rulings around every cell."""
    if heads:
        draw_cell(root, Box(head.x0, head.top, head.x1, head.top + GROUP_HEIGHT), [PELAKSANA], bold=True)
    for name, (start, end) in zip(heads, layout.lanes, strict=True):
        draw_cell(root, Box(head.x0 + start, head.top + GROUP_HEIGHT, head.x0 + end, head.bottom), name, bold=True)
        for top, bottom in layout.ranks:
            draw_cell(root, Box(head.x0 + start, head.bottom + top, head.x0 + end, head.bottom + bottom), [])


def _flow(root: ET.Element, cells: FlowCells, layout: SwimLayout) -> None:
    for number, edge in enumerate(cells.edges):
        place = layout.edges[str(number)]
        group = ET.SubElement(root, "g", {"class": "edge", "data-from": edge.source, "data-to": edge.target})
        draw_connector(group, place)
    for cell in cells.cells:
        group = ET.SubElement(
            root,
            "g",
            {"class": f"node {cell.node.kind}", "data-node": cell.node.id, "stroke": "#1f2937", "fill": "#fff"},
        )
        step = cells.rows[cell.row]
        if step and step.uraian:
            ET.SubElement(group, "title").text = drawable(step.uraian)
        draw_symbol(group, cell.node, layout.nodes[cell.node.id].box)
    for number, edge in enumerate(cells.edges):
        label = layout.edges[str(number)].label
        if label:
            draw_text(root, label_lines(edge.label), label.x0, label.top, SMALL_TYPE, halo=True)

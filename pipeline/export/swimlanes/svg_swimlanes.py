"""A SOP as an SVG: the matrix of PermenPAN-RB 35/2012 with a column for each performer, and its flowchart in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from xml.etree import ElementTree as ET

from pipeline.export.swimlanes.flow_cells import FlowCell, FlowCells, flow_cells
from pipeline.export.swimlanes.form_table import (
    BOLD,
    GROUP_HEIGHT,
    PADDING,
    PELAKSANA,
    TYPE,
    FormColumn,
    cell_height,
    cell_lines,
    columns_before,
    columns_behind,
)
from pipeline.export.swimlanes.swim_graph import (
    EdgePlace,
    Point,
    Size,
    Spacing,
    SwimEdge,
    SwimGraph,
    SwimLayout,
    SwimNode,
    SymbolForm,
    coordinate,
)
from pipeline.export.swimlanes.swim_layout import layout_of
from pipeline.export.swimlanes.symbol_outlines import outline_of
from pipeline.export.swimlanes.text_width import LINE_HEIGHT, block_size, drawable, wrapped
from pipeline.model.geometry import Box
from pipeline.model.record import NodeKind, Record

# Lengths in pixels of the drawing.
LANE = 84.0
SMALL_TYPE = 8.0  # of words in symbols and beside connectors
LABEL_WIDTH = 84.0
TITLE_TYPE = 12.0
MARGIN = 8.0
ARROW, HALF_ARROW = 6.0, 2.6
WAVE = 3.0  # depth of a document's lower side

FORMS: dict[NodeKind, tuple[SymbolForm, Size]] = {
    "start": ("pill", (48.0, 22.0)),
    "end": ("pill", (48.0, 22.0)),
    "process": ("box", (46.0, 24.0)),
    "decision": ("rhombus", (48.0, 32.0)),
    "document": ("box", (42.0, 28.0)),
    "archive": ("triangle", (36.0, 28.0)),
    "connector": ("pentagon", (26.0, 26.0)),
}
"""The outline of each kind of symbol, and its size where nothing is written in it."""
ROOM_FOR_WORDS: dict[SymbolForm, Size] = {"rhombus": (1.9, 2.1), "triangle": (2.0, 2.2), "pentagon": (1.3, 1.7)}
"""How much larger than its words a symbol must be; others need only a rim."""


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
    root = _canvas(width, top + head + layout.height + MARGIN)
    for number, line in enumerate(title):
        _text(root, [line], width / 2, MARGIN + number * TITLE_TYPE * LINE_HEIGHT, TITLE_TYPE, "middle", bold=True)
    _side(root, cells, before, layout, Box(MARGIN, top, left, top + head))
    _side(root, cells, behind, layout, Box(left + layout.width, top, width - MARGIN, top + head))
    _lanes(root, heads, layout, Box(left, top, left + layout.width, top + head))
    flow = ET.SubElement(root, "g", transform=f"translate({coordinate(left)} {coordinate(top + head)})")
    _flow(flow, cells, layout)
    return ET.tostring(root, encoding="unicode") + "\n"


def form_graph(cells: FlowCells, columns: Sequence[FormColumn]) -> SwimGraph:
    """The flowchart to lay out, with rows as high as the words of their steps."""
    nodes = tuple(
        SwimNode(cell.node.id, cell.lane, cell.row, _size(cell), FORMS[cell.node.kind][0], cell.slot)
        for cell in cells.cells
    )
    edges = tuple(
        SwimEdge(str(number), edge.source, edge.target, block_size(_label_lines(edge.label), SMALL_TYPE))
        for number, edge in enumerate(cells.edges)
    )
    rows = tuple(max((cell_height(column.lines(step)) for column in columns), default=0.0) for step in cells.rows)
    return SwimGraph((LANE,) * len(cells.lanes), rows, nodes, edges)


def _label_lines(label: str | None) -> list[str]:
    return wrapped(drawable(label), SMALL_TYPE, LABEL_WIDTH)


def _size(cell: FlowCell) -> Size:
    form, (width, height) = FORMS[cell.node.kind]
    words, lines = block_size(_label_lines(cell.node.label), SMALL_TYPE)
    if not lines:
        return width, height
    wide, high = ROOM_FOR_WORDS.get(form, (1.0, 1.0))
    return max(width, words * wide + 2 * PADDING), max(height, lines * high + PADDING)


def _title_lines(record: Record, width: float) -> list[str]:
    parts = (
        record.header.nama_sop or record.judul,
        record.header.nomor_sop and f"Nomor SOP: {record.header.nomor_sop}",
    )
    return [line for part in parts if part for line in wrapped(drawable(part), TITLE_TYPE * BOLD, width)]


def _canvas(width: float, height: float) -> ET.Element:
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {coordinate(width)} {coordinate(height)}",
            "width": coordinate(width),
            "height": coordinate(height),
            "font-family": "Arial, 'Liberation Sans', Helvetica, sans-serif",
            "role": "img",
        },
    )
    ET.SubElement(root, "rect", width="100%", height="100%", fill="#fff")
    return root


def _side(root: ET.Element, cells: FlowCells, columns: Sequence[FormColumn], layout: SwimLayout, head: Box) -> None:
    """The columns beside the performers, `head` around their heads."""
    starts = list(accumulate((column.width for column in columns), initial=head.x0))
    for group in dict.fromkeys(column.group for column in columns if column.group):
        spans = [(x, x + column.width) for column, x in zip(columns, starts, strict=False) if column.group == group]
        _cell(root, Box(spans[0][0], head.top, spans[-1][1], head.top + GROUP_HEIGHT), [group], bold=True)
    for column, x in zip(columns, starts, strict=False):
        name = cell_lines(column.head, column.width, bold=True)
        _cell(
            root, Box(x, head.top + GROUP_HEIGHT * bool(column.group), x + column.width, head.bottom), name, bold=True
        )
        for step, (start, end) in zip(cells.rows, layout.ranks, strict=True):
            box = Box(x, head.bottom + start, x + column.width, head.bottom + end)
            _cell(root, box, column.lines(step))


def _lanes(root: ET.Element, heads: Sequence[list[str]], layout: SwimLayout, head: Box) -> None:
    """The performers' columns: their names, and rulings around every cell."""
    if heads:
        _cell(root, Box(head.x0, head.top, head.x1, head.top + GROUP_HEIGHT), [PELAKSANA], bold=True)
    for name, (start, end) in zip(heads, layout.lanes, strict=True):
        _cell(root, Box(head.x0 + start, head.top + GROUP_HEIGHT, head.x0 + end, head.bottom), name, bold=True)
        for top, bottom in layout.ranks:
            _cell(root, Box(head.x0 + start, head.bottom + top, head.x0 + end, head.bottom + bottom), [])


def _cell(root: ET.Element, box: Box, lines: list[str], bold: bool = False) -> None:
    fill = "#eef1f5" if bold else "none"
    ET.SubElement(
        root,
        "rect",
        {
            **{
                "x": coordinate(box.x0),
                "y": coordinate(box.top),
                "width": coordinate(box.width),
                "height": coordinate(box.height),
            },
            **{"fill": fill, "stroke": "#9aa4b1", "stroke-width": "0.7"},
        },
    )
    if bold:
        top = (box.top + box.bottom - block_size(lines, TYPE)[1]) / 2
        _text(root, lines, (box.x0 + box.x1) / 2, top, TYPE, "middle", bold=True)
    else:
        _text(root, lines, box.x0 + PADDING, box.top + PADDING, TYPE)


def _flow(root: ET.Element, cells: FlowCells, layout: SwimLayout) -> None:
    for number, edge in enumerate(cells.edges):
        place = layout.edges[str(number)]
        group = ET.SubElement(root, "g", {"class": "edge", "data-from": edge.source, "data-to": edge.target})
        _connector(group, place)
    for cell in cells.cells:
        group = ET.SubElement(
            root,
            "g",
            {"class": f"node {cell.node.kind}", "data-node": cell.node.id, "stroke": "#1f2937", "fill": "#fff"},
        )
        step = cells.rows[cell.row]
        if step and step.uraian:
            ET.SubElement(group, "title").text = drawable(step.uraian)
        _symbol(group, cell, layout.nodes[cell.node.id].box)
    for number, edge in enumerate(cells.edges):
        label = layout.edges[str(number)].label
        if label:
            _text(root, _label_lines(edge.label), label.x0, label.top, SMALL_TYPE, halo=True)


def _symbol(group: ET.Element, cell: FlowCell, box: Box) -> None:
    x, y = box.center
    form, _ = FORMS[cell.node.kind]
    ET.SubElement(group, "path", {"d": _outline(cell.node.kind, form, box), "stroke-width": "1.1"})
    lines = _label_lines(cell.node.label)
    top = y - block_size(lines, SMALL_TYPE)[1] / 2 - (box.height * 0.15 if form == "triangle" else 0.0)
    _text(group, lines, x, top, SMALL_TYPE, "middle")


def _outline(kind: NodeKind, form: SymbolForm, box: Box) -> str:
    """A symbol's outline as an SVG path."""
    (x, y), width = box.center, box.width
    if kind == "document":
        wave = (
            f"q{coordinate(-width / 4)} {coordinate(-2 * WAVE)} {coordinate(-width / 2)} 0t{coordinate(-width / 2)} 0"
        )
        return f"M{coordinate(box.x0)} {coordinate(box.top)}h{coordinate(width)}v{coordinate(box.height - WAVE)}{wave}z"
    if form == "pill":
        radius = min(box.width, box.height) / 2
        straight = box.width - 2 * radius
        arc = f"a{coordinate(radius)} {coordinate(radius)} 0 0 1 0 "
        start = f"M{coordinate(box.x0 + radius)} {coordinate(box.top)}h{coordinate(straight)}"
        return f"{start}{arc}{coordinate(2 * radius)}h{coordinate(-straight)}{arc}{coordinate(-2 * radius)}z"
    corners = outline_of(form, (box.width, box.height))
    return "M" + "L".join(f"{coordinate(x + dx)} {coordinate(y + dy)}" for dx, dy in corners) + "z"


def _connector(group: ET.Element, place: EdgePlace) -> None:
    points = place.points
    way = "M" + "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in points)
    ET.SubElement(group, "path", {"d": way, "fill": "none", "stroke": "#1f2937", "stroke-width": "1.1"})
    ET.SubElement(group, "path", {"d": _arrow(*list(pairwise(points))[-1]), "fill": "#1f2937"})


def _arrow(a: Point, b: Point) -> str:
    """The arrowhead at the end of a straight line from a to b."""
    dx, dy = (b[0] > a[0]) - (b[0] < a[0]), (b[1] > a[1]) - (b[1] < a[1])
    x, y = b[0] - dx * ARROW, b[1] - dy * ARROW
    first, second = (x + dy * HALF_ARROW, y + dx * HALF_ARROW), (x - dy * HALF_ARROW, y - dx * HALF_ARROW)
    return "M" + "L".join(f"{coordinate(px)} {coordinate(py)}" for px, py in (b, first, second)) + "z"


def _text(
    parent: ET.Element,
    lines: Sequence[str],
    x: float,
    top: float,
    size: float,
    anchor: str = "start",
    bold: bool = False,
    halo: bool = False,
) -> None:
    """Lines of words below each other from `top` on."""
    if not lines:
        return
    style = {"font-size": coordinate(size), "text-anchor": anchor, "fill": "#111", "stroke": "none"}
    if bold:
        style["font-weight"] = "bold"
    if halo:
        style |= {"paint-order": "stroke", "stroke": "#fff", "stroke-width": "2.5"}
    element = ET.SubElement(parent, "text", style)
    for number, line in enumerate(lines):
        part = ET.SubElement(
            element, "tspan", {"x": coordinate(x), "y": coordinate(top + (number * LINE_HEIGHT + 0.95) * size)}
        )
        part.text = line

"""What drawings of a SOP as SVG are made of: cells of the form's table, symbols, connectors and words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from xml.etree import ElementTree as ET

from pipeline.export.swimlanes.form_table import PADDING, TYPE
from pipeline.export.swimlanes.swim_graph import EdgePlace, Point, Size, SymbolForm, coordinate
from pipeline.export.swimlanes.symbol_outlines import outline_of
from pipeline.export.swimlanes.text_width import LINE_HEIGHT, block_size, drawable, wrapped
from pipeline.model.geometry import Box
from pipeline.model.record import Node, NodeKind

# Lengths in pixels of the drawing.
SMALL_TYPE = 8.0  # of words in symbols and beside connectors
LABEL_WIDTH = 84.0
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


def label_lines(label: str | None) -> list[str]:
    """The words of a symbol or connector in lines."""
    return wrapped(drawable(label), SMALL_TYPE, LABEL_WIDTH)


def size_of(node: Node) -> Size:
    """The size of a symbol, with room for its words."""
    form, (width, height) = FORMS[node.kind]
    words, lines = block_size(label_lines(node.label), SMALL_TYPE)
    if not lines:
        return width, height
    wide, high = ROOM_FOR_WORDS.get(form, (1.0, 1.0))
    return max(width, words * wide + 2 * PADDING), max(height, lines * high + PADDING)


def canvas(width: float, height: float) -> ET.Element:
    """An empty drawing, white."""
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


def draw_cell(root: ET.Element, box: Box, lines: list[str], bold: bool = False) -> None:
    """A cell with its words; a head's stand in its middle, on grey."""
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
        draw_text(root, lines, (box.x0 + box.x1) / 2, top, TYPE, "middle", bold=True)
    else:
        draw_text(root, lines, box.x0 + PADDING, box.top + PADDING, TYPE)


def draw_symbol(group: ET.Element, node: Node, box: Box) -> None:
    """A symbol and its words."""
    x, y = box.center
    form, _ = FORMS[node.kind]
    ET.SubElement(group, "path", {"d": _outline(node.kind, form, box), "stroke-width": "1.1"})
    lines = label_lines(node.label)
    top = y - block_size(lines, SMALL_TYPE)[1] / 2 - (box.height * 0.15 if form == "triangle" else 0.0)
    draw_text(group, lines, x, top, SMALL_TYPE, "middle")


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


def draw_connector(group: ET.Element, place: EdgePlace) -> None:
    """A connector and its arrowhead."""
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


def draw_text(
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

"""A page of a matrix as SVG: its head, its steps, and what of the flowchart is on it."""

from __future__ import annotations

from itertools import accumulate
from xml.etree import ElementTree as ET

from pipeline.export.form.form_pages import Form, FormPage
from pipeline.export.swimlanes.form_table import GROUP_HEIGHT, PELAKSANA, FormColumn
from pipeline.export.swimlanes.svg_parts import (
    SMALL_TYPE,
    draw_cell,
    draw_connector,
    draw_symbol,
    draw_text,
    label_lines,
)
from pipeline.export.swimlanes.swim_graph import coordinate
from pipeline.model.geometry import Box

RIM = 1.0
"""Room around the table for half the width of its outer lines, in pixels."""


def draw_page(parent: ET.Element, form: Form, page: FormPage, width: float) -> None:
    """Draw a page into an element of HTML, no wider than `width` pixels."""
    wide, high = form.width(page) + 2 * RIM, form.head_height + page.layout.height + 2 * RIM
    scale = min(1.0, width / wide)
    attributes = {"viewBox": f"{-RIM:g} {-RIM:g} {coordinate(wide)} {coordinate(high)}", "role": "img"}
    root = ET.SubElement(
        parent, "svg", {**attributes, "width": coordinate(wide * scale), "height": coordinate(high * scale)}
    )
    left, right = form.left, form.left + page.layout.width
    _side(root, form, page, form.before, 0.0)
    _side(root, form, page, form.behind, right)
    _lanes(root, form, page, Box(left, 0.0, right, form.head_height))
    flow = ET.SubElement(root, "g", transform=f"translate({coordinate(left)} {coordinate(form.head_height)})")
    _flow(flow, page)


def _side(root: ET.Element, form: Form, page: FormPage, columns: tuple[FormColumn, ...], left: float) -> None:
    """Columns beside the performers."""
    head = form.head_height
    starts = list(accumulate((column.width for column in columns), initial=left))
    for group in dict.fromkeys(column.group for column in columns if column.group):
        spans = [(x, x + c.width) for c, x in zip(columns, starts, strict=False) if c.group == group]
        draw_cell(root, Box(spans[0][0], 0.0, spans[-1][1], GROUP_HEIGHT), [group], bold=True)
    for column, x in zip(columns, starts, strict=False):
        top = GROUP_HEIGHT if column.group else 0.0
        draw_cell(root, Box(x, top, x + column.width, head), column.head_lines, bold=True)
        for row, (start, end) in zip(page.rows, page.bands, strict=True):
            words = column.lines(form.cells.rows[row])
            draw_cell(root, Box(x, head + start, x + column.width, head + end), words)


def _lanes(root: ET.Element, form: Form, page: FormPage, head: Box) -> None:
    """The performers' columns: their names, and rulings around every cell."""
    if form.heads:
        draw_cell(root, Box(head.x0, head.top, head.x1, head.top + GROUP_HEIGHT), [PELAKSANA], bold=True)
    for name, (start, end) in zip(form.heads, page.layout.lanes, strict=True):
        draw_cell(root, Box(head.x0 + start, head.top + GROUP_HEIGHT, head.x0 + end, head.bottom), name, bold=True)
        for top, bottom in page.bands:
            draw_cell(root, Box(head.x0 + start, head.bottom + top, head.x0 + end, head.bottom + bottom), [])


def _flow(root: ET.Element, page: FormPage) -> None:
    places = [page.layout.edges[str(number)] for number in range(len(page.edges))]
    for place in places:
        draw_connector(ET.SubElement(root, "g"), place)
    for node in page.nodes:
        group = ET.SubElement(root, "g", {"stroke": "#000", "fill": "#fff"})
        draw_symbol(group, node, page.layout.nodes[node.id].box)
    for edge, place in zip(page.edges, places, strict=True):
        if place.label:
            draw_text(root, label_lines(edge.label), place.label.x0, place.label.top, SMALL_TYPE)

"""The matrix of a SOP divided into pages, with off-page connectors where the flow goes on from one to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.export.swimlanes.flow_cells import FlowCell, FlowCells, flow_cells
from pipeline.export.swimlanes.form_table import (
    BOLD,
    GROUP_HEIGHT,
    FormColumn,
    cell_height,
    cell_lines,
    columns_before,
    columns_behind,
)
from pipeline.export.swimlanes.svg_parts import FORMS, SMALL_TYPE, label_lines, size_of
from pipeline.export.swimlanes.swim_graph import Spacing, SwimEdge, SwimGraph, SwimLayout, SwimNode, slots_of
from pipeline.export.swimlanes.swim_layout import layout_of
from pipeline.export.swimlanes.text_width import block_size, drawable, wrapped
from pipeline.model.record import FlowEdge, Node, Record

LANE = 72.0
"""The least width of a performer's column, in pixels of the drawing."""
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""What off-page connectors are told apart by; behind the last come AA, AB and so on."""
ANY_SIGN = "M"
"""What stands in an off-page connector while rows are divided into pages."""


TITLE_TYPE = 14.0
TITLE_GAP = 10.0


@dataclass(frozen=True)
class Sheet:
    """The room on a sheet of paper, in pixels of the drawing: its width, and its height."""

    width: float
    height: float


@dataclass(frozen=True)
class FormPage:
    """A page of a matrix, laid out.

    Attributes:
        rows: The numbers of its rows, from 0.
        bands: Where each of them begins and ends, below the head.
        nodes: The symbols on it, off-page connectors among them.
        edges: The connectors, or what of them is on the page; an off-page connector is named by its node's id.
        layout: Where all of these are.
    """

    rows: range
    bands: tuple[tuple[float, float], ...]
    nodes: tuple[Node, ...]
    edges: tuple[FlowEdge, ...]
    layout: SwimLayout


@dataclass(frozen=True)
class Form:
    """A matrix on pages.

    Attributes:
        title: What stands above the first page, in lines.
        cells: The symbols by lanes and rows.
        before: The columns to the left of the performers.
        behind: Those to the right.
        heads: The performers' names in lines.
        head_height: Of the rows of heads.
        pages: At least one.
    """

    title: tuple[str, ...]
    cells: FlowCells
    before: tuple[FormColumn, ...]
    behind: tuple[FormColumn, ...]
    heads: tuple[list[str], ...]
    head_height: float
    pages: tuple[FormPage, ...]

    @property
    def left(self) -> float:
        """The width of the columns to the left of the performers."""
        return sum(column.width for column in self.before)

    @property
    def title_height(self) -> float:
        """The room that the title takes."""
        return title_height(self.title)

    def width(self, page: FormPage) -> float:
        """The width of a page's table."""
        return self.left + page.layout.width + sum(column.width for column in self.behind)


@dataclass(frozen=True)
class _Half:
    """What a page has of a connector that goes on over a page's end: an off-page connector in a lane."""

    node: Node
    lane: int
    is_above: bool


def title_height(title: Sequence[str]) -> float:
    """The room that the lines of a title take, with that below them."""
    return block_size(list(title), TITLE_TYPE)[1] + TITLE_GAP if title else 0.0


def form_of(record: Record, sheet: Sheet) -> Form:
    """Divide a record's matrix into pages that fit on a sheet, each drawn as small as its widest part asks."""
    title = tuple(wrapped(drawable(record.judul or ""), TITLE_TYPE * BOLD, sheet.width))
    cells = flow_cells(record)
    before, behind = tuple(columns_before(record)), tuple(columns_behind(record))
    heads = tuple(cell_lines(lane.nama if lane else "", LANE, bold=True) for lane in cells.lanes)
    head = GROUP_HEIGHT + max(map(cell_height, [*heads, ["", ""]]))
    heights = [max((cell_height(c.lines(step)) for c in (*before, *behind)), default=0.0) for step in cells.rows]
    sides = sum(column.width for column in (*before, *behind))
    divided = _divided(cells, heights, sheet, sides, head, title_height(title))
    signs = _signs(cells, divided)
    pages = tuple(_page(cells, rows, heights, signs) for rows in divided)
    return Form(title, cells, before, behind, heads, head, pages)


def _divided(
    cells: FlowCells, heights: Sequence[float], sheet: Sheet, sides: float, head: float, title: float
) -> list[range]:
    """The rows of each page: as many as fit, one at least."""
    pages: list[range] = []
    first = 0
    while first < len(cells.rows) or not pages:
        rows = range(first, min(first + 1, len(cells.rows)))
        for end in range(first + 2, len(cells.rows) + 1):
            layout = _page(cells, range(first, end), heights, {}).layout
            scale = max(1.0, (sides + layout.width) / sheet.width)
            if head + layout.height > (sheet.height - (0.0 if pages else title)) * scale:
                break
            rows = range(first, end)
        pages.append(rows)
        first = rows.stop or 1
    return pages


def _signs(cells: FlowCells, pages: Sequence[range]) -> dict[int, str]:
    """The signs of those connectors that go on over a page's end, by their numbers; no two are alike."""
    row = {cell.node.id: cell.row for cell in cells.cells}
    page = {number: index for index, rows in enumerate(pages) for number in rows}
    many = (first + second for first in ("", *SIGNS) for second in SIGNS)
    over = [n for n, e in enumerate(cells.edges) if page[row[e.source]] != page[row[e.target]]]
    return dict(zip(over, many, strict=False))


def _page(cells: FlowCells, rows: range, heights: Sequence[float], signs: Mapping[int, str]) -> FormPage:
    here = {cell.node.id: cell for cell in cells.cells if cell.row in rows}
    halves = list(_halves(cells, here, rows, signs))
    above, below = any(half.is_above for half, _ in halves), any(not half.is_above for half, _ in halves)
    nodes = [_placed(cell, cell.row - rows.start + above) for cell in here.values()]
    last = len(rows) + above
    for is_above in (True, False):
        for lane in range(len(cells.lanes)):
            mine = [half for half, _ in halves if half.is_above == is_above and half.lane == lane]
            for slot, half in zip(slots_of(len(mine)), mine, strict=True):
                nodes.append(_placed(FlowCell(half.node, lane, 0, slot), 0 if is_above else last))
    edges = [edge for edge in cells.edges if edge.source in here and edge.target in here]
    edges += [edge for _, edge in halves]
    sized = [
        SwimEdge(str(number), edge.source, edge.target, block_size(label_lines(edge.label), SMALL_TYPE))
        for number, edge in enumerate(edges)
    ]
    ranks = [*[0.0] * above, *(heights[row] for row in rows), *[0.0] * below]
    lanes = tuple(LANE for _ in cells.lanes)
    layout = layout_of(SwimGraph(lanes, tuple(ranks), tuple(nodes), tuple(sized)), Spacing())
    found = [cell.node for cell in here.values()] + [half.node for half, _ in halves]
    return FormPage(rows, tuple(_bands(layout, len(rows), above)), tuple(found), tuple(edges), layout)


def _bands(layout: SwimLayout, rows: int, above: bool) -> Iterator[tuple[float, float]]:
    """The rows: the first and the last hold the off-page connectors as well."""
    for row in range(rows):
        top, bottom = layout.ranks[row + above]
        yield 0.0 if row == 0 else top, layout.height if row == rows - 1 else bottom


def _halves(
    cells: FlowCells, here: dict[str, FlowCell], rows: range, signs: Mapping[int, str]
) -> Iterator[tuple[_Half, FlowEdge]]:
    """The connectors that have one end on a page, each with its off-page connector and the part that is drawn."""
    everywhere = {cell.node.id: cell for cell in cells.cells}
    for number, edge in enumerate(cells.edges):
        source, target = here.get(edge.source), here.get(edge.target)
        if (source is None) == (target is None):
            continue
        mine = source or target
        other = everywhere[edge.target if source else edge.source]
        assert mine is not None
        node = Node(id=f"{'to' if source else 'from'}-{number}", kind="connector", label=signs.get(number, ANY_SIGN))
        half = _Half(node, mine.lane, is_above=other.row < rows.start)
        ends = {"from": edge.source, "to": node.id} if source else {"from": node.id, "to": edge.target}
        yield half, FlowEdge.model_validate({**ends, "label": edge.label if source else None})


def _placed(cell: FlowCell, rank: int) -> SwimNode:
    return SwimNode(cell.node.id, cell.lane, rank, size_of(cell.node), FORMS[cell.node.kind][0], cell.slot)

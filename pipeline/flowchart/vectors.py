"""The shapes and connectors of one text page, from the vector paths that it is painted with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.flowchart.block_arrows import each_once, is_band
from pipeline.flowchart.drawing import DrawnShape, FlowDrawing
from pipeline.flowchart.painted import Painted, PaintedLine, PaintedMark, PaintedShape, is_seen, painted_by
from pipeline.flowchart.painted_heads import with_heads
from pipeline.flowchart.painted_lines import cut_at_shapes, flow_lines
from pipeline.flowchart.painted_shapes import closed_by_lines, drawn_shape, is_cell, symbols_of
from pipeline.model.draft import MatrixPart
from pipeline.model.geometry import Box
from pipeline.model.vectors import Colour, VectorImage, Vectors
from pipeline.settings import FlowSettings, VectorSettings

BLACK: Colour = (0, 0, 0, 255)


def drawing_in_vectors(
    part: MatrixPart,
    vectors: Vectors,
    body: Box,
    is_symbol: Callable[[DrawnShape], bool],
    settings: FlowSettings,
) -> FlowDrawing:
    """What is drawn in the Pelaksana columns of one text page. Every connector is an object of its own.

    Args:
        part: the matrix on the page.
        vectors: what is painted on the page.
        body: the Pelaksana columns beside the rows, in points; connectors lie at least partly there.
        is_symbol: whether a shape is one of the flowchart.
        settings: the thresholds.
    """
    limits = settings.vectors
    painted = _painted(part, vectors, body, settings)
    lines = flow_lines(painted.lines, painted.shapes, part, settings)
    closed = closed_by_lines(lines, limits)
    gone = {i for _, indices in closed for i in indices}
    lines = [line for i, line in enumerate(lines) if i not in gone]
    shapes = [*painted.shapes, *(s for s, _ in closed if not is_cell(s.box, part, limits))]
    drawn = [(s, drawn_shape(s, settings)) for s in symbols_of(shapes, part, settings)]
    drawn = [(s, shape) for s, shape in drawn if is_symbol(shape)]
    symbols = [s for s, _ in drawn]
    hollow = _hollow_heads(symbols, limits.largest_head)
    lines = [line for line in cut_at_shapes(lines, symbols) if _is_beside(line, body)]
    images = [_mark_of(i) for i in vectors.images if max(i.box.width, i.box.height) <= limits.largest_head]
    marks = [mark for mark in painted.marks if mark.surely or not _is_ground(mark, symbols, limits)]
    connectors, used = with_heads(lines, [*marks, *images, *hollow.values()], limits)
    kept = [shape for i, (_, shape) in enumerate(drawn) if i not in hollow or not _is_used(hollow[i], used, limits)]
    return FlowDrawing(tuple(kept), connectors=tuple(connectors))


def _painted(part: MatrixPart, vectors: Vectors, body: Box, settings: FlowSettings) -> Painted:
    """What the paths in and around the Pelaksana columns paint."""
    margins = settings.side_margin, settings.top_margin, settings.side_margin, settings.bottom_margin
    area = Box(body.x0 - margins[0], body.top - margins[1], body.x1 + margins[2], body.bottom + margins[3])
    found = [
        painted_by(path, settings.vectors)
        for path in vectors.paths
        if path.box.meets(area, 0.1) and (is_seen(path.stroke, settings.vectors) or path.fill is not None)
    ]
    arrows = each_once([arrow for one in found for arrow in one.arrows])
    limits = settings.vectors
    return Painted(
        tuple(
            shape
            for one in found
            for shape in one.shapes
            if shape.outlined or not any(is_band(shape.box, shape.order, a, limits.block_arrows) for a in arrows)
        ),
        (
            *(line for one in found for line in one.lines),
            *(PaintedLine(arrow.line, limits.line_width, arrow.order, 0, BLACK, area=True) for arrow in arrows),
        ),
        (
            *(mark for one in found for mark in one.marks if mark.box.meets(area, 0.1)),
            *(PaintedMark(head, arrow.order) for arrow in arrows for head in arrow.heads),
        ),
    )


def _hollow_heads(symbols: Sequence[PaintedShape], largest: float) -> dict[int, PaintedMark]:
    """Small triangles that are drawn by their outline: a symbol, or an arrowhead where a line ends at their base."""
    return {
        i: PaintedMark(s.ring, s.order)
        for i, s in enumerate(symbols)
        if len(s.ring) == 3 and max(s.box.width, s.box.height) <= largest
    }


def _is_used(head: PaintedMark, used: Sequence[PaintedMark], limits: VectorSettings) -> bool:
    """Whether a triangle drawn by its outline is an arrowhead, or the outline of one that is painted as an area."""
    sides = head.box.as_list()
    return any(max(abs(a - b) for a, b in zip(sides, m.box.as_list(), strict=True)) <= limits.same_end for m in used)


def _is_ground(mark: PaintedMark, symbols: Sequence[PaintedShape], limits: VectorSettings) -> bool:
    """Whether a light area is a part of a symbol's ground: one of the bands that a gradient is painted with."""
    return any(mark.box.share_inside(symbol.box) >= limits.inside for symbol in symbols)


def _is_beside(line: PaintedLine, body: Box) -> bool:
    """Whether a line lies at least partly beside the rows and in the Pelaksana columns."""
    box = line.box
    beside = box.bottom > body.top + 1 and box.top < body.bottom - 1
    return beside and box.x1 > body.x0 + 1 and box.x0 < body.x1 - 1


def _mark_of(image: VectorImage) -> PaintedMark:
    b = image.box
    corners = ((b.x0, b.top), (b.x1, b.top), (b.x1, b.bottom), (b.x0, b.bottom))
    return PaintedMark(corners, image.order, surely=False)

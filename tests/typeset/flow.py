"""Symbols and connectors, drawn over the matrix."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from reportlab.pdfgen.canvas import Canvas

from .matrix import SYMBOL_HEIGHT, Drawn
from .spec import Edge, Matrix, Style, Symbol
from .table import Sheet

FILLS = {"white": (1, 1, 1), "grey": (0.8, 0.8, 0.8), "blue": (0.6, 0.75, 0.95), "yellow": (1, 0.9, 0.4)}
WORDS = {"start": "mulai", "end": "selesai", "decision": "?", "document": "Dok"}
GAP = 4.0

Point = tuple[float, float]
Draw = Callable[[Canvas, float], None]


@dataclass(frozen=True)
class Spot:
    """A symbol's box on its sheet, y downward, with the lane and row part around it."""

    symbol: Symbol
    row: int
    sheet: int
    x0: float
    top: float
    x1: float
    bottom: float
    lane: tuple[float, float]
    band: tuple[float, float]

    @property
    def x(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2


def draw_flow(sheets: list[Sheet], matrix: Matrix, drawn: Drawn, style: Style) -> None:
    """Draw all symbols and connectors of a matrix."""
    spots = spots_of(matrix, drawn, style)
    taken: set[tuple[int, str, str]] = set()
    for i, edge in enumerate(matrix.edges):
        connect(sheets, edge, spots, drawn, style, taken, i)
    for number, spot in enumerate(spots, 1):
        sheets[spot.sheet].drawings.append(symbol_drawing(spot, style, number))


def spots_of(matrix: Matrix, drawn: Drawn, style: Style) -> list[Spot]:
    lanes = {c.key[5:]: (c.x0, c.x1) for c in drawn.columns if c.is_role}
    parts = {p.row: p for p in drawn.parts if p.first}
    out = []
    for i, row in enumerate(matrix.rows):
        part = parts[i]
        for role in dict.fromkeys(s.role for s in row.symbols):
            here = [s for s in row.symbols if s.role == role]
            height = (part.bottom - part.top) / len(here)
            for k, symbol in enumerate(here):
                top = part.top + k * height
                out.append(spot_in(symbol, i, part.sheet, lanes[role], (part.top, part.bottom), top, top + height))
    return out


def spot_in(
    symbol: Symbol,
    row: int,
    sheet: int,
    lane: tuple[float, float],
    band: tuple[float, float],
    top: float,
    bottom: float,
) -> Spot:
    width = min((lane[1] - lane[0]) * 0.62, 42.0)
    height = min(bottom - top - 2 * GAP, SYMBOL_HEIGHT, width * (0.8 if symbol.kind == "decision" else 0.6))
    x, y = (lane[0] + lane[1]) / 2, (top + bottom) / 2
    return Spot(symbol, row, sheet, x - width / 2, y - height / 2, x + width / 2, y + height / 2, lane, band)


def symbol_drawing(spot: Spot, style: Style, number: int) -> Draw:
    def draw(canvas: Canvas, height: float) -> None:
        canvas.saveState()
        if style.shadow:
            canvas.setFillGray(0.6)
            outline(canvas, spot, height, style, 1.8, stroke=0, fill=1)
        canvas.setStrokeGray(0)
        canvas.setLineWidth(0.8)
        fill = 0 if style.fill == "none" and not style.shadow else 1
        canvas.setFillColorRGB(*FILLS.get(style.fill, (1, 1, 1)))
        outline(canvas, spot, height, style, 0.0, stroke=1, fill=fill)
        label(canvas, spot, height, style, number)
        canvas.restoreState()

    return draw


def outline(canvas: Canvas, spot: Spot, height: float, style: Style, off: float, stroke: int, fill: int) -> None:
    """The shape of a symbol; a shadow is the same shape `off` to the right and down."""
    x, y, w, h = spot.x0 + off, height - spot.bottom - off, spot.x1 - spot.x0, spot.bottom - spot.top
    kind = spot.symbol.kind
    if kind in ("start", "end") and not style.sharp_terminators:
        canvas.roundRect(x, y, w, h, h / 2, stroke=stroke, fill=fill)
    elif kind in POLYGONS:
        polygon(canvas, [(x + u * w, y + v * h) for u, v in POLYGONS[kind]], stroke, fill)
    elif kind == "document":
        path = canvas.beginPath()
        path.moveTo(x, y + h * 0.15)
        path.curveTo(x + w * 0.3, y - h * 0.25, x + w * 0.6, y + h * 0.4, x + w, y + h * 0.15)
        path.lineTo(x + w, y + h)
        path.lineTo(x, y + h)
        path.close()
        canvas.drawPath(path, stroke=stroke, fill=fill)
    else:
        canvas.rect(x, y, w, h, stroke=stroke, fill=fill)


POLYGONS: dict[str, list[Point]] = {
    "decision": [(0, 0.5), (0.5, 1), (1, 0.5), (0.5, 0)],
    "archive": [(0, 1), (1, 1), (0.5, 0)],
    "connector": [(0.2, 1), (0.8, 1), (0.8, 0.4), (0.5, 0), (0.2, 0.4)],
}


def polygon(canvas: Canvas, points: list[Point], stroke: int, fill: int) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.drawPath(path, stroke=stroke, fill=fill)


def label(canvas: Canvas, spot: Spot, height: float, style: Style, number: int) -> None:
    words = WORDS.get(spot.symbol.kind, "Proses")
    text = spot.symbol.label or {"number": str(number), "words": words}.get(style.symbol_labels, "")
    if text:
        canvas.setFillGray(0)
        size = min(5.5, (spot.x1 - spot.x0) / (0.62 * len(text) + 0.5))
        canvas.setFont("Helvetica", size)
        canvas.drawCentredString(spot.x, height - spot.y - size * 0.35, text)


def connect(
    sheets: list[Sheet],
    edge: Edge,
    spots: list[Spot],
    drawn: Drawn,
    style: Style,
    taken: set[tuple[int, str, str]],
    i: int,
) -> None:
    """Draw one edge; one between two sheets leaves at the foot and enters below the head."""
    a, b = find(spots, edge.source), find(spots, edge.target)
    if a.sheet == b.sheet:
        points = route(a, b, spots, style, taken, i)
        sheets[a.sheet].drawings.append(line_drawing(points, edge, style))
        return
    down = a.sheet < b.sheet
    x_out, x_in = gutter(a, i, right=True), b.x + 0.0
    y_out = drawn.feet[a.sheet] + 6 if down else drawn.heads[a.sheet] + 6
    out = [(a.x1, a.y), (x_out, a.y), (x_out, y_out)]
    lane_in = gutter(b, i, right=False)
    y_in = drawn.heads[b.sheet] + 2 if down else drawn.feet[b.sheet] + 6
    if style.offpage == "bare" and down:
        inward = [(x_in, y_in), (x_in, b.top)] if free_above(b, spots) else side_in(b, lane_in, y_in)
    else:
        inward = side_in(b, lane_in, y_in)
    headless = Edge(edge.source, edge.target, edge.label)
    sheets[a.sheet].drawings.append(line_drawing(out, headless, style, head=style.offpage == "bare"))
    sheets[b.sheet].drawings.append(line_drawing(inward, Edge(edge.source, edge.target), style))
    if style.offpage == "pentagon":
        sheets[a.sheet].drawings.append(pentagon(x_out, y_out))
        sheets[b.sheet].drawings.append(pentagon(inward[0][0], y_in - 8))


def side_in(b: Spot, lane: float, y: float) -> list[Point]:
    return [(lane, y), (lane, b.y), (b.x0, b.y)]


def free_above(b: Spot, spots: list[Spot]) -> bool:
    return not any(s.sheet == b.sheet and s.lane == b.lane and s.bottom <= b.top for s in spots)


def find(spots: list[Spot], place: tuple[int, str]) -> Spot:
    return next(s for s in spots if (s.row + 1, s.symbol.role) == place)


def gutter(spot: Spot, i: int, right: bool) -> float:
    """An x beside the symbol, inside its lane, where no symbol stands."""
    free = spot.lane[1] - spot.x1
    step = free * (0.35 + 0.2 * (i % 3))
    return spot.x1 + step if right else spot.x0 - step


def route(a: Spot, b: Spot, spots: list[Spot], style: Style, taken: set[tuple[int, str, str]], i: int) -> list[Point]:
    """The first of several ways from a to b that crosses no symbol and leaves by a side not used yet."""
    if style.connectors == "straight":
        return clipped(a, b)
    ways = [way for way in candidates(a, b, i) if clear(way[1], a, b, spots)]
    fresh = [way for way in ways if (a.row, a.symbol.role, way[0]) not in taken]
    side, points = (fresh or ways or candidates(a, b, i)[-1:])[0]
    taken.add((a.row, a.symbol.role, side))
    return points


def candidates(a: Spot, b: Spot, i: int) -> list[tuple[str, list[Point]]]:
    right = b.x > a.x
    side = "right" if right else "left"
    a_side, b_side = (a.x1, b.x0) if right else (a.x0, b.x1)
    down = b.y > a.y
    enter, before = (b.top, b.band[0] + 2 + i % 2) if down else (b.bottom, b.band[1] - 2 - i % 2)
    ways: list[tuple[str, list[Point]]] = []
    if a.row == b.row and a.lane != b.lane:
        ways.append((side, [(a_side, a.y), (b_side, b.y)]))
        low = a.band[1] - 2
        ways.append(("bottom", [(a.x, a.bottom), (a.x, low), (b.x, low), (b.x, b.bottom)]))
        return ways
    if a.lane == b.lane and down:
        ways.append(("bottom", [(a.x, a.bottom), (b.x, b.top)]))
    if a.lane != b.lane:
        ways.append((side, [(a_side, a.y), (b.x, a.y), (b.x, enter)]))
        if down:
            ways.append(("bottom", [(a.x, a.bottom), (a.x, before), (b.x, before), (b.x, enter)]))
    for name, x, start in (("right", gutter(a, i, True), a.x1), ("left", gutter(a, i, False), a.x0)):
        ways.append((name, [(start, a.y), (x, a.y), (x, before), (b.x, before), (b.x, enter)]))
    return ways


def clear(points: list[Point], a: Spot, b: Spot, spots: list[Spot]) -> bool:
    """Whether the way passes no symbol but its own two."""
    others = [s for s in spots if s.sheet == a.sheet and s not in (a, b)]
    return not any(
        min(x0, x1) <= s.x1 + 1 and max(x0, x1) >= s.x0 - 1 and min(y0, y1) <= s.bottom + 1 and max(y0, y1) >= s.top - 1
        for (x0, y0), (x1, y1) in pairwise(points)
        for s in others
    )


def clipped(a: Spot, b: Spot) -> list[Point]:
    """The straight line between two symbols from border to border."""
    return [border(a, b.x, b.y), border(b, a.x, a.y)]


def border(spot: Spot, x: float, y: float) -> Point:
    dx, dy = x - spot.x, y - spot.y
    w, h = (spot.x1 - spot.x0) / 2, (spot.bottom - spot.top) / 2
    if spot.symbol.kind == "decision":
        scale = 1 / (abs(dx) / w + abs(dy) / h)
    else:
        scale = min(w / abs(dx) if dx else math.inf, h / abs(dy) if dy else math.inf)
    return spot.x + dx * scale, spot.y + dy * scale


def line_drawing(points: list[Point], edge: Edge, style: Style, head: bool = True) -> Draw:
    def draw(canvas: Canvas, height: float) -> None:
        flipped = [(x, height - y) for x, y in points]
        canvas.saveState()
        canvas.setStrokeGray(0)
        canvas.setFillGray(0)
        canvas.setLineWidth(0.8)
        canvas.saveState()
        if style.dashed_connectors:
            canvas.setDash(2.5, 1.5)
        path = canvas.beginPath()
        path.moveTo(*flipped[0])
        for point in flipped[1:]:
            path.lineTo(*point)
        canvas.drawPath(path, stroke=1, fill=0)
        canvas.restoreState()
        if head:
            arrow(canvas, flipped[-2], flipped[-1], style)
        if edge.double:
            arrow(canvas, flipped[1], flipped[0], style)
        if edge.label:
            canvas.setFont("Helvetica", 5.5)
            (x0, y0), (x1, y1) = flipped[:2]
            width = canvas.stringWidth(edge.label, "Helvetica", 5.5)
            if y0 == y1 and abs(x1 - x0) < width + 2:  # no room beside a symbol at its lane's edge: over its shoulder
                canvas.drawString(x1 - width if x1 >= x0 else x1, y0 + 6, edge.label)
            elif y0 == y1:  # above the line, from the symbol on or up to it
                canvas.drawString(x0 + 1 if x1 >= x0 else x0 - 1 - width, y0 + 2, edge.label)
            else:
                canvas.drawString(x0 + 2, y0 - 7, edge.label)
        canvas.restoreState()

    return draw


def arrow(canvas: Canvas, start: Point, tip: Point, style: Style) -> None:
    """An arrowhead at `tip`, pointing away from `start`."""
    if style.arrow == "none":
        return
    angle = math.atan2(tip[1] - start[1], tip[0] - start[0])
    barbs = [(tip[0] - 5 * math.cos(angle + t), tip[1] - 5 * math.sin(angle + t)) for t in (0.4, -0.4)]
    if style.arrow == "filled":
        polygon(canvas, [tip, *barbs], 1, 1)
    else:
        for barb in barbs:
            canvas.line(*barb, *tip)


def pentagon(x: float, y: float) -> Draw:
    def draw(canvas: Canvas, height: float) -> None:
        canvas.saveState()
        canvas.setLineWidth(0.8)
        canvas.setFillGray(1)
        points = [(x + (u - 0.5) * 12, height - y - 10 + v * 10) for u, v in POLYGONS["connector"]]
        polygon(canvas, points, 1, 1)
        canvas.restoreState()

    return draw

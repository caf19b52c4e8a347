"""Cells on a sheet: boxes with lines of text and the rulings around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Any, Literal

from reportlab.pdfgen.canvas import Canvas

from .spec import Style
from .text import LEADING, dressed, fitting_size, font_of, width_of, wrap

PAD = 3.0

Align = Literal["left", "center"]


@dataclass(frozen=True)
class Placed:
    """A cell on its sheet, y downward; `lines` are already broken to its width."""

    x0: float
    top: float
    x1: float
    bottom: float
    lines: tuple[str, ...] = ()
    size: float = 9.0
    bold: bool = False
    align: Align = "left"
    middle: bool = False
    turn: int = 0
    marks: tuple[str, ...] = ()  # a list's mark for each line, "" for a continuation
    hang: float = 0.0
    dark: bool = False


def cell(x0: float, top: float, x1: float, bottom: float, text: str, style: Style, **look: Any) -> Placed:
    """A cell with `text` broken to its width, or to its height where it is turned."""
    turn, bold = look.get("turn", 0), look.get("bold", False)
    room = (bottom - top if turn else x1 - x0) - 2 * PAD
    font = font_of(style, bold)
    size = fitting_size(text, room, font, style.text_size, style)
    return Placed(x0, top, x1, bottom, tuple(wrap(text, room, font, size, style)), size, **look)


def height_of(text: str, width: float, style: Style, bold: bool = False) -> float:
    """The height that a cell of `width` needs for `text`."""
    font = font_of(style, bold)
    size = fitting_size(text, width - 2 * PAD, font, style.text_size, style)
    return len(wrap(text, width - 2 * PAD, font, size, style)) * size * LEADING + 2 * PAD


class Sheet:
    """One page being drawn, y downward. Fill it with put_* calls; `ink` writes it onto a canvas."""

    def __init__(self, width: float, height: float, style: Style) -> None:
        self.width, self.height, self.style = width, height, style
        self.cells: list[Placed] = []
        self.loose: list[tuple[float, float, str, float, bool]] = []
        self.drawings: list[Callable[[Canvas, float], None]] = []
        self.extra: list[Segment] = []  # rulings that are no cell's side
        self.open_top: float | None = None  # no line stands at this y
        self.unruled: set[float] = set()  # x of columns that no line parts ...
        self.unruled_to = 0.0  # ... above this y

    def put(self, *cells: Placed) -> None:
        self.cells += cells

    def write(self, x: float, baseline: float, text: str, size: float | None = None, bold: bool = False) -> None:
        """A line of text outside every table, its baseline at `baseline`."""
        self.loose.append((x, baseline, text, size or self.style.text_size, bold))

    def write_centered(self, baseline: float, text: str, size: float | None = None, bold: bool = True) -> None:
        size = size or self.style.text_size
        width = width_of(text, font_of(self.style, bold), size)
        self.write((self.width - width) / 2, baseline, text, size, bold)

    def ink(self, canvas: Canvas) -> None:
        draw_grounds(canvas, self)
        draw_rulings(canvas, self)
        for placed in self.cells:
            draw_lines(canvas, self, placed)
        for x, baseline, text, size, bold in self.loose:
            draw_text(canvas, x, self.height - baseline, text, size, bold, self.style)
        for drawing in self.drawings:
            drawing(canvas, self.height)


class Cut(Sheet):
    """A page that shows a part of a larger sheet, from (x0, top) to (x1, bottom), at the upper left of its paper."""

    def __init__(self, whole: Sheet, area: tuple[float, float, float, float], margin: float) -> None:
        x0, top, x1, bottom = area
        super().__init__(x1 - x0 + 2 * margin, bottom - top + 2 * margin, whole.style)
        self.whole, self.area, self.margin = whole, area, margin

    def ink(self, canvas: Canvas) -> None:
        x0, top, x1, bottom = self.area
        canvas.saveState()
        canvas.translate(self.margin - x0, self.height - self.margin + top - self.whole.height)
        path = canvas.beginPath()
        path.rect(x0 - 0.5, self.whole.height - bottom - 0.5, x1 - x0 + 1, bottom - top + 1)
        canvas.clipPath(path, stroke=0, fill=0)
        self.whole.ink(canvas)
        canvas.restoreState()


def draw_text(
    canvas: Canvas, x: float, y: float, text: str, size: float, bold: bool, style: Style, grey: float = 0.0
) -> None:
    """One line; a fake bold is every character printed twice, a hair apart."""
    canvas.setFont(font_of(style, bold), size)
    canvas.setFillGray(grey)
    canvas.drawString(x, y, dressed(text, style))
    if bold and style.fake_bold:
        canvas.drawString(x + size * 0.03, y, dressed(text, style))


def draw_lines(canvas: Canvas, sheet: Sheet, placed: Placed) -> None:
    """The text of a cell, turned where the cell is."""
    canvas.saveState()
    width, height = placed.x1 - placed.x0, placed.bottom - placed.top
    canvas.translate(placed.x0, sheet.height - placed.bottom)
    if placed.turn == 90:
        canvas.transform(0, 1, -1, 0, width, 0)
        width, height = height, width
    elif placed.turn == 270:
        canvas.transform(0, -1, 1, 0, 0, height)
        width, height = height, width
    leading = placed.size * LEADING
    space = height - len(placed.lines) * leading
    y = height - (space / 2 if placed.middle else PAD) - placed.size * 0.95
    for line, mark in zip_longest(placed.lines, placed.marks, fillvalue=""):
        if mark:
            draw_text(canvas, PAD, y, mark, placed.size, placed.bold, sheet.style)
        free = width - width_of(line, font_of(sheet.style, placed.bold), placed.size)
        x = free / 2 if placed.align == "center" else PAD + placed.hang
        draw_text(canvas, x, y, line, placed.size, placed.bold, sheet.style, 1.0 if placed.dark else 0.0)
        y -= leading
    canvas.restoreState()


DOT = 0.75  # points: the side of a dot, as browsers print the borders of tables
FEWER = {"h": "down", "v": "across"}  # the style that leaves out the lines of an axis
Segment = tuple[str, float, float, float]  # axis, at, start, end


def edges_of(placed: Placed) -> list[Segment]:
    return [
        ("h", placed.top, placed.x0, placed.x1),
        ("h", placed.bottom, placed.x0, placed.x1),
        ("v", placed.x0, placed.top, placed.bottom),
        ("v", placed.x1, placed.top, placed.bottom),
    ]


def merged(segments: Iterable[Segment]) -> list[Segment]:
    """Touching segments of one line as one: what a drawing program would have drawn."""
    rounded = sorted((axis, round(at, 2), round(start, 2), round(end, 2)) for axis, at, start, end in segments)
    out: list[Segment] = []
    for (axis, at), group in groupby(rounded, key=lambda s: s[:2]):
        for _, _, start, end in group:
            if out and out[-1][:2] == (axis, at) and start <= out[-1][3] + 0.05:
                out[-1] = (axis, at, out[-1][2], max(end, out[-1][3]))
            else:
                out.append((axis, at, start, end))
    return out


def draw_rulings(canvas: Canvas, sheet: Sheet) -> None:
    """The rulings around all cells in the manner of the style."""
    style, kind = sheet.style, sheet.style.rulings
    canvas.saveState()
    canvas.setStrokeGray(0)
    canvas.setFillGray(0)
    canvas.setLineWidth(style.line_width)
    if kind in ("rect", "ring"):
        for c in sheet.cells:
            draw_box(canvas, sheet, c)
    elif kind != "none":
        if kind == "dashed":
            canvas.setDash(3, 1.5)
        bordered = [c for c in sheet.cells if not c.dark]
        segments = [edge for c in bordered for edge in edges_of(c) if kind != FEWER.get(edge[0])] + sheet.extra
        segments = [s for s in segments if s[:2] != ("h", sheet.open_top)]
        segments = [s for s in segments if s[0] == "h" or s[1] not in sheet.unruled or s[3] > sheet.unruled_to]
        if kind == "frame":
            segments = edges_of(around(sheet.cells)) if sheet.cells else []
        for segment in segments if kind == "filled" else merged(segments):
            draw_segment(canvas, sheet, segment)
    if style.unseen_rulings:
        canvas.setStrokeGray(1)
        for c in sheet.cells:
            x, y = (c.x0 + c.x1) / 2 + 0.37, sheet.height - c.top - 0.66 * (c.bottom - c.top)
            canvas.line(c.x0, y, c.x1, y)
            canvas.line(x, sheet.height - c.bottom, x, sheet.height - c.top)
    whites = [edge for c in sheet.cells if c.dark for edge in edges_of(c)]
    canvas.setStrokeGray(1)
    for segment in merged(whites):
        draw_segment(canvas, sheet, segment)
    canvas.restoreState()


def draw_grounds(canvas: Canvas, sheet: Sheet) -> None:
    """The black ground of dark cells."""
    for c in sheet.cells:
        if c.dark:
            canvas.setFillGray(0.1)
            canvas.rect(c.x0, sheet.height - c.bottom, c.x1 - c.x0, c.bottom - c.top, stroke=0, fill=1)


def draw_box(canvas: Canvas, sheet: Sheet, c: Placed) -> None:
    """A cell's border: stroked, or filled between two rectangles, as some programs draw it."""
    x, y, width, height = c.x0, sheet.height - c.bottom, c.x1 - c.x0, c.bottom - c.top
    if sheet.style.rulings == "rect":
        canvas.rect(x, y, width, height, stroke=1, fill=0)
        return
    w = sheet.style.line_width
    path = canvas.beginPath()
    path.rect(x - w / 2, y - w / 2, width + w, height + w)
    path.rect(x + w / 2, y + w / 2, width - w, height - w)
    canvas.drawPath(path, stroke=0, fill=1, fillMode=0)


def around(cells: Iterable[Placed]) -> Placed:
    """A cell as large as all of them together."""
    cells = list(cells)
    return Placed(
        min(c.x0 for c in cells), min(c.top for c in cells), max(c.x1 for c in cells), max(c.bottom for c in cells)
    )


def draw_segment(canvas: Canvas, sheet: Sheet, segment: Segment) -> None:
    kind, w = sheet.style.rulings, sheet.style.line_width
    for off in (-1.0, 1.0) if kind == "doubled" else (0.0,):
        x0, y0, x1, y1 = ends(segment, off, sheet.height)
        if kind == "filled":
            canvas.rect(x0 - w / 2, min(y0, y1) - w / 2, x1 - x0 + w, abs(y1 - y0) + w, stroke=0, fill=1)
        elif kind == "path":
            path = canvas.beginPath()
            path.moveTo(x0, y0)
            path.lineTo((x0 + x1) / 2, (y0 + y1) / 2)
            path.lineTo(x1, y1)
            canvas.drawPath(path, stroke=1, fill=0)
        elif kind == "dotted":
            for along in range(round(2 * max(x1 - x0, abs(y1 - y0)) / 3) + 1):
                step = 1.5 * along
                x, y = (x0 + step, y0) if segment[0] == "h" else (x0, max(y0, y1) - step)
                canvas.rect(x - DOT / 2, y - DOT / 2, DOT, DOT, stroke=0, fill=1)
        else:
            canvas.line(x0, y0, x1, y1)


def ends(segment: Segment, off: float, height: float) -> tuple[float, float, float, float]:
    axis, at, start, end = segment
    if axis == "h":
        return start, height - at - off, end, height - at - off
    return at + off, height - start, at + off, height - end

"""Pages of a matrix with vector paths on them, made of points, without a PDF."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.flowchart import read_flow
from pipeline.model.draft import Band, FlowDraft, Lane, MatrixDraft, MatrixPart, RowDraft
from pipeline.model.geometry import Box
from pipeline.model.page import Page, Word
from pipeline.model.vectors import Colour, Point, Subpath, VectorImage, VectorPath, Vectors
from pipeline.settings import FlowSettings

BLACK: Colour = (0, 0, 0, 255)
WHITE: Colour = (255, 255, 255, 255)
WIDE, HIGH, LEFT, TOP = 60.0, 70.0, 200.0, 100.0


@dataclass
class VectorSheet:
    """A page with lanes 60 points wide from x = 200 and rows 70 points high from y = 100; columns count from 2."""

    lanes: int = 4
    rows: int = 4
    page: int = 1
    first: int = 1
    paths: list[VectorPath] = field(default_factory=list)
    images: list[VectorImage] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)

    def center(self, row: int, lane: int) -> Point:
        """The middle of a cell, both from 0."""
        return LEFT + (lane + 0.5) * WIDE, TOP + (row + 0.5) * HIGH

    def paint(
        self,
        *lines: tuple[Point, ...],
        closed: bool = False,
        stroke: Colour | None = BLACK,
        fill: Colour | None = None,
        width: float = 0.75,
        dashed: bool = False,
    ) -> None:
        """One path of one or more subpaths."""
        subpaths = tuple(
            Subpath((*points, points[0]) if closed else points, closed or fill is not None, False) for points in lines
        )
        boxes = [s.box for s in subpaths]
        box = Box(
            min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes)
        )
        order = len(self.paths) + len(self.images)
        self.paths.append(VectorPath(subpaths, box, stroke, fill, width, dashed, order))

    def box(self, row: int, lane: int, wide: float = 34, high: float = 20, fill: Colour | None = None) -> Box:
        """A rectangle in the middle of a cell, by its outline."""
        x, y = self.center(row, lane)
        box = Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        self.paint(corners(box), closed=True, fill=fill)
        return box

    def diamond(self, row: int, lane: int) -> Box:
        """A decision in the middle of a cell."""
        x, y = self.center(row, lane)
        self.paint(((x, y - 14), (x + 17, y), (x, y + 14), (x - 17, y)), closed=True)
        return Box(x - 17, y - 14, x + 17, y + 14)

    def arrow(self, *points: Point, double: bool = False) -> None:
        """A stroked line with a filled triangle at its last point."""
        self.paint(points)
        self.head(points[-2], points[-1])
        if double:
            self.head(points[1], points[0])

    def head(self, start: Point, tip: Point) -> None:
        """A filled triangle."""
        dx, dy = tip[0] - start[0], tip[1] - start[1]
        length = (dx * dx + dy * dy) ** 0.5
        ux, uy = dx / length, dy / length
        base = tip[0] - 5 * ux, tip[1] - 5 * uy
        a, b = (base[0] - 2.5 * uy, base[1] + 2.5 * ux), (base[0] + 2.5 * uy, base[1] - 2.5 * ux)
        self.paint((a, tip, b), closed=True, stroke=None, fill=BLACK)

    def part(self) -> MatrixPart:
        """The page as a part of a matrix."""
        bands = tuple(Band(self.first + i, TOP + i * HIGH, TOP + (i + 1) * HIGH) for i in range(self.rows))
        lanes = tuple(Lane(2 + i, LEFT + i * WIDE, LEFT + (i + 1) * WIDE) for i in range(self.lanes))
        table = Box(30.0, TOP, 700.0, TOP + self.rows * HIGH)
        vectors = Vectors(tuple(self.paths), tuple(self.images))
        page = Page(self.page, 842.0, 595.0, "text", tuple(self.words), (), vectors=vectors)
        return MatrixPart(page, table, bands, lanes)


def corners(box: Box) -> tuple[Point, ...]:
    """The corners of a box, clockwise."""
    return (box.x0, box.top), (box.x1, box.top), (box.x1, box.bottom), (box.x0, box.bottom)


def flow_of(*sheets: VectorSheet) -> FlowDraft:
    """The flowchart read from sheets without their pictures."""
    parts = tuple(sheet.part() for sheet in sheets)
    rows = tuple(RowDraft(band.no, {}) for part in parts for band in part.bands)
    return read_flow(MatrixDraft((), rows, parts), lambda _number: None, FlowSettings())


def edges_of(flow: FlowDraft) -> set[tuple[tuple[int, int], tuple[int, int]]]:
    """The edges by row from 1 and lane from 0."""
    at = {s.id: (s.no, s.column - 2) for s in flow.symbols}
    return {(at[e.source], at[e.target]) for e in flow.edges}


def word(text: str, x: float, y: float, size: float = 7.0) -> Word:
    """A word centred at a point."""
    half = len(text) * size * 0.28
    return Word(text, Box(x - half, y - size / 2, x + half, y + size / 2), size)

"""Pages of a matrix whose flowchart is written in PDF's own operators, as office programs write theirs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from pipeline import digitize
from pipeline.model.record import Record

Point = tuple[float, float]
Rect = tuple[float, float, float, float]  # left, top, right, bottom; y downward
Place = tuple[int, str]  # a step's number and a role's letter

WIDTH, HEIGHT = 842.0, 595.0
LEFT, TOP, LANE = 170.0, 110.0, 70.0
ROLES = "ABCD"


@dataclass
class Ops:
    """Operators of a flowchart, in points from the top left, under one matrix after another."""

    code: list[str] = field(default_factory=list)

    def add(self, *lines: str) -> Ops:
        """Operators as they are."""
        self.code += lines
        return self

    def path(self, *rings: Sequence[Point], paint: str, closed: bool = True) -> Ops:
        """A path of straight lines, one subpath for each ring."""
        for ring in rings:
            self.code += [f"{x:.3f} {y:.3f} {'m' if i == 0 else 'l'}" for i, (x, y) in enumerate(ring)]
            self.code += ["h"] if closed else []
        return self.add(paint)

    def capsule(self, rect: Rect, paint: str) -> Ops:
        """A box whose short sides are half circles."""
        x0, y0, x1, y1 = rect
        r, k = (y1 - y0) / 2, 0.5523 * (y1 - y0) / 2
        y = y0 + r
        self.add(f"{x0 + r} {y0} m", f"{x1 - r} {y0} l")
        self.add(f"{x1 - r + k} {y0} {x1} {y - k} {x1} {y} c", f"{x1} {y + k} {x1 - r + k} {y1} {x1 - r} {y1} c")
        self.add(f"{x0 + r} {y1} l")
        self.add(f"{x0 + r - k} {y1} {x0} {y + k} {x0} {y} c", f"{x0} {y - k} {x0 + r - k} {y0} {x0 + r} {y0} c")
        return self.add("h", paint)

    def outline(self, kind: str, rect: Rect, paint: str) -> Ops:
        """The path of a symbol by the name of its shape."""
        return self.capsule(rect, paint) if kind == "capsule" else self.path(corners(kind, rect), paint=paint)


def corners(kind: str, rect: Rect) -> tuple[Point, ...]:
    """The corners of a symbol by the name of its shape."""
    x0, y0, x1, y1 = rect
    x, y, w, h = (x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0
    if kind == "diamond":
        return (x, y0), (x1, y), (x, y1), (x0, y)
    if kind == "pentagon":
        return (x0, y0), (x1, y0), (x1, y1 - 0.4 * h), (x, y1), (x0, y1 - 0.4 * h)
    if kind == "trapezoid":
        return (x0, y0), (x1, y0), (x1 - 0.2 * w, y1), (x0 + 0.2 * w, y1)
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1)


def triangle(start: Point, tip: Point, long: float = 6.0, wide: float = 5.0) -> tuple[Point, Point, Point]:
    """A filled arrowhead at the end of a line that comes from a point."""
    u, v = (tip[0] - start[0]) / math.dist(start, tip), (tip[1] - start[1]) / math.dist(start, tip)
    x, y = tip[0] - long * u, tip[1] - long * v
    return (x - wide / 2 * v, y + wide / 2 * u), tip, (x + wide / 2 * v, y - wide / 2 * u)


@dataclass
class OfficePage:
    """A matrix page: rows of one height, lanes of one width, and what is painted over them."""

    rows: int = 5
    first: int = 1
    height: float = 64.0
    ops: Ops = field(default_factory=Ops)
    texts: list[tuple[float, float, str, float]] = field(default_factory=list)
    in_form: bool = False  # the flowchart is a form of its own, as a pasted group is

    def center(self, row: int, lane: int) -> Point:
        """The middle of a cell; rows count on this page from 0."""
        return LEFT + (lane + 0.5) * LANE, TOP + (row + 0.5) * self.height

    def rect(self, row: int, lane: int, wide: float = 38.0, high: float = 22.0) -> Rect:
        """Where a symbol stands in the middle of a cell."""
        x, y = self.center(row, lane)
        return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2

    def write(self, x: float, y: float, text: str, size: float = 7.0) -> None:
        """A word, its middle at a point."""
        self.texts.append((x, y, text, size))

    @property
    def foot(self) -> float:
        """Where the last row ends."""
        return TOP + self.rows * self.height

    def draw(self, canvas: Canvas) -> None:
        """The page on a canvas."""
        xs = [40.0, 60.0, *(LEFT + LANE * i for i in range(len(ROLES) + 1)), 530.0, 590.0, 670.0, 740.0]
        ys = [TOP - 40, TOP - 20, *(TOP + i * self.height for i in range(self.rows + 1))]
        inner = range(3, len(xs) - 2)
        canvas.setLineWidth(0.5)
        for y in ys:
            canvas.line(xs[0] if y != ys[1] else xs[2], HEIGHT - y, xs[-1] if y != ys[1] else xs[-2], HEIGHT - y)
        for i, x in enumerate(xs):
            top = ys[1] if i in inner and i != 2 + len(ROLES) else ys[0]
            canvas.line(x, HEIGHT - top, x, HEIGHT - ys[-1])
        heads = ["No", "Kegiatan", *ROLES, "Kelengkapan", "Waktu", "Output", "Ket."]
        for i, (head, (x0, x1)) in enumerate(zip(heads, pairwise(xs), strict=True)):
            y = TOP - 16 if i in (0, 1, len(heads) - 1) else TOP - 7
            self._text(canvas, (x0 + x1) / 2, y, f"Role {head}" if head in ROLES else head)
        self._text(canvas, (xs[2] + xs[2 + len(ROLES)]) / 2, TOP - 27, "Pelaksana")
        self._text(canvas, (xs[2 + len(ROLES)] + xs[-2]) / 2, TOP - 27, "Mutu Baku")
        for row in range(self.rows):
            y = self.center(row, 0)[1]
            words = [f"{row + self.first}.", f"Menyusun laporan {row + self.first}", "", "", "", ""]
            words += ["Berkas", f"{row + 1} jam", "Laporan"]
            for (x0, x1), word in zip(pairwise(xs), words, strict=False):
                self._text(canvas, (x0 + x1) / 2, y, word)
        code = ["q 1 0 0 -1 0 595 cm", *self.ops.code, "Q"]
        if self.in_form:
            canvas.beginForm("flow", 0, 0, WIDTH, HEIGHT)
            canvas._code += code
            canvas.endForm()
            canvas.doForm("flow")
        else:
            canvas._code += code
        for x, y, text, size in self.texts:
            self._text(canvas, x, y + size / 3, text, size)

    def _text(self, canvas: Canvas, x: float, y: float, text: str, size: float = 7.0) -> None:
        canvas.setFont("Helvetica", size)
        canvas.drawCentredString(x, HEIGHT - y, text)


def saved(path: Path, *pages: OfficePage) -> Path:
    """The pages as a PDF."""
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    for page in pages:
        page.draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def read(path: Path) -> Record:
    """The only record of a PDF."""
    (record,) = digitize(path).records
    return record


def symbols(record: Record) -> list[tuple[int | None, str, str]]:
    """Step, letter of the role and kind of every symbol."""
    letters = {role.id: role.nama[-1] for role in record.pelaksana}
    return [(n.kegiatan, letters.get(n.pelaksana or "", "?"), n.kind) for n in record.flow.nodes]


def edges(record: Record) -> set[tuple[Place, Place, str | None]]:
    """The edges by step and role, with their labels."""
    letters = {role.id: role.nama[-1] for role in record.pelaksana}
    at = {n.id: (n.kegiatan or 0, letters.get(n.pelaksana or "", "?")) for n in record.flow.nodes}
    return {(at[e.source], at[e.target], e.label) for e in record.flow.edges}


def places(found: Iterable[tuple[Place, Place, str | None]]) -> set[tuple[Place, Place]]:
    """Edges without their labels."""
    return {edge[:2] for edge in found}

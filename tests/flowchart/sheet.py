"""Matrices with flowcharts drawn pixel by pixel, so that what is read can be held against what was drawn."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import cv2
import numpy as np
from flow_parts import DrawnPart
from numpy.typing import NDArray

from pipeline.model.draft import Band, Lane, MatrixDraft, MatrixPart, RowDraft
from pipeline.model.geometry import Box
from pipeline.model.page import Page, PageKind, Picture, Word

Point = tuple[float, float]
SCALE = 150 / 72
SUB = 4  # drawn this many times as large, so that lines are as smooth as in a rendered page


@dataclass
class Sheet:
    """A page with a ruled matrix. Lengths are points; rows count from `first`, columns from 2."""

    lanes: int = 4
    rows: int = 5
    width: float = 60.0
    height: float = 64.0
    stroke_width: float = 1.0
    page: int = 1
    first: int = 1
    ink: tuple[int, int, int] = (0, 0, 0)
    paper: tuple[int, int, int] = (255, 255, 255)
    ruling: float = 0.75
    words: list[Word] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.left, self.top = 40.0, 60.0
        w, h = self.left * 2 + self.lanes * self.width, self.top * 2 + self.rows * self.height
        self.size = (w, h)
        shape = (round(h * SCALE) * SUB, round(w * SCALE) * SUB, 3)
        self.canvas: NDArray[np.uint8] = np.full(shape, self.paper, np.uint8)
        for i in range(self.lanes + 1):
            x = self.left + i * self.width
            self._stroke((x, self.top), (x, self.top + self.rows * self.height), self.ruling, (0, 0, 0))
        for i in range(self.rows + 1):
            y = self.top + i * self.height
            self._stroke((self.left, y), (self.left + self.lanes * self.width, y), self.ruling, (0, 0, 0))

    def center(self, row: int, lane: int) -> Point:
        """The middle of a cell; rows from 0, lanes from 0."""
        return self.left + (lane + 0.5) * self.width, self.top + (row + 0.5) * self.height

    def symbol(
        self,
        kind: str,
        at: Point,
        w: float = 36,
        h: float = 20,
        fill: tuple[int, int, int] | None = None,
        shadow: float = 0.0,
    ) -> Box:
        """Draws a symbol around a point, a soft shadow of so many points below it, and tells its box."""
        x, y = at
        for share in (1.0, 0.6, 0.3) if shadow else ():
            below = _outline(kind, x + share * shadow / 2, y + share * shadow, w, h)
            tone = round(235 - 90 * (1 - share))
            cv2.fillPoly(self.canvas, [np.array([self._pixel(p) for p in below], np.int32)], (tone,) * 3, cv2.LINE_AA)
        outline = np.array([self._pixel(p) for p in _outline(kind, x, y, w, h)], np.int32)
        if fill is not None:
            cv2.fillPoly(self.canvas, [outline], fill, cv2.LINE_AA)
        cv2.polylines(self.canvas, [outline], True, self.ink, self._thick(self.stroke_width), cv2.LINE_AA)
        return Box(x - w / 2, y - h / 2, x + w / 2, y + h / 2)

    def line(
        self, *points: Point, head: float = 5.0, tail: float = 0.0, dash: float = 0.0, width: float | None = None
    ) -> None:
        """Draws a connector; `head` and `tail` are the lengths of the arrowheads at its last and first point."""
        for a, b in itertools.pairwise(points):
            for c, d in _dashes(a, b, dash):
                self._stroke(c, d, width or self.stroke_width * 0.8, self.ink)
        if head:
            self._head(points[-2], points[-1], head)
        if tail:
            self._head(points[1], points[0], tail)

    def write(
        self, text: str, at: Point, size: float = 7.0, known: bool = True, ink: tuple[int, int, int] = (0, 0, 0)
    ) -> None:
        """Writes a word with its left foot at a point; one that is not `known` is in the picture only."""
        scale = size * SCALE * SUB / 30
        cv2.putText(self.canvas, text, self._pixel(at), cv2.FONT_HERSHEY_SIMPLEX, scale, ink, SUB + 2, cv2.LINE_AA)
        (w, h), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, scale, SUB + 2)
        if known:
            box = Box(at[0], at[1] - h / SUB / SCALE, at[0] + w / SUB / SCALE, at[1])
            self.words.append(Word(text, box, size))

    def pixels(self, noise: float = 0.0, blur: float = 0.0, shade: float = 0.0) -> NDArray[np.uint8]:
        """The picture, RGB; `noise` is the grain's deviation, `blur` in pixels, `shade` how much light is lost where
        there is least (0..1).
        """
        h, w = self.canvas.shape[:2]
        small = cv2.resize(self.canvas, (w // SUB, h // SUB), interpolation=cv2.INTER_AREA)
        if shade:
            y, x = np.mgrid[0 : small.shape[0], 0 : small.shape[1]] * 2 * np.pi
            lost = 0.5 + 0.5 * np.sin(1.3 * x / small.shape[1]) * np.sin(1.7 * y / small.shape[0])
            small = np.clip(small * (1 - shade * lost[..., None]), 0, 255).astype(np.uint8)
        if blur:
            small = cv2.GaussianBlur(small, (0, 0), blur)
        if noise:
            grain = np.random.default_rng(7).normal(0, noise, small.shape)
            small = np.clip(small + grain, 0, 255).astype(np.uint8)
        return np.asarray(small, dtype=np.uint8)

    def part(self, noise: float = 0.0, blur: float = 0.0, shade: float = 0.0, kind: PageKind = "text") -> DrawnPart:
        """The page with its picture; see `pixels`."""
        page = Page(self.page, *self.size, kind, tuple(self.words), ())
        ys = [self.top + i * self.height for i in range(self.rows + 1)]
        xs = [self.left + i * self.width for i in range(self.lanes + 1)]
        bands = tuple(Band(self.first + i, a, b) for i, (a, b) in enumerate(itertools.pairwise(ys)))
        lanes = tuple(Lane(2 + i, a, b) for i, (a, b) in enumerate(itertools.pairwise(xs)))
        box = Box(20, ys[0], self.size[0] - 20, ys[-1])
        return DrawnPart(page, box, bands, lanes, Picture(self.pixels(noise, blur, shade), SCALE))

    def _pixel(self, p: Point) -> tuple[int, int]:
        return round(p[0] * SCALE * SUB), round(p[1] * SCALE * SUB)

    def _thick(self, points: float) -> int:
        return max(1, round(points * SCALE * SUB))

    def _stroke(self, a: Point, b: Point, width: float, ink: tuple[int, int, int]) -> None:
        cv2.line(self.canvas, self._pixel(a), self._pixel(b), ink, self._thick(width), cv2.LINE_AA)

    def _head(self, tail: Point, tip: Point, length: float) -> None:
        dx, dy = tip[0] - tail[0], tip[1] - tail[1]
        n = max(1e-6, (dx * dx + dy * dy) ** 0.5)
        ux, uy = dx / n, dy / n
        back = tip[0] - ux * length, tip[1] - uy * length
        side = 0.45 * length
        corners = [tip, (back[0] - uy * side, back[1] + ux * side), (back[0] + uy * side, back[1] - ux * side)]
        cv2.fillPoly(self.canvas, [np.array([self._pixel(c) for c in corners], np.int32)], self.ink, cv2.LINE_AA)


def _outline(kind: str, x: float, y: float, w: float, h: float) -> list[Point]:
    """The corners of a symbol, curves in small steps."""
    left, r, t, b = x - w / 2, x + w / 2, y - h / 2, y + h / 2
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    if kind == "capsule":
        radius = h / 2
        right = [
            (r - radius + radius * np.cos(a), y + radius * np.sin(a)) for a in np.linspace(-np.pi / 2, np.pi / 2, 20)
        ]
        return right + [(2 * x - px, 2 * y - py) for px, py in right]
    if kind == "circle":
        return [(x + w / 2 * np.cos(a), y + w / 2 * np.sin(a)) for a in turn]
    if kind == "document":
        wave = [(r - w * s, b - 0.18 * h + 0.14 * h * np.sin(2 * np.pi * s - np.pi)) for s in np.linspace(0, 1, 24)]
        return [(left, t), (r, t), *wave]
    return {
        "box": [(left, t), (r, t), (r, b), (left, b)],
        "diamond": [(x, t), (r, y), (x, b), (left, y)],
        "triangle": [(left, t), (r, t), (x, b)],
        "trapezoid": [(left, t), (r, t), (r - 0.18 * w, b), (left + 0.18 * w, b)],
        "pentagon": [(left, t), (r, t), (r, b - 0.4 * h), (x, b), (left, b - 0.4 * h)],
    }[kind]


def _dashes(a: Point, b: Point, dash: float) -> list[tuple[Point, Point]]:
    length = ((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5
    if not dash or not length:
        return [(a, b)]

    def at(s: float) -> Point:
        return a[0] + (b[0] - a[0]) * s / length, a[1] + (b[1] - a[1]) * s / length

    return [(at(s), at(min(s + dash, length))) for s in np.arange(0, length, dash * 1.7).tolist()]


def matrix_of(*parts: MatrixPart) -> MatrixDraft:
    """Parts of one matrix, its rows without words."""
    rows = sorted({band.no for part in parts for band in part.bands})
    return MatrixDraft((), tuple(RowDraft(no, {}) for no in rows), parts)

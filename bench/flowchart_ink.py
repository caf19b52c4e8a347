"""How office programs paint symbols and connectors of a flowchart: the paths of each, y downward."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

Point = tuple[float, float]
Place = tuple[int, int]  # row from 0, lane from 0
SymbolStyle = Literal[
    "stroke", "both", "two", "shadow", "lines", "double", "gradient", "ring", "colour", "solid", "glossy", "blue"
]
Kind = Literal["start", "process", "decision", "end", "document"]


@dataclass(frozen=True)
class Ink:
    """One painted path, y downward. `curve`: "round" and "wave" take the box of `points`, "" its polyline."""

    points: tuple[Point, ...]
    closed: bool = False
    stroke: str | None = "#000000"
    fill: str | None = None
    width: float = 0.75
    dash: bool = False
    curve: Literal["", "round", "wave"] = ""
    more: tuple[tuple[Point, ...], ...] = ()  # further closed subpaths of a filled path


@dataclass(frozen=True)
class Text:
    """A line of text, centred at x, its baseline at y."""

    x: float
    y: float
    text: str
    size: float = 7.0
    colour: str = "#000000"


@dataclass(frozen=True)
class Style:
    """How symbols and connectors are painted."""

    symbol: SymbolStyle
    line: Literal["stroke", "word", "pieces", "outline", "rects", "dashed"]
    head: Literal["filled", "open", "vee", "stealth"]
    gap: float
    diagonal: bool
    offpage: Literal["bare", "pentagon"]
    under: bool  # connectors are painted before symbols
    from_middle: bool  # connectors begin in the middle of their symbol, which covers them
    words: Literal["none", "number", "words"]  # in symbols
    rulings: Literal["lines", "cells"]  # of the table: whole lines, or a thin area for each side of each cell
    weight: float = 1.0  # times the usual line width, and half of that times the usual arrowhead
    process: Literal["box", "trapezoid"] = "box"  # the shape of a step

    @property
    def is_dark(self) -> bool:
        """Whether words in symbols are white."""
        return self.symbol in ("solid", "glossy", "blue")


@dataclass(frozen=True)
class Symbol:
    """A symbol as laid out."""

    place: Place
    kind: Kind
    sheet: int
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def x(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Arrow:
    """A connector as an office program knows it: its way, and whether it has heads at its end and at its beginning."""

    points: tuple[Point, ...]
    head: bool
    double: bool


def connector_ink(points: list[Point], style: Style, head: bool, double: bool, rng: random.Random) -> list[Ink]:
    """The paths of one connector."""
    size = rng.choice((4.0, 5.0, 6.0)) * (1 + style.weight) / 2
    width = 0.75 * style.weight
    tips = [(points[-2], points[-1])] if head else []
    tips += [(points[1], points[0])] if double else []
    shaft = list(points)
    solid = style.head in ("filled", "stealth")
    if solid:
        for a, tip in tips:
            k = -1 if tip == shaft[-1] else 0
            length = math.dist(a, tip)
            back = min(size * 0.8, length * 0.5)
            shaft[k] = (tip[0] + (a[0] - tip[0]) * back / length, tip[1] + (a[1] - tip[1]) * back / length)
    inks: list[Ink] = []
    triangles = [_triangle(a, tip, size, style.head == "stealth") for a, tip in tips] if solid else []
    if style.line == "word":
        if len(points) == 2 and not head:
            inks.append(Ink(tuple(shaft), width=width))
        else:
            inks.append(Ink(strip(shaft, style.weight), True, None, "#000000", more=tuple(triangles)))
            triangles = []
    elif style.line in ("pieces", "rects", "outline"):
        for a, b in pairwise(shaft):
            if style.line == "pieces":
                inks.append(Ink((a, b), width=width))
            else:
                inks.append(
                    Ink(strip([a, b], (0.8 if style.line == "rects" else 1.2) * style.weight), True, None, "#000000")
                )
    else:
        inks.append(Ink(tuple(shaft), dash=style.line == "dashed", width=width))
    inks += [Ink(t, True, rng.choice((None, "#000000")), "#000000") for t in triangles]
    if not solid:
        for a, tip in tips:
            one, other = _barbs(a, tip, size)
            barbs = [(one, tip), (other, tip)] if style.head == "open" else [(one, tip, other)]
            inks += [Ink(barb, width=width) for barb in barbs]
    return inks


def _triangle(a: Point, tip: Point, size: float, stealth: bool) -> tuple[Point, ...]:
    one, other = _barbs(a, tip, size)
    if not stealth:
        return one, tip, other
    angle = math.atan2(tip[1] - a[1], tip[0] - a[0])
    notch = (tip[0] - 0.6 * size * math.cos(angle), tip[1] - 0.6 * size * math.sin(angle))
    return one, tip, other, notch


def _barbs(a: Point, tip: Point, size: float) -> tuple[Point, Point]:
    angle = math.atan2(tip[1] - a[1], tip[0] - a[0])
    one, other = ((tip[0] - size * math.cos(angle + t), tip[1] - size * math.sin(angle + t)) for t in (0.45, -0.45))
    return one, other


def strip(points: Sequence[Point], width: float) -> tuple[Point, ...]:
    """The outline of a line of some width, mitred at its corners."""
    left, right = [], []
    for i, p in enumerate(points):
        before, after = points[max(0, i - 1)], points[min(len(points) - 1, i + 1)]
        normals = []
        for a, b in ((before, p), (p, after)):
            length = math.dist(a, b)
            if length:
                normals.append((-(b[1] - a[1]) / length, (b[0] - a[0]) / length))
        nx, ny = sum(n[0] for n in normals) / len(normals), sum(n[1] for n in normals) / len(normals)
        scale = width / 2 / (nx * nx + ny * ny)
        left.append((p[0] + nx * scale, p[1] + ny * scale))
        right.append((p[0] - nx * scale, p[1] - ny * scale))
    return (*left, *reversed(right))


def symbol_ink(s: Symbol, style: Style) -> list[Ink]:
    """The paths of one symbol."""
    fill = {"colour": "#cfe2f3", "shadow": "#ffffff", "gradient": "#ffffff"}.get(style.symbol, "#ffffff")
    outline = _outline(s, process=style.process)
    if style.is_dark:
        return _dark_ink(outline, style.symbol)
    if style.symbol == "stroke":
        return [outline]
    if style.symbol in ("both", "colour"):
        return [replace(outline, fill=fill)]
    if style.symbol == "shadow":
        return [
            replace(_outline(s, 2.0, process=style.process), stroke=None, fill="#a0a0a0"),
            replace(outline, fill=fill),
        ]
    if style.symbol == "double":
        return [replace(outline, fill=fill), _outline(s, grow=-2.0, process=style.process)]
    if style.symbol == "gradient":
        return [replace(outline, stroke=None, fill="#ffffff"), *_bands(s), outline]
    if style.symbol == "lines" and not outline.curve:
        ring = (*outline.points, outline.points[0])
        return [replace(outline, stroke=None, fill="#ffffff"), *(Ink(pair) for pair in pairwise(ring))]
    if style.symbol == "ring" and not outline.curve:
        inner = _outline(s, grow=-0.8, process=style.process).points
        outer = replace(outline, stroke=None, fill="#000000")
        return [
            replace(outline, stroke=None, fill="#ffffff"),
            Ink(outer.points, True, None, "#000000", more=(inner[::-1],)),
        ]
    return [replace(outline, stroke=None, fill=fill), outline]


def _dark_ink(outline: Ink, style: str) -> list[Ink]:
    """A symbol filled with a dark colour; a glossy one with a soft shadow below it and a lighter upper half."""
    if style == "solid":
        return [replace(outline, fill="#101010")]
    if style == "blue":
        return [replace(outline, fill="#3f6fb5", stroke="#2a4a7a")]
    shadows = [
        replace(_moved(outline, 1.0, 2.6 - k), stroke=None, fill=f"#{tone:02x}{tone:02x}{tone:02x}")
        for k, tone in ((0.0, 225), (0.8, 190), (1.6, 150))
    ]
    low, high = min(y for _, y in outline.points), max(y for _, y in outline.points)
    x = sum(x for x, _ in outline.points) / len(outline.points)
    bright = tuple((x + 0.85 * (px - x), low + 0.12 * (high - low) + 0.4 * (py - low)) for px, py in outline.points)
    return [
        *shadows,
        replace(outline, fill="#3a3d42", stroke="#2a2c30"),
        replace(outline, points=bright, stroke=None, fill="#565a60"),
    ]


def _moved(ink: Ink, dx: float, dy: float) -> Ink:
    return replace(ink, points=tuple((x + dx, y + dy) for x, y in ink.points))


def _bands(s: Symbol) -> list[Ink]:
    inset = 0.2 if s.kind in ("decision", "start", "end") else 0.0
    x0, x1 = s.x0 + inset * (s.x1 - s.x0), s.x1 - inset * (s.x1 - s.x0)
    step = (s.bottom - s.top) * (1 - 2 * inset) / 8
    top = s.top + inset * (s.bottom - s.top)
    return [
        Ink(
            ((x0, top + k * step), (x1, top + k * step), (x1, top + (k + 1) * step), (x0, top + (k + 1) * step)),
            True,
            None,
            f"#{200 + 6 * k:02x}{210 + 5 * k:02x}ff",
        )
        for k in range(8)
    ]


def _outline(s: Symbol, off: float = 0.0, grow: float = 0.0, process: str = "box") -> Ink:
    x0, top, x1, bottom = s.x0 + off - grow, s.top + off - grow, s.x1 + off + grow, s.bottom + off + grow
    box = ((x0, top), (x1, top), (x1, bottom), (x0, bottom))
    if s.kind in ("start", "end"):
        return Ink(box, True, curve="round")
    if s.kind == "document":
        return Ink(box, True, curve="wave")
    if s.kind == "decision":
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        return Ink(((x, top), (x1, y), (x, bottom), (x0, y)), True)
    if process == "trapezoid":
        slant = 0.18 * (x1 - x0)
        return Ink(((x0, top), (x1, top), (x1 - slant, bottom), (x0 + slant, bottom)), True)
    return Ink(box, True)

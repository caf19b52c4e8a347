"""Symbols and connectors as Excel, Visio and Word write them into a PDF, read from the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from .office import OfficePage, Ops, Place, Point, Rect, corners, edges, places, read, saved, symbols, triangle

Shape = Callable[[Ops, str, Rect], None]
Line = Callable[[Ops, Sequence[Point]], None]

BLACK, WHITE = "0 0 0", "1 1 1"
STEPS: dict[Place, str] = {
    (1, "A"): "capsule",
    (2, "B"): "box",
    (3, "C"): "diamond",
    (4, "D"): "box",
    (5, "A"): "capsule",
}
KINDS = ["start", "process", "decision", "process", "end"]
FLOW = {((1, "A"), (2, "B")), ((2, "B"), (3, "C")), ((3, "C"), (4, "D")), ((3, "C"), (2, "B")), ((4, "D"), (5, "A"))}


def page_of(shape: Shape, line: Line) -> OfficePage:
    """Five steps, a decision's way back, and a way over two columns."""
    page = OfficePage()
    at = {place: page.rect(place[0] - 1, "ABCD".index(place[1])) for place in STEPS}
    for place, kind in STEPS.items():
        shape(page.ops, kind, at[place])
    a, b, c, d, e = at.values()
    line(page.ops, ((a[2], middle(a)[1]), (middle(b)[0], middle(a)[1]), (middle(b)[0], b[1])))
    line(page.ops, ((b[2], middle(b)[1]), (middle(c)[0], middle(b)[1]), (middle(c)[0], c[1])))
    line(page.ops, ((c[2], middle(c)[1]), (middle(d)[0], middle(c)[1]), (middle(d)[0], d[1])))
    line(page.ops, ((c[0], middle(c)[1]), (middle(b)[0], middle(c)[1]), (middle(b)[0], b[3])))
    line(page.ops, ((middle(d)[0], d[3]), (middle(d)[0], middle(e)[1]), (e[2], middle(e)[1])))
    page.write(c[2] + 5, middle(c)[1] - 4, "Ya")
    page.write(c[0] - 10, middle(c)[1] - 4, "Tidak")
    return page


def middle(rect: Rect) -> Point:
    """The middle of a rectangle."""
    return (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2


def scaled(ops: Ops, scale: float, inner: Ops) -> None:
    """What is painted in finer units, under a matrix that takes them back to points."""
    numbers = [
        " ".join(f"{float(t) / scale:.0f}" if t.replace(".", "").replace("-", "").isdigit() else t for t in c.split())
        if c[-1] in "mlc" and c[0] in "-0123456789" and not c.endswith("cm")
        else c
        for c in inner.code
    ]
    ops.add("q", f"{scale} 0 0 {scale} 0 0 cm", *numbers, "Q")


def excel_shape(ops: Ops, kind: str, rect: Rect) -> None:
    """Under a clip a little larger than itself: its area, then its outline, each in units of its own."""
    x0, y0, x1, y1 = rect
    ops.add("q", f"{x0 - 1.5} {y0 - 1.5} {x1 - x0 + 3} {y1 - y0 + 3} re W* n", f"{WHITE} rg {BLACK} RG")
    scaled(ops, 0.06, Ops().outline(kind, rect, "f*"))
    ops.add("q", "1 j")
    scaled(ops, 0.12, Ops(["8 w"]).outline(kind, rect, "S"))
    ops.add("Q", "Q")


def excel_line(ops: Ops, points: Sequence[Point]) -> None:
    """A stroked line that ends in its arrowhead, and that, as large as a small symbol, filled and then stroked."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = min(xs) - 4, min(ys) - 4, max(xs) - min(xs) + 8, max(ys) - min(ys) + 8
    ops.add("q", "{} {} {} {} re W* n".format(*box), f"{BLACK} rg {BLACK} RG")
    head = triangle(points[-2], points[-1], 9.0, 9.0)
    base = (head[0][0] + head[2][0]) / 2, (head[0][1] + head[2][1]) / 2
    scaled(ops, 0.12, Ops(["6 w"]).path((*points[:-1], base), paint="S", closed=False))
    scaled(ops, 0.06, Ops().path(head, paint="f*"))
    scaled(ops, 0.12, Ops(["6 w"]).path(head, paint="S"))
    ops.add("Q")


def visio_shape(ops: Ops, kind: str, rect: Rect) -> None:
    """An area of two subpaths, its outline side by side in one path, a lone point where its text stands."""
    x, y = middle(rect)
    ops.add(f"{WHITE} rg {BLACK} RG 0.72 w")
    if kind == "capsule":
        ops.capsule(rect, "f")
        ops.capsule(rect, "S")
    else:
        ring = corners(kind, rect)
        ops.path(ring, ((x, y), (x, y)), paint="f")
        ops.path(*pairwise((*ring, ring[0])), paint="S", closed=False)
    ops.add(f"{x} {y} m", "n")


def visio_line(ops: Ops, points: Sequence[Point]) -> None:
    """A line with rounded corners, its parts subpaths of one path, and its arrowhead a triangle of its own."""
    ops.add(f"{BLACK} rg {BLACK} RG 0.72 w")
    head = triangle(points[-2], points[-1], 5.0, 3.6)
    base = (head[0][0] + head[2][0]) / 2, (head[0][1] + head[2][1]) / 2
    way = [*points[:-1], base]
    start = way[0]
    for corner, after in pairwise(way[1:]):
        before, behind = toward(corner, start, 3.0), toward(corner, after, 3.0)
        ops.add(f"{start[0]} {start[1]} m", f"{before[0]} {before[1]} l")
        ops.add(f"{corner[0]} {corner[1]} {corner[0]} {corner[1]} {behind[0]} {behind[1]} c")
        start = behind
    ops.add(f"{start[0]} {start[1]} m", f"{base[0]} {base[1]} l", "S")
    ops.path(head, paint="f")


def toward(start: Point, goal: Point, far: float) -> Point:
    """The point so far from one point on the way to another."""
    length = sum(abs(a - b) for a, b in zip(start, goal, strict=True))
    return start[0] + (goal[0] - start[0]) * far / length, start[1] + (goal[1] - start[1]) * far / length


def shadowed(ops: Ops, kind: str, rect: Rect) -> None:
    """A shadow of four areas, the first of them far off, and an area with its outline."""
    x0, y0, x1, y1 = rect
    for off, grey in ((6.0, 0.9), (3.0, 0.85), (2.0, 0.7), (1.0, 0.55)):
        ops.add(f"{grey} g")
        ops.outline(kind, (x0 + off, y0 + off, x1 + off, y1 + off), "f")
    ops.add(f"{WHITE} rg {BLACK} RG 0.75 w")
    ops.outline(kind, rect, "B")


def bands(ops: Ops, rect: Rect, dark: float) -> None:
    """Ten bands of colour from side to side of a rectangle, each lighter than the one before."""
    x0, y0, x1, y1 = rect
    high = (y1 - y0) / 10
    for i in range(10):
        tone = dark + 0.03 * i
        ops.add(f"{tone} {tone + 0.1} 1 rg", f"{x0} {y0 + high * i} {x1 - x0} {high} re f")


def gradient(ops: Ops, kind: str, rect: Rect) -> None:
    """Bands of colour under a clip of the shape, then its outline."""
    x0, y0, x1, y1 = rect
    ops.add("q")
    ops.outline(kind, rect, "W n")
    for i in range(10):
        ops.add(
            f"{0.6 + 0.03 * i} {0.7 + 0.03 * i} 1 rg", f"{x0} {y0 + (y1 - y0) * i / 10} {x1 - x0} {(y1 - y0) / 10} re f"
        )
    ops.add("Q", f"{BLACK} RG 0.75 w")
    ops.outline(kind, rect, "S")


def bare_gradient(ops: Ops, kind: str, rect: Rect) -> None:
    """Bands of colour under a clip of the shape, and no outline."""
    x0, y0, x1, y1 = rect
    ops.add("q")
    ops.outline(kind, rect, "W n")
    for i in range(10):
        ops.add(
            f"{0.3 + 0.03 * i} {0.4 + 0.03 * i} 1 rg", f"{x0} {y0 + (y1 - y0) * i / 10} {x1 - x0} {(y1 - y0) / 10} re f"
        )
    ops.add("Q")


def pictured(ops: Ops, kind: str, rect: Rect) -> None:
    """A picture under a clip of the shape, then its outline."""
    x0, y0, x1, y1 = rect
    ops.add("q")
    ops.outline(kind, rect, "W n")
    ops.add(f"{x1 - x0} 0 0 {y1 - y0} {x0} {y0} cm", "BI /W 4 /H 4 /BPC 8 /CS /G ID", "@P`p@P`p@P`p@P`p", "EI", "Q")
    ops.add(f"{BLACK} RG 0.75 w")
    ops.outline(kind, rect, "S")


def doubled(ops: Ops, kind: str, rect: Rect) -> None:
    """Two outlines around each other."""
    x0, y0, x1, y1 = rect
    ops.add(f"{BLACK} RG 0.5 w")
    ops.outline(kind, rect, "S")
    ops.outline(kind, (x0 + 2, y0 + 2, x1 - 2, y1 - 2), "S")


def plain(ops: Ops, kind: str, rect: Rect) -> None:
    """An area and its outline in one."""
    ops.add(f"{WHITE} rg {BLACK} RG 0.75 w")
    ops.outline(kind, rect, "B")


def thick(ops: Ops, points: Sequence[Point]) -> None:
    """A block arrow: the outline of a thick line with its head, light inside."""
    ops.add(f"0.31 0.51 0.74 rg {BLACK} RG 0.75 w")
    ops.path(block(points, 4.0, 10.0, 7.0), paint="B")


def banded(ops: Ops, points: Sequence[Point]) -> None:
    """A block arrow filled with a gradient."""
    ring = block(points, 5.0, 11.0, 7.0)
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    ops.add("q")
    ops.path(ring, paint="W n")
    bands(ops, (min(xs), min(ys), max(xs), max(ys)), 0.3)
    ops.add("Q", f"{BLACK} RG 0.5 w")
    ops.path(ring, paint="S")


def hollow(ops: Ops, points: Sequence[Point]) -> None:
    """A block arrow, white inside, its area and its outline two paths."""
    ring = block(points, 5.0, 11.0, 7.0)
    ops.add(f"{WHITE} rg {BLACK} RG 0.75 w")
    ops.path(ring, paint="f")
    ops.path(ring, paint="S")


def block(points: Sequence[Point], wide: float, head: float, long: float) -> tuple[Point, ...]:
    """The outline of a thick line with its arrowhead."""
    left: list[Point] = []
    right: list[Point] = []
    base = toward(points[-1], points[-2], long)
    way = [*points[:-1], base]
    for i, (x, y) in enumerate(way):
        sides = [(way[i - 1], way[i])] if i else []
        sides += [(way[i], way[i + 1])] if i < len(way) - 1 else []
        units = [toward((0, 0), (b[0] - a[0], b[1] - a[1]), 1.0) for a, b in sides]
        nx, ny = -sum(v for _, v in units), sum(u for u, _ in units)
        left.append((x + nx * wide / 2, y + ny * wide / 2))
        right.append((x - nx * wide / 2, y - ny * wide / 2))
    u, v = toward((0, 0), (points[-1][0] - base[0], points[-1][1] - base[1]), 1.0)
    wings = (base[0] - v * head / 2, base[1] + u * head / 2), (base[0] + v * head / 2, base[1] - u * head / 2)
    return (*left, wings[0], points[-1], wings[1], *reversed(right))


def stroke(ops: Ops, points: Sequence[Point]) -> None:
    """A line and a filled triangle."""
    ops.add(f"{BLACK} rg {BLACK} RG 0.75 w")
    ops.path(points, paint="S", closed=False)
    ops.path(triangle(points[-2], points[-1]), paint="f")


MAKERS: dict[str, tuple[Shape, Line]] = {
    "excel": (excel_shape, excel_line),
    "visio": (visio_shape, visio_line),
    "shadow": (shadowed, stroke),
    "gradient": (gradient, stroke),
    "gradient without outline": (bare_gradient, stroke),
    "picture": (pictured, stroke),
    "double outline": (doubled, stroke),
    "block arrows": (plain, thick),
    "block arrows with a gradient": (plain, banded),
    "white block arrows": (plain, hollow),
}


@pytest.mark.parametrize("maker", MAKERS)
def test_what_office_programs_write_is_read(maker: str, tmp_path: Path) -> None:
    page = page_of(*MAKERS[maker])
    page.in_form = maker == "excel"
    record = read(saved(tmp_path / "office.pdf", page))
    assert symbols(record) == [(*place, kind) for place, kind in zip(STEPS, KINDS, strict=True)]
    assert places(edges(record)) == FLOW
    assert {(e[:2], e[2]) for e in edges(record) if e[2]} == {
        (((3, "C"), (4, "D")), "ya"),
        (((3, "C"), (2, "B")), "tidak"),
    }


def test_a_block_arrow_with_two_heads_leads_both_ways(tmp_path: Path) -> None:
    page = OfficePage(rows=1)
    a, b = page.rect(0, 0), page.rect(0, 1)
    for rect in (a, b):
        plain(page.ops, "box", rect)
    (x0, y), x1 = (a[2], middle(a)[1]), b[0]
    ring = [(x0, y), (x0 + 6, y - 5), (x0 + 6, y - 2), (x1 - 6, y - 2), (x1 - 6, y - 5), (x1, y)]
    ring += [(x1 - 6, y + 5), (x1 - 6, y + 2), (x0 + 6, y + 2), (x0 + 6, y + 5)]
    page.ops.add("0.31 0.51 0.74 rg")
    page.ops.path(ring, paint="f")
    record = read(saved(tmp_path / "both.pdf", page))
    assert places(edges(record)) == {((1, "A"), (1, "B")), ((1, "B"), (1, "A"))}


@pytest.mark.parametrize(("x", "y", "ruled"), [(768, 120, True), (200, 450, False), (190, 62, False), (200, 450, True)])
def test_a_legend_around_the_matrix_is_no_flow(x: float, y: float, ruled: bool, tmp_path: Path) -> None:
    page = page_of(plain, stroke)
    for i, (kind, name) in enumerate(
        zip(("capsule", "diamond", "pentagon"), ("Mulai", "Pilih", "Lanjut"), strict=True)
    ):
        cx, cy = (x, y + 26 * i) if x > 700 else (x + 83 * i, y)
        page.ops.add("1 1 1 rg 0 0 0 RG 0.5 w")
        if ruled:
            page.ops.path(corners("box", (cx - 20, cy - 13, cx + 20, cy + 13)), paint="S")
            page.ops.path(corners("box", (cx + 20, cy - 13, cx + 62, cy + 13)), paint="S")
        page.ops.outline(kind, (cx - 12, cy - 8, cx + 12, cy + 8), "B")
        page.write(cx + 38, cy, name)
    record = read(saved(tmp_path / "legend.pdf", page))
    assert symbols(record) == [(*place, kind) for place, kind in zip(STEPS, KINDS, strict=True)]
    assert places(edges(record)) == FLOW

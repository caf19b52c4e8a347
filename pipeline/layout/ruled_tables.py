"""Rulings that hang together are a table; a table's rulings make its grid."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from pipeline.model.clustering import cluster
from pipeline.model.geometry import Box, overlap, union
from pipeline.model.grid import Cell, Grid
from pipeline.model.page import Page, Ruling
from pipeline.settings import LayoutSettings

Flags = list[list[bool]]


@dataclass(frozen=True)
class Table:
    """Rulings that touch each other, and the box around them."""

    page: int
    box: Box
    rulings: tuple[Ruling, ...]

    def across(self) -> list[Ruling]:
        return [r for r in self.rulings if r.axis == "h"]

    def down(self) -> list[Ruling]:
        return [r for r in self.rulings if r.axis == "v"]


def tables_of(page: Page, settings: LayoutSettings) -> tuple[Table, ...]:
    """The tables of a page, top to bottom: at least two lines each way, and as wide as a table of text must be."""
    touch = settings.touch * page.text_size
    found = []
    rulings_of_page = page.rulings if page.kind == "text" else mended(page, settings)
    for rulings in _components(rulings_of_page, touch):
        box = union(r.box for r in rulings)
        axes = [r.axis for r in rulings]
        if min(axes.count("h"), axes.count("v")) >= 2 and box.width >= settings.table_width * page.width:
            found.append(_closed(Table(page.number, box, tuple(rulings)), settings.edge_slack * page.text_size))
    return tuple(sorted(_outermost(found), key=lambda t: (t.box.top, t.box.x0)))


def mended(page: Page, settings: LayoutSettings) -> tuple[Ruling, ...]:
    """A scanned page's rulings without the small gaps that stamps and folds leave in them.

    A gap that a word runs through is one that the author left.
    """
    near, longest = settings.touch * page.text_size, settings.mend * page.text_size
    done: list[Ruling] = []
    for ruling in sorted(page.rulings, key=lambda r: (r.axis, r.start)):
        before = next((d for d in reversed(done) if _follows(d, ruling, near, longest)), None)
        if before and not any(_in_gap(word.box, before, ruling) for word in page.words):
            done.remove(before)
            ruling = replace(before, end=max(before.end, ruling.end), at=_weighted(before, ruling))
        done.append(ruling)
    return tuple(done)


def _follows(before: Ruling, ruling: Ruling, near: float, longest: float) -> bool:
    """Whether a line goes on in another one after a short gap; both must be longer than the gap."""
    gap = ruling.start - before.end
    return (
        before.axis == ruling.axis
        and abs(before.at - ruling.at) <= near
        and -near <= gap <= min(longest, before.length, ruling.length)
    )


def _in_gap(box: Box, before: Ruling, after: Ruling) -> bool:
    inset = 0.2 * min(box.width, box.height)
    if before.axis == "v":
        return box.x0 + inset < before.at < box.x1 - inset and overlap(box.top, box.bottom, before.end, after.start) > 0
    return box.top + inset < before.at < box.bottom - inset and overlap(box.x0, box.x1, before.end, after.start) > 0


def _weighted(a: Ruling, b: Ruling) -> float:
    return (a.at * a.length + b.at * b.length) / max(a.length + b.length, 1e-6)


def _components(rulings: Sequence[Ruling], touch: float) -> list[list[Ruling]]:
    """Groups of rulings that reach each other within `touch` points."""
    if not rulings:
        return []
    boxes = np.array([r.box.grown(touch).as_list() for r in rulings])
    meets = (
        (boxes[:, None, 0] <= boxes[None, :, 2])
        & (boxes[None, :, 0] <= boxes[:, None, 2])
        & (boxes[:, None, 1] <= boxes[None, :, 3])
        & (boxes[None, :, 1] <= boxes[:, None, 3])
    )
    label = np.full(len(rulings), -1)
    for seed in range(len(rulings)):
        if label[seed] >= 0:
            continue
        front = np.zeros(len(rulings), dtype=bool)
        front[seed] = True
        while front.any():
            label[front] = seed
            front = meets[front].any(axis=0) & (label < 0)
    return [[rulings[i] for i in np.flatnonzero(label == seed).tolist()] for seed in np.unique(label)]


def _outermost(tables: Iterable[Table]) -> list[Table]:
    """Tables that lie in no other; those whose boxes overlap much are one table with broken lines."""
    kept: list[Table] = []
    for table in sorted(tables, key=lambda t: -t.box.area):
        host = next((k for k in kept if table.box.share_inside(k.box) > 0.5), None)
        if host is None:
            kept.append(table)
            continue
        merged = Table(host.page, union([host.box, table.box]), host.rulings + table.rulings)
        kept[kept.index(host)] = merged
    return kept


def _closed(table: Table, slack: float) -> Table:
    """The table with the outer lines it lacks: a scan cut off at its edge, or a frame drawn open."""
    box, extra = table.box, list[Ruling]()
    down, across = table.down(), table.across()
    if min(r.at for r in down) - min(r.start for r in across) > slack:
        extra.append(Ruling("v", box.x0, box.top, box.bottom))
    if max(r.end for r in across) - max(r.at for r in down) > slack:
        extra.append(Ruling("v", box.x1, box.top, box.bottom))
    if min(r.at for r in across) - min(r.start for r in down) > slack:
        extra.append(Ruling("h", box.top, box.x0, box.x1))
    if max(r.end for r in down) - max(r.at for r in across) > slack:
        extra.append(Ruling("h", box.bottom, box.x0, box.x1))
    return Table(table.page, box, table.rulings + tuple(extra))


def grid_of(table: Table, text_size: float, settings: LayoutSettings) -> Grid:
    """The cells of a table: places between neighbouring lines, joined where no line parts them."""
    snap = settings.snap * text_size
    xs = _edges([(r.at, r.length) for r in table.down()], snap)
    ys = _edges([(r.at, r.length) for r in table.across()], snap)
    parted_right = _parted(table.down(), xs, ys, snap, settings.cover)
    parted_below = _parted(table.across(), ys, xs, snap, settings.cover)
    return Grid(table.page, tuple(xs), tuple(ys), _cells(xs, ys, parted_right, parted_below))


def _edges(places: list[tuple[float, float]], snap: float) -> list[float]:
    """Places within `snap` of each other made one: the one with the longest line."""
    groups = cluster(places, snap, lambda place: place[0])
    return [max(group, key=lambda place: place[1])[0] for group in groups]


def _parted(lines: Sequence[Ruling], places: list[float], bands: list[float], snap: float, cover: float) -> Flags:
    """For vertical lines: [row][i] says whether a line at places[i] runs along at least `cover` of that row.

    `places` and `bands` are sorted.
    """
    covered = [[0.0] * len(places) for _ in bands[1:]]
    for line in lines:
        i = _nearest(places, line.at)
        if abs(places[i] - line.at) <= snap:
            for row in range(
                max(bisect_right(bands, line.start) - 1, 0), min(bisect_left(bands, line.end), len(covered))
            ):
                covered[row][i] += overlap(bands[row], bands[row + 1], line.start, line.end)
    least = [cover * (end - start) for start, end in pairwise(bands)]
    return [[length >= enough for length in row] for row, enough in zip(covered, least, strict=True)]


def _nearest(places: Sequence[float], at: float) -> int:
    """Which of the sorted places is nearest; of two as near the first."""
    after = min(bisect_left(places, at), len(places) - 1)
    return after - 1 if after and at - places[after - 1] <= places[after] - at else after


def _cells(xs: list[float], ys: list[float], parted_right: Flags, parted_below: Flags) -> tuple[Cell, ...]:
    """Places flooded together until a line stops them; a cell's box is the one around its places.

    `parted_right` is by row and edge, `parted_below` by column and edge.
    """
    rows, columns = len(ys) - 1, len(xs) - 1
    taken = [[False] * columns for _ in range(rows)]
    cells: list[Cell] = []
    for row in range(rows):
        for col in range(columns):
            if not taken[row][col]:
                places = _flood(row, col, taken, parted_right, parted_below)
                r0, r1 = min(p[0] for p in places), max(p[0] for p in places) + 1
                c0, c1 = min(p[1] for p in places), max(p[1] for p in places) + 1
                cells.append(Cell(r0, r1, c0, c1, Box(xs[c0], ys[r0], xs[c1], ys[r1])))
    return tuple(cells)


def _flood(row: int, col: int, taken: Flags, right: Flags, below: Flags) -> list[tuple[int, int]]:
    """The places that hang together with one, which are taken then."""
    rows, columns = len(taken), len(taken[0])
    taken[row][col] = True
    stack, places = [(row, col)], list[tuple[int, int]]()
    while stack:
        r, c = stack.pop()
        places.append((r, c))
        steps = (
            (r, c + 1, c + 1 < columns and not right[r][c + 1]),
            (r, c - 1, c > 0 and not right[r][c]),
            (r + 1, c, r + 1 < rows and not below[c][r + 1]),
            (r - 1, c, r > 0 and not below[c][r]),
        )
        for nr, nc, open_ in steps:
            if open_ and not taken[nr][nc]:
                taken[nr][nc] = True
                stack.append((nr, nc))
    return places

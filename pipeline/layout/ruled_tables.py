"""Rulings that touch are a table, and a table's rulings make its grid of cells."""

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

    def horizontal(self) -> list[Ruling]:
        """Its horizontal rulings."""
        return [r for r in self.rulings if r.axis == "h"]

    def vertical(self) -> list[Ruling]:
        """Its vertical rulings."""
        return [r for r in self.rulings if r.axis == "v"]


def tables_of(page: Page, settings: LayoutSettings) -> tuple[Table, ...]:
    """The tables of a page, top to bottom: at least two lines each way, and as wide as a table of text must be."""
    touch = settings.touch * page.text_size
    found = []
    rulings_of_page = page.rulings if page.kind == "text" else without_gaps(page, settings)
    for rulings in _components(rulings_of_page, touch):
        box = union(r.box for r in rulings)
        axes = [r.axis for r in rulings]
        if min(axes.count("h"), axes.count("v")) >= 2 and box.width >= settings.table_width * page.width:
            found.append(_closed(Table(page.number, box, tuple(rulings)), settings.edge_slack * page.text_size))
    return tuple(sorted(_outermost(found), key=lambda t: (t.box.top, t.box.x0)))


def without_gaps(page: Page, settings: LayoutSettings) -> tuple[Ruling, ...]:
    """Join the parts of a scanned page's rulings over the small gaps that stamps and folds leave in them.

    A gap that a word runs through is one that the author left.
    """
    near, longest = settings.touch * page.text_size, settings.mend * page.text_size
    done: list[Ruling] = []
    for ruling in sorted(page.rulings, key=lambda r: (r.axis, r.start)):
        before = next((d for d in reversed(done) if _follows(d, ruling, near, longest)), None)
        if before and not any(_in_gap(word.box, before, ruling, settings.word_inset) for word in page.words):
            done.remove(before)
            ruling = replace(before, end=max(before.end, ruling.end), at=_mean_position(before, ruling))
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


def _in_gap(box: Box, before: Ruling, after: Ruling, share: float) -> bool:
    """Whether a word reaches into the gap between two parts of a line by more than a share of its shorter side."""
    inset = share * min(box.width, box.height)
    if before.axis == "v":
        return box.x0 + inset < before.at < box.x1 - inset and overlap(box.top, box.bottom, before.end, after.start) > 0
    return box.top + inset < before.at < box.bottom - inset and overlap(box.x0, box.x1, before.end, after.start) > 0


def _mean_position(a: Ruling, b: Ruling) -> float:
    """Their position, weighted by length."""
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
        host = next((k for k in kept if table.box.share_inside(k.box) > 1 / 2), None)
        if host is None:
            kept.append(table)
            continue
        merged = Table(host.page, union([host.box, table.box]), host.rulings + table.rulings)
        kept[kept.index(host)] = merged
    return kept


def _closed(table: Table, slack: float) -> Table:
    """The table with the outer lines it lacks: a scan cut off at its edge, or a frame drawn open."""
    box, extra = table.box, list[Ruling]()
    vertical, horizontal = table.vertical(), table.horizontal()
    if min(r.at for r in vertical) - min(r.start for r in horizontal) > slack:
        extra.append(Ruling("v", box.x0, box.top, box.bottom))
    if max(r.end for r in horizontal) - max(r.at for r in vertical) > slack:
        extra.append(Ruling("v", box.x1, box.top, box.bottom))
    if min(r.at for r in horizontal) - min(r.start for r in vertical) > slack:
        extra.append(Ruling("h", box.top, box.x0, box.x1))
    if max(r.end for r in vertical) - max(r.at for r in horizontal) > slack:
        extra.append(Ruling("h", box.bottom, box.x0, box.x1))
    return Table(table.page, box, table.rulings + tuple(extra))


def grid_of(table: Table, text_size: float, settings: LayoutSettings) -> Grid:
    """Find the cells of a table: the slots between neighbouring rulings, joined where no ruling parts them.

    Args:
        table: The rulings of a table, its outer sides included.
        text_size: The text size of the page, in points.
        settings: The thresholds.
    """
    snap = settings.snap * text_size
    xs = _edges([(r.at, r.length) for r in table.vertical()], snap)
    ys = _edges([(r.at, r.length) for r in table.horizontal()], snap)
    parted_right = _parted(table.vertical(), xs, ys, snap, settings.cover)
    parted_below = _parted(table.horizontal(), ys, xs, snap, settings.cover)
    return Grid(table.page, tuple(xs), tuple(ys), _cells(xs, ys, parted_right, parted_below))


def _edges(lines: list[tuple[float, float]], snap: float) -> list[float]:
    """The positions of (position, length) lines: of those within `snap` of each other that of the longest."""
    return [max(group, key=lambda line: line[1])[0] for group in cluster(lines, snap, lambda line: line[0])]


def _parted(lines: Sequence[Ruling], edges: list[float], crossing: list[float], snap: float, cover: float) -> Flags:
    """For vertical lines: [row][i] says whether a line at edges[i] runs along at least `cover` of that row.

    `edges` are the sorted positions of the lines, `crossing` those of the edges between rows.
    """
    covered = [[0.0] * len(edges) for _ in crossing[1:]]
    for line in lines:
        i = _nearest(edges, line.at)
        if abs(edges[i] - line.at) <= snap:
            first, end = (
                max(bisect_right(crossing, line.start) - 1, 0),
                min(bisect_left(crossing, line.end), len(covered)),
            )
            for row in range(first, end):
                covered[row][i] += overlap(crossing[row], crossing[row + 1], line.start, line.end)
    least = [cover * (end - start) for start, end in pairwise(crossing)]
    return [[length >= enough for length in row] for row, enough in zip(covered, least, strict=True)]


def _nearest(edges: Sequence[float], at: float) -> int:
    """The index of the nearest of the sorted edges; of two as near the first."""
    after = min(bisect_left(edges, at), len(edges) - 1)
    return after - 1 if after and at - edges[after - 1] <= edges[after] - at else after


def _cells(xs: list[float], ys: list[float], parted_right: Flags, parted_below: Flags) -> tuple[Cell, ...]:
    """Slots joined until a ruling parts them; a cell's box is the one around its slots.

    `parted_right` is by row and edge, `parted_below` by column and edge.
    """
    rows, columns = len(ys) - 1, len(xs) - 1
    taken = [[False] * columns for _ in range(rows)]
    cells: list[Cell] = []
    for row in range(rows):
        for col in range(columns):
            if not taken[row][col]:
                slots = _flood_filled(row, col, taken, parted_right, parted_below)
                r0, r1 = min(slot[0] for slot in slots), max(slot[0] for slot in slots) + 1
                c0, c1 = min(slot[1] for slot in slots), max(slot[1] for slot in slots) + 1
                cells.append(Cell(r0, r1, c0, c1, Box(xs[c0], ys[r0], xs[c1], ys[r1])))
    return tuple(cells)


def _flood_filled(row: int, col: int, taken: Flags, right: Flags, below: Flags) -> list[tuple[int, int]]:
    """The slots that no ruling parts from one; they are marked as taken."""
    rows, columns = len(taken), len(taken[0])
    taken[row][col] = True
    stack, slots = [(row, col)], list[tuple[int, int]]()
    while stack:
        r, c = stack.pop()
        slots.append((r, c))
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
    return slots

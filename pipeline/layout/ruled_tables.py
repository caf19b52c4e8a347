"""Rulings that touch are a table, and a table's rulings make its grid of cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model.clustering import cluster, is_near
from pipeline.model.geometry import Box, overlap, union
from pipeline.model.grid import Cell, Grid
from pipeline.model.page import Page, Ruling
from pipeline.settings import LayoutSettings

Flags = NDArray[np.bool_]
LEAST_OPEN_ROWS = 2  # one line below a table may be the page's own


@dataclass(frozen=True)
class Table:
    """Rulings that touch each other, and the box around them."""

    page: int
    box: Box
    rulings: tuple[Ruling, ...]

    @cached_property
    def horizontal(self) -> tuple[Ruling, ...]:
        """Its horizontal rulings."""
        return tuple(r for r in self.rulings if r.axis == "h")

    @cached_property
    def vertical(self) -> tuple[Ruling, ...]:
        """Its vertical rulings."""
        return tuple(r for r in self.rulings if r.axis == "v")


def tables_of(page: Page, settings: LayoutSettings) -> list[Table]:
    """The tables of a page, whatever their width: rulings that touch each other, at least two lines each way."""
    rulings_of_page = without_underlines(page, settings) if page.kind == "text" else without_gaps(page, settings)
    found = []
    for rulings in _components(rulings_of_page, settings.touch * page.text_size):
        axes = [r.axis for r in rulings]
        if min(axes.count("h"), axes.count("v")) >= 2:
            found.append(Table(page.number, union([r.box for r in rulings]), tuple(rulings)))
    snap, slack = settings.snap * page.text_size, settings.edge_slack * page.text_size
    framed = [table for table in found if _is_framed(table, snap)]
    level = [ruling for ruling in rulings_of_page if ruling.axis == "h"]
    opened = {id(table): _with_open_rows(table, framed, level, snap) for table in framed}
    larger = [opened[id(table)].box for table in framed if opened[id(table)] is not table]
    free = [t for t in found if id(t) in opened or all(t.box.share_inside(box) <= 1 / 2 for box in larger)]
    return [_closed(opened.get(id(table), table), slack) for table in free]


def _is_framed(table: Table, snap: float) -> bool:
    """Whether a table has lines at its left and at its right side."""
    ats = [r.at for r in table.vertical]
    return min(ats) - table.box.x0 <= snap and table.box.x1 - max(ats) <= snap


def _with_open_rows(table: Table, framed: Sequence[Table], level: Sequence[Ruling], snap: float) -> Table:
    """The table with the rows below it that only lines from its left to its right side part, two of them at least.

    Its column lines are then drawn on through these rows.
    """
    box = table.box
    wide = [other.box for other in framed if overlap(*other.box.x_range(), *box.x_range()) > box.width / 2]
    below = [other.top for other in wide if other.top > box.bottom - snap]
    foot = min(below, default=float("inf"))
    rows = [
        r
        for r in level
        if box.bottom + snap < r.at < foot and abs(r.start - box.x0) <= snap and abs(r.end - box.x1) <= snap
    ]
    if len(rows) < LEAST_OPEN_ROWS:
        return table
    bottom = max(r.at for r in rows)
    columns = [replace(r, start=box.bottom, end=bottom) for r in table.vertical if r.end >= box.bottom - snap]
    return Table(table.page, replace(box, bottom=bottom), (*table.rulings, *rows, *columns))


def without_underlines(page: Page, settings: LayoutSettings) -> tuple[Ruling, ...]:
    """The rulings of a page of text but those right below words and no longer than these: a name in a signature, say.

    A line that runs from one vertical ruling to another is a cell's side, whatever stands above it.
    """
    upright = sorted(r.at for r in page.rulings if r.axis == "v")
    near = settings.touch * page.text_size

    def is_underline(ruling: Ruling) -> bool:
        if ruling.axis == "v" or all(is_near(x, upright, near / 2) for x in (ruling.start, ruling.end)):
            return False
        reach = settings.underline * page.text_size
        over = [
            w.box
            for w in page.words
            if abs(w.box.bottom - ruling.at) <= reach and w.box.x0 < ruling.end and ruling.start < w.box.x1
        ]
        below = over and min(box.x0 for box in over) <= ruling.start + near
        return bool(below) and max(box.x1 for box in over) >= ruling.end - near

    return tuple(ruling for ruling in page.rulings if not is_underline(ruling))


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
    boxes = np.array([r.box.as_list() for r in rulings])
    boxes[:, :2] -= touch
    boxes[:, 2:] += touch
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


def outermost(tables: Iterable[Table]) -> list[Table]:
    """Tables that lie in no other, top to bottom; those whose boxes overlap much are one table with broken lines."""
    kept: list[Table] = []
    for table in sorted(tables, key=lambda t: -t.box.area):
        host = next((k for k in kept if table.box.share_inside(k.box) > 1 / 2), None)
        if host is None:
            kept.append(table)
            continue
        merged = Table(host.page, union([host.box, table.box]), host.rulings + table.rulings)
        kept[kept.index(host)] = merged
    return sorted(kept, key=lambda t: (t.box.top, t.box.x0))


def _closed(table: Table, slack: float) -> Table:
    """The table with the outer lines it lacks: a scan cut off at its edge, or a frame drawn open."""
    box, extra = table.box, list[Ruling]()
    vertical, horizontal = table.vertical, table.horizontal
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
    xs = _edges([(r.at, r.length) for r in table.vertical], snap)
    ys = _edges([(r.at, r.length) for r in table.horizontal], snap)
    parted_left = _parted(table.vertical, xs, ys, snap, settings.cover)
    parted_above = _parted(table.horizontal, ys, xs, snap, settings.cover)
    return Grid(table.page, tuple(xs), tuple(ys), _cells(xs, ys, parted_left, parted_above.T))


def _edges(lines: list[tuple[float, float]], snap: float) -> list[float]:
    """The positions of (position, length) lines: of those within `snap` of each other that of the longest."""
    return [max(group, key=lambda line: line[1])[0] for group in cluster(lines, snap, lambda line: line[0])]


def _parted(lines: Sequence[Ruling], edges: list[float], crossing: list[float], snap: float, cover: float) -> Flags:
    """For vertical lines: [row, i] says whether a line at edges[i] runs along at least `cover` of that row.

    `edges` are the sorted positions of the lines, `crossing` those of the edges between rows.
    """
    at, start, end = np.array([(line.at, line.start, line.end) for line in lines]).T
    tops, bottoms = np.array(crossing[:-1]), np.array(crossing[1:])
    nearest = _nearest(np.array(edges), at)
    near = np.abs(np.array(edges)[nearest] - at) <= snap
    shared = np.minimum(bottoms, end[near, None]) - np.maximum(tops, start[near, None])
    covered = np.zeros((len(edges), len(tops)))
    np.add.at(covered, nearest[near], np.maximum(shared, 0.0))
    least = cover * (bottoms - tops)
    return np.asarray(least[:, None] <= covered.T)


def _nearest(edges: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.intp]:
    """The index of the sorted edge nearest to each place; of two as near the first."""
    after = np.minimum(np.searchsorted(edges, at), len(edges) - 1)
    before = np.maximum(after - 1, 0)
    return np.where((after > 0) & (at - edges[before] <= edges[after] - at), before, after)


def _cells(xs: list[float], ys: list[float], parted_left: Flags, parted_above: Flags) -> tuple[Cell, ...]:
    """Slots joined where no ruling parts them, by their first slot; a cell's box is the one around its slots.

    Args:
        xs: The x edges.
        ys: The y edges.
        parted_left: By row and x edge, whether a ruling parts the slots beside it.
        parted_above: By y edge and column, the same for the slots above and below it.
    """
    rows, columns = len(ys) - 1, len(xs) - 1
    if not rows or not columns:
        return ()
    slots = np.zeros((2 * rows - 1, 2 * columns - 1), dtype=np.uint8)  # and what lies between them, 1 where it is open
    slots[::2, ::2] = 1
    slots[::2, 1::2] = ~parted_left[:, 1:-1]
    slots[1::2, ::2] = ~parted_above[1:-1]
    _, labels, stats, _ = cv2.connectedComponentsWithStats(slots, connectivity=4, ltype=cv2.CV_32S)
    _, first = np.unique(labels[::2, ::2], return_index=True)
    cells = []
    for label in labels[::2, ::2].ravel()[np.sort(first)].tolist():
        left, top, width, height = stats[label, :4].tolist()
        r0, r1, c0, c1 = top // 2, (top + height + 1) // 2, left // 2, (left + width + 1) // 2
        cells.append(Cell(r0, r1, c0, c1, Box(xs[c0], ys[r0], xs[c1], ys[r1])))
    return tuple(cells)

"""Strokes and symbols of one page put together: which symbols hang on one connector, and where arrowheads stand."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.flowchart.bridging import bridged, without_barbs
from pipeline.flowchart.connectors import Exit, Frame, Net, Place, Side, Terminal, Through, outside, ray
from pipeline.flowchart.drawing import Point, Stroke
from pipeline.model.geometry import Box
from pipeline.settings import FlowSettings

End = tuple[int, int]  # a stroke's index, and 0 for its end a, 1 for b


def nets_of(
    strokes: Sequence[Stroke],
    places: Sequence[Place],
    throughs: Sequence[Through],
    gaps: Sequence[Box],
    frame: Frame,
    settings: FlowSettings,
) -> list[Net]:
    """The connectors of one page, those with fewer than two ends among them. `gaps` are boxes of words that may
    interrupt a line.
    """
    pieces = bridged(without_barbs(strokes, places, settings), places, gaps, settings)
    return _Weaver(pieces, places, throughs, frame, settings).nets()


class _Weaver:
    """Joins the ends of strokes to each other and to symbols, on one page."""

    def __init__(
        self,
        strokes: Sequence[Stroke],
        places: Sequence[Place],
        throughs: Sequence[Through],
        frame: Frame,
        settings: FlowSettings,
    ) -> None:
        self.strokes = list(strokes)
        self.places = {place.id: place for place in places}
        self.throughs = throughs
        self.frame = frame
        self.settings = settings
        self.sides = [(place.id, place.box, place.box.grown(settings.slack)) for place in places]
        self.around = [s.box.grown(s.width / 2 + 1e-6) for s in strokes]
        self.parent: dict[int, int] = {}
        self.points: list[tuple[int, float, int]] = []  # stroke, share along it, node
        self.shares: dict[int, list[float]] = defaultdict(list)  # of each stroke's points
        self.ends: dict[End, int] = {}
        for i in range(len(self.strokes)):
            for which in (0, 1):
                self.ends[i, which] = self._new_point(i, float(which))
        self.attached: dict[End, tuple[str, float]] = {}
        self.passed: dict[int, set[str]] = defaultdict(set)

    def nets(self) -> list[Net]:
        """Ends that touch something come first; what the others reach out for depends on it."""
        loose = [end for end in self.ends if not self._touches(end)]
        loose = [end for end in loose if not self._is_overshoot(end) and not self._reaches(end)]
        self._pass_through()
        loose = self._along_rulings(loose)
        for end in loose:
            self._second_chance(end)
        return list(self._gathered())

    def _new_point(self, stroke: int, share: float) -> int:
        node = len(self.parent)
        self.parent[node] = node
        self.points.append((stroke, share, node))
        self.shares[stroke].append(share)
        return node

    def _find(self, node: int) -> int:
        while self.parent[node] != node:
            self.parent[node] = self.parent[self.parent[node]]
            node = self.parent[node]
        return node

    def _union(self, a: int, b: int) -> None:
        self.parent[self._find(a)] = self._find(b)

    def _touches(self, end: End) -> bool:
        """Gives an end the symbol or the strokes that it touches: straight ahead a symbol comes first."""
        stroke, s = self.strokes[end[0]], self.settings
        point = stroke.end(end[1])
        ahead = self._ahead(point, stroke.outward(end[1]), s.touch)
        if ahead:
            self.attached[end] = ahead
        elif self._join(end, point, s.join):
            return True
        elif (near := self._nearest(point)) and near[1] <= s.touch:
            self.attached[end] = near
        return end in self.attached

    def _is_overshoot(self, end: End) -> bool:
        """Whether an end only sticks out a little beyond a place where another stroke ends at this one."""
        stroke = self.strokes[end[0]]
        most = self.settings.overshoot
        return any(0.0 < abs(share - end[1]) * stroke.length <= most for share in self.shares[end[0]])

    def _reaches(self, end: End) -> bool:
        """Gives an end that stops short the next stroke or symbol straight ahead."""
        stroke, s = self.strokes[end[0]], self.settings
        point, outward = stroke.end(end[1]), stroke.outward(end[1])
        ahead = self._ahead(point, outward, s.reach)
        stub = (point[0] + outward[0] * s.stub, point[1] + outward[1] * s.stub)
        if not (ahead and ahead[1] <= s.stub) and self._join(end, stub, s.stub, ahead_only=(point, outward)):
            return True
        if ahead:
            self.attached[end] = ahead
        elif (near := self._nearest(point)) and near[1] <= s.beside:
            self.attached[end] = near
        return end in self.attached

    def _ahead(self, point: Point, outward: Point, reach: float) -> tuple[str, float] | None:
        """The first symbol straight ahead of a line's end, and how far it is."""
        hits = []
        x, y = point
        for id_, _, box in self.sides:
            if x < box.x0 - reach or x > box.x1 + reach or y < box.top - reach or y > box.bottom + reach:
                continue
            distance = ray(point, outward, box)
            if distance is not None and distance <= reach:
                hits.append((max(0.0, distance), id_))
        return (min(hits)[1], min(hits)[0]) if hits else None

    def _nearest(self, point: Point) -> tuple[str, float] | None:
        found = [(outside(point, box), id_) for id_, box, _ in self.sides]
        return (min(found)[1], min(found)[0]) if found else None

    def _join(self, end: End, point: Point, tolerance: float, ahead_only: tuple[Point, Point] | None = None) -> bool:
        """Joins an end to every stroke that it touches."""
        joined = False
        for j in self._around(point, tolerance):
            other = self.strokes[j]
            if j == end[0] or other.distance(point) > tolerance + other.width / 2:
                continue
            share = other.place(point)
            if ahead_only and not _is_ahead(*ahead_only, other.at(share)):
                continue
            if self._parallel(end[0], j) and tolerance < other.distance(self.strokes[end[0]].end(end[1])):
                continue
            near_end = next((w for w in (0, 1) if math.dist(other.end(w), other.at(share)) <= self.settings.join), None)
            node = self.ends[j, near_end] if near_end is not None else self._new_point(j, share)
            self._union(self.ends[end], node)
            joined = True
        return joined

    def _around(self, point: Point, reach: float) -> list[int]:
        """The strokes that may be within reach of a point."""
        x, y = point
        return [
            j
            for j, box in enumerate(self.around)
            if box.x0 - reach <= x <= box.x1 + reach and box.top - reach <= y <= box.bottom + reach
        ]

    def _parallel(self, i: int, j: int) -> bool:
        a, b = self.strokes[i].direction, self.strokes[j].direction
        return abs(a[0] * b[0] + a[1] * b[1]) > 0.95

    def _pass_through(self) -> None:
        """Joins the ends of a line that is seen to go on inside a symbol."""
        for through in self.throughs:
            ends = [e for e, (id_, _) in self.attached.items() if id_ == through.symbol and self._at_any(e, through)]
            if len(ends) != 2:
                continue
            for end in ends:
                del self.attached[end]
            self._union(self.ends[ends[0]], self.ends[ends[1]])
            self.passed[self.ends[ends[0]]].add(through.symbol)

    def _at_any(self, end: End, through: Through) -> bool:
        point = self.strokes[end[0]].end(end[1])
        return any(math.dist(point, p) <= self.settings.contact for p in through.points)

    def _along_rulings(self, loose: Sequence[End]) -> list[End]:
        """Joins two loose ends that stop at one ruling: their line runs on it. Tells the ends that are left."""
        left = list(loose)
        at = {end: self._rulings_at(end) for end in loose}
        pairs = sorted(
            (math.dist(self.strokes[i].end(w), self.strokes[j].end(v)), (i, w), (j, v))
            for n, (i, w) in enumerate(loose)
            for j, v in loose[n + 1 :]
            if i != j and at[i, w] & at[j, v]
        )
        for _, a, b in pairs:
            if a in left and b in left:
                self._union(self.ends[a], self.ends[b])
                left = [end for end in left if end not in (a, b)]
        return left

    def _rulings_at(self, end: End) -> set[tuple[str, float]]:
        """The rulings that a stroke's end stops at, or lies on: axis and place; none where it leaves the page."""
        stroke = self.strokes[end[0]]
        if self._leaves(stroke, end[1]) or stroke.length < self.settings.join:
            return set()
        x, y = stroke.end(end[1])
        reach = self.settings.join, self.settings.collinear
        found = {("v", r) for r in self.frame.xs if abs(r - x) <= reach[0 if stroke.lying else 1]}
        return found | {("h", r) for r in self.frame.ys if abs(r - y) <= reach[1 if stroke.lying else 0]}

    def _second_chance(self, end: End) -> None:
        """A line's loose end is taken to reach what lies far ahead of it, where that is all it can mean."""
        stroke = self.strokes[end[0]]
        if end in self.attached or stroke.length < self.settings.far_reach / 4 or self._leaves(stroke, end[1]):
            return
        point, outward = stroke.end(end[1]), stroke.outward(end[1])
        ahead = self._ahead(point, outward, self.settings.far_reach)
        other = self._facing(end, ahead[1] if ahead else self.settings.far_reach)
        if other:
            self._union(self.ends[end], self.ends[other])
        elif ahead:
            self.attached[end] = ahead

    def _facing(self, end: End, reach: float) -> End | None:
        """A loose end on the same line that looks this way."""
        stroke = self.strokes[end[0]]
        point, outward = stroke.end(end[1]), stroke.outward(end[1])
        for j, w in self.ends:
            other = self.strokes[j]
            if j == end[0] or (j, w) in self.attached or not self._parallel(end[0], j):
                continue
            dx, dy = other.end(w)[0] - point[0], other.end(w)[1] - point[1]
            along, off = dx * outward[0] + dy * outward[1], abs(dx * outward[1] - dy * outward[0])
            if 0 < along <= reach and off <= self.settings.collinear + 0.5:
                return j, w
        return None

    def _leaves(self, stroke: Stroke, which: int) -> Side | None:
        """The page's side that an upright stroke's end runs out at; None where it stays."""
        (x, y), down, body = stroke.end(which), stroke.outward(which)[1] > 0, self.frame.body
        if stroke.lying or stroke.length < self.settings.touch or not body.x0 - 2 <= x <= body.x1 + 2:
            return None
        if down and not self.frame.last and y >= body.bottom - self.settings.leave:
            return "foot"
        if not down and not self.frame.first and y <= body.top + self.settings.leave:
            return "head"
        return None

    def _gathered(self) -> Iterator[Net]:
        """The connected strokes with their ends."""
        members: dict[int, set[int]] = defaultdict(set)
        for stroke, _, node in self.points:
            members[self._find(node)].add(stroke)
        groups = _merged(members.values())
        joints: dict[int, int] = defaultdict(int)
        for end in self.ends:
            joints[self._find(self.ends[end])] += 1
        for group in groups:
            terminals = tuple(t for i in sorted(group) for w in (0, 1) if (t := self._terminal((i, w), joints)))
            passed = {s for node, ids in self.passed.items() if self._find(node) in self._nodes(group) for s in ids}
            yield Net(self.frame.page, terminals, tuple(self.strokes[i] for i in sorted(group)), tuple(sorted(passed)))

    def _nodes(self, group: Iterable[int]) -> set[int]:
        return {self._find(node) for stroke, _, node in self.points if stroke in group}

    def _terminal(self, end: End, joints: dict[int, int]) -> Terminal | None:
        stroke = self.strokes[end[0]]
        point, head, node = stroke.end(end[1]), stroke.head(end[1]), self._find(self.ends[end])
        if end in self.attached:
            symbol, gap = self.attached[end]
            faces = ray(point, stroke.outward(end[1]), self.places[symbol].box.grown(self.settings.slack)) is not None
            return Terminal(point, head if faces else round(0.3 * head, 3), symbol, None, gap, node)
        side = self._leaves(stroke, end[1])
        if side and joints[node] == 1:
            return Terminal(point, head, None, Exit(self.frame.page, side, point[0]), 0.0, node)
        return None


def _merged(groups: Iterable[set[int]]) -> list[set[int]]:
    """Sets that share a member made one."""
    made: list[set[int]] = []
    for group in groups:
        touching = [m for m in made if m & group]
        made = [m for m in made if not m & group] + [set(group).union(*touching)]
    return made


def _is_ahead(point: Point, outward: Point, target: Point) -> bool:
    dx, dy = target[0] - point[0], target[1] - point[1]
    along, off = dx * outward[0] + dy * outward[1], abs(dx * outward[1] - dy * outward[0])
    return along > 0 and off <= 1.0 + 0.3 * along

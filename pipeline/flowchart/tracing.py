"""Segments and symbols of one page put together: which symbols a connector joins, and where arrowheads stand."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.flowchart.bridging import bridge_gaps, without_barbs
from pipeline.flowchart.connectors import Connector, FlowArea, PageExit, SymbolBox, Terminal, page_side
from pipeline.flowchart.drawing import LineSegment, Passage, Point, box_distance, ray_distance
from pipeline.model.geometry import Box
from pipeline.settings import FlowSettings, TracingSettings

End = tuple[int, int]  # a segment's index, and 0 for its end a, 1 for b


def trace_connectors(
    segments: Sequence[LineSegment],
    symbols: Sequence[SymbolBox],
    passages: Sequence[Passage],
    words: Sequence[Box],
    area: FlowArea,
    settings: FlowSettings,
) -> list[Connector]:
    """The connectors of one page, those with fewer than two ends among them.

    Args:
        segments: straight segments with the strengths of their arrowheads.
        symbols: where connectors can end.
        passages: lines seen inside symbols; their `shape` is an index of `symbols`.
        words: boxes of words that may interrupt a line.
        area: the page's Pelaksana columns beside the rows.
        settings: the thresholds.
    """
    whole = bridge_gaps(without_barbs(segments, symbols, settings), symbols, words, settings.bridges)
    return _Tracer(whole, symbols, passages, area, settings.tracing).connectors()


class _Tracer:
    """Joins the ends of segments to each other and to symbols, on one page.

    Each end is a node, and so is each place in mid-segment that another one ends at; joined nodes form one set.
    """

    def __init__(
        self,
        segments: Sequence[LineSegment],
        symbols: Sequence[SymbolBox],
        passages: Sequence[Passage],
        area: FlowArea,
        settings: TracingSettings,
    ) -> None:
        self.segments = list(segments)
        self.symbols = list(symbols)
        self.passages = passages
        self.area = area
        self.settings = settings
        self.grown = {symbol.id: symbol.box.grown(settings.slack) for symbol in symbols}
        self.around = [s.box.grown(s.width / 2 + 1e-6) for s in segments]
        self.parent: dict[int, int] = {}  # of each node in the forest of joined ones
        self.points: list[tuple[int, int]] = []  # segment, node
        self.shares: dict[int, list[float]] = defaultdict(list)  # of each segment's nodes, 0 at a to 1 at b
        self.ends: dict[End, int] = {}
        for i in range(len(self.segments)):
            for which in (0, 1):
                self.ends[i, which] = self._new_node(i, float(which))
        self.attached: dict[End, tuple[str, float]] = {}  # the symbol at an end, and how far it is
        self.passed: dict[int, set[str]] = defaultdict(set)  # the symbols that the line of a node runs through

    def connectors(self) -> list[Connector]:
        """Ends that touch something come first; what the others reach out for depends on it."""
        loose = [end for end in self.ends if not self._touches(end)]
        loose = [end for end in loose if not self._is_overshoot(end) and not self._reaches(end)]
        self._pass_through()
        loose = self._join_along_rulings(loose)
        for end in loose:
            self._reach_far(end)
        return list(self._gathered())

    def _new_node(self, segment: int, share: float) -> int:
        node = len(self.parent)
        self.parent[node] = node
        self.points.append((segment, node))
        self.shares[segment].append(share)
        return node

    def _find(self, node: int) -> int:
        while self.parent[node] != node:
            self.parent[node] = self.parent[self.parent[node]]
            node = self.parent[node]
        return node

    def _union(self, a: int, b: int) -> None:
        self.parent[self._find(a)] = self._find(b)

    def _touches(self, end: End) -> bool:
        """Gives an end the symbol or the segments that it touches: straight ahead a symbol comes first."""
        segment, s = self.segments[end[0]], self.settings
        point = segment.end(end[1])
        ahead = self._ahead(point, segment.outward(end[1]), s.touch)
        if ahead:
            self.attached[end] = ahead
        elif self._join(end, point, s.join):
            self._looks_past_pieces(end)
            return True
        elif (near := self._nearest(point)) and near[1] <= s.touch:
            self.attached[end] = near
        return end in self.attached

    def _looks_past_pieces(self, end: End) -> None:
        """Gives an end the symbol straight ahead, where all that it meets are pieces: of letters, or of barbs."""
        segment, s = self.segments[end[0]], self.settings
        point = segment.end(end[1])
        met = [j for j in self._around(point, s.join) if j != end[0] and self.segments[j].distance(point) <= s.join]
        if segment.length < s.far_reach / 4 or any(self.segments[j].length > s.piece for j in met):
            return
        ahead = self._ahead(point, segment.outward(end[1]), s.reach)
        if ahead:
            self.attached[end] = ahead

    def _is_overshoot(self, end: End) -> bool:
        """Whether an end only sticks out a little beyond a place where another segment ends at this one."""
        segment, most = self.segments[end[0]], self.settings.overshoot
        inner = (share for share in self.shares[end[0]] if 0.0 < share < 1.0)
        return any(abs(share - end[1]) * segment.length <= most for share in inner)

    def _reaches(self, end: End) -> bool:
        """Gives an end that stops short the next segment or symbol straight ahead."""
        segment, s = self.segments[end[0]], self.settings
        point, outward = segment.end(end[1]), segment.outward(end[1])
        ahead = self._ahead(point, outward, s.reach)
        stub = (point[0] + outward[0] * s.stub, point[1] + outward[1] * s.stub)
        if not (ahead and ahead[1] <= s.stub) and self._join(end, stub, s.stub, ahead_only=(point, outward)):
            return True
        if ahead:
            self.attached[end] = ahead
        elif (near := self._nearest(point)) and near[1] <= max(s.beside, s.beside_thick * segment.width):
            if near[0] == self.attached.get((end[0], 1 - end[1]), ("", 0.0))[0]:
                return False  # a short line away from its symbol
            self.attached[end] = near
        return end in self.attached

    def _ahead(self, point: Point, outward: Point, reach: float) -> tuple[str, float] | None:
        """The first symbol straight ahead of a line's end, and how far it is."""
        hits = []
        x, y = point
        for id_, box in self.grown.items():
            if x < box.x0 - reach or x > box.x1 + reach or y < box.top - reach or y > box.bottom + reach:
                continue
            distance = ray_distance(point, outward, box)
            if distance is not None and distance <= reach:
                hits.append((max(0.0, distance), id_))
        return (min(hits)[1], min(hits)[0]) if hits else None

    def _nearest(self, point: Point) -> tuple[str, float] | None:
        found = [(box_distance(point, symbol.box), symbol.id) for symbol in self.symbols]
        return (min(found)[1], min(found)[0]) if found else None

    def _join(self, end: End, point: Point, tolerance: float, ahead_only: tuple[Point, Point] | None = None) -> bool:
        """Joins an end to every segment within `tolerance` of a point; tells whether there is one."""
        joined, far = False, self.segments[end[0]].end(1 - end[1])
        for j in self._around(point, tolerance):
            other = self.segments[j]
            if j == end[0] or other.distance(point) > tolerance + other.width / 2:
                continue
            if (
                not ahead_only
                and math.dist(point, far) <= 2 * tolerance
                and other.distance(far) < other.distance(point)
            ):
                continue  # a short segment joins it by its other end
            share = other.share_at(point)
            if ahead_only and not _is_ahead(*ahead_only, other.point_at(share), self.settings):
                continue
            if self._parallel(end[0], j) and tolerance < other.distance(self.segments[end[0]].end(end[1])):
                continue
            at = other.point_at(share)
            near_end = next((w for w in (0, 1) if math.dist(other.end(w), at) <= self.settings.join), None)
            node = self.ends[j, near_end] if near_end is not None else self._new_node(j, share)
            self._union(self.ends[end], node)
            joined = True
        return joined

    def _around(self, point: Point, reach: float) -> list[int]:
        """The segments that may be within reach of a point."""
        x, y = point
        return [
            j
            for j, box in enumerate(self.around)
            if box.x0 - reach <= x <= box.x1 + reach and box.top - reach <= y <= box.bottom + reach
        ]

    def _parallel(self, i: int, j: int) -> bool:
        a, b = self.segments[i].direction, self.segments[j].direction
        return abs(a[0] * b[0] + a[1] * b[1]) > self.settings.parallel

    def _pass_through(self) -> None:
        """Joins the ends of a line that is seen to go on inside a symbol."""
        for passage in self.passages:
            symbol = self.symbols[passage.shape].id
            ends = [e for e, (id_, _) in self.attached.items() if id_ == symbol and self._at_any(e, passage)]
            if len(ends) != 2:
                continue
            for end in ends:
                del self.attached[end]
            self._union(self.ends[ends[0]], self.ends[ends[1]])
            self.passed[self.ends[ends[0]]].add(symbol)

    def _at_any(self, end: End, passage: Passage) -> bool:
        point = self.segments[end[0]].end(end[1])
        return any(math.dist(point, p) <= self.settings.contact for p in passage.points)

    def _join_along_rulings(self, loose: Sequence[End]) -> list[End]:
        """Joins two loose ends that stop at one ruling: their line runs on it. Tells the ends that are left."""
        left = list(loose)
        at = {end: self._rulings_at(end) for end in loose}
        pairs = sorted(
            (math.dist(self.segments[i].end(w), self.segments[j].end(v)), (i, w), (j, v))
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
        """The rulings that a segment's end stops at, or lies on: axis and place; none where it leaves the page."""
        segment = self.segments[end[0]]
        if page_side(segment, end[1], self.area, self.settings) or segment.length < self.settings.join:
            return set()
        x, y = segment.end(end[1])
        reach = self.settings.ruling_gap, self.settings.on_ruling
        found = {("v", r) for r in self.area.xs if abs(r - x) <= reach[0 if segment.is_horizontal else 1]}
        return found | {("h", r) for r in self.area.ys if abs(r - y) <= reach[1 if segment.is_horizontal else 0]}

    def _reach_far(self, end: End) -> None:
        """A line's loose end is taken to reach what lies far ahead of it, where that is all it can mean."""
        segment, s = self.segments[end[0]], self.settings
        if end in self.attached or segment.length < s.far_reach / 4 or page_side(segment, end[1], self.area, s):
            return
        ahead = self._ahead(segment.end(end[1]), segment.outward(end[1]), s.far_reach)
        other = self._facing(end, ahead[1] if ahead else s.far_reach)
        if other:
            self._union(self.ends[end], self.ends[other])
        elif ahead:
            self.attached[end] = ahead

    def _facing(self, end: End, reach: float) -> End | None:
        """A loose end on the same line that looks this way."""
        segment = self.segments[end[0]]
        point, outward = segment.end(end[1]), segment.outward(end[1])
        for j, w in self.ends:
            if j == end[0] or (j, w) in self.attached or not self._parallel(end[0], j):
                continue
            along, off = _along_and_off(point, outward, self.segments[j].end(w))
            if 0 < along <= reach and off <= self.settings.facing:
                return j, w
        return None

    def _gathered(self) -> Iterator[Connector]:
        """The joined segments with their ends."""
        members: dict[int, set[int]] = defaultdict(set)
        for segment, node in self.points:
            members[self._find(node)].add(segment)
        joints: dict[int, int] = defaultdict(int)
        for node in self.ends.values():
            joints[self._find(node)] += 1
        for group in _merged(members.values()):
            terminals = tuple(t for i in sorted(group) for w in (0, 1) if (t := self._terminal((i, w), joints)))
            roots = {self._find(node) for segment, node in self.points if segment in group}
            passed = {s for node, ids in self.passed.items() if self._find(node) in roots for s in ids}
            segments = tuple(self.segments[i] for i in sorted(group))
            yield Connector(self.area.page, terminals, segments, tuple(sorted(passed)))

    def _terminal(self, end: End, joints: dict[int, int]) -> Terminal | None:
        """The terminal at an end: at its symbol, or where it leaves the page; None where it goes on, or nowhere."""
        segment = self.segments[end[0]]
        point, head = segment.end(end[1]), segment.head(end[1])
        if end in self.attached:
            symbol, gap = self.attached[end]
            faces = ray_distance(point, segment.outward(end[1]), self.grown[symbol]) is not None
            return Terminal(point, head if faces else round(self.settings.head_beside * head, 3), symbol, None, gap)
        side = page_side(segment, end[1], self.area, self.settings)
        if side and joints[self._find(self.ends[end])] == 1:
            return Terminal(point, head, None, PageExit(self.area.page, side, point[0]))
        return None


def _merged(groups: Iterable[set[int]]) -> list[set[int]]:
    """Sets that share a member made one."""
    made: list[set[int]] = []
    for group in groups:
        touching = [m for m in made if m & group]
        made = [m for m in made if not m & group] + [set(group).union(*touching)]
    return made


def _along_and_off(point: Point, outward: Point, target: Point) -> tuple[float, float]:
    """How far a target lies ahead in a direction, and how far beside it."""
    dx, dy = target[0] - point[0], target[1] - point[1]
    return dx * outward[0] + dy * outward[1], abs(dx * outward[1] - dy * outward[0])


def _is_ahead(point: Point, outward: Point, target: Point, settings: TracingSettings) -> bool:
    along, off = _along_and_off(point, outward, target)
    return along > 0 and off <= settings.ahead_width + settings.ahead_slope * along

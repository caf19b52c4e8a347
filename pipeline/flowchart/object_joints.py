"""What the ends of connectors meet that are objects of their own: symbols, the page's side, each other."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.flowchart.connectors import FlowArea, PageExit, SymbolBox, page_side
from pipeline.flowchart.drawing import DrawnConnector, LineSegment, Point, box_distance, ray_distance
from pipeline.flowchart.polygons import cosine
from pipeline.model.geometry import Box
from pipeline.settings import FlowSettings

End = tuple[int, int]  # a connector's index, and 0 for its first point, 1 for its last


@dataclass(frozen=True, slots=True)
class Contact:
    """Where an end meets another object: its segment, the share of it, and the point."""

    connector: int
    segment: int
    share: float
    point: Point
    distance: float


class Joints:
    """What each end of each object meets: a symbol, the page's side, another object's end, or its line."""

    def __init__(
        self,
        objects: Sequence[DrawnConnector],
        symbols: Sequence[SymbolBox],
        words: Sequence[Box],
        area: FlowArea,
        settings: FlowSettings,
    ) -> None:
        self.objects, self.symbols, self.words, self.area = objects, symbols, words, area
        self.settings, self.limits = settings, settings.objects
        self.segments = [one.segments for one in objects]
        self.around = [_box_of(one) for one in objects]
        self.grown = {symbol.id: symbol.box.grown(self.limits.slack) for symbol in symbols}
        self.attached: dict[End, tuple[str, float]] = {}  # the symbol at an end, and how far it is
        self.exits: dict[End, PageExit] = {}
        self.end_joints: list[tuple[End, End]] = []
        self.line_joints: dict[End, Contact] = {}
        self.unsure: set[End] = set()  # on a line, but maybe meant for the symbol behind it; or between two symbols

    def find(self) -> None:
        """Ends that touch something come first; what the others reach out for depends on it."""
        ends = [(i, which) for i in range(len(self.objects)) for which in (0, 1)]
        loose = [end for end in ends if not self._touches(end)]
        loose = [end for end in loose if not self._meets(end, loose)]
        loose = [end for end in loose if not self._is_overshoot(end)]
        loose = [end for end in loose if not self._reaches(end)]
        loose = [end for end in loose if not self._leaves(end)]
        for end in loose:
            if not self._faces(end, loose):
                self._reaches_far(end)

    def segment(self, end: End) -> LineSegment:
        """The segment at an end."""
        return self.segments[end[0]][-1 if end[1] else 0]

    def point(self, end: End) -> Point:
        """The point at an end."""
        return self.objects[end[0]].points[-1 if end[1] else 0]

    def outward(self, end: End) -> Point:
        """The unit vector that leaves an object at an end."""
        return self.segment(end).outward(end[1])

    def head(self, end: End) -> float:
        """The strength of the arrowhead at an end."""
        one = self.objects[end[0]]
        return one.head_b if end[1] else one.head_a

    def is_loose(self, end: End) -> bool:
        """Whether an end meets nothing."""
        joined = {e for pair in self.end_joints for e in pair}
        return not (end in self.attached or end in self.exits or end in self.line_joints or end in joined)

    def _touches(self, end: End) -> bool:
        """A symbol that the end touches, one straight ahead before any other."""
        found = self._ahead(end, self.limits.touch) or self._nearest(end, self.limits.touch)
        if found:
            self.attached[end] = found
        return found is not None

    def _meets(self, end: End, loose: Sequence[End]) -> bool:
        """Another object that ends here, or whose line runs here."""
        point = self.point(end)
        near = [e for e in loose if e[0] != end[0] and math.dist(self.point(e), point) <= self.limits.ends]
        near = [e for e in near if not self._runs_on(end, e) and not self._look_at_one(end, e)]
        nearest = min((math.dist(self.point(e), point) for e in near), default=0.0)
        near = [e for e in near if math.dist(self.point(e), point) <= nearest + self.limits.as_near]
        if self.head(end):  # two arrowheads side by side are two connectors
            near = [e for e in near if not self.head(e)]
        self.end_joints += [(end, e) for e in near]
        partners = {e[0] for e in near}
        contact = self._contact(end, point, self.limits.on_bar if near else self.limits.on_line, without=partners)
        if (
            contact and near and any(self._runs_along(e, contact) for e in (end, *near))
        ):  # a corner on another line is none of its own
            contact = None
        if contact and any(
            math.dist(self.point(other), contact.point) <= self.limits.ends and self._look_at_one(end, other)
            for other in ((contact.connector, 0), (contact.connector, 1))
        ):
            contact = None
        if contact and self.head(end) and self._goes_beyond(end, contact):
            contact = None
        if contact:
            self.line_joints[end] = contact
            if self.head(end) and self._ahead(end, self.limits.reach):
                self.unsure.add(end)
        return bool(near) or contact is not None

    def _runs_on(self, end: End, other: End) -> bool:
        """Whether two ends come from the same side: two connectors that run on each other up to here."""
        (ax, ay), (bx, by) = self.outward(end), self.outward(other)
        return ax * bx + ay * by > self.limits.parallel

    def _look_at_one(self, end: End, other: End) -> bool:
        """Whether two ends look at the same symbol that they stop short of: each is a connector's own."""
        ahead = self._ahead(end, self.limits.reach), self._ahead(other, self.limits.reach)
        return bool(ahead[0] and ahead[1] and ahead[0][0] == ahead[1][0])

    def _runs_along(self, end: End, contact: Contact) -> bool:
        """Whether the object at an end runs beside the line that it meets."""
        own, other = self.segment(end), self.segments[contact.connector][contact.segment]
        return abs(cosine((own.a, own.b), (other.a, other.b))) > self.limits.parallel

    def _goes_beyond(self, end: End, contact: Contact) -> bool:
        """Whether an arrowhead means the symbol ahead, not the line that it stands on.

        It has crossed the line already, or the line comes from the very symbol that it points at.
        """
        ahead = self._ahead(end, self.limits.reach)
        box = next((s.box for s in self.symbols if ahead and s.id == ahead[0]), None)
        if box is None:
            return False
        (x, y), (ux, uy) = self.point(end), self.outward(end)
        if (contact.point[0] - x) * ux + (contact.point[1] - y) * uy < -self.limits.crossed:
            return True
        others = (self.point((contact.connector, which)) for which in (0, 1))
        return any(box_distance(point, box) <= self.limits.reach for point in others)

    def _is_overshoot(self, end: End) -> bool:
        """Whether an end only sticks out a little beyond a place where another object ends at this one."""
        point = self.point(end)
        places = (c.point for c in self.line_joints.values() if c.connector == end[0])
        return not self.head(end) and any(math.dist(point, place) <= self.limits.overshoot for place in places)

    def _contact(
        self, end: End, point: Point, reach: float, ahead: Point | None = None, without: Collection[int] = ()
    ) -> Contact | None:
        """The nearest line of another object within reach of a point, one across this end's before one along it."""
        found: list[tuple[bool, float, Contact]] = []
        own = self.segment(end)
        for j, segments in enumerate(self.segments):
            if j == end[0] or j in without or not self.around[j].grown(reach + 2).contains(*point):
                continue
            for k, other in enumerate(segments):
                distance = other.distance(point)
                share = other.share_at(point)
                at = other.point_at(share)
                if distance > reach + other.width / 2:
                    continue
                if ahead is not None and not _is_ahead(self.point(end), ahead, at):
                    continue
                along = abs(cosine((own.a, own.b), (other.a, other.b))) > self.limits.parallel
                if along and self.head(end):
                    continue
                found.append((along, distance, Contact(j, k, share, at, distance)))
        return min(found, key=lambda f: f[:2])[2] if found else None

    def _reaches(self, end: End) -> bool:
        """Gives an end that stops short the next object or symbol straight ahead, or a symbol beside it."""
        point, outward, s = self.point(end), self.outward(end), self.limits
        ahead = self._ahead(end, s.reach)
        stub = (point[0] + outward[0] * s.stub, point[1] + outward[1] * s.stub)
        contact = None if ahead and ahead[1] <= s.stub else self._contact(end, stub, s.stub, outward)
        if contact:
            self.line_joints[end] = contact
            return True
        found = ahead or self._nearest(end, s.beside)
        if found:
            self.attached[end] = found
        return found is not None

    def _leaves(self, end: End) -> bool:
        """Whether the end runs out of the page."""
        side = page_side(self.segment(end), end[1], self.area, self.settings.tracing)
        if side:
            self.exits[end] = PageExit(self.area.page, side, self.point(end)[0])
        return side is not None

    def _faces(self, end: End, loose: Sequence[End]) -> bool:
        """Joins an end to a loose one that looks at it over a small gap, or over a word."""
        point, (ux, uy) = self.point(end), self.outward(end)
        for other in loose:
            if other[0] == end[0] or self.head(other) or self.head(end):
                continue
            target, (vx, vy) = self.point(other), self.outward(other)
            along = (target[0] - point[0]) * ux + (target[1] - point[1]) * uy
            off = abs((target[0] - point[0]) * uy - (target[1] - point[1]) * ux)
            if ux * vx + uy * vy > -self.limits.parallel or not 0 < along <= self.limits.far_reach:
                continue
            between = LineSegment(point, target).box.grown(0.5)
            filled = any(word.intersection(between) for word in self.words)
            if off <= self.limits.facing and (along <= self.limits.gap or filled):
                self.end_joints.append((end, other))
                return True
        return False

    def _reaches_far(self, end: End) -> None:
        ahead = self._ahead(end, self.limits.far_reach)
        if ahead and self.segment(end).length >= self.limits.touch and self._is_free(end, ahead[1]):
            self.attached[end] = ahead

    def _is_free(self, end: End, reach: float) -> bool:
        """Whether no other object lies between an end and what is so far ahead."""
        point, (ux, uy) = self.point(end), self.outward(end)
        steps = max(2, int(reach))
        ahead = [(point[0] + ux * reach * i / steps, point[1] + uy * reach * i / steps) for i in range(1, steps)]
        lines = (s for j, segments in enumerate(self.segments) if j != end[0] for s in segments)
        return all(s.distance(p) > 1.0 for s in lines for p in ahead)

    def _ahead(self, end: End, reach: float) -> tuple[str, float] | None:
        """The first symbol straight ahead of an end, and how far it is."""
        point, outward = self.point(end), self.outward(end)
        hits = [
            (max(0.0, distance), id_)
            for id_, box in self.grown.items()
            if (distance := ray_distance(point, outward, box)) is not None and distance <= reach
        ]
        if len(hits) > 1 and hits and min(hits)[0] == 0.0:  # inside several: the one whose middle is nearest
            centers = {s.id: s.box.center for s in self.symbols}
            return min((math.dist(point, centers[id_]), id_) for d, id_ in hits if d == 0.0)[1], 0.0
        return (min(hits)[1], min(hits)[0]) if hits else None

    def _nearest(self, end: End, reach: float) -> tuple[str, float] | None:
        """The symbol nearest to an end, and how far it is; unsure where another one is as near."""
        point = self.point(end)
        found = sorted((box_distance(point, symbol.box), symbol.id) for symbol in self.symbols)[:2]
        if not found or found[0][0] > reach:
            return None
        if found[-1][0] <= found[0][0] + self.limits.as_near and len(found) > 1:
            self.unsure.add(end)
        return found[0][1], found[0][0]


def _box_of(one: DrawnConnector) -> Box:
    xs, ys = [x for x, _ in one.points], [y for _, y in one.points]
    return Box(min(xs), min(ys), max(xs), max(ys)).grown(one.width / 2 + 0.1)


def _is_ahead(point: Point, outward: Point, target: Point) -> bool:
    dx, dy = target[0] - point[0], target[1] - point[1]
    along = dx * outward[0] + dy * outward[1]
    return along > 0.5 and abs(dx * outward[1] - dy * outward[0]) <= 1.0 + 0.3 * along

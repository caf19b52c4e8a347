"""Connectors that are objects of their own and symbols of one page put together: which symbols each connector joins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.flowchart.connectors import Connector, FlowArea, SymbolBox, Terminal
from pipeline.flowchart.drawing import DrawnConnector, LineSegment
from pipeline.flowchart.object_joints import End, Joints
from pipeline.model.geometry import Box
from pipeline.settings import FlowSettings


def trace_objects(
    drawn: Sequence[DrawnConnector],
    symbols: Sequence[SymbolBox],
    words: Sequence[Box],
    area: FlowArea,
    settings: FlowSettings,
) -> list[Connector]:
    """The connectors of one page: one for each way from a symbol or page exit to another, and those that lead nowhere.

    Two objects meet only where one of them ends at the other, never where they cross or run on each other. Through
    objects that meet, a way leads in the direction of their arrowheads only.

    Args:
        drawn: the objects, with their arrowheads.
        symbols: where they can end.
        words: boxes of words that may interrupt a line.
        area: the page's Pelaksana columns beside the rows.
        settings: the thresholds.
    """
    objects = [one for one in drawn if sum(s.length for s in one.segments) >= settings.objects.least]
    joints = Joints(objects, symbols, words, area, settings)
    joints.find()
    return list(_Network(joints, area.page).connectors())


@dataclass(frozen=True, slots=True)
class _Section:
    """A part of an object between two nodes; `forth` and `back`: whether the flow may run that way."""

    a: int
    b: int
    segments: tuple[LineSegment, ...]
    forth: bool
    back: bool


class _Network:
    """The objects of a page as a graph: nodes where they end or meet, sections between, terminals at the nodes."""

    def __init__(self, joints: Joints, page: int) -> None:
        self.joints, self.page = joints, page
        self.parent: list[int] = []
        self.ends: dict[End, int] = {}
        self.sections: list[_Section] = []
        self.leads: dict[int, list[tuple[int, _Section, bool]]] = defaultdict(list)
        self._build()

    def connectors(self) -> Iterator[Connector]:
        """One connector for each way from terminal to terminal; one with all terminals where nothing tells the way."""
        nets: dict[int, set[int]] = defaultdict(set)
        for i in range(len(self.joints.objects)):
            nets[self._net_of(i)].add(i)
        for members in nets.values():
            yield from self._ways(members)

    def _new(self) -> int:
        self.parent.append(len(self.parent))
        return len(self.parent) - 1

    def _find(self, node: int) -> int:
        while self.parent[node] != node:
            node = self.parent[node]
        return node

    def _build(self) -> None:
        joints = self.joints
        cuts: dict[int, list[tuple[int, float, int]]] = defaultdict(list)
        for i, segments in enumerate(joints.segments):
            for which in (0, 1):
                self.ends[i, which] = self._new()
            cuts[i] = [(0, 0.0, self.ends[i, 0]), (len(segments) - 1, 1.0, self.ends[i, 1])]
        for a, b in joints.end_joints:
            self.parent[self._find(self.ends[a])] = self._find(self.ends[b])
        for end, contact in joints.line_joints.items():
            node = self._new()
            cuts[contact.connector].append((contact.segment, contact.share, node))
            self.parent[self._find(self.ends[end])] = self._find(node)
        self.links: dict[int, set[int]] = defaultdict(set)
        for i, places in cuts.items():
            self._cut(i, sorted(places))

    def _cut(self, i: int, places: Sequence[tuple[int, float, int]]) -> None:
        """The sections of one object between its nodes."""
        one, segments = self.joints.objects[i], self.joints.segments[i]
        forth, back = one.head_b > 0 or not one.head_a, one.head_a > 0 or not one.head_b
        for (k, s, a), (m, t, b) in pairwise(places):
            part = _between(segments, (k, s), (m, t))
            section = _Section(self._find(a), self._find(b), part, forth, back)
            self.sections.append(section)
            self.leads[section.a].append((section.b, section, forth))
            self.leads[section.b].append((section.a, section, back))

    def _net_of(self, i: int) -> int:
        """The lowest node that hangs together with an object."""
        seen, left = set(), [self._find(self.ends[i, 0]), self._find(self.ends[i, 1])]
        while left:
            node = left.pop()
            if node not in seen:
                seen.add(node)
                left += [other for other, *_ in self.leads[node]]
        return min(seen)

    def _ways(self, members: set[int]) -> Iterator[Connector]:
        ends = [(i, w) for i in sorted(members) for w in (0, 1)]
        doubt = self.joints.limits.doubt if self.joints.unsure & set(ends) else 0.0
        stops = {end: t for end in ends if (t := self._terminal(end, doubt))}
        segments = tuple(s for i in sorted(members) for s in self.joints.segments[i])
        headed = any(self.joints.head(end) for end in ends)
        if len(stops) <= 2 or not headed:
            yield Connector(self.page, tuple(self._with_net_heads(stops, ends)), segments, painted_apart=True)
            return
        found: set[tuple[End, End]] = set()
        plain = any(not self.joints.head(end) and not terminal.exit for end, terminal in stops.items())
        for free in (False, True):  # where the arrowheads' way leads nowhere, any way
            for source in stops:
                if not self._gives(source, stops, plain) or (free and any(source in pair for pair in found)):
                    continue
                for target, way in self._reached(source, stops, free):
                    if (target, source) in found or (
                        free and any(target == t for _, t in found) and stops[target].exit
                    ):
                        continue
                    found.add((source, target))
                    yield self._way(stops[source], stops[target], way, free)

    def _with_net_heads(self, stops: dict[End, Terminal], ends: Sequence[End]) -> list[Terminal]:
        """The terminals; where a net of two has its only arrowhead where two objects meet, that tells the way."""
        found = list(stops.values())
        if len(found) != 2 or any(t.head for t in found) or not any(self.joints.head(e) for e in ends):
            return found
        (a, one), (b, other) = stops.items()
        forth = any(target == b for target, _ in self._reached(a, stops, False))
        back = any(target == a for target, _ in self._reached(b, stops, False))
        if forth == back:
            return found
        head = max(self.joints.head(e) for e in ends)
        changed = other if forth else one
        with_head = Terminal(changed.point, head, changed.symbol, changed.exit, changed.gap)
        return [one, with_head] if forth else [with_head, other]

    def _gives(self, end: End, stops: dict[End, Terminal], plain: bool) -> bool:
        """Whether the flow may come from a terminal: it has no arrowhead, or its object has two.

        Where there is a `plain` one, objects with two arrowheads share out what comes from there.
        """
        i, which = end
        if stops[end].exit:
            return not stops[end].head
        return not self.joints.head(end) or (not plain and bool(self.joints.head((i, 1 - which))))

    def _takes(self, end: End, stops: dict[End, Terminal]) -> bool:
        terminal = stops[end]
        return bool(terminal.head) or (terminal.exit is not None and terminal.exit.side == "bottom")

    def _reached(
        self, source: End, stops: dict[End, Terminal], free: bool
    ) -> Iterator[tuple[End, tuple[LineSegment, ...]]]:
        """The terminals that the flow reaches from one, and the segments on the way."""
        at: dict[int, list[End]] = defaultdict(list)
        for end in stops:
            at[self._find(self.ends[end])].append(end)
        start = self._find(self.ends[source])
        left: list[tuple[int, tuple[LineSegment, ...]]] = [(start, ())]
        seen = {start}
        while left:
            node, way = left.pop(0)
            for end in at[node]:
                if end != source and self._takes(end, stops):
                    yield end, way
            for other, section, allowed in self.leads[node]:
                if other not in seen and (allowed or free):
                    seen.add(other)
                    left.append((other, way + section.segments))

    def _way(self, source: Terminal, target: Terminal, way: tuple[LineSegment, ...], free: bool) -> Connector:
        tail = Terminal(source.point, 0.0, source.symbol, source.exit, source.gap)
        strength = target.head or self.joints.settings.vectors.head_strength
        head = Terminal(target.point, strength * (0.5 if free else 1.0), target.symbol, target.exit, target.gap)
        return Connector(self.page, (tail, head), way, painted_apart=True)

    def _terminal(self, end: End, doubt: float) -> Terminal | None:
        """The terminal at an end: at its symbol, or where it leaves the page; None where it goes on, or nowhere.

        `doubt` is added to its gap where its connector could be read another way.
        """
        point, head = self.joints.point(end), self.joints.head(end)
        if end in self.joints.attached:
            symbol, gap = self.joints.attached[end]
            return Terminal(point, head, symbol, None, gap + doubt)
        if end in self.joints.exits:
            return Terminal(point, head, None, self.joints.exits[end])
        return None


def _between(
    segments: Sequence[LineSegment], start: tuple[int, float], end: tuple[int, float]
) -> tuple[LineSegment, ...]:
    """The part of a chain of segments between two places on it."""
    (k, s), (m, t) = start, end
    points = [segments[k].point_at(s), *(segment.b for segment in segments[k:m]), segments[m].point_at(t)]
    return tuple(LineSegment(a, b, segments[k].width) for a, b in pairwise(points) if a != b)

"""What changed in the flowchart of a SOP: symbols and connectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.comparison.change import Change
from pipeline.comparison.step_alignment import Alignment
from pipeline.message import Message, msg
from pipeline.model.pointer import pointer
from pipeline.model.record import Node, NodeKind, Record

KINDS: dict[NodeKind, Message] = {
    "start": msg("a start"),
    "process": msg("a process"),
    "decision": msg("a decision"),
    "end": msg("an end"),
    "document": msg("a document"),
    "archive": msg("an archive"),
    "connector": msg("an off-page connector"),
}


class End(NamedTuple):
    """An end of a connector in both versions alike: the newer place of its step, and the newer id of its performer.

    A step that is gone has a place below 0.
    """

    step: int
    performer: str


class Link(NamedTuple):
    """A connector in both versions alike."""

    source: End
    target: End
    label: str | None


def flow_changes(old: Record, new: Record, same: Alignment) -> Iterator[Change]:
    """Tell symbols that are of another kind, and connectors that came or went.

    Not those that came, went or moved with their step: where a step was put between two others, or taken out from
    between them, the way from one to the other is the same. Ways with words of a step that moved are told, though.
    """
    pairs = dict(same.steps)
    steps = {one.no: pairs.get(i, -1 - i) for i, one in enumerate(old.kegiatan)}
    before = _ends(old.flow.nodes, steps, same.performers)
    after = _ends(new.flow.nodes, {one.no: j for j, one in enumerate(new.kegiatan)}, {})
    yield from _symbols(old, new, before, after)
    kept, moved = set(pairs.values()), {place for _, place in same.moved}
    ways, ways_now = (
        _without_others(links, kept - moved) | _worded(_without_others(links, kept), moved)
        for links in (_links(old, before), _links(new, after))
    )
    if bool(ways) != bool(ways_now):
        yield _missing(len(ways), len(ways_now))
        return
    for link in sorted(ways - ways_now, key=_order):
        yield Change("connector-removed", _told("removed", link, new), before=_json(link, new))
    for link in sorted(ways_now - ways, key=_order):
        yield Change("connector-added", _told("added", link, new), after=_json(link, new))


def _missing(old: int, new: int) -> Change:
    """Tell that one version alone has connectors: where text was read without its drawing, none went."""
    if old:
        told = msg("the newer version has no connectors; the older one has {count}", count=old)
    else:
        told = msg("the older version has no connectors; the newer one has {count}", count=new)
    return Change("connectors-missing", told, before=old, after=new)


def _order(link: Link) -> tuple[End, End, str]:
    return link.source, link.target, link.label or ""


def _ends(nodes: Iterable[Node], steps: dict[int, int], performers: dict[str, str]) -> dict[str, End]:
    """The symbols of steps, by id."""
    return {
        node.id: End(steps[node.kegiatan], performers.get(node.pelaksana, node.pelaksana))
        for node in nodes
        if node.kegiatan is not None and node.pelaksana is not None and node.kegiatan in steps
    }


def _symbols(old: Record, new: Record, before: dict[str, End], after: dict[str, End]) -> Iterator[Change]:
    """Tell symbols that are of another kind; not where a performer has several in a step."""
    single = {end for ends in (before, after) for end, count in Counter(ends.values()).items() if count > 1}
    places = {node.id: (j, node) for j, node in enumerate(new.flow.nodes)}
    now = {end: places[id_] for id_, end in after.items() if end not in single}
    for i, node in enumerate(old.flow.nodes):
        j, other = now.get(before.get(node.id, End(-1, "")), (0, node))
        if other.kind != node.kind:
            who = msg("step {no}, {performer}", no=other.kegiatan or 0, performer=_name(new, other.pelaksana))
            told = msg("{who}: {new} instead of {old}", who=who, new=KINDS[other.kind], old=KINDS[node.kind])
            paths = pointer("flow", "nodes", i), pointer("flow", "nodes", j)
            yield Change("symbol-changed", told, *paths, node.kind, other.kind)


def _links(record: Record, ends: dict[str, End]) -> set[Link]:
    return {
        Link(ends[edge.source], ends[edge.target], edge.label)
        for edge in record.flow.edges
        if edge.source in ends and edge.target in ends
    }


def _without_others(links: set[Link], kept: set[int]) -> set[Link]:
    """The ways between steps that both versions have: through a step of one alone they go on."""
    others = {end for link in links for end in link[:2] if end.step not in kept}
    for end in sorted(others):
        into = [link for link in links if link.target == end != link.source]
        out = [link for link in links if link.source == end != link.target]
        joined = {Link(a.source, b.target, a.label or b.label) for a in into for b in out if a.source != b.target}
        links = {link for link in links if end not in link[:2]} | joined
    return links


def _worded(links: set[Link], moved: set[int]) -> set[Link]:
    """The links with words from or to steps that moved."""
    return {link for link in links if link.label and moved.intersection(end.step for end in link[:2])}


def _told(what: str, link: Link, new: Record) -> Message:
    source, target = _place(link.source, new), _place(link.target, new)
    label = msg(" ({label})", label=link.label) if link.label else ""
    if what == "added":
        return msg("connector from {source} to {target}{label} was added", source=source, target=target, label=label)
    return msg("connector from {source} to {target}{label} is gone", source=source, target=target, label=label)


def _place(end: End, new: Record) -> Message:
    return msg("step {no}, {performer}", no=new.kegiatan[end.step].no, performer=_name(new, end.performer))


def _name(record: Record, performer: str | None) -> str:
    return next((one.nama for one in record.pelaksana if one.id == performer), performer or "")


def _json(link: Link, new: Record) -> dict[str, object]:
    """A connector as JSON has it, by the steps and performers of the newer version."""
    ends = {
        name: {"kegiatan": new.kegiatan[end.step].no, "pelaksana": end.performer}
        for name, end in (("from", link.source), ("to", link.target))
    }
    return {**ends, "label": link.label}

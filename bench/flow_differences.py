"""The corrections that make the symbols and edges of one record those of another, for `record_differences`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from pipeline.corrections.references import symbol_reference
from pipeline.corrections.targets import quoted
from pipeline.corrections.yaml_positions import Number, YamlValue
from pipeline.model.record import Node, Record

Edge: TypeAlias = tuple[str, str, str | None]
"""From symbol, to symbol, label."""


def lone_connectors(record: Record, truth: Record) -> Iterator[dict[str, YamlValue]]:
    """Remove the off-page connectors that stand in no step and that the truth has not."""
    wanted = [node for node in truth.flow.nodes if node.kegiatan is None]
    lone = [node for node in record.flow.nodes if node.kegiatan is None]
    for node in lone[len(wanted) :]:
        yield {"at": f"flow/nodes[id={node.id}]", "remove": True}


def symbols(record: Record, truth: Record) -> Iterator[dict[str, YamlValue]]:
    """Bring the symbols of each cell to the truth's number, kinds and labels."""
    for place, name in _cells_of(record, truth):
        now, then = _in_cell(record, place), _in_cell(truth, name)
        for extra in reversed(now[len(then) :]):
            yield {"at": f"flow/nodes[{in_brackets(record, extra.id)}]", "remove": True}
        yield from _kinds(now, then)
        for order, missing in list(enumerate(then))[len(now) :]:
            node = {"kegiatan": Number(place[0]), "pelaksana": place[1], "kind": missing.kind}
            label = {"label": missing.label} if missing.label else {}
            likes = [n for n in then[:order] if n.kind == missing.kind and missing.label in (None, n.label)]
            nth = {"nth": Number(len(likes) + 1)} if likes else {}
            yield {"at": "flow/nodes", "insert": {**node, **label, **nth}}


def _kinds(now: Sequence[Node], then: Sequence[Node]) -> Iterator[dict[str, YamlValue]]:
    """The symbols that stay in a cell, told apart by their order where they are several."""
    several = min(len(now), len(then)) > 1
    for order, (node, wanted) in enumerate(zip(now, then, strict=False), 1):
        changed = {k: getattr(wanted, k) for k in ("kind", "label") if getattr(wanted, k) != getattr(node, k)}
        if changed:
            words = f"{node.kegiatan},{node.pelaksana}" + (f",{order}" if several else "")
            expect = {key: getattr(node, key) for key in changed}
            yield {"at": f"flow/nodes[{words}]", "expect": {**expect}, "set": {**changed}}


def _cells_of(record: Record, truth: Record) -> Iterator[tuple[tuple[int, str], tuple[int, str]]]:
    """Every cell of the flowchart, as the record and as the truth name it."""
    for step in truth.kegiatan:
        for mine, theirs in zip(record.pelaksana, truth.pelaksana, strict=True):
            yield (step.no, mine.id), (step.no, theirs.id)


def _in_cell(record: Record, cell: tuple[int, str]) -> list[Node]:
    return [node for node in record.flow.nodes if (node.kegiatan, node.pelaksana) == cell]


def edges(record: Record, truth: Record) -> Iterator[dict[str, YamlValue]]:
    """Turn edges round, lead them elsewhere, relabel, remove and insert them."""
    names: dict[str, str] = {}
    for mine, theirs in _cells_of(record, truth):
        pairs = zip(_in_cell(record, mine), _in_cell(truth, theirs), strict=True)
        names.update({then.id: now.id for now, then in pairs})
    left = [(names.get(e.source, ""), names.get(e.target, ""), e.label) for e in truth.flow.edges]
    state: list[Edge] = [(edge.source, edge.target, edge.label) for edge in record.flow.edges]
    wrong = [place for place, edge in enumerate(state) if not _taken(left, edge)]
    for place in reversed(wrong):
        wanted = _nearest(state[place], left)
        yield _changed_edge(record, state, place, wanted)
        state[place : place + 1] = [wanted] if wanted else []
    for edge in left:
        likes = state.count(edge)
        state.append(edge)
        yield {
            "at": "flow/edges",
            "insert": {**_as_value(record, edge), **({"nth": Number(likes + 1)} if likes else {})},
        }


def _taken(left: list[Edge], edge: Edge) -> bool:
    """Whether an edge is one of those wanted, which is then no longer wanted."""
    if edge not in left:
        return False
    left.remove(edge)
    return True


def _nearest(edge: Edge, left: list[Edge]) -> Edge | None:
    """The wanted edge that differs least from this one, in its label, its direction or one end; then no longer wanted.

    None where all are other edges.
    """
    tests: tuple[Callable[[Edge], bool], ...] = (
        lambda other: other[:2] == edge[:2],
        lambda other: other[:2] == (edge[1], edge[0]),
        lambda other: other[0] == edge[0] or other[1] == edge[1],
    )
    found = next((other for test in tests for other in left if test(other)), None)
    if found is not None:
        left.remove(found)
    return found


def _changed_edge(record: Record, state: list[Edge], place: int, wanted: Edge | None) -> dict[str, YamlValue]:
    edge = state[place]
    beside = [index for index, other in enumerate(state) if other[:2] == edge[:2]]
    at = f"flow/edges[from={in_brackets(record, edge[0])}][to={in_brackets(record, edge[1])}]"
    at += f"[nth={1 + beside.index(place)}]" if len(beside) > 1 else ""
    if wanted is None:
        return {"at": at, "remove": True}
    if wanted[:2] == edge[:2]:
        return {"at": f"{at}/label", "expect": edge[2], "set": wanted[2]}
    changed = {"from": symbol_reference(record, wanted[0]), "to": symbol_reference(record, wanted[1])}
    for key, now, then in (("from", edge[0], wanted[0]), ("to", edge[1], wanted[1])):
        if now == then:
            del changed[key]
    return {"at": at, "set": {**changed, **({"label": wanted[2]} if wanted[2] != edge[2] else {})}}


def _as_value(record: Record, edge: Edge) -> dict[str, YamlValue]:
    ends = {"from": symbol_reference(record, edge[0]), "to": symbol_reference(record, edge[1])}
    return {**ends, **({"label": edge[2]} if edge[2] else {})}


def in_brackets(record: Record, node: str) -> str:
    """Name a symbol as it may stand in brackets: `3,kabag-organisasi`."""
    name = symbol_reference(record, node)
    return ",".join(quoted(str(part)) for part in name) if isinstance(name, list) else quoted(str(name))

"""Checks on the flow: where it starts and ends, what its decisions say, whether every step can be reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.model.issue import Issue
from pipeline.model.pointer import pointer
from pipeline.model.record import FlowEdge, Node, Record
from pipeline.settings import ValidateSettings
from pipeline.validate.catalogue import issue


def edges(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find connectors whose end is no symbol."""
    known = {node.id for node in record.flow.nodes}
    for place, edge in enumerate(record.flow.edges):
        for end in (edge.source, edge.target):
            if end not in known:
                yield issue("edge-to-nowhere", pointer("flow", "edges", place), node=end)


def starts_and_ends(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find a flow without start or end, and every start beyond the first."""
    nodes = record.flow.nodes
    if not nodes:
        return
    starts = [(place, node) for place, node in enumerate(nodes) if node.kind == "start"]
    if not starts:
        yield issue("no-start", "/flow")
    for place, node in starts[1:]:
        yield issue("several-starts", pointer("flow", "nodes", place), no=node.kegiatan)
    if not any(node.kind == "end" for node in nodes):
        yield issue("no-end", "/flow")


def decisions(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find decisions with fewer than two ways out, or with a way that has no words."""
    for place, node in enumerate(record.flow.nodes):
        if node.kind != "decision":
            continue
        ways = [(index, edge) for index, edge in enumerate(record.flow.edges) if edge.source == node.id]
        if len(ways) < 2:
            yield issue("decision-with-one-way", pointer("flow", "nodes", place), no=node.kegiatan, ways=len(ways))
            continue
        for index, edge in ways:
            if not edge.label:
                yield issue("decision-unlabelled", pointer("flow", "edges", index), no=node.kegiatan)


def ways_out(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find connectors that break the rules of a flow: on from an end, or back into their own symbol."""
    nodes = {node.id: node for node in record.flow.nodes}
    for place, edge in enumerate(record.flow.edges):
        node, path = nodes.get(edge.source), pointer("flow", "edges", place)
        if node is not None and edge.source == edge.target:
            yield issue("edge-to-itself", path, no=node.kegiatan)
        elif node is not None and node.kind == "end":
            yield issue("edge-from-end", path, no=node.kegiatan)


def labels(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find decisions whose ways say the same twice, and symbols with a labelled way that are no decisions.

    What a page connector passes on is its decision's.
    """
    for place, node in enumerate(record.flow.nodes):
        ways = [(at, edge.label) for at, edge in enumerate(record.flow.edges) if edge.source == node.id and edge.label]
        if ways and node.kind not in ("decision", "connector"):
            yield issue("label-without-decision", pointer("flow", "nodes", place), no=node.kegiatan, label=ways[0][1])
        for n, (at, label) in enumerate(ways if node.kind == "decision" else ()):
            if label.casefold() in [said.casefold() for _, said in ways[:n]]:
                yield issue("decision-says-twice", pointer("flow", "edges", at), no=node.kegiatan, label=label)


def rounds(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find the first step of a part of the flow that only goes round: no way leads from it to where the flow stops.

    A decision that has lost a way is told by itself, and may stop.
    """
    nodes, left = record.flow.nodes, Counter(edge.source for edge in record.flow.edges)
    stops = [node.id for node in nodes if node.kind == "end" or left[node.id] < (2 if node.kind == "decision" else 1)]
    stopping = _reached(stops, [_turned(edge) for edge in record.flow.edges])
    first = next(((place, node) for place, node in enumerate(nodes) if node.id not in stopping), None)
    if first is not None:
        yield issue("flow-goes-round", pointer("flow", "nodes", first[0]), no=first[1].kegiatan)


def _turned(edge: FlowEdge) -> FlowEdge:
    return edge.model_copy(update={"source": edge.target, "target": edge.source})


def attachment(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find symbols that no connector touches, and off-page connectors without their other half.

    Steps where the flow stops though it has not come to an end are told, too.
    """
    nodes, all_edges = record.flow.nodes, record.flow.edges
    if len(nodes) < 2:
        return
    touched, left = _touched(all_edges), {edge.source for edge in all_edges}
    going_on = {node.kegiatan for node in nodes if node.id in left}
    for place, node in enumerate(nodes):
        path = pointer("flow", "nodes", place)
        if node.kind == "connector" and node.kegiatan is None:
            yield issue("connector-unjoined", path)
        elif node.id not in touched:
            yield issue("symbol-unattached", path, no=node.kegiatan)
        elif node.kind == "process" and node.id not in left and node.kegiatan not in going_on:
            yield issue("symbol-without-way-out", path, no=node.kegiatan)


def reachability(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find the first symbol of every part of the flow that no way leads to from a start.

    Only the first: one connector that was missed would otherwise doubt every step after it.
    """
    starts = [node.id for node in record.flow.nodes if node.kind == "start"]
    if not starts or not record.flow.edges:
        return
    touched, rows = _touched(record.flow.edges), _reached_rows(record, starts)
    reached = _reached(starts, record.flow.edges)
    for place, node in enumerate(record.flow.nodes):
        if node.id in reached or node.id not in touched:
            continue
        reached |= _reached([node.id], record.flow.edges)
        if node.kegiatan is not None and node.kegiatan not in rows and not _led_to(node, record, reached):
            yield issue("step-unreachable", pointer("flow", "nodes", place), no=node.kegiatan)


def _led_to(node: Node, record: Record, reached: set[str]) -> bool:
    """Whether a way leads here from a later unreachable symbol, which is then told instead."""
    sources = {edge.source for edge in record.flow.edges if edge.target == node.id and edge.source != node.id}
    return bool(sources) and not sources <= reached


def _reached_rows(record: Record, starts: Iterable[str]) -> set[int | None]:
    reached = _reached(starts, record.flow.edges)
    return {node.kegiatan for node in record.flow.nodes if node.id in reached}


def _reached(starts: Iterable[str], all_edges: Iterable[FlowEdge]) -> set[str]:
    """The ids of all symbols that ways from `starts` lead to, `starts` among them."""
    nexts: dict[str, list[str]] = {}
    for edge in all_edges:
        nexts.setdefault(edge.source, []).append(edge.target)
    reached, todo = set(starts), list(starts)
    while todo:
        for target in nexts.get(todo.pop(), ()):
            if target not in reached:
                reached.add(target)
                todo.append(target)
    return reached


def _touched(all_edges: Iterable[FlowEdge]) -> set[str]:
    return {end for edge in all_edges for end in (edge.source, edge.target)}

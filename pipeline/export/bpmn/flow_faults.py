"""Where a flow breaks a rule of BPMN, as it was printed or as it was read: told with the export, and never mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.export.swimlanes.flow_cells import FlowCells
from pipeline.message import Message, counted, msg
from pipeline.model.record import FlowEdge, Node


@dataclass(frozen=True)
class FlowFault:
    """A broken rule: a code, the symbol that it is about ("" for the whole flow), and a sentence."""

    code: str
    node: str
    message: Message


@dataclass(frozen=True)
class FlowEnds:
    """The connectors of a flow by the symbols at which they begin and end."""

    cells: FlowCells

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """The symbols by their ids."""
        return {cell.node.id: cell.node for cell in self.cells.cells}

    @cached_property
    def outward(self) -> Mapping[str, Sequence[FlowEdge]]:
        """The connectors that leave each symbol, a repeated one once."""
        return self._by("source")

    @cached_property
    def inward(self) -> Mapping[str, Sequence[FlowEdge]]:
        """Those that lead to each symbol."""
        return self._by("target")

    @cached_property
    def edges(self) -> Sequence[FlowEdge]:
        """All connectors, each once."""
        return list({(edge.source, edge.target, edge.label): edge for edge in self.cells.edges}.values())

    def _by(self, end: str) -> Mapping[str, Sequence[FlowEdge]]:
        found: dict[str, list[FlowEdge]] = {name: [] for name in self.nodes}
        for edge in self.edges:
            found[getattr(edge, end)].append(edge)
        return found

    def is_data(self, node: str) -> bool:
        """Whether a document only comes to steps, or only comes out of them: it is no step then, but what one needs."""
        there, here = self.inward[node], self.outward[node]
        others = [edge.source for edge in there] + [edge.target for edge in here]
        return (
            self.nodes[node].kind == "document"
            and bool(there) != bool(here)
            and all(self.nodes[other].kind != "document" for other in others)
        )

    def flowing(self, edges: Sequence[FlowEdge]) -> list[FlowEdge]:
        """Those of `edges` that are no document's."""
        return [edge for edge in edges if not self.is_data(edge.source) and not self.is_data(edge.target)]

    def is_exclusive(self, node: str) -> bool:
        """Whether one of a symbol's ways is taken, not all of them.

        At a decision; else where words tell the ways apart, or one goes back to do something again: who took that one
        and the others at once would never end.
        """
        ways = self.flowing(self.outward[node])
        choice = any(edge.label or self._leads_back(edge) for edge in ways)
        return self.nodes[node].kind == "decision" or (len(ways) > 1 and choice)

    def _leads_back(self, edge: FlowEdge) -> bool:
        """Whether a connector leads to the same or an earlier row, from where its symbol is reached again."""
        rows = {cell.node.id: cell.row for cell in self.cells.cells}
        if rows[edge.target] > rows[edge.source]:
            return False
        reached, queue = {edge.target}, [edge.target]
        while queue:
            following = {onward.target for onward in self.flowing(self.outward[queue.pop()])} - reached
            reached |= following
            queue += following
        return edge.source in reached


def flow_faults(ends: FlowEnds) -> list[FlowFault]:
    """List where the flow breaks a rule, the whole flow first, then symbol by symbol."""
    return [*_of_flow(ends), *(fault for node in ends.nodes.values() for fault in _of_node(ends, node))]


def _of_flow(ends: FlowEnds) -> Iterator[FlowFault]:
    kinds = Counter(node.kind for node in ends.nodes.values())
    if not kinds["start"]:
        yield FlowFault("no-start", "", msg("the flow has no start"))
    if kinds["start"] > 1:
        yield FlowFault(
            "several-starts", "", counted("the flow has {n} start", "the flow has {n} starts", kinds["start"])
        )
    if not kinds["end"]:
        yield FlowFault("no-end", "", msg("the flow has no end"))
    if ends.nodes and not ends.edges:
        yield FlowFault("no-connectors", "", msg("the flow has no connectors"))
    repeated = Counter((edge.source, edge.target) for edge in ends.edges)
    for (source, target), count in repeated.items():
        if count > 1:
            yield FlowFault("repeated", source, msg("{node}: several ways to {other}", node=source, other=target))


def _of_node(ends: FlowEnds, node: Node) -> Iterator[FlowFault]:
    there, here = ends.flowing(ends.inward[node.id]), ends.flowing(ends.outward[node.id])
    unlabelled = [edge for edge in here if not edge.label]
    if ends.is_data(node.id) or not ends.edges:
        return
    if node.kind == "decision" and len(here) == 1:
        yield FlowFault("one-way", node.id, msg("{node}: a decision with one way out", node=node.id))
    if node.kind != "end" and not here:
        yield FlowFault("no-way-out", node.id, msg("{node}: no way out", node=node.id))
    if node.kind != "start" and not there:
        yield FlowFault("no-way-in", node.id, msg("{node}: no way in", node=node.id))
    if node.kind == "end" and here:
        yield FlowFault("end-goes-on", node.id, msg("{node}: an end with a way out", node=node.id))
    if ends.is_exclusive(node.id) and len(here) > 1 and len(unlabelled) > 1:
        yield FlowFault("no-words", node.id, msg("{node}: ways that no words tell apart", node=node.id))
    if node.kind != "decision" and len(here) == 1 and here[0].label:
        yield FlowFault("lone-words", node.id, msg("{node}: words at the only way out, and no decision", node=node.id))
    if node.kind not in ("decision", "end") and len(here) > 1:
        yield _split(ends, node)


def _split(ends: FlowEnds, node: Node) -> FlowFault:
    taken = msg("one is taken") if ends.is_exclusive(node.id) else msg("all are taken")
    return FlowFault(
        "split", node.id, msg("{node}: several ways out, and no decision; {taken}", node=node.id, taken=taken)
    )

"""The flowchart's symbols and connectors as the record's nodes and edges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.model.draft import FlowDraft, Symbol, Value
from pipeline.model.issue import Issue
from pipeline.model.pointer import pointer
from pipeline.model.record import Flow, FlowEdge, Node
from pipeline.model.text import one_line
from pipeline.normalize.activities import Roles
from pipeline.normalize.evidence import ValuesByPointer


def build_flow(draft: FlowDraft, roles: Roles, rows: Sequence[int]) -> tuple[Flow, ValuesByPointer]:
    """Build nodes "n1", "n2" … by row, then column, then place, and the edges between them, with their evidence.

    Args:
        draft: Symbols and connectors as extracted.
        roles: The Pelaksana by their columns.
        rows: Numbers of the record's activities; a symbol outside them is an off-page connector.
    """
    symbols = sorted(draft.symbols, key=lambda s: (s.page, s.no, s.column, s.box.top, s.box.x0))
    ids = node_ids(draft)
    nodes = [_node(symbol, ids[symbol.id], roles, rows) for symbol in symbols]
    known = [edge for edge in draft.edges if edge.source in ids and edge.target in ids]
    edges = [
        FlowEdge.model_validate({"from": ids[e.source], "to": ids[e.target], "label": _label(e.label)}) for e in known
    ]
    noted: ValuesByPointer = {}
    for index, symbol in enumerate(symbols):
        noted[pointer("flow", "nodes", index)] = Value(
            symbol.kind, symbol.label or "", symbol.page, symbol.box, symbol.confidence
        )
    for index, edge in enumerate(known):
        scored = [part for part in (edge.ends, edge.direction) if part is not None]
        noted[pointer("flow", "edges", index)] = Value(
            edge.label, edge.label or "", edge.page, edge.box, min(scored) if scored else None
        )
    return Flow(nodes=nodes, edges=edges), noted


def node_ids(draft: FlowDraft) -> dict[str, str]:
    """Map every symbol's id to the record's node id."""
    symbols = sorted(draft.symbols, key=lambda s: (s.page, s.no, s.column, s.box.top, s.box.x0))
    return {symbol.id: f"n{index}" for index, symbol in enumerate(symbols, 1)}


def flow_paths(draft: FlowDraft) -> Mapping[str, str]:
    """Map the paths that flow issues have before the record exists to JSON pointers.

    They are "symbol:<id>" and "edge:<source>-<target>".
    """
    ids = node_ids(draft)
    paths = {f"symbol:{symbol}": pointer("flow", "nodes", int(node[1:]) - 1) for symbol, node in ids.items()}
    known = [edge for edge in draft.edges if edge.source in ids and edge.target in ids]
    paths |= {f"edge:{edge.source}-{edge.target}": pointer("flow", "edges", i) for i, edge in enumerate(known)}
    return paths


def flow_issues(draft: FlowDraft) -> list[Issue]:
    """List the flow's issues with JSON pointers; one about what is not in the record points at the flow."""
    paths = flow_paths(draft)
    return [
        issue
        if issue.path.startswith("/") or not issue.path
        else issue.model_copy(update={"path": paths.get(issue.path, "/flow")})
        for issue in draft.issues
    ]


def _node(symbol: Symbol, node: str, roles: Roles, rows: Sequence[int]) -> Node:
    return Node(
        id=node,
        kegiatan=symbol.no if symbol.no in rows else None,
        pelaksana=roles.by_column.get(symbol.column),
        kind=symbol.kind,
        label=symbol.label or None,
    )


def _label(label: str | None) -> str | None:
    """An edge's words; "YA" and "Tidak" are the contract's "ya" and "tidak"."""
    text = one_line(label or "")
    return text.casefold() if text.casefold() in ("ya", "tidak") else text or None

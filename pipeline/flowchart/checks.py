"""What is doubtful about a flowchart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.model.draft import Edge, MatrixDraft, Symbol
from pipeline.model.issue import Issue
from pipeline.model.pointer import pointer
from pipeline.settings import FlowSettings


def issues_of(
    symbols: Sequence[Symbol], edges: Sequence[Edge], matrix: MatrixDraft, settings: FlowSettings
) -> tuple[Issue, ...]:
    """Every doubt at its path: "symbol:<id>", "edge:<source>-<target>", or the row's place in the record."""
    return (
        *_unsure_edges(edges, settings),
        *_unattached(symbols, edges),
        *_one_way(symbols, edges),
        *_without_performer(symbols, matrix),
    )


def _unsure_edges(edges: Sequence[Edge], settings: FlowSettings) -> list[Issue]:
    return [
        Issue(
            code="edge-direction-unsure",
            severity="warning",
            path=f"edge:{edge.source}-{edge.target}",
            message="The connector shows no clear arrowhead; its direction was taken from the flow.",
        )
        for edge in edges
        if edge.direction is not None and edge.direction < settings.sure_direction
    ]


def _unattached(symbols: Sequence[Symbol], edges: Sequence[Edge]) -> list[Issue]:
    used = {edge.source for edge in edges} | {edge.target for edge in edges}
    if len(symbols) < 2:
        return []
    return [
        Issue(
            code="symbol-unattached",
            severity="warning",
            path=f"symbol:{symbol.id}",
            message=f"No connector was found at the {symbol.kind} symbol of row {symbol.no}.",
        )
        for symbol in symbols
        if symbol.id not in used
    ]


def _one_way(symbols: Sequence[Symbol], edges: Sequence[Edge]) -> list[Issue]:
    outs = Counter(edge.source for edge in edges)
    return [
        Issue(
            code="decision-with-one-way",
            severity="warning",
            path=f"symbol:{symbol.id}",
            message=f"The decision of row {symbol.no} has {outs[symbol.id]} way out; two are usual.",
        )
        for symbol in symbols
        if symbol.kind == "decision" and outs[symbol.id] < 2
    ]


def _without_performer(symbols: Sequence[Symbol], matrix: MatrixDraft) -> list[Issue]:
    held = {symbol.no for symbol in symbols}
    return [
        Issue(
            code="step-without-performer",
            severity="warning",
            path=pointer("kegiatan", row.no - 1, "pelaksana"),
            message=f"No symbol was found in row {row.no}.",
        )
        for row in matrix.rows
        if row.no not in held
    ]

"""The flowchart of a matrix: its symbols and edges over all its pages, and what is doubtful about them."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.flowchart.connectors import traced
from pipeline.flowchart.edge_labels import free_texts, label_edges
from pipeline.flowchart.edges import DirectedEdge, FlowPosition, directed_edges
from pipeline.flowchart.fan_out import fanned_out
from pipeline.flowchart.kinds import ShapedSymbol, with_kinds
from pipeline.flowchart.page_breaks import join_over_pages, page_continuations, resolve_off_page
from pipeline.flowchart.page_flow import PageFlow, body_of, read_page
from pipeline.flowchart.placement import PlacedShape
from pipeline.flowchart.text_marks import symbols_from_texts
from pipeline.message import msg
from pipeline.model.draft import Edge, FlowDraft, MatrixDraft, MatrixPart, Symbol
from pipeline.model.geometry import union
from pipeline.model.issue import Issue
from pipeline.model.page import PictureOf
from pipeline.model.pointer import pointer
from pipeline.process import stage
from pipeline.settings import FlowSettings

log = logging.getLogger(__name__)


def read_flow(matrix: MatrixDraft, picture_of: PictureOf, settings: FlowSettings) -> FlowDraft:
    """The symbols and edges of a matrix over all its pages, and what is doubtful about them.

    Args:
        matrix: the matrix; only its parts with rows and Pelaksana columns are looked at.
        picture_of: gives the picture of a page by number; asked at most once for each page of the matrix.
        settings: the thresholds.
    """
    parts = [part for part in matrix.parts if part.bands and part.lanes]
    if not parts:
        return FlowDraft()
    pages = [part.page.number for part in parts]
    first, last = parts[0], parts[-1]
    seen = []
    for part in parts:
        with stage(log, "flowchart", page=part.page.number):
            seen.append(read_page(part, picture_of, part is first, part is last, settings))
    symbols = [symbol for page in seen for symbol in page.symbols]
    off_page = [symbol for symbol in symbols if symbol.may_be_off_page]
    connectors = [connector for page in seen for connector in page.connectors]
    connectors, gone = resolve_off_page(connectors, off_page, pages, settings.page_breaks)
    connectors, left = join_over_pages(connectors, pages)
    kept = [s for s in symbols if s.id not in gone or any(exit_.symbol == s.id for exit_ in left)]
    positions = {
        s.id: FlowPosition(s.page, s.no, s.box.center[0], s.is_decision, s.column, s.shape.kind == "round")
        for s in kept
        if s.no
    }
    edges = fanned_out(directed_edges(connectors, positions, settings), positions, settings)
    edges += page_continuations(edges, left, connectors, positions, pages, settings.page_breaks)
    draft = _draft(matrix, parts, seen, kept, edges, settings)
    counts = len(draft.symbols), len(draft.edges), len(draft.issues)
    log.debug("pages %d-%d: %d symbols, %d edges, %d doubts about them", pages[0], pages[-1], *counts)
    return draft


def _draft(
    matrix: MatrixDraft,
    parts: Sequence[MatrixPart],
    seen: Sequence[PageFlow],
    kept: Sequence[PlacedShape],
    edges: Sequence[DirectedEdge],
    settings: FlowSettings,
) -> FlowDraft:
    """Symbols with their kinds, edges with their labels, marks where nothing is drawn, and the issues."""
    texts = []
    for part, page in zip(parts, seen, strict=True):
        inside = [w for w in page.free_words if body_of(part).contains(*w.box.center)]
        texts += free_texts(inside, part.page.number, settings.labels)
    placed = {s.id: s for s in kept}
    labels, free = label_edges(edges, texts, placed, settings.labels)
    marks = symbols_from_texts(free, parts, [(s.no, s.column) for s in kept], settings.kinds)
    shaped = [ShapedSymbol(s.symbol(), s.shape.kind) for s in kept] + [ShapedSymbol(mark, None) for mark in marks]
    known = [_as_sure_as_placed(s, placed, seen, settings) for s in with_kinds(shaped, edges, settings.kinds)]
    symbols, names = _numbered(known)
    found = tuple(_edge(edge, labels.get(edge.key), names, placed, seen, settings) for edge in edges)
    lines = tuple(traced(connector, settings) for page in seen for connector in page.connectors if connector.terminals)
    contested = sorted({no for page in seen for no in page.contested_rows})
    unsure = [s.no for s in kept if s.no and s.certainty < settings.placement.sure_place]
    doubts = flow_doubts(symbols, found, matrix, settings, contested)
    return FlowDraft(symbols, found, (*doubts, *map(_unsure_place, sorted(set(unsure)))), lines)


def _as_sure_as_placed(
    symbol: Symbol, placed: Mapping[str, PlacedShape], seen: Sequence[PageFlow], settings: FlowSettings
) -> Symbol:
    """The symbol, no surer than its place in row and columns, and less sure where only one reading tells it."""
    shape = placed.get(symbol.id)
    if shape is None or symbol.confidence is None:
        return symbol
    contested = any(shape.place in page.contested_places for page in seen)
    most = settings.edges.contested if contested else 1.0
    return replace(symbol, confidence=round(min(symbol.confidence, shape.certainty, most), 3))


def _numbered(symbols: Sequence[Symbol]) -> tuple[tuple[Symbol, ...], dict[str, str]]:
    """The symbols row by row, left to right, as n1, n2, ...; and the new name of each old one."""
    ordered = sorted(symbols, key=lambda s: (s.no or 10**6, s.column, s.page, s.box.top, s.box.x0))
    names = {s.id: f"n{i}" for i, s in enumerate(ordered, 1)}
    return tuple(replace(s, id=names[s.id]) for s in ordered), names


def _edge(
    edge: DirectedEdge,
    label: str | None,
    names: Mapping[str, str],
    placed: Mapping[str, PlacedShape],
    seen: Sequence[PageFlow],
    settings: FlowSettings,
) -> Edge:
    """The edge as handed on, with the box of its connector on the source's page, or the source's own."""
    source, target = placed[edge.source], placed[edge.target]
    lines = [s.box for s in edge.connector.segments] if edge.connector.page == source.page else []
    box = union(lines) if lines else source.box
    ends = names[edge.source], names[edge.target]
    contested = any((source.place, target.place) in page.contested for page in seen)
    sure = min(edge.ends, settings.edges.contested) if contested else edge.ends
    return Edge(*ends, source.page, box.rounded(2), label, sure, edge.direction, contested)


def flow_doubts(
    symbols: Sequence[Symbol],
    edges: Sequence[Edge],
    matrix: MatrixDraft,
    settings: FlowSettings,
    contested_rows: Sequence[int] = (),
) -> tuple[Issue, ...]:
    """Every doubt at its path: "symbol:<id>", "edge:<source>-<target>", or the row's place in the record."""
    used = {edge.source for edge in edges} | {edge.target for edge in edges}
    outs = Counter(edge.source for edge in edges)
    rows = {symbol.no for symbol in symbols}
    return (
        *(_unsure(e) for e in edges if e.direction is not None and e.direction < settings.edges.sure_direction),
        *(_doubtful_ends(e) for e in edges if e.ends is not None and e.ends < settings.edges.sure_ends),
        *(_contested_edge(e) for e in edges if e.contested),
        *(_contested_row(no) for no in contested_rows),
        *(_unattached(symbol) for symbol in symbols if len(symbols) > 1 and symbol.id not in used),
        *(_one_way(s, outs[s.id]) for s in symbols if s.kind == "decision" and outs[s.id] < 2),
        *(_without_performer(row.no) for row in matrix.rows if row.no not in rows),
    )


def _unsure(edge: Edge) -> Issue:
    message = msg("The connector shows no clear arrowhead; its direction was taken from the flow")
    return Issue.of("edge-direction-unsure", "warning", message, f"edge:{edge.source}-{edge.target}")


def _doubtful_ends(edge: Edge) -> Issue:
    message = msg("The connector leads an unusual way, or over gaps; it may join other symbols")
    return Issue.of("edge-ends-unsure", "warning", message, f"edge:{edge.source}-{edge.target}")


def _contested_edge(edge: Edge) -> Issue:
    message = msg("The page's vectors and its picture tell different connectors here")
    return Issue.of("flow-sources-differ", "warning", message, f"edge:{edge.source}-{edge.target}")


def _contested_row(no: int) -> Issue:
    message = msg("The page's vectors and its picture tell different symbols or connectors of step {no}", no=no)
    return Issue.of("flow-sources-differ", "warning", message, pointer("kegiatan", no - 1, "pelaksana"))


def _unsure_place(no: int) -> Issue:
    message = msg("A symbol of step {no} stands between two columns, or between two rows", no=no)
    return Issue.of("symbol-between-cells", "warning", message, pointer("kegiatan", no - 1, "pelaksana"))


def _unattached(symbol: Symbol) -> Issue:
    message = msg("No connector was found at the symbol of step {no}", no=symbol.no)
    return Issue.of("symbol-unattached", "warning", message, f"symbol:{symbol.id}")


def _one_way(symbol: Symbol, outs: int) -> Issue:
    message = msg("The decision of step {no} has {ways} way(s) out; two are usual", no=symbol.no, ways=outs)
    return Issue.of("decision-with-one-way", "warning", message, f"symbol:{symbol.id}")


def _without_performer(no: int) -> Issue:
    message = msg("Step {no} has no pelaksana", no=no)
    return Issue.of("step-without-performer", "warning", message, pointer("kegiatan", no - 1, "pelaksana"))

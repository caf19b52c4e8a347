"""The flowchart of a matrix: its symbols and edges, from the pictures of its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.flowchart.checks import issues_of
from pipeline.flowchart.connectors import Frame, Net, Place, Through
from pipeline.flowchart.drawing import Stroke
from pipeline.flowchart.edge_labels import Phrase, labelled, phrases
from pipeline.flowchart.edges import Rank, Way, ways_of
from pipeline.flowchart.erasing import edges_of, without_rulings
from pipeline.flowchart.heads import with_heads_settled
from pipeline.flowchart.ink_layers import view_of
from pipeline.flowchart.kinds import Shaped, with_kinds
from pipeline.flowchart.marks import marks_of
from pipeline.flowchart.outlines import find_outlines
from pipeline.flowchart.page_breaks import OffPage, joined, with_exits
from pipeline.flowchart.pixels import find_strokes, find_throughs
from pipeline.flowchart.placement import Sighting, sightings_of
from pipeline.flowchart.tracing import nets_of
from pipeline.flowchart.turns import continued
from pipeline.flowchart.words import without_words
from pipeline.model.draft import Edge, FlowDraft, MatrixDraft, MatrixPart, Symbol
from pipeline.model.geometry import Box, union
from pipeline.model.page import Picture, PictureOf, Word
from pipeline.settings import FlowSettings


@dataclass(frozen=True)
class PageFlow:
    """What was seen on one page: symbols, straight pieces of connectors, whole connectors, and words of neither."""

    sightings: tuple[Sighting, ...]
    strokes: tuple[Stroke, ...]
    nets: tuple[Net, ...]
    free_words: tuple[Word, ...]


def read_flow(matrix: MatrixDraft, picture_of: PictureOf, settings: FlowSettings) -> FlowDraft:
    """The symbols and edges of a matrix over all its pages, and what is doubtful about them.

    `picture_of` is asked once for each page of the matrix.
    """
    parts = [part for part in matrix.parts if part.bands and part.lanes]
    if not parts:
        return FlowDraft()
    seen = [
        read_page(part, picture_of(part.page.number), i == 0, i == len(parts) - 1, settings)
        for i, part in enumerate(parts)
    ]
    pages = [part.page.number for part in parts]
    sightings = [s for page in seen for s in page.sightings]
    nets, gone = with_exits([n for page in seen for n in page.nets], _off_page(sightings), pages)
    nets, left = joined(nets, pages)
    standing = [s for s in sightings if s.id not in gone or any(e.symbol == s.id for e in left)]
    ranks = {s.id: Rank(s.page, s.no, s.box.center[0], s.shape.kind == "diamond") for s in standing if s.no}
    ways = ways_of(nets, ranks, settings)
    ways += continued(ways, left, nets, ranks, pages)
    return _draft(matrix, parts, seen, standing, ways, settings)


def read_page(part: MatrixPart, picture: Picture | None, first: bool, last: bool, settings: FlowSettings) -> PageFlow:
    """What is drawn in the Pelaksana columns of one page; nothing where it has no picture."""
    view = view_of(part, picture, settings)
    words = _words_of(part)
    if view is None:
        return PageFlow((), (), (), words)
    cleared = without_rulings(view, part, settings)
    drawn = without_words(cleared, part.page.words, view, settings)
    outlines = find_outlines(view, cleared, drawn, settings)
    kept, sightings = sightings_of(outlines, view, part, words, settings)
    strokes = find_strokes(view, cleared, drawn, kept, _body(part), settings)
    throughs = [Through(sightings[i].id, points) for i, points in find_throughs(view, drawn, kept)]
    frame = Frame(part.page.number, _body(part), first, last, *edges_of(part))
    places = [Place(s.id, s.box) for s in sightings]
    free = tuple(w for w in words if not any(s.box.contains(*w.box.center) for s in sightings))
    nets = nets_of(strokes, places, throughs, [w.box for w in free], frame, settings)
    return PageFlow(tuple(sightings), tuple(strokes), tuple(with_heads_settled(nets, settings)), free)


def _body(part: MatrixPart) -> Box:
    """The Pelaksana columns beside the rows."""
    xs = [x for lane in part.lanes for x in (lane.x0, lane.x1)]
    ys = [y for band in part.bands for y in (band.top, band.bottom)]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _words_of(part: MatrixPart) -> tuple[Word, ...]:
    """The words between the sides of the Pelaksana columns, beside, above or below the rows."""
    body = _body(part)
    return tuple(w for w in part.page.words if body.x0 <= w.box.center[0] <= body.x1)


def _off_page(sightings: Sequence[Sighting]) -> list[OffPage]:
    return [
        OffPage(s.id, s.page, s.box, s.label, s.outside, s.first_row, s.last_row)
        for s in sightings
        if s.shape.kind in ("pentagon", "circle")
    ]


def _draft(
    matrix: MatrixDraft,
    parts: Sequence[MatrixPart],
    seen: Sequence[PageFlow],
    standing: Sequence[Sighting],
    ways: Sequence[Way],
    settings: FlowSettings,
) -> FlowDraft:
    """Symbols with their kinds, edges with their labels, marks where nothing is drawn, and the issues."""
    found = [p for part, page in zip(parts, seen, strict=True) for p in _phrases(part, page)]
    places = {s.id: (s.page, s.box, s.shape.kind == "diamond") for s in standing}
    labels, free = labelled(ways, found, places, settings)
    marks = marks_of(free, parts, [(s.no, s.column) for s in standing])
    shaped = [Shaped(s.symbol(), s.shape.kind) for s in standing] + [Shaped(mark, None) for mark in marks]
    if not shaped:
        return FlowDraft(issues=issues_of((), (), matrix, settings))
    symbols, names = _numbered(with_kinds(shaped, ways))
    edges = tuple(_edge(way, labels.get((way.source, way.target)), names, places) for way in ways)
    return FlowDraft(symbols, edges, issues_of(symbols, edges, matrix, settings))


def _phrases(part: MatrixPart, page: PageFlow) -> list[Phrase]:
    """The phrases beside the rows that are in no symbol."""
    body = _body(part)
    inside = [w for w in page.free_words if body.contains(*w.box.center)]
    return phrases(inside, part.page.number)


def _numbered(symbols: Sequence[Symbol]) -> tuple[tuple[Symbol, ...], dict[str, str]]:
    """The symbols row by row, left to right, as n1, n2, ...; and the new name of each old one."""
    ordered = sorted(symbols, key=lambda s: (s.no or 10**6, s.column, s.page, s.box.top, s.box.x0))
    names = {s.id: f"n{i}" for i, s in enumerate(ordered, 1)}
    return tuple(replace(s, id=names[s.id]) for s in ordered), names


def _edge(way: Way, label: str | None, names: Mapping[str, str], places: Mapping[str, tuple[int, Box, bool]]) -> Edge:
    page, box, _ = places[way.source]
    lines = [s.box for s in way.net.strokes] if way.net.page == page else []
    where = union(lines) if lines else box
    return Edge(names[way.source], names[way.target], page, where.rounded(2), label, way.ends, way.direction)

"""Symbols from words and marks: of a transcript, which has lost the drawing, and of cells where nothing is drawn."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipeline.flowchart.edge_labels import FreeText
from pipeline.flowchart.lexicon import flow_lexicon, means
from pipeline.message import msg
from pipeline.model.draft import Edge, FlowDraft, MatrixDraft, MatrixPart, RowDraft, Symbol, SymbolKind
from pipeline.model.geometry import union
from pipeline.model.issue import Issue
from pipeline.model.page import CellText, Word
from pipeline.model.pointer import pointer
from pipeline.settings import KindSettings, TranscriptSettings

MarkRole = Literal["symbol", "label", "right", "left", "unread"]
_LEAST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class TextMark:
    """What some words of a Pelaksana cell stand for.

    `name` is a symbol's kind or a label; `whole` says that the word that names it is not cut.
    """

    role: MarkRole
    words: tuple[Word, ...]
    column: int
    page: int
    name: SymbolKind | str = ""
    whole: bool = True

    @property
    def text(self) -> str:
        """The words as printed."""
        return " ".join(word.text for word in self.words)


def symbols_from_texts(
    texts: Sequence[FreeText],
    parts: Sequence[MatrixPart],
    drawn: Collection[tuple[int, int]],
    settings: KindSettings,
) -> list[Symbol]:
    """A process for each cell that holds a mark and no symbol; where nothing at all is drawn, any text is a mark.

    In a row with drawn symbols only words are marks: a lone sign there is what OCR makes of a connector.

    Args:
        texts: the texts beside the rows that belong to no symbol and no edge.
        parts: the matrix on its pages.
        drawn: row and column of each symbol that is drawn.
        settings: the thresholds.
    """
    marks: dict[tuple[int, int], Symbol] = {}
    by_page = {part.page.number: part for part in parts}
    drawn_rows = {no for no, _ in drawn}
    for text in texts:
        cell = _cell_at(text, by_page[text.page])
        if cell is None or cell in drawn or cell in marks or not (means(text.text, "symbol") or not drawn):
            continue
        if cell[0] in drawn_rows and not any(sign.isalpha() for sign in text.text[1:]):
            continue
        id_ = f"t{text.page}.{len(marks) + 1}"
        marks[cell] = Symbol(id_, text.page, *cell, "process", text.box, text.text, settings.by_text)
    return list(marks.values())


def _cell_at(text: FreeText, part: MatrixPart) -> tuple[int, int] | None:
    """The row and column that a text stands in."""
    x, y = text.box.center
    band = next((b for b in part.bands if b.top <= y <= b.bottom), None)
    lane = next((s for s in part.lanes if s.x0 <= x <= s.x1), None)
    return (band.no, lane.column) if band and lane else None


def read_flow_text(matrix: MatrixDraft, settings: TranscriptSettings) -> FlowDraft:
    """Symbols by row and column, and edges where an arrow stands between two symbols of a row; issues tell the rest.

    The order of performers from row to row is not in the text, so no edge is made of it.
    """
    lanes = [column.index for column in matrix.columns if column.kind == "pelaksana"]
    symbols: list[Symbol] = []
    edges: list[Edge] = []
    issues: list[Issue] = []
    for index, row in enumerate(matrix.rows):
        marks = [mark for lane in lanes if lane in row.cells for mark in read_cell(row.cells[lane], lane)]
        found = {id(mark): _symbol(mark, row, settings) for mark in marks if mark.role == "symbol"}
        symbols += found.values()
        edges += _edges(marks, found)
        issues += _unread(marks, index)
    return FlowDraft(tuple(symbols), tuple(edges), (*issues, _connectors_lost(len(symbols), len(edges))))


def read_cell(cell: CellText, column: int) -> list[TextMark]:
    """What a cell's words stand for: those of several letters together, where they are one mark, others one by one.

    "Pros ess" -> a process; "Proses C" -> a process, and "C" unread; "ya" -> a label; ">" -> an arrow to the right.
    """
    letters = tuple(word for word in cell.words if sum(c.isalpha() for c in word.text) > 1)
    together = _read(letters, column, cell.page) if letters else None
    if together is None or together.role == "unread":
        return [_read((word,), column, cell.page) for word in cell.words]
    marks = [_read((word,), column, cell.page) for word in cell.words if word not in letters]
    return sorted([together, *marks], key=lambda mark: mark.words[0].box.x0)


def _read(words: tuple[Word, ...], column: int, page: int) -> TextMark:
    text = "".join(word.text for word in words).casefold().strip(" .,:;_")
    known = flow_lexicon().transcript
    for name, forms in known.labels.items():
        if text in forms:
            return TextMark("label", words, column, page, name)
    if text in known.right:
        return TextMark("right", words, column, page)
    if text in known.left:
        return TextMark("left", words, column, page)
    kind, whole = _kind(text)
    return TextMark("symbol", words, column, page, kind, whole) if kind else TextMark("unread", words, column, page)


def _kind(text: str) -> tuple[SymbolKind | None, bool]:
    """The kind of symbol that a word or mark names, and whether the word is whole; None where it names none."""
    known = flow_lexicon().transcript.known
    if text in known:
        return known[text], True
    if len(text) >= _LEAST_LETTERS and text.isalpha():
        for word, kind in known.items():
            if word.startswith(text) or (len(word) > _LEAST_LETTERS and text.startswith(word)):
                return kind, False
    return None, False


def _symbol(mark: TextMark, row: RowDraft, settings: TranscriptSettings) -> Symbol:
    box = union(word.box for word in mark.words)
    kind = next(kind for kind in flow_lexicon().transcript.known.values() if kind == mark.name)
    label = mark.text if re.search(r"[^\W\d_]", mark.text) else None
    confidence = None if mark.whole else settings.mended_confidence
    id_ = f"t{mark.page}-{row.no}-{mark.column}-{box.x0:.0f}"
    return Symbol(id_, mark.page, row.no, mark.column, kind, box, label, confidence)


def _edges(marks: Sequence[TextMark], symbols: Mapping[int, Symbol]) -> list[Edge]:
    """The edges of one row: an arrow between two symbols, nothing but arrows and labels between them, joins them."""
    edges = []
    for first, second in pairwise(i for i, mark in enumerate(marks) if mark.role == "symbol"):
        between = marks[first + 1 : second]
        arrows = {mark.role for mark in between} & {"right", "left"}
        if len(arrows) == 1 and not any(mark.role == "unread" for mark in between):
            ends = [symbols[id(marks[first])], symbols[id(marks[second])]]
            source, target = ends if arrows == {"right"} else reversed(ends)
            labels = [mark.name for mark in between if mark.role == "label"]
            box = union(word.box for mark in between for word in mark.words)
            edges.append(Edge(source.id, target.id, source.page, box, labels[0] if labels else None))
    return edges


def _unread(marks: Iterable[TextMark], index: int) -> list[Issue]:
    """What is left of symbols and connectors in a row, and says neither which nor from where to where."""
    left = [f'"{mark.text}"' for mark in marks if mark.role != "symbol"]
    if not left:
        return []
    message = msg("left of symbols or connectors, not read: {words}", words=", ".join(left))
    return [Issue.of("symbol-unread", "info", message, pointer("kegiatan", index, "pelaksana"))]


def _connectors_lost(symbols: int, edges: int) -> Issue:
    message = msg(
        "the transcript has lost the connectors: {symbols} symbol(s) and {edges} connector(s) between them were read",
        symbols=symbols,
        edges=edges,
    )
    return Issue.of("connectors-lost", "warning", message, "/flow/edges")

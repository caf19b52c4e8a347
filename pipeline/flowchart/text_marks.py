"""The flowchart of a transcript: symbols from the words and marks left of them, edges only where these tell one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from pipeline.model.draft import Edge, FlowDraft, MatrixDraft, RowDraft, Symbol, SymbolKind
from pipeline.model.geometry import union
from pipeline.model.issue import Issue
from pipeline.model.page import CellText, Word
from pipeline.model.pointer import pointer
from pipeline.packaged_yaml import FileModel, load_packaged
from pipeline.settings import TranscriptSettings

Sign = Literal["symbol", "label", "right", "left", "unread"]
_LEAST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """What some words of a Pelaksana cell stand for. `name` is a symbol's kind or a label; `whole` says that the word
    that names it is not cut.
    """

    sign: Sign
    words: tuple[Word, ...]
    column: int
    page: int
    name: str = ""
    whole: bool = True

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


class MarkWords(FileModel):
    """What mark_words.yaml holds."""

    kinds: dict[SymbolKind, tuple[str, ...]]
    marks: dict[SymbolKind, tuple[str, ...]]
    labels: dict[str, tuple[str, ...]]
    right: tuple[str, ...]
    left: tuple[str, ...]

    @cached_property
    def known(self) -> Mapping[str, SymbolKind]:
        """The kind of symbol that each word or mark stands for."""
        return {form: kind for group in (self.kinds, self.marks) for kind, forms in group.items() for form in forms}


def read_flow_text(matrix: MatrixDraft, settings: TranscriptSettings) -> FlowDraft:
    """Symbols by row and column, and edges where an arrow stands between two symbols of a row; the rest is told.

    The order of performers from row to row is not in the text, so no edge is made of it.
    """
    lanes = [column.index for column in matrix.columns if column.kind == "pelaksana"]
    symbols: list[Symbol] = []
    edges: list[Edge] = []
    issues: list[Issue] = []
    for index, row in enumerate(matrix.rows):
        signs = [sign for lane in lanes if lane in row.cells for sign in read_cell(row.cells[lane], lane)]
        found = {id(sign): _symbol(sign, row, settings) for sign in signs if sign.sign == "symbol"}
        symbols += found.values()
        edges += _edges(signs, found)
        issues += _unread(signs, index)
    return FlowDraft(tuple(symbols), tuple(edges), (*issues, _connectors_lost(len(symbols), len(edges))))


def read_cell(cell: CellText, column: int) -> list[Reading]:
    """What a cell's words stand for: those of several letters as one sign, where they are one, marks by themselves.

    "Pros ess" -> a process; "Proses C" -> a process, and "C" unread; "ya" -> a label; ">" -> an arrow to the right.
    """
    letters = tuple(word for word in cell.words if sum(c.isalpha() for c in word.text) > 1)
    together = _read(letters, column, cell.page) if letters else None
    if together is None or together.sign == "unread":
        return [_read((word,), column, cell.page) for word in cell.words]
    marks = [_read((word,), column, cell.page) for word in cell.words if word not in letters]
    return sorted([together, *marks], key=lambda sign: sign.words[0].box.x0)


def _read(words: tuple[Word, ...], column: int, page: int) -> Reading:
    text = "".join(word.text for word in words).casefold().strip(" .,:;_")
    known = _words()
    for name, forms in known.labels.items():
        if text in forms:
            return Reading("label", words, column, page, name)
    for sign in ("right", "left"):
        if text in (known.right if sign == "right" else known.left):
            return Reading("right" if sign == "right" else "left", words, column, page)
    kind, whole = _kind(text)
    return Reading("symbol", words, column, page, kind, whole) if kind else Reading("unread", words, column, page)


def _kind(text: str) -> tuple[SymbolKind | Literal[""], bool]:
    """The kind of symbol that a word or mark names, and whether the word is whole; "" where it names none."""
    known = _words().known
    if text in known:
        return known[text], True
    if len(text) >= _LEAST_LETTERS and text.isalpha():
        for word, kind in known.items():
            if word.startswith(text) or (len(word) > _LEAST_LETTERS and text.startswith(word)):
                return kind, False
    return "", False


@cache
def _words() -> MarkWords:
    return load_packaged("pipeline.flowchart", "mark_words.yaml", MarkWords)


def _symbol(sign: Reading, row: RowDraft, settings: TranscriptSettings) -> Symbol:
    box = union(word.box for word in sign.words)
    kind: SymbolKind = _kind_of(sign.name)
    label = sign.text if re.search(r"[^\W\d_]", sign.text) else None
    confidence = None if sign.whole else settings.mended_confidence
    return Symbol(
        f"t{sign.page}-{row.no}-{sign.column}-{box.x0:.0f}",
        sign.page,
        row.no,
        sign.column,
        kind,
        box,
        label,
        confidence,
    )


def _kind_of(name: str) -> SymbolKind:
    return next(kind for kind in _words().known.values() if kind == name)


def _edges(signs: Sequence[Reading], symbols: Mapping[int, Symbol]) -> list[Edge]:
    """The edges of one row: an arrow between two symbols, nothing but arrows and labels between them, joins them."""
    edges = []
    for first, second in zip(_places(signs), _places(signs)[1:], strict=False):
        between = signs[first + 1 : second]
        arrows = {sign.sign for sign in between} & {"right", "left"}
        if len(arrows) == 1 and not any(sign.sign == "unread" for sign in between):
            ends = [symbols[id(signs[first])], symbols[id(signs[second])]]
            source, target = ends if arrows == {"right"} else reversed(ends)
            labels = [sign.name for sign in between if sign.sign == "label"]
            box = union(word.box for sign in between for word in sign.words)
            edges.append(Edge(source.id, target.id, source.page, box, labels[0] if labels else None))
    return edges


def _places(signs: Sequence[Reading]) -> list[int]:
    return [index for index, sign in enumerate(signs) if sign.sign == "symbol"]


def _unread(signs: Iterable[Reading], index: int) -> list[Issue]:
    """What is left of symbols and connectors in a row, and says neither which nor from where to where."""
    left = [f'"{sign.text}"' for sign in signs if sign.sign != "symbol"]
    if not left:
        return []
    message = f"left of symbols or connectors, not read: {', '.join(left)}"
    return [Issue(code="symbol-unread", severity="info", path=pointer("kegiatan", index, "pelaksana"), message=message)]


def _connectors_lost(symbols: int, edges: int) -> Issue:
    message = f"the transcript has lost the connectors: {symbols} symbols were read, and {edges} edges between them"
    return Issue(code="connectors-lost", severity="warning", path="/flow/edges", message=message)

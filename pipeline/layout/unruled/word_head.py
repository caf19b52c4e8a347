"""The head of a matrix, told by its words alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.layout.label_matching import column_kind, match
from pipeline.layout.unruled.phrases import clear_spans, pieces_of
from pipeline.model.clustering import cluster_intervals
from pipeline.model.geometry import Box, overlap, union
from pipeline.model.headings import Headings
from pipeline.model.orientation import Orientation
from pipeline.model.page import Line, Page, Word
from pipeline.settings import LayoutSettings

QUALITY = ("kelengkapan", "waktu", "output")
STRONG = {"waktu", "output", "kelengkapan", "pelaksana", "mutu_baku"}
LONGEST_LABEL = 45  # letters
NUMBER = re.compile(r"\(?\d{1,3}[.)]{0,2}")


@dataclass(frozen=True)
class Core:
    """The words of one column's head: their box, and what kind of column they name."""

    box: Box
    kind: str | None


@dataclass(frozen=True)
class WordHead:
    """A head from y = `top` to `bottom`: a core for each column left to right, and the heads over several columns."""

    top: float
    bottom: float
    cores: tuple[Core, ...]
    spans: tuple[tuple[str, Box], ...]

    @property
    def activity(self) -> int:
        return next(i for i, core in enumerate(self.cores) if core.kind == "kegiatan")

    @property
    def number(self) -> int | None:
        """The column of running numbers, where there is one before the activity."""
        return next((i for i, core in enumerate(self.cores[: self.activity]) if core.kind == "no"), None)

    @property
    def lanes(self) -> range:
        """The Pelaksana columns: what stands between the activity and Mutu Baku."""
        first = self.activity + 1
        under = self.under("pelaksana")
        if under is not None:
            return under
        quality = (i for i, core in enumerate(self.cores) if i >= first and core.kind in QUALITY)
        return range(first, next(quality, first))

    def under(self, span: str) -> range | None:
        """The columns under a head over several: the run whose middle is nearest to the head's own."""
        box = next((box for name, box in self.spans if name == span), None)
        if box is None:
            return None
        start = self.activity + 1
        if span == "mutu_baku":
            start = next((i for i, c in enumerate(self.cores) if i >= start and c.kind in QUALITY), start)
        middles = [
            (abs(_middle(self.cores[start].box, core.box) - box.center[0]), end)
            for end, core in enumerate(self.cores)
            if end >= start and core.box.x1 >= box.center[0]
        ]
        return range(start, min(middles)[1] + 1) if middles else None


def _middle(first: Box, last: Box) -> float:
    return (first.center[0] + last.center[0]) / 2


Label = tuple[str, Line]


def labels_of(page: Page, headings: Headings, settings: LayoutSettings) -> list[Label]:
    """Everything on a page that may be a column's head, or one over several columns."""
    likeness = settings.likeness if page.kind == "text" else settings.likeness_scanned
    found: list[Label] = []
    for piece in pieces_of(page.words, settings.unruled.piece_gap):
        if len(piece.text) <= LONGEST_LABEL:
            kind = column_kind(piece.text, headings, likeness) or match(piece.text, headings.spans, likeness)
            found += [(kind, piece)] if kind else []
    return found


def head_labels(page: Page, headings: Headings, settings: LayoutSettings) -> list[Label]:
    """The labels of the topmost head of a page, each kind once: an activity head and at least two others beside it."""
    labels = labels_of(page, headings, settings)
    reach = settings.unruled.head_reach * page.text_size
    for _, anchor in sorted((a for a in labels if a[0] == "kegiatan"), key=lambda a: a[1].box.top):
        middle = anchor.box.center[1]
        near = [a for a in labels if abs(a[1].box.center[1] - middle) <= reach and _in_place(*a, anchor.box)]
        number = next((piece.box for kind, piece in near if kind == "no"), None)
        body = _first_number(page, number, anchor.box.bottom)
        kinds = {"kegiatan": anchor}
        for kind, piece in sorted(near, key=lambda a: a[1].box.top):
            if body is None or piece.box.top < body:
                kinds.setdefault(kind, piece)
        if len(kinds) >= 3 and STRONG & set(kinds):
            return list(kinds.items())
    return []


def _first_number(page: Page, label: Box | None, below: float) -> float | None:
    """The top of the first number in the column of a No label, below y = `below`."""
    if label is None:
        return None
    column = label.grown(1.5 * page.text_size, 0)
    found = [w.box for w in page.words if NUMBER.fullmatch(w.text) and w.box.top >= below]
    return min((box.top for box in found if column.x0 <= box.center[0] <= column.x1), default=None)


def _in_place(kind: str, label: Line, activity: Box) -> bool:
    """Whether a label stands beside the activity's: numbers at its left, all else at its right."""
    return label.box.x1 < activity.x0 if kind == "no" else label.box.x0 > activity.x1


def find_word_head(page: Page, headings: Headings, settings: LayoutSettings) -> WordHead | None:
    """The topmost head of a page by its words, None where there is none or its columns cannot be told apart."""
    labels = head_labels(page, headings, settings)
    if not labels:
        return None
    size = page.text_size
    kinds = {kind: piece.box for kind, piece in labels}
    known = max(box.bottom for box in kinds.values())
    bottom = _bottom(page, known, kinds.get("no"), settings)
    top = _top(page, min(box.top for box in kinds.values()), bottom, kinds["kegiatan"].x1)
    words = [w for w in page.words if w.box.center[1] < bottom and w.box.bottom > top]
    spans = [(kind, piece) for kind, piece in labels if kind in headings.spans and kind not in headings.columns]
    spans = [(kind, piece) for kind, piece in spans if _covers_several(piece, words, settings)]
    loose = _without(words, [piece for _, piece in spans])
    loose = _without(loose, _unknown_spans(loose, settings))
    cores = tuple(
        _core(page, boxes, loose, headings, settings)
        for boxes in cluster_intervals([w.box for w in loose], settings.unruled.core_gap * size, Box.x_range)
    )
    if len(cores) < 4 or all(core.kind != "kegiatan" for core in cores):
        return None
    return WordHead(top, bottom, cores, tuple((kind, piece.box) for kind, piece in spans))


def _bottom(page: Page, known: float, number: Box | None, settings: LayoutSettings) -> float:
    """Where the head ends: in the first room below its last label, above the first number, that parts two rows."""
    size = page.text_size
    first = _first_number(page, number, known)
    limit = first if first is not None else known + settings.unruled.head_reach * size
    taken = [(w.box.top, w.box.bottom) for w in page.words if w.box.bottom > known and w.box.top < limit]
    clear = clear_spans(taken, known - 0.1 * size, limit)
    if not clear:
        return known + 0.1 * size
    widest = max(clear, key=lambda c: c[1] - c[0])
    low, high = next((c for c in clear if c[1] - c[0] >= settings.unruled.row_gap * size), widest)
    return (low + high) / 2


def _top(page: Page, top: float, bottom: float, left: float) -> float:
    """Where a head begins: with its highest label, or with heads of several lines or turned ones that reach higher."""
    beside = [w.box for w in page.words if w.box.x0 > left and w.box.center[1] < bottom]
    for box in sorted(beside, key=lambda box: -box.bottom):
        if box.bottom >= top - 0.5 * page.text_size:
            top = min(top, box.top)
    return top


def _covers_several(piece: Line, words: Sequence[Word], settings: LayoutSettings) -> bool:
    """Whether a head has others below it: "Pelaksana" as the head of one column has none."""
    return any(w.box.top >= piece.box.center[1] and _near(w, piece) for w in words)


def _near(word: Word, piece: Line) -> bool:
    """Whether a word begins or ends not farther beside a piece than the piece is wide."""
    return overlap(word.box.x0, word.box.x1, piece.box.x0 - piece.box.width, piece.box.x1 + piece.box.width) > 0


def _without(words: Sequence[Word], pieces: Sequence[Line]) -> list[Word]:
    gone = {id(word) for piece in pieces for word in piece.words}
    return [word for word in words if id(word) not in gone]


def _unknown_spans(words: Sequence[Word], settings: LayoutSettings) -> list[Line]:
    """Pieces that stand over two or more heads, though no lexicon names them."""
    found: list[Line] = []
    pieces = pieces_of(words, settings.unruled.piece_gap)
    for piece in pieces:
        size = piece.words[0].size
        below = [
            p.box
            for p in pieces
            if p.box.top >= piece.box.bottom - 0.3 * size and overlap(p.box.x0, p.box.x1, piece.box.x0, piece.box.x1)
        ]
        if len(cluster_intervals(below, settings.unruled.core_gap * size, Box.x_range)) >= 2:
            found.append(piece)
    return found


def _core(
    page: Page, boxes: Sequence[Box], words: Sequence[Word], headings: Headings, settings: LayoutSettings
) -> Core:
    box = union(boxes)
    inside = (w for w in words if w.box.x0 >= box.x0 and w.box.x1 <= box.x1)
    mine = [replace(w, orientation=Orientation.UPRIGHT) for w in inside]
    text = " ".join(piece.text for piece in pieces_of(mine, 99.0))
    likeness = settings.likeness if page.kind == "text" else settings.likeness_scanned
    return Core(box, column_kind(text, headings, likeness))

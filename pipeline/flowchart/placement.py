"""Which drawn shapes are symbols of the flowchart, which row and column each stands in, and what is written in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.flowchart.connectors import PageSide
from pipeline.flowchart.drawing import DrawnShape, Shape
from pipeline.layout.text_lines import words_in, words_near
from pipeline.model.clustering import cluster
from pipeline.model.draft import Band, Lane, MatrixPart, Symbol
from pipeline.model.geometry import Box, overlap
from pipeline.model.page import Word
from pipeline.settings import PlacementSettings

_ENCLOSING = frozenset("ABDOPQRabdegopq04689")  # letters and figures with an inside
_OFF_PAGE = ("pentagon", "circle", "trapezoid")


@dataclass(frozen=True, slots=True)
class PlacedShape:
    """A symbol as seen on a page. `no` is 0 and `column` -1 where it stands above or below the rows (`outside`).

    `columns` are all that it spans, where it spans several; `column` is then the one that holds its middle.
    `certainty`, 0.5..1, tells how surely it stands in this row and in these columns, and no others.
    """

    id: str
    page: int
    box: Box
    shape: Shape
    label: str | None
    no: int
    column: int
    outside: PageSide | None = None
    in_first_row: bool = False
    in_last_row: bool = False
    columns: tuple[int, ...] = ()
    certainty: float = 1.0

    @property
    def place(self) -> tuple[int, int]:
        """Row and column."""
        return self.no, self.column

    @property
    def is_decision(self) -> bool:
        """Whether it is drawn as a diamond."""
        return self.shape.kind == "diamond"

    @property
    def may_be_off_page(self) -> bool:
        """Whether it is drawn as off-page connectors are: a pentagon or a circle."""
        return self.shape.kind in _OFF_PAGE

    def symbol(self) -> Symbol:
        """The symbol as handed on; its kind is settled by place."""
        sure = self.shape.confidence
        return Symbol(self.id, self.page, self.no, self.column, "process", self.box, self.label, sure, self.columns)


def is_symbol(drawn: DrawnShape, part: MatrixPart, words: Sequence[Word], settings: PlacementSettings) -> bool:
    """Whether a shape in the Pelaksana columns is no letter and no cell; `words` are those that were read surely.

    Above and below the rows stand only off-page connectors, small pentagons and circles.
    """
    box = drawn.box
    left, right = min(lane.x0 for lane in part.lanes), max(lane.x1 for lane in part.lanes)
    slack = settings.lane_slack
    if not left - slack <= box.center[0] <= right + slack or _is_letter(drawn, words, settings):
        return False
    if not _outside(box, part.bands, settings):
        return not _is_cell(box, part, settings)
    return drawn.shape.kind in _OFF_PAGE and max(box.width, box.height) <= settings.largest_off_page


def is_below_last_row(drawn: DrawnShape, part: MatrixPart, settings: PlacementSettings) -> bool:
    """Whether a shape as an end symbol has stands right below the rows, in the Pelaksana columns."""
    box, foot = drawn.box, max(band.bottom for band in part.bands)
    inside = any(lane.x0 <= box.center[0] <= lane.x1 for lane in part.lanes)
    below = box.center[1] > foot and box.top - foot <= settings.below_rows
    return inside and below and drawn.shape.kind in ("round", "box")


def place_shapes(
    shapes: Sequence[DrawnShape], part: MatrixPart, words: Sequence[Word], settings: PlacementSettings
) -> list[PlacedShape]:
    """Each shape with its row, column and text, in the same order."""
    page = part.page.number
    return [_placed(f"p{page}s{i}", drawn, part, words, settings) for i, drawn in enumerate(shapes, 1)]


def _outside(box: Box, bands: Sequence[Band], settings: PlacementSettings) -> PageSide | None:
    """Whether a box stands mostly above or below all rows."""
    top, bottom = min(b.top for b in bands), max(b.bottom for b in bands)
    if overlap(box.top, box.bottom, top, bottom) >= settings.beside_rows * box.height:
        return None
    return "top" if box.center[1] < (top + bottom) / 2 else "bottom"


def _is_cell(box: Box, part: MatrixPart, settings: PlacementSettings) -> bool:
    """Whether all four sides of a box lie on edges of columns and rows: what doubled rulings enclose."""
    near = settings.cell_edge
    across = any(abs(box.x0 - a.x0) <= near for a in part.lanes) and any(abs(box.x1 - a.x1) <= near for a in part.lanes)
    return (
        across
        and any(abs(box.top - band.top) <= near for band in part.bands)
        and any(abs(box.bottom - band.bottom) <= near for band in part.bands)
    )


def _is_letter(drawn: DrawnShape, words: Sequence[Word], settings: PlacementSettings) -> bool:
    """Whether this is the inside of a letter, or a word on a coloured ground: a symbol is larger than its text.

    A dark area is neither, whatever it was read as.
    """
    box = drawn.box
    if drawn.dark:
        return False
    for word in words_near(words, box, 1.0):
        covered = box.share_inside(word.box.grown(1.0)) > settings.covered_by_word
        if covered and any(sign.isalnum() for sign in word.text):
            if not drawn.filled and _is_misread_outline(word, box, settings):
                continue
            low = box.height < settings.letter_height * word.box.height
            return low and (len(word.text) > 1 or box.width < word.box.width)
    return False


def _is_misread_outline(word: Word, box: Box, settings: PlacementSettings) -> bool:
    """Whether OCR took an outline for a letter that encloses nothing, or its side for a word's last letter.

    No letter's inside is as large as its word.
    """
    if word.confidence is None:
        return False
    if len(word.text) == 1:
        return word.text not in _ENCLOSING
    return word.box.share_inside(box) > settings.word_inside


def _placed(
    id_: str, drawn: DrawnShape, part: MatrixPart, words: Sequence[Word], settings: PlacementSettings
) -> PlacedShape:
    box = drawn.box
    outside = None if is_below_last_row(drawn, part, settings) else _outside(box, part.bands, settings)
    inside = [w for w in words_in(words, box) if not _is_outline(w, box, settings)]
    bands = sorted(part.bands, key=lambda b: b.top)
    y = box.center[1]
    band = max(bands, key=lambda b: (overlap(box.top, box.bottom, b.top, b.bottom), -max(b.top - y, y - b.bottom, 0.0)))
    spanned = _spanned(box, part.lanes, settings)
    lane = _lane_of(box, part.lanes, spanned)
    return PlacedShape(
        id_,
        part.page.number,
        box.rounded(2),
        drawn.shape,
        joined_text(inside),
        0 if outside else band.no,
        -1 if outside else lane.column,
        outside,
        band is bands[0],
        band is bands[-1],
        () if outside else spanned,
        1.0 if outside else min(_row_certainty(box, bands), _column_certainty(box, part.lanes, spanned, settings)),
    )


def _lane_of(box: Box, lanes: Sequence[Lane], spanned: Sequence[int]) -> Lane:
    """The column that holds most of a box; of several that it spans the one that holds its middle."""
    x, _ = box.center
    middle = [lane for lane in lanes if lane.column in spanned and lane.x0 <= x <= lane.x1]
    return max(middle or lanes, key=lambda lane: overlap(box.x0, box.x1, lane.x0, lane.x1))


def _row_certainty(box: Box, bands: Sequence[Band]) -> float:
    """How surely a box stands in one row: 1 where it is in no other, 0.5 where two hold as much of it."""
    return _lead([overlap(box.top, box.bottom, band.top, band.bottom) for band in bands])


def _column_certainty(box: Box, lanes: Sequence[Lane], spanned: Sequence[int], settings: PlacementSettings) -> float:
    """How surely a box stands in one column, or in those that it spans: 0.5 where it is as near to another reading."""
    held = {lane.column: overlap(box.x0, box.x1, lane.x0, lane.x1) for lane in lanes}
    share = {lane.column: held[lane.column] / (lane.x1 - lane.x0) for lane in lanes if lane.x1 > lane.x0}
    if spanned:
        return min(0.5 + 0.5 * min(1.0, share[column] / settings.spanned - 1) for column in spanned)
    return _lead(list(held.values()))


def _lead(lengths: Sequence[float]) -> float:
    """The share that the greatest of some lengths has of it and the next one."""
    first, second = sorted((*lengths, 0.0, 0.0), reverse=True)[:2]
    return first / (first + second) if first else 0.5


def _spanned(box: Box, lanes: Sequence[Lane], settings: PlacementSettings) -> tuple[int, ...]:
    """The columns that a box spans, left to right; none where it is one column's."""
    found = [
        lane.column
        for lane in sorted(lanes, key=lambda s: s.x0)
        if overlap(box.x0, box.x1, lane.x0, lane.x1) >= settings.spanned * (lane.x1 - lane.x0)
    ]
    return tuple(found) if len(found) > 1 else ()


def _is_outline(word: Word, box: Box, settings: PlacementSettings) -> bool:
    """Whether OCR took the symbol itself for a letter: a pentagon reads as "U", a box as "[]"."""
    high, wide = settings.outline_word
    return word.confidence is not None and word.box.height > high * box.height and word.box.width > wide * box.width


PIECE_GAP = 0.05  # of the words' height: a space is four times as wide at least


def joined_text(words: Sequence[Word]) -> str | None:
    """The words as one string in reading order, line by line; None where there is none.

    What a ruling cuts through is one word, as there is no room between its pieces: "tid" and "ak" of "tidak".
    """
    if not words:
        return None
    height = float(np.median([w.box.height for w in words]))
    lines = cluster(words, max(1.0, 0.6 * height), lambda w: w.box.center[1])
    return " ".join(_joined_line(line, PIECE_GAP * height) for line in lines) or None


def _joined_line(words: Sequence[Word], gap: float) -> str:
    line = sorted(words, key=lambda w: w.box.x0)
    spaces = (" " if b.box.x0 - a.box.x1 > gap else "" for a, b in pairwise(line))
    return "".join(text for w, space in zip(line, ["", *spaces], strict=True) for text in (space, w.text))

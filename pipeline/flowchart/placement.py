"""Which row and column a symbol belongs to, and what is written in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.flowchart.connectors import Side
from pipeline.flowchart.ink_layers import View
from pipeline.flowchart.shape_outline import Outline
from pipeline.flowchart.shapes import Shape
from pipeline.flowchart.words import joined_text
from pipeline.model.draft import Band, Lane, MatrixPart, Symbol
from pipeline.model.geometry import Box, overlap
from pipeline.model.page import Word
from pipeline.settings import FlowSettings

_ENCLOSING = frozenset("ABDOPQRabdegopq04689")  # letters and figures with an inside


@dataclass(frozen=True, slots=True)
class Sighting:
    """A symbol as seen on a page. `no` is 0 and `column` -1 where it stands above or below the rows (`outside`)."""

    id: str
    page: int
    box: Box
    shape: Shape
    label: str | None
    no: int
    column: int
    outside: Side | None = None
    first_row: bool = False
    last_row: bool = False

    def symbol(self) -> Symbol:
        """The symbol as handed on; its kind is settled by place."""
        return Symbol(self.id, self.page, self.no, self.column, "process", self.box, self.label, self.shape.confidence)


def sightings_of(
    outlines: Sequence[Outline], view: View, part: MatrixPart, words: Sequence[Word], settings: FlowSettings
) -> tuple[list[Outline], list[Sighting]]:
    """The outlines that stand in the Pelaksana columns, and each with its row, column and text, in the same order."""
    kept: list[Outline] = []
    found: list[Sighting] = []
    left, right = min(lane.x0 for lane in part.lanes), max(lane.x1 for lane in part.lanes)
    sure = [w for w in words if w.confidence is None or w.confidence >= settings.sure_word]
    for outline in outlines:
        box = _box(outline, view)
        outside = _outside(box, part.bands)
        if not left - 1 <= box.center[0] <= right + 1 or _is_letter(outline, box, sure):
            continue
        if outside and (
            outline.shape.kind not in ("pentagon", "circle") or max(box.width, box.height) > settings.largest_exit
        ):
            continue
        kept.append(outline)
        found.append(_sighting(f"p{part.page.number}s{len(found) + 1}", outline, box, outside, part, words))
    return kept, found


def _box(outline: Outline, view: View) -> Box:
    """The outline with its line, in points."""
    p = 0 if outline.filled else outline.pen - 1
    return view.points(Box(outline.x - p, outline.y - p, outline.x + outline.width + p, outline.y + outline.height + p))


def _outside(box: Box, bands: Sequence[Band]) -> Side | None:
    """Whether a box stands mostly above or below all rows."""
    top, bottom = min(b.top for b in bands), max(b.bottom for b in bands)
    if overlap(box.top, box.bottom, top, bottom) >= 0.5 * box.height:
        return None
    return "head" if box.center[1] < (top + bottom) / 2 else "foot"


def _is_letter(outline: Outline, box: Box, words: Sequence[Word]) -> bool:
    """Whether this is the inside of a letter, or a word on a coloured ground: a symbol is larger than its text."""
    for word in words:
        if box.share_inside(word.box.grown(1.0)) > 0.8 and any(sign.isalnum() for sign in word.text):
            if not outline.filled and _is_misread(word, box):
                continue
            return box.height < 1.25 * word.box.height and (len(word.text) > 1 or box.width < word.box.width)
    return False


def _is_misread(word: Word, box: Box) -> bool:
    """Whether a recogniser took an outline for a letter that encloses nothing, or its side for a word's last letter:
    no letter's inside is as large as its word.
    """
    if word.confidence is None:
        return False
    return word.text not in _ENCLOSING if len(word.text) == 1 else word.box.share_inside(box) > 0.7


def _sighting(
    id_: str, outline: Outline, box: Box, outside: Side | None, part: MatrixPart, words: Sequence[Word]
) -> Sighting:
    inside = [w for w in words if box.contains(*w.box.center) and not _is_outline(w, box)]
    bands = sorted(part.bands, key=lambda b: b.top)
    band = max(
        bands, key=lambda b: (overlap(box.top, box.bottom, b.top, b.bottom), -_away(box.center[1], b.top, b.bottom))
    )
    lane: Lane = max(part.lanes, key=lambda s: overlap(box.x0, box.x1, s.x0, s.x1))
    return Sighting(
        id_,
        part.page.number,
        box.rounded(2),
        outline.shape,
        joined_text(inside),
        0 if outside else band.no,
        -1 if outside else lane.column,
        outside,
        band is bands[0],
        band is bands[-1],
    )


def _is_outline(word: Word, box: Box) -> bool:
    """Whether a recogniser took the symbol itself for a letter: a pentagon reads as "U", a box as "[]"."""
    return word.confidence is not None and word.box.height > 0.75 * box.height and word.box.width > 0.6 * box.width


def _away(value: float, low: float, high: float) -> float:
    return max(low - value, value - high, 0.0)

"""Text that stands for a symbol: "Proses", a tick or a cross in a Pelaksana column."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.flowchart.edge_labels import Phrase
from pipeline.flowchart.lexicon import says
from pipeline.model.draft import MatrixPart, Symbol


def marks_of(free: Sequence[Phrase], parts: Sequence[MatrixPart], drawn: Collection[tuple[int, int]]) -> list[Symbol]:
    """A process for each cell that holds a mark and no symbol. Where nothing at all is drawn, any text is a mark."""
    marks: dict[tuple[int, int], Symbol] = {}
    by_page = {part.page.number: part for part in parts}
    for phrase in free:
        place = _place(phrase, by_page[phrase.page])
        if place is None or place in drawn or place in marks or not (says(phrase.text, "marks") or not drawn):
            continue
        id_ = f"t{phrase.page}.{len(marks) + 1}"
        marks[place] = Symbol(id_, phrase.page, *place, "process", phrase.box, phrase.text, 0.6)
    return list(marks.values())


def _place(phrase: Phrase, part: MatrixPart) -> tuple[int, int] | None:
    """The row and column a phrase stands in."""
    x, y = phrase.box.center
    band = next((b for b in part.bands if b.top <= y <= b.bottom), None)
    lane = next((s for s in part.lanes if s.x0 <= x <= s.x1), None)
    return (band.no, lane.column) if band and lane else None

"""The labels of a cover (identitas SOP AP) and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.layout.label_matching import match, split_label
from pipeline.layout.text_lines import parted_line
from pipeline.model.geometry import Box
from pipeline.model.grid import Cell, Grid
from pipeline.model.headings import Headings
from pipeline.model.page import CellText, Line, Page, Word
from pipeline.settings import LayoutSettings

LABEL_LINES = 4  # a narrow label cell breaks its label over at most so many lines
SIDE_BY_SIDE = 2.5  # em: words farther apart stand in two columns


@dataclass(frozen=True)
class Label:
    """A label found in a cell. `box` tells a label of one of the six boxes from one of the identity fields.

    `rest` are the lines of the same cell that follow it, up to the next label: its value where label and value share
    a cell, in a column of its own if `apart`. `whole` says that the cell holds nothing else.
    """

    name: str
    box: bool
    cell: Cell
    rest: tuple[Line, ...]
    whole: bool
    apart: bool = False


@dataclass(frozen=True)
class CoverTable:
    """A table (or the part of one above `bottom`) that carries labels of a cover; `texts` are its cells with words."""

    page: Page
    grid: Grid
    texts: Mapping[Cell, CellText]
    labels: tuple[Label, ...]
    box: Box

    def names(self, box: bool) -> set[str]:
        return {label.name for label in self.labels if label.box == box}


def find_labels(
    page: Page, texts: Mapping[Cell, CellText], headings: Headings, settings: LayoutSettings, bottom: float
) -> tuple[Label, ...]:
    """All labels in the cells of a grid that lie above y = `bottom`; `texts` are the cells with words."""
    found: list[Label] = []
    likeness = settings.likeness if page.kind == "text" else settings.likeness_scanned
    for cell, text in texts.items():
        if cell.box.bottom <= bottom + 1:
            found += _labels_in(cell, text.lines, headings, likeness)
    return tuple(sorted(found, key=lambda label: (label.cell.row, label.cell.col)))


def _labels_in(cell: Cell, lines: Sequence[Line], headings: Headings, likeness: float) -> list[Label]:
    flat = " ".join(line.text for line in lines)
    if len(lines) <= LABEL_LINES:
        for box, synonyms in ((True, headings.boxes), (False, headings.cover)):
            if name := match(flat.strip(" :"), synonyms, likeness):
                return [Label(name, box, cell, (), True)]
    if aside := list(_side_by_side(cell, lines, headings, likeness)):
        return aside
    starts = list(_box_starts(lines, headings, likeness)) or list(_field_starts(lines, headings, likeness))
    if not starts or starts[0][0] != 0:
        return []
    ends = [start for start, *_ in starts[1:]] + [len(lines)]
    return [
        Label(name, box, cell, (*rest, *lines[start + used : end]), False, _apart(lines[start], rest))
        for (start, used, name, box, rest), end in zip(starts, ends, strict=True)
    ]


def _apart(line: Line, rest: tuple[Line, ...]) -> bool:
    """Whether the value on a label's line begins a column of its own: there is room for letters before it."""
    if not rest:
        return False
    before = line.words[: len(line.words) - len(rest[0].words)]
    return bool(before) and rest[0].box.x0 - before[-1].box.x1 > 1.5 * before[-1].size


def _side_by_side(cell: Cell, lines: Sequence[Line], headings: Headings, likeness: float) -> Iterator[Label]:
    """Labels of boxes that stand beside each other in one cell, because the line between them was lost.

    Each gets the part of the cell that begins at its first word: from there to the next label, and from its line down.
    """
    for line in lines:
        pieces = [(match(p.text.strip(" :"), headings.boxes, likeness), p) for p in parted_line(line, SIDE_BY_SIDE)]
        if len(pieces) < 2 or not all(name for name, _ in pieces):
            continue
        lefts = [cell.box.x0, *(p.box.x0 - 0.5 * p.words[0].size for _, p in pieces[1:]), cell.box.x1]
        for (name, piece), x0, x1 in zip(pieces, lefts, lefts[1:], strict=False):
            place = Box(x0, piece.box.top, x1, piece.box.bottom)
            yield Label(name or "", True, replace(cell, box=place), (), True)


Start = tuple[int, int, str, bool, tuple[Line, ...]]


def _box_starts(lines: Sequence[Line], headings: Headings, likeness: float) -> Iterator[Start]:
    """(line, lines used, name, True, rest of the line) for lines that are, or begin with, a box's label."""
    for i, line in enumerate(lines):
        if name := match(line.text.strip(" :"), headings.boxes, likeness):
            yield i, 1, name, True, ()
        elif i == 0 and (split := split_label(line.text, headings.boxes, likeness)) and ":" in line.text:
            yield i, 1, split[0], True, _tail(line, split[1])


def _field_starts(lines: Sequence[Line], headings: Headings, likeness: float) -> Iterator[Start]:
    """The same for identity fields; a label without a colon must be two words at least ("Nomor SOP 060/12")."""
    i = 0
    while i < len(lines):
        line, used = lines[i], 1
        split = split_label(line.text, headings.cover, likeness)
        if split and not (":" in line.text or len(line.text.split()) - len(split[1].split()) >= 2):
            split = None
        if not split and i + 1 < len(lines):
            both = f"{line.text} {lines[i + 1].text}"
            if name := match(both.strip(" :"), headings.cover, likeness):
                split, used = (name, ""), 2
        if split:
            yield i, used, split[0], False, _tail(line, split[1]) if used == 1 else ()
        i += used


def _tail(line: Line, text: str) -> tuple[Line, ...]:
    """The last words of a line that make up `text`; "SOP:060/12" is cut where label and value run together."""
    parts = text.split()
    words: tuple[Word, ...] = line.words[len(line.words) - len(parts) :] if parts else ()
    if words and words[0].text != parts[0] and words[0].text.endswith(parts[0]):
        words = (replace(words[0], text=parts[0]), *words[1:])
    return (Line(words),) if words else ()


def is_cover(tables: Sequence[CoverTable]) -> bool:
    """Whether the tables of one page make a cover: identity fields with a box, or enough of either."""
    fields = set().union(*(t.names(box=False) for t in tables)) if tables else set()
    boxes = set().union(*(t.names(box=True) for t in tables)) if tables else set()
    return (len(fields) >= 2 and len(boxes) >= 1) or len(boxes) >= 3 or len(fields) >= 4

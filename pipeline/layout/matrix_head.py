"""The head of an activity matrix: where it stands, and what its columns are (PermenPAN-RB 35/2012)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from pipeline.layout.label_matching import column_kind, match, misspelt_kind, printed_unit
from pipeline.layout.ruled_page import TableCells
from pipeline.layout.text_lines import flat
from pipeline.model.draft import Column, ColumnKind
from pipeline.model.geometry import Box
from pipeline.model.grid import Cell, Grid
from pipeline.model.headings import Headings
from pipeline.model.page import CellText
from pipeline.model.text import squash
from pipeline.settings import LayoutSettings

RUNNING_NUMBER = re.compile(r"\(?(\d{1,3})[.)]{0,2}")
AFTER_ACTIVITY: tuple[ColumnKind, ...] = ("kelengkapan", "waktu", "output", "keterangan")
MUTU_BAKU = ("kelengkapan", "waktu", "output")
FORM = frozenset(("no", "pelaksana", "mutu_baku"))  # heads that stand around the activities in the form


@dataclass(frozen=True)
class MatrixHead:
    """A matrix head from y = `top` to `bottom`; `edges` are the columns' x edges, one more than there are columns."""

    top: float
    bottom: float
    columns: tuple[Column, ...]
    edges: tuple[float, ...]


def find_head(cells: TableCells, headings: Headings, settings: LayoutSettings) -> MatrixHead | None:
    """Find the topmost matrix head in a grid: an activity head beside at least two other heads.

    Where no lexicon knows the words of the activity head, it is what stands behind No in a head of the whole form.

    Args:
        cells: The cells of a table.
        headings: The known labels, those of columns and of heads over several columns.
        settings: The thresholds.

    Returns:
        The head with the columns below it; None where there is none.
    """
    kinds = _head_kinds(cells, settings)
    named = sorted((c for c, k in kinds.items() if k == "kegiatan"), key=_place)
    for anchor in (*named, *_unnamed_activities(cells, kinds, settings)):
        first, last, names = _reach(anchor, {**kinds, anchor: "kegiatan"}, settings)
        if is_matrix_head(names) and (anchor in kinds or names.issuperset(FORM)):
            leaves = _leaves(cells.grid, first, last)
            columns = _columns(leaves, cells.grid, first, cells.texts, headings, settings)
            if not any(column.kind == "kegiatan" for column in columns):
                continue
            edges = (*(leaf.box.x0 for leaf in leaves), leaves[-1].box.x1)
            return MatrixHead(cells.grid.ys[first], cells.grid.ys[last], columns, edges)
    return None


def _place(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.col


def _unnamed_activities(cells: TableCells, kinds: Mapping[Cell, str], settings: LayoutSettings) -> list[Cell]:
    """The cells right of a No head whose words no lexicon knows as a head."""
    grid, texts = cells.grid, cells.texts
    numbers = sorted((c for c, k in kinds.items() if k == "no" and c.col_end < grid.columns), key=_place)
    beside = (grid.at(number.row, number.col_end) for number in numbers)
    return [c for c in beside if c in texts and c not in kinds and len(texts[c].lines) <= settings.head_lines]


def find_side_head(cells: TableCells, headings: Headings, settings: LayoutSettings) -> MatrixHead | None:
    """Find the head of a table that holds the rest of a matrix's columns: two of Mutu Baku's at least, no activities.

    Takes and gives what `find_head` does.
    """
    grid, texts, kinds = cells.grid, cells.texts, _head_kinds(cells, settings)
    if "kegiatan" in kinds.values():
        return None
    for anchor in sorted((c for c, k in kinds.items() if k in MUTU_BAKU), key=lambda c: (c.row, c.col)):
        first, last, names = _reach(anchor, kinds, settings)
        if len(names.intersection(MUTU_BAKU)) >= 2:
            leaves = _leaves(grid, first, last)
            heads = [_head_text(leaf, grid, first, texts) for leaf in leaves]
            columns = columns_of(heads, ["mutu_baku"] * len(heads), headings, settings)
            edges = (*(leaf.box.x0 for leaf in leaves), leaves[-1].box.x1)
            return MatrixHead(grid.ys[first], grid.ys[last], columns, edges)
    return None


def is_matrix_head(kinds: Set[str]) -> bool:
    """Whether the kinds of some cells make a matrix head: the activity column beside two others that belong to one."""
    return "kegiatan" in kinds and len(kinds) >= 3 and not kinds.isdisjoint(("pelaksana", "mutu_baku", *MUTU_BAKU))


def _head_kinds(cells: TableCells, settings: LayoutSettings) -> dict[Cell, str]:
    """What the cells head that are no longer than a head."""
    return {cell: kind for cell, kind in cells.kinds.items() if len(cells.texts[cell].lines) <= settings.head_lines}


def _reach(anchor: Cell, kinds: Mapping[Cell, str], settings: LayoutSettings) -> tuple[int, int, set[str]]:
    """First row, end row and the kinds of the head around `anchor`: heads in its rows, or next to them."""
    first, last, names = anchor.row, anchor.row_end, {kinds[anchor]}
    for _ in range(3):
        for cell, kind in kinds.items():
            near = cell.row < last and cell.row_end > first
            above = cell.row_end == first and kind in ("pelaksana", "mutu_baku")
            beside = above or (cell.row == last and kind in MUTU_BAKU and _is_under_group(cell, kinds))
            if (near or beside) and max(last, cell.row_end) - min(first, cell.row) <= settings.head_rows:
                first, last = min(first, cell.row), max(last, cell.row_end)
                names.add(kind)
    return first, last, names


def _is_under_group(cell: Cell, kinds: Mapping[Cell, str]) -> bool:
    """Whether a cell stands below a Mutu Baku head; "Dokumen" in the first row's Output cell does not.

    Where no such head was recognized, any cell may be part of the head.
    """
    groups = [group for group, kind in kinds.items() if kind == "mutu_baku"]
    return not groups or any(g.row_end == cell.row and g.col <= cell.col < g.col_end for g in groups)


def _leaves(grid: Grid, first: int, last: int) -> list[Cell]:
    """The lowest head cell of every column, left to right."""
    leaves: list[Cell] = []
    col = 0
    while col < grid.columns:
        cell = grid.at(last - 1, col)
        leaves.append(cell)
        col = max(cell.col_end, col + 1)
    return leaves


def _columns(
    leaves: Sequence[Cell],
    grid: Grid,
    first: int,
    texts: Mapping[Cell, CellText],
    headings: Headings,
    settings: LayoutSettings,
) -> tuple[Column, ...]:
    groups = [_group_over(leaf, grid, first, texts, headings, settings) for leaf in leaves]
    roles = [leaf for leaf, group in zip(leaves, groups, strict=True) if group == "pelaksana"]
    starts = [_below_groups(leaf, grid, first, texts, roles) if leaf in roles else first for leaf in leaves]
    heads = [_head_text(leaf, grid, start, texts) for leaf, start in zip(leaves, starts, strict=True)]
    return columns_of(heads, groups, headings, settings)


def columns_of(
    heads: Sequence[CellText], groups: Sequence[str | None], headings: Headings, settings: LayoutSettings
) -> tuple[Column, ...]:
    """The columns of a matrix, left to right.

    Args:
        heads: What each column's own head says.
        groups: "pelaksana" or "mutu_baku" for columns below such a head, None for others.
        headings: The known labels.
        settings: How like a known label a head must be.
    """
    known = [column_kind(flat(head), headings, settings.likeness) for head in heads]
    kinds = _kinds_by_position(known, groups)
    guessed = _misspelt_kinds(kinds, heads, headings)
    if (activity := _unnamed_activity(known, groups)) is not None:
        kinds = _kinds_by_position([*known[:activity], "kegiatan", *known[activity + 1 :]], groups)
        guessed = {**_misspelt_kinds(kinds, heads, headings), activity: "kegiatan"}
    return tuple(
        Column(
            i,
            guessed.get(i, kind),
            head,
            printed_unit(flat(head), headings) if guessed.get(i, kind) == "waktu" else None,
            settings.guessed_head if i in guessed else None,
        )
        for i, (kind, head) in enumerate(zip(kinds, heads, strict=True))
    )


def _unnamed_activity(known: Sequence[str | None], groups: Sequence[str | None]) -> int | None:
    """The index of the column between No and the Pelaksana of the form, where no head is known for the activities."""
    if "kegiatan" in known or "no" not in known or "mutu_baku" not in groups:
        return None
    place = known.index("no") + 1
    return (
        place
        if list(known[place : place + 1]) == [None] and list(groups[place : place + 2]) == [None, "pelaksana"]
        else None
    )


def _misspelt_kinds(
    kinds: Sequence[ColumnKind], heads: Sequence[CellText], headings: Headings
) -> dict[int, ColumnKind]:
    """By its index, the kind of each column behind the activities that no other has and that a misspelt head names."""
    first = kinds.index("kegiatan") if "kegiatan" in kinds else -1
    found: dict[int, ColumnKind] = {}
    for i, kind in enumerate(kinds):
        missing = [k for k in AFTER_ACTIVITY if k not in kinds and k not in found.values()]
        if kind == "lain" and i > first and (name := misspelt_kind(flat(heads[i]), missing, headings)):
            found[i] = name
    return found


def _below_groups(leaf: Cell, grid: Grid, first: int, texts: Mapping[Cell, CellText], roles: Sequence[Cell]) -> int:
    """The first row of a performer's own head: below those in which others have a head over some of them.

    "Eksternal" over one beside "Internal" over four is none of his name. What stands over all of them tells nothing.
    """
    if leaf not in texts:
        return first

    def is_group(cell: Cell) -> bool:
        below = sum(cell.col <= role.col and role.col_end <= cell.col_end for role in roles)
        return cell in texts and 1 < below < len(roles)

    rows = [row for row in range(first, leaf.row) if any(is_group(grid.at(row, role.col)) for role in roles)]
    return max(rows, default=first - 1) + 1


def _head_text(leaf: Cell, grid: Grid, first: int, texts: Mapping[Cell, CellText]) -> CellText:
    """The words of all head cells over a column that are no wider than it, top to bottom."""
    stack: list[Cell] = []
    for row in range(first, leaf.row_end):
        cell = grid.at(row, leaf.col)
        if cell not in stack and leaf.col <= cell.col and cell.col_end <= leaf.col_end:
            stack.append(cell)
    lines = tuple(line for cell in stack if cell in texts for line in texts[cell].lines)
    top = min((cell.box.top for cell in stack), default=leaf.box.top)
    page = next(iter(texts.values())).page
    return CellText(page, Box(leaf.box.x0, top, leaf.box.x1, leaf.box.bottom), lines)


def _group_over(
    leaf: Cell, grid: Grid, first: int, texts: Mapping[Cell, CellText], headings: Headings, settings: LayoutSettings
) -> str | None:
    """The head over several columns that stands over a column: pelaksana or mutu_baku; None where there is none."""
    for row in range(first, leaf.row):
        cell = grid.at(row, leaf.col)
        if cell in texts and (name := match(flat(texts[cell]), headings.spans, settings.likeness)):
            return name
    return None


def _kinds_by_position(known: Sequence[str | None], groups: Sequence[str | None]) -> list[ColumnKind]:
    """Columns between the activity and Mutu Baku are Pelaksana, whatever they are called; a kind is given once."""
    activity = next((i for i, k in enumerate(known) if k == "kegiatan"), 0)
    quality = next(
        (i for i, k in enumerate(known) if i > activity and (k in MUTU_BAKU and groups[i] != "pelaksana")), None
    )
    quality = next((i for i, group in enumerate(groups) if group == "mutu_baku"), quality)
    quality = len(known) if quality is None else quality
    given: set[str] = set()
    kinds: list[ColumnKind] = []
    for i, name in enumerate(known):
        kind = _kind(i, name, groups[i], activity, quality)
        if kind != "pelaksana" and kind in given:
            kind = "lain"
        given.add(kind)
        kinds.append(kind)
    return kinds


def _kind(i: int, name: str | None, group: str | None, activity: int, quality: int) -> ColumnKind:
    if group == "pelaksana":
        return "pelaksana"
    if activity < i < quality and name not in ("keterangan", "waktu", "output"):
        return "pelaksana"
    kinds: dict[str, ColumnKind] = {
        "no": "no",
        "kegiatan": "kegiatan",
        "kelengkapan": "kelengkapan",
        "waktu": "waktu",
        "output": "output",
        "keterangan": "keterangan",
    }
    return kinds.get(name or "", "lain")


def _count_their_columns(texts: Sequence[str], share: float) -> bool:
    """Whether most cells with text, two at least, hold the number of their column from 1, and all hardly a letter."""
    filled = [(column, squash(text)) for column, text in enumerate(texts, 1) if text.strip()]
    right = sum(text == str(column) for column, text in filled)
    return right >= max(2, share * len(filled)) and all(len(text) <= 2 for _, text in filled)


def is_number_row(texts: Sequence[str], share: float) -> bool:
    """Whether a row counts the columns: 1 2 3 …, and nothing but numbers (a wrong or missing one does not matter).

    Columns that lost the line between them count two numbers in one cell. Of a bad scan's numbers some are enough,
    where each is that of its own column.

    Args:
        texts: The text of each cell, left to right.
        share: 0..1 of the cells that must count on.
    """
    if _count_their_columns(texts, share):
        return True
    words = [word for text in texts for word in text.split()]
    numbers = [int(squash(word)) for word in words if squash(word).isdecimal() and len(squash(word)) <= 3]
    if len(numbers) < 3 or len(numbers) < share * max(len(words), len(texts)):
        return False
    steps = sum(1 <= b - a <= 2 for a, b in pairwise(numbers))
    return numbers[0] <= 2 and steps >= share * (len(numbers) - 1) and all(len(squash(word)) <= 3 for word in words)

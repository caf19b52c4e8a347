"""The cells of a ruled (or unruled) table on one page."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.model.frequent import frequent_value
from pipeline.model.geometry import Box


@frequent_value(frozen=True, slots=True)
class Cell:
    """A cell that spans rows `row` to `row_end` and columns `col` to `col_end`, both exclusive at the end, from 0."""

    row: int
    row_end: int
    col: int
    col_end: int
    box: Box = field(hash=False)


@dataclass(frozen=True)
class Grid:
    """A table's edges and cells: len(xs) - 1 columns between `xs`, len(ys) - 1 rows between `ys`, in points.

    Every place (row, column) belongs to exactly one cell.
    """

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]

    @property
    def box(self) -> Box:
        """The outer edges."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return len(self.xs) - 1

    @cached_property
    def _owners(self) -> dict[tuple[int, int], Cell]:
        owners: dict[tuple[int, int], Cell] = {}
        for cell in self.cells:
            for row in range(cell.row, cell.row_end):
                for col in range(cell.col, cell.col_end):
                    owners.setdefault((row, col), cell)
        return owners

    def at(self, row: int, col: int) -> Cell:
        """The cell that holds a place; LookupError outside the grid."""
        return self._owners[row, col]

    def around(self, x: float, y: float) -> Cell | None:
        """The cell around a point, None outside the grid."""
        xs, ys = self.xs, self.ys
        if not (xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]):
            return None
        return self._owners[bisect_right(ys, y, 1, len(ys) - 1) - 1, bisect_right(xs, x, 1, len(xs) - 1) - 1]


@dataclass(frozen=True, slots=True)
class TextTable:
    """What a parser of unruled tables saw on a page: the edges of its columns and of its lines of text, in points."""

    parser: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]

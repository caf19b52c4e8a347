"""The cells of a ruled (or unruled) table on one page."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.geometry import Box


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that spans rows `row` to `row_end` and columns `col` to `col_end`, both exclusive at the end, from 0."""

    row: int
    row_end: int
    col: int
    col_end: int
    box: Box


@dataclass(frozen=True, slots=True)
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
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    def at(self, row: int, col: int) -> Cell:
        """The cell that holds a place; LookupError outside the grid."""
        for cell in self.cells:
            if cell.row <= row < cell.row_end and cell.col <= col < cell.col_end:
                return cell
        raise LookupError(f"no cell at row {row}, column {col}")

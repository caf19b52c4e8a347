"""A page and the tables that its rulings make, each found once for all who ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pipeline.layout.ruled_tables import RulingGroups, Table, grid_of, tables_among, touching_rulings
from pipeline.layout.text_lines import texts_of
from pipeline.model.grid import Cell, Grid
from pipeline.model.page import CellText, Page
from pipeline.settings import LayoutSettings


@dataclass(frozen=True, eq=False)
class TableCells:
    """A table of a page with its cells and their text, found when they are asked for."""

    page: Page
    table: Table
    settings: LayoutSettings

    @cached_property
    def grid(self) -> Grid:
        """Its cells."""
        return grid_of(self.table, self.page.text_size, self.settings)

    @cached_property
    def texts(self) -> dict[Cell, CellText]:
        """The text of the cells that hold words."""
        return texts_of(self.page, self.grid)


@dataclass(frozen=True, eq=False)
class RuledPage:
    """A page with its tables, found when they are asked for."""

    page: Page
    settings: LayoutSettings

    @cached_property
    def tables(self) -> tuple[TableCells, ...]:
        """The tables that are as wide as a table of text must be, top to bottom."""
        found = tables_among(self._groups, self.page, self.settings.table_width, self.settings)
        return tuple(TableCells(self.page, table, self.settings) for table in found)

    @cached_property
    def largest(self) -> TableCells | None:
        """The largest table of any width; None where there is none."""
        found = tables_among(self._groups, self.page, 0.0, self.settings)
        if not found:
            return None
        table = max(found, key=lambda t: t.box.area)
        return next((t for t in self.tables if t.table == table), TableCells(self.page, table, self.settings))

    @cached_property
    def _groups(self) -> RulingGroups:
        return touching_rulings(self.page, self.settings)

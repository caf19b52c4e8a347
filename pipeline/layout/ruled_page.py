"""A page and the tables that its rulings make, each found once for all who ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.layout.cover_labels import CoverLabel, labels_in
from pipeline.layout.label_matching import column_kind, match
from pipeline.layout.ruled_tables import Table, grid_of, outermost, tables_of
from pipeline.layout.text_lines import flat, lines_of, parted_line, texts_of
from pipeline.model.grid import Cell, Grid
from pipeline.model.headings import Headings
from pipeline.model.orientation import Orientation
from pipeline.model.page import CellText, Line, Page
from pipeline.settings import LayoutSettings


@dataclass(frozen=True, eq=False)
class TableCells:
    """A table of a page: its cells, their text and what this labels, found when they are asked for."""

    page: Page
    table: Table
    headings: Headings
    settings: LayoutSettings
    _labels: dict[Cell, Sequence[CoverLabel]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def grid(self) -> Grid:
        """Its cells."""
        return grid_of(self.table, self.page.text_size, self.settings)

    @cached_property
    def texts(self) -> Mapping[Cell, CellText]:
        """The text of the cells that hold words."""
        return texts_of(self.page, self.grid)

    @cached_property
    def kinds(self) -> Mapping[Cell, str]:
        """What the cells head that hold the label of a matrix's column, or of several."""
        likeness = self.settings.likeness
        printed = ((cell, flat(text)) for cell, text in self.texts.items())
        kinds = (
            (cell, column_kind(text, self.headings, likeness) or match(text, self.headings.spans, likeness))
            for cell, text in printed
        )
        return {cell: kind for cell, kind in kinds if kind}

    def labels_above(self, bottom: float) -> tuple[CoverLabel, ...]:
        """The labels of a cover in its cells above y = `bottom`, row by row."""
        cells = [cell for cell in self.texts if cell.box.bottom <= bottom + 1]
        found = [label for cell in cells for label in self._labels_in(cell)]
        return tuple(sorted(found, key=lambda label: (label.cell.row, label.cell.col)))

    def _labels_in(self, cell: Cell) -> Sequence[CoverLabel]:
        if cell not in self._labels:
            likeness = self.settings.likeness_on(self.page.kind)
            self._labels[cell] = labels_in(cell, self.texts[cell].lines, self.headings, likeness, self.settings)
        return self._labels[cell]


@dataclass(frozen=True, eq=False)
class RuledPage:
    """A page with its tables and its lines of text, found when they are asked for."""

    page: Page
    headings: Headings
    settings: LayoutSettings

    @cached_property
    def tables(self) -> tuple[TableCells, ...]:
        """The tables that are as wide as a table of text must be, top to bottom."""
        least = self.settings.table_width * self.page.width
        wide = [table for table in self._ruled if table.box.width >= least]
        return self._of_any_width if len(wide) == len(self._ruled) else self._cells_of(wide)

    @cached_property
    def largest(self) -> TableCells | None:
        """The largest table of any width; None where there is none."""
        largest = max(self._of_any_width, key=lambda t: t.table.box.area, default=None)
        return next((t for t in self.tables if largest and t.table == largest.table), largest)

    @cached_property
    def lines(self) -> Sequence[Line]:
        """The words of the page line by line."""
        return lines_of(self.page.words)

    @cached_property
    def phrases(self) -> Sequence[Line]:
        """The upright words that stand together on one line, top to bottom and left to right."""
        upright = [word for word in self.page.words if word.orientation is Orientation.UPRIGHT]
        lines = self.lines if len(upright) == len(self.page.words) else lines_of(upright)
        return [phrase for line in lines for phrase in parted_line(line, self.settings.unruled.phrase_gap)]

    @cached_property
    def _ruled(self) -> Sequence[Table]:
        return tables_of(self.page, self.settings)

    @cached_property
    def _of_any_width(self) -> tuple[TableCells, ...]:
        return self._cells_of(self._ruled)

    def _cells_of(self, tables: Sequence[Table]) -> tuple[TableCells, ...]:
        return tuple(TableCells(self.page, table, self.headings, self.settings) for table in outermost(tables))

"""The table of a SOP as the page shows it: a grid of cells, each with what is known of its field."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.corrections.targets import target_of
from pipeline.message import Message, msg
from pipeline.model.pointer import pointer
from pipeline.model.record import Evidence
from pipeline.review.fields import LABELS, FieldView, RecordView, StepView
from pipeline.review.table_edits import OTHER, cell_path, cell_text, column_names


@dataclass(frozen=True)
class TableCell:
    """A cell: its column, its text, and the field that it shows."""

    column: str
    text: str
    field: FieldView


@dataclass(frozen=True)
class TableView:
    """The names of the columns with what they are called, and the rows of cells with their steps."""

    columns: tuple[tuple[str, Message | str], ...]
    rows: tuple[tuple[StepView, tuple[TableCell, ...]], ...]


def column_label(column: str) -> Message | str:
    """What a column is called."""
    if column.startswith(OTHER):
        return column.removeprefix(OTHER)
    return {"no": msg("No"), "pelaksana": msg("Performers")}.get(column) or LABELS[column]


def table_of(view: RecordView) -> TableView:
    """The steps of a record as a table."""
    names = column_names(view.record)
    columns = tuple((name, column_label(name)) for name in names)
    rows = tuple((step, tuple(_cell(view, step, name) for name in names)) for step in view.steps)
    return TableView(columns, rows)


def _cell(view: RecordView, step: StepView, column: str) -> TableCell:
    path = pointer(*cell_path(step.step.no - 1, column))
    known = (step.uraian, step.performers, *step.cells)
    field = next((field for field in known if field.path == path), None)
    return TableCell(column, cell_text(view.record, step.step, column), field or _bare(view, step, column))


def _bare(view: RecordView, step: StepView, column: str) -> FieldView:
    """A field that is no field of its own elsewhere on the page: the printed number, and blank cells of odd columns."""
    path = cell_path(step.step.no - 1, column)
    evidence: Evidence | None = view.record.evidence.get(pointer(*path))
    target = target_of(view.record, path) or ""
    return FieldView(pointer(*path), target, column_label(column), "", "text", evidence, (), "read", "unknown")

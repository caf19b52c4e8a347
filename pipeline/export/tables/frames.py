"""Records as pandas frames, one a table, with types that tell nulls from empty text and from zero."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from pipeline.export.tables.table_list import TABLES
from pipeline.export.tables.table_model import Kind, Table
from pipeline.model.record import Record

DTYPES: dict[Kind, str] = {"text": "string", "integer": "Int64", "real": "Float64"}


def tables_of(records: Iterable[Record]) -> dict[str, pd.DataFrame]:
    """The tables of records by name; columns, keys and meanings are those of `TABLES`.

    Args:
        records: Records whose ids all differ.
    """
    given = list(records)
    return {table.name: _frame(table, given) for table in TABLES}


def _frame(table: Table, records: list[Record]) -> pd.DataFrame:
    rows: list[Any] = [row for record in records for row in table.rows(record)]
    types = {column.name: DTYPES[column.kind] for column in table.columns}
    return pd.DataFrame(rows, columns=pd.Index(table.heads), dtype=object).astype(types)


def text_columns(table: Table) -> list[str]:
    """The names of a table's columns of text."""
    return [column.name for column in table.columns if column.kind == "text"]

"""Tables as CSV, a file each, and the SQL that makes tables for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from pipeline.export.tables.formula_text import as_text
from pipeline.export.tables.frames import tables_of, text_columns
from pipeline.export.tables.table_list import TABLES
from pipeline.export.tables.table_model import Table, create_statements
from pipeline.model.record import Record

SQL_FILE = "tables.sql"
POSTGRESQL_FILE = "postgresql.sql"


def csv_files(records: Sequence[Record], *, raw: bool) -> Mapping[str, bytes]:
    """Write a CSV file a table (RFC 4180, UTF-8, a null is an empty field) and `tables.sql`, which makes the tables.

    With `raw` also `postgresql.sql`, by which psql makes and fills them.

    Args:
        records: Records whose ids all differ.
        raw: For databases: leave text that a spreadsheet would take for a formula as it is, and the mark at the front
            away by which Excel knows UTF-8.
    """
    frames = tables_of(records)
    files = {f"{table.name}.csv": _csv(table, frames[table.name], raw=raw) for table in TABLES}
    files[SQL_FILE] = create_statements(TABLES).encode()
    return {**files, POSTGRESQL_FILE: _load_statements().encode()} if raw else files


def _load_statements() -> str:
    """Commands of psql that make the tables and fill them from the files beside it, all or none."""
    return "\n".join(
        ["\\set ON_ERROR_STOP on", "BEGIN;", f"\\ir {SQL_FILE}", *(_copy(table) for table in TABLES), "COMMIT;", ""]
    )


def _copy(table: Table) -> str:
    """The command for one table; an empty field of a column that is never null is an empty text."""
    never_null = [column.name for column in table.columns if column.required and column.kind == "text"]
    names = ", ".join(f'"{name}"' for name in never_null)
    return f"\\copy \"{table.name}\" from '{table.name}.csv' with (format csv, header, force_not_null ({names}))"


def _csv(table: Table, frame: pd.DataFrame, *, raw: bool) -> bytes:
    if raw:
        return str(frame.to_csv(index=False, lineterminator="\r\n")).encode()
    safe = {name: frame[name].map(as_text, na_action="ignore").astype("string") for name in text_columns(table)}
    return str(frame.assign(**safe).to_csv(index=False, lineterminator="\r\n")).encode("utf-8-sig")

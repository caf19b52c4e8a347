"""What a table is: its columns, their types and meanings, and its keys, from which SQL is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pipeline.model.record import Record

Value: TypeAlias = str | int | float | None
Row: TypeAlias = tuple[Value, ...]
Kind = Literal["text", "integer", "real"]
SQL_TYPES: dict[Kind, str] = {"text": "TEXT", "integer": "INTEGER", "real": "DOUBLE PRECISION"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `about` tells what stands in it, with its unit; `width` how wide a spreadsheet shows it, in letters."""

    name: str
    kind: Kind
    about: str
    width: int = 12
    required: bool = False


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns that name a row of another table by its primary key."""

    columns: tuple[str, ...]
    table: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one row for each thing of its kind that a record holds.

    Attributes:
        name: As in SQL.
        about: What a row is.
        columns: In their order.
        key: The columns of the primary key.
        foreign: What it refers to: tables before it in `TABLES`.
        rows: Gives the rows of a record, a value per column.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign: tuple[ForeignKey, ...]
    rows: Callable[[Record], Iterable[Row]]

    @property
    def heads(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]


def create_statements(tables: Sequence[Table]) -> str:
    """Write the SQL that makes the tables, in words that both SQLite and PostgreSQL take."""
    keys = {table.name: table.key for table in tables}
    return "\n".join(_create(table, keys) for table in tables)


def _create(table: Table, keys: dict[str, tuple[str, ...]]) -> str:
    lines = [
        f"{_name(column.name)} {SQL_TYPES[column.kind]}{' NOT NULL' if column.required else ''}"
        for column in table.columns
    ]
    lines.append(f"PRIMARY KEY ({_names(table.key)})")
    lines += [
        f"FOREIGN KEY ({_names(key.columns)}) REFERENCES {_name(key.table)} ({_names(keys[key.table])})"
        for key in table.foreign
    ]
    notes = [f"-- {column.about}" for column in table.columns]
    ends = [*("," for _ in lines[1:]), ""]
    noted = zip(lines, ends, [*notes, *("" for _ in lines[len(notes) :])], strict=True)
    body = "\n".join(f"    {line}{end} {note}".rstrip() for line, end, note in noted)
    return f"-- {table.about}\nCREATE TABLE {_name(table.name)} (\n{body}\n);\n"


def _name(name: str) -> str:
    return f'"{name}"'


def _names(names: Iterable[str]) -> str:
    return ", ".join(_name(name) for name in names)

from __future__ import annotations

import sqlite3

import pytest

from pipeline.export.tables.table_list import TABLES
from pipeline.export.tables.table_model import Table, create_statements

NAMES = {table.name: table for table in TABLES}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_keys_name_columns_and_tables_that_are_there_before(table: Table) -> None:
    assert set(table.key) <= set(table.heads)
    assert len(set(table.heads)) == len(table.heads)
    for foreign in table.foreign:
        other = NAMES[foreign.table]
        assert TABLES.index(other) < TABLES.index(table)
        assert set(foreign.columns) <= set(table.heads)
        kinds = {column.name: column.kind for column in table.columns}
        others = {column.name: column.kind for column in other.columns}
        assert [kinds[name] for name in foreign.columns] == [others[name] for name in other.key]


def test_the_statements_make_the_tables_with_their_keys() -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(create_statements(TABLES))
    for table in TABLES:
        found = connection.execute(f'PRAGMA table_info("{table.name}")').fetchall()
        assert [row[1] for row in found] == table.heads
        assert {row[1] for row in found if row[5]} == set(table.key)
        foreign = connection.execute(f'PRAGMA foreign_key_list("{table.name}")').fetchall()
        assert {row[2] for row in foreign} == {key.table for key in table.foreign}

"""Tables as one SQLite database, with keys and full-text search."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing

from pipeline.export.search_text import SEARCH_TABLE, texts_of
from pipeline.export.tables.frames import tables_of
from pipeline.export.tables.table_list import TABLES
from pipeline.export.tables.table_model import create_statements
from pipeline.model.record import Record


def database(records: Sequence[Record]) -> bytes:
    """Write the database: a table for each of `TABLES`, and `search` with the text of every field (FTS5).

    Args:
        records: Records whose ids all differ.
    """
    frames = tables_of(records)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(create_statements(TABLES) + SEARCH_TABLE)
        for name, frame in frames.items():
            frame.to_sql(name, connection, if_exists="append", index=False)
        rows = [(record.id, *text) for record in records for text in texts_of(record)]
        connection.executemany("INSERT INTO search VALUES (?, ?, ?, ?)", rows)
        connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        connection.commit()
        connection.execute("VACUUM")
        return connection.serialize()

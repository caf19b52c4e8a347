"""Whatever a record holds, it is exported with keys that hold, fits its schema, and is no other version of itself."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import jsonschema
from hypothesis import given, settings
from random_records import records

from pipeline.comparison.record_changes import changes_between
from pipeline.export.export_formats import FORMATS, ExportOptions
from pipeline.export.json_schema import output_schema
from pipeline.export.tables.table_list import TABLES
from pipeline.export.tables.workbook import workbook
from pipeline.model.record import Record
from pipeline.settings.collections import CollectionSettings

SCHEMA = jsonschema.Draft202012Validator(output_schema("record"))


@settings(max_examples=25, deadline=None)
@given(records())
def test_tables_hold_together(record: Record) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(FORMATS["sqlite"]([record], ExportOptions())["sop.sqlite"])
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        counts = [connection.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0] for table in TABLES]
    assert counts == [len(list(table.rows(record))) for table in TABLES]
    assert workbook([record], sheets=True)


@settings(max_examples=50, deadline=None)
@given(records())
def test_a_record_fits_the_schema(record: Record) -> None:
    value = json.loads(json.dumps({**record.as_json(), "source": record.as_json()["source"] | {"sha256": "0" * 64}}))
    assert [error.message for error in SCHEMA.iter_errors(value)] == []


@settings(max_examples=50, deadline=None)
@given(records(), records())
def test_a_record_is_no_other_version_of_itself_and_all_changes_can_be_told(one: Record, other: Record) -> None:
    thresholds = CollectionSettings()
    assert changes_between(one, one, thresholds) == []
    for change in changes_between(one, other, thresholds):
        assert str(change.message)
        json.dumps(change.as_json())

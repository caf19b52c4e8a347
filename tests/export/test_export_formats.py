from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from fakes import record

from pipeline.export.export_formats import FORMATS, ExportOptions
from pipeline.model.record import Record


@pytest.fixture(scope="module")
def records() -> Sequence[Record]:
    return [record("a", 1, "Satu"), record("b/c", 2, "Dua")]


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_gives_the_same_bytes_again_under_names_that_stay_in_the_folder(
    name: str, records: Sequence[Record]
) -> None:
    contents = FORMATS[name](records, ExportOptions())
    assert contents
    assert contents == FORMATS[name](records, ExportOptions())
    for file, content in contents.items():
        assert isinstance(content, bytes)
        assert ".." not in file.split("/")
        assert not file.startswith("/")


def test_json_holds_the_records(records: Sequence[Record]) -> None:
    values = [one.as_json() for one in records]
    assert json.loads(FORMATS["json"](records, ExportOptions())["sop.json"]) == values
    lines = FORMATS["jsonl"](records, ExportOptions())["sop.jsonl"].decode().splitlines()
    assert [json.loads(line) for line in lines] == values

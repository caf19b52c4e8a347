from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from fakes import digitized

from pipeline.cli import exit_code
from pipeline.commands.exporting import SCHEMAS
from pipeline.export.json_schema import output_schema
from pipeline.export.tables.table_list import TABLES
from pipeline.store.outputs import write_document


@pytest.fixture
def outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_document(tmp_path / "outputs", digitized("a", ("Satu", "Dua")))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "outputs"


def test_the_outputs_are_exported_where_nothing_is_named(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["export", "--to", "json", "--to", "jsonl", "--to", "json"]) == 0
    assert sorted(path.name for path in Path("exports").iterdir()) == ["sop.json", "sop.jsonl"]
    assert capsys.readouterr().out.splitlines() == [
        "json: 2 SOPs, 1 file in exports/",
        "jsonl: 2 SOPs, 1 file in exports/",
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "--to names no format"),
        (["--to", "pdf"], "there is no format pdf"),
        (["nowhere", "--to", "json"], "there is no nowhere"),
    ],
)
def test_wrong_usage_is_told(
    outputs: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert exit_code(["export", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_tables_are_written_as_asked_for(outputs: Path) -> None:
    assert exit_code(["export", str(outputs), "--to", "csv", "--to", "xlsx", "--out", "x", "--raw", "--sheets"]) == 0
    assert Path("x/sop.csv").read_bytes().startswith(b"sop_id,")
    assert len(openpyxl.load_workbook("x/sop.xlsx").sheetnames) == 2 + len(TABLES) + 2


def test_schemas_are_printed_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert exit_code(["schema", "record"]) == 0
    assert json.loads(capsys.readouterr().out) == output_schema("record")
    assert exit_code(["schema"]) == 0
    assert list(json.loads(capsys.readouterr().out)) == list(SCHEMAS)
    assert exit_code(["schema", "--out", "schemas"]) == 0
    assert sorted(path.name for path in Path("schemas").iterdir()) == sorted(f"{name}.schema.json" for name in SCHEMAS)
    assert exit_code(["schema", "table"]) == 2
    assert "there is no schema table" in capsys.readouterr().err


def test_what_breaks_a_rule_of_bpmn_is_told(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["export", str(outputs), "--to", "bpmn", "--data-objects", "--lang", "id"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "bpmn: a/01: alur tidak memiliki awal",
        "bpmn: a/01: alur tidak memiliki akhir",
        "bpmn: a/02: alur tidak memiliki awal",
        "bpmn: a/02: alur tidak memiliki akhir",
        "bpmn: 2 SOP, 2 berkas di exports/",
    ]
    assert sorted(path.name for path in Path("exports/a").iterdir()) == ["01-satu.bpmn", "02-dua.bpmn"]

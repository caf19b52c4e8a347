from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from collection.collected import COLLECTION

from pipeline.cli import exit_code
from pipeline.collection.listers import LISTERS
from pipeline.export.json import files_of
from pipeline.model.document import Digitized, Document
from pipeline.options import Listed
from pipeline.store.atomic import write_json


@pytest.fixture
def outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("a", "b"):
        records = [record for record in COLLECTION if record.id.startswith(name)]
        document = Document(name=name, file=f"{name}.pdf", sha256="0" * 64, kind="text")
        for file, content in files_of(Digitized(document, records)):
            write_json(tmp_path / "outputs" / name / file, content)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path / "outputs"


def listed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert exit_code([*arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_all_kinds_can_be_listed(outputs: Path) -> None:
    assert list(LISTERS) == [listed.value for listed in Listed]


@pytest.mark.parametrize("show", Listed)
def test_a_listing_is_the_same_in_every_format(outputs: Path, capsys: pytest.CaptureFixture[str], show: Listed) -> None:
    values = listed(capsys, "list", "outputs", "--show", show.value)
    assert values
    assert exit_code(["list", "--show", show.value, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [list(row) for row in rows] == [list(value) for value in values]
    assert [row["sop_id" if "sop_id" in row else next(iter(row))] for row in rows] == [
        str(value["sop_id" if "sop_id" in value else next(iter(value))]) for value in values
    ]
    assert exit_code(["list", "--show", show.value, "--lang", "id"]) == 0
    assert len([line for line in capsys.readouterr().out.splitlines() if line.startswith("│")]) >= len(values)


def test_filters_narrow_the_list(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = listed(
        capsys, "list", "--longer-than", "3 hari", "--agency", "dinas a", "--performer", "staf", "--law", "uu 25"
    )
    assert [row["sop_id"] for row in found] == ["a/01"]
    assert exit_code(["list", "--agency", "dinas z"]) == 0
    assert "Nothing was found." in capsys.readouterr().out


def test_what_is_no_length_of_time_is_told(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["list", "--longer-than", "lama"]) == 2
    assert "lama is no length of time" in capsys.readouterr().err


def test_hits_have_their_page_and_place(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (first, second) = listed(capsys, "search", "menerima", "surat")
    assert (first["sop_id"], first["page"], first["where"]) == ("a/01", 4, "kegiatan 1: uraian")
    assert second["sop_id"] == "b/01"
    (law,) = listed(capsys, "search", "perbup")
    assert law["where"] == "header: dasar_hukum"
    assert exit_code(["search", "surat", "--most", "1"]) == 0
    assert "Penanganan Surat" in capsys.readouterr().out

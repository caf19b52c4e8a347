from __future__ import annotations

from pathlib import Path

import pytest
from fakes import digitized

from pipeline.errors import PipelineError
from pipeline.store.outputs import write_document
from pipeline.store.record_files import found_record_files, read_records


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    for document in (digitized("b", ("Satu", "Dua")), digitized("a/c")):
        write_document(tmp_path, document)
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / "01-x.sop.json").write_text("{}")
    return tmp_path


def test_a_folder_gives_all_records_that_it_holds_but_hidden_ones(outputs: Path) -> None:
    assert [record.id for record in read_records([outputs])] == ["a/c/01", "b/01", "b/02"]


def test_files_and_folders_may_name_a_record_twice(outputs: Path) -> None:
    path = outputs / "b" / "02-dua.sop.json"
    assert found_record_files([path, outputs / "b"]) == [path, outputs / "b" / "01-satu.sop.json"]


def test_records_of_one_id_are_told(outputs: Path, tmp_path: Path) -> None:
    write_document(tmp_path / "other", digitized("b"))
    with pytest.raises(PipelineError, match="two records are called b/01"):
        read_records([outputs / "b", tmp_path / "other"])


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("gone", None, "there is no"),
        ("01-x.sop.json", "{}", "is no record"),
        ("01-x.sop.json", "\xff", "is no record"),
        (".", None, "no record is in"),
    ],
)
def test_what_is_no_record_is_told(tmp_path: Path, name: str, content: str | None, told: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, "latin-1")
    with pytest.raises(PipelineError, match=told):
        read_records([tmp_path / name])


def test_an_id_that_leads_elsewhere_is_told(outputs: Path) -> None:
    path = outputs / "b" / "02-dua.sop.json"
    path.write_text(path.read_text("utf-8").replace('"b/02"', '"../b/02"'), "utf-8")
    with pytest.raises(PipelineError, match="is no record"):
        read_records([path])

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes import digitized

from pipeline.errors import PipelineError
from pipeline.export.json import index_of
from pipeline.store.index_file import write_index
from pipeline.store.outputs import output_folder, write_document


def test_a_document_gets_its_folder(tmp_path: Path) -> None:
    folder = write_document(tmp_path, digitized("sub/a", ("Satu", "Dua")))
    assert folder == tmp_path / "sub" / "a"
    assert sorted(path.name for path in folder.iterdir()) == ["01-satu.sop.json", "02-dua.sop.json", "document.json"]


def test_written_twice_it_is_the_same_to_the_byte(tmp_path: Path) -> None:
    def files() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in write_document(tmp_path, digitized()).iterdir()}

    assert files() == files()


def test_records_that_are_no_more_are_taken_away_and_nothing_else_is(tmp_path: Path) -> None:
    folder = write_document(tmp_path, digitized("a", ("Satu", "Dua")))
    (folder / "catatan.txt").write_text("milik pengguna")
    (folder / "b").mkdir()
    write_document(tmp_path, digitized("a", ("Satu baru",)))
    assert sorted(path.name for path in folder.iterdir()) == [
        "01-satu-baru.sop.json",
        "b",
        "catatan.txt",
        "document.json",
    ]


def test_the_index_is_at_the_top(tmp_path: Path) -> None:
    path = write_index(tmp_path, index_of([digitized()]))
    assert path == tmp_path / "index.json"
    assert json.loads(path.read_text())["totals"]["sops"] == 1


def test_an_output_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PipelineError, match="cannot make the folder") as told:
        output_folder(tmp_path / "file" / "out")
    assert told.value.advice

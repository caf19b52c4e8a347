from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch.correction_files import load_correction_files, load_corrections
from pipeline.corrections import CorrectionsError, parse_corrections, parse_overlay
from pipeline.errors import PipelineError

PROJECT = Path(__file__).parent.parent.parent
ONE = 'document: {file: a.pdf}\ncorrections:\n  - {sop: "01", at: header/nama_sop, set: Uji}\n'


def written(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(content)
    return folder


def test_a_file_is_about_the_document_it_is_called_like(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    written(tmp_path / "sub", b=ONE)
    found = load_correction_files(written(tmp_path, a=ONE, lexicon="units: {mnt: menit}\n"))
    assert list(found.files) == ["a", "sub/b"]
    assert found.taught is not None
    assert found.taught["units"] == {"mnt": "menit"}
    assert found.unmatched(["a"]) == (str(tmp_path / "sub" / "b.yaml"),)


def test_a_folder_without_corrections() -> None:
    assert load_correction_files(None).files == {}
    assert load_correction_files(PROJECT / "corrections").files == {}, "the examples are no corrections"


def test_a_folder_that_cannot_be_read_is_none_without_corrections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sub").mkdir()
    written(tmp_path / "sub", b=ONE)
    looked_at = os.scandir

    def refused(path: str) -> Any:
        if Path(path).name == "sub":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return looked_at(path)

    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(PipelineError, match="sub cannot be read: Permission denied"):
        load_correction_files(tmp_path)


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    wrong = ONE.replace("set:", "sett:")
    with pytest.raises(CorrectionsError) as told:
        load_correction_files(written(tmp_path, a=wrong, b=ONE, c=wrong))
    assert sorted({Path(problem.file).name for problem in told.value.problems}) == ["a.yaml", "c.yaml"]


def test_the_examples_are_such_as_can_be_taken() -> None:
    example = PROJECT / "corrections" / "sop-bintan.yaml.example"
    assert len(parse_corrections(example.read_text("utf-8"), example.name).entries) == 5
    taught = PROJECT / "corrections" / "lexicon.yaml.example"
    assert parse_overlay(taught.read_text("utf-8"), taught.name).units == {"mnt": "menit"}


def test_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="cannot be read"):
        load_corrections(tmp_path / "no.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"document: {file: \xe9.pdf}")
    with pytest.raises(PipelineError, match="UTF-8"):
        load_corrections(tmp_path / "latin.yaml")

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes import digitized, record

from pipeline.cli import exit_code
from pipeline.store.atomic import write_json
from pipeline.store.outputs import write_document


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of a newer version of the first SOP in outputs/."""
    write_document(tmp_path / "outputs", digitized("a", ("Satu", "Dua")))
    write_document(tmp_path / "outputs", digitized("b"))
    path = tmp_path / "new.json"
    write_json(path, record("a", 1, "Satu Lagi").as_json())
    monkeypatch.chdir(tmp_path)
    return path


def test_changes_are_told_in_words_and_json(newer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["diff", "a/01", str(newer)]) == 0
    told = ["- Name of the SOP: “Satu” is now “Satu Lagi”", "1 change"]
    assert capsys.readouterr().out.splitlines() == told
    assert exit_code(["diff", "outputs/b", "b/01", "--out", "outputs"]) == 0
    assert capsys.readouterr().out == "Nothing changed.\n"
    assert exit_code(["diff", "a/01", "new.json", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["old"], found["new"], found["changes"][0]["after"]) == ("a/01", "a/01", "Satu Lagi")


@pytest.mark.parametrize(
    ("old", "told"),
    [
        ("a/03", "there is no SOP a/03 in outputs"),
        ("outputs/a", "outputs/a holds several SOPs"),
        ("gone.sop.json", "cannot read gone.sop.json"),
    ],
)
def test_what_is_no_record_is_told(newer: Path, capsys: pytest.CaptureFixture[str], old: str, told: str) -> None:
    assert exit_code(["diff", old, str(newer)]) == 2
    assert told in capsys.readouterr().err

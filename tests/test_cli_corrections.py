"""`sop check`, `sop correct` and `sop rebase` after a run with the fake `digitize`."""

from __future__ import annotations

import importlib
from pathlib import Path

import fakes
import pytest

from pipeline import cli, doctor
from pipeline.cli import exit_code

DIGITIZE = importlib.import_module("pipeline.stages")
ENTRIES = (
    "document: {file: a.txt}\ncorrections:\n"
    '  - {sop: "01", at: header/nama_sop, expect: Satu, set: Uji Nyata}  # seen\n'
    '  - {sop: "01", at: "kegiatan[no=1]/uraian", expect: Lain, set: Menerima surat tugas}\n'
)


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where a run over inputs/a.txt, a SOP named Satu, has been."""
    monkeypatch.setattr(DIGITIZE, "digitize", fakes.fake_digitize)
    monkeypatch.setattr(cli, "local_workers", fakes.workers_here)
    monkeypatch.setattr(doctor, "ocr_environment", lambda: "none")
    monkeypatch.chdir(tmp_path)
    Path("inputs").mkdir()
    Path("inputs/a.txt").write_text("Satu")
    assert exit_code(["run", "inputs", "--jobs", "1"]) == 0
    return tmp_path


def corrections(text: str = ENTRIES, name: str = "a") -> Path:
    path = Path("corrections") / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def test_check_lists_every_entry_with_its_line(read: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corrections()
    capsys.readouterr()
    assert exit_code(["check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "corrections/a.yaml:3: applied: 01 header/nama_sop"
    assert lines[1] == "corrections/a.yaml:4: stale: 01 kegiatan[no=1]/uraian: it reads 'Menerima surat'"
    assert "a/01/kegiatan/0/pelaksana: warning: step-without-performer (read wrongly?)" in "\n".join(lines)
    assert lines[-1].startswith("1 applied, 1 stale; ")


def test_check_passes_what_is_in_order_unless_strict(read: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corrections(ENTRIES.replace("Lain", "Menerima surat"))
    assert exit_code(["check", "inputs"]) == 0
    assert exit_code(["check", "inputs", "--strict"]) == 1
    assert "info" in capsys.readouterr().out


def test_check_reads_nothing_again(read: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unread(*_: object, **__: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(DIGITIZE, "digitize", unread)
    assert exit_code(["check"]) == 0


def test_check_refuses_a_bad_file_with_its_place(read: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corrections(ENTRIES.replace("sett", "x").replace("at: header/nama_sop", "at: header/nama"))
    assert exit_code(["check"]) == 2
    assert "corrections/a.yaml:3:21: at: no field nama in header" in capsys.readouterr().err


def test_a_file_about_no_document_fails(read: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corrections("document: {file: b.txt}\n", "b")
    assert exit_code(["check"]) == 1
    assert "corrections/b.yaml: about no document of this run" in capsys.readouterr().out


def test_correct_then_run_then_confirm(read: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["correct", "a/01", "header/nama_sop", "Uji Nyata", "--why", "kabur"]) == 0
    text = Path("corrections/a.yaml").read_text()
    assert '  - sop: "01"\n    at: header/nama_sop\n    expect: Satu\n    set: Uji Nyata\n    why: kabur\n' in text
    assert exit_code(["run", "inputs", "--jobs", "1"]) == 0
    assert Path("outputs/a/01-uji-nyata.sop.json").is_file()
    by_path = ["correct", "outputs/a/01-uji-nyata.sop.json", "kegiatan[no=1]/pelaksana", "[]", "--confirm"]
    assert exit_code(by_path) == 0
    capsys.readouterr()
    assert exit_code(["check"]) == 0
    assert "step-without-performer" not in capsys.readouterr().out
    assert exit_code(["correct", "a/01", "header/nama_sop", "Uji Nyata"]) == 2
    assert "already-true" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["a/09", "judul", "X"],
        ["a/01", "judul"],
        ["a/01", "judul", "X", "--remove"],
        ["a/01", "judul", "X", "--insert", "--confirm"],
        ["a/01", "judol", "X"],
    ],
)
def test_wrong_usage_writes_nothing(read: Path, arguments: list[str]) -> None:
    assert exit_code(["correct", *arguments]) == 2
    assert not Path("corrections").exists()


def test_rebase_tells_and_rewrites_only_when_told_to(read: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = corrections()
    assert exit_code(["rebase", str(path)]) == 1
    assert "--line 4 rewrites it" in capsys.readouterr().out
    assert path.read_text() == ENTRIES
    assert exit_code(["rebase", str(path), "--line", "4"]) == 0
    assert path.read_text() == ENTRIES.replace("Lain", "Menerima surat")
    assert exit_code(["rebase", str(path)]) == 0
    assert exit_code(["rebase", str(path), "--line", "4"]) == 2


def test_a_record_of_another_hand_leads_out_of_no_folder(read: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (path,) = Path("outputs/a").glob("*.sop.json")
    bad = read / "elsewhere" / path.name
    bad.parent.mkdir()
    bad.write_text(path.read_text().replace('"id": "a/01"', '"id": "../../a/01"'))
    assert exit_code(["correct", str(bad), "header/nama_sop", "x"]) == 2
    assert "is no id of a record" in capsys.readouterr().err
    assert not (read.parent / "a.yaml").exists()

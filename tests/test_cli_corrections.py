"""`sop check`, `sop correct` and `sop rebase` after a run with the fake `digitize`."""

from __future__ import annotations

import importlib
import json
import shlex
import shutil
from pathlib import Path

import fakes
import pytest

from pipeline import console_corrections, doctor
from pipeline.cli import exit_code
from pipeline.commands import digitizing

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
    monkeypatch.setattr(digitizing, "local_workers", fakes.workers_here)
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
    assert lines[1] == 'corrections/a.yaml:4: stale: 01 kegiatan[no=1]/uraian: it reads "Menerima surat"'
    assert lines[2] == "    sop rebase corrections/a.yaml --line 4"
    place = lines.index("a/01, page 1, kegiatan[no=1]/pelaksana")
    assert lines[place + 1 : place + 3] == [
        "    warning: Step 1 has no pelaksana (read wrongly? step-without-performer)",
        "    sop correct a/01 'kegiatan[no=1]/pelaksana' --confirm",
    ]
    assert lines[-1].startswith("1 applied, 1 stale; ")


def test_check_passes_what_is_in_order_unless_strict(read: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corrections(ENTRIES.replace("Lain", "Menerima surat"))
    assert exit_code(["check", "inputs"]) == 0
    assert exit_code(["check", "inputs", "--strict"]) == 1
    assert "info" in capsys.readouterr().out


def test_each_line_of_check_can_be_pasted(read: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    elsewhere = ["--out", "outputs", "--corrections", "corrections"]
    for line in listed(capsys, "--severity", "info"):
        assert exit_code(shlex.split(line)[1:]) == 0, line
    assert exit_code(["check", "--strict", *elsewhere]) == 0
    assert listed(capsys, "--severity", "info") == []


def listed(capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    """The `sop correct` lines that `sop check` prints."""
    exit_code(["check", *options])
    lines = (line.strip() for line in capsys.readouterr().out.splitlines())
    return [line for line in lines if line.startswith("sop correct")]


def test_check_names_folders_that_are_not_the_usual_ones(read: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corrections()
    assert exit_code(["run", "inputs", "--out", "an out", "--jobs", "1"]) == 0
    capsys.readouterr()
    (line, *_) = listed(capsys, "--out", "an out", "--corrections", "corrections")
    assert line.startswith("sop correct --out 'an out' --corrections corrections a/01 ")


def test_check_lists_what_is_asked_for(read: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("inputs/b.txt").write_text("Satu Dua")
    every = listed(capsys, "--severity", "info")
    assert {shlex.split(line)[2] for line in every} == {"a/01", "b/01", "b/02"}
    assert len(listed(capsys)) < len(every)
    assert {shlex.split(line)[2] for line in listed(capsys, "--document", "b")} == {"b/01", "b/02"}
    assert {shlex.split(line)[2] for line in listed(capsys, "--document", "b/02")} == {"b/02"}
    assert {shlex.split(line)[2] for line in listed(capsys, "--page", "2-3")} == {"b/02"}
    assert {shlex.split(line)[3] for line in listed(capsys, "--code", "step-without-performer")} == {
        "kegiatan[no=1]/pelaksana"
    }
    assert exit_code(["check", "--page", "x"]) == 2
    assert exit_code(["check", "--severity", "grave"]) == 2
    assert "--severity: one of error, warning, info" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "near"),
    [
        (["--code", "step-without-performers"], "step-without-performer"),
        (["--document", "aa"], "a"),
        (["--document", "a/11"], "a/01"),
    ],
)
def test_what_names_nothing_is_told_with_what_is_like_it(
    read: Path, capsys: pytest.CaptureFixture[str], options: list[str], near: str
) -> None:
    assert exit_code(["check", *options]) == 2
    assert f"did you mean {near}" in capsys.readouterr().err


def test_a_long_list_is_cut_unless_all_of_it_is_asked_for(
    read: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    every = listed(capsys, "--severity", "info")
    monkeypatch.setattr(console_corrections, "MOST", 2)
    capsys.readouterr()
    exit_code(["check", "--severity", "info"])
    shown = capsys.readouterr().out
    assert f"and {len(every) - 2} more: choose with --document" in shown
    assert shown.count("--confirm\n") == 2
    assert len(listed(capsys, "--severity", "info", "--all")) == len(every)


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
    by_path = ["correct", "outputs/a/01-uji-nyata.sop.json", "kegiatan[no=1]/pelaksana", "--confirm"]
    assert exit_code(by_path) == 0
    capsys.readouterr()
    assert exit_code(["check"]) == 0
    assert "step-without-performer" not in capsys.readouterr().out
    assert exit_code(["correct", "a/01", "header/nama_sop", "Uji Nyata"]) == 2
    assert "already-true" in capsys.readouterr().err


def test_correct_tells_old_and_new(read: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert exit_code(["correct", "a/01", "header/nama_sop", "Surat Edaran #2"]) == 0
    assert capsys.readouterr().out == (
        'corrections/a.yaml:6: applied: 01 header/nama_sop: "Satu" -> "Surat Edaran #2"\n'
    )
    assert exit_code(["correct", "a/01", "kegiatan[no=1]/uraian", "--confirm", "--lang", "id"]) == 0
    assert "ditegaskan: 01 kegiatan[no=1]/uraian" in capsys.readouterr().out


@pytest.mark.parametrize("cached", [True, False])
def test_correct_sees_the_entries_that_no_run_has_applied_yet(read: Path, cached: bool) -> None:
    if not cached:
        shutil.rmtree("outputs/.cache")
    insert = ["--insert", "--yaml", "--after", "0"]
    assert exit_code(["correct", "a/01", "kegiatan", "{uraian: Mencatat}", *insert]) == 0
    assert exit_code(["correct", "a/01", "kegiatan[no=2]/uraian", "Menerima surat masuk"]) == 0
    assert exit_code(["run", "inputs", "--jobs", "1"]) == 0
    (written,) = Path("outputs/a").glob("01-*")
    record = json.loads(written.read_text())
    assert [step["uraian"] for step in record["kegiatan"]] == ["Mencatat", "Menerima surat masuk"]
    assert {note["status"] for note in record["corrections"]} == {"applied"}
    assert exit_code(["correct", "a/01", "kegiatan[no=1]/uraian", "Mencatat surat"]) == 0
    assert exit_code(["check"]) == 0


def test_a_second_entry_for_a_field_is_refused_unless_it_replaces(
    read: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(["correct", "a/01", "header/nama_sop", "Dua"]) == 0
    assert exit_code(["correct", "a/01", "header/nama_sop", "Tiga"]) == 2
    assert "--replace" in capsys.readouterr().err
    assert exit_code(["correct", "a/01", "header/nama_sop", "Tiga", "--replace"]) == 0
    assert '"Satu" -> "Tiga"' in capsys.readouterr().out
    assert Path("corrections/a.yaml").read_text().count("- sop") == 1


def test_a_record_that_is_not_there_is_told_with_those_like_it(read: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["correct", "a/09", "judul", "X"]) == 2
    assert "did you mean a/01?" in capsys.readouterr().err
    assert exit_code(["correct", "aa/01", "judul", "X"]) == 2
    assert "did you mean a?" in capsys.readouterr().err
    Path("no.sop.json").write_text("{}")
    assert exit_code(["correct", "no.sop.json", "judul", "X"]) == 2
    assert "no.sop.json is no record" in capsys.readouterr().err


def test_what_check_has_read_can_be_corrected_before_any_run(read: Path) -> None:
    Path("inputs/c.txt").write_text("Tiga")
    assert exit_code(["check", "inputs"]) == 0
    assert exit_code(["correct", "c/01", "header/nama_sop", "Empat"]) == 0


def test_a_missed_sop_is_inserted_where_none_was_found(read: Path) -> None:
    Path("inputs/c.txt").write_text("")
    assert exit_code(["run", "inputs", "--jobs", "1"]) == 1
    value = "{source: {pages: [1, 1]}, header: {nama_sop: Tiga}}"
    assert exit_code(["correct", "c/01", "sop", value, "--insert", "--yaml"]) == 0
    assert exit_code(["run", "inputs", "--jobs", "1"]) == 0
    assert Path("outputs/c/01-tiga.sop.json").is_file()


def test_a_slip_is_told_at_once(read: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["correct", "a/01", "kegiatan[no=9]", "--remove"]) == 2
    assert "there is none; did you mean kegiatan[no=1]?" in capsys.readouterr().err
    assert exit_code(["correct", "a/01", "header/tanggal_efektif", "besok"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("sop: header/tanggal_efektif: 'besok' is no date")
    assert told.endswith("Nothing was written.\n")
    assert not Path("corrections").exists()


def test_a_failed_entry_is_listed_once_and_by_a_plain_path(read: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corrections()
    assert exit_code(["run", "inputs", "--jobs", "1"]) == 0
    capsys.readouterr()
    exit_code(["check", "--severity", "info"])
    shown = capsys.readouterr().out
    assert shown.count('Menerima surat"') == 1
    assert "correction-stale" not in shown
    assert ".." not in shown


def test_a_file_called_yml_is_added_to(read: Path) -> None:
    corrections().rename("corrections/a.yml")
    assert exit_code(["correct", "a/01", "header/tanggal_revisi", "2018"]) == 0
    assert "2018" in Path("corrections/a.yml").read_text()
    assert not Path("corrections/a.yaml").exists()


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

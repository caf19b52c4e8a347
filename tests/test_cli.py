from __future__ import annotations

import errno
import importlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from time import sleep
from typing import Any

import fakes
import pytest

from pipeline import doctor
from pipeline.batch import run_outputs
from pipeline.cli import exit_code
from pipeline.commands import digitizing, looking
from pipeline.model.document import Digitized
from pipeline.model.page import Page
from pipeline.model.view import PageView
from pipeline.ocr.protocol import OcrMissingError
from pipeline.settings import LimitSettings, Settings
from pipeline.settings.output_folders import FolderLockSettings, IndexSettings
from pipeline.store import folder_lock, index_file
from pipeline.store.folder_lock import hold

LONG = "x" * 300  # longer than the name of any file may be: the system refuses to look at it
Written = Callable[..., Path]
DIGITIZE = importlib.import_module("pipeline.stages")  # the package has a function of that name too


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Written:
    """Makes a folder of inputs, each with its content, that the fake `digitize` reads."""
    monkeypatch.setattr(DIGITIZE, "digitize", fakes.fake_digitize)
    for module in (digitizing, looking):
        monkeypatch.setattr(module, "local_workers", fakes.workers_here)
    monkeypatch.setattr(doctor, "ocr_environment", lambda: "none")
    monkeypatch.chdir(tmp_path)

    def write(**contents: str) -> Path:
        for name, content in contents.items():
            path = tmp_path / "in" / f"{name}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(content)
        return tmp_path / "in"

    return write


def run(*arguments: object) -> int:
    return exit_code(["run", *(str(argument) for argument in arguments), "--jobs", "1"])


def all_files(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".cache" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_run_writes_what_the_contract_names(written: Written, tmp_path: Path) -> None:
    assert run(written(a="Satu Dua", b="Tiga"), "--out", "out") == 0
    assert list(all_files(tmp_path / "out")) == [
        "a/01-satu.sop.json",
        "a/02-dua.sop.json",
        "a/document.json",
        "b/01-tiga.sop.json",
        "b/document.json",
        "index.json",
        "report.html",
    ]


def test_run_shows_a_row_per_document_and_where_to_look(written: Written, capsys: pytest.CaptureFixture[str]) -> None:
    run(written(a="Satu Dua", b="fault"), "--out", "out")
    shown = capsys.readouterr()
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in shown.out.splitlines() if "│" in line]
    assert [row[:5] for row in rows] == [["a.txt", "ok", "2", "2", "2"], ["b.txt", "encrypted", "0", "0", "0"]]
    assert "b.txt: a password is needed" in shown.out
    assert "out/index.json" in shown.out
    assert shown.err == ""  # no progress bar where nobody watches


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_log_names_documents_and_stages_and_with_vv_pages_and_modules(
    written: Written, capsys: pytest.CaptureFixture[str], jobs: str
) -> None:
    inputs = written(a="Satu Dua", b="fault")
    assert run(inputs, "--out", "one", "--jobs", jobs, "-v") == 1
    lines = timeless(capsys.readouterr().err)
    assert {
        "a: fake: N ms",
        "a: all pages: fake N ms",
        "a: ok: SOPs 2, pages 2 in N ms",
        "checks: N ms",
    } <= lines
    assert "b: encrypted: a password is needed in N ms" in lines
    assert not any("page 1" in line for line in lines)
    assert run(inputs, "--out", "two", "--jobs", jobs, "-vv") == 1
    lines = timeless(capsys.readouterr().err)
    assert {"a: pipeline.fake: page 1: fake: N ms", "a: pipeline.fake: fake: N ms"} <= lines


def test_the_log_is_quiet_again_afterwards(written: Written, capsys: pytest.CaptureFixture[str]) -> None:
    inputs = written(a="Satu")
    run(inputs, "--out", "out", "-v")
    assert "a: ok: SOPs 1, pages 1 in N ms" in timeless(capsys.readouterr().err)
    run(inputs, "--out", "out", "-v")
    assert "a: as the last run left it" in timeless(capsys.readouterr().err)
    run(inputs, "--out", "out")
    assert capsys.readouterr().err == ""


def timeless(log: str) -> set[str]:
    """The lines of a log, its times as N."""
    return {re.sub(r"\d+ ms", "N ms", line) for line in log.splitlines()}


@pytest.mark.parametrize("content", ["crash", "fault", "no-ocr", ""])
def test_a_bad_document_is_in_the_index_and_the_others_go_on(written: Written, tmp_path: Path, content: str) -> None:
    assert run(written(a=content, b="Satu"), "--out", "out") == 1
    entries = json.loads((tmp_path / "out" / "index.json").read_text())["documents"]
    assert [entry["name"] for entry in entries] == ["a", "b"]
    assert entries[0]["status"] != "ok"
    assert entries[0]["message"]
    assert (entries[1]["status"], entries[1]["sops"]) == ("ok", 1)


def test_run_twice_gives_the_same_bytes_with_and_without_what_was_kept(written: Written, tmp_path: Path) -> None:
    inputs = written(a="Satu Dua", b="fault", c="")
    run(inputs, "--out", "one")
    first = all_files(tmp_path / "one")
    run(inputs, "--out", "one")
    assert all_files(tmp_path / "one") == first
    run(inputs, "--out", "two", "--jobs", "2")
    assert all_files(tmp_path / "two") == first


def test_the_language_changes_nothing_that_is_written(written: Written, tmp_path: Path) -> None:
    inputs = written(a="Satu Dua", b="fault", c="")
    for out, language in (("one", "en"), ("two", "id")):
        run(inputs, "--out", out, "--lang", language)
    assert all_files(tmp_path / "one") == all_files(tmp_path / "two")
    assert b"pelaksana" in all_files(tmp_path / "one")["a/01-satu.sop.json"]


def test_what_was_read_once_is_not_read_again(
    written: Written, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    inputs = written(a="Satu")
    run(inputs, "--out", "out")
    monkeypatch.setattr(DIGITIZE, "digitize", None)
    assert run(inputs, "--out", "out") == 0


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["run"],
        ["run", "nope"],
        ["run", "in", "--jobs", "0"],
        ["run", "in", "--bogus"],
        ["run", "in", "--corrections", "nope"],
        ["run", "in", "--force-ocr", "--no-ocr"],
        ["run", "in", "--ocr-lang", " + "],
        ["run", "in", "--dpi", "1"],
        ["run", "in", "--out", "in/a.txt"],
        ["run", LONG],
        ["run", "in", "--out", LONG],
        ["run", "in", "--corrections", LONG],
        ["list", LONG],
        ["diff", LONG, "in"],
        ["draw"],
        ["draw", "nope"],
        ["bogus"],
    ],
)
def test_wrong_usage_is_told_in_one_line(
    written: Written, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    written(a="Satu")
    assert exit_code(arguments) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == (1 if arguments else 0)
    assert all(line.startswith("sop: ") for line in told)


def test_an_error_nobody_foresaw_is_no_traceback(
    written: Written, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise ValueError("nobody foresaw this")

    monkeypatch.setattr(run_outputs, "write_document", full)
    assert run(written(a="Satu"), "--out", "out") == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "nobody foresaw this" in line


@pytest.mark.parametrize("taken", ["index.json", "a/document.json", "a/01-satu.sop.json"])
def test_a_folder_where_a_file_should_be_is_told(
    written: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str], taken: str
) -> None:
    (tmp_path / "out" / taken / "x").mkdir(parents=True)
    assert run(written(a="Satu"), "--out", "out") == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert f"out/{taken} cannot be written" in line
    assert "--out" in line
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("taken", ["a", ".cache"])
def test_a_file_where_a_folder_should_be_is_told(
    written: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str], taken: str
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / taken).write_text("")
    assert run(written(a="Satu"), "--out", "out") == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert f"out/{taken}" in line


@pytest.mark.parametrize("after", range(5))
def test_a_full_disk_is_told_and_leaves_nothing_half_written(
    written: Written, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], after: int
) -> None:
    inputs, replaced, written_files = written(a="Satu Dua"), Path.replace, []

    def full(path: Path, target: Path) -> Path:
        written_files.append(target)
        if len(written_files) > after:
            raise OSError(errno.ENOSPC, "No space left on device")
        return replaced(path, target)

    monkeypatch.setattr(Path, "replace", full)
    assert run(inputs, "--out", "out") == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "No space left on device. Make room" in line
    assert not list(tmp_path.rglob("*.part"))
    for path in (tmp_path / "out").rglob("*.json"):
        json.loads(path.read_text())


def test_a_failed_reread_keeps_the_records_and_says_that_they_are_old(written: Written, tmp_path: Path) -> None:
    run(written(a="Satu Dua"), "--out", "out")
    before = all_files(tmp_path / "out" / "a")
    for _ in range(2):
        assert run(written(a="fault"), "--out", "out") == 1
        after = all_files(tmp_path / "out" / "a")
        assert {name: after[name] for name in before if name != "document.json"} == {
            name: content for name, content in before.items() if name != "document.json"
        }
        old, new = (json.loads(files["document.json"]) for files in (before, after))
        assert (new["status"], new["kept_from"], new["sops"]) == ("encrypted", old["sha256"], old["sops"])
        assert "the 2 records in its folder are of an earlier reading" in new["message"]
        (entry,) = json.loads((tmp_path / "out" / "index.json").read_text())["documents"]
        assert (entry["sops"], entry["kept_from"]) == (2, old["sha256"])
    assert run(written(a="Tiga"), "--out", "out") == 0
    assert list(all_files(tmp_path / "out" / "a")) == ["01-tiga.sop.json", "document.json"]
    assert json.loads((tmp_path / "out" / "a" / "document.json").read_text())["kept_from"] is None


def test_the_index_keeps_what_earlier_runs_did_until_it_is_pruned(
    written: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs = written(a="Satu", b="Dua")
    run(inputs, "--out", "out")
    (inputs / "a.txt").unlink()
    (tmp_path / "out" / "a" / "catatan.txt").write_text("milik pengguna")
    for _ in range(2):
        capsys.readouterr()
        assert run(inputs, "--out", "out") == 0
        assert "1 document of earlier runs, not among these inputs: a.txt" in capsys.readouterr().out
        entries = json.loads((tmp_path / "out" / "index.json").read_text())["documents"]
        assert [(entry["name"], entry["earlier"]) for entry in entries] == [("a", True), ("b", False)]
    assert run(inputs, "--out", "out", "--prune") == 0
    assert "taken out: a.txt" in capsys.readouterr().out
    left = ["a/catatan.txt", "b/01-dua.sop.json", "b/document.json", "index.json", "report.html"]
    assert list(all_files(tmp_path / "out")) == left


def test_prune_leaves_what_may_be_in_a_folder_that_cannot_be_read(
    written: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs, looked_at = written(a="Satu", b="Dua"), os.scandir
    (inputs / "sub").mkdir()
    (inputs / "b.txt").rename(inputs / "sub" / "b.txt")
    run(inputs, "--out", "out")
    before = all_files(tmp_path / "out" / "sub" / "b")
    (inputs / "a.txt").rename(inputs / "c.txt")

    def refused(path: Any = ".") -> Any:
        if Path(path) == inputs / "sub":
            raise OSError(errno.EIO, "Input/output error", str(path))
        return looked_at(path)

    monkeypatch.setattr(os, "scandir", refused)
    assert run(inputs, "--out", "out", "--prune") == 1
    assert before
    assert all_files(tmp_path / "out" / "sub" / "b") == before
    assert not (tmp_path / "out" / "a").exists()
    told = capsys.readouterr().out
    assert "1 document of earlier runs, left, for a folder that cannot be read may hold them: sub/b.txt" in told


def test_folders_are_sharded_on_wish_and_stay_so(
    written: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs, out = written(a="Satu Dua", b="Tiga"), tmp_path / "out"
    assert run(inputs, "--out", "out", "--shard") == 0
    index = json.loads((out / "index.json").read_text())
    assert (index["layout"], [entry["folder"] for entry in index["documents"]]) == ("sharded", ["ca/a", "3e/b"])
    before = all_files(out)
    assert {"ca/a/01-satu.sop.json", "ca/a/02-dua.sop.json", "ca/a/document.json", "3e/b/document.json"} < set(before)
    assert "a/document.json" not in before
    (inputs / "b.txt").write_text("fault")
    assert run(inputs, "--out", "out") == 1  # told by index.json, not by the option; the records of before are kept
    assert all_files(out).keys() == before.keys()
    assert exit_code(["list", "out", "--format", "csv"]) == 0
    assert "a/02" in capsys.readouterr().out
    assert exit_code(["correct", "a/01", "header/nama_sop", "Delapan", "--out", "out"]) == 0
    (inputs / "b.txt").unlink()
    assert run(inputs, "--out", "out", "--prune") == 0
    assert {name.split("/")[0] for name in all_files(out)} == {"ca", "index.json", "report.html"}
    assert "ca/a/01-delapan.sop.json" in all_files(out)


def test_folders_that_lie_otherwise_are_not_sharded(
    written: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs = written(a="Satu")
    run(inputs, "--out", "out")
    before = all_files(tmp_path / "out")
    assert run(inputs, "--out", "out", "--shard") == 2
    assert "out holds documents whose folders are not sharded" in capsys.readouterr().err
    assert all_files(tmp_path / "out") == before


def test_a_sharded_run_that_was_killed_is_gone_on_with(written: Written, tmp_path: Path) -> None:
    inputs = written(a="Satu", b="Dua")

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_outputs, "write_document", killed)
        assert run(inputs, "--out", "out", "--shard") == 130
    assert run(inputs, "--out", "out") == 0
    assert "ca/a/01-satu.sop.json" in all_files(tmp_path / "out")


def test_very_many_documents_are_listed_line_by_line(
    written: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs, out = written(a="Satu", b="Dua", c="fault"), tmp_path / "out"
    run(inputs, "--out", "out")
    whole = json.loads((out / "index.json").read_text())
    monkeypatch.setattr(index_file, "IndexSettings", lambda: IndexSettings(listed_documents=2))
    for _ in range(2):
        run(inputs, "--out", "out")
        head = json.loads((out / "index.json").read_text())
        assert head == {**whole, "documents": [], "documents_file": "index.jsonl"}
        lines = (out / "index.jsonl").read_text("utf-8").splitlines()
        assert [json.loads(line) for line in lines] == whole["documents"]
    (inputs / "c.txt").unlink()
    run(inputs, "--out", "out")  # c is of an earlier run now: the lines were read
    assert [json.loads(line)["earlier"] for line in (out / "index.jsonl").open()] == [False, False, True]
    run(inputs, "--out", "out", "--prune")
    assert not (out / "index.jsonl").exists()
    assert len(json.loads((out / "index.json").read_text())["documents"]) == 2


def test_prune_removes_nothing_outside_the_output_folder(written: Written, tmp_path: Path) -> None:
    inputs = written(a="Satu")
    run(inputs, "--out", "out")
    run(inputs, "--out", "other")
    index = json.loads((tmp_path / "out" / "index.json").read_text())
    index["documents"] += [{**index["documents"][0], "name": "../other/a", "folder": "../other/a"}]
    (tmp_path / "out" / "index.json").write_text(json.dumps(index))
    before = all_files(tmp_path / "other")
    run(inputs, "--out", "out", "--prune")
    assert all_files(tmp_path / "other") == before


ENTRY = 'document: {file: a.txt}\ncorrections:\n  - {sop: "01", at: header/nama_sop, expect: Satu, set: Nyata}\n'


@pytest.mark.parametrize("place", ["corrections", "in/corrections", "records/corrections"])
def test_corrections_are_found_from_another_folder(
    written: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    inputs = written(a="Satu")
    (tmp_path / place).mkdir(parents=True)
    (tmp_path / place / "a.yml").write_text(ENTRY)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert run(inputs, "--out", tmp_path / "records" / "out") == 0
    assert (tmp_path / "records/out/a/01-nyata.sop.json").is_file()


def test_the_folder_of_corrections_is_remembered_and_corrected_records_are_not_overwritten(
    written: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs, folder = written(a="Satu"), tmp_path / "far" / "away"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text(ENTRY)
    assert run(inputs, "--out", "out", "--corrections", folder) == 0
    assert run(inputs, "--out", "out") == 0
    before = all_files(tmp_path / "out" / "a")
    assert "01-nyata.sop.json" in before
    folder.rename(tmp_path / "moved")
    capsys.readouterr()
    assert run(inputs, "--out", "out") == 1
    assert "not written anew: its 1 records were corrected" in capsys.readouterr().out
    after = all_files(tmp_path / "out" / "a")
    assert after["01-nyata.sop.json"] == before["01-nyata.sop.json"]
    assert run(inputs, "--out", "out", "--corrections", tmp_path / "moved") == 0
    assert all_files(tmp_path / "out" / "a") == before
    assert run(inputs, "--out", "out", "--no-corrections") == 0
    assert "01-satu.sop.json" in all_files(tmp_path / "out" / "a")


def test_two_correction_files_of_one_document_are_refused(
    written: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "corrections").mkdir()
    for suffix in ("yaml", "yml"):
        (tmp_path / "corrections" / f"a.{suffix}").write_text(ENTRY)
    assert run(written(a="Satu"), "--out", "out") == 2
    assert "about the same document" in capsys.readouterr().err


def test_an_interrupt_is_told(
    written: Written, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(digitizing, "results_of", interrupted)
    assert run(written(a="Satu"), "--out", "out") == 130
    assert "interrupted" in capsys.readouterr().err


def test_draw_writes_a_picture_per_page(written: Written, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def inspect(path: Path, settings: Settings, password: str | None) -> Iterator[PageView]:
        if path.stem == "b":
            raise ValueError("nobody foresaw this")
        for number in (1, 2):
            yield PageView(Page(number, 50.0, 50.0, "blank", (), ()), "blank")

    monkeypatch.setattr(DIGITIZE, "inspect", inspect)
    inputs = written(a="", b="")
    assert exit_code(["draw", str(inputs / "a.txt"), "--out", "out"]) == 0
    assert list(all_files(tmp_path / "out")) == ["a/page-001.png", "a/page-002.png"]
    assert exit_code(["draw", str(inputs), "--out", "out"]) == 1


def test_draw_goes_on_without_a_recogniser_that_one_document_needs(
    written: Written, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def inspect(path: Path, settings: Settings, password: str | None) -> Iterator[PageView]:
        if path.stem == "a":
            raise OcrMissingError("Tesseract is not installed", "tesseract-ocr")
        yield PageView(Page(1, 50.0, 50.0, "blank", (), ()), "blank")

    monkeypatch.setattr(DIGITIZE, "inspect", inspect)
    assert exit_code(["draw", str(written(a="", b="")), "--out", "out"]) == 1
    assert list(all_files(tmp_path / "out")) == ["b/page-001.png"]
    assert "apt-get install tesseract-ocr" in capsys.readouterr().err


def test_doctor_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    found = (doctor.Finding("tesseract", None, "for scans", "apt-get install tesseract-ocr"),)
    monkeypatch.setattr(doctor, "findings", lambda: found)
    assert exit_code(["doctor"]) == 1
    assert "apt-get install tesseract-ocr" in capsys.readouterr().out


def test_python_m_pipeline_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "pipeline", "bogus"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("sop: there is no command bogus")


def test_corrections_are_applied_to_what_was_kept(
    written: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs = written(a="Satu")
    run(inputs, "--out", "out")
    (tmp_path / "corrections").mkdir()
    entry = '{sop: "01", at: header/nama_sop, expect: Satu, set: Nyata}'
    for name in ("a", "b"):
        content = f"document: {{file: {name}.txt}}\ncorrections:\n  - {entry}\n"
        (tmp_path / "corrections" / f"{name}.yaml").write_text(content)
    assert run(inputs, "--out", "out") == 0
    assert list(all_files(tmp_path / "out" / "a")) == ["01-nyata.sop.json", "document.json"]
    shown = capsys.readouterr().out
    assert "Corrections: 1 applied" in shown
    assert "corrections/b.yaml: about no document of this run" in shown


def test_a_wrong_corrections_file_is_told_with_its_lines(
    written: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.yaml").write_text("document: {file: a.txt}\ncorrections:\n  - {sop: 1}\n")
    assert run(written(a="Satu"), "--out", "out", "--corrections", "other") == 2
    assert capsys.readouterr().err.startswith("sop: other/a.yaml:3:")


def test_nothing_that_a_document_says_reaches_the_terminal_as_a_control(
    written: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs = written(a="Satu", **{"b\x1b[31m": "fault"})
    assert run(inputs, "--out", "out\x07", "-vv") == 1
    shown = capsys.readouterr()
    assert not any(c in shown.out + shown.err for c in "\x1b\x07")


def test_a_text_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x" * 2_000_000)
    settings = Settings(limits=LimitSettings(text_megabytes=1.0))
    assert DIGITIZE.digitize(tmp_path / "a.txt", settings).document.status == "too-large"


def test_a_folder_in_use_is_told_or_waited_for(
    written: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = written(a="Satu"), tmp_path / "out"
    out.mkdir()
    with ExitStack() as stack:
        stack.enter_context(hold(out))
        for command in ("run", "check", "draw"):
            assert exit_code([command, str(source), "--out", "out", "--wait", "0"]) == 2
            told = capsys.readouterr().err
            assert f"sop: out is in use by another run: process {os.getpid()} of " in told
            assert "--wait" in told
        waited = list[str]()

        def look(seconds: float) -> None:  # of who waits: the other run is done when this one has said so
            waited.append(capsys.readouterr().err)
            if waited[-1]:
                stack.close()
            sleep(seconds)

        monkeypatch.setattr(folder_lock, "sleep", look)
        monkeypatch.setattr(folder_lock, "FolderLockSettings", lambda: FolderLockSettings(look=0.02, patience=0.05))
        assert run(source, "--out", "out") == 0
    assert "; this one waits until it is done." in "".join(waited)
    assert "a/document.json" in all_files(out)
    assert not list(out.glob(".run*"))


def test_what_a_killed_run_left_behind_is_swept(written: Written, tmp_path: Path) -> None:
    source, out = written(a="Satu"), tmp_path / "out"
    parts = [out / "a" / ".abcd1234.part", out / ".cache" / "ab" / ".abcd1234.part"]
    for path in [*parts, out / ".run.json", out / ".run.lock"]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        os.utime(path, (1, 1))
    assert run(source, "--out", "out") == 0
    assert not [path for path in parts if path.exists()]
    assert not list(out.glob(".run*"))


def test_a_wrong_call_leaves_no_folder(written: Written, tmp_path: Path) -> None:
    assert run("nowhere.pdf", "--out", "out") == 2
    assert not (tmp_path / "out").exists()


def test_what_is_corrected_while_documents_are_read_counts(
    written: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(a="Satu")
    (tmp_path / "corrections").mkdir()

    def digitize(*given: Any, **named: Any) -> Digitized:
        (tmp_path / "corrections" / "a.yaml").write_text(ENTRY)
        return fakes.fake_digitize(*given, **named)

    monkeypatch.setattr(DIGITIZE, "digitize", digitize)
    assert run(source, "--out", "out") == 0
    assert list((tmp_path / "out" / "a").glob("*nyata.sop.json"))

"""`sop run --watch` as it is called: what it says, that it survives its runs, and how it ends."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep

import psutil
import pytest

from pipeline.batch.changes import ChangeKind, DocumentChange
from pipeline.batch.watch import Ending, Look, Watched
from pipeline.cli import exit_code
from pipeline.commands import watching
from pipeline.commands.watching import Runs, ended_by_signals
from pipeline.console_watch import line_of, show_changes, show_waiting
from pipeline.errors import PipelineError
from pipeline.model.document import IndexEntry
from pipeline.settings.watching import WatchSettings
from pipeline.store.folder_lock import hold
from pipeline.translation import speaking

PROJECT = Path(__file__).parents[2]
UNIT = PROJECT / "docs" / "systemd" / "sop-watch.service"
SECONDS = 60.0  # that the slowest machine takes for one run of a few words
IMPATIENT = """
from functools import partial
from pipeline.__main__ import main
from pipeline.commands import watching
watching.WatchSettings = partial(watching.WatchSettings, quiet=0.5)
main()
"""
WORDS = "Nomor SOP : 1\nNama SOP : Surat Masuk\n"


def unit() -> dict[str, str]:
    """The service of the systemd unit in docs/."""
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(UNIT)
    return dict(parser["Service"])


class Watching:
    """A watch as the systemd unit has it, with what it said."""

    def __init__(self, place: Path) -> None:
        self.log = place / "log"
        program, *arguments = shlex.split(unit()["ExecStart"])
        assert program.endswith("/bin/sop")
        command = [sys.executable, "-c", IMPATIENT, *arguments]
        environment = {**os.environ, "PYTHONPATH": str(PROJECT), "LANGUAGE": "en"}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, cwd=place, stdout=log, stderr=log, env=environment)

    @property
    def said(self) -> str:
        return self.log.read_text()

    def until(self, is_so: Callable[[], object]) -> None:
        begun = monotonic()
        while not is_so():
            assert self.process.poll() is None, self.said
            assert monotonic() - begun < SECONDS, self.said
            sleep(0.05)

    def put(self, name: str, content: str = WORDS) -> None:
        """Have a document there in one moment: one that is empty for a while is told as such."""
        made = self.log.with_name("made")
        made.write_text(content)
        made.replace(self.log.with_name("inputs") / name)

    def until_said(self, text: str) -> None:
        self.until(lambda: text in self.said)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watching]:
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs" / "a.txt").write_text(WORDS)
    made = Watching(tmp_path)
    try:
        yield made
    finally:
        made.process.kill()
        made.process.wait()


@pytest.mark.untraced
def test_it_says_what_it_did_survives_a_run_that_is_killed_and_ends_in_order(watch: Watching, tmp_path: Path) -> None:
    watch.until_said("in order; watching inputs")
    assert (tmp_path / "outputs" / "a" / "document.json").exists()
    with hold(tmp_path / "outputs"):  # which the run waits for, until it is killed
        watch.put("b.txt")
        watch.put("c.pdf", "no pdf")
        (tmp_path / "inputs" / "a.txt").unlink()
        parent = psutil.Process(watch.process.pid)
        watch.until(parent.children)
        parent.children()[0].kill()
        watch.until_said("the run came to no end (SIGKILL)")
    watch.put("d.txt")  # it does not wait for its half minute then
    watch.until_said("new: d.txt")
    for line in ("gone: a.txt: its records stay", "new: b.txt", "failed: c.pdf: "):
        assert line in watch.said
    watch.process.send_signal(signal.SIGTERM)
    assert watch.process.wait(SECONDS) == 0
    assert not list((tmp_path / "outputs").glob(".run*"))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    program = tmp_path / "sop"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    text = UNIT.read_text().replace("/opt/sop/.venv/bin/sop", str(program))
    (tmp_path / UNIT.name).write_text(text)
    command = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(tmp_path / UNIT.name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert UNIT.name not in done.stderr, done.stderr


def test_a_unit_that_is_stopped_is_in_order() -> None:
    service = unit()
    assert service["KillMode"] == "mixed"  # the watch ends its run itself
    assert float(service["TimeoutStopSec"]) > WatchSettings().ending


def test_a_wrong_call_is_told_once(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["run", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out"), "--watch"]) == 2
    assert capfd.readouterr().err.count("there is no file or folder") == 1


def test_an_empty_folder_is_waited_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runs = Runs(["/nowhere"], {}, Watched((tmp_path,), tmp_path / "out"), Ending())
    assert runs.run(Look())
    assert f"no documents in {tmp_path}" in capsys.readouterr().out


@pytest.mark.parametrize("error", [PipelineError("the store does not answer"), PermissionError()])
def test_an_output_folder_that_cannot_be_looked_at_ends_no_watch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refused(out: Path) -> None:
        raise error

    monkeypatch.setattr(watching, "outputs_of", refused)
    runs = Runs([sys.executable, "-c", ""], {}, Watched((tmp_path,), tmp_path), Ending(), count=1)
    assert runs.run(Look({"a": (0, 0)}))


def test_a_run_ends_with_the_watch(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    with ended_by_signals() as ending:
        runs = Runs([sys.executable, "-c", "import time; time.sleep(60)"], {}, Watched((tmp_path,), tmp_path), ending)
        os.kill(os.getpid(), signal.SIGINT)
        assert not runs.run(Look({"a": (0, 0)}))
    assert runs.code == 0


def test_a_line_for_each_kind_of_change(capsys: pytest.CaptureFixture[str]) -> None:
    entry = IndexEntry(
        name="a",
        file="a.pdf",
        sha256="",
        kind="text",
        status="damaged",
        message="cut off",
        folder="a",
        pages=1,
        sops=2,
        kegiatan=1200,
        issues=0,
    )
    kinds: tuple[ChangeKind, ...] = ("new", "changed", "rewritten", "gone", "failed")
    told = [str(line_of(DocumentChange(kind, entry))) for kind in kinds]
    assert told == [
        "new: a.pdf: 2 SOPs, 1,200 steps, 0 issues",
        "changed: a.pdf: 2 SOPs, 1,200 steps, 0 issues",
        "written anew: a.pdf: 2 SOPs, 1,200 steps, 0 issues",
        "gone: a.pdf: its records stay; --prune takes them out",
        "failed: a.pdf: cut off",
    ]
    with speaking("id"):
        show_changes([DocumentChange("gone", entry, pruned=True)], [], datetime(2026, 1, 2, 3, 4, 5))
        show_waiting(["b.pdf"])
    assert capsys.readouterr().out.splitlines() == [
        "03:04:05 hilang: a.pdf: rekamannya dikeluarkan",
        "menunggu berkas yang masih ditulis: b.pdf",
    ]

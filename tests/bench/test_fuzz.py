"""The fuzzer's machinery: what it makes is the same every time, what a worker must not do is seen, and a few files."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from bench.fuzz import TIMEOUT, FuzzRun, is_finding, run_fuzz, section
from bench.fuzz_seeds import seeds
from bench.fuzz_worker import MUTATIONS, FuzzOutcome, FuzzTask

SEED = 3


def test_mutated_files_are_the_same_every_time_and_no_two_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[list[bytes]] = [[], []]
    for contents in made:
        good = seeds(tmp_path)
        monkeypatch.setattr("time.time", lambda: 1e9)  # for the second
        choice = random.Random(SEED)
        contents += [change(good[kind][0], choice) for kind, changes in MUTATIONS.items() for change in changes * 4]
    assert made[0] == made[1]
    assert len(set(made[0])) > len(made[0]) * 0.9


FORBIDDEN = {
    "open('{other}/x', 'w')": "written",
    "open('{other}/known')": "read",
    "__import__('os').remove('{other}/known')": "os.remove",
    "__import__('socket').create_connection(('127.0.0.1', 9))": "socket.connect",
    "__import__('subprocess').run(['true'])": "subprocess.Popen",
    "__import__('os').system('true')": "os.system",
    "eval('1 + 1')": "compile",
}


def test_what_a_worker_must_not_do_is_noted(tmp_path: Path) -> None:
    for name in ("work", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "other" / "known").touch()
    (tmp_path / "work" / "in").touch()
    allowed = ["open('{work}/in')", "open('{work}/out', 'w')", "__import__('json').dumps(1)"]
    # A module that is imported meanwhile, and was not compiled before, is written nowhere.
    allowed.append("__import__('sys').dont_write_bytecode or open('{other}/compiled', 'w')")
    acts = [act.format(work=tmp_path / "work", other=tmp_path / "other") for act in (*allowed, *FORBIDDEN)]
    script = f"""
import sys, socket, subprocess, json
from contextlib import suppress
from pathlib import Path
from bench.fuzz_watch import Watch
codes = [compile(act, "/acts.py", "eval") for act in {acts!r}]
watch = Watch(Path({str(tmp_path / "work")!r}), Path({str(tmp_path / "work")!r}))
for code in codes:
    watch.begin()
    with suppress(OSError):
        eval(code)
    print(json.dumps(watch.end()))
"""
    environment = {
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "TMPDIR": str(tmp_path / "work"),
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    noted = done.stdout.splitlines()
    assert noted[: len(allowed)] == ["[]"] * len(allowed)
    for told, word in zip(noted[len(allowed) :], FORBIDDEN.values(), strict=True):
        assert word in told


def test_a_few_files_break_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = run_fuzz(tmp_path / "work", 16, SEED, 1, TIMEOUT, tmp_path / "findings")
    assert [(one.task.name, one.status, one.told, one.noted) for one in run.findings(TIMEOUT)] == []
    assert not (tmp_path / "findings").exists()
    assert len({one.task.kind for one in run.outcomes}) >= 4
    assert run.kept > 0
    assert run.lines > 1000
    assert "16 files" in capsys.readouterr().out
    assert "holds." in section(run, SEED, TIMEOUT)


@pytest.mark.parametrize(
    "bad", [{"status": "failed"}, {"noted": ("written: /x",)}, {"seconds": TIMEOUT + 60}, {"megabytes": 9999.0}]
)
def test_a_broken_promise_is_a_finding(tmp_path: Path, bad: dict[str, object]) -> None:
    task = FuzzTask("1", ".pdf", SEED, tmp_path / "parent", tmp_path)
    good = FuzzOutcome(task, "damaged", seconds=1.0)
    outcome = FuzzOutcome(**{**vars(good), **bad})
    assert not is_finding(good, TIMEOUT)
    assert is_finding(outcome, TIMEOUT)
    assert "falls short" in section(FuzzRun((good, outcome), 0, 0, ()), SEED, TIMEOUT)

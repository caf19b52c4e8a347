"""A small part of what `python -m bench.kills` does: killed runs come to what an undisturbed one does."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from bench.kills import KillsResult, measure, section
from bench.kills_runs import KilledRuns
from bench.kills_traces import Log, differences, halves, left_over
from bench.kills_victims import KINDS, Deck, Victim, kill, processes_there
from bench.service_units import UNITS, RunningUnit, service_of
from pipeline.store.atomic import write_json

KILLS, SEED = 3, 18  # of which all kills come while documents are read


@pytest.mark.untraced
def test_killed_runs_come_to_what_an_undisturbed_one_does(tmp_path: Path) -> None:
    result = measure(tmp_path / "work", 12, KILLS, 1, cluster=False, pictures=0, seed=SEED)
    assert result.runs.killed.total() == KILLS
    assert result.runs.killed["run"] >= 1
    assert result.holds, section(result)
    assert "| good documents that are not the same bytes | 0 |" in section(result)


def test_what_differs_is_told(tmp_path: Path) -> None:
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    for out in (calm, killed):
        for name in ("a", "b/c", "d"):
            write_json(out / name / "document.json", {"name": name})
        lines = [{"name": name, "status": "ok", "issues": len(out.name) * (name == "d")} for name in ("a", "b/c", "d")]
        write_json(out / "index.json", {"documents": lines})
    (killed / "b" / "c" / "document.json").write_bytes(b"{")
    (killed / "a" / ".abcd1234.part").touch()
    (tmp_path / "tmp" / "sop-run-abcd").mkdir(parents=True)
    assert list(differences(calm, killed, ["a", "b/c", "d", "e"])) == ["a", "b/c", "d", "e"]
    assert halves(killed) == ["b/c/document.json"]
    left = tuple(left_over(tmp_path / "tmp", killed))
    assert left == ("sop-run-abcd", "a/.abcd1234.part")
    assert "**falls short**" in section(KillsResult(3, 0, 1.0, KilledRuns(), (), left))
    assert KillsResult(3, 0, 1.0, KilledRuns(), (), ()).holds
    for bad in (KilledRuns(code=2), KilledRuns(survivors=["1"]), KilledRuns(wrong_ends=["exit code 0"])):
        assert not KillsResult(3, 0, 1.0, bad, (), ()).holds


def test_what_runs_have_said_is_told_apart_from_their_log(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_text("dinas/sop: ok: SOPs 1 in 3 ms\nsop: the scheduler is gone.\nTraceback")
    log = Log(path)
    assert log.look() == 1
    assert log.told == ["sop: the scheduler is gone."]
    assert log.tracebacks == 0  # its line is not whole
    with path.open("a") as file:
        file.write(" (most recent call last)\ndinas/sop: ok: SOPs 1 in 3 ms\n")
    assert (log.look(), log.tracebacks, log.read["dinas/sop"]) == (1, 1, 2)


def test_each_kind_that_is_there_has_its_turn_before_any_comes_again() -> None:
    there: dict[Victim, list[psutil.Process]] = {kind: [psutil.Process()] for kind in KINDS["on an outside cluster"]}
    deck = Deck(random.Random(1))
    drawn = [deck.draw("on an outside cluster", there) for _ in range(10)]
    assert set(drawn[:5]) == set(drawn[5:]) == set(there)
    assert deck.draw("on an outside cluster", {"run": there["run"]}) == "run"


def sleeping(seconds: int) -> str:
    return f"import time; time.sleep({seconds})"


@pytest.mark.untraced
def test_what_outlives_a_kill_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.kills_victims.GONE", 0.2)
    orphaning = (
        f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', '{sleeping(60)}']); time.sleep(60)"
    )
    with psutil.Popen([sys.executable, "-c", orphaning], stdout=subprocess.DEVNULL) as parent:
        while not (found := processes_there(parent, "here", None)["worker"]):
            pass
        assert len(kill(parent, "run", None)) == 1
        found[0].kill()


def test_a_unit_is_started_again_when_it_ends_and_ended_when_it_is_stopped(tmp_path: Path) -> None:
    assert all(service_of(unit)["Restart"] == ["always"] for unit in UNITS.values())
    unit = RunningUnit("unit", [sys.executable, "-c", sleeping(60)], {}, tmp_path, restart_seconds=0.0)
    unit.start()
    assert unit.process
    unit.process.kill()
    unit.process.wait()
    unit.keep()
    assert (unit.starts, unit.process.is_running()) == (2, True)
    unit.stop()
    assert not unit.process.is_running()

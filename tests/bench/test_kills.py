"""A small part of what `python -m bench.kills` does: killed runs come to what an undisturbed one does."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.kills import KilledRuns, KillsResult, Place, differences, halves, left_over, measure, section
from pipeline.store.atomic import write_json

KILLS = 3


@pytest.mark.untraced
def test_killed_runs_come_to_what_an_undisturbed_one_does(tmp_path: Path) -> None:
    result = measure(tmp_path / "work", 12, KILLS, 1, cluster=False, pictures=0)
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
    left = tuple(left_over(Place(tmp_path), killed))
    assert left == ("sop-run-abcd", "a/.abcd1234.part")
    assert "**falls short**" in section(KillsResult(3, 0, 1.0, KilledRuns(), (), left))
    assert KillsResult(3, 0, 1.0, KilledRuns(), (), ()).holds

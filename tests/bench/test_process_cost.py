"""What a command costs, told from outside of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from bench.process_cost import launched, peak_mb


def test_a_command_is_charged_with_what_it_and_its_children_take_and_no_more(tmp_path: Path) -> None:
    held = bytearray(b"x" * 150_000_000)  # of this process, which is not the command's
    work = (
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'b = b\"x\" * 80_000_000; sum(range(10**6))'])"
    )
    cost = launched([sys.executable, "-c", work], tmp_path, os.environ)
    assert len(held) / 1e6 < peak_mb()
    assert 80 < cost.peak < 140
    assert cost.cpu > 0
    assert cost.wall > 0


def test_a_command_that_fails_is_told_by_its_last_line(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ended with code 3: no luck"):
        launched([sys.executable, "-c", "print('no luck'); raise SystemExit(3)"], tmp_path, os.environ)


def test_a_command_that_takes_too_long_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait, child = subprocess.Popen.wait, tmp_path / "pid"

    def wait_for_what_has_begun(process: subprocess.Popen[bytes], timeout: float | None = None) -> int:
        until(lambda: child.exists() and child.read_text().endswith("\n"))
        return wait(process, timeout)

    monkeypatch.setattr(subprocess.Popen, "wait", wait_for_what_has_begun)
    with pytest.raises(RuntimeError, match=r"took more than 0\.1 s"):
        launched(["sh", "-c", "sleep 600 & echo $! >pid; wait"], tmp_path, os.environ, timeout=0.1)
    until(lambda: not lives(int(child.read_text())))


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def lives(pid: int) -> bool:
    return bool(psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)

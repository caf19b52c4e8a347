"""What a command costs, told from outside of it."""

from __future__ import annotations

import os
import sys
import time
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


def test_a_command_that_takes_too_long_is_ended_with_its_children(tmp_path: Path) -> None:
    work = "sleep 600 & echo $! >pid; wait"  # a shell is up at once, on however busy a machine
    with pytest.raises(RuntimeError, match="took more than 2 s"):
        launched(["sh", "-c", work], tmp_path, os.environ, timeout=2)
    until = time.monotonic() + 60
    while lives(int((tmp_path / "pid").read_text())) and time.monotonic() < until:
        time.sleep(0.05)
    assert not lives(int((tmp_path / "pid").read_text()))


def lives(pid: int) -> bool:
    return bool(psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)

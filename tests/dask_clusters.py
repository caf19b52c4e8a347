"""Dask clusters on the loopback of this machine: in this process, or of schedulers and workers that can be killed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

TESTS = Path(__file__).parent
DASK = (sys.executable, "-m", "dask")


@contextmanager
def cluster_in_this_process(workers: int = 1) -> Iterator[Any]:
    """Dask's `LocalCluster` of a scheduler and workers of two threads that are this process's."""
    from distributed import LocalCluster

    options: dict[str, Any] = {"host": "127.0.0.1", "protocol": "tcp://", "dashboard_address": None, "memory_limit": 0}
    options["scheduler_kwargs"] = {"dashboard_address": "127.0.0.1:0"}  # the usual port may be taken
    with LocalCluster(n_workers=workers, threads_per_worker=2, processes=False, **options) as cluster:
        yield cluster


@dataclass
class Killable:
    """A scheduler or worker in a process of its own."""

    process: subprocess.Popen[str]
    address: str

    def children(self) -> list[psutil.Process]:
        """The processes that it has started, and those that these have."""
        return list(psutil.Process(self.process.pid).children(recursive=True))


@contextmanager
def started(command: Sequence[str], *, folder: Path, until: str, **variables: str) -> Iterator[Killable]:
    """Run a scheduler or worker until the block is left; the block begins when it has logged `until`."""
    path = os.pathsep.join([str(TESTS), str(TESTS.parent)])
    environment = {**os.environ, "PYTHONPATH": path, "TMPDIR": str(folder), **variables}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, cwd=folder) as process:
        try:
            yield Killable(process, _word_after(process, until))
        finally:
            process.kill()


def _word_after(process: subprocess.Popen[str], until: str) -> str:
    assert process.stderr
    lines = []
    for line in process.stderr:
        lines.append(line)
        if until in line:
            return line.partition(until)[2].strip()
    raise AssertionError("".join(lines))


@contextmanager
def scheduler(folder: Path) -> Iterator[Killable]:
    """A scheduler on a port of its own choice."""
    command = (*DASK, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    with started(command, folder=folder, until="Scheduler at:") as process:
        yield process


@contextmanager
def worker(address: str, folder: Path) -> Iterator[Killable]:
    """A worker of one thread under a nanny, ready to take calls; no document is read by its processes."""
    options = ("--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", "--preload", "fakes")
    with started((*DASK, "worker", address, *options), folder=folder, until="Registered to:") as process:
        yield process

"""Dask clusters on the loopback of this machine: in this process, or of schedulers and workers that can be killed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

TESTS = Path(__file__).parent


@contextmanager
def cluster_in_this_process(threads: int = 2) -> Iterator[str]:
    """A scheduler and a worker whose threads are this process's; gives the address."""
    from distributed import LocalCluster

    options = {"host": "127.0.0.1", "protocol": "tcp://", "dashboard_address": None, "memory_limit": 0}
    with LocalCluster(n_workers=1, threads_per_worker=threads, processes=False, **options) as cluster:
        yield cluster.scheduler_address


@dataclass
class Killable:
    """A scheduler or worker in a process of its own."""

    process: subprocess.Popen[str]
    address: str

    def children(self) -> list[psutil.Process]:
        """The processes that it has started, and those that these have."""
        return list(psutil.Process(self.process.pid).children(recursive=True))


@contextmanager
def dask(*arguments: str, folder: Path, until: str, **variables: str) -> Iterator[Killable]:
    """Run `dask scheduler` or `dask worker` until the block is left; the block begins when it has logged `until`."""
    path = os.pathsep.join([str(TESTS), str(TESTS.parent)])
    environment = {**os.environ, "PYTHONPATH": path, "TMPDIR": str(folder), **variables}
    command = [sys.executable, "-m", "dask", *arguments]
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
def scheduler(folder: Path, **variables: str) -> Iterator[Killable]:
    """A scheduler on a port of its own choice."""
    options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    with dask("scheduler", *options, folder=folder, until="Scheduler at:", **variables) as started:
        yield started


@contextmanager
def worker(address: str, folder: Path, *options: str) -> Iterator[Killable]:
    """A worker of one thread, ready to take calls."""
    ready = "Registered to:"
    chosen = ("--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", "--memory-limit", "0", *options)
    with dask("worker", address, *chosen, folder=folder, until=ready) as started:
        yield started

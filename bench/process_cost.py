"""What a process costs: seconds by the clock, seconds of CPU, and its peak memory, those of its children with it.

Only the standard library is imported, so that it runs in whatever environment the measured program has.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

MEGABYTE = 1e6
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes


@dataclass(frozen=True)
class ProcessCost:
    """What was spent.

    Attributes:
        wall: Seconds by the clock.
        cpu: Seconds of CPU, of all threads and ended children.
        peak: Megabytes of resident memory of the largest process at its highest.
    """

    wall: float
    cpu: float
    peak: float


def peak_mb() -> float:
    """The most resident memory that this process has had, in megabytes."""
    # ru_maxrss of a child begins with what its parent had when it was started; VmHWM does not, and is Linux's only.
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024 / MEGABYTE
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS_UNIT / MEGABYTE


def peak_with_children() -> float:
    """The same, or the peak of the largest child that has ended, if that is more."""
    return max(peak_mb(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * MAXRSS_UNIT / MEGABYTE)


def cpu_with_children() -> float:
    """Seconds of CPU that this process and its ended children have taken."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def launched(
    command: Sequence[str], cwd: Path, environment: Mapping[str, str], timeout: float | None = None
) -> ProcessCost:
    """Run a command from a small process, so that what this one holds is not counted to its peak.

    Args:
        command: The program and its arguments.
        cwd: Where it is run.
        environment: Its environment variables.
        timeout: Seconds after which it is ended.

    Returns:
        What it and its children cost, from its start to its end.

    Raises:
        RuntimeError: It failed, or took longer; the last line that it said is told.
    """
    with TemporaryDirectory() as folder:
        report = Path(folder) / "cost.json"
        launcher = [sys.executable, "-I", "-S", __file__, str(report), *command]
        output = Path(folder) / "output.txt"
        with output.open("wb") as told:
            process = subprocess.Popen(
                launcher, cwd=cwd, env=dict(environment), stdout=told, stderr=told, start_new_session=True
            )
            try:
                code = process.wait(timeout)
            except subprocess.TimeoutExpired as error:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                raise RuntimeError(f"took more than {error.timeout:g} s") from error
        if code:
            lines = output.read_text(encoding="utf-8", errors="replace").split("\n")
            last = next((line for line in reversed(lines) if line.strip()), "it said nothing")
            raise RuntimeError(f"ended with code {code}: {last.strip()[:200]}")
        return ProcessCost(**json.loads(report.read_text(encoding="utf-8")))


def main() -> None:
    """Run the command that is given after the report's path, and write there what it cost."""
    report, *command = sys.argv[1:]
    begin = perf_counter()
    _, status, usage = os.wait4(os.posix_spawnp(command[0], command, os.environ), 0)
    peak = usage.ru_maxrss * MAXRSS_UNIT / MEGABYTE
    cost = ProcessCost(perf_counter() - begin, usage.ru_utime + usage.ru_stime, peak)
    Path(report).write_text(json.dumps(asdict(cost)), encoding="utf-8")
    sys.exit(os.waitstatus_to_exitcode(status) & 0xFF)


if __name__ == "__main__":
    main()

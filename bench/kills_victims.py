"""What `bench.kills` kills: a run and all that work for it, here and on a cluster that others started."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter, sleep
from typing import Literal

import psutil

from bench.service_units import OutsideCluster

GONE = 10.0  # seconds in which all that worked for a process that was killed has to be gone
STILL = 0.5  # seconds in which a process that reads nothing takes no CPU time
IDLE_SHARE = 0.05  # of these it may: threads that wait wake up now and then

Victim = Literal[
    "run",
    "worker",
    "Dask worker",
    "process of a Dask worker",
    "scheduler",
    "nanny",
    "outside Dask worker",
    "process of an outside Dask worker",
]
Where = Literal["here", "on --cluster local", "on an outside cluster"]

PLACES: tuple[Where, ...] = ("here", "on --cluster local", "on an outside cluster")
KINDS: Mapping[Where, tuple[Victim, ...]] = {
    "here": ("run", "run", "worker"),
    "on --cluster local": ("run", "Dask worker", "process of a Dask worker"),
    "on an outside cluster": (
        "run",
        "scheduler",
        "nanny",
        "outside Dask worker",
        "process of an outside Dask worker",
    ),
}
"""What is killed of a run: each kind as often as it stands here before any comes once more."""

ENDS_RUN: frozenset[Victim] = frozenset({"run", "scheduler"})


@dataclass
class Deck:
    """The kinds of victims in an order drawn at random, anew when all have had their turn."""

    rng: random.Random
    _left: dict[Where, list[Victim]] = field(default_factory=dict)

    def draw(self, where: Where, there: Mapping[Victim, Sequence[psutil.Process]]) -> Victim:
        """The next kind of which there is a process now; the run where there is none of any other."""
        left = self._left.setdefault(where, [])
        if not any(there.get(kind) for kind in left):
            left.extend(self.rng.sample(KINDS[where], len(KINDS[where])))
        kind = next(kind for kind in left if there.get(kind))
        left.remove(kind)
        return kind


def processes_there(
    run: psutil.Process, where: Where, cluster: OutsideCluster | None
) -> dict[Victim, list[psutil.Process]]:
    """What there is to be killed now."""
    found: dict[Victim, list[psutil.Process]] = {"run": [run]}
    own = working_below([run])
    if where == "here":
        found["worker"] = own
    elif cluster is None or where == "on --cluster local":
        # Its scheduler and its nannies are threads of the run.
        found |= {"Dask worker": own, "process of a Dask worker": working_below(own)}
    else:
        found["scheduler"] = _running([cluster.scheduler.process])
        found["nanny"] = _running([unit.process for unit in cluster.workers])
        found["outside Dask worker"] = working_below(found["nanny"])
        found["process of an outside Dask worker"] = working_below(found["outside Dask worker"])
    return found


def working_below(parents: Sequence[psutil.Process]) -> list[psutil.Process]:
    """The children of processes, without those that Python keeps to clear up after them."""
    found = []
    for parent in parents:
        with suppress(psutil.Error):
            found += [child for child in parent.children() if not _clears_up(child)]
    return found


def _clears_up(process: psutil.Process) -> bool:
    with suppress(psutil.Error):
        return any("resource_tracker" in word for word in process.cmdline())
    return True


def _running(processes: Sequence[psutil.Popen | None]) -> list[psutil.Process]:
    return [process for process in processes if process is not None and process.is_running()]


def kill(victim: psutil.Process, kind: Victim, cluster: OutsideCluster | None) -> int:
    """Kill a process (`kill -9`); how many that worked for it, or went on with it, are there after some time."""
    below = [victim] if kind != "scheduler" or cluster is None else _running([each.process for each in cluster.workers])
    family: list[psutil.Process] = []
    for process in below:
        with suppress(psutil.Error):
            family += process.children(recursive=True)
    if kind == "scheduler":
        family += below
    with suppress(psutil.Error):
        victim.kill()
    survivors = len(psutil.wait_procs(family, timeout=GONE)[1])
    if kind == "run" and cluster is not None:
        survivors += still_reading(cluster)
    return survivors


def still_reading(cluster: OutsideCluster) -> int:
    """How many processes of a cluster that nobody waits for go on reading after some time."""
    end = perf_counter() + GONE
    while busy := _busy(lambda: processes_of_workers(cluster)):
        if perf_counter() > end:
            return busy
    return 0


def processes_of_workers(cluster: OutsideCluster) -> list[psutil.Process]:
    """Those that read documents for the workers of an outside cluster."""
    return working_below(working_below(_running([unit.process for unit in cluster.workers])))


def _busy(processes: Callable[[], Sequence[psutil.Process]]) -> int:
    """How many of the processes take CPU time."""
    before = {process: _cpu_seconds(process) for process in processes()}
    sleep(STILL)
    return sum(_cpu_seconds(process) - taken > IDLE_SHARE * STILL for process, taken in before.items())


def _cpu_seconds(process: psutil.Process) -> float:
    with suppress(psutil.Error):
        times = process.cpu_times()
        return float(times.user + times.system)
    return 0.0

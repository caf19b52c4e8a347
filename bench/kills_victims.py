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
CLOSED = 60.0  # seconds in which a Dask worker has to end that has lost its scheduler; Dask takes its time to close it
STILL = 0.5  # seconds in which a process that reads nothing takes no CPU time
TOLD = 80  # characters of a command that are told
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


def kill(victim: psutil.Process, kind: Victim, cluster: OutsideCluster | None) -> list[str]:
    """Kill a process (`kill -9`); what worked for it, or goes on with its documents, and is there after some time."""
    family = _below([victim])
    nannies = _running([each.process for each in cluster.workers]) if cluster and kind == "scheduler" else []
    readers = working_below(working_below(nannies))
    units = [*nannies, *_below(nannies)]
    with suppress(psutil.Error):
        victim.kill()
    left = [*psutil.wait_procs([*family, *readers], timeout=GONE)[1], *psutil.wait_procs(units, timeout=CLOSED)[1]]
    survivors = [f"after a {kind}: {_told(each)}" for each in left]
    if kind == "run" and cluster is not None:
        survivors += [f"reads for nobody: {_told(each)}" for each in still_reading(cluster)]
    return survivors


def _below(parents: Sequence[psutil.Process]) -> list[psutil.Process]:
    found = []
    for parent in parents:
        with suppress(psutil.Error):
            found += parent.children(recursive=True)
    return found


def still_reading(cluster: OutsideCluster) -> list[psutil.Process]:
    """Processes of a cluster that nobody waits for and that go on reading after some time."""
    end = perf_counter() + GONE
    while busy := _busy(lambda: processes_of_workers(cluster)):
        if perf_counter() > end:
            return busy
    return []


def processes_of_workers(cluster: OutsideCluster) -> list[psutil.Process]:
    """Those that read documents for the workers of an outside cluster."""
    return working_below(working_below(_running([unit.process for unit in cluster.workers])))


def _busy(processes: Callable[[], Sequence[psutil.Process]]) -> list[psutil.Process]:
    """Those of the processes that take CPU time."""
    before = {process: _cpu_seconds(process) for process in processes()}
    sleep(STILL)
    return [process for process, taken in before.items() if _cpu_seconds(process) - taken > IDLE_SHARE * STILL]


def _told(process: psutil.Process) -> str:
    """A process in a few words."""
    with suppress(psutil.Error):
        return f"{process.pid} {process.status()} {' '.join(process.cmdline())[:TOLD]}"
    return f"{process.pid}"


def _cpu_seconds(process: psutil.Process) -> float:
    with suppress(psutil.Error):
        times = process.cpu_times()
        return float(times.user + times.system)
    return 0.0

"""Runs over the documents of `bench.kills`, called again and again while processes are killed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, sleep

import psutil

from bench.kills_traces import Log, halves
from bench.kills_victims import ENDS_RUN, PLACES, Deck, Victim, Where, kill, processes_there
from bench.page import ROOT
from bench.service_units import OutsideCluster

TIMEOUT = 20.0  # seconds for one document: the hostile ones are small, and the run is to end
LOOK = 0.05  # seconds between two looks at how far a run is
EARLIEST, LATEST = 0.3, 3.0  # seconds after its start at which a run is killed that has nothing left to read
ENDING = 60.0  # seconds in which a run has to end that has lost its scheduler
LOST_CODE = 2  # with which it does


@dataclass
class KilledRuns:
    """What came of runs that were killed.

    Attributes:
        starts: How many runs there were, by where they read.
        seconds: Wall time of all of them.
        code: The exit code of the last.
        killed: How many processes of each kind were killed.
        twice: Documents that were read more than once, though the first time had come to its end.
        halves: Files that were not whole after a kill.
        survivors: Processes that outlived what they worked for, or went on with the documents of a killed run.
        wrong_ends: What else than one line and its exit code a run ended with that had lost its scheduler.
        tracebacks: How many were logged.
    """

    starts: Counter[Where] = field(default_factory=Counter)
    seconds: float = 0.0
    code: int = 0
    killed: Counter[Victim] = field(default_factory=Counter)
    twice: list[str] = field(default_factory=list)
    halves: list[str] = field(default_factory=list)
    survivors: list[str] = field(default_factory=list)
    wrong_ends: list[str] = field(default_factory=list)
    tracebacks: int = 0


@dataclass(frozen=True)
class Place:
    """The folders of one measurement, and what reads the documents in them.

    Attributes:
        work: Where the folders are.
        jobs: How many processes read.
    """

    work: Path
    jobs: int

    @property
    def inputs(self) -> Path:
        """The documents."""
        return self.work / "in"

    @property
    def scratch(self) -> Path:
        """Temporary files of all runs."""
        return self.work / "tmp"

    def command(self, out: Path, *options: str) -> list[str]:
        """What reads the documents."""
        given = ["--timeout", f"{TIMEOUT:g}", "--memory", "1000", "-v", *options]
        return [sys.executable, "-m", "pipeline", "run", str(self.inputs), "--out", str(out), *given]

    def environment(self) -> dict[str, str]:
        """In which it does."""
        return {**os.environ, "TMPDIR": str(self.scratch), "PYTHONPATH": str(ROOT), "LANGUAGE": "en"}

    def options(self, where: Where, cluster: OutsideCluster | None) -> list[str]:
        """What tells a run where to read."""
        if where == "on an outside cluster" and cluster is not None:
            return ["--cluster", cluster.address]
        return ["--jobs", str(self.jobs), *(["--cluster", "local"] if where == "on --cluster local" else [])]

    @contextmanager
    def started(
        self, out: Path, log: Path, where: Where = "here", cluster: OutsideCluster | None = None
    ) -> Iterator[psutil.Popen]:
        """A run, which logs into a file; ended with the block."""
        variables: Mapping[str, str] = cluster.variables if cluster and where == "on an outside cluster" else {}
        with log.open("a") as file:
            process = psutil.Popen(
                self.command(out, *self.options(where, cluster)),
                env={**self.environment(), **variables},
                cwd=self.work,
                stdout=subprocess.DEVNULL,
                stderr=file,
            )
        try:
            yield process
        finally:
            with suppress(psutil.Error):
                process.kill()
            process.wait()


def killed_runs(place: Place, good: int, kills: int, cluster: OutsideCluster | None, seed: int) -> KilledRuns:
    """Call the run again and again until one ends by itself, with so many processes killed on the way.

    Args:
        place: Where.
        good: How many documents can be read.
        kills: How many processes are killed.
        cluster: Of others, on which every third run reads, and every third on one of its own; None for neither.
        seed: Of what is killed when.
    """
    rng, out, path = random.Random(seed), place.work / "killed", place.work / "killed.log"
    path.touch()
    moments = sorted(rng.random() for _ in range(kills))  # shares of the documents that are read by then
    killing = _Killing(Log(path), good, moments, rng)
    runs, begun, at_end = killing.runs, perf_counter(), False
    while not at_end:
        where = PLACES[runs.starts.total() % len(PLACES)] if cluster else "here"
        if cluster and where == "on an outside cluster":
            cluster.await_scheduler()
        runs.starts[where] += 1
        with place.started(out, path, where, cluster) as process:
            # One all of whose Dask workers were killed while they started has ended as one without a scheduler does.
            goes_on = killing.killed(process, where, cluster) or (where != "here" and process.returncode == LOST_CODE)
            at_end = not goes_on or runs.starts.total() > 2 * kills + len(PLACES)
            runs.code = process.returncode if at_end else 0
        runs.halves += halves(out)
    runs.seconds = perf_counter() - begun
    killing.log.look()
    runs.twice = sorted(name for name, count in killing.log.read.items() if count > 1)
    runs.tracebacks = killing.log.tracebacks
    return runs


class _Killing:
    """The kills that are left."""

    def __init__(self, log: Log, good: int, moments: list[float], rng: random.Random) -> None:
        self.log, self.runs = log, KilledRuns()
        self._good, self._moments, self._rng, self._deck = good, moments, rng, Deck(rng)
        self._latest = LATEST

    def killed(self, process: psutil.Popen, where: Where, cluster: OutsideCluster | None) -> bool:
        """Kill what works for a run until it is ended by that; whether it was, and another has to go on."""
        while self._moments:
            if not self._awaited(process):
                if process.returncode != LOST_CODE:
                    # All is read: the next run is killed at a moment of its own, an earlier one where it came too late.
                    self._latest = max(EARLIEST, self._latest / 2) if self._moments[0] > 1 else LATEST
                    self._moments[0] = 2.0
                return True
            self._moments.pop(0)
            there = processes_there(process, where, cluster)
            kind = self._deck.draw(where, there)
            outside = cluster if where == "on an outside cluster" else None
            self.runs.survivors += kill(self._rng.choice(there[kind]), kind, outside)
            self.runs.killed[kind] += 1
            if kind in ENDS_RUN:
                if kind == "scheduler":
                    self._see_end(process)
                return True
            if self._moments and self._moments[0] > 1:
                self._moments[0] = 2.0
        process.wait()
        return False

    def _awaited(self, process: psutil.Popen) -> bool:
        """Wait for the moment of the next kill; whether the run had not come to its end before."""
        latest = perf_counter() + self._rng.uniform(EARLIEST, self._latest)
        while self._is_early(latest):
            if process.poll() is not None:
                return False
            sleep(LOOK)
        return True

    def _is_early(self, latest: float) -> bool:
        """Whether the moment has not come; where all was read before it, that is so long after the run's start."""
        moment = self._moments[0]
        return perf_counter() < latest if moment > 1 else self.log.look() / self._good < moment

    def _see_end(self, process: psutil.Popen) -> None:
        """See how a run ends that has lost its scheduler."""
        told = len(self.log.told)
        try:
            code = process.wait(timeout=ENDING)
        except psutil.TimeoutExpired:
            self.runs.wrong_ends.append(f"no end in {ENDING:g} s")
            return
        needed = self.log.look() < self._good  # one that had nothing left to read may not have missed it
        lines = self.log.told[told:]
        if (code, len(lines)) != (LOST_CODE, 1) and (needed or code not in (0, 1)):
            self.runs.wrong_ends.append(f"exit code {code}, {' | '.join(lines) or 'nothing said'}")

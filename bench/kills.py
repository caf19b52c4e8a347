"""Kill a run and its workers, again and again, and see that what comes of it is what an undisturbed run gives.

    python -m bench.kills [--files 1000] [--kills 20] [--jobs 2] [--no-cluster] [--out docs/bench.md]

Small SOPs in nested folders, a few pictures and hostile files among them, are read once undisturbed. Then they are read
while processes are killed (`kill -9`): the run, one of its workers, a worker of a Dask cluster and the process that
reads for it, each at a moment drawn at random. A run that was killed is called again, until one ends by itself.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import Literal

import psutil

from bench.kills_corpus import write_documents
from bench.page import ROOT, put, table

SEED = 20261122
FILES, KILLS, JOBS = 1000, 20, 2
TIMEOUT = 20.0  # seconds for one document: the hostile ones are small, and the run is to end
LOOK = 0.05  # seconds between two looks at how far a run is
LATEST = 3.0  # seconds after its start at which a run is killed that has nothing left to read
GONE = 10.0  # seconds in which the workers of a killed run have to be gone
READ = re.compile(r"^(?P<name>.*): (ok|no-sop): .* in \d+ ms$", re.MULTILINE)

Victim = Literal["run", "worker", "Dask worker", "process of a Dask worker"]


@dataclass
class KilledRuns:
    """What came of runs that were killed.

    Attributes:
        starts: How many runs there were.
        seconds: Wall time of all of them.
        code: The exit code of the last.
        killed: How many processes of each kind were killed.
        twice: Documents that were read more than once, though the first time had come to its end.
        halves: Files that were not whole after a kill.
        survivors: Processes that outlived the run that they belonged to.
        told: Tracebacks.
    """

    starts: int = 0
    seconds: float = 0.0
    code: int = 0
    killed: Counter[Victim] = field(default_factory=Counter)
    twice: list[str] = field(default_factory=list)
    halves: list[str] = field(default_factory=list)
    survivors: int = 0
    told: int = 0


@dataclass(frozen=True)
class KillsResult:
    """The comparison with an undisturbed run.

    Attributes:
        files: How many documents there are.
        hostile: How many of them are hostile.
        calm_seconds: Wall time of the undisturbed run.
        runs: Those that were killed.
        different: Good documents whose files are not the same bytes.
        left: Files that nobody finished, and temporary folders, that the last run left there.
    """

    files: int
    hostile: int
    calm_seconds: float
    runs: KilledRuns
    different: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the runs did what is asked of them."""
        runs = self.runs
        bad = [self.different, self.left, runs.twice, runs.halves, runs.survivors, runs.told]
        return runs.code in (0, 1) and not any(bad)


@dataclass(frozen=True)
class Place:
    """The folders of one measurement."""

    work: Path

    @property
    def inputs(self) -> Path:
        """The documents."""
        return self.work / "in"

    @property
    def scratch(self) -> Path:
        """Temporary files of all runs."""
        return self.work / "tmp"

    def command(self, out: Path, jobs: int, *options: str) -> list[str]:
        """What reads the documents."""
        given = ["--jobs", str(jobs), "--timeout", f"{TIMEOUT:g}", "--memory", "1000", "-v", *options]
        return [sys.executable, "-m", "pipeline", "run", str(self.inputs), "--out", str(out), *given]

    def environment(self) -> dict[str, str]:
        """In which it does."""
        return {**os.environ, "TMPDIR": str(self.scratch), "PYTHONPATH": str(ROOT), "LANGUAGE": "en"}

    @contextmanager
    def started(self, out: Path, log: Path, jobs: int, *options: str) -> Iterator[psutil.Popen]:
        """A run, which logs into a file; ended with the block."""
        with log.open("a") as file:
            process = psutil.Popen(
                self.command(out, jobs, *options),
                env=self.environment(),
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


def measure(
    work: Path, files: int, kills: int, jobs: int, *, cluster: bool, pictures: int, seed: int = SEED
) -> KillsResult:
    """Read documents undisturbed, then with kills, and compare.

    Args:
        work: An empty folder.
        files: How many documents.
        kills: How many processes are killed.
        jobs: How many processes read.
        cluster: Whether every other run reads on a Dask cluster.
        pictures: How many of the documents are scans.
        seed: Of documents and kills.
    """
    place = Place(work)
    place.scratch.mkdir(parents=True)
    good, hostile = write_documents(place.inputs, files, pictures, seed)
    begun = perf_counter()
    with place.started(work / "calm", work / "calm.log", jobs) as process:
        process.wait()
    calm = perf_counter() - begun
    runs = killed_runs(place, len(good), kills, jobs, cluster=cluster, seed=seed)
    return KillsResult(
        files=len(good) + len(hostile),
        hostile=len(hostile),
        calm_seconds=calm,
        runs=runs,
        different=tuple(differences(work / "calm", work / "killed", good)),
        left=tuple(left_over(place, work / "killed")),
    )


def killed_runs(place: Place, good: int, kills: int, jobs: int, *, cluster: bool, seed: int) -> KilledRuns:
    """Call the run again and again until one ends by itself, with so many processes killed on the way."""
    rng, out, path = random.Random(seed), place.work / "killed", place.work / "killed.log"
    path.touch()
    log = Log(path)
    moments = sorted(rng.random() for _ in range(kills))  # shares of the documents that are read by then
    runs = KilledRuns()
    begun, at_end = perf_counter(), False
    while not at_end:
        on_cluster = cluster and runs.starts % 2 == 1
        runs.starts += 1
        with place.started(out, path, jobs, *(["--cluster", "local"] if on_cluster else [])) as process:
            at_end = not _killed(process, log, good, moments, rng, runs, on_cluster=on_cluster)
            runs.code = process.returncode if at_end else 0
        runs.halves += halves(out)
    runs.seconds = perf_counter() - begun
    log.look()
    runs.twice = sorted(name for name, count in log.read.items() if count > 1)
    runs.told = log.tracebacks
    return runs


def _killed(
    process: psutil.Popen,
    log: Log,
    good: int,
    moments: list[float],
    rng: random.Random,
    runs: KilledRuns,
    *,
    on_cluster: bool,
) -> bool:
    """Kill at the moments that are left, until the run itself is killed; whether it was, and did not end before."""
    while moments:
        latest = perf_counter() + rng.uniform(0.3, LATEST)
        while log.look() / good < moments[0] or (moments[0] > 1 and perf_counter() < latest):
            if process.poll() is not None:
                moments[0] = 2.0  # all is read: the next run is killed at a moment of its own
                return True
            sleep(LOOK)
        moments.pop(0)
        kind = rng.choice(("run", "worker", "reader") if on_cluster else ("run", "run", "worker"))
        if _kill(process, kind, rng, runs) == "run":
            return True
        if moments and moments[0] > 1:
            moments[0] = 2.0
    process.wait()
    return False


class Log:
    """What all runs have logged, of which only what is new is read at each look."""

    def __init__(self, path: Path) -> None:
        self._path, self._at, self._rest = path, 0, ""
        self.read: Counter[str] = Counter()
        self.tracebacks = 0

    def look(self) -> int:
        """Read on; how many documents have been read by now."""
        with self._path.open("rb") as file:
            file.seek(self._at)
            content = file.read()
        self._at += len(content)
        text, _, self._rest = (self._rest + content.decode(errors="replace")).rpartition("\n")
        self.read.update(found["name"] for found in READ.finditer(text))
        self.tracebacks += text.count("Traceback")
        return len(self.read)


def _kill(process: psutil.Popen, kind: str, rng: random.Random, runs: KilledRuns) -> Victim | None:
    """Kill the run or one of those that work for it; what it was, None where there was none."""
    with suppress(psutil.Error):
        family = process.children(recursive=True)
        workers = [child for child in process.children() if child.children()]
        readers = [child for worker in workers for child in worker.children()]
        if kind == "run" or not family:
            process.kill()
            process.wait()
            runs.killed["run"] += 1
            runs.survivors += len(psutil.wait_procs(family, timeout=GONE)[1])
            return "run"
        chosen = workers if kind == "worker" and workers else readers or family
        rng.choice(chosen).kill()
        victim: Victim = "worker" if not workers else "Dask worker" if chosen is workers else "process of a Dask worker"
        runs.killed[victim] += 1
        return victim
    return None


def halves(out: Path) -> list[str]:
    """JSON files under their names that are not whole."""
    found = []
    for path in out.rglob("*.json"):
        try:
            json.loads(path.read_bytes())
        except ValueError:
            found.append(path.relative_to(out).as_posix())
    return found


def differences(calm: Path, killed: Path, names: Sequence[str]) -> Iterator[str]:
    """Documents whose files, or lines of the index, are not the same."""
    indexes = [json.loads((out / "index.json").read_bytes())["documents"] for out in (calm, killed)]
    lines = [{entry["name"]: entry for entry in entries} for entries in indexes]
    for name in names:
        one, other = (
            {path.name: path.read_bytes() for path in (out / name).iterdir()} if (out / name).is_dir() else {}
            for out in (calm, killed)
        )
        line = lines[0].get(name)
        if not one or one != other or line is None or line["status"] != "ok" or line != lines[1].get(name):
            yield name


def left_over(place: Place, out: Path) -> Iterator[str]:
    """What the last run should have removed."""
    yield from (path.name for path in place.scratch.glob("sop-run-*"))
    for pattern in (".*.part", ".run.*", "cluster-*"):
        yield from (path.relative_to(out).as_posix() for path in out.rglob(pattern))


def section(result: KillsResult) -> str:
    """The section of the page."""
    runs = result.runs
    killed = ", ".join(f"{count} times a {kind}" for kind, count in sorted(runs.killed.items()))
    rows = [
        ["documents, hostile ones among them", f"{result.files}, {result.hostile}"],
        ["killed with `kill -9`", f"{killed.replace('a run', 'the run')}"],
        ["runs until one ended by itself", str(runs.starts)],
        ["wall time undisturbed, with the kills", f"{result.calm_seconds:.0f} s, {runs.seconds:.0f} s"],
        ["good documents that are not the same bytes", _told(result.different)],
        ["documents read again that had been read", _told(runs.twice)],
        ["files that were not whole after a kill", _told(runs.halves)],
        ["processes that outlived a killed run by 10 s", str(runs.survivors)],
        ["unfinished files and temporary folders at the end", _told(result.left)],
        ["tracebacks", str(runs.told)],
    ]
    return "\n".join(
        [
            f"`python -m bench.kills`: SOPs of two pages in nested folders, from the seed {SEED}, 5 % of them hostile",
            "files (`bench/hostile_files.py`) and a few scans. Each kill is at a moment drawn at random over the",
            "documents; every second run reads on a Dask cluster (`--cluster local`) where that is installed.",
            "",
            table(["", ""], rows),
            "",
            "Target: every good document is byte for byte what an undisturbed run gives, nothing is read twice and",
            f"nothing is left behind: {'holds' if result.holds else '**falls short**'}.",
        ]
    )


def _told(names: Sequence[str]) -> str:
    return str(len(names)) if not names else f"{len(names)}: {', '.join(names[:5])}"


def main() -> None:
    """Make the documents, read them with and without kills, print the section."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--jobs", type=int, default=JOBS)
    parser.add_argument("--pictures", type=int, help="how many are scans; one in 125 if not given")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--no-cluster", action="store_true", help="no run reads on a Dask cluster")
    parser.add_argument("--out", type=Path, help="put the section into this page as well")
    parser.add_argument("--keep", type=Path, help="a folder that is not there, for the files and what came of them")
    given = parser.parse_args()
    pictures = given.files // 125 if given.pictures is None else given.pictures
    cluster = not given.no_cluster and importlib.util.find_spec("distributed") is not None
    with TemporaryDirectory() as temporary:
        work = given.keep or Path(temporary)
        result = measure(
            work, given.files, given.kills, given.jobs, cluster=cluster, pictures=pictures, seed=given.seed
        )
    print(section(result))
    if given.out:
        put(given.out, "Killed runs", section(result))


if __name__ == "__main__":
    main()

"""Kill a run and its workers, again and again, and see that what comes of it is what an undisturbed run gives.

    python -m bench.kills [--files 1000] [--kills 20] [--jobs 2] [--no-cluster] [--out docs/bench.md]

Small SOPs in nested folders, a few pictures and hostile files among them, are read once undisturbed. Then they are read
while processes are killed (`kill -9`), each at a moment drawn at random: in turn a run here, one on `--cluster local`,
and one on a cluster of others, whose scheduler and workers are the units of docs/systemd, started again when they end.
Victims are the run, its workers, Dask workers with the processes that read for them, and of the cluster of others the
scheduler and nannies too. A run that was killed, or has lost its scheduler, is called again, until one ends by itself.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.kills_corpus import write_documents
from bench.kills_runs import KilledRuns, Place, killed_runs
from bench.kills_traces import differences, left_over
from bench.kills_victims import Victim, Where
from bench.page import put, table
from bench.service_units import outside_cluster

SEED = 20261122
FILES, KILLS, JOBS = 1000, 20, 2


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
        bad = [self.different, self.left, runs.twice, runs.halves, runs.survivors, runs.wrong_ends, runs.tracebacks]
        return runs.code in (0, 1) and not any(bad)


def measure(
    work: Path, files: int, kills: int, jobs: int, *, cluster: bool, pictures: int, seed: int = SEED
) -> KillsResult:
    """Read documents undisturbed, then with kills, and compare.

    Args:
        work: An empty folder.
        files: How many documents.
        kills: How many processes are killed.
        jobs: How many processes read.
        cluster: Whether two of three runs read on Dask clusters.
        pictures: How many of the documents are scans.
        seed: Of documents and kills.
    """
    place = Place(work, jobs)
    place.scratch.mkdir(parents=True)
    good, hostile = write_documents(place.inputs, files, pictures, seed)
    begun = perf_counter()
    with place.started(work / "calm", work / "calm.log") as process:
        process.wait()
    calm = perf_counter() - begun
    with outside_cluster(work / "cluster", jobs, place.environment()) if cluster else nullcontext() as outside:
        runs = killed_runs(place, len(good), kills, outside, seed)
    return KillsResult(
        files=len(good) + len(hostile),
        hostile=len(hostile),
        calm_seconds=calm,
        runs=runs,
        different=tuple(differences(work / "calm", work / "killed", good)),
        left=tuple(left_over(place.scratch, work / "killed")),
    )


def section(result: KillsResult) -> str:
    """The section of the page."""
    runs = result.runs
    rows = [
        ["documents, hostile ones among them", f"{result.files}, {result.hostile}"],
        ["killed with `kill -9`", _counted(runs.killed)],
        ["runs until one ended by itself", _counted(runs.starts)],
        ["wall time undisturbed, with the kills", f"{result.calm_seconds:.0f} s, {runs.seconds:.0f} s"],
        ["good documents that are not the same bytes", _told(result.different)],
        ["documents read again that had been read", _told(runs.twice)],
        ["files that were not whole after a kill", _told(runs.halves)],
        ["processes that 10 s after a kill still worked for what was killed", _told(runs.survivors)],
        ["runs without a scheduler that did not end with one line and exit code 2", _told(runs.wrong_ends)],
        ["unfinished files and temporary folders at the end", _told(result.left)],
        ["tracebacks", str(runs.tracebacks)],
    ]
    return "\n".join(
        [
            f"`python -m bench.kills`: SOPs of two pages in nested folders, from the seed {SEED}, 5 % of them hostile",
            "files (`bench/hostile_files.py`) and a few scans. Each kill is at a moment drawn at random over the",
            "documents. In turn a run reads here, on a Dask cluster that it starts (`--cluster local`), and, with",
            "encryption, on one that is there: the units of docs/systemd, which are started again two seconds after",
            "their end, as systemd does.",
            "",
            table(["", ""], rows),
            "",
            "Target: every good document is byte for byte what an undisturbed run gives, nothing is read twice and",
            f"nothing is left behind: {'holds' if result.holds else '**falls short**'}.",
        ]
    )


def _counted(found: Mapping[Where, int] | Mapping[Victim, int]) -> str:
    counts: Iterable[tuple[str, int]] = found.items()
    return f"{sum(found.values())}: {', '.join(f'{count} {kind}' for kind, count in sorted(counts))}"


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
    parser.add_argument("--no-cluster", action="store_true", help="all runs read here")
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

"""Read a folder of hostile files with a good one among them, as a run that nothing may break.

    python -m bench.hostile [--files 150] [--jobs 2] [--timeout 15] [--out docs/bench.md]

The run has 2.5 GB of address space to a process (`ulimit -v`) and folders of its own for temporary files and settings,
so that whatever it writes outside the output folder is seen.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.hostile_files import SEED, hostile_corpus
from bench.page import ROOT, add_out, show, table

FILES = 150
JOBS = (2,)
TIMEOUT = 15.0  # seconds for one document: the hostile ones are small, and the run is to end
ADDRESS_SPACE = 2_500_000_000  # bytes to a process
GOOD = "good.pdf"
SLACK_SECONDS = 10.0  # for a process to be ended and another to be started, on a machine with other work
ENDED = re.compile(r"^(.*: )?(given up|[a-z-]+): .* in (?P<ms>\d+) ms$")


@dataclass(frozen=True)
class HostileRun:
    """What came of one run.

    Attributes:
        jobs: How many processes read.
        code: The exit code.
        seconds: Wall time of the run.
        statuses: The status of each document by its name.
        slowest: Seconds of the document that took longest.
        strays: Files that were written outside the output folder.
        good: Whether the good file gave the same bytes as alone.
        told: What the run said on stderr that is no log line.
    """

    jobs: int
    code: int
    seconds: float
    statuses: dict[str, str]
    slowest: float
    strays: tuple[str, ...]
    good: bool
    told: str


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))


def run_hostile(work: Path, jobs: int, timeout: float) -> HostileRun:
    """Read `work`/in with so many processes.

    Args:
        work: A folder with the files in `in`, the good one among them, and its records alone in `alone`.
        jobs: How many processes read.
        timeout: Seconds for one document.
    """
    here = work / f"jobs-{jobs}"
    places = {name: here / name for name in ("cwd", "tmp", "home", "out")}
    for place in places.values():
        place.mkdir(parents=True)
    before = _files(work)
    environment = {**os.environ, "TMPDIR": str(places["tmp"]), "HOME": str(places["home"]), "PYTHONPATH": str(ROOT)}
    arguments = ["--jobs", str(jobs), "--timeout", f"{timeout:g}", "--memory", "1000", "-v"]
    command = [sys.executable, "-m", "pipeline", "run", str(work / "in"), "--out", str(places["out"]), *arguments]
    begin = perf_counter()
    done = subprocess.run(
        command, cwd=places["cwd"], env=environment, preexec_fn=_limit, capture_output=True, check=False
    )
    seconds = perf_counter() - begin
    log = done.stderr.decode(errors="replace").splitlines()
    index = places["out"] / "index.json"
    found = json.loads(index.read_bytes()) if index.is_file() else {"documents": [], "passed_over": []}
    inside = places["out"].relative_to(work).as_posix()
    return HostileRun(
        jobs=jobs,
        code=done.returncode,
        seconds=seconds,
        statuses={entry["file"]: entry["status"] for entry in found["documents"]}
        | dict.fromkeys(found["passed_over"], "passed over"),
        slowest=max((int(ended["ms"]) / 1000 for line in log if (ended := ENDED.match(line))), default=0.0),
        strays=tuple(sorted(path for path in _files(work) - before if not path.startswith(f"{inside}/"))),
        good=_contents(places["out"] / "good") == _contents(work / "alone" / "good"),
        told="\n".join(line for line in log if line.startswith(("sop: ", "Traceback", "  File"))),
    )


def _files(folder: Path) -> set[str]:
    found = (Path(here, name) for here, _, names in os.walk(folder) for name in names)
    return {path.relative_to(folder).as_posix() for path in found if "__pycache__" not in path.parts}


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.json")}


def first_pages(source: Path, target: Path, pages: int = 2) -> Path:
    """Write the first pages of a PDF; return where."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    writer.append(PdfReader(source), pages=(0, pages), import_outline=False)
    writer.write(target)
    return target


def good_sources(work: Path) -> list[Path]:
    """Good files to damage: most are text, for a scan costs as much time as twenty."""
    pages = first_pages(ROOT / "inputs" / "sop-bintan.pdf", work / "pages.pdf")
    text, scan = ROOT / "inputs" / "sop-organisasi-bintan.txt", ROOT / "tests" / "golden" / "scan.pdf"
    return [pages, text, pages, pages, text, pages, scan, pages]


def prepared(work: Path, count: int, good: Path, sources: Sequence[Path], *, large: bool = True) -> list[str]:
    """Write the files into `work`/in and read the good one alone; return the names of the hostile ones."""
    (work / "in").mkdir()
    names = list(hostile_corpus(work / "in", count - 1, sources, large=large))
    (work / "in" / GOOD).write_bytes(good.read_bytes())
    command = [sys.executable, "-m", "pipeline", "run", str(work / "in" / GOOD), "--out", str(work / "alone")]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, capture_output=True)
    return names


def holds(run: HostileRun, count: int, timeout: float) -> bool:
    """Whether a run did what is asked of it."""
    told = run.code == 1 and len(run.statuses) == count and not run.told
    return told and run.good and not run.strays and run.slowest <= timeout + SLACK_SECONDS


def section(runs: Sequence[HostileRun], count: int, timeout: float) -> str:
    """The section of the page: a row for each run, its statuses, and whether the target holds."""
    heads = ["jobs", "files", "with a status", "seconds", "slowest, s", "good one", "written elsewhere", "tracebacks"]
    rows = [
        [
            str(run.jobs),
            str(count),
            str(len(run.statuses)),
            f"{run.seconds:.0f}",
            f"{run.slowest:.1f}",
            "the same bytes" if run.good else "**differs**",
            str(len(run.strays)),
            str(run.told.count("Traceback")),
        ]
        for run in runs
    ]
    ends = Counter(runs[0].statuses.values())
    verdict = "holds" if all(holds(run, count, timeout) for run in runs) else "**falls short**"
    return "\n".join(
        [
            f"{count} files in one folder, {count - 1} of them made by `bench/hostile_files.py` from the seed {SEED}:",
            "bombs, circles, a million shapes, nonsense, damaged good files; one is good. `ulimit -v` is 2.5 GB,",
            f"`--timeout {timeout:g} --memory 1000`. Times are wall time, on a machine that may have had other work.",
            "",
            table(heads, rows),
            "",
            "Statuses: " + ", ".join(f"{number} {status}" for status, number in sorted(ends.items())) + ".",
            "",
            "Target: each has a status, the good one gives the bytes that it gives alone, nothing is written outside",
            f"the output folder, none takes more than {SLACK_SECONDS:g} s beyond its limit: {verdict}.",
        ]
    )


def main() -> None:
    """Make the files, read them with each number of processes, print the section."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--jobs", type=int, nargs="+", default=list(JOBS))
    parser.add_argument("--timeout", type=float, default=TIMEOUT)
    add_out(parser)
    parser.add_argument("--keep", type=Path, help="a folder that is not there, for the files and what came of them")
    given = parser.parse_args()
    with TemporaryDirectory() as temporary:
        work = given.keep or Path(temporary)
        work.mkdir(exist_ok=True)
        prepared(work, given.files, ROOT / "inputs" / "pergub-kalsel-monev.pdf", good_sources(work))
        runs = []
        for jobs in given.jobs:
            runs.append(run_hostile(work, jobs, given.timeout))
            print(f"{runs[-1]}\n", flush=True)
        text = section(runs, given.files, given.timeout)
    show("Hostile files", text, given.out)


if __name__ == "__main__":
    main()

"""Read mutated files, thousands of them, and tell of each that does what none must do.

    python -m bench.fuzz [--files 5000] [--seed 1] [--jobs 2] [--timeout 20] [--findings DIR] [--out docs/bench.md]

Files are mutated in rounds. One that made the package run a line which none before it ran is kept, and mutated further
in the rounds that follow. libFuzzer (by way of atheris) would steer so as well, but it must own the process that reads,
and loses all it knows with it: here a worker is ended whenever a file goes beyond its limits, as in any run.
"""

from __future__ import annotations

import argparse
import random
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.fuzz_seeds import SAMPLE, seeds
from bench.fuzz_worker import YAML_NAMES, FuzzOutcome, FuzzTask, fuzz
from bench.page import ROOT, add_out, show, table
from pipeline.batch.inputs import Input
from pipeline.batch.job import Job, run_job
from pipeline.batch.kept_readings import as_bytes
from pipeline.batch.supervised import Supervised, WorkerDied
from pipeline.batch.workers import usable_cores
from pipeline.model.document import DocumentError
from pipeline.settings import LimitSettings, Settings

FILES = 500
ROUND = 100  # files; what one round finds is mutated in the next
MEGABYTES = 1000.0
TIMEOUT = 20.0  # seconds for one document, of which a good one takes less than half of one
SLACK_SECONDS = 10.0  # for a process to be ended and another to be started, on a machine with other work
FRESH = 0.5  # of the files are made from one that was made before, where there is one
SHARES: Mapping[str, float] = {
    ".pdf": 0.6,
    ".png": 0.04,
    ".jpg": 0.03,
    ".tif": 0.04,
    ".txt": 0.08,
    ".md": 0.06,
    ".docx": 0.003,  # each takes LibreOffice seconds
    "corrections": 0.107,
    "lexicon": 0.04,
}
BAD = frozenset({"failed", "raised", "died"})
ENDED = frozenset({"timed-out", "too-large"})


@dataclass
class Corpus:
    """The files that others are made from: the seeds, and those that made the package run further lines."""

    work: Path
    seeds: dict[str, list[Path]] = field(default_factory=dict)
    kept: dict[str, list[Path]] = field(default_factory=dict)
    lines: set[str] = field(default_factory=set)

    def parent(self, kind: str, choice: random.Random) -> Path:
        """A file to make another of that kind from."""
        kept = self.kept.get(kind)
        return choice.choice(kept if kept and choice.random() < FRESH else self.seeds[kind])

    def take(self, outcome: FuzzOutcome) -> bool:
        """Keep the file where it is the first that led to some line; return whether it is."""
        new = outcome.lines - self.lines
        self.lines |= new
        if not new or outcome.status in BAD:
            return False
        path = self.work / "corpus" / outcome.task.name
        shutil.copyfile(outcome.task.path, path)
        self.kept.setdefault(outcome.task.kind, []).append(path)
        return True


@dataclass(frozen=True)
class FuzzRun:
    """What came of all files.

    Attributes:
        outcomes: Of each.
        kept: How many led to lines that none before had led to.
        lines: How many lines of the package were run.
        strays: Files that were written outside the output folder.
    """

    outcomes: tuple[FuzzOutcome, ...]
    kept: int
    lines: int
    strays: tuple[str, ...]

    def findings(self, timeout: float) -> list[FuzzOutcome]:
        """Those that did what none must do."""
        return [one for one in self.outcomes if is_finding(one, timeout)]


def is_finding(outcome: FuzzOutcome, timeout: float) -> bool:
    """Whether a file broke a promise: an unforeseen error, a dead worker, a forbidden act, a hang past the limit."""
    too_much = outcome.megabytes > MEGABYTES + LimitSettings().library_megabytes
    return outcome.status in BAD or bool(outcome.noted) or too_much or outcome.seconds > timeout + SLACK_SECONDS


def prepared(work: Path) -> Corpus:
    """Write the seeds, and what was read of the document that corrections are about."""
    for name in ("seeds", "files", "corpus", "out", "scratch"):
        (work / name).mkdir(parents=True)
    corpus = Corpus(work)
    for kind, contents in seeds(work / "scratch").items():
        for number, content in enumerate(contents):
            path = work / "seeds" / f"{number}{kind}"
            path.write_bytes(content)
            corpus.seeds.setdefault(kind, []).append(path)
    sample = Input(work / "scratch" / SAMPLE, SAMPLE, Path(SAMPLE).stem)
    (work / "seeds" / "base").write_bytes(as_bytes(run_job(Job(sample, Settings()))))
    return corpus


def tasks_of(corpus: Corpus, numbers: Iterable[int], seed: int) -> list[FuzzTask]:
    """The next files to make, by the seed and what was kept so far."""
    tasks = []
    for number in numbers:
        choice = random.Random(f"{seed}/{number}/parent")
        (kind,) = choice.choices(list(SHARES), list(SHARES.values()))
        tasks.append(FuzzTask(f"{seed}-{number:05d}", kind, seed, corpus.parent(kind, choice), corpus.work))
    return tasks


def run_fuzz(work: Path, files: int, seed: int, jobs: int, timeout: float, findings: Path | None = None) -> FuzzRun:
    """Make and read so many files.

    Args:
        work: An empty folder.
        files: How many.
        seed: Of all random choices.
        jobs: How many processes read.
        timeout: Seconds for one document.
        findings: Where the files are put that did what none must do, each with a text beside it; in `ended` those
            that a limit ended.
    """
    corpus, outcomes, kept = prepared(work), list[FuzzOutcome](), 0
    before = _files(work)
    executor = Supervised(jobs, LimitSettings().within(timeout, MEGABYTES), lambda message: None)
    try:
        for start in range(0, files, ROUND):
            tasks = tasks_of(corpus, range(start, min(start + ROUND, files)), seed)
            calls = [executor.submit(fuzz, task) for task in tasks]
            done = [_outcome(task, call) for task, call in zip(tasks, calls, strict=True)]
            kept += sum(corpus.take(one) for one in done)
            outcomes += [_settled(one, timeout, findings) for one in done]
            print(_progress(outcomes, kept, len(corpus.lines), timeout), flush=True)
    finally:
        executor.shutdown(cancel_futures=True)
    own = ("corpus/", "out/", "files/")
    strays = tuple(sorted(path for path in _files(work) - before if not path.startswith(own)))
    return FuzzRun(tuple(outcomes), kept, len(corpus.lines), strays)


def _outcome(task: FuzzTask, call: Future[FuzzOutcome]) -> FuzzOutcome:
    try:
        return call.result()
    except DocumentError as fault:
        return FuzzOutcome(task, fault.status, str(fault))
    except WorkerDied as death:
        return FuzzOutcome(task, "died", death.how)


def _settled(outcome: FuzzOutcome, timeout: float, findings: Path | None) -> FuzzOutcome:
    """Keep the file of a finding, with what it did; take away that of any other, and what came of it."""
    path = outcome.task.path
    is_bad = is_finding(outcome, timeout)
    if (is_bad or outcome.status in ENDED) and findings is not None:
        folder = findings if is_bad else findings / "ended"
        place = folder / (path.name if path.parent.name == "files" else f"{outcome.task.name}-{path.name}")
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
        lines = [outcome.status, outcome.told, *outcome.noted, f"made from {outcome.task.parent.name}"]
        place.with_name(f"{place.name}.finding").write_text("\n".join(lines), "utf-8")
    if outcome.task.kind in YAML_NAMES:
        shutil.rmtree(path.parent, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
    shutil.rmtree(outcome.task.work / "out" / outcome.task.name, ignore_errors=True)
    return outcome


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _progress(outcomes: Sequence[FuzzOutcome], kept: int, lines: int, timeout: float) -> str:
    bad = sum(is_finding(one, timeout) for one in outcomes)
    ended = sum(one.status in ENDED for one in outcomes)
    return f"{len(outcomes)} files: {kept} kept, {lines} lines run, {ended} ended by a limit, {bad} findings"


def section(run: FuzzRun, seed: int, timeout: float) -> str:
    """The section of the page: a row for each kind, and whether the target holds."""
    bad = {one.task.name for one in run.findings(timeout)}
    rows = []
    for kind in SHARES:
        own = [one for one in run.outcomes if one.task.kind == kind]
        ends = Counter(one.status for one in own)
        told = ", ".join(f"{number} {status}" for status, number in ends.most_common(5))
        slowest = max((one.seconds for one in own), default=0.0)
        found = sum(one.task.name in bad for one in own)
        rows.append([kind, str(len(own)), told, str(ends["timed-out"]), f"{slowest:.1f}", str(found)])
    verdict = "holds" if not bad and not run.strays else "**falls short**"
    noted = sum(len(one.noted) for one in run.outcomes)
    space = max((one.megabytes for one in run.outcomes), default=0.0)
    return "\n".join(
        [
            f"{len(run.outcomes)} files, mutated from small good ones of {len(SHARES)} kinds by the seed {seed}, each",
            "read in a worker as any document is, concluded and written; an audit hook notes what it must not do.",
            f"{run.kept} files led to lines of the package that none before had led to ({run.lines} in all), and were",
            f"mutated further. `--timeout {timeout:g} --memory {MEGABYTES:g}`.",
            "",
            table(["kind", "files", "most frequent ends", "timed out", "slowest, s", "findings"], rows),
            "",
            f"Files outside the output folder: {len(run.strays)}. Connections, programs, code of documents: {noted}.",
            f"The most address space of a worker: {space:.0f} MB.",
            "",
            "Target: no unforeseen error, no dead worker, none beyond its limit of time or address space, nothing",
            "written elsewhere, no network, no program but Tesseract and LibreOffice, no code of a document:",
            f"{verdict}.",
        ]
    )


def main() -> None:
    """Mutate and read, print the section."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=usable_cores())
    parser.add_argument("--timeout", type=float, default=TIMEOUT)
    parser.add_argument("--findings", type=Path, default=ROOT / "outputs" / "fuzz", help="where bad files are put")
    add_out(parser)
    given = parser.parse_args()
    with TemporaryDirectory() as temporary:
        run = run_fuzz(Path(temporary, "work"), given.files, given.seed, given.jobs, given.timeout, given.findings)
    text = section(run, given.seed, given.timeout)
    show("Fuzzing", text, given.out)


if __name__ == "__main__":
    main()

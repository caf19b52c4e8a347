"""Measure one long document read by one worker and by two, text and scan.

    python -m bench.division [--pages 200] [--kind text scan] [--out docs/bench.md]

The pages of inputs/ again and again, in one PDF. Workers are started before the clock, which runs from the job to its
result. Two workers need two idle processors: other work on the machine makes the ratio mean nothing, so the load is
told beside it. So is what two workers bring that read a document each, at once, and share nothing but the machine's
memory: they wait for the slower of them, which workers of one document need not, where one takes over from the other.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from bench.memory import SOURCES, repeated
from bench.page import add_out, show, table
from bench.speed import verdict
from pipeline import Settings
from pipeline.batch.inputs import Input
from pipeline.batch.job import Job, run_job
from pipeline.batch.kept_readings import as_bytes
from pipeline.batch.run import run_jobs
from pipeline.batch.workers import Workers, processes

TARGET = 1.85
TITLES = {"text": "One document, several workers", "scan": "One scanned document, several workers"}
ROUNDS = {"text": 5, "scan": 1}
APART_PAGES = {"text": 200, "scan": 30}  # of the document that two workers read each for itself


@contextmanager
def started(count: int) -> Iterator[Workers]:
    """So many workers that have imported what they read with."""
    with processes(count) as workers:
        for call in [workers.executor.submit(sleep, 0.5) for _ in range(count)]:
            call.result()
        yield workers


def reading(path: Path, count: int) -> tuple[float, bytes]:
    """How many seconds so many workers read a document, and what it came to."""
    job = Job(Input(path, path.name, path.stem), Settings())
    with started(count) as workers:
        begun = perf_counter()
        (result,) = run_jobs([job], lambda _: nullcontext(workers))
        return perf_counter() - begun, as_bytes(result)


def reading_apart(path: Path, count: int) -> float:
    """How many seconds so many workers take that read the document each for itself, all at once."""
    job = Job(Input(path, path.name, path.stem), Settings())
    with ExitStack() as stack:
        alone = [stack.enter_context(started(1)) for _ in range(count)]
        begun = perf_counter()
        for call in [workers.executor.submit(run_job, job, workers.on_page) for workers in alone]:
            call.result()
        return perf_counter() - begun


@dataclass(frozen=True)
class Round:
    """Seconds of one worker between those of two before it and after it: a machine is not always as fast."""

    before: float
    one: float
    after: float

    @property
    def two(self) -> float:
        """Seconds of two workers."""
        return (self.before + self.after) / 2


def rounds_of(seconds: Callable[[int], float], count: int) -> list[Round]:
    """So many rounds of what takes so many workers so many seconds."""
    return [Round(seconds(2), seconds(1), seconds(2)) for _ in range(count)]


def divided_rounds(path: Path, count: int) -> list[Round]:
    """Rounds of reading one document; ValueError where the results differ."""
    results: set[bytes] = set()

    def seconds(workers: int) -> float:
        took, result = reading(path, workers)
        results.add(result)
        return took

    found = rounds_of(seconds, count)
    if len(results) > 1:
        raise ValueError(f"{path.name}: the result depends on the number of workers")
    return found


def row(kind: str, pages: int, folder: Path) -> list[str]:
    """What was measured of a kind, on a document of so many pages; of ratios the median of the rounds."""
    path, apart = folder / f"{kind}.pdf", folder / f"{kind}-apart.pdf"
    found = divided_rounds(repeated(SOURCES[kind], pages, path), ROUNDS[kind])
    repeated(SOURCES[kind], min(pages, APART_PAGES[kind]), apart)
    each = rounds_of(lambda count: reading_apart(apart, count), ROUNDS[kind])
    ratios, bounds = [one.one / one.two for one in found], [2 * one.one / one.two for one in each]
    speeds = [median(pages / one.one for one in found), median(pages / one.two for one in found)]
    figures = [f"{figure:.2f}" for figure in (*speeds, median(ratios))]
    spread = f"{min(ratios):.2f} to {max(ratios):.2f}" if len(ratios) > 1 else ""
    return [kind, str(pages), *figures, spread, f"{median(bounds):.2f}", verdict(median(ratios) >= TARGET)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--kind", nargs="+", choices=sorted(SOURCES), default=sorted(SOURCES))
    add_out(parser)
    given = parser.parse_args()
    for kind in given.kind:
        with tempfile.TemporaryDirectory() as folder:
            show(TITLES[kind], section(row(kind, given.pages, Path(folder)), ROUNDS[kind]), given.out)


def section(measured: list[str], rounds: int) -> str:
    """The section of a kind."""
    heads = [
        "",
        "pages",
        "pages/s, 1 worker",
        "pages/s, 2 workers",
        "ratio",
        "",
        "a document each",
        f"{TARGET} at least",
    ]
    told = (
        "One document, the same bytes whatever the number of workers: two workers, one, and two again, the median of so"
        f" many rounds: {rounds}. *A document each* is the ratio of two workers that read a document each at once,"
        f" until the slower is done. The machine's load at the end was {os.getloadavg()[0]:.1f}."
    )
    return f"{told}\n\n{table(heads, [measured])}"


if __name__ == "__main__":
    main()

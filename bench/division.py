"""Measure one long document read by one worker and by two, text and scan.

    python -m bench.division [--pages 200] [--kind text scan] [--out docs/bench.md]

The pages of inputs/ again and again, in one PDF. Workers are started before the clock, which runs from the job to its
result. Two workers need two idle processors: other work on the machine makes the ratio mean nothing, so the load is
told beside it. So is what the machine has to give: two workers that read a document each, at once, share nothing but
its memory, and no division of one document can bring more than they do.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
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
ROUNDS = {"text": 4, "scan": 1}  # the best of many, for two workers are slowed by any other work
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


def ratio_apart(path: Path, rounds: int) -> float:
    """How many times as much two workers read at once as one alone, a document each; the best of some rounds."""
    seconds = [(reading_apart(path, 1), reading_apart(path, 2)) for _ in range(rounds)]
    one, two = (min(times) for times in zip(*seconds, strict=True))
    return float(2 * one / two)


def best_seconds(path: Path, rounds: int) -> tuple[float, float]:
    """How many seconds one worker and two take for one document, the best of some rounds in turns.

    Raises:
        ValueError: If the results differ.
    """
    results: set[bytes] = set()
    best: dict[int, float] = {}
    for count in (1, 2) * rounds:
        took, result = reading(path, count)
        best[count] = min(took, best.get(count, took))
        results.add(result)
    if len(results) > 1:
        raise ValueError(f"{path.name}: the result depends on the number of workers")
    return best[1], best[2]


def row(kind: str, pages: int, folder: Path) -> list[str]:
    """What was measured of a kind, on a document of so many pages."""
    path, apart = folder / f"{kind}.pdf", folder / f"{kind}-apart.pdf"
    one, two = best_seconds(repeated(SOURCES[kind], pages, path), ROUNDS[kind])
    bound = ratio_apart(repeated(SOURCES[kind], min(pages, APART_PAGES[kind]), apart), ROUNDS[kind])
    ratio = one / two
    figures = [pages / one, pages / two, ratio, bound]
    return [kind, str(pages), *(f"{figure:.2f}" for figure in figures), verdict(ratio >= TARGET)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--kind", nargs="+", choices=sorted(SOURCES), default=sorted(SOURCES))
    add_out(parser)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = [row(kind, given.pages, Path(folder)) for kind in given.kind]
    heads = ["", "pages", "pages/s, 1 worker", "pages/s, 2 workers", "ratio", "a document each", f"{TARGET} at least"]
    rounds = ", ".join(f"{count} of {kind}" for kind, count in ROUNDS.items())
    load = f"Best of so many rounds in turns: {rounds}; load of the machine at the end {os.getloadavg()[0]:.1f}."
    apart = (
        "*A document each* is the ratio of two workers that read a document each at once: what the machine has to give."
    )
    text = f"One document, the same bytes whatever the number of workers. {apart} {load}\n\n{table(heads, rows)}"
    show("One document, several workers", text, given.out)


if __name__ == "__main__":
    main()

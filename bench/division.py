"""Measure one long document read by one worker and by two, text and scan.

    python -m bench.division [--pages 200] [--kind text scan] [--out docs/bench.md]

The pages of inputs/ again and again, in one PDF. Workers are started before the clock, which runs from the job to its
result. Two workers need two idle processors: other work on the machine makes the ratio mean nothing, so the load is
told beside it.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from time import perf_counter, sleep

from bench.memory import SOURCES, repeated
from bench.page import put, table
from bench.speed import verdict
from pipeline import Settings
from pipeline.batch.inputs import Input
from pipeline.batch.job import Job, as_bytes
from pipeline.batch.run import run_jobs
from pipeline.batch.workers import Workers, processes

TARGET = 1.85
ROUNDS = {"text": 7, "scan": 1}  # the best of many, for two workers are slowed by any other work


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


def row(path: Path, kind: str, pages: int) -> list[str]:
    """What was measured on a document, the best of some rounds in turns; ValueError where the results differ."""
    seconds: dict[int, list[float]] = {1: [], 2: []}
    results: set[bytes] = set()
    for _ in range(ROUNDS[kind]):
        for count, times in seconds.items():
            took, result = reading(path, count)
            times.append(took)
            results.add(result)
    if len(results) > 1:
        raise ValueError(f"{path.name}: the result depends on the number of workers")
    one, two = min(seconds[1]), min(seconds[2])
    ratio = one / two
    return [kind, str(pages), f"{pages / one:.2f}", f"{pages / two:.2f}", f"{ratio:.2f}", verdict(ratio >= TARGET)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--kind", nargs="+", choices=sorted(SOURCES), default=sorted(SOURCES))
    parser.add_argument("--out", type=Path, help="put the section into this page as well")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = ((kind, repeated(SOURCES[kind], given.pages, Path(folder, f"{kind}.pdf"))) for kind in given.kind)
        rows = [row(path, kind, given.pages) for kind, path in made]
    heads = ["", "pages", "pages/s, 1 worker", "pages/s, 2 workers", "ratio", f"{TARGET} at least"]
    rounds = ", ".join(f"{count} of {kind}" for kind, count in ROUNDS.items())
    load = f"Best of so many rounds in turns: {rounds}; load of the machine at the end {os.getloadavg()[0]:.1f}."
    text = f"One document, the same bytes whatever the number of workers. {load}\n\n{table(heads, rows)}"
    print(text)
    if given.out:
        put(given.out, "One document, several workers", text)


if __name__ == "__main__":
    main()

"""Measure the peak memory of a worker process on documents of more and more pages.

    python -m bench.memory [--pages 10 100 1000] [--kind text scan] [--out docs/bench.md] [PDF ...]

Each document repeats the pages of one PDF (of inputs/ if none is given), every copy with objects of its own, and is
read by a worker of `pipeline.batch` that was started for it and has read nothing before.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.page import ROOT, put, table
from bench.process_cost import peak_mb
from pipeline.batch.inputs import Input
from pipeline.batch.job import Job, run_job
from pipeline.batch.workers import processes
from pipeline.settings import Settings

PAGES = (10, 100, 1000)
SOURCES = {kind: ROOT / "inputs" / name for kind, name in (("text", "sop-bintan.pdf"), ("scan", "sop-bintan-scan.pdf"))}
MOST_MB = 400.0  # target: peak of a worker on the longest document
MOST_GROWTH = 1.2  # target: peak on the longest document in that on the shortest


@dataclass(frozen=True)
class Peak:
    """The peak of a worker on one document: `idle` and `peak` are megabytes of resident memory, `seconds` wall time.

    `idle` is what the worker took before it was given anything, `records` the number of SOPs that it found.
    """

    source: str
    pages: int
    records: int
    idle: float
    peak: float
    seconds: float


def repeated(source: Path, pages: int, target: Path) -> Path:
    """Write the pages of `source`, over and over, as a PDF of `pages` pages that share no object."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    while missing := pages - len(writer.pages):
        reader = PdfReader(source)
        writer.append(reader, pages=(0, min(missing, len(reader.pages))), import_outline=False)
    writer.write(target)
    return target


def measured(path: Path, source: str) -> Peak:
    """The peak of a fresh worker on the document `path`; ValueError where it cannot be read."""
    job = Job(Input(path, path.name, path.stem), Settings())
    with processes(1) as workers:
        idle = workers.executor.submit(peak_mb).result()
        begin = perf_counter()
        done = workers.executor.submit(run_job, job, workers.on_page).result()
        seconds = perf_counter() - begin
        peak = workers.executor.submit(peak_mb).result()
    if done.document.failed:
        raise ValueError(f"{path.name}: {done.document.message}")
    return Peak(source, len(done.document.pages), len(done.records), idle, peak, seconds)


def peaks(sources: Iterable[Path], pages: Sequence[int]) -> Iterator[Peak]:
    """One peak for every source and number of pages, from few pages to many."""
    for source in sources:
        for count in sorted(pages):
            with TemporaryDirectory() as folder:
                yield measured(repeated(source, count, Path(folder) / f"{source.stem}-{count}.pdf"), source.name)


def section(found: Sequence[Peak]) -> str:
    """The section of the page: a row for each peak, and whether the targets hold."""
    heads = ["pages of", "pages", "SOPs", "peak, MB", "of which before reading, MB", "ratio to the fewest", "pages/s"]
    parts = [
        "Resident memory of one worker process of `sop run` at its highest, on documents that repeat the pages of one",
        "PDF, every copy with objects of its own. A Tesseract that runs as a program of its own is not counted.",
        "",
        table(heads, [row for peaks in by_source(found) for row in rows(peaks)]),
    ]
    return "\n".join([*parts, *(verdict(peaks) for peaks in by_source(found))])


def by_source(found: Sequence[Peak]) -> list[list[Peak]]:
    """The peaks of each source together."""
    return [list(peaks) for _, peaks in groupby(found, key=lambda peak: peak.source)]


def rows(peaks: Sequence[Peak]) -> Iterator[list[str]]:
    """The table's rows for the peaks of one source."""
    for p in peaks:
        figures = [f"{p.peak:.0f}", f"{p.idle:.0f}", f"{p.peak / peaks[0].peak:.2f}", f"{p.pages / p.seconds:.2f}"]
        yield [p.source, str(p.pages), str(p.records), *figures]


def verdict(peaks: Sequence[Peak]) -> str:
    """Whether the peaks of one source keep to the targets."""
    first, last = peaks[0], peaks[-1]
    growth = last.peak / first.peak
    holds = last.peak <= MOST_MB and growth <= MOST_GROWTH
    return (
        f"\nTarget: {MOST_MB:.0f} MB at most, and {MOST_GROWTH - 1:.0%} growth at most. {first.source}:"
        f" {last.peak:.0f} MB at {last.pages} pages, {growth:.2f} times that at {first.pages}:"
        f" {'holds' if holds else '**falls short**'}."
    )


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdfs", type=Path, nargs="*", metavar="PDF", help="whose pages to repeat; not with --kind")
    parser.add_argument("--pages", type=int, nargs="+", default=list(PAGES), help="how many pages the documents have")
    parser.add_argument("--kind", nargs="+", choices=list(SOURCES), default=list(SOURCES))
    parser.add_argument("--out", type=Path, help="put the section into this page as well")
    return parser.parse_args()


def main() -> None:
    """Measure, print a line at once for every document, then the section."""
    given = arguments()
    sources = given.pdfs or [SOURCES[kind] for kind in given.kind]
    found = []
    for peak in peaks(sources, given.pages):
        found.append(peak)
        print(f"{peak.source}: {peak.pages} pages, {peak.peak:.0f} MB, {peak.seconds:.0f} s", flush=True)
    text = section(found)
    print(f"\n{text}")
    if given.out:
        put(given.out, "Memory", text)


if __name__ == "__main__":
    main()

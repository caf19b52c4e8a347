"""Measure what pages cost, and calculate from it what a million and a hundred million of them take.

    python -m bench.scale [--cores 8] [--machines 1 10 100] [--share 0.92] [PDF ...]

Each document (those of inputs/ if none is given) is read by itself, in this process, after one page of each kind; by
CPU time, which other work on the machine changes little. `--share` says how much of its cores a cluster makes use of:
measure it by `python -m bench.division`. What a run does besides reading, for each document, is measured too: it is
done in one process, and so bounds how many cores a single run keeps busy.
"""

from __future__ import annotations

import argparse
import math
import pickle
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.page import ROOT, table
from bench.peers import has_text
from bench.speed import warm_up
from bench.stage_costs import timed
from pipeline import Settings
from pipeline.batch.conclude import conclude
from pipeline.batch.correction_files import CorrectionFiles
from pipeline.batch.inputs import Input
from pipeline.batch.job import Job, run_job
from pipeline.model.document import Digitized
from pipeline.store.outputs import write_document

PAGES = (1_000_000, 100_000_000)
KINDS = ("text", "scan")


@dataclass(frozen=True)
class Measured:
    """What documents of one kind took: CPU seconds, bytes, and files that were written.

    Attributes:
        documents: How many there are.
        pages: They have together.
        reading: Seconds of the worker.
        writing: Seconds of the run's own process as the result comes.
        again: Seconds of it at the end, when all documents are looked at together.
        input_bytes: Of the documents.
        output_bytes: Of their records and `document.json`.
        cache_bytes: Of what is kept for the next run.
        files: Records, `document.json` and what is in the cache.
    """

    documents: int = 0
    pages: int = 0
    reading: float = 0.0
    writing: float = 0.0
    again: float = 0.0
    input_bytes: int = 0
    output_bytes: int = 0
    cache_bytes: int = 0
    files: int = 0

    def __add__(self, other: Measured) -> Measured:
        return Measured(*(one + another for one, another in zip(astuple(self), astuple(other), strict=True)))

    @property
    def per_second(self) -> float:
        """Pages that one core reads in a second."""
        return self.pages / self.reading

    @property
    def cores_of_a_run(self) -> float:
        """How many cores one run keeps busy, before what it does in one process is what all wait for."""
        return self.reading / self.writing if self.writing else math.inf  # less than the clock tells

    def bytes_per_page(self) -> tuple[float, float, float]:
        """Of inputs, of records and of the cache."""
        return self.input_bytes / self.pages, self.output_bytes / self.pages, self.cache_bytes / self.pages


def measured(path: Path) -> Measured:
    """Read one document and write its records, as a run does."""
    with TemporaryDirectory() as folder:
        out, cache = Path(folder) / "out", Path(folder) / "cache"
        job = Job(Input(path, path.name, path.stem), Settings(), cache=cache)
        result, reading = timed(lambda: run_job(job))
        sent = pickle.dumps(result)
        _, writing = timed(lambda: written(sent, out))
        _, again = timed(lambda: written(sent, out))
        outputs, kept = files_in(out), files_in(cache)
        return Measured(
            documents=1,
            pages=len(result.document.pages),
            reading=reading.cpu,
            writing=writing.cpu,
            again=again.cpu,
            input_bytes=path.stat().st_size,
            output_bytes=sum(outputs),
            cache_bytes=sum(kept),
            files=len(outputs) + len(kept),
        )


def written(sent: bytes, out: Path) -> None:
    """Do what a run does with a result that a worker has sent: corrections and checks, then its files."""
    result: Digitized = pickle.loads(sent)
    for document in conclude([result], CorrectionFiles(), Settings()).documents:
        write_document(out, document)


def files_in(folder: Path) -> list[int]:
    """The bytes of all files in a folder and those in it."""
    return [path.stat().st_size for path in folder.rglob("*") if path.is_file()]


def cost_rows(found: Sequence[Measured]) -> list[list[str]]:
    """A row for each thing that was measured, with a column for each kind."""
    sizes = [one.bytes_per_page() for one in found]
    return [
        ["documents, pages", *(f"{one.documents}, {one.pages}" for one in found)],
        ["pages a second and core", *(f"{one.per_second:.2f}" for one in found)],
        ["kB a page: inputs", *(f"{size[0] / 1e3:.1f}" for size in sizes)],
        ["kB a page: records and document.json", *(f"{size[1] / 1e3:.1f}" for size in sizes)],
        ["kB a page: cache", *(f"{size[2] / 1e3:.1f}" for size in sizes)],
        ["files a document", *(f"{one.files / one.documents:.1f}" for one in found)],
        ["ms a document in the run's own process", *(f"{1000 * one.writing / one.documents:.0f}" for one in found)],
        ["and once more at its end", *(f"{1000 * one.again / one.documents:.0f}" for one in found)],
        ["cores that one run keeps busy", *(f"{one.cores_of_a_run:.0f}" for one in found)],
    ]


def plan_rows(one: Measured, kind: str, cores: int, machines: Sequence[int], share: float) -> list[list[str]]:
    """What so many pages of a kind take."""
    rows = []
    for pages in PAGES:
        hours = pages / one.per_second / 3600
        days = [f"{hours / (count * cores * share) / 24:.2f}" for count in machines]
        disk = [f"{pages * size / 1e9:,.0f}" for size in one.bytes_per_page()]
        files = pages / one.pages * one.files
        rows.append([f"{pages:,} {kind}", f"{hours:,.0f}", *days, *disk, f"{files / 1e6:,.1f}"])
    return rows


def section(found: dict[str, Measured], cores: int, machines: Sequence[int], share: float) -> str:
    """Both tables as Markdown."""
    heads = ["pages", "core-hours", *(f"days, {count} x {cores} cores" for count in machines)]
    rows = [row for kind, one in found.items() for row in plan_rows(one, kind, cores, machines, share)]
    disk = ["GB of inputs", "GB of records", "GB of cache", "million files"]
    measured_table = table(["", *found], cost_rows(list(found.values())))
    return f"{measured_table}\n\n{table([*heads, *disk], rows)}"


def arguments() -> argparse.Namespace:
    """What to measure, and for which machines to calculate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdfs", type=Path, nargs="*", metavar="PDF")
    parser.add_argument("--cores", type=int, default=8, help="of each machine")
    parser.add_argument("--machines", type=int, nargs="+", default=[1, 10, 100])
    parser.add_argument("--share", type=float, default=0.92, help="of its cores that a cluster makes use of")
    return parser.parse_args()


def main() -> None:
    """Measure, calculate and print."""
    given = arguments()
    paths = given.pdfs or sorted((ROOT / "inputs").glob("*.pdf"))
    warm_up(paths, Settings())
    found: dict[str, Measured] = {}
    for kind in KINDS:
        ones = [measured(path) for path in paths if has_text(path) == (kind == "text")]
        if ones:
            found[kind] = sum(ones, Measured())
    print(section(found, given.cores, given.machines, given.share))


if __name__ == "__main__":
    main()

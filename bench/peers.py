"""Measure text PDFs beside other libraries, in one run, by one and by two processes.

    python -m bench.peers [--rounds 3] [--camelot] [--out docs/bench.md] [PDF ...]

Without PDFs the text PDFs of inputs/ are read. Every reader takes the same pages in turn (A B C A B C), each process
all of them; what is told is the median of the rounds. The ratios are what counts: other work on the machine slows all.
"""

from __future__ import annotations

import argparse
import ctypes
import logging
import multiprocessing
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from multiprocessing.pool import Pool
from pathlib import Path
from statistics import median
from typing import TypeVar

import pypdfium2
import pypdfium2.raw as pdfium_c

from bench.page import ROOT, put, table
from bench.stage_costs import Cost, timed
from pipeline import digitize

SHARE_OF_PDFPLUMBER = 2.0  # pages a second in those of pdfplumber's extract_tables, at least
PROCESSES = (1, 2)

T = TypeVar("T")


def objects_by_pdfium(path: Path) -> int:
    """The floor: every character with its box and every segment of every path, as pypdfium2 gives them."""
    found = 0
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            text = page.get_textpage()
            found += sum(len(text.get_charbox(index, loose=True)) for index in range(text.count_chars()))
            found += sum(segments_of(thing) for thing in page.get_objects([pdfium_c.FPDF_PAGEOBJ_PATH]))
            page.close()
    return found


def segments_of(thing: pypdfium2.PdfObject) -> int:
    """Ask for each segment of a path where it ends; how many there are."""
    x, y = ctypes.c_float(), ctypes.c_float()
    count: int = pdfium_c.FPDFPath_CountSegments(thing.raw)
    for index in range(count):
        pdfium_c.FPDFPathSegment_GetPoint(pdfium_c.FPDFPath_GetPathSegment(thing.raw, index), x, y)
    return count


def tables_by_pdfplumber(path: Path) -> int:
    """The tables that pdfplumber finds."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    with pdfplumber.open(path) as pdf:
        return sum(len(page.extract_tables()) for page in pdf.pages)


def tables_by_camelot(path: Path) -> int:
    """The tables that camelot finds between ruling lines."""
    import camelot

    return len(camelot.read_pdf(str(path), flavor="lattice", pages="all"))  # type: ignore[attr-defined]


def records_by_sop(path: Path) -> int:
    """The records of this project."""
    return len(digitize(path).records)


READERS: dict[str, Callable[[Path], int]] = {
    "PDFium alone": objects_by_pdfium,
    "pdfplumber": tables_by_pdfplumber,
    "camelot": tables_by_camelot,
    "sop": records_by_sop,
}
NEEDS = {"pdfplumber": "pdfplumber", "camelot": "camelot"}


def cost_of(name: str, paths: Sequence[Path]) -> Cost:
    """What a reader costs over some files, in this process."""
    return timed(lambda: [READERS[name](path) for path in paths])[1]


def measured(names: Sequence[str], paths: Sequence[Path], processes: int, rounds: int) -> dict[str, list[Cost]]:
    """The clock's seconds of each round and the CPU seconds of a process in it, by reader."""
    found: dict[str, list[Cost]] = {name: [] for name in names}
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for name in names:
            in_all(pool, processes, name, paths[:1])  # what a process loads once is not counted
        for _ in range(rounds):
            for name in names:
                costs, whole = timed(lambda name=name: in_all(pool, processes, name, paths))  # type: ignore[misc]
                found[name].append(Cost(whole.wall, sum(cost.cpu for cost in costs) / processes))
    return found


def in_all(pool: Pool, processes: int, name: str, paths: Sequence[Path]) -> list[Cost]:
    """The same work done by every process at once."""
    return pool.starmap(cost_of, [(name, paths)] * processes, chunksize=1)


def report(paths: Sequence[Path], rounds: int, camelot: bool) -> str:
    """The whole section as Markdown."""
    names = [name for name in READERS if (module := NEEDS.get(name)) is None or find_spec(module)]
    names = [name for name in names if camelot or name != "camelot"]
    pages = sum(page_count(path) for path in paths)
    by_processes = {n: measured(names, paths, n, rounds) for n in PROCESSES}
    rows, lowest = [], []
    for name in names:
        cells = []
        for n, found in by_processes.items():
            speed = n * pages / median(cost.wall for cost in found[name])
            ratio = median(theirs.cpu / own.cpu for theirs, own in zip(found["pdfplumber"], found[name], strict=True))
            cells += [f"{speed:.1f}", f"{ratio:.2f}"]
            lowest += [ratio] if name == "sop" else []
        rows.append([name, *cells])
    heads = ["", *(head for n in PROCESSES for head in (f"{n} at once, pages/s", "ratio"))]
    holds = min(lowest) >= SHARE_OF_PDFPLUMBER
    return "\n".join(
        [
            f"{pages} pages of {', '.join(path.name for path in paths)}; the median of {rounds} rounds, each reader in",
            "turn, in one process and in two at once that each read all pages. `extract_tables` of pdfplumber and the",
            "lattice of camelot find ruled tables and the words in their cells; they know no covers, performers,",
            "flowcharts or records. PDFium alone, which gives every character's box and every path's segments, is the",
            "floor. The ratio is of CPU time a page, pdfplumber's to the reader's own.",
            "",
            table(heads, rows),
            "",
            f"Target: {SHARE_OF_PDFPLUMBER:.1f} times pdfplumber at least. {min(lowest):.2f}:"
            f" {'holds' if holds else '**falls short**'}.",
        ]
    )


def page_count(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


def has_text(path: Path) -> bool:
    """Whether the first page has a text layer."""
    with pypdfium2.PdfDocument(path) as pdf:
        return bool(pdf[0].get_textpage().get_text_bounded().strip())


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdfs", type=Path, nargs="*", metavar="PDF")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--camelot", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--out", type=Path, help="put the section into this page as well")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    paths = given.pdfs or [path for path in sorted((ROOT / "inputs").glob("*.pdf")) if has_text(path)]
    section = report(paths, given.rounds, given.camelot)
    print(section)
    if given.out:
        put(given.out, "Text PDFs beside other libraries", section)


if __name__ == "__main__":
    main()

"""Measure how fast documents are read, stage by stage, and scans beside Tesseract alone, in one run.

    python -m bench.speed [--rounds 2] [--out docs/bench.md] [PDF ...]

Without PDFs those of inputs/ are read. A scan is read by Tesseract alone and by us in turn (A B A B), in this process,
and what is told is the median of the rounds' ratios: other work on the machine slows both. CPU seconds count all
threads and children.
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pypdfium2

from bench.degrade import Gray, rendered
from bench.page import ROOT, add_out, show, table
from bench.peers import has_text
from bench.stage_costs import STAGES, Cost, Drawn, Watch, digitized, timed
from pipeline import Settings
from pipeline.flowchart import read_flow
from pipeline.ocr.tesseract import SEGMENTATION, limit_threads
from pipeline.process import one_thread

BARE_DPI = 200
BARE_SHARE = 0.7  # issue of the scans: pages a second of whole documents, in those of Tesseract alone
FLOW_MS = 40.0  # at most this many milliseconds a page for the flowchart
FLOW_REPEATS = 5


class BareTesseract:
    """One API object that reads whole pages in one block, as anyone would begin. ImportError without tesserocr."""

    def __init__(self, settings: Settings) -> None:
        limit_threads()
        import tesserocr

        from pipeline.ocr.tesserocr_engine import find_tessdata

        languages = settings.ocr.languages
        home = f"{find_tessdata(languages)}/"
        self.api = tesserocr.PyTessBaseAPI(path=home, lang="+".join(languages), psm=SEGMENTATION["block"])
        self.api.SetVariable("debug_file", os.devnull)
        self.version = tesserocr.tesseract_version().split()[1]

    def read(self, pages: Sequence[Gray]) -> list[str]:
        return [self._page(page) for page in pages]

    def _page(self, page: Gray) -> str:
        rows, columns = page.shape
        data = page.tobytes()
        self.api.SetImageBytes(data, columns, rows, 1, columns)
        self.api.SetSourceResolution(BARE_DPI)
        text: str = self.api.GetUTF8Text()
        return text


@dataclass(frozen=True)
class Measured:
    """A document: what each round cost us and Tesseract alone (which reads scans only), and the last round's watch."""

    name: str
    pages: int
    ours: tuple[Cost, ...]
    bare: tuple[Cost, ...]
    watch: Watch

    def stage(self, name: str) -> float:
        """The share of CPU time that went into a stage, 0..1."""
        return self.watch.costs[name].cpu / max(self.ours[-1].cpu, 1e-9)


def measured(path: Path, rounds: int, bare: BareTesseract | None, settings: Settings) -> Measured:
    """A document read `rounds` times, a scan by Tesseract alone before each, its pages rendered beforehand."""
    pages = list(rendered(path, BARE_DPI)) if bare and not has_text(path) else []
    ours: list[Cost] = []
    alone: list[Cost] = []
    for _ in range(rounds):
        if bare and pages:
            alone.append(timed(lambda: bare.read(pages))[1])
        done, watch, cost = digitized(path, settings)
        ours.append(cost)
    return Measured(path.name, len(done.document.pages), tuple(ours), tuple(alone), watch)


def warm_up(paths: Sequence[Path], settings: Settings) -> None:
    """Read one page of every kind of document, so that what a process loads once is not counted."""
    one_of_each = {has_text(path): path for path in paths}
    with TemporaryDirectory() as folder:
        for path in one_of_each.values():
            digitized(first_page(path, Path(folder) / path.name), settings)


def first_page(path: Path, target: Path) -> Path:
    with pypdfium2.PdfDocument(path) as whole, pypdfium2.PdfDocument.new() as part:
        part.import_pages(whole, [0])
        part.save(target)
    return target


def flow_cost(matrices: Sequence[Drawn], settings: Settings) -> tuple[int, list[Cost]]:
    """Pages of laid-out matrices, and what reading their flowcharts cost, time after time."""
    with one_thread():  # as a document is read
        costs = [
            timed(lambda: [read_flow(m, p.get, settings.flow) for m, p in matrices])[1] for _ in range(FLOW_REPEATS)
        ]
    return sum(len(matrix.parts) for matrix, _ in matrices), costs


def summed(found: Sequence[Measured]) -> tuple[int, list[Cost], list[Cost]]:
    """Pages of all documents, and round by round what they cost us and Tesseract alone."""
    ours = [sum(costs, Cost()) for costs in zip(*(m.ours for m in found), strict=True)]
    bare = [sum(costs, Cost()) for costs in zip(*(m.bare for m in found), strict=True)]
    return sum(m.pages for m in found), ours, bare


def scan_rows(scans: Sequence[Measured]) -> list[list[str]]:
    rows = [(m.name, m.pages, m.ours, m.bare) for m in scans]
    return [scan_row(*row) for row in (*rows, ("**all**", *summed(scans)))]


def scan_row(name: str, pages: int, ours: Sequence[Cost], bare: Sequence[Cost]) -> list[str]:
    speeds = [pages / median(cost.wall for cost in costs) for costs in (bare, ours)]
    by_clock, by_cpu = ratios(ours, bare)
    return [name, str(pages), *(f"{speed:.2f}" for speed in speeds), f"{by_clock:.2f}", f"{by_cpu:.2f}"]


def ratios(ours: Sequence[Cost], bare: Sequence[Cost]) -> tuple[float, float]:
    """Our pages a second in those of Tesseract alone, by the clock and by CPU time: the median of the rounds."""
    pairs = list(zip(bare, ours, strict=True))
    return median(b.wall / o.wall for b, o in pairs), median(b.cpu / o.cpu for b, o in pairs)


def verdict(holds: bool) -> str:
    return "holds" if holds else "**falls short**"


def scan_part(scans: Sequence[Measured]) -> list[str]:
    """Scans beside Tesseract alone."""
    _, ours, bare = summed(scans)
    by_clock, by_cpu = ratios(ours, bare)
    heads = ["scan", "pages", "Tesseract alone, pages/s", "`sop`, pages/s", "ratio", "ratio of CPU time"]
    return [
        "### Scans beside Tesseract alone",
        "",
        "Tesseract alone is one API object of tesserocr that takes each page whole (psm 6, 200 dpi, one thread) and",
        "says its text; `sop` goes from the file to the record: upright, rulings, words, flowchart and all. Both in",
        f"one process, in turn; the median of {len(ours)} rounds. Rendering the page is counted for `sop` only, which",
        "reads without the second engine here.",
        "",
        table(heads, scan_rows(scans)),
        "",
        f"Target: a ratio of {BARE_SHARE} at least. {by_clock:.2f} by the clock, {by_cpu:.2f} by CPU time:"
        f" {verdict(min(by_clock, by_cpu) >= BARE_SHARE)}.",
    ]


def flow_part(found: Sequence[Measured], settings: Settings) -> list[str]:
    """The flowchart on laid-out matrices."""
    rows, slowest = [], 0.0
    for m in found:
        pages, costs = flow_cost(m.watch.matrices, settings)
        if pages:
            wall, cpu = (1000 * median(getattr(cost, of) for cost in costs) / pages for of in ("wall", "cpu"))
            slowest = max(slowest, cpu)
            rows.append([m.name, str(pages), f"{wall:.0f}", f"{cpu:.0f}"])
    return [
        "### The flowchart",
        "",
        "Symbols, connectors and graph of pages that are read and laid out, looked for at",
        f"{settings.flow.dpi:.0f} dpi: the median of {FLOW_REPEATS} times.",
        "",
        table(["document", "matrix pages", "ms/page", "CPU ms/page"], rows),
        "",
        f"Target: {FLOW_MS:.0f} ms a page at most. {slowest:.0f} ms of CPU time: {verdict(slowest <= FLOW_MS)}.",
    ]


def whole_part(found: Sequence[Measured]) -> list[str]:
    """Whole documents and the share of each stage."""
    rows = []
    for m in found:
        speed, cpu = (m.pages / median(getattr(cost, of) for cost in m.ours) for of in ("wall", "cpu"))
        shares = [m.stage(name) for name in STAGES]
        cells = [f"{share:.0%}" for share in (*shares, 1 - sum(shares))]
        rows.append([m.name, str(m.pages), f"{speed:.2f}", f"{cpu:.2f}", *cells])
    heads = ["document", "pages", "pages/s", "pages/s of CPU", *STAGES, "rest"]
    return [
        "### Whole documents",
        "",
        "From the file to its records, and which stage took what share of CPU time (the last round's). `ocr` is",
        "Tesseract, `picture` the page as pixels for the flowchart.",
        "",
        table(heads, rows),
    ]


def machine(bare: BareTesseract | None) -> str:
    """What the figures were taken on, and how busy it was."""
    with_what = f"Tesseract {bare.version}" if bare else "no tesserocr"
    load = f"load {os.getloadavg()[0]:.1f} when it began" if hasattr(os, "getloadavg") else "load unknown"
    return f"Python {platform.python_version()}, {with_what}, {os.cpu_count()} cores, {load}; one process."


def speed(paths: Sequence[Path], rounds: int, settings: Settings) -> str:
    """The whole section as Markdown."""
    bare = BareTesseract(settings) if find_spec("tesserocr") else None
    about = machine(bare)
    warm_up(paths, settings)
    found = [measured(path, rounds, bare, settings) for path in paths]
    scans = [m for m in found if m.bare]
    parts = [[about]]
    parts += [scan_part(scans)] if scans else []
    parts += [flow_part(found, settings), whole_part(found)]
    return "\n\n".join("\n".join(part) for part in parts)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdfs", type=Path, nargs="*", metavar="PDF")
    parser.add_argument("--rounds", type=int, default=2)
    add_out(parser)
    return parser.parse_args()


def main() -> None:
    given, settings = arguments(), Settings()
    section = speed(
        given.pdfs or sorted((ROOT / "inputs").glob("*.pdf")),
        given.rounds,
        replace(settings, ocr=replace(settings.ocr, second="none")),
    )
    show("Speed", section, given.out)


if __name__ == "__main__":
    main()

"""Measure scans by two processes beside Tesseract alone, without and with the second reader.

    python -m bench.scan_speed [--out docs/bench.md] [PDF ...]

Two processes each read every other document: Tesseract alone takes its pages whole, then `sop` goes from the file to
the records, first without and then with a second reader of what is doubtful. Other work on the machine slows all of it:
CPU time says more than the clock.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from bench.degrade import rendered
from bench.page import ROOT, add_out, show, table
from bench.peers import has_text
from bench.speed import BARE_DPI, BareTesseract, verdict, warm_up
from bench.stage_costs import Cost, digitized, timed
from pipeline import Settings

TARGETS = {"none": 0.75, "doubtful": 0.55}
BARE = "Tesseract alone"


def settings_with(second: str) -> Settings:
    """The defaults, with a second reader of so much."""
    settings = Settings()
    return replace(settings, ocr=replace(settings.ocr, second=second))


def costs_of(paths: Sequence[Path]) -> tuple[int, dict[str, Cost]]:
    """The pages of some scans, and what they cost each way."""
    bare = BareTesseract(Settings())
    for second in TARGETS:
        warm_up(paths, settings_with(second))
    costs = {name: Cost() for name in (BARE, *TARGETS)}
    count = 0
    for path in paths:
        pages = list(rendered(path, BARE_DPI))
        count += len(pages)
        costs[BARE] += timed(lambda pages=pages: bare.read(pages))[1]  # type: ignore[misc]
        for second in TARGETS:
            costs[second] += digitized(path, settings_with(second))[2]
    return count, costs


def section(found: Sequence[tuple[int, dict[str, Cost]]]) -> str:
    """What all processes measured, as Markdown."""
    total = {name: sum((costs[name] for _, costs in found), Cost()) for name in (BARE, *TARGETS)}
    pages = sum(count for count, _ in found)
    rows = [[BARE, f"{pages / total[BARE].cpu:.2f}", "", "", ""]]
    for second, least in TARGETS.items():
        by_clock, by_cpu = total[BARE].wall / total[second].wall, total[BARE].cpu / total[second].cpu
        holds = verdict(by_cpu >= least)
        told = [f"{pages / total[second].cpu:.2f}", f"{by_clock:.2f}", f"{by_cpu:.2f}", f"{least} at least: {holds}"]
        rows.append([f"`sop run --second {second}`", *told])
    heads = ["", "pages/s of CPU", "ratio by the clock", "ratio of CPU time", "target"]
    about = f"{pages} scanned pages, read by two processes at a time, from the file to the records."
    return f"{about}\n\n{table(heads, rows)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdfs", type=Path, nargs="*", metavar="PDF")
    add_out(parser)
    given = parser.parse_args()
    scans = [path for path in given.pdfs or sorted((ROOT / "inputs").glob("*.pdf")) if not has_text(path)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(costs_of, [share for share in (scans[::2], scans[1::2]) if share]))
    text = section(found)
    show("Scans by two processes", text, given.out)


if __name__ == "__main__":
    main()

"""Measure how random flowcharts are read, drawn the ways that office programs draw them.

    python -m bench.flowcharts [--count 150] [--maker reportlab] [--maker chromium] [--maker libreoffice] [--maker scan]
                               [--seed 0] [--out docs/bench.md]

Chromium and LibreOffice (Debian: chromium, libreoffice-writer-nogui) print where they are installed; a maker that is
missing is told. Each chart is a matrix of 4 to 12 steps with crossing, merging and overlapping connectors, forks and
page breaks. `scan` makes pictures of them, with dark symbols and thick lines among the usual ones, damaged as scanners
do it; these take Tesseract, so that a tenth of the charts is its share. Performers count by their place there, not by
their name.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.degrade import Scan, degrade
from bench.flowchart_charts import Chart, random_chart, random_style, scanned_style
from bench.flowchart_docx import write_libreoffice
from bench.flowchart_makers import write_chromium, write_reportlab
from bench.page import add_out, show

PROGRAMS = {"reportlab": None, "chromium": "chromium", "libreoffice": "soffice", "scan": None}  # what each maker needs
SCANS = (("clean", 1), ("office", 1), ("jpeg", 2), ("blur", 1), ("background", 2), ("office", 2), ("fax", 1))
Edge = tuple[tuple[int, str], tuple[int, str]]


@dataclass(frozen=True)
class Score:
    """Counts over the charts of one maker: found and right, found, true; and graphs that are exact."""

    maker: str
    edges: tuple[int, int, int]
    symbols: tuple[int, int, int]
    exact: int
    charts: int
    seconds: float
    wrong: tuple[int, ...] = ()


def f1(counts: tuple[int, int, int]) -> float:
    """The harmonic mean of precision and recall."""
    hit, found, true = counts
    return 2 * hit / (found + true) if found + true else 1.0


def graph_of(record: Any, roles: Sequence[str] = ()) -> tuple[set[Edge], set[tuple[int, str, str]]]:
    """The edges and symbols of a record, by row and performer; performers under the names given, where as many."""
    names = {role.id: role.nama for role in record.pelaksana}
    if len(names) == len(roles):
        names = dict(zip(names, roles, strict=True))
    at = {node.id: (node.kegiatan, names.get(node.pelaksana or "", "")) for node in record.flow.nodes}
    symbols = {(*at[node.id], node.kind) for node in record.flow.nodes if node.kind != "connector"}
    return {(at[edge.source], at[edge.target]) for edge in record.flow.edges}, symbols


def truth_graph(chart: Chart) -> tuple[set[Edge], set[tuple[int, str, str]]]:
    """The same of what was drawn."""
    (truth,) = chart.truth()
    edges = {((a[0], a[1]), (b[0], b[1])) for a, b, _ in truth["edges"]}
    return edges, {(row["no"], role, kind) for row in truth["kegiatan"] for role, kind in row["kinds"]}


def write(charts: Sequence[Chart], maker: str, folder: Path, names: Sequence[str]) -> None:
    """Write charts by a maker, each to its own PDF."""
    if maker == "libreoffice":
        write_libreoffice(charts, folder, names)
    elif maker == "chromium":
        write_chromium(charts, folder, names)
    else:
        for chart, name in zip(charts, names, strict=True):
            write_reportlab(chart, folder / name)


def scan_of(path: Path, seed: int) -> None:
    """Make a scan of a PDF, of a damage by the seed."""
    kind, strength = SCANS[seed % len(SCANS)]
    degrade(path, path, Scan(kind, strength, seed))


def _added(counts: tuple[int, int, int], got: set[Any], wanted: set[Any]) -> tuple[int, int, int]:
    return counts[0] + len(got & wanted), counts[1] + len(got), counts[2] + len(wanted)


def measure(maker: str, seeds: Sequence[int], folder: Path) -> Score:
    """Write, read and compare the charts of some seeds."""
    from pipeline import digitize

    edges, symbols, exact, seconds = (0, 0, 0), (0, 0, 0), 0, 0.0
    wrong: list[int] = []
    is_scan = maker == "scan"
    charts = [random_chart(seed, scanned_style if is_scan else random_style) for seed in seeds]
    names = [f"{maker}-{seed}.pdf" for seed in seeds]
    write(charts, maker, folder, names)
    for seed, chart, name in zip(seeds, charts, names, strict=True):
        path = folder / name
        if is_scan:
            scan_of(path, seed)
        begin = perf_counter()
        records = digitize(path).records
        seconds += perf_counter() - begin
        found = [graph_of(record, chart.roles if is_scan else ()) for record in records]
        true = truth_graph(chart)
        mine: tuple[set[Any], set[Any]] = found[0] if len(found) == 1 else (set(), set())
        edges = _added(edges, mine[0], true[0])
        symbols = _added(symbols, mine[1], true[1])
        exact += mine == true
        wrong += [] if mine == true else [seed]
        path.unlink()
    return Score(maker, edges, symbols, exact, len(seeds), seconds, tuple(wrong))


def table(scores: Sequence[Score]) -> str:
    """The scores as a page's section."""
    lines = [
        "Random flowcharts (`bench/flowcharts.py`): F1 of edges and symbols, share of graphs without a fault.",
        "",
        "| maker | charts | symbols | edges | graph exact |",
        "|---|---|---|---|---|",
    ]
    for s in scores:
        lines.append(f"| {s.maker} | {s.charts} | {f1(s.symbols):.4f} | {f1(s.edges):.4f} | {s.exact / s.charts:.4f} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print; write the page's section where told to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--maker", action="append", choices=PROGRAMS)
    add_out(parser)
    given = parser.parse_args()
    makers = given.maker or [maker for maker, program in PROGRAMS.items() if not program or shutil.which(program)]
    absent = [maker for maker in PROGRAMS if maker not in makers]
    scores = []
    with tempfile.TemporaryDirectory() as folder:
        start, printers = given.seed, max(1, len({*makers} - {"scan"}))
        for maker in makers:
            share = given.count // (10 if maker == "scan" and len(makers) > 1 else printers)
            scores.append(measure(maker, range(start, start + share), Path(folder)))
            start += share
            print(f"{maker}: {scores[-1].seconds:.0f} s; wrong: {scores[-1].wrong}")
    text = table(scores) + (f"\n\nNot measured: {', '.join(absent)}." if absent else "")
    show("Flowcharts", text, given.out)


if __name__ == "__main__":
    main()

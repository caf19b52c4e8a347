"""Measure how time and memory grow with the pages of a document, by one worker and by two, and draw it.

    python -m bench.growth [--kind text scan] [--pages 1 10 100 1000] [--workers 1 2] [--no-peers] [--out docs/bench.md]

One document of so many pages, those of inputs/ again and again, each with objects of its own. `sop run` reads it as a
user would, its start and its files counted, with each number of workers; the tools of bench/tools.py read it in one
process, each up to the size that would take it more than half a minute. What is measured is kept in bench-growth.csv
beside the page, a measure taking the place of the last one of its like, and section and chart (bench-growth.svg) are
made from that: `--kind scan --pages 1000 --workers 2` adds one line, in 7 minutes.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.growth_chart import Panel, svg
from bench.memory import SOURCES, repeated
from bench.page import ROOT, add_out, anchor, busy, measured_at, put, table
from bench.peers import KINDS, environment
from bench.process_cost import ProcessCost, launched
from bench.tools import OURS, TOOLS, homes

PAGES = {"text": (1, 10, 100, 1000), "scan": (1, 10, 100)}  # a thousand scans take 7 minutes by two workers
WORKERS = (1, 2)
LONGEST_PEER = 30.0  # seconds that another tool may be expected to take at most
DIVISION = "One document, several workers"
MOST_MB = 400.0  # target: the largest process on the longest document
MOST_GROWTH = 1.2  # target: its peak on the longest document in that on ten pages


@dataclass(frozen=True, order=True)
class Point:
    """What one reading of a document cost: `wall` and `cpu` seconds, `peak` megabytes of the largest process."""

    kind: str
    tool: str
    workers: int
    pages: int
    wall: float
    cpu: float
    peak: float
    measured: str = ""

    @property
    def series(self) -> tuple[str, str, int]:
        return self.kind, self.tool, self.workers


def by_sop(path: Path, workers: int) -> ProcessCost:
    """`sop run` on one document, into a folder that is not there before."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pipeline", "run", str(path), "--out", f"{folder}/out", "--jobs", str(workers)]
        return launched(command, ROOT, environment())


def by_peer(path: Path, tool: str, python: Path) -> ProcessCost:
    """Another tool on one document, once."""
    with TemporaryDirectory() as folder:
        report = f"{folder}/report.json"
        command = [str(python), "-m", "bench.reading", tool, report, str(path), "--seconds", "0"]
        return launched(command, ROOT, environment(), 10 * LONGEST_PEER)


def points(kind: str, pages: Sequence[int], workers: Sequence[int], peers: bool) -> Iterator[Point]:
    """Everything that is measured of one kind, from few pages to many."""
    pythons, _ = homes([t for t in TOOLS if peers and kind in t.kinds and not t.floor and t.name != OURS])
    last: dict[str, Point] = {}
    for count in sorted(pages):
        with TemporaryDirectory() as folder:
            path = repeated(SOURCES[kind], count, Path(folder) / f"{kind}-{count}.pdf")
            for number in workers:
                yield point(kind, OURS, number, count, by_sop(path, number))
            for tool, python in pythons.items():
                before = last.get(tool)
                if before and before.wall * count / before.pages > LONGEST_PEER:
                    continue
                try:
                    yield (one := point(kind, tool, 1, count, by_peer(path, tool, python)))
                    last[tool] = one
                except RuntimeError as error:
                    print(f"{tool}: left out on {count} pages, {error}", flush=True)


def point(kind: str, tool: str, workers: int, pages: int, cost: ProcessCost) -> Point:
    rounded = (round(cost.wall, 3), round(cost.cpu, 3), round(cost.peak, 1))
    return Point(kind, tool, workers, pages, *rounded, measured_at())


def load(path: Path) -> list[Point]:
    """The points that were kept; none where there is no file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Point(
                row["kind"],
                row["tool"],
                int(row["workers"]),
                int(row["pages"]),
                float(row["wall"]),
                float(row["cpu"]),
                float(row["peak"]),
                row["measured"],
            )
            for row in csv.DictReader(lines)
        ]


def save(path: Path, found: Iterable[Point]) -> None:
    """Keep the points, the same bytes for the same ones."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, [field.name for field in fields(Point)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(one) for one in sorted(found))


def joined(kept: Iterable[Point], new: Iterable[Point]) -> list[Point]:
    """Old and new points, a new one in the place of the old one of its like."""
    by_place = {(*one.series, one.pages): one for one in (*kept, *new)}
    return sorted(by_place.values())


def section(found: Sequence[Point], chart: str) -> str:
    """The section of the page, in Markdown."""
    parts = [
        "One document of so many pages, those of a document of `inputs/` again and again, each with objects of its own,"
        f" from the start of the command to its end: `{OURS} run` with one worker and with two, other tools in one"
        " process and as far as they would take no more than half a minute. Memory is that of the largest process. What"
        f" a second worker brings without start and writing is told in [{DIVISION}](#{anchor(DIVISION)}). {busy()}",
        f"![Seconds and megabytes by pages, text and scans]({chart})",
        f"The figures are in [bench-growth.csv](bench-growth.csv), with the other tools'; those of `{OURS}`:",
        table(["", "pages", "workers", "seconds", "pages/s", "CPU s", "memory, MB"], rows(found)),
        "\n".join(f"- {line}" for kind in KINDS for line in verdicts([one for one in found if one.kind == kind])),
    ]
    return "\n\n".join(parts)


def rows(found: Sequence[Point]) -> list[list[str]]:
    return [
        [
            KINDS[one.kind],
            str(one.pages),
            str(one.workers),
            f"{one.wall:.1f}",
            f"{one.pages / one.wall:.2f}",
            f"{one.cpu:.1f}",
            f"{one.peak:.0f}",
        ]
        for one in sorted(found, key=lambda one: (list(KINDS).index(one.kind), one.pages, one.workers))
        if one.tool == OURS
    ]


def verdicts(found: Sequence[Point]) -> Iterator[str]:
    """Whether the targets hold, of the points of one kind."""
    ours = [one for one in found if one.tool == OURS]
    for workers in sorted({one.workers for one in ours}):
        mine = {one.pages: one for one in ours if one.workers == workers}
        longest = mine[max(mine)]
        if 10 in mine and longest.pages > 10:
            growth = longest.peak / mine[10].peak
            holds = longest.peak <= MOST_MB and growth <= MOST_GROWTH
            yield (
                f"{KINDS[longest.kind]}, workers {workers}: {longest.peak:.0f} MB on {longest.pages} pages,"
                f" {growth:.2f} times that on 10; target {MOST_MB:.0f} MB and {MOST_GROWTH} at most:"
                f" {'holds' if holds else '**falls short**'}."
            )
    alone, both = ({one.pages: one.wall for one in ours if one.workers == n} for n in WORKERS)
    if common := [pages for pages in alone if pages in both and pages >= 100]:
        pages = max(common)
        yield (
            f"{KINDS[ours[0].kind]}, {pages} pages, start and writing counted: two workers"
            f" {alone[pages] / both[pages]:.2f} times as fast as one."
        )
    if quicker := [line for pages in sorted(alone) if (line := quicker_than(found, pages, alone[pages]))]:
        yield f"{KINDS[ours[0].kind]}: `{OURS} run` with one worker is **behind** {'; '.join(quicker)}."


def quicker_than(found: Sequence[Point], pages: int, seconds: float) -> str:
    """The tools that read so many pages in less time, in words; empty where none does."""
    others = [one for one in found if one.tool != OURS and one.pages == pages and one.wall < seconds]
    names = " and ".join(f"{one.tool} ({one.wall:.1f} s)" for one in others)
    return f"{names} on {pages} page{'s' if pages > 1 else ''} ({seconds:.1f} s)" if others else ""


def panels(found: Sequence[Point]) -> list[Panel]:
    """What the chart shows: seconds and megabytes, text and scans, one line for each tool."""
    made = []
    for kind, title in KINDS.items():
        for unit, value in (("seconds", "wall"), ("megabytes", "peak")):
            lines: dict[str, list[tuple[float, float]]] = {}
            mine = [one for one in found if one.kind == kind]
            for one in sorted(mine, key=lambda one: (one.tool != OURS, one)):
                name = f"{OURS}, {one.workers} worker{'s'[: one.workers - 1]}" if one.tool == OURS else one.tool
                lines.setdefault(name, []).append((one.pages, getattr(one, value)))
            made.append(Panel(f"{title}: {unit}", lines))
    return made


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", nargs="+", choices=list(KINDS), default=list(KINDS))
    parser.add_argument("--pages", type=int, nargs="+", help="1 10 100 1000 of text and 1 10 100 of scans if not given")
    parser.add_argument("--workers", type=int, nargs="+", choices=WORKERS, default=list(WORKERS))
    parser.add_argument("--peers", action=argparse.BooleanOptionalAction, default=True, help="other tools as well")
    parser.add_argument("--chart", type=Path, help="write the chart here; beside the page if not given")
    add_out(parser)
    return parser.parse_args()


def main() -> None:
    given = arguments()
    kept = given.out.with_name("bench-growth.csv") if given.out else None
    new = []
    for kind in given.kind:
        for one in points(kind, given.pages or PAGES[kind], given.workers, given.peers):
            new.append(one)
            told = f"{one.wall:.1f} s, {one.cpu:.1f} s of CPU, {one.peak:.0f} MB"
            print(f"{kind}: {one.tool}, workers {one.workers}, {one.pages} pages: {told}", flush=True)
    found = joined(load(kept) if kept else [], new)
    chart = given.chart or (given.out.with_name("bench-growth.svg") if given.out else None)
    text = section(found, chart.name if chart else "bench-growth.svg")
    print(f"\n{text}")
    if chart:
        chart.write_text(svg(panels(found)), encoding="utf-8")
    if given.out and kept:
        save(kept, found)
        put(given.out, "Growth", text)


if __name__ == "__main__":
    main()

"""Run all benchmarks, or those named, each in a process of its own.

    python -m bench [PART ...] [--out docs/bench.md]
    python -m bench memory --pages 10 100 --kind text

Options that follow a single part are its own (`python -m bench.memory --help`, and likewise for the others); its
results are then printed only, unless --out says where to write them. A part that fails is told at the end, and the
others are run.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from time import perf_counter

from bench.page import ROOT, put, table

TEXT_PDFS = ("inputs/pergub-kalsel-monev.pdf", "inputs/sop-bintan.pdf")
TEXT_WAYS = tuple(f"{kind}:{n}" for kind in ("letters", "glyphs", "words", "columns", "rulings") for n in (1, 3))
PARTS: Mapping[str, Sequence[str]] = {
    "peers": ("bench.peers",),
    "growth": ("bench.growth",),
    "division": ("bench.division", "--kind", "text"),
    "speed": ("bench.speed",),
    "scan_speed": ("bench.scan_speed",),
    "accuracy": ("bench.accuracy",),
    "held_out": ("bench.held_out",),
    "reliability": ("bench.reliability",),
    "flags": (
        "bench.reliability",
        *TEXT_PDFS,
        *("--way", *TEXT_WAYS, "--typeset", "12", "--title", "Flags on text pages"),
    ),
    "unruled": ("bench.unruled",),
    "flowcharts": ("bench.flowcharts",),
    "hostile": ("bench.hostile",),
    "kills": ("bench.kills",),
    "fuzz": ("bench.fuzz", "--files", "500"),  # 5,000, its own default, take longer than a part may
    "unchanged": ("bench.unchanged",),
    "corrections": ("bench.corrections",),
}
"""The parts, with the module and the options of each; first what other work would falsify most."""

ALONE = {  # parts that are run only when they are named, for they take long
    "division_scan": ("bench.division", "--kind", "scan"),
    "memory": ("bench.memory",),
}
MOST_MINUTES, MOST_MINUTES_EACH = 40, 10


@dataclass(frozen=True)
class Ran:
    """How a part ran: its seconds by the clock, the machine's load when it began, and its exit code."""

    part: str
    seconds: float
    load: float
    code: int


def arguments(given: Sequence[str]) -> tuple[list[str], list[str]]:
    """The parts to run and the options that each is called with."""
    parser = argparse.ArgumentParser(
        usage="python -m bench [PART ...] [--out PAGE]",
        description=f"{__doc__}\nParts: {', '.join([*PARTS, *ALONE])}.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--out", type=Path, help="the page to write; docs/bench.md where a part has no options")
    parts = list(takewhile(lambda word: not word.startswith("-"), given))
    known, options = parser.parse_known_args(given[len(parts) :])
    if unknown := set(parts) - set(PARTS) - set(ALONE):
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    if options and len(parts) != 1:
        parser.error(f"{options[0]} is for one part alone: name it")
    page = known.out or (None if options else ROOT / "docs" / "bench.md")
    return parts or list(PARTS), [*options, *(["--out", str(page.resolve())] if page else [])]


def ran(part: str, options: Sequence[str]) -> Ran:
    """Run one part."""
    begin, load = perf_counter(), os.getloadavg()[0]
    command = [sys.executable, "-m", *{**PARTS, **ALONE}[part], *options]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    told = Ran(part, perf_counter() - begin, load, code)
    print(f"\n{part}: {told.seconds:.0f} s{f', failed with code {code}' if code else ''}\n", flush=True)
    return told


def section(found: Sequence[Ran]) -> str:
    """How long each part took, as Markdown, and whether that is within bounds."""
    rows = [[one.part, f"{one.seconds:.0f}", f"{one.load:.1f}", "failed" if one.code else ""] for one in found]
    whole = sum(one.seconds for one in found) / 60
    longest = max(found, key=lambda one: one.seconds)
    holds = whole <= MOST_MINUTES and longest.seconds <= 60 * MOST_MINUTES_EACH
    return "\n\n".join(
        [
            f"One run of `make bench` on {os.cpu_count()} processors. Where the load is above 1 when a part begins,"
            " something else was running too, and its times are too long; the part before it leaves some.",
            table(["part", "seconds", "load when it began", ""], rows),
            f"Target: {MOST_MINUTES} minutes at most, each part {MOST_MINUTES_EACH}. {whole:.0f} minutes, the longest"
            f" {longest.part} with {longest.seconds / 60:.1f}: {'holds' if holds else '**falls short**'}.",
        ]
    )


def main() -> None:
    """Run the parts asked for, one after the other; exit with 1 where one failed."""
    parts, options = arguments(sys.argv[1:])
    found = [ran(part, options) for part in parts]
    if parts == list(PARTS) and options[:1] == ["--out"]:
        text = section(found)
        print(text)
        put(Path(options[1]), "How long it takes", text)
    if failed := [one.part for one in found if one.code]:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()

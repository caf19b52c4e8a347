"""Run all benchmarks, or those named, each in a process of its own.

    python -m bench [PART ...] [--out docs/bench.md]
    python -m bench memory --pages 10 100 --kind text

Options that follow a single part are its own (`python -m bench.memory --help`, and likewise for the others); its
results are then printed only, unless --out says where to write them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path
from time import perf_counter

from bench.page import ROOT

PARTS = (
    "speed",
    "scan_speed",
    "peers",
    "division",
    "memory",
    "accuracy",
    "reliability",
    "held_out",
    "hostile",
    "unruled",
    "corrections",
    "flowcharts",
)  # first what other work would falsify most


def arguments(given: Sequence[str]) -> tuple[list[str], list[str]]:
    """The parts to run and the options that each is called with."""
    parser = argparse.ArgumentParser(
        usage="python -m bench [PART ...] [--out PAGE]",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--out", type=Path, help="the page to write; docs/bench.md where a part has no options")
    parts = list(takewhile(lambda word: not word.startswith("-"), given))
    known, options = parser.parse_known_args(given[len(parts) :])
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    if options and len(parts) != 1:
        parser.error(f"{options[0]} is for one part alone: name it")
    page = known.out or (None if options else ROOT / "docs" / "bench.md")
    return parts or list(PARTS), [*options, *(["--out", str(page.resolve())] if page else [])]


def main() -> None:
    """Run the parts asked for, one after the other."""
    parts, options = arguments(sys.argv[1:])
    for part in parts:
        begin = perf_counter()
        subprocess.run([sys.executable, "-m", f"bench.{part}", *options], cwd=ROOT, check=True)
        print(f"\n{part}: {perf_counter() - begin:.0f} s\n", flush=True)


if __name__ == "__main__":
    main()

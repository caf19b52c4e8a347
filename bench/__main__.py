"""All benchmarks, or those named, each in a process of its own:

    python -m bench [accuracy] [reliability] [speed] [corrections] [--out docs/bench.md]

Each part has more to say about itself: `python -m bench.speed --help`, and likewise for the others.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from bench.page import ROOT

PARTS = ("speed", "accuracy", "reliability", "corrections")  # the one that heat and other work would falsify first


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all without any")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "bench.md")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    for part in given.parts or PARTS:
        begin = perf_counter()
        command = [sys.executable, "-m", f"bench.{part}", "--out", str(given.out.resolve())]
        subprocess.run(command, cwd=ROOT, check=True)
        print(f"\n{part}: {perf_counter() - begin:.0f} s\n", flush=True)


if __name__ == "__main__":
    main()

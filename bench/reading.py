"""Read PDFs with one tool in this process, and tell what it found and what that cost.

    python -m bench.reading TOOL REPORT [--seconds 3] PDF ...

The first PDF is read once before the clock runs, so that what a process loads once is not counted; then all are read,
again and again until the seconds are over. With `--seconds 0` all are read once and nothing is read before. The report
is JSON. Only the standard library is imported here, so that it runs in the environment of the tool.
"""

from __future__ import annotations

import argparse
import importlib
import json
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.process_cost import cpu_with_children, peak_with_children
from bench.tools import TOOLS

Reader = Callable[[Path], list[str]]


def reader_of(name: str) -> Reader:
    """What reads a PDF with a tool."""
    module, _, function = next(tool.reader for tool in TOOLS if tool.name == name).partition(":")
    reader: Reader = getattr(importlib.import_module(module), function)
    return reader


def read(reader: Reader, paths: Sequence[Path], seconds: float) -> dict[str, Any]:
    """The cells of every PDF, and what reading them cost.

    Returns:
        "cells" and "failures" by path, "rounds" in which all were read, "wall" and "cpu" seconds over all rounds,
        "peak" megabytes.
    """
    failures: dict[str, str] = {}

    def cells_of(path: Path) -> list[str]:
        try:
            return reader(path)
        except Exception as error:  # a peer that breaks on one document is judged by the others as well
            failures[str(path)] = f"{type(error).__name__}: {error}"[:200]
            return []

    if seconds:
        cells_of(paths[0])
    begin, spent, rounds = perf_counter(), cpu_with_children(), 0
    cells: dict[str, list[str]] = {}
    while not rounds or perf_counter() - begin < seconds:
        cells = {str(path): cells_of(path) for path in paths}
        rounds += 1
    wall, cpu = perf_counter() - begin, cpu_with_children() - spent
    return {
        "cells": cells,
        "failures": failures,
        "rounds": rounds,
        "wall": wall,
        "cpu": cpu,
        "peak": peak_with_children(),
    }


def main() -> None:
    """Read, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool", choices=[tool.name for tool in TOOLS])
    parser.add_argument("report", type=Path)
    parser.add_argument("pdfs", type=Path, nargs="+", metavar="PDF")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long to read at least")
    given = parser.parse_args()
    package = next(tool.packages[0] for tool in TOOLS if tool.name == given.tool)
    told = {"version": version(package), **read(reader_of(given.tool), given.pdfs, given.seconds)}
    given.report.write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main()

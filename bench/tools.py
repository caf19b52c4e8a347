"""The tools that are measured beside each other, and where each of them runs.

Only the standard library is imported: bench/reading.py asks here in whatever environment a tool has.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PEERS_PYTHON = ROOT / ".venv-bench" / "bin" / "python"  # what `make bench` sets up from locks/bench.txt
OURS = "sop"


@dataclass(frozen=True)
class Tool:
    """A tool.

    Attributes:
        name: As it is told.
        reader: "module:function" of what reads a PDF with it: a path in, the texts of its cells out.
        packages: What must be installed, the first being the one whose version is told.
        kinds: The kinds of PDF that it reads, "text" and "scan".
        how: The settings it is called with, in words.
        floor: Whether it only reads characters or words and tells no cells.
        programs: What must be on the path.
    """

    name: str
    reader: str
    packages: tuple[str, ...]
    kinds: tuple[str, ...]
    how: str
    floor: bool = False
    programs: tuple[str, ...] = ()


TOOLS = (
    Tool(
        "PDFium alone",
        "bench.own_readers:characters_by_pdfium",
        ("pypdfium2",),
        ("text",),
        "every character's box and every segment of every path",
        floor=True,
    ),
    Tool(
        "Tesseract alone",
        "bench.own_readers:words_by_tesseract",
        ("tesserocr",),
        ("scan",),
        "pages rendered at 200 dpi, each read as one block (psm 6) through tesserocr",
        floor=True,
    ),
    Tool(
        OURS,
        "bench.own_readers:cells_by_sop",
        ("sop-pipeline",),
        ("text", "scan"),
        "whole records, with cover, performers and flowchart",
    ),
    Tool("pdfplumber", "bench.table_readers:cells_by_pdfplumber", ("pdfplumber",), ("text",), "`extract_tables()`"),
    Tool("PyMuPDF", "bench.table_readers:cells_by_pymupdf", ("pymupdf",), ("text",), "`find_tables()`"),
    Tool(
        "camelot",
        "bench.table_readers:cells_by_camelot",
        ("camelot-py",),
        ("text",),
        'flavor="lattice", as it comes: a line_scale of 25 or 40 finds fewer cells',
    ),
    Tool(
        "img2table with Tesseract",
        "bench.table_readers:cells_by_img2table",
        ("img2table",),
        ("text", "scan"),
        "on text implicit rows, implicit columns and tables without borders, on scans as it comes: what finds most"
        " cells of each; page by page, as it breaks on some",
        programs=("tesseract",),
    ),
    Tool(
        "OCRmyPDF, then camelot",
        "bench.table_readers:cells_by_ocrmypdf",
        ("ocrmypdf", "camelot-py"),
        ("scan",),
        "`--deskew --tesseract-pagesegmode 11`, then the lattice: what finds most cells",
        programs=("tesseract",),
    ),
    Tool(
        "docling",
        "bench.table_readers:cells_by_docling",
        ("docling",),
        ("text", "scan"),
        "its table model, with Tesseract on scans",
        programs=("tesseract",),
    ),
)


def docling_models() -> Path | None:
    """Where docling's models lie on this machine; None where they do not, for nothing is downloaded."""
    told = os.environ.get("DOCLING_ARTIFACTS_PATH")
    places = [Path(told)] if told else [Path.home() / ".cache" / "docling" / "models"]
    return next((place for place in places if place.is_dir()), None)


def installed(python: Path, packages: Iterable[str]) -> frozenset[str]:
    """Which of some packages a Python has."""
    if not python.exists():
        return frozenset()
    code = (
        "import sys, json\nfrom importlib.metadata import distributions\n"
        "have = {(d.metadata['Name'] or '').lower().replace('_', '-') for d in distributions()}\n"
        "print(json.dumps([p for p in sys.argv[1:] if p in have]))"
    )
    done = subprocess.run([str(python), "-c", code, *packages], capture_output=True, check=True, text=True)
    return frozenset(json.loads(done.stdout))


def homes(tools: Sequence[Tool]) -> tuple[dict[str, Path], list[str]]:
    """The Python that runs each tool, and a line for each that is missing.

    This project and the floors run in the Python that runs the benchmark, the others in the environment that
    `make bench` sets up, or in this one where that lacks them.
    """
    packages = sorted({package for tool in tools for package in tool.packages})
    pythons = [Path(sys.executable), PEERS_PYTHON]
    have = {python: installed(python, packages) for python in pythons}
    found, lines = {}, []
    for tool in tools:
        own = tool.reader.startswith("bench.own_readers")
        places = [
            python for python in (pythons[:1] if own else pythons[::-1]) if have[python].issuperset(tool.packages)
        ]
        lack = [program for program in tool.programs if not shutil.which(program)]
        if places and not lack and (tool.name != "docling" or docling_models()):
            found[tool.name] = places[0]
        else:
            lines.append(f"{tool.name}: left out, {_reason(tool, bool(places), lack)}.")
    return found, lines


def _reason(tool: Tool, is_installed: bool, lack: Sequence[str]) -> str:
    if not is_installed:
        return f"{tool.packages[0]} is not installed"
    return f"there is no {' and no '.join(lack)}" if lack else "its models are not on this machine"

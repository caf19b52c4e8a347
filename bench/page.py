"""One page of results: each benchmark writes its own section of docs/bench.md and leaves the others alone."""

from __future__ import annotations

import os
import re
import subprocess
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
INTRO = """# What is measured

Written by `make bench`, which wants two processors with nothing else to do, for about half an hour. `python -m bench
PART` runs one part alone and writes its section anew, `python -m bench PART --help` tells what it can be asked for;
with an option of its own it prints and writes nothing, unless `--out` says where. Under each section stands when it was
measured, and at which commit. Memory, scans
divided among workers and the review page are measured apart (`python -m bench memory division_scan`, `bench.review`).

Pages of known truth are read: the documents of `inputs/`, which this project was made with, SOPs that the press of its
tests typesets by a seed, and scans of both that `bench/degrade.py` makes. Other documents may be read better or worse.
"""
GUIDE = (
    (("Beside other tools",), "speed, CPU time, memory and cells of other tools on the same pages", "peers"),
    (("Growth",), "seconds and memory of documents of 1 to 1,000 pages, by one worker and by two", "growth"),
    (
        ("One document, several workers", "One scanned document, several workers"),
        "what a second worker brings to a long document",
        "division division_scan",
    ),
    (
        ("Speed", "Scans by two processes"),
        "each stage's share of the time, and scans beside Tesseract alone",
        "speed scan_speed",
    ),
    (("Memory",), "the most that a worker takes, by the pages of a document", "memory"),
    (("Accuracy",), "F1 of every kind of fact, by kind and strength of damage to a scan", "accuracy"),
    (("Scans held out",), "scans in words and fonts that nothing was fitted on", "held_out"),
    (
        ("Reliability", "Flags on text pages"),
        "whether confidences mean what they say, and how many wrong fields are flagged",
        "reliability flags",
    ),
    (("Tables without lines",), "F1 when the rulings are taken away", "unruled"),
    (("Flowcharts",), "F1 of symbols and connectors of random flowcharts", "flowcharts"),
    (("Hostile files", "Fuzzing"), "whether bombs, damaged and mutated files break a run", "hostile fuzz"),
    (("Runs again",), "what a run over the same documents costs once more", "unchanged"),
    (("Killed runs",), "whether a run that is killed, and its workers, lose or change anything", "kills"),
    (("Corrections", "The review page"), "what corrections bring, and how much work they are", "corrections"),
)
"""Sections that belong together, what their figures mean, and the parts that write them."""

SECTIONS = (
    "Where it falls short",
    "Beside other tools",
    "Growth",
    "One document, several workers",
    "One scanned document, several workers",
    "Speed",
    "Scans by two processes",
    "Memory",
    "Runs again",
    "Accuracy",
    "Scans held out",
    "Reliability",
    "Flags on text pages",
    "Tables without lines",
    "Flowcharts",
    "Hostile files",
    "Killed runs",
    "Fuzzing",
    "Corrections",
    "The review page",
    "How long it takes",
)
SHORT = ("**falls short**", "**behind**")  # what marks a line of a section that is told at the top of the page


def add_out(parser: ArgumentParser) -> None:
    """Let a benchmark be told which page its section goes to."""
    parser.add_argument("--out", type=Path, help="put the section into this page as well")


def show(title: str, body: str, out: Path | None) -> None:
    """Print a section, and put it into a page where one is given; see `put`."""
    print(body)
    if out:
        put(out, title, body)


def put(page: Path, title: str, body: str) -> None:
    """Write `body` as the section `title` of `page`, with when it was measured.

    Sections stand in the order of SECTIONS, those that are not among them go. What falls short in any of them is told
    once more at the top.

    Raises:
        ValueError: The title is none of SECTIONS.
    """
    if title not in SECTIONS:
        raise ValueError(f"the page has no section {title!r}: add it to SECTIONS in bench/page.py")
    sections = sections_of(page.read_text(encoding="utf-8")) if page.exists() else {}
    sections[title] = f"{body.strip()}\n\nMeasured {measured_at()}."
    sections[SECTIONS[0]] = told_short(sections)
    ordered = [f"## {name}\n\n{sections[name]}\n" for name in SECTIONS if name in sections]
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("\n".join([INTRO, f"{guide()}\n", *ordered]), encoding="utf-8")


def sections_of(text: str) -> dict[str, str]:
    """The sections of a page by title."""
    parts = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    return {title.strip(): body.strip() for title, body in zip(parts[1::2], parts[2::2], strict=True)}


def told_short(sections: Mapping[str, str]) -> str:
    """The lines of all sections that tell what falls short, as a list."""
    lines = [
        f"- [{title}](#{anchor(title)}): {line}"
        for title in SECTIONS[1:]
        for line in short_lines(sections.get(title, ""))
    ]
    return "\n".join(lines) if lines else "Every target of the sections below holds."


def short_lines(body: str) -> Iterator[str]:
    """The lines that tell what falls short, a table's row as the heads of its columns and what stands there."""
    heads: list[str] = []
    for line in body.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
        heads = heads if cells and heads else cells
        if any(mark in line for mark in SHORT):
            told = [f"{head} {cell}".strip() for head, cell in zip(heads, cells, strict=False) if cell]
            yield ", ".join(told) if cells else line.removeprefix("- ")


def guide() -> str:
    """What each section tells, as a table."""
    rows = [
        [", ".join(f"[{title}](#{anchor(title)})" for title in titles), meaning, f"`python -m bench {parts}`"]
        for titles, meaning, parts in GUIDE
    ]
    return table(["section", "what its figures mean", "command"], rows).replace("--:", "---")


def anchor(title: str) -> str:
    """The anchor that a heading gets: "Scans held out" gives "scans-held-out"."""
    return re.sub(r"[^\w-]+", "-", title.lower()).strip("-")


@cache
def measured_at() -> str:
    """The day and the commit: "2026-11-22 at commit 7f5fb21"; told where code was changed since."""
    day = datetime.now(UTC).strftime("%Y-%m-%d")
    try:
        commit = _git("rev-parse", "--short", "HEAD")
        changed = _git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs")
    except (OSError, subprocess.CalledProcessError):
        return day
    return f"{day} at commit {commit}{' with changes' if changed else ''}"


def busy() -> str:
    """How much else the machine had to do, in a sentence."""
    load = os.getloadavg()[0]
    return f"The machine's load was {load:.1f} at the end{', so that all times are too long' if load > 4 else ''}."


def _git(*words: str) -> str:
    command = ["git", *words]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; every column but the first is aligned to the right."""
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)

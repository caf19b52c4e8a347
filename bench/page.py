"""One page of results: each benchmark writes its own section of docs/bench.md and leaves the others alone."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
INTRO = """# What is measured

Written by `make bench`; `python -m bench --help` tells how to run one part alone. Every figure is of the documents in
`inputs/` and of SOPs typeset for the purpose, all of known truth; other documents may be read better or worse.
"""
SECTIONS = (
    "Accuracy",
    "Reliability",
    "Flags on text pages",
    "Scans held out",
    "Speed",
    "Text PDFs beside other libraries",
    "Scans by two processes",
    "Memory",
    "Hostile files",
    "Tables without lines",
    "Corrections",
    "Flowcharts",
)


def put(page: Path, title: str, body: str) -> None:
    """Write `body` as the section `title` of `page`; sections stand in the order of SECTIONS, unknown text goes."""
    sections = sections_of(page.read_text(encoding="utf-8")) if page.exists() else {}
    sections[title] = body.strip()
    ordered = [f"## {name}\n\n{sections[name]}\n" for name in SECTIONS if name in sections]
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("\n".join([INTRO, *ordered]), encoding="utf-8")


def sections_of(text: str) -> dict[str, str]:
    """The sections of a page by title."""
    parts = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    return {title.strip(): body.strip() for title, body in zip(parts[1::2], parts[2::2], strict=True)}


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; every column but the first is aligned to the right."""
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)

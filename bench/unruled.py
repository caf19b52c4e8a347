"""Measure tables without ruling lines, and what camelot's parsers add to reading them.

    python -m bench.unruled [--out docs/bench.md] [PDF ...]

Every document is read, its rulings are taken away, all or those of one axis, and what is then read is compared with
what it says with them. A document that holds no SOP is left out. Without PDFs they are those of inputs/ and, where they
lie beside the project, of ../shared/real and ../shared/agencies.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.facts import Sop, compared, f1, of_record
from bench.page import ROOT, add_out, show, table
from pipeline.extract.header_draft import read_header
from pipeline.extract.matrix_draft import read_matrix
from pipeline.layout.regions import SopFinder, SopRegion
from pipeline.layout.ruled_page import RuledPage
from pipeline.layout.unruled import RulingInference
from pipeline.layout.unruled.inferred_rulings import TextTables
from pipeline.model.draft import Draft
from pipeline.model.headings import Headings
from pipeline.model.page import Page
from pipeline.normalize.lexicon import load_headings, load_lexicon
from pipeline.normalize.records import normalize
from pipeline.readers.camelot_tables import text_tables
from pipeline.readers.document import open_document
from pipeline.settings import Settings

GROUPS = ("SOPs", "rows", "roles", "header", "lists", "cells", "durations")
LEFT = {"none": "", "horizontal": "h", "vertical": "v"}  # the rulings that are left, by their axis
FOLDERS = (ROOT / "inputs", ROOT.parent / "shared" / "real", ROOT.parent / "shared" / "agencies")

Counts = Counter[tuple[str, str]]  # (group, "agree" | "expected" | "found") -> facts


@dataclass(frozen=True)
class Result:
    """One document with some of its rulings left: the facts that are read without camelot and with it.

    `pages` is on how many pages rulings were inferred, `changed` on how many of them camelot moved or added some.
    """

    name: str
    left: str
    alone: Counts
    camelot: Counts
    pages: int
    changed: int


def no_tables(*_: object) -> tuple[()]:
    """See no table, as a parser would that is not there."""
    return ()


def pages_of(path: Path, settings: Settings) -> list[Page]:
    """All pages of a document, read once."""
    with open_document(path, settings) as document:
        return list(document.pages())


def read_sops(pages: Sequence[Page], settings: Settings) -> tuple[Sop, ...]:
    """What the covers and matrices of pages say; their flowcharts are not looked for."""
    lexicon = load_lexicon()
    headings = load_headings(lexicon.headings)
    finder = SopFinder(headings, settings.layout)
    regions = [
        *(region for page in pages for region in finder.add(RuledPage(page, headings, settings.layout))),
        *finder.finish(),
    ]
    drafts = [draft_of(region, headings, settings) for region in regions]
    records = normalize(drafts, "document.pdf", "0" * 64, "document", settings, lexicon)
    return tuple(of_record(record.as_json()) for record in records)


def draft_of(region: SopRegion, headings: Headings, settings: Settings) -> Draft:
    """The header and the matrix of a region."""
    last = region.parts[-1] if region.parts else None
    header = None
    if region.cover:
        below = last.box.bottom if last else 0.0
        header = read_header(region.cover, last.page if last else None, below, headings, settings.extract)
    return Draft(region.pages, "text", read_matrix(region.parts) if region.parts else None, header)


def inferred(pages: Sequence[Page], parsers: TextTables, settings: Settings) -> list[Page]:
    """The pages with the rulings that are inferred for them."""
    headings = load_headings(load_lexicon().headings)
    rulings = RulingInference(headings, settings.layout, parsers)
    return [rulings.add(RuledPage(page, headings, settings.layout)).page for page in pages]


def counts_of(expected: Sequence[Sop], found: Sequence[Sop]) -> Counts:
    """The facts of each group that agree, are expected, and are found."""
    counts = compared(expected, found)
    names = ("agree", "expected", "found")
    return Counter({(group, name): n for group in GROUPS for name, n in zip(names, counts[group], strict=True)})


def score(counts: Counts) -> float:
    """The F1 over all groups, 0..1."""
    agree, expected, found = (sum(counts[group, name] for group in GROUPS) for name in ("agree", "expected", "found"))
    return f1(agree, expected, found) or 0.0


def results(name: str, pages: Sequence[Page], settings: Settings) -> Iterator[Result]:
    """The document with each choice of rulings left; none where it holds no SOP."""
    expected = read_sops(pages, settings)
    for left, axes in LEFT.items() if expected else ():
        stripped = [replace(p, rulings=tuple(r for r in p.rulings if r.axis in axes)) for p in pages]
        alone, camelot = (inferred(stripped, seen, settings) for seen in (no_tables, text_tables))
        pairs = [(a, b) for page, a, b in zip(stripped, alone, camelot, strict=True) if page is not a or page is not b]
        yield Result(
            name,
            left,
            counts_of(expected, read_sops(alone, settings)),
            counts_of(expected, read_sops(camelot, settings)),
            len(pairs),
            sum(a.rulings != b.rulings for a, b in pairs),
        )


def total(found: Sequence[Result], counts: Callable[[Result], Counts]) -> Counts:
    """The counts of several results together."""
    return sum((counts(result) for result in found), Counter())


def report(found: Sequence[Result]) -> str:
    """The section of the page of results."""
    heads = ["document", "rulings left", "pages inferred", "other with camelot", "F1 without", "F1 with"]
    rows = [
        [r.name, r.left, str(r.pages), str(r.changed), f"{score(r.alone):.4f}", f"{score(r.camelot):.4f}"]
        for r in found
    ]
    for left in LEFT:
        some = [r for r in found if r.left == left]
        both = (f"{score(total(some, side)):.4f}" for side in (lambda r: r.alone, lambda r: r.camelot))
        rows.append(["**all**", left, str(sum(r.pages for r in some)), str(sum(r.changed for r in some)), *both])
    return "\n".join(
        [
            "Documents whose rulings, all or those of one axis, were taken away, against what they say with them: F1",
            "over the facts of covers and matrices, flowcharts aside. Rulings were inferred on `pages inferred`; what",
            "camelot's parser for tables without lines sees changed them on `other with camelot`.",
            "",
            table(heads, rows),
        ]
    )


def main() -> None:
    """Measure, print, and write the section where told to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdfs", type=Path, nargs="*", metavar="PDF")
    add_out(parser)
    given = parser.parse_args()
    settings, found = Settings(), list[Result]()
    for path in given.pdfs or [path for folder in FOLDERS for path in sorted(folder.glob("*.pdf"))]:
        found += results(path.name, pages_of(path, settings), settings)
    show("Tables without lines", report(found), given.out)


if __name__ == "__main__":
    main()

"""Measure accuracy by kind and strength of damage.

    python -m bench.accuracy [--kind skew ...] [--strength 1 ...] [--out docs/bench.md] [PDF ...]

Without PDFs two SOPs are typeset whose truth is known; for a given text PDF the record of its text layer is the truth.
Every document is scanned in every way, digitized, and compared fact by fact.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench.degrade import DAMAGES, STRENGTHS, Scan, degrade
from bench.facts import GROUPS, Fact, Sop, compared, differences, f1, of_record, of_truth
from bench.page import add_out, put

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Known:
    """A document and what a perfect reader would find in it."""

    path: Path
    sops: tuple[Sop, ...]


@dataclass(frozen=True)
class Result:
    """One way of scanning over all documents: counts by group, and the time it took."""

    label: str
    counts: dict[str, tuple[int, int, int]]
    pages: int
    seconds: float
    missed: tuple[Fact, ...]
    invented: tuple[Fact, ...]


def read(path: Path) -> tuple[tuple[Sop, ...], int]:
    """What the pipeline finds in a PDF, and its number of pages."""
    from pipeline import Settings, digitize

    done = digitize(path, Settings(), name=path.stem)
    return tuple(of_record(record.as_json()) for record in done.records), len(done.document.pages)


def typeset_documents(folder: Path) -> list[Known]:
    """Two SOPs in two house styles, typeset by the tests' own press."""
    sys.path.insert(0, str(ROOT / "tests"))
    press = importlib.import_module("typeset")
    first = press.SopSpec(press.Cover(), (press.chain(14, decision=3),))
    second = press.SopSpec(press.Cover(nomor_sop="188/07/HK/2019"), (press.chain(8, decision=4),))
    other = press.Style(font="Times", number_row=True, fill="grey", label_cells=1, colon=True, mark="a.")
    known = []
    for name, spec, style in (("satu", first, press.Style()), ("dua", second, other)):
        path = folder / f"{name}.pdf"
        known.append(Known(path, tuple(of_truth(sop) for sop in press.typeset(spec, path, style))))
    return known


def measured(label: str, documents: Sequence[tuple[Path, Known]]) -> Result:
    """Digitize the files and compare them with what is known, all documents together."""
    total = dict.fromkeys(GROUPS, (0, 0, 0))
    missed: list[Fact] = []
    invented: list[Fact] = []
    pages, begin = 0, perf_counter()
    for path, known in documents:
        found, count = read(path)
        pages += count
        for group, (a, b, c) in compared(known.sops, found).items():
            x, y, z = total[group]
            total[group] = (x + a, y + b, z + c)
        for facts, more in zip((missed, invented), differences(known.sops, found), strict=True):
            facts += more
    return Result(label, total, pages, perf_counter() - begin, tuple(missed), tuple(invented))


def scans(kinds: Sequence[str], strengths: Sequence[int]) -> Iterator[Scan]:
    for kind in kinds:
        for strength in strengths[:1] if kind == "clean" else strengths:
            yield Scan(kind, strength)


def results(documents: Sequence[Known], ways: Iterator[Scan], folder: Path) -> Iterator[Result]:
    """The text layer first, then one result for every way of scanning."""
    yield measured("text", [(known.path, known) for known in documents])
    for scan in ways:
        label = scan.kind if scan.kind == "clean" else f"{scan.kind} {scan.strength}"
        paths = [degrade(k.path, folder / f"{scan.kind}-{scan.strength}" / k.path.name, scan) for k in documents]
        yield measured(label, list(zip(paths, documents, strict=True)))


def table(found: Sequence[Result]) -> str:
    """A Markdown table, one line per way of scanning; cells are F1, blank where there is nothing to find."""
    lines = ["| scan | " + " | ".join(GROUPS) + " | pages/s |", "|---" * (len(GROUPS) + 2) + "|"]
    for result in found:
        scores = [f1(*result.counts[group]) for group in GROUPS]
        cells = ["" if score is None else f"{score:.3f}" for score in scores]
        lines.append(f"| {result.label} | " + " | ".join(cells) + f" | {result.pages / result.seconds:.2f} |")
    return "\n".join(lines)


def report(found: Sequence[Result], names: Sequence[str]) -> str:
    return "\n".join(
        [
            f"By kind and strength of scan, over {', '.join(names)} ({found[0].pages} pages). Every column is F1 over",
            "the facts of its group (what is missed and what is invented both count); text is compared without spaces.",
            "`bench/degrade.py` says what each kind is; strength 1 is mild, 3 still legible to a person. pages/s is",
            "wall time on a machine that may have had other work, to compare the lines of one run with.",
            "",
            table(found),
            "",
        ]
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdfs", type=Path, nargs="*", metavar="PDF")
    parser.add_argument("--kind", nargs="*", choices=list(DAMAGES), default=list(DAMAGES))
    parser.add_argument("--strength", type=int, nargs="*", choices=STRENGTHS, default=list(STRENGTHS))
    parser.add_argument("--errors", type=int, default=0, help="print so many missed and invented facts of every scan")
    add_out(parser)
    return parser.parse_args()


def main() -> None:
    given = arguments()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        documents = [Known(pdf, read(pdf)[0]) for pdf in given.pdfs] or typeset_documents(folder)
        found = []
        for result in results(documents, scans(given.kind, given.strength), folder):
            found.append(result)
            print(table([result]).splitlines()[-1], flush=True)
            for sign, facts in (("-", result.missed), ("+", result.invented)):
                for fact in facts[: given.errors]:
                    print(f"    {sign} {fact}", flush=True)
            if given.out:
                put(given.out, "Accuracy", report(found, [known.path.name for known in documents]))


if __name__ == "__main__":
    main()

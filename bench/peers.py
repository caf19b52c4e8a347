"""Measure this project beside other tools that read tables, on the same pages, in one run.

    python -m bench.peers [--documents 15] [--scans 10] [--folder DIR] [--tool NAME ...] [--out docs/bench.md]

Pages are typeset for it by a seed (bench/varied_documents.py), as text PDFs and as scans, and those of inputs/ are
read as well; with --folder also every `<stem>.pdf` of a folder whose truth lies beside it as `<stem>.gold.json`. Each
tool reads all pages of a kind in a process of its own (bench/reading.py), and the cells that it finds are counted by
the same scoring (bench/cell_scores.py). A tool that is missing is told in a line; `make bench` sets the others up in
.venv-bench.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

from bench.cell_scores import CellScore, printed_cells, scored
from bench.judged_fields import Truth
from bench.page import ROOT, add_out, busy, show, table
from bench.process_cost import launched
from bench.tools import OURS, TOOLS, Tool, homes
from bench.varied_documents import SEED, varied_documents, varied_scans

SHARE_OF_PDFPLUMBER = 2.0  # target: pages a second of CPU in those of pdfplumber's extract_tables, at least
LONGEST = 600.0  # seconds that a tool may take for all pages of a kind
KINDS = {"text": "Text pages", "scan": "Scans"}
GOLD = ROOT / "tests" / "resources" / "inputs"

Document = tuple[Path, Truth]


@dataclass(frozen=True)
class PageSet:
    """Documents of one kind and where they come from."""

    name: str
    kind: str
    documents: tuple[Document, ...]

    @property
    def pages(self) -> int:
        return sum(page_count(path) for path, _ in self.documents)


@dataclass(frozen=True)
class Measure:
    """What one tool did with all pages of one kind.

    Attributes:
        tool: The tool.
        version: The version of its package.
        speed: Pages a second by the clock.
        cpu: Seconds of CPU for a page.
        peak: Megabytes of its largest process.
        scores: Its cells by the name of the set, in order.
        failed: How many documents it broke on.
    """

    tool: Tool
    version: str
    speed: float
    cpu: float
    peak: float
    scores: Mapping[str, CellScore]
    failed: int = 0


def page_count(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


def has_text(path: Path) -> bool:
    """Whether the first page has a text layer."""
    with pypdfium2.PdfDocument(path) as pdf:
        return bool(pdf[0].get_textpage().get_text_bounded().strip())


def documents_of(folder: Path, truths: Path) -> list[Document]:
    """The PDFs of a folder that have a truth."""
    named = [(path, truths / f"{path.stem}.gold.json") for path in sorted(folder.glob("*.pdf"))]
    return [(path, json.loads(gold.read_text(encoding="utf-8"))) for path, gold in named if gold.exists()]


def page_sets(place: Path, documents: int, scans: int, folder: Path | None) -> list[PageSet]:
    """The sets of pages to read, those that are typeset written into `place`."""
    typeset = varied_documents(place, documents)
    found = {
        "typeset": [*typeset, *varied_scans(place, typeset[:scans])],
        "samples": documents_of(ROOT / "inputs", GOLD),
    }
    if folder:
        found[folder.name] = documents_of(folder, folder)
    kinds = {path: "text" if has_text(path) else "scan" for some in found.values() for path, _ in some}
    sets = [
        PageSet(name, kind, tuple(document for document in some if kinds[document[0]] == kind))
        for kind in KINDS
        for name, some in found.items()
    ]
    return [pages for pages in sets if pages.documents]


def measured(tool: Tool, python: Path, sets: Sequence[PageSet], seconds: float) -> Measure:
    """Have a tool read all documents of some sets in a process of its own.

    Raises:
        RuntimeError: It failed or took too long.
    """
    paths = [str(path) for pages in sets for path, _ in pages.documents]
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [str(python), "-m", "bench.reading", tool.name, str(report), *paths, "--seconds", f"{seconds:g}"]
        launched(command, ROOT, environment(), LONGEST)
        told = json.loads(report.read_text(encoding="utf-8"))
    pages = sum(one.pages for one in sets) * told["rounds"]
    scores = {} if tool.floor else {one.name: score_of(one, told["cells"]) for one in sets}
    speed, cpu = pages / told["wall"], told["cpu"] / pages
    return Measure(tool, told["version"], speed, cpu, told["peak"], scores, len(told["failures"]))


def environment() -> dict[str, str]:
    """One thread for Tesseract, whose threads get in each other's way, and no network."""
    return {**os.environ, "OMP_THREAD_LIMIT": "1", "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(ROOT)}


def score_of(pages: PageSet, cells: Mapping[str, Sequence[str]]) -> CellScore:
    """The cells of a set that were found, document by document."""
    scores = (scored(printed_cells(truth), cells[str(path)]) for path, truth in pages.documents)
    return sum(scores, CellScore())


def report(sets: Sequence[PageSet], found: Mapping[str, Sequence[Measure]], missing: Sequence[str]) -> str:
    """The section of the page, in Markdown."""
    parts = [method(sets)]
    for kind, title in KINDS.items():
        if found.get(kind):
            mine = [one for one in sets if one.kind == kind]
            parts += [f"### {title}", counts(mine), measures_table(mine, found[kind]), behind(found[kind])]
    parts += [target(found["text"])] if any(one.tool.name == "pdfplumber" for one in found.get("text", ())) else []
    parts += ["### What each was asked for", "\n".join(asked(found))]
    parts += ["\n".join(missing)] if missing else []
    return "\n\n".join(part for part in parts if part)


def method(sets: Sequence[PageSet]) -> str:
    names = {one.name for one in sets}
    lines = [
        "Each tool reads the same pages, all of a kind in one process of its own, after one document that does not"
        f" count. *typeset* is made for it by the seed {SEED}: the words of `bench/held_out.yaml` in house styles drawn"
        " at random by the press of this project's tests, so that no style is one that this project never met."
        " *samples* are the documents of `inputs/`, which this project was made with.",
        "*Cells* is the share of the matrices' printed cells (activity, requirement, time, output, note) that a tool"
        " tells word for word, wherever on its page or in its tables, spaces and line ends made one space; *letters*"
        " is the share when spaces are left aside. What it tells besides costs it nothing. Memory is that of its"
        " largest process. This project gives whole records, with covers, performers and flowcharts, the others"
        " give tables. PDFium alone and Tesseract alone are the floors beneath everything, and give no cells.",
        busy(),
    ]
    more = sorted(names - {"typeset", "samples"})
    return "\n\n".join([*lines, *([f"*{more[0]}* is a folder that was given by name."] if more else [])])


def counts(sets: Sequence[PageSet]) -> str:
    """How many pages and cells the sets of a kind have."""
    told = [
        f"{one.pages} pages {one.name}, {sum(len(printed_cells(truth)) for _, truth in one.documents)} cells"
        for one in sets
    ]
    return "; ".join(told) + "."


def measures_table(sets: Sequence[PageSet], found: Sequence[Measure]) -> str:
    heads = ["", "pages/s", "CPU s/page", "memory, MB"]
    heads += [head for one in sets for head in (f"{one.name}: cells", "letters")]
    rows = [[label(one), f"{one.speed:.2f}", f"{one.cpu:.3f}", f"{one.peak:.0f}", *shares(one, sets)] for one in found]
    return table(heads, rows)


def label(measure: Measure) -> str:
    if measure.tool.name == OURS:
        return f"**{OURS}**"
    broken = f" ({measure.failed} documents failed)" if measure.failed else ""
    return f"{measure.tool.name} {measure.version}{broken}"


def shares(measure: Measure, sets: Sequence[PageSet]) -> list[str]:
    scores = [measure.scores.get(one.name, CellScore()) for one in sets]
    return [percent(share) for score in scores for share in (score.share, score.share_of_letters)]


def percent(share: float) -> str:
    return "" if isnan(share) else f"{share:.1%}"


def behind(found: Sequence[Measure]) -> str:
    """How this project compares with every other tool, and in what it is behind one of them."""
    ours = next((one for one in found if one.tool.name == OURS), None)
    if not ours:
        return ""
    others = [one for one in found if one is not ours]
    speeds = [f"{ours.speed / one.speed:.2f} times {one.tool.name}" for one in others]
    lines = [f"Pages a second of `{OURS}`: {', '.join(speeds)}."] if speeds else []
    return "\n".join([*lines, worse(ours, [one for one in others if not one.tool.floor])])


def worse(ours: Measure, others: Iterable[Measure]) -> str:
    """In what this project is slower, larger or less exact than another that tells cells."""
    told: list[str] = []
    for one in others:
        lacks = ["is slower"] if ours.speed < one.speed else []
        lacks += [f"takes more memory ({ours.peak:.0f} MB to {one.peak:.0f})"] if ours.peak > one.peak else []
        lacks += [
            f"tells fewer cells of {name}"
            for name, score in one.scores.items()
            if score.share > ours.scores[name].share
        ]
        told += [f"{' and '.join(lacks)} than {one.tool.name}"] if lacks else []
    if not told:
        return f"In speed, memory and cells `{OURS}` is behind none of them."
    return f"`{OURS}` is **behind** where it {', '.join(told)}."


def target(found: Sequence[Measure]) -> str:
    """Whether text pages are read as fast as they must be."""
    costs = {one.tool.name: one.cpu for one in found}
    ratio = costs["pdfplumber"] / costs[OURS] if OURS in costs else float("nan")
    verdict = "holds" if ratio >= SHARE_OF_PDFPLUMBER else "**falls short**"
    return (
        f"Target: {SHARE_OF_PDFPLUMBER:.1f} times pdfplumber's pages a second of CPU at least. {ratio:.2f}: {verdict}."
    )


def asked(found: Mapping[str, Sequence[Measure]]) -> list[str]:
    tools = {one.tool.name: one.tool for some in found.values() for one in some}
    return [f"- {tool.name}: {tool.how}." for tool in tools.values()]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=15, help="SOPs to typeset, two pages each")
    parser.add_argument("--scans", type=int, default=10, help="how many of them are read as scans as well")
    parser.add_argument("--folder", type=Path, help="read the documents of a folder as well")
    parser.add_argument("--tool", nargs="+", choices=[tool.name for tool in TOOLS], metavar="NAME", help="only these")
    parser.add_argument("--kind", nargs="+", choices=list(KINDS), default=list(KINDS))
    parser.add_argument("--seconds", type=float, default=3.0, help="how long a tool reads at least")
    add_out(parser)
    return parser.parse_args()


def run(given: argparse.Namespace, place: Path) -> str:
    """Measure tool by tool, printing a line for each; what came of it as a section."""
    tools = [tool for tool in TOOLS if not given.tool or tool.name in given.tool]
    pythons, missing = homes(tools)
    sets = [pages for pages in page_sets(place, given.documents, given.scans, given.folder) if pages.kind in given.kind]
    found: dict[str, list[Measure]] = {}
    for kind in given.kind:
        mine = [one for one in sets if one.kind == kind]
        for tool in (tool for tool in tools if mine and kind in tool.kinds and tool.name in pythons):
            try:
                found.setdefault(kind, []).append(one := measured(tool, pythons[tool.name], mine, given.seconds))
                print(f"{kind}: {tool.name}: {one.speed:.2f} pages/s, {one.peak:.0f} MB", flush=True)
            except RuntimeError as error:
                missing.append(f"{tool.name}: left out on {KINDS[kind].lower()}, {error}.")
                print(missing[-1], flush=True)
    return report(sets, found, missing)


def main() -> None:
    given = arguments()
    with TemporaryDirectory() as folder:
        section = run(given, Path(folder))
    print()
    show("Beside other tools", section, given.out)


if __name__ == "__main__":
    main()

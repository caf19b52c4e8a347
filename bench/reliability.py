"""Measure whether confidences mean what they say: predicted against actual, on text PDFs and scans of known truth.

    python -m bench.reliability [--way office:2 ...] [--jobs 2] [--out docs/bench.md] [PDF ...]

The truth of `<stem>.pdf` is `<stem>.gold.json` in the folder --gold. A text PDF is read as it is and scanned in every
way, always with the same seed; a scan is read as it is. Without PDFs those of inputs/ are read, and two SOPs typeset
for the purpose. With --typeset N so many more are typeset, in random house styles.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.curve import svg
from bench.degrade import DAMAGES, STRENGTHS, Scan, degrade
from bench.judged_fields import Field, Json, Truth, judged, pairs
from bench.page import ROOT, put, table
from bench.text_damage import DAMAGES as TEXT_DAMAGES
from bench.text_damage import TextDamage, damaged_text
from bench.typeset_documents import random_documents, typeset_documents

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)  # of the bins of confidence, the last closed on both sides
WAYS = ("office:1", "office:3", "blur:2", "fax:2", "jpeg:3", "stamp:2")
TEXT_WAYS = tuple(f"{kind}:{strength}" for kind in TEXT_DAMAGES for strength in (1, 3))
WRONG_FLAGGED, RIGHT_FLAGGED = 0.95, 0.08
TEXT_WRONG_FLAGGED, TEXT_RIGHT_FLAGGED = 0.8, 0.02  # the same of text pages, where nothing scores a word
FITTED_ON = (
    "The curves of words were fitted on scans of the text PDFs of inputs/ (office 1 and 3, blur 2, fax 2, jpeg 3),"
    " whose text layers tell every word. What they are worth on documents that had no part in that is told in Scans"
    " held out."
)
WORDS = ("header", "cells")  # the fields that the targets are about; an item or a symbol is judged by itself
GROUPS = (*WORDS, "lists", "roles", "symbols", "edges")


@dataclass(frozen=True)
class Task:
    """A document to read, and what it holds; `way` says how a text PDF is scanned or damaged first, None as it is."""

    path: Path
    truth: Truth
    way: Scan | TextDamage | None


def fields_of(task: Task) -> list[Field]:
    """Every field of a document's records and whether it is right."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    with TemporaryDirectory() as folder:
        path = degrade(task.path, Path(folder) / task.path.name, task.way) if isinstance(task.way, Scan) else task.path
        with damaged_text(None if isinstance(task.way, Scan) else task.way):
            found = list(pairs(task.truth, records_of(path)))
        return [field for truth, record in found for field in judged(truth, record, way_name(task.way, record))]


def way_name(way: Scan | TextDamage | None, record: Json) -> str:
    """How a document was read: "office:3", "scan" for one that is a scan itself, "text"."""
    if way:
        return f"{way.kind}:{way.strength}"
    return "text" if record["source"]["kind"] == "text" else "scan"


def records_of(path: Path) -> list[Json]:
    """A document's records with what the checks find, as `sop run` writes them."""
    from pipeline.settings import Settings
    from pipeline.stages import digitize
    from pipeline.validate import validate

    settings = Settings()
    records = validate(digitize(path, settings).records, settings.validate)
    return [record.as_json() for record in records]


@dataclass(frozen=True)
class Bin:
    """The fields of one range of confidence: how many, how sure on average, and the share that is right."""

    low: float
    high: float
    count: int
    predicted: float
    actual: float


def bins_of(fields: Sequence[Field]) -> list[Bin]:
    """The scored fields by confidence, empty bins left out."""
    found = []
    for low, high in pairwise(EDGES):
        inside = [f for f in fields if f.confidence is not None and low <= f.confidence and in_bin(f.confidence, high)]
        if inside:
            predicted = sum(f.confidence or 0.0 for f in inside) / len(inside)
            found.append(Bin(low, high, len(inside), predicted, share(f.right for f in inside)))
    return found


def in_bin(confidence: float, high: float) -> bool:
    return confidence < high or high == EDGES[-1]


def share(truths: Iterable[bool]) -> float:
    """How many are true, 0..1; nan of none."""
    told = list(truths)
    return sum(told) / len(told) if told else float("nan")


def off_by(bins: Sequence[Bin]) -> float:
    """How far prediction and truth are apart on average, weighted by count (expected calibration error)."""
    total = sum(b.count for b in bins)
    return sum(b.count * abs(b.predicted - b.actual) for b in bins) / total if total else float("nan")


def curve_table(fields: Sequence[Field]) -> str:
    rows = []
    for b in bins_of(fields):
        rows.append([f"{b.low:.2f} to {b.high:.2f}", str(b.count), f"{b.predicted:.3f}", f"{b.actual:.3f}"])
    return table(["confidence", "fields", "predicted", "actual"], rows)


def group_table(fields: Sequence[Field]) -> str:
    """A line for each kind of field: scored fields as predicted and in truth, and what issues point at."""
    heads = ["fields", "all", "scored", "predicted", "actual", "apart", "wrong", "wrong flagged", "right flagged"]
    rows = []
    for group in GROUPS:
        mine = [f for f in fields if f.group == group]
        scored = [f for f in mine if f.confidence is not None]
        predicted = sum(f.confidence or 0.0 for f in scored) / len(scored) if scored else float("nan")
        cells = [predicted, share(f.right for f in scored), off_by(bins_of(scored))]
        wrong = [f for f in mine if not f.right]
        rates = [share(f.flagged for f in wrong), share(f.flagged for f in mine if f.right)]
        told = [str(len(mine)), str(len(scored)), *map(number, cells), str(len(wrong)), *map(number, rates)]
        rows.append([group, *told])
    return table(heads, rows)


def number(value: float) -> str:
    return "" if value != value else f"{value:.3f}"


def flag_table(fields: Sequence[Field]) -> str:
    """How much of header and cells is flagged, by the way the documents were read."""
    words = [f for f in fields if f.group in WORDS]
    chosen = {way: [f for f in words if f.way == way] for way in dict.fromkeys(f.way for f in words)}
    rows = []
    for way, mine in {**chosen, "**all**": words}.items():
        wrong = [f for f in mine if not f.right]
        rates = [share(f.flagged for f in wrong), share(f.flagged for f in mine if f.right)]
        rows.append([way, str(len(mine)), str(len(wrong)), *map(number, rates)])
    return table(["read as", "fields", "wrong", "wrong flagged", "right flagged"], rows)


def text_flag_verdict(fields: Sequence[Field]) -> str:
    """The two targets over header and cells of text pages, as they are and with damaged text layers."""
    words = [f for f in fields if f.group in WORDS and not f.scanned and f.way != "scan"]
    wrong, right = (share(f.flagged for f in words if f.right is what) for what in (False, True))
    holds = not wrong < TEXT_WRONG_FLAGGED and not right > TEXT_RIGHT_FLAGGED
    return (
        f"Target over text pages, as they are and damaged: wrong fields flagged {TEXT_WRONG_FLAGGED} at least, right"
        f" fields {TEXT_RIGHT_FLAGGED} at most. {number(wrong) or 'none'} of {sum(not f.right for f in words)} and"
        f" {number(right) or 'none'} of {sum(f.right for f in words)}: {'holds' if holds else '**falls short**'}."
    )


def flag_verdict(fields: Sequence[Field]) -> str:
    """The two targets over header and cells, text and scans together, of documents as they are."""
    words = [f for f in fields if f.group in WORDS and f.way in ("text", "scan")]
    wrong, right = (share(f.flagged for f in words if f.right is what) for what in (False, True))
    holds = not wrong < WRONG_FLAGGED and not right > RIGHT_FLAGGED  # where nothing is wrong, nothing was missed
    return (
        f"Target over text and scans as they are: wrong fields flagged {WRONG_FLAGGED} at least, right fields"
        f" {RIGHT_FLAGGED} at most. {number(wrong) or 'none'} of {sum(not f.right for f in words)} and"
        f" {number(right) or 'none'} of {sum(f.right for f in words)}: {'holds' if holds else '**falls short**'}."
    )


def section(fields: Sequence[Field], names: Sequence[str], ways: Sequence[str], picture: str | None) -> str:
    text, scans = ([f for f in fields if f.scanned is what] for what in (False, True))
    parts = [
        f"Every field of {', '.join(names)}: as they are, and the text PDFs scanned or damaged in the ways"
        f" {', '.join(ways)} (`bench/degrade.py`, `bench/text_damage.py`).",
        "Cells are right when their words and spaces are, everything else when its letters are. A field is flagged when"
        " an issue of its record points at it. Symbols and connectors are right when they are where they should be.",
        FITTED_ON,
        *([f"![Predicted against actual]({picture})"] if picture else []),
        "### Predicted against actual\n\nAll scored fields. A field of a text layer is scored only where a rule had to"
        " decide.",
        curve_table(fields),
        "### Kinds of field, scans",
        group_table(scans),
        "### Kinds of field, text",
        group_table(text),
        "### Header and cells flagged",
        flag_table(fields),
        flag_verdict(fields),
        text_flag_verdict(fields),
    ]
    return "\n\n".join(parts)


def curves(fields: Sequence[Field]) -> dict[str, list[tuple[float, float, int]]]:
    """Points (predicted, actual, count) of the words and of the flowchart."""
    told = {"words": (*WORDS, "lists", "roles"), "symbols and connectors": ("symbols", "edges")}
    chosen = {name: [f for f in fields if f.group in groups] for name, groups in told.items()}
    return {name: [(b.predicted, b.actual, b.count) for b in bins_of(some)] for name, some in chosen.items()}


def tasks_of(documents: Sequence[tuple[Path, Truth]], ways: Sequence[str]) -> list[Task]:
    from bench.peers import has_text

    tasks = [Task(path, truth, None) for path, truth in documents]
    worse = [way_of(way) for way in ways]
    return tasks + [Task(path, truth, way) for way in worse for path, truth in documents if has_text(path)]


def way_of(text: str) -> Scan | TextDamage:
    """A way of scanning or damaging from its name ("office:2", "letters:1"); ValueError for one that does not exist."""
    kind, _, strength = text.partition(":")
    if kind in TEXT_DAMAGES and int(strength or 1) in STRENGTHS:
        return TextDamage(kind, int(strength or 1))
    if kind not in DAMAGES or int(strength or 1) not in STRENGTHS:
        raise ValueError(f"no way to scan {text!r}")
    return Scan(kind, int(strength or 1))


def known_documents(pdfs: Sequence[Path], gold: Path) -> list[tuple[Path, Truth]]:
    """PDFs with the truth beside their name; one without is left out."""
    files = [(pdf, gold / f"{pdf.stem}.gold.json") for pdf in pdfs]
    return [(pdf, json.loads(file.read_text(encoding="utf-8"))) for pdf, file in files if file.exists()]


def read_all(tasks: Sequence[Task], jobs: int) -> list[Field]:
    """The fields of all tasks, in their order however many processes read them."""
    if jobs < 2:
        return [field for task in tasks for field in fields_of(task)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        return [field for found in pool.map(fields_of, tasks) for field in found]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdfs", type=Path, nargs="*", metavar="PDF")
    parser.add_argument("--gold", type=Path, default=ROOT / "tests" / "resources" / "inputs")
    parser.add_argument("--way", nargs="*", default=[*WAYS, *TEXT_WAYS], help="kind:strength")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--wrong", type=int, default=0, help="print so many wrong fields that no issue points at")
    parser.add_argument("--typeset", type=int, default=0, help="so many SOPs in random house styles more")
    parser.add_argument("--seed", type=int, default=0, help="of the random house styles")
    parser.add_argument("--title", default="Reliability", help="of the section in that page")
    parser.add_argument("--out", type=Path, help="put the section into this page as well, and the curve beside it")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    with TemporaryDirectory() as folder:
        documents = known_documents(given.pdfs or sorted((ROOT / "inputs").glob("*.pdf")), given.gold)
        documents += [] if given.pdfs else typeset_documents(Path(folder))
        documents += random_documents(Path(folder), given.typeset, given.seed)
        run(documents, given.way, given.jobs, given.out, given.wrong, given.title)


def run(
    documents: Sequence[tuple[Path, Truth]],
    ways: Sequence[str],
    jobs: int,
    out: Path | None,
    wrong: int = 0,
    title: str = "Reliability",
) -> None:
    """Read, judge and tell."""
    fields = read_all(tasks_of(documents, ways), jobs)
    picture = f"{title.lower().replace(' ', '-')}.svg" if out else None
    text = section(fields, [path.name for path, _ in documents], ways, picture)
    print(text)
    for field in [f for f in fields if not f.right and not f.flagged][:wrong]:
        print(field)
    if out and picture:
        (out.parent / picture).write_text(svg(curves(fields)), encoding="utf-8")
        put(out, title, text)


if __name__ == "__main__":
    main()

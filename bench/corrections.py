"""Measure what corrections bring and cost, over the documents of inputs/.

    python -m bench.corrections [--documents 20] [--corrections 200] [--out docs/bench.md]

Every difference from the truth becomes an entry (bench/corrections_roundtrip.py), and a run with corrections is timed
beside one that reads (bench/corrections_rerun.py).
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.corrections_rerun import timed_run
from bench.corrections_roundtrip import Gold, round_trip
from bench.facts import compared, f1, of_record, of_truth
from bench.page import ROOT, add_out, show, table
from pipeline import Record, load
from pipeline.corrections.normalizer import Normalizer
from pipeline.normalize.lexicon import load_lexicon

GOLD = ROOT / "tests" / "resources" / "inputs"


def read_documents(folder: Path, pdfs: Iterable[Path], jobs: int) -> dict[str, list[Record]]:
    """The records of every document by its stem, as `sop run` writes them without corrections."""
    (folder / "inputs").mkdir()
    for pdf in pdfs:
        shutil.copy(pdf, folder / "inputs")
    timed_run(folder, jobs)
    folders = sorted(path for path in (folder / "outputs").iterdir() if path.is_dir())
    return {place.name: [load(path) for path in sorted(place.glob("*.sop.json"))] for place in folders}


def agreement(golds: Sequence[Gold], records: Iterable[Record]) -> float:
    """F1 over all facts of a document, 0..1."""
    counts = compared([of_truth(gold) for gold in golds], [of_record(record.as_json()) for record in records])
    agree, expected, found = (sum(count[i] for count in counts.values()) for i in range(3))
    return f1(agree, expected, found) or 0.0


def round_trip_row(stem: str, records: Sequence[Record], golds: Sequence[Gold], normalizer: Normalizer) -> list[str]:
    """A document before and after the corrections that its truth asks for."""
    done = round_trip(records, golds, stem, normalizer)
    refused = sum(outcome.status not in ("applied", "confirmed", "already-true") for outcome in done.outcomes)
    scores = [agreement(golds, some) for some in (records, done.records)]
    steps = sum(len(gold["kegiatan"]) for gold in golds)
    told = (len(golds), steps, len(done.outcomes), refused)
    return [stem, *map(str, told), *(f"{score:.4f}" for score in scores)]


def rerun_told(pdf: Path, documents: int, corrections: int, jobs: int) -> str:
    """What bench.corrections_rerun prints."""
    command = [sys.executable, "-m", "bench.corrections_rerun", str(pdf), "--jobs", str(jobs)]
    command += ["--documents", str(documents), "--corrections", str(corrections)]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def section(rows: Sequence[list[str]], told: str, documents: int, name: str) -> str:
    heads = ["document", "SOPs", "steps", "entries", "not applied", "facts agreed before", "after"]
    return "\n\n".join(
        [
            "Every difference between the records and the truth of `inputs/` written as a correction, and the records"
            " corrected by that file. What is left over is what no correction can say, or what the truth says otherwise"
            " than the contract.",
            table(heads, [*rows]),
            f"A run over {documents} copies of `{name}`, the same run again, and again with corrections:",
            "\n".join(f"- {line}" for line in told.splitlines()),
        ]
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20)
    parser.add_argument("--corrections", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    add_out(parser)
    return parser.parse_args()


def main() -> None:
    given = arguments()
    pdfs = sorted((ROOT / "inputs").glob("*.pdf"))
    normalizer = Normalizer(load_lexicon())
    with TemporaryDirectory() as folder:
        read = read_documents(Path(folder), pdfs, given.jobs)
    golds = {path.name.removesuffix(".gold.json"): path for path in sorted(GOLD.glob("*.gold.json"))}
    rows = [
        round_trip_row(stem, read[stem], json.loads(path.read_text(encoding="utf-8")), normalizer)
        for stem, path in golds.items()
        if stem in read
    ]
    text_pdf = min(pdfs, key=lambda path: path.stat().st_size)
    told = rerun_told(text_pdf, given.documents, given.corrections, given.jobs)
    text = section(rows, told, given.documents, text_pdf.name)
    show("Corrections", text, given.out)


if __name__ == "__main__":
    main()

"""What an edit of the corrections costs: a run over many documents, and the run after it with corrections alone.

    python -m bench.corrections_rerun PDF [--documents 100] [--corrections 1000] [--jobs 2]

The PDF is copied under as many names; the first run reads every copy. Then corrections are written, the same number for
each document, and the second run is timed: it recalls the readings and applies them. Prints both times and their ratio.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from pipeline import Record, load
from pipeline.corrections.yaml_edit import append_entries, new_file
from pipeline.corrections.yaml_positions import YamlValue

ROOT = Path(__file__).parents[1]


def timed_run(folder: Path, jobs: int) -> float:
    """Seconds that `sop run` takes in `folder`."""
    command = [sys.executable, "-m", "pipeline", "run", "inputs", "--jobs", str(jobs)]
    start = perf_counter()
    subprocess.run(command, cwd=folder, env=_environment(), check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def corrections_for(record: Record, count: int) -> str:
    """A corrections file of `count` entries: steps' words and outputs set and confirmed, in turn."""
    entries: list[dict[str, YamlValue]] = []
    for number in range(count):
        step = record.kegiatan[number % len(record.kegiatan)]
        field = "uraian" if number < len(record.kegiatan) else "mutu_baku/output"
        read = step.uraian if field == "uraian" else step.mutu_baku.output
        at: dict[str, YamlValue] = {"sop": record.id.rpartition("/")[2], "at": f"kegiatan[no={step.no}]/{field}"}
        said: dict[str, YamlValue] = {"expect": read, "set": f"{read} (dikoreksi)"} if number % 2 else {"confirm": read}
        entries.append({**at, **said})
    return append_entries(new_file(record.source.file, record.source.sha256), "corrections", entries)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("pdf", type=Path)
    arguments.add_argument("--documents", type=int, default=100)
    arguments.add_argument("--corrections", type=int, default=1000)
    arguments.add_argument("--jobs", type=int, default=2)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "inputs").mkdir()
        names = [f"d{number:03d}" for number in range(given.documents)]
        for stem in names:
            shutil.copy(given.pdf, folder / "inputs" / f"{stem}{given.pdf.suffix}")
        first, again = timed_run(folder, given.jobs), timed_run(folder, given.jobs)
        (folder / "corrections").mkdir()
        for stem in names:
            record = load(min((folder / "outputs" / stem).glob("*.sop.json")))
            text = corrections_for(record, given.corrections // given.documents)
            (folder / "corrections" / f"{stem}.yaml").write_text(text, encoding="utf-8")
        corrected = timed_run(folder, given.jobs)
    print(f"first run {first:.1f} s; again {again:.1f} s; with {given.corrections} corrections {corrected:.1f} s")
    print(f"{corrected / first:.1%} of the first run's time")


if __name__ == "__main__":
    main()

"""Measure `sop run` over many small documents again: with nothing changed, with a document, with corrections changed.

    python -m bench.unchanged [--documents 1000] [--jobs 2] [--keep FOLDER] [--out docs/bench.md]

SOPs of a page or two in random words are typeset, each with a name, number and signer of its own and two related SOPs,
of which one is among them. Times are those of the whole command, from its start to its end: wall time, and processor
time of it and of the processes that it starts.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from bench.page import ROOT, add_out, show, table
from bench.speed import verdict
from bench.typeset_documents import tests_press, typeset_document

TARGET = 500.0  # documents per second where nothing changed
VERBS = ("Penyusunan", "Pengelolaan", "Pelaksanaan", "Penerbitan", "Pemeriksaan", "Verifikasi", "Penetapan", "Evaluasi")
THINGS = ("Laporan", "Surat", "Anggaran", "Izin", "Arsip", "Rencana Kerja", "Data", "Perjalanan Dinas", "Aset", "Gaji")
PLACES = ("Bidang", "Seksi", "Kecamatan", "Kelurahan", "Unit", "Balai", "Kantor", "Dinas")


@dataclass(frozen=True)
class Timed:
    """What a run took, in seconds of wall and of processor time, and its greatest resident memory in megabytes."""

    what: str
    wall: float
    cpu: float
    megabytes: float


def name_of(rng: random.Random) -> str:
    """A SOP's name of some words."""
    word = "".join(rng.choice("bdgklmnprst") + rng.choice("aeiou") for _ in range(4)).title()
    return f"{rng.choice(VERBS)} {rng.choice(THINGS)} {rng.choice(PLACES)} {word}"


def documents(folder: Path, count: int, seed: int) -> list[Path]:
    """Typeset so many SOPs into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    names = [name_of(rng) for _ in range(count)]
    return [
        _document(folder / f"{place % 20:02d}" / f"sop-{place:05d}.pdf", place, names, rng) for place in range(count)
    ]


def _document(path: Path, place: int, names: list[str], rng: random.Random) -> Path:
    path.parent.mkdir(exist_ok=True)
    types = tests_press()
    signer = f"Drs. {name_of(rng).split()[-1].upper()}, M.Si"
    nip = f"19{rng.randrange(55, 80)}0909 19{rng.randrange(85, 99)}10 1 {rng.randrange(1, 999):03d}"
    cover = types.Cover(
        nomor_sop=f"060/{place}/ORG/2018",
        nama_sop=names[place],
        keterkaitan=(f"SOP {rng.choice(names)}", f"SOP {name_of(rng)}"),
    )
    cover = replace(cover, signature=replace(cover.signature, nama=signer, nip=nip))
    matrix = types.chain(rng.randrange(5, 12), decision=rng.randrange(2, 5))
    return typeset_document(path, types.SopSpec(cover, (matrix,)), types.Style())[0]


def timed(what: str, folder: Path, jobs: int) -> Timed:
    """Run `sop run inputs` in a folder."""
    command = [sys.executable, "-m", "pipeline", "run", "inputs", "--jobs", str(jobs)]
    start, before = perf_counter(), os.times()
    process = subprocess.Popen(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    wall, after = perf_counter() - start, os.times()
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise ValueError(f"{what}: the run failed")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Timed(what, wall, cpu, used.ru_maxrss / 1000 * 1.024)


def changes(folder: Path, paths: list[Path]) -> Iterator[tuple[str, Callable[[], None]]]:
    """What is done before each run but the first."""

    def replaced() -> None:
        rng = random.Random(1)
        _document(paths[0], 0, [name_of(rng) for _ in paths], rng)

    def corrected() -> None:
        name = paths[1].relative_to(folder / "inputs").with_suffix("")
        file = folder / "corrections" / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        entry = '{sop: "01", at: header/nama_sop, set: Nama yang Dikoreksi}'
        file.write_text(f"document: {{file: {name}.pdf}}\ncorrections:\n  - {entry}\n", encoding="utf-8")

    def damaged() -> None:
        file = min((folder / "outputs").rglob("*.sop.json"))
        file.write_bytes(file.read_bytes().replace(b"Drs", b"Drx"))

    yield "nothing changed", lambda: None
    yield "nothing changed again", lambda: None
    yield "one document changed", replaced
    yield "one corrections file changed", corrected
    yield "one record edited by hand", damaged


def runs(folder: Path, paths: list[Path], jobs: int) -> Iterator[Timed]:
    """The first run, and one after each change."""
    yield timed("first run", folder, jobs)
    for what, change in changes(folder, paths):
        change()
        yield timed(what, folder, jobs)


def section(found: list[Timed], count: int) -> str:
    """The section of the page."""
    heads = ["run", "wall, s", "documents/s", "processor time, s", "documents per s of it", "most memory, MB"]
    rows = [
        [t.what, f"{t.wall:.2f}", f"{count / t.wall:.0f}", f"{t.cpu:.2f}", f"{count / t.cpu:.0f}", f"{t.megabytes:.0f}"]
        for t in found
    ]
    best = min(t.wall for t in found if t.what.startswith("nothing"))
    load = f"Load of the machine at the end {os.getloadavg()[0]:.1f}."
    target = (
        f"Target: {TARGET:.0f} documents per second at least where nothing changed: {verdict(count / best >= TARGET)}."
    )
    told = f"{count} SOPs, a document each, `sop run` from its start to its end. {load}"
    return f"{told}\n\n{table(heads, rows)}\n\n{target}"


def main() -> None:
    """Measure, print the section, and put it into the page where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="work in this folder, and leave it")
    add_out(parser)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        paths = documents(folder / "inputs", given.documents, 0)
        found = []
        for one in runs(folder, paths, given.jobs):
            print(f"{one.what}: {one.wall:.2f} s, processor {one.cpu:.2f} s, {one.megabytes:.0f} MB", flush=True)
            found.append(one)
    text = section(found, given.documents)
    print()
    show("Runs again", text, given.out)


if __name__ == "__main__":
    main()

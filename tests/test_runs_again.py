"""Runs into a folder of an earlier one: what is unchanged is left alone, what is changed is put right to the byte."""

from __future__ import annotations

import importlib
import json
import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fakes
import pytest

from pipeline import doctor
from pipeline.batch import job, run_outputs
from pipeline.cli import exit_code
from pipeline.commands import digitizing
from pipeline.model.document import Digitized, Document, DocumentError, PageEntry
from pipeline.model.issue import Issue
from pipeline.model.record import Header, Record, Source
from pipeline.review import report_file
from pipeline.settings import Settings
from pipeline.store import stamps
from pipeline.store.cache import sha256_of

STAGES = importlib.import_module("pipeline.stages")
NAMES = ("Surat Masuk", "Surat Keluar", "Arsip", "Surat Masukk")
Headers = list[dict[str, Any]]


def digitize(path: Path, settings: Settings, *, name: str, taught: object = None, **_: object) -> Digitized:
    """What a file of headers says: a SOP for each, a fault where it holds none."""
    headers: Headers = json.loads(path.read_text())
    if not isinstance(headers, list):
        raise DocumentError("encrypted", "a password is needed")
    sha256 = sha256_of(path)
    records = [
        Record(
            id=f"{name}/{place:02d}",
            source=Source(file=f"{name}.txt", sha256=sha256, pages=(place, place), kind="text"),
            header=Header.model_validate(header),
            judul=f"{settings.scan.dpi}" if taught is None else "taught",
            kegiatan=fakes.record().kegiatan,
            issues=[Issue(code="unsure", severity="info", path="/judul", message="unsure")],
        )
        for place, header in enumerate(headers, 1)
    ]
    pages = [PageEntry(number=n, kind="text", role="matrix", sops=[r.id]) for n, r in enumerate(records, 1)]
    document = Document(
        name=name,
        file=f"{name}.txt",
        sha256=sha256,
        kind="text",
        status="ok" if records else "no-sop",
        message=None if records else "none",
        pages=pages,
    )
    return Digitized(document, tuple(records))


def random_header(rng: random.Random) -> dict[str, Any]:
    """A header that may have to do with others: the same number, a related SOP, a signer with nearly the same NIP."""
    return {
        "nama_sop": rng.choice(NAMES),
        "nomor_sop": rng.choice((None, "1/2020", "2/2020")),
        "keterkaitan": rng.sample([f"SOP {name}" for name in NAMES], rng.randrange(3)),
        "disahkan_oleh": {"nama": "Budi", "nip": rng.choice(("196509091993101002", "196509091993101003"))},
    }


def entry(at: str, value: str) -> str:
    """A corrections file of one entry."""
    return f'document: {{file: x.txt}}\ncorrections:\n  - {{sop: "01", at: {at}, set: {value}}}\n'


@dataclass(frozen=True)
class Place:
    """Where runs are made: a folder of inputs, their corrections and the outputs."""

    folder: Path

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def input(self, number: int) -> Path:
        return self.folder / "in" / f"d{number}.txt"

    def write(self, number: int, headers: Headers) -> None:
        self.input(number).parent.mkdir(exist_ok=True)
        self.input(number).write_text(json.dumps(headers))

    def correct(self, name: str, text: str) -> None:
        file = self.folder / "corrections" / f"{name}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)

    def run(self, out: str = "out", *options: str) -> int:
        return exit_code(["run", "in", "--out", out, "--jobs", "1", *options])

    def files(self, out: str = "out") -> dict[str, bytes]:
        """All that was written but the cache, by path."""
        found = (path for path in (self.folder / out).rglob("*") if path.is_file() and ".cache" not in path.parts)
        return {path.relative_to(self.folder / out).as_posix(): path.read_bytes() for path in found}

    def times(self) -> dict[str, int]:
        """When each file was written."""
        return {name: (self.out / name).stat().st_mtime_ns for name in self.files()}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(STAGES, "digitize", digitize)
    monkeypatch.setattr(digitizing, "local_workers", fakes.workers_here)
    monkeypatch.setattr(doctor, "ocr_environment", lambda: "none")
    monkeypatch.chdir(tmp_path)
    made = Place(tmp_path)
    for number in range(4):
        made.write(number, [random_header(random.Random(number + place)) for place in range(number % 3)])
    return made


Change = Callable[[Place, random.Random], None]


def _input(place: Place, rng: random.Random) -> None:
    place.write(rng.randrange(5), [random_header(rng) for _ in range(rng.randrange(3))])


def _fault(place: Place, rng: random.Random) -> None:
    place.input(rng.randrange(5)).write_text('"fault"')


def _same_size(place: Place, rng: random.Random) -> None:
    path = place.input(rng.randrange(4))
    if path.exists():
        path.write_text(path.read_text().replace("1/2020", "3/2020"))


def _gone(place: Place, rng: random.Random) -> None:
    place.input(4).unlink(missing_ok=True)


def _touched(place: Place, rng: random.Random) -> None:
    for path in [place.input(0), *place.out.rglob("*.json")]:
        os.utime(path)


def _corrected(place: Place, rng: random.Random) -> None:
    value = rng.choice((*NAMES, "Lain"))
    place.correct(f"d{rng.randrange(4)}", entry("header/nama_sop", value))


def _uncorrected(place: Place, rng: random.Random) -> None:
    (place.folder / "corrections" / f"d{rng.randrange(4)}.yaml").unlink(missing_ok=True)


def _taught(place: Place, rng: random.Random) -> None:
    place.correct("lexicon", f"words: {{srat: {rng.choice(('surat', 'sura'))}}}\n")


def _edited(place: Place, rng: random.Random) -> None:
    found = sorted(path for path in place.out.rglob("*") if path.is_file() and ".cache" not in path.parts)
    if found:
        path = rng.choice(found)
        content = path.read_bytes()
        path.write_bytes(rng.choice((content[:-1] + b" ", content + b" ", b"", b"{}")))


def _deleted(place: Place, rng: random.Random) -> None:
    found = sorted(path for path in place.out.glob("*") if path.name != ".cache")
    path = rng.choice(found)
    path.unlink() if path.is_file() else shutil.rmtree(path)


def _added(place: Place, rng: random.Random) -> None:
    folder = place.out / f"d{rng.randrange(4)}"
    folder.mkdir(exist_ok=True)
    (folder / "09-bukan-dari-sini.sop.json").write_text("{}")


def _forgotten(place: Place, rng: random.Random) -> None:
    shutil.rmtree(place.out / ".cache")


def _no_readings(place: Place, rng: random.Random) -> None:
    for folder in (place.out / ".cache").glob("??"):
        shutil.rmtree(folder)


def _broken(place: Place, rng: random.Random) -> None:
    manifest = place.out / ".cache" / "manifest.sqlite"
    content = bytearray(manifest.read_bytes())
    at = rng.randrange(len(content) // 2)
    content[at : at + 2000] = bytes(2000)
    manifest.write_bytes(content)


CHANGES: tuple[Change, ...] = (
    *(_input, _fault, _same_size, _gone, _touched, _corrected, _corrected, _uncorrected, _taught),
    *(_edited, _edited, _deleted, _added, _forgotten, _no_readings, _broken),
)


@pytest.mark.parametrize("seed", range(8))
def test_after_any_changes_a_run_gives_what_one_without_a_manifest_gives(
    place: Place, seed: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(seed)
    if seed % 2:
        monkeypatch.setattr(stamps, "COARSE", 0)
    place.run()
    for _ in range(5):
        time.sleep(0.02 * (seed % 2))  # longer than a tick of the disk's clock
        for change in rng.sample(CHANGES, rng.randrange(3)):
            change(place, rng)
        options = rng.choice(((), (), ("--prune",), ("--no-corrections",), ("--dpi", "150")))
        shutil.rmtree(place.folder / "other", ignore_errors=True)
        shutil.copytree(place.out, place.folder / "other")
        (place.folder / "other" / ".cache" / "manifest.sqlite").unlink(missing_ok=True)
        capsys.readouterr()
        code, told = place.run("out", *options), capsys.readouterr()
        assert (code in (0, 1), told.err) == (True, "")
        assert (place.run("other", *options), place.files("other")) == (code, place.files())
        assert capsys.readouterr().out.replace("other/", "out/") == told.out


@pytest.mark.parametrize("seed", range(100, 104))
def test_after_any_changes_a_run_gives_what_one_into_an_empty_folder_gives(place: Place, seed: int) -> None:
    rng = random.Random(seed)
    changes = [change for change in CHANGES if change not in (_fault, _uncorrected, _added)]  # what was good stays
    place.run()
    for _ in range(5):
        for change in rng.sample(changes, 2):
            change(place, rng)
        place.run("out", "--prune")
    place.run("fresh")
    assert place.files("fresh") == place.files()


def test_nothing_is_done_for_what_is_unchanged(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.correct("d1", entry("header/nama_sop", "Nama Lain"))
    place.run()
    before = place.times()
    for module, name in ((run_outputs, "write_document"), (job, "from_bytes"), (report_file, "write_report")):
        monkeypatch.setattr(module, name, None)
    place.run()
    assert place.times() == before


def test_one_changed_document_has_only_those_written_that_it_is_about(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.write(1, [{"nama_sop": "Surat Masuk"}])
    place.write(2, [{"nama_sop": "Arsip", "keterkaitan": ["SOP Surat Keluar"]}])
    place.write(3, [{"nama_sop": "Lain"}])
    place.run()
    before = place.times()
    place.write(1, [{"nama_sop": "Surat Keluar"}])
    place.run()
    changed = {name for name, at in place.times().items() if at != before.get(name)}
    assert {name.partition("/")[0] for name in changed if "/" in name} == {"d1", "d2"}


def test_what_another_command_read_last_is_not_taken_for_what_a_run_wrote(place: Place) -> None:
    place.run()
    assert exit_code(["check", "in", "--out", "out", "--dpi", "150"]) == 0
    assert place.run() == 1
    exit_code(["correct", "d1/01", "judul", "Judul Lain", "--out", "out"])
    text = (place.folder / "corrections" / "d1.yaml").read_text()
    assert f"{Settings().scan.dpi}" in text
    place.write(0, [{"nama_sop": "Arsip"}])
    exit_code(["check", "in", "--out", "out", "--dpi", "150"])
    place.run()
    assert all(b"150" not in content for name, content in place.files().items() if name.endswith(".sop.json"))


def test_a_run_that_was_killed_before_its_end_is_finished_by_the_next(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.run("whole")
    with monkeypatch.context() as patch:
        patch.setattr(run_outputs.RunOutputs, "finish", lambda self: os._exit(9))
        pid = os.fork()
        if pid == 0:
            signal.alarm(60)  # where a lock was held by another thread as this one was split off
            try:
                place.run()
            finally:
                os._exit(1)
        _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) in (9, -signal.SIGALRM)
    place.run()
    assert place.files() == place.files("whole")


def test_a_manifest_that_cannot_be_used_costs_time_and_nothing_else(place: Place) -> None:
    place.run()
    before: Mapping[str, bytes] = place.files()
    with sqlite3.connect(place.out / ".cache" / "manifest.sqlite") as database:
        database.execute("DROP TABLE documents")
    assert place.run() == 1
    assert place.files() == before

"""What a worker does for the fuzzer: make a file, read it as a run does, write what came of it, tell what happened."""

from __future__ import annotations

import random
import re
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from time import perf_counter

import coverage

from bench.fuzz_formats import jpeg_mutated, png_mutated, tiff_mutated, zip_mutated
from bench.fuzz_mutations import Mutation, bytes_mutated, encoding_mutated, lines_mutated, yaml_mutated
from bench.fuzz_pdf import pdf_mutated
from bench.fuzz_watch import Watch
from bench.page import ROOT
from pipeline.batch.conclude import conclude
from pipeline.batch.correction_files import CorrectionFiles, load_correction_files
from pipeline.batch.inputs import Input
from pipeline.batch.job import Job, run_job
from pipeline.batch.kept_readings import from_bytes
from pipeline.errors import PipelineError
from pipeline.export.export_formats import FORMATS, ExportOptions
from pipeline.export.json import index_of
from pipeline.model.document import Digitized
from pipeline.model.record import Record
from pipeline.settings import Settings
from pipeline.store.index_file import write_index
from pipeline.store.outputs import write_document

MUTATIONS: Mapping[str, tuple[Mutation, ...]] = {
    ".pdf": (bytes_mutated, pdf_mutated, pdf_mutated),
    ".png": (bytes_mutated, png_mutated, png_mutated),
    ".jpg": (bytes_mutated, jpeg_mutated, jpeg_mutated),
    ".tif": (bytes_mutated, tiff_mutated, tiff_mutated),
    ".txt": (lines_mutated, lines_mutated, lines_mutated, encoding_mutated),
    ".md": (lines_mutated, lines_mutated, lines_mutated, encoding_mutated),
    ".docx": (bytes_mutated, zip_mutated, zip_mutated),
    "corrections": (yaml_mutated, yaml_mutated, lines_mutated, encoding_mutated),
    "lexicon": (yaml_mutated, yaml_mutated, lines_mutated, encoding_mutated),
}
YAML_NAMES = {"corrections": "sop-bintan.yaml", "lexicon": "lexicon.yaml"}
EXPORTED = 0.1  # of the documents go through the formats of `sop export` too
TRACED = 0.3  # of the files are read with their lines noted: that takes five times as long
RECOGNISED = 0.2  # of the pictures through OCR: it is most of their time, and the same whatever the header said
HEAVY = frozenset({"docx"})  # formats that are left out: they take as long as ten files


@dataclass(frozen=True)
class FuzzTask:
    """One file to be made and read.

    Attributes:
        name: Its number, by which all random choices are made, and its file is called.
        kind: Its suffix, or "corrections" or "lexicon".
        seed: Of the random choices.
        parent: The file that it is made from.
        work: The folder with `files` for files that are made, and `out` for what comes of them.
    """

    name: str
    kind: str
    seed: int
    parent: Path
    work: Path

    @property
    def path(self) -> Path:
        """Where the file is made."""
        place = self.work / "files" / self.name
        return place / YAML_NAMES[self.kind] if self.kind in YAML_NAMES else place.with_suffix(self.kind)


@dataclass(frozen=True)
class FuzzOutcome:
    """What happened with one file.

    Attributes:
        task: Which it was.
        status: Of the document; "refused" where the call was, "raised" for an error that came out.
        told: The sentence, or the traceback.
        noted: What the process did that it must not.
        lines: Lines of the package that this process had not run before, as "file:line".
        seconds: Wall time.
        megabytes: The most address space that the process ever had.
    """

    task: FuzzTask
    status: str
    told: str = ""
    noted: tuple[str, ...] = ()
    lines: frozenset[str] = frozenset()
    seconds: float = 0.0
    megabytes: float = 0.0


def fuzz(task: FuzzTask) -> FuzzOutcome:
    """Make one file, read it and write what comes of it; called in a worker process."""
    make(task)
    watch = _watch(task.work)
    lines = _lines() if random.Random(f"{task.seed}/{task.name}/traced").random() < TRACED else Unseen()
    begin = perf_counter()
    lines.begin()
    watch.begin()
    try:
        status, told = _read_yaml(task) if task.kind in YAML_NAMES else _read_document(task)
    except PipelineError as error:
        status, told = "refused", str(error)
    except Exception as error:
        watch.is_on = False  # a traceback compiles what it shows
        status, told = "raised", "".join(traceback.format_exception(error))
    noted, new = watch.end(), lines.end()
    return FuzzOutcome(task, status, told, noted, new, perf_counter() - begin, _peak())


def make(task: FuzzTask) -> None:
    """Write the file of a task; the same task gives the same bytes."""
    choice = random.Random(f"{task.seed}/{task.name}")
    content = task.parent.read_bytes()
    for _ in range(choice.choice((1, 1, 2, 3))):
        change = choice.choice(MUTATIONS[task.kind])
        try:
            content = change(content, choice)
        except MemoryError:  # of the worker, whose limit a stream that is unpacked may pass
            content = bytes_mutated(content, choice)
    task.path.parent.mkdir(parents=True, exist_ok=True)
    task.path.write_bytes(content)


def _read_document(task: FuzzTask) -> tuple[str, str]:
    choice = random.Random(f"{task.seed}/{task.name}/read")
    settings = Settings()
    if choice.random() >= RECOGNISED:
        settings = replace(settings, ocr=replace(settings.ocr, when="never"))
    result = run_job(Job(Input(task.path, task.path.name, task.name), settings))
    done = _write(task, result, CorrectionFiles(), settings)
    if choice.random() < EXPORTED and done.records:
        _export(done.records)
    return result.document.status, result.document.message or ""


def _read_yaml(task: FuzzTask) -> tuple[str, str]:
    files = load_correction_files(task.path.parent)
    if task.kind == "lexicon":
        text = task.work / "seeds" / "0.md"
        result = run_job(Job(Input(text, text.name, task.name), Settings(), taught=files.taught))
    else:
        read = from_bytes((task.work / "seeds" / "base").read_bytes())
        assert read is not None
        result = read
    _write(task, result, files, Settings())
    return result.document.status, result.document.message or ""


def _write(task: FuzzTask, result: Digitized, files: CorrectionFiles, settings: Settings) -> Digitized:
    out = task.work / "out" / task.name
    (document,) = conclude([result], files, settings).documents
    write_document(out, document)
    write_index(out, index_of([document]))
    return document


def _export(records: Sequence[Record]) -> None:
    for name, export in FORMATS.items():
        if name not in HEAVY:
            export(records, ExportOptions())


@cache
def _watch(work: Path) -> Watch:
    return Watch(work / "out", work)


@cache
def _lines() -> NewLines:
    return NewLines()


class Unseen:
    """Stands for `NewLines` where nothing is noted."""

    def begin(self) -> None:
        """Do nothing."""

    def end(self) -> frozenset[str]:
        """Return no line."""
        return frozenset()


class NewLines(Unseen):
    """The lines of the package that are run for the first time in this process."""

    def __init__(self) -> None:
        self._coverage = coverage.Coverage(
            data_file=None, source=[str(ROOT / "pipeline")], config_file=False, messages=False
        )
        self._seen: set[str] = set()

    def begin(self) -> None:
        """Look from now on."""
        self._coverage.start()

    def end(self) -> frozenset[str]:
        """Look no more; return the lines that are new."""
        self._coverage.stop()
        data = self._coverage.get_data()
        met = {
            f"{Path(file).relative_to(ROOT).as_posix()}:{line}"
            for file in data.measured_files()
            for line in data.lines(file) or ()
        }
        new = frozenset(met - self._seen)
        self._seen |= new
        return new


def _peak() -> float:
    """The most address space that this process ever had, in megabytes; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    found = re.search(r"VmPeak:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1000 if found else 0.0

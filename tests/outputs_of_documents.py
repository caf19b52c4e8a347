"""The outputs of all text documents of the project and of real agencies beside it, read once for all tests."""

from __future__ import annotations

import fcntl
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.cli import exit_code
from pipeline.model.record import Record
from pipeline.store.record_files import read_records

PROJECT = Path(__file__).parent.parent
FOLDERS = (PROJECT / "inputs", PROJECT.parent / "shared" / "real")
KINDS = (".pdf", ".txt")


def documents() -> list[Path]:
    """Documents that are no scans: those would take minutes, and give the same shapes."""
    return [
        path
        for folder in FOLDERS
        if folder.is_dir()
        for path in sorted(folder.iterdir())
        if path.suffix in KINDS and "scan" not in path.name
    ]


def outputs_of_documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of one run over them, shared by all workers of a test run."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    folder = shared / "outputs-of-documents"
    with (shared / "outputs-of-documents.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "index.json").exists():
            # 1 where a document holds no SOP, as some of the real ones.
            given = [str(path) for path in documents()]
            assert exit_code(["run", *given, "--out", str(folder), "--no-corrections", "--jobs", "2"]) in (0, 1)
    return folder


def all_records(outputs: Path) -> Sequence[Record]:
    """The records of a folder."""
    return read_records([outputs])

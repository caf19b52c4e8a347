"""A small part of what `python -m bench.hostile` reads: nothing breaks the run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from scanned import sop

from bench.hostile import GOOD, good_sources, prepared, run_hostile, section
from bench.hostile_files import contents, hostile_corpus

TIMEOUT = 3.0  # seconds


def short_sources(folder: Path) -> list[Path]:
    """A good PDF, and the first SOP of a good transcript: files that are quick to read, damaged or not."""
    pages, text = good_sources(folder)[:2]
    (folder / "short.txt").write_text("".join(text.read_text("utf-8").splitlines(keepends=True)[:60]), "utf-8")
    return [pages, folder / "short.txt"]


@pytest.mark.parametrize(("jobs", "files", "ended"), [(2, 70, ("image-claims.pdf", "marks.md")), (1, 16, ())])
def test_nothing_breaks_the_run(tmp_path: Path, jobs: int, files: int, ended: Sequence[str]) -> None:
    names = prepared(tmp_path, files, sop(tmp_path), short_sources(tmp_path), large=False)
    assert len(names) == files - 1
    assert len(set(names)) == len(names)
    run = run_hostile(tmp_path, jobs, TIMEOUT)
    assert (run.code, run.told) == (1, "")
    assert len(run.statuses) == files
    assert run.statuses[GOOD] == "ok"
    assert [run.statuses[name] for name in ended] == ["timed-out"] * len(ended)
    assert run.good
    assert run.strays == ()
    assert run.slowest <= TIMEOUT + 10
    assert "failed" not in run.statuses.values()
    assert f"| {jobs} | {files} | {files} |" in section([run], files, TIMEOUT)


def test_the_files_are_the_same_every_time(tmp_path: Path) -> None:
    made = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        names = list(hostile_corpus(folder, 30, [sop(tmp_path)], large=False))
        files = [folder / name for name in names if (folder / name).is_file()]
        made.append([(path.name, path.read_bytes()) for path in files if not path.is_symlink()])
    assert made[0] == made[1]
    assert len(made[0]) > 20
    assert {"self-form.pdf", "rectangles.pdf", "frames.tiff", "huge.txt"} <= contents().keys()

"""The folder of a run's temporary files: never one that another run has swept."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from pipeline.batch import scratch
from pipeline.batch.scratch import LOCK, Scratch, sweep_scratch


def test_one_that_is_swept_before_it_is_locked_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    swept: list[Path] = []

    def opened(path: Path, flags: int) -> int:
        handle = os.open(path, flags)
        if not swept:
            swept.append(path)
            sweep_scratch()  # as another run does that begins at this moment
        return handle

    with monkeypatch.context() as patch:
        patch.setattr(scratch, "os", type("Opening", (), {**vars(os), "open": staticmethod(opened)}))
        made = Scratch()
    assert not swept[0].exists()
    assert list(tmp_path.iterdir()) == [made.path]
    assert (made.path / LOCK).exists()
    sweep_scratch()
    assert made.path.exists()
    made.remove()
    assert list(tmp_path.iterdir()) == []

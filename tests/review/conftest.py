"""A folder in which a run over the sample of Bintan has been."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from reviewing import run_sample


@pytest.fixture(scope="session")
def run_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folders of a run over the sample, read once."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "corrections").mkdir()
    assert run_sample(folder) == 0
    return folder


@pytest.fixture
def place(run_once: Path, tmp_path: Path) -> Path:
    """A copy of these folders, to be changed."""
    shutil.copytree(run_once, tmp_path / "place")
    return tmp_path / "place"

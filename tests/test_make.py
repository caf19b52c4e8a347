"""`make look` in a project whose setup does nothing and whose command says what it was asked."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

MAKEFILE = Path(__file__).parent.parent / "Makefile"
HOW = "make look some.pdf, or make look FILE='some file.pdf'"

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the Makefile, a file to look at, and a command that prints its arguments."""
    shutil.copy(MAKEFILE, tmp_path)
    (tmp_path / "some.pdf").touch()
    for name, script in {"scripts/setup.sh": "", ".venv/bin/sop": 'for word; do echo "<$word>"; done\n'}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(f"#!/bin/sh\n{script}")
        path.chmod(0o755)
    return tmp_path


def make(project: Path, *arguments: str) -> tuple[int, list[str]]:
    """The exit code of make and the lines that it printed."""
    done = subprocess.run(
        ["make", "--no-print-directory", *arguments], cwd=project, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout.splitlines()


@pytest.mark.parametrize(
    ("arguments", "file"), [(["some.pdf"], "some.pdf"), (["FILE=a file.pdf"], "a file.pdf"), (["x/no.pdf"], "x/no.pdf")]
)
def test_the_file_is_drawn_into_the_outputs(project: Path, arguments: list[str], file: str) -> None:
    assert make(project, "look", *arguments) == (0, ["<draw>", f"<{file}>", "<--out>", "<outputs/pages>"])


def test_without_a_file_it_says_how_it_is_called(project: Path) -> None:
    assert make(project, "look") == (2, [HOW])

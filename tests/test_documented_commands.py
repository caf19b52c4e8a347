"""Every command that the documents print runs as printed, on the samples that are shipped, in the order of the page.

`sop` runs in this process: it takes a second to start, and there are forty. `make` starts it as a program.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from pipeline.cli import app, exit_code
from pipeline.usage import LANG, VERSION

PROJECT = Path(__file__).parent.parent
PAGES = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted(PROJECT.glob("docs/*.md"))]
COMMANDS: dict[str, Any] = dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
SOP = ".venv/bin/sop"
EVERYWHERE = {LANG, VERSION, "-h", "--help"}
TESTS = "make test"  # which this test is a part of

pytestmark = pytest.mark.untraced  # in processes of their own


def blocks(text: str, language: str) -> list[str]:
    """The code blocks of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


def commands(page: Path) -> list[str]:
    """The lines of the page's `sh` blocks, comments left out; `bash` blocks are for machines that no test has."""
    lines = "\n".join(blocks(page.read_text("utf-8"), "sh")).splitlines()
    return [line.partition("  #")[0].strip() for line in lines if line.strip() and not line.startswith("#")]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with the text samples, whose set-up is this very Python."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copy(PROJECT / "Makefile", folder)
    shutil.copytree(PROJECT / "corrections", folder / "corrections")
    (folder / "inputs").mkdir()
    for sample in (path for path in (PROJECT / "inputs").iterdir() if "scan" not in path.name):
        (folder / "inputs" / sample.name).symlink_to(sample)
    for outputs in ("outputs", "my-records"):  # what `make run` has read is read once
        (folder / outputs).mkdir()
    (folder / "outputs" / ".cache").mkdir()
    (folder / "my-records" / ".cache").symlink_to(folder / "outputs" / ".cache")
    scripts = {"scripts/setup.sh": "", SOP: f'exec {shlex.quote(sys.executable)} -m pipeline "$@"\n'}
    for name, script in scripts.items():
        path = folder / name
        path.parent.mkdir(parents=True)
        path.write_text(f"#!/bin/sh\n{script}")
        path.chmod(0o755)
    return folder


def run(checkout: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "LC_ALL": "C.UTF-8"}
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)


def run_line(checkout: Path, line: str) -> int:
    """Run a line of a shell block in a checkout, which is the working folder; return its exit code."""
    words = shlex.split(line)
    if words[0] == SOP and not set(line) & set("|<>;&$*`"):
        return exit_code(words[1:])
    done = run(checkout, "sh", "-c", line)
    print(done.stdout[-500:], done.stderr)
    return done.returncode


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_every_command_runs_as_printed(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    printed = [line for page in PAGES for line in commands(page) if line != TESTS]
    assert len(printed) > 10
    monkeypatch.chdir(checkout)
    for line in printed:
        assert run_line(checkout, line) == 0, f"{line}: {capfd.readouterr()}"
    for code in blocks((PROJECT / "README.md").read_text("utf-8"), "python"):
        done = run(checkout, sys.executable, "-c", code)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()


def mentioned() -> Iterator[tuple[str, list[str]]]:
    """The `sop` commands that the pages name within a sentence."""
    for page in PAGES:
        text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.M | re.S)
        for code in re.findall(r"`((?:\.venv/bin/)?sop [^`]+)`", text):
            yield f"{page.name}: {code}", code.replace("…", "").split()[1:]


@pytest.mark.parametrize(("place", "words"), list(mentioned()))
def test_a_command_that_a_sentence_names_is_there_with_its_options(place: str, words: list[str]) -> None:
    known = EVERYWHERE
    if not words[0].startswith("-"):
        assert words[0] in COMMANDS, place
        known = EVERYWHERE | {name for option in COMMANDS[words[0]].params for name in option.opts}
    options = {word.strip("[],").partition("=")[0] for word in words if word.startswith("-")}
    assert {option for option in options if not re.fullmatch(r"-v+", option)} <= known, place

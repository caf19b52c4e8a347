"""scripts/setup.sh on machines where this or that is missing, played by programs that only say what they were asked."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
TOOLS = [
    "cat",
    "chmod",
    "cksum",
    "cp",
    "dirname",
    "env",
    "grep",
    "ln",
    "mkdir",
    "pwd",
    "rm",
    "sh",
    "sort",
    "tee",
    "touch",
    "tr",
]

PYTHON = """
case "$*" in
    "-c import ensurepip, venv") [ -e "$BIN/no-venv" ] && exit 1; exit 0 ;;
    -c*) exit 0 ;;
    --version) echo Python 3.12.0 ;;
    "-m venv "*) mkdir -p "$3/bin" && cp "$BIN/python3" "$3/bin/python" ;;
    "-m pip install "*--editable*) touch .venv/bin/sop && chmod +x .venv/bin/sop ;;
    "-m pip install "*bench.txt) [ ! -e "$BIN/no-peers" ] ;;
    "-m pip install "*fast.txt) [ ! -e "$BIN/no-fast" ] ;;
    "-m pip install "*) [ ! -e "$BIN/no-network" ] ;;
esac
"""

APT = """
[ "$1" = update ] && { touch "$BIN/lists"; exit; }
[ -e "$BIN/lists" ] || exit 100
case "$*" in *tesseract-ocr*) ln -s "$BIN/tesseract.off" "$BIN/tesseract" ;; esac
case "$*" in *python3-venv*) rm -f "$BIN/no-venv" ;; esac
"""


NPM = "mkdir -p tests/javascript/node_modules"


@dataclass
class Machine:
    """A project and a path with nothing on it but a few tools, and what is added."""

    project: Path
    bin: Path

    def add(self, name: str, script: str = "") -> None:
        """A program that keeps a line of how it was called, and then runs `script`."""
        path = self.bin / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >>"$BIN/calls"\n{script}\n')
        path.chmod(0o755)

    def mark(self, name: str) -> None:
        (self.bin / name).touch()

    def setup(self, purpose: str = "run") -> tuple[int, list[str], list[str]]:
        """The exit code, the lines it told, and the programs it called."""
        (self.bin / "calls").write_text("")
        done = subprocess.run(
            [str(self.bin / "sh"), "scripts/setup.sh", purpose],
            cwd=self.project,
            env={"PATH": str(self.bin), "BIN": str(self.bin)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout == ""
        return done.returncode, done.stderr.splitlines(), (self.bin / "calls").read_text().splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    project, programs = tmp_path / "project", tmp_path / "bin"
    programs.mkdir()
    for part in ("scripts", "locks"):
        shutil.copytree(PROJECT / part, project / part)
    shutil.copy(PROJECT / "pyproject.toml", project)
    (project / "tests" / "javascript").mkdir(parents=True)
    shutil.copy(PROJECT / "tests" / "javascript" / "package-lock.json", project / "tests" / "javascript")
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found
        (programs / tool).symlink_to(found)
    made = Machine(project, programs)
    made.add("id", "echo 0")
    made.add("tesseract.off", 'printf "List of languages (3):\\neng\\nind\\nosd\\n"')
    return made


@pytest.fixture
def complete(machine: Machine) -> Machine:
    machine.add("python3", PYTHON)
    (machine.bin / "tesseract").symlink_to(machine.bin / "tesseract.off")
    return machine


def calls_of(program: str, calls: list[str]) -> list[str]:
    return [call for call in calls if call.startswith(f"{program} ")]


def test_a_machine_with_all_it_needs_gets_a_venv(complete: Machine) -> None:
    code, told, calls = complete.setup()
    assert (code, told) == (0, ["setup: installing Python packages into .venv", "setup: ready: .venv/bin/sop"])
    assert any("locks/run.txt" in call for call in calls)
    assert calls_of("apt-get", calls) == []


def test_the_second_time_is_quiet_and_does_nothing(complete: Machine) -> None:
    complete.setup()
    assert complete.setup()[:2] == (0, [])
    assert calls_of("python3", complete.setup()[2]) == []


@pytest.mark.parametrize("changed", ["pyproject.toml", "locks/run.txt", "locks/fast.txt"])
def test_another_lock_is_installed(complete: Machine, changed: str) -> None:
    complete.setup()
    path = complete.project / changed
    path.chmod(0o644)
    path.write_text(path.read_text() + "# changed\n")
    assert complete.setup()[1][-1] == "setup: ready: .venv/bin/sop"


def test_a_project_that_was_moved_gets_another_venv(complete: Machine) -> None:
    complete.setup()
    moved = complete.project.rename(complete.project.with_name("moved"))
    (moved / ".venv" / "old").touch()
    assert Machine(moved, complete.bin).setup()[1][-1] == "setup: ready: .venv/bin/sop"
    assert not (moved / ".venv" / "old").exists()


@pytest.fixture
def testing(complete: Machine) -> Machine:
    """A machine with what tests need besides."""
    for program in ("chromium", "node", "dot", "initdb"):
        complete.add(program)
    complete.add("npm", NPM)
    return complete


def test_javascript_packages_are_installed_once_for_their_lock(testing: Machine) -> None:
    told, calls = testing.setup("test")[1:]
    assert "setup: installing JavaScript packages into tests/javascript/node_modules" in told
    assert calls_of("npm", calls) == ["npm ci --prefix tests/javascript --ignore-scripts"]
    assert calls_of("npm", testing.setup("test")[2]) == []
    lock = testing.project / "tests" / "javascript" / "package-lock.json"
    lock.chmod(0o644)
    lock.write_text(lock.read_text() + " ")
    assert len(calls_of("npm", testing.setup("test")[2])) == 1


def test_javascript_packages_that_cannot_be_had_are_told_each_time(testing: Machine) -> None:
    testing.add("npm", "exit 1")
    for _ in range(2):
        code, told, _ = testing.setup("test")
        assert code == 0
        assert any("npm ci failed" in line for line in told)


def test_who_can_test_can_run_and_not_the_other_way(testing: Machine) -> None:
    complete = testing
    complete.setup("run")
    code, told, _ = complete.setup("test")
    assert (code, told[-1]) == (0, "setup: ready: .venv/bin/sop")
    assert complete.setup("test")[1] == complete.setup("lint")[1] == complete.setup("run")[1] == []


def test_the_tools_of_the_benchmark_are_installed_once_apart_from_the_project(complete: Machine) -> None:
    complete.setup("lint")
    code, told, calls = complete.setup("bench")
    assert code == 0
    assert "setup: installing the tools that the project is measured beside into .venv-bench" in told
    assert (complete.project / ".venv-bench" / "bin" / "python").exists()
    assert any("locks/bench.txt" in call for call in calls)
    assert calls_of("python3", complete.setup("bench")[2]) == []
    lock = complete.project / "locks" / "bench.txt"
    lock.chmod(0o644)
    lock.write_text(lock.read_text() + "# changed\n")
    assert any("locks/bench.txt" in call for call in complete.setup("bench")[2])


def test_tools_of_the_benchmark_that_cannot_be_had_are_told(complete: Machine) -> None:
    complete.mark("no-peers")
    code, told, _ = complete.setup("bench")
    assert code == 0
    assert any(line.startswith("setup: missing, so other tools are not measured") for line in told)


def test_what_debian_lacks_is_installed_after_an_update(machine: Machine) -> None:
    machine.add("python3", PYTHON)
    machine.add("apt-get", APT)
    machine.mark("no-venv")
    code, told, calls = machine.setup()
    assert code == 0
    assert [call.split()[1] for call in calls_of("apt-get", calls)] == ["install", "update", "install", "install"]
    assert "tesseract-ocr-ind" in " ".join(calls)
    assert told[0].startswith("setup: installing tesseract-ocr")
    assert "setup: installing python3-venv" in told


Break = Callable[[Machine], None]


@pytest.mark.parametrize(
    ("breaking", "line"),
    [
        (
            lambda machine: (machine.bin / "python3").unlink(),
            "setup: missing: Python 3.11 or later (apt-get install python3 python3-venv)",
        ),
        (lambda machine: machine.mark("no-venv"), "setup: missing: apt-get install python3-venv"),
        (
            lambda machine: machine.mark("no-network"),
            "setup: missing: the Python packages of locks/run.txt could not be installed (is there a network?)",
        ),
    ],
)
def test_what_cannot_be_installed_is_told_in_one_line(complete: Machine, breaking: Break, line: str) -> None:
    breaking(complete)
    code, told, _ = complete.setup()
    assert code == 1
    assert told[-1] == line
    assert len([one for one in told if "missing" in one]) == 1


@pytest.mark.parametrize("user", ["0", "1000"])
def test_without_tesseract_text_can_still_be_read(complete: Machine, user: str) -> None:
    (complete.bin / "tesseract").unlink()
    complete.add("id", f"echo {user}")
    if user != "0":
        complete.add("apt-get", APT)  # there, and of no use without sudo
    code, told, calls = complete.setup()
    assert code == 0
    assert told[0].startswith("setup: missing, so scans stay unread (text PDFs work): apt-get install tesseract-ocr")
    assert calls_of("apt-get", calls) == []


def test_without_tesserocr_it_goes_on(complete: Machine) -> None:
    complete.mark("no-fast")
    code, told, _ = complete.setup()
    assert code == 0
    assert any("tesserocr is not there" in line for line in told)


def test_no_lock_names_a_place_to_get_packages_from() -> None:
    for path in [
        PROJECT / "pyproject.toml",
        PROJECT / "Makefile",
        *PROJECT.glob("locks/*"),
        *PROJECT.glob("scripts/*"),
    ]:
        text = path.read_text()
        assert "://" not in text, path.name
        assert "--index" not in text.replace("--no-emit-index-url", ""), path.name
    assert '"resolved"' not in (PROJECT / "tests" / "javascript" / "package-lock.json").read_text()

"""The command ends cleanly whenever it is told to."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest
from typeset import Cover, SopSpec, chain, typeset

from bench.hostile_files import contents


@pytest.mark.parametrize("after", [0.1, 0.3, 0.6, 1.0, 1.6])
def test_a_signal_ends_the_run_and_its_workers_without_a_traceback(tmp_path: Path, after: float) -> None:
    scan, endless = Path(__file__).parent / "golden" / "scan.pdf", tmp_path / "endless.pdf"
    endless.write_bytes(without_end())  # no machine is so fast that all was done before the signal
    command = [sys.executable, "-m", "pipeline", "run", str(scan), str(endless), "--jobs", "2", "--out"]
    with ExitStack() as stack:
        runs = dict[signal.Signals, subprocess.Popen[str]]()
        for sent in (signal.SIGINT, signal.SIGTERM):
            whole = [*command, str(tmp_path / sent.name)]
            runs[sent] = subprocess.Popen(whole, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
            stack.enter_context(runs[sent])
            stack.callback(runs[sent].kill)
        time.sleep(after)
        for sent, run in runs.items():
            ends_without_a_traceback(run, sent)
    assert not list(Path(tmp_path).rglob("*.part"))


def without_end() -> bytes:
    """A PDF that only a limit ends."""
    found = contents()["image-claims.pdf"]
    assert isinstance(found, bytes)
    return found


def ends_without_a_traceback(run: subprocess.Popen[str], sent: signal.Signals) -> None:
    children = psutil.Process(run.pid).children(recursive=True)
    run.send_signal(sent)
    _, told = run.communicate(timeout=60)
    starting = "Traceback" in told and not our_calls(told)  # the interpreter's alone: ours was not up yet
    assert run.returncode in (128 + sent, -sent) or starting  # -sent: the interpreter itself was not up yet
    assert "Traceback" not in told or starting
    assert not psutil.wait_procs(children, timeout=60)[1]


def our_calls(told: str) -> list[str]:
    """Lines of a traceback in the package, but for the first file's own statements, which handle nothing yet."""
    ours = [line for line in told.splitlines() if "/pipeline/" in line]
    return [line for line in ours if not re.search(r"/pipeline/__(init|main)__\.py\", line \d+, in <module>$", line)]


@pytest.mark.parametrize("event", [1, 3, 7, 10])
def test_an_interrupt_as_the_command_is_entered_or_left_is_told_like_any_other(event: int) -> None:
    """An interrupt raised at the call of `main`, before and between its handlers, and when the command is done."""
    code = (
        "import runpy, sys\n"
        "def trace(frame, event, arg):\n"
        "    if frame.f_code.co_name != 'main' or not frame.f_code.co_filename.endswith('__main__.py'): return None\n"
        "    seen.append(event)\n"
        f"    if len(seen) == {event}: raise KeyboardInterrupt\n"
        "    return trace\n"
        "seen = []; sys.argv = ['sop', '--help']; sys.settrace(trace)\n"
        "runpy.run_module('pipeline', run_name='__main__')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "sop: interrupted.\n")


@pytest.mark.parametrize(("sent", "told"), [(signal.SIGINT, "sop: interrupted.\n"), (signal.SIGTERM, "")])
def test_a_signal_after_all_was_done_ends_the_interpreter_without_a_traceback(sent: signal.Signals, told: str) -> None:
    code = (
        "import atexit, os, sys\n"
        "from pipeline.__main__ import main\n"
        f"atexit.register(os.kill, os.getpid(), {sent})\n"
        "sys.argv = ['sop', '--version']\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (128 + sent, told)


def test_the_help_waits_for_no_library_of_a_single_command() -> None:
    heavy = ("duckdb", "networkx", "openpyxl", "pandas", "pyarrow", "sqlite3", "xlsxwriter")
    own = ("pipeline.collection", "pipeline.comparison", "pipeline.export.tables", "pipeline.export.json_schema")
    code = (
        "import sys; from pipeline.cli import exit_code; exit_code(['--help']);"
        f"print([name for name in sys.modules if name.startswith({(*heavy, *own)})], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_records_are_written_as_documents_finish(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    typeset(SopSpec(Cover(), (chain(3),)), tmp_path / "in" / "good.pdf")
    (tmp_path / "in" / "a-hang.pdf").write_bytes(without_end())
    command = [sys.executable, "-m", "pipeline", "run", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "-j", "2"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as run:
        written = tmp_path / "out" / "good" / "document.json"
        until = time.monotonic() + 100
        while not written.exists() and run.poll() is None and time.monotonic() < until:
            time.sleep(0.1)
        assert run.poll() is None
        run.terminate()
    assert list(written.parent.glob("*.sop.json"))
    assert not (tmp_path / "out" / "index.json").exists()

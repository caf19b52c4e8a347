"""The command ends cleanly whenever it is told to."""

from __future__ import annotations

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
    scan = Path(__file__).parent / "golden" / "scan.pdf"
    command = [sys.executable, "-m", "pipeline", "run", str(scan), "--jobs", "2", "--out"]
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


def ends_without_a_traceback(run: subprocess.Popen[str], sent: signal.Signals) -> None:
    children = psutil.Process(run.pid).children(recursive=True)
    run.send_signal(sent)
    _, told = run.communicate(timeout=60)
    starting = "Traceback" in told and "/pipeline/" not in told  # the interpreter's alone: ours was not up yet
    assert run.returncode in (128 + sent, -sent) or starting  # -sent: the interpreter itself was not up yet
    assert "Traceback" not in told or starting
    assert not psutil.wait_procs(children, timeout=60)[1]


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
    hangs = contents()["image-claims.pdf"]
    assert isinstance(hangs, bytes)
    (tmp_path / "in" / "a-hang.pdf").write_bytes(hangs)
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

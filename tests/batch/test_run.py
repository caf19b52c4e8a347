from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from threading import Event

import psutil
import pytest
from fakes import fake_digitize, serve_at_once

from pipeline.batch import supervised
from pipeline.batch.inputs import Input
from pipeline.batch.job import Job, cached_result
from pipeline.batch.run import run_jobs
from pipeline.batch.scratch import Scratch, sweep_scratch
from pipeline.batch.supervised import WorkerDied, WorkerProcess, started
from pipeline.batch.workers import Workers, local_workers, on_executor
from pipeline.errors import PipelineError
from pipeline.model.document import Digitized
from pipeline.settings import LimitSettings, Settings


def broken(*_: object, **__: object) -> Digitized:
    raise PipelineError("the lexicon is broken", "Mend it.")


@pytest.fixture(autouse=True)
def _that_start_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervised, "serve", serve_at_once)


def jobs(folder: Path, *contents: str, cache: bool = False) -> list[Job]:
    made = []
    for place, content in enumerate(contents):
        path = folder / f"{place}.txt"
        path.write_text(content)
        document = Input(path, path.name, path.stem)
        made.append(Job(document, Settings(), cache=folder / "cache" if cache else None, digitize=fake_digitize))
    return made


@pytest.mark.parametrize("limit", [1, 2])
def test_one_bad_document_does_not_stop_the_others(tmp_path: Path, limit: int) -> None:
    done: list[str] = []
    pages: list[tuple[str, int, int]] = []

    def on_page(name: str, done: int, of: int) -> None:
        pages.append((name, done, of))

    results = run_jobs(
        jobs(tmp_path, "crash", "Satu", "fault", "Dua"),
        local_workers(limit, on_page),
        lambda result, fresh: done.append(result.document.name),
    )
    assert [result.document.status for result in results] == ["failed", "ok", "encrypted", "ok"]
    assert [result.document.name for result in results] == ["0", "1", "2", "3"]
    assert sorted(done) == ["0", "1", "2", "3"]
    assert sorted(pages) == sorted([("1", 1, 1), ("3", 1, 1), *((name, 0, 0) for name in "0123")])


def test_a_document_that_kills_its_worker_fails_alone(tmp_path: Path) -> None:
    done: list[str] = []
    results = run_jobs(
        jobs(tmp_path, "Satu", "die", "Dua"), local_workers(2), lambda result, fresh: done.append(result.document.name)
    )
    assert [result.document.status for result in results] == ["ok", "failed", "ok"]
    assert "died" in str(results[1].document.message)
    assert set(done) == {"0", "1", "2"}


def test_a_document_whose_worker_is_killed_from_outside_is_tried_again_by_this_run_and_the_next(tmp_path: Path) -> None:
    todo = jobs(tmp_path, "killed 2", "killed 99", cache=True)
    results = run_jobs(todo, local_workers(1))
    assert [result.document.status for result in results] == ["ok", "failed"]
    assert "killed again and again (SIGKILL); the next run tries it anew" in str(results[1].document.message)
    assert [cached_result(job) is None for job in todo] == [False, True]


def test_a_worker_that_is_killed_before_it_is_ready_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await_ready, pids = WorkerProcess.await_ready, list[int | None]()

    def killed_at_first(worker: WorkerProcess, end: Event) -> None:
        pids.append(worker._process.pid)
        if len(pids) == 1:
            worker._process.kill()
        await_ready(worker, end)

    monkeypatch.setattr(WorkerProcess, "await_ready", killed_at_first)
    (result,) = run_jobs(jobs(tmp_path, "Satu"), local_workers(1))
    assert len(set(pids)) == 2
    assert result.document.status == "ok"


def test_where_every_worker_is_killed_before_it_is_ready_the_run_ends_with_a_line() -> None:
    def start() -> WorkerProcess:
        raise WorkerDied("SIGKILL")

    with pytest.raises(PipelineError, match="could be started: SIGKILL"):
        started(start)


def test_any_executor_will_do(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as executor:
        results = run_jobs(jobs(tmp_path, "Satu", "crash"), lambda _: on_executor(executor))
    assert [result.document.status for result in results] == ["ok", "failed"]


def test_what_is_known_is_not_read_again(tmp_path: Path) -> None:
    todo = jobs(tmp_path, "Satu", "Dua", cache=True)
    first = run_jobs(todo, local_workers(1))

    def no_workers(_: int) -> AbstractContextManager[Workers]:
        raise AssertionError("workers were asked for")

    assert run_jobs(todo, no_workers) == first


@pytest.mark.parametrize("limit", [1, 2])
def test_a_broken_environment_stops_the_run(tmp_path: Path, limit: int) -> None:
    todo = [replace(job, digitize=broken) for job in jobs(tmp_path, "Satu", "Dua")]
    with pytest.raises(PipelineError, match="lexicon"):
        run_jobs(todo, local_workers(limit))


def test_no_jobs() -> None:
    assert run_jobs([], local_workers(2)) == ()


QUICK = LimitSettings(seconds=6.0, page_seconds=2.0)


def test_a_document_that_takes_too_long_is_given_up_and_the_others_are_read(tmp_path: Path) -> None:
    todo = jobs(tmp_path, "hang", "stall", "Satu", "Dua")
    results = run_jobs(todo, local_workers(2, limits=QUICK))
    assert [r.document.status for r in results] == ["timed-out", "timed-out", "ok", "ok"]
    assert "after 1 that were read" in str(results[1].document.message)


@pytest.mark.parametrize("limit", [1, 2])
def test_a_document_that_takes_too_much_memory_is_given_up_and_the_others_are_read(tmp_path: Path, limit: int) -> None:
    todo = jobs(tmp_path, "Satu", "eat 100", "Dua")
    results = run_jobs(todo, local_workers(limit, limits=LimitSettings(megabytes=600.0)))
    assert [r.document.status for r in results] == ["ok", "too-large", "ok"]


def test_what_was_given_up_is_remembered_until_it_is_asked_for_or_allowed_more(tmp_path: Path) -> None:
    (job,) = jobs(tmp_path, "hang", cache=True)
    limits = LimitSettings(page_seconds=0.3)
    job = replace(job, settings=replace(job.settings, limits=limits))
    (result,) = run_jobs([job], local_workers(1, limits=limits))
    assert cached_result(job) == result
    assert "--retry" in str(result.document.message)
    assert cached_result(replace(job, retry=True)) is None
    more = replace(limits, page_seconds=0.4)
    assert cached_result(replace(job, settings=replace(job.settings, limits=more))) is None
    job.document.path.write_text("Satu")
    assert cached_result(job) is None


def test_a_result_does_not_depend_on_the_limits_that_it_kept_to(tmp_path: Path) -> None:
    (job,) = jobs(tmp_path, "Satu", cache=True)
    (result,) = run_jobs([job], local_workers(1))
    assert cached_result(replace(job, settings=replace(job.settings, limits=QUICK))) == result


def test_workers_end_with_a_run_that_is_killed_and_their_files_with_the_next(tmp_path: Path) -> None:
    (tmp_path / "hang.txt").write_text("hang")
    code = """
import sys; sys.path.insert(0, sys.argv[2])
from pathlib import Path
from dataclasses import replace
from test_run import jobs
from pipeline.batch.run import run_jobs
from pipeline.batch.workers import local_workers
if __name__ == "__main__":
    run_jobs(jobs(Path(sys.argv[1]), "hang"), local_workers(1, lambda *page: print(*page, flush=True)))
"""
    script = tmp_path / "run_it.py"
    script.write_text(code)
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, script, tmp_path, Path(__file__).parent], stdout=subprocess.PIPE, text=True, env=environment
    ) as run:
        assert run.stdout
        assert run.stdout.readline() == "0 0 0\n"
        children = psutil.Process(run.pid).children(recursive=True)
        run.kill()
    assert children
    assert not psutil.wait_procs(children, timeout=60)[1]
    assert list(tmp_path.glob("sop-run-*"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path))
        alive = Scratch()
        sweep_scratch()
        assert list(tmp_path.glob("sop-run-*")) == [alive.path]
        alive.remove()
    assert not list(tmp_path.glob("sop-run-*"))

"""On a Dask cluster documents come to the same as here, whatever befalls its workers or its scheduler."""

from __future__ import annotations

import logging
import logging.handlers
import pickle
import socket
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, Future, wait
from contextlib import nullcontext
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from time import monotonic, sleep
from typing import Any

import fakes
import pytest
from dask_clusters import cluster_in_this_process, scheduler, worker
from typeset import Bundle, Cover, SopSpec, chain, typeset

from pipeline.batch import cluster_worker, supervised
from pipeline.batch.cluster import LOCAL, ClusterChoice, ClusterNeeds, anywhere, on_cluster
from pipeline.batch.cluster_executor import ClusterExecutor
from pipeline.batch.cluster_worker import Build, Reporter
from pipeline.batch.inputs import Input
from pipeline.batch.job import Job, cached_result, run_job
from pipeline.batch.kept_readings import as_bytes
from pipeline.batch.run import OnDone, run_jobs
from pipeline.batch.supervised import WorkerDied
from pipeline.batch.worker_process import PageDone
from pipeline.batch.workers import Workers
from pipeline.cli import exit_code
from pipeline.commands import digitizing
from pipeline.errors import OK, USAGE, PipelineError
from pipeline.model.document import Digitized
from pipeline.process import send_log_to, stop_log_to
from pipeline.settings import ClusterSettings, LimitSettings, Settings
from pipeline.store.outputs import CACHE

QUICK = LimitSettings(seconds=6.0, page_seconds=2.0)
SMALL = LimitSettings(megabytes=600.0)
EAGER = ClusterSettings(look_seconds=0.1, news_seconds=0.0)
IMPATIENT = replace(EAGER, wait_seconds=1.0)


def environment() -> str:
    return "no OCR"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have workers start without what reads documents."""
    monkeypatch.setattr(supervised, "serve", fakes.serve_at_once)


def jobs(folder: Path, *contents: str) -> list[Job]:
    made = []
    for place, content in enumerate(contents):
        path = folder / f"{place}.txt"
        path.write_text(content)
        document = Input(path, path.name, path.stem)
        settings = replace(Settings(), limits=QUICK)
        made.append(Job(document, settings, cache=folder / "cache", digitize=fakes.fake_digitize))
    return made


def needs_of(folder: Path, **others: Any) -> ClusterNeeds:
    return ClusterNeeds(environment, shared=folder, limits=QUICK, **others)


def run_on(
    choice: ClusterChoice, needs: ClusterNeeds, todo: list[Job], on_done: OnDone | None = None
) -> tuple[Digitized, ...]:
    with on_cluster(choice, needs) as workers:
        return run_jobs(todo, workers, on_done)


def statuses(results: tuple[Digitized, ...]) -> list[str]:
    return [result.document.status for result in results]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with cluster_in_this_process() as cluster:
        yield cluster.scheduler_address


@pytest.mark.usefixtures("at_once")
def test_the_limits_hold_and_a_document_that_kills_its_process_fails_alone(address: str, tmp_path: Path) -> None:
    pages: set[tuple[str, int, int]] = set()
    needs = needs_of(tmp_path, on_page=lambda *page: pages.add(page))
    todo = jobs(tmp_path, "Satu", "die", "stall", "crash", "Dua")
    results = run_on(ClusterChoice(address, EAGER), needs, todo)
    assert statuses(results) == ["ok", "failed", "timed-out", "failed", "ok"]
    assert "died twice" in str(results[1].document.message)
    assert "after 1 that were read" in str(results[2].document.message)
    assert pages == {("0", 1, 1), ("2", 1, 2), ("4", 1, 1), *((name, 0, 0) for name in "01234")}
    (large,) = run_on(ClusterChoice(address, EAGER), replace(needs, limits=SMALL), jobs(tmp_path, "eat 100"))
    assert large.document.status == "too-large"
    assert not list(tmp_path.glob("cluster-*"))


def test_the_command_starts_a_cluster_here_and_writes_the_same_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    for place, nama in enumerate(["Satu", "Dua"]):
        typeset(Bundle((SopSpec(Cover(nama_sop=nama), (chain(2),)),)), tmp_path / "in" / f"{place}.pdf")
    written = []
    monkeypatch.setattr(digitizing, "local_workers", fakes.workers_here)
    for options in ([], ["--cluster", "local"]):
        out = tmp_path / f"out{len(options)}"
        assert exit_code(["run", str(tmp_path / "in"), "--out", str(out), "--no-ocr", "--jobs", "1", *options]) == OK
        files = sorted(path for path in out.rglob("*.json") if CACHE not in path.parts)
        written.append({path.relative_to(out): path.read_bytes() for path in files})
    assert len(written[0]) == 5
    assert written[0] == written[1]
    assert not capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--cluster-wait", "5"], "--cluster-wait is of use with --cluster only"),
        (["--cluster", "tcp://127.0.0.1:8786", "--jobs", "2"], "--jobs and --cluster tcp://127.0.0.1:8786 exclude"),
    ],
)
def test_options_that_contradict_each_other_are_told(
    options: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(["run", str(tmp_path), "--out", str(tmp_path / "out"), *options]) == USAGE
    assert told in capsys.readouterr().err


def test_a_long_document_is_divided_and_its_pages_and_log_come_through(address: str, tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    typeset(Bundle(tuple(SopSpec(Cover(nomor_sop=f"060/{n}/ORG/2018"), (chain(3),)) for n in range(3))), path)
    settings = replace(Settings(), limits=replace(Settings().limits, part_pages=2))
    job = Job(Input(path, "below/book.pdf", "below-book"), settings, cache=tmp_path / "cache")
    pages: set[tuple[int, int]] = set()
    queue: SimpleQueue[logging.LogRecord] = SimpleQueue()
    handler = logging.handlers.QueueHandler(queue)
    needs = ClusterNeeds(environment, (path,), tmp_path, settings.limits, lambda _, done, of: pages.add((done, of)))
    send_log_to(handler, logging.INFO)
    try:
        (result,) = run_on(ClusterChoice(address, EAGER), needs, [job])
    finally:
        stop_log_to(handler)
    logged = [queue.get() for _ in range(queue.qsize())]
    assert as_bytes(result) == as_bytes(run_job(replace(job, cache=None)))
    assert as_bytes(cached_result(job) or result) == as_bytes(result)
    assert pages == {(0, 0), *((page, 6) for page in range(1, 7))}
    assert "ok: SOPs 3, pages 6, in 2 parts" in {record.getMessage() for record in logged}
    assert {vars(record)["document"] for record in logged if record.name == "pipeline.batch.division"} == {"below-book"}


@pytest.mark.usefixtures("at_once")
def test_what_is_not_wanted_any_more_is_not_gone_on_with(address: str, tmp_path: Path) -> None:
    def interrupted(_: Digitized, __: bool) -> None:
        raise KeyboardInterrupt

    hanging = jobs(tmp_path, "hang", "Satu")
    patient = replace(needs_of(tmp_path), limits=LimitSettings())
    with pytest.raises(KeyboardInterrupt):
        run_on(ClusterChoice(address, EAGER), patient, hanging, interrupted)
    assert within(60, lambda: not cluster_worker._children._busy)


def within(seconds: float, is_so: Any) -> bool:
    end = monotonic() + seconds
    while not is_so() and monotonic() < end:
        sleep(0.05)
    return bool(is_so())


@pytest.mark.parametrize("differs", ["program", "python", "dask", "recognition"])
def test_a_worker_that_would_read_otherwise_is_refused(
    differs: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = {**vars(Build.here(environment)), differs: "another"}
    monkeypatch.setattr(cluster_worker, "_build_here", lambda _: Build(**values))
    with pytest.raises(PipelineError, match=r"the worker tcp://127\.0\.0\.1.* has another"):
        run_on(ClusterChoice(address, EAGER), needs_of(tmp_path), jobs(tmp_path, "Satu"))


def test_a_worker_that_comes_later_and_would_read_otherwise_is_refused(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builds = [Build.here(environment)]
    monkeypatch.setattr(cluster_worker, "_build_here", lambda _: builds[0])
    with on_cluster(ClusterChoice(address, EAGER), needs_of(tmp_path)) as workers, workers(1):
        builds[0] = replace(builds[0], recognition="another")
        with pytest.raises(PipelineError, match="OCR engine"):
            run_jobs(jobs(tmp_path, "Satu"), workers)


def test_workers_have_to_see_the_inputs_and_outputs(address: str, tmp_path: Path) -> None:
    todo = jobs(tmp_path, "Satu")
    with on_cluster(ClusterChoice(address, EAGER), needs_of(tmp_path)) as workers, workers(1):
        (mark,) = tmp_path.glob("cluster-*")
        mark.unlink()
        with pytest.raises(PipelineError, match=r"does not see .*cluster-"):
            run_jobs(todo, workers)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("tcp://127.0.0.1:1", "no scheduler answers at tcp://127.0.0.1:1"),
        ("127.0.0.1:{port}", "no scheduler answers at 127.0.0.1:.*: no answer"),
        ("somewhere", "and not somewhere"),
        ("http://127.0.0.1:8786", "and not http"),
        ("tls://127.0.0.1:8786", "needs certificates"),
    ],
)
def test_a_wrong_address_is_told(address: str, told: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        choice = ClusterChoice(address.format(port=silent.getsockname()[1]), replace(EAGER, connect_seconds=0.5))
        with pytest.raises(PipelineError, match=told):
            run_on(choice, needs_of(tmp_path), jobs(tmp_path, "Satu"))


def test_a_worker_is_no_scheduler(address: str, tmp_path: Path) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        (of_worker,) = client.nthreads()
    with pytest.raises(PipelineError, match="another server"):
        run_on(ClusterChoice(of_worker, EAGER), needs_of(tmp_path), jobs(tmp_path, "Satu"))


def test_without_dask_it_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(PipelineError, match="not installed") as caught:
        run_on(ClusterChoice(LOCAL), needs_of(tmp_path), jobs(tmp_path, "Satu"))
    assert "[cluster]" in str(caught.value.advice)


def test_a_dask_worker_that_is_killed_costs_nothing_and_the_scheduler_one_line(tmp_path: Path) -> None:
    todo = jobs(tmp_path, *["slow 0.2"] * 4, "gate", "gate")
    done: list[str] = []
    with scheduler(tmp_path) as head, worker(head.address, tmp_path) as watched:

        def kill(result: Digitized, _: bool) -> None:
            done.append(result.document.name)
            if len(done) == 2:
                watched.children()[-1].parent().kill()  # the worker under the nanny, by a process that reads
            if len(done) == 4:
                head.process.kill()

        choice = ClusterChoice(head.address, ClusterSettings())
        with pytest.raises(PipelineError, match="does not answer any more"):
            run_on(choice, needs_of(tmp_path), todo, kill)
    assert len(done) == len(set(done)) >= 4
    assert {job.document.name for job in todo if cached_result(job)} >= set(done)
    for job in todo[4:]:
        job.document.path.with_suffix(".open").touch()
    fresh: dict[str, bool] = {}
    here = run_jobs(
        todo,
        lambda _: nullcontext(Workers(fakes.InThisProcess())),
        lambda result, is_fresh: fresh.update({result.document.name: is_fresh}),
    )
    assert statuses(here) == ["ok"] * 6
    assert not any(fresh[name] for name in done)


@pytest.mark.usefixtures("at_once")
def test_a_cluster_without_workers_ends_the_run(tmp_path: Path) -> None:
    todo, hanging = jobs(tmp_path, "hang"), replace(needs_of(tmp_path), limits=LimitSettings())
    with cluster_in_this_process(workers=0) as cluster:
        choice = ClusterChoice(cluster.scheduler_address, IMPATIENT)
        with pytest.raises(PipelineError, match="no worker for 1 seconds"):
            run_on(choice, hanging, todo)
        cluster.scale(1)
        cluster.wait_for_workers(1)
        begun = replace(hanging, on_page=lambda *_: cluster.scale(0))
        with on_cluster(choice, begun) as workers, pytest.raises(PipelineError, match="no worker for 1 seconds"):
            run_jobs(todo, workers)


def test_a_task_whose_workers_die_is_read_alone_and_given_up_at_last() -> None:
    from distributed.scheduler import KilledWorker

    error = ClusterExecutor._translated(None, KilledWorker("a", None, 1))  # type: ignore[arg-type]
    assert isinstance(error, WorkerDied)
    assert error.was_killed
    assert str(error) == "2 Dask workers died with it"


def test_no_more_documents_are_handed_out_than_the_window_has_room_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Counting(Executor):
        most = 0

        def __init__(self) -> None:
            self._open: list[tuple[Future[Any], Any]] = []

        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            future: Future[Any] = Future()
            self._open.append((future, lambda: fn(*args, **kwargs)))
            Counting.most = max(Counting.most, len(self._open))
            return future

        def work(self, *given: Any, **named: Any) -> Any:
            while self._open:
                future, call = self._open.pop()
                future.set_result(call())
            return wait(*given, **named)

    executor = Counting()
    monkeypatch.setattr(import_module("pipeline.batch.run"), "wait", executor.work)  # when no more are handed out
    todo = jobs(tmp_path, *["Satu"] * 9)
    assert statuses(run_jobs(todo, lambda _: nullcontext(Workers(executor, window=3)))) == ["ok"] * 9
    assert Counting.most == 3


def test_news_is_sent_in_bundles() -> None:
    sent: list[dict[str, Any]] = []
    reporter = Reporter(sent.append, 7, seconds=3600)
    reporter.take(PageDone("a", 1, 2))
    assert not sent
    assert pickle.loads(reporter.rest()) == [PageDone("a", 1, 2)]
    assert pickle.loads(reporter.rest()) == []
    eager = Reporter(sent.append, 7, seconds=0)
    eager.take(PageDone("a", 1, 2))
    eager.take(PageDone("a", 2, 2))
    assert [bundle["call"] for bundle in sent] == [7, 7]
    assert pickle.loads(sent[1]["news"]) == [PageDone("a", 2, 2)]


def test_a_job_for_any_machine_has_whole_paths() -> None:
    job = anywhere(Job(Input(Path("in/a.pdf"), "a.pdf", "a"), Settings(), cache=Path("out/.cache")))
    assert job.document.path == Path.cwd() / "in" / "a.pdf"
    assert job.cache == Path.cwd() / "out" / ".cache"

"""A long document is read by several workers, and comes to the same whatever their number and whatever befalls one."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import fakes
import pytest
from typeset import Bundle, Cover, SopSpec, chain, typeset

from pipeline.batch.division import (
    Divided,
    PartRead,
    PartRecords,
    Unfit,
    run_joined,
    run_or_divide,
    run_part,
    run_records,
)
from pipeline.batch.inputs import Input
from pipeline.batch.job import Job, cached_result, run_job
from pipeline.batch.kept_readings import as_bytes
from pipeline.batch.run import run_jobs
from pipeline.batch.workers import Workers, processes
from pipeline.model.document import DocumentError
from pipeline.model.part import Part
from pipeline.part_stages import page_count
from pipeline.settings import Settings
from pipeline.store.atomic import write_bytes
from pipeline.store.remote_path import place_of

SETTINGS = replace(Settings(), limits=replace(Settings().limits, part_pages=2))
SOPS = Bundle(tuple(SopSpec(Cover(nomor_sop=f"060/{number}/ORG/2018"), (chain(3),)) for number in range(3)))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "book.pdf"
    typeset(SOPS, path)
    return path


def job_of(path: Path, cache: Path | None = None) -> Job:
    return Job(Input(path, f"below/{path.name}", "below-book"), SETTINGS, cache=cache)


class Failing(fakes.InThisProcess):
    """An executor in which a task comes to something else, the first time that it is asked for."""

    def __init__(self, task: Callable[..., Any], outcome: Callable[[], Any]) -> None:
        self._task, self._outcome = task, outcome
        self.asked: list[str] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        fails = fn is self._task and fn.__name__ not in self.asked
        self.asked.append(fn.__name__)
        return super().submit(self._outcome) if fails else super().submit(fn, *args, **kwargs)


def result_on(executor: Executor, job: Job, count: int = 2) -> bytes:
    (result,) = run_jobs([job], lambda _: nullcontext(Workers(executor, count)))
    return as_bytes(result)


def test_the_bytes_do_not_depend_on_the_number_of_workers(path: Path, tmp_path: Path) -> None:
    job = job_of(path, tmp_path / "cache")
    expected = as_bytes(run_job(job_of(path)))
    pages: set[tuple[str, int, int]] = set()
    with processes(2, lambda *page: pages.add(page)) as workers:
        (result,) = run_jobs([job], lambda _: nullcontext(workers))
    assert as_bytes(result) == expected
    assert result.document.file == "below/book.pdf"
    assert {(done, of) for _, done, of in pages} == {(0, 0), *((page, 6) for page in range(1, 7))}
    kept = cached_result(job)
    assert kept
    assert as_bytes(kept) == expected
    for count in (1, 3, 8):
        assert result_on(fakes.InThisProcess(), job_of(path), count) == expected


def test_short_documents_and_those_that_cannot_be_opened_are_not_divided(path: Path, tmp_path: Path) -> None:
    assert isinstance(run_or_divide(job_of(path), 2), Divided)
    assert not isinstance(run_or_divide(replace(job_of(path), settings=Settings()), 2), Divided)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    for other in (broken, tmp_path / "missing.pdf"):
        result = run_or_divide(job_of(other), 2)
        assert not isinstance(result, Divided)
        assert result.document.failed


def test_a_word_document_is_not_converted_to_count_its_pages(tmp_path: Path) -> None:
    for name in ("missing.docx", "missing.odt", "missing.txt"):
        assert page_count(tmp_path / name, SETTINGS) == 1  # nothing is opened


def test_a_file_in_a_store_is_divided_and_put_together_likewise(path: Path, tmp_path: Path) -> None:
    book = place_of("memory://in/book.pdf")
    write_bytes(book, path.read_bytes())
    executor = Failing(died, died)  # which nobody asks for
    try:
        divided = result_on(executor, job_of(book, tmp_path / "cache"))
    finally:
        book.unlink()
    assert executor.asked.count("run_joined") == 1
    assert divided == as_bytes(run_job(job_of(path)))


class OneThread(Executor):
    """Reads part after part, those from the middle of a document first, and notes which it was asked for."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._held: list[tuple[Future[Any], Callable[[], Any]]] = []
        self.parts: list[Part] = []
        self.is_shared = Event()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if fn is run_part:
            self.parts.append(args[1])
            if len(self.parts) == 1:
                self._held.append((Future(), partial(fn, *args, **kwargs)))
                return self._held[0][0]
            if len(self.parts) == 3:
                self.is_shared.set()
        future = self._thread.submit(fn, *args, **kwargs)
        if len(self.parts) == 2 and self._held:
            self._thread.submit(self._make, *self._held.pop())
        return future

    def _make(self, future: Future[Any], call: Callable[[], Any]) -> None:
        try:
            future.set_result(call())
        except BaseException as error:
            future.set_exception(error)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._thread.shutdown(wait)


def test_a_worker_with_nothing_to_do_takes_over_half_of_what_is_left(path: Path, tmp_path: Path) -> None:
    settings = replace(SETTINGS, limits=replace(SETTINGS.limits, part_left=2, part_beyond=0))
    job = replace(job_of(path), settings=settings)
    with OneThread() as executor:

        def on_page(_: str, done: int, of: int) -> None:
            if done == 1:
                assert executor.is_shared.wait(60)  # the other half is read, and its worker is free

        workers = Workers(executor, 2, on_page, folder=tmp_path)
        (result,) = run_jobs([job], lambda _: nullcontext(workers))
    assert executor.parts == [Part(1, 3), Part(4, 6), Part(3, 3)]
    assert as_bytes(result) == as_bytes(run_job(job_of(path)))
    assert list(tmp_path.iterdir()) == []


def died() -> None:
    raise BrokenExecutor("killed")


def refused() -> None:
    raise DocumentError("timed-out", "too slow")


@pytest.mark.parametrize("task", [run_part, run_records, run_joined])
@pytest.mark.parametrize("outcome", [Unfit, died])
def test_what_befalls_a_part_costs_nothing(path: Path, task: Callable[..., Any], outcome: Callable[[], Any]) -> None:
    executor = Failing(task, outcome)
    assert result_on(executor, job_of(path)) == as_bytes(run_job(job_of(path)))
    assert executor.asked.count("run_or_divide") == 2


def test_a_part_beyond_a_limit_is_the_documents_end(path: Path) -> None:
    executor = Failing(run_part, refused)
    (result,) = run_jobs([job_of(path)], lambda _: nullcontext(Workers(executor, 2)))
    assert result.document.status == "timed-out"
    assert executor.asked.count("run_or_divide") == 1


def test_a_worker_that_is_killed_costs_nothing(path: Path) -> None:
    killed: list[int] = []
    with processes(2) as workers:
        (pid, *_) = [workers.executor.submit(os.getpid).result() for _ in range(2)]

        class Killing(Executor):
            def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
                if fn is run_part and not killed:
                    killed.append(pid)
                    os.kill(pid, signal.SIGKILL)
                return workers.executor.submit(fn, *args, **kwargs)

        assert result_on(Killing(), job_of(path)) == as_bytes(run_job(job_of(path)))
    assert killed


def test_a_file_that_is_being_written_is_not_put_together_from_two_states(path: Path, tmp_path: Path) -> None:
    changing = tmp_path / "book.pdf"
    changing.write_bytes(path.read_bytes())
    job = job_of(changing)
    divided = run_or_divide(job, 2)
    assert isinstance(divided, Divided)
    read = [run_part(job, part) for part in divided.parts]
    parts = [each for each in read if isinstance(each, PartRead)]
    analyses = [(each.part, each.analysis) for each in parts]
    records = [made for each in parts if isinstance(made := run_records(job, analyses, each), PartRecords)]
    assert len(records) == len(divided.parts)
    changing.write_bytes(path.read_bytes() + b"\n")
    assert run_joined(job, parts, records) == Unfit()

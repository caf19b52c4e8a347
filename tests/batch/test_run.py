from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import fake_digitize

from pipeline.batch.inputs import Input
from pipeline.batch.job import Job
from pipeline.batch.run import run_jobs
from pipeline.batch.workers import Workers, local_workers, on_executor
from pipeline.errors import PipelineError
from pipeline.model.document import Digitized
from pipeline.settings import Settings


def broken(*_: object, **__: object) -> Digitized:
    raise PipelineError("the lexicon is broken", "Mend it.")


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
        lambda result: done.append(result.document.name),
    )
    assert [result.document.status for result in results] == ["failed", "ok", "encrypted", "ok"]
    assert [result.document.name for result in results] == ["0", "1", "2", "3"]
    assert sorted(done) == ["0", "1", "2", "3"]
    assert sorted(pages) == [("1", 1, 1), ("3", 1, 1)]


def test_a_document_that_kills_its_worker_fails_alone(tmp_path: Path) -> None:
    done: list[str] = []
    results = run_jobs(
        jobs(tmp_path, "Satu", "die", "Dua"), local_workers(2), lambda result: done.append(result.document.name)
    )
    assert [result.document.status for result in results] == ["ok", "failed", "ok"]
    assert "died" in str(results[1].document.message)
    assert set(done) == {"0", "1", "2"}


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

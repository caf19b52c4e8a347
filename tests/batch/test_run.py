from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import story

from pipeline.batch.inputs import Input
from pipeline.batch.run import run
from pipeline.batch.job import Job, OnPage
from pipeline.batch.workers import local, on_executor
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
        made.append(Job(document, Settings(), cache=folder / "cache" if cache else None, digitize=story))
    return made


@pytest.mark.parametrize("limit", [1, 2])
def test_one_bad_document_does_not_stop_the_others(tmp_path: Path, limit: int) -> None:
    done: list[str] = []
    pages: list[tuple[str, int, int]] = []
    on_page: OnPage = lambda *page: pages.append(page)  # noqa: E731
    results = run(
        jobs(tmp_path, "crash", "Satu", "fault", "Dua"),
        local(limit, on_page),
        lambda result: done.append(result.document.name),
    )
    assert [result.document.status for result in results] == ["failed", "ok", "encrypted", "ok"]
    assert [result.document.name for result in results] == ["0", "1", "2", "3"]
    assert sorted(done) == ["0", "1", "2", "3"]
    assert sorted(pages) == [("1", 1, 1), ("3", 1, 1)]


def test_a_document_that_kills_its_worker_fails_alone(tmp_path: Path) -> None:
    done: list[str] = []
    results = run(jobs(tmp_path, "Satu", "die", "Dua"), local(2), lambda result: done.append(result.document.name))
    assert [result.document.status for result in results] == ["ok", "failed", "ok"]
    assert "died" in str(results[1].document.message)
    assert set(done) == {"0", "1", "2"}


def test_any_executor_will_do(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as executor:
        results = run(jobs(tmp_path, "Satu", "crash"), lambda _: on_executor(executor))
    assert [result.document.status for result in results] == ["ok", "failed"]


def test_what_is_known_is_not_read_again(tmp_path: Path) -> None:
    todo = jobs(tmp_path, "Satu", "Dua", cache=True)
    first = run(todo, local(1))

    def no_workers(_: int) -> None:
        raise AssertionError("workers were asked for")

    assert run(todo, no_workers) == first  # type: ignore[arg-type]


@pytest.mark.parametrize("limit", [1, 2])
def test_a_broken_environment_stops_the_run(tmp_path: Path, limit: int) -> None:
    todo = [replace(job, digitize=broken) for job in jobs(tmp_path, "Satu", "Dua")]
    with pytest.raises(PipelineError, match="lexicon"):
        run(todo, local(limit))


def test_no_jobs() -> None:
    assert run([], local(2)) == ()

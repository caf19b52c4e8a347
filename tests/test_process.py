"""A document is read on one processor, and whoever asked for it keeps what he had."""

from __future__ import annotations

import gc
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType

import cv2
import pytest
from threadpoolctl import ThreadpoolController, threadpool_info, threadpool_limits

from pipeline import digitize
from pipeline.process import DocumentName, log_stage_times, logging_of, one_thread, rare_collections, stage
from pipeline.transcript import Transcript


@pytest.fixture(autouse=True)
def two_threads() -> Iterator[None]:
    before = cv2.getNumThreads()
    cv2.setNumThreads(2)
    yield
    cv2.setNumThreads(before)


def test_opencv_has_one_thread_inside_and_its_own_number_after() -> None:
    with one_thread():
        assert cv2.getNumThreads() == 1
    assert cv2.getNumThreads() == 2


def test_threads_come_back_after_a_fault() -> None:
    with pytest.raises(ValueError, match="torn"), one_thread():
        raise ValueError("torn page")
    assert cv2.getNumThreads() == 2


def test_linear_algebra_has_one_thread_inside_and_its_own_number_after() -> None:
    def threads() -> list[int]:
        return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]

    with threadpool_limits(limits=2, user_api="blas"):
        with one_thread():
            assert set(threads()) == {1}
        assert set(threads()) == {2}


def test_linear_algebra_that_was_loaded_since_has_one_thread_too(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[ThreadpoolController] = []

    def look() -> ThreadpoolController:
        looks.append(ThreadpoolController())
        return looks[-1]

    monkeypatch.setattr("pipeline.process.ThreadpoolController", look)
    for name in ("loaded.now", "loaded.later"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
        for _ in range(2):
            with one_thread():
                pass
    assert len(looks) == 2


def test_objects_are_looked_through_more_rarely_inside_and_as_before_after() -> None:
    before = gc.get_threshold()
    with rare_collections():
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before
    with pytest.raises(ValueError, match="torn"), rare_collections():
        raise ValueError("torn page")
    assert gc.get_threshold() == before


def test_a_document_is_read_on_one_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    @contextmanager
    def opened(*_: object) -> Iterator[Transcript]:
        seen.append(cv2.getNumThreads())
        yield Transcript((), (), ())

    monkeypatch.setattr(import_module("pipeline.stages"), "opened", opened)
    page = tmp_path / "page.pdf"
    page.write_bytes(b"%PDF-1.7")
    digitize(page)
    assert seen == [1]
    assert cv2.getNumThreads() == 2


def test_a_stage_tells_how_long_it_took_and_a_page_only_to_who_asks_twice(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("pipeline.test")
    with caplog.at_level(logging.DEBUG, "pipeline"), stage(log, "layout"), stage(log, "grid", page=3):
        pass
    assert [(record.levelname, re.sub(r"\d+ ms", "N ms", record.message)) for record in caplog.records] == [
        ("DEBUG", "page 3: grid: N ms"),
        ("INFO", "layout: N ms"),
    ]


def test_a_stage_that_fails_is_not_timed(caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.DEBUG, "pipeline"),
        pytest.raises(ValueError, match="torn"),
        stage(logging.getLogger("pipeline.test"), "layout"),
    ):
        raise ValueError("torn page")
    assert caplog.records == []


def test_what_is_logged_names_its_document() -> None:
    def named(**known: str) -> str:
        record = logging.makeLogRecord(known)
        assert DocumentName().filter(record)
        return str(vars(record)["document"])

    with logging_of("sop-bintan"):
        assert named() == "sop-bintan"
        assert named(document="of a worker") == "of a worker"
    assert named() == ""


def test_the_time_of_a_stage_is_added_up_over_the_pages_of_a_document(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("pipeline.test")
    with caplog.at_level(logging.INFO, "pipeline"), logging_of("a"):
        for page in (1, 2):
            with stage(log, "layout", page=page):
                pass
        log_stage_times()
    (record,) = caplog.records
    assert re.fullmatch(r"all pages: layout \d+ ms", record.message)

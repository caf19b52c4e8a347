"""What all tests share: `typeset` (tests/typeset) and `bench` can be imported."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

LONGEST = (
    *("test_documented_commands.py", "test_hostile.py", "test_outputs.py", "test_golden.py", "test_run.py"),
    *("test_cluster.py", "test_stores.py", "test_analysis.py", "test_division.py"),
)
"""Files with the longest tests: they go first, so that no worker is left with one while the others have ended."""
UNTRACED = (HERE / "bench", HERE / "typeset")
"""Tests of the benchmarks and of the typesetter: others read the same, and tracing doubles their time."""


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands speak English, whatever the locale of whoever runs the tests."""
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture(scope="session", autouse=True)
def _own_locks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let folders in stores be held where no other process looks: `memory://out` is each process's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.store.folder_lock.gettempdir", lambda: str(tmp_path_factory.getbasetemp()))
        yield


def pytest_xdist_auto_num_workers() -> int:
    """Give `-n auto` a worker more than processors: tests wait for others, and for clocks, a third of their time."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors + 1


def pytest_configure(config: pytest.Config) -> None:
    """Draw the same examples each time, on however slow a machine; `--hypothesis-profile default` looks for others."""
    slow = hypothesis.HealthCheck.too_slow
    hypothesis.settings.register_profile(
        "same", derandomize=True, deadline=None, database=None, suppress_health_check=[slow]
    )
    if not config.getoption("--hypothesis-profile", None):
        hypothesis.settings.load_profile("same")
        # It would draw constants of the modules of this project that are loaded as well: which these are depends on
        # what the process has tested before, and each changed line would give all tests other examples.
        vars(providers)["_get_local_constants"] = Constants


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option by which alone recorded OCR answers are overwritten."""
    parser.addoption("--record-ocr", action="store_true", help="ask Tesseract anew and overwrite tests/golden/scan.*")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that are about something else than the package, and those of random examples; the longest first.

    What random examples cover, they cover by chance, and they are a third of the time.
    """
    items.sort(key=lambda item: item.path.name not in LONGEST)
    for item in items:
        random = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if random or any(folder in item.path.parents for folder in UNTRACED):
            item.add_marker("untraced")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Run a test marked `untraced` without the tracer of coverage; pytest-cov's `no_cover` does nothing under xdist."""
    tracer = sys.gettrace() if item.get_closest_marker("untraced") else None
    if tracer is None:
        return (yield)
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)

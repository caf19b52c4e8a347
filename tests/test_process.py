"""A document is read on one processor, and whoever asked for it keeps what he had."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import cv2
import pytest

from pipeline import digitize
from pipeline.process import one_thread


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


def test_a_document_is_read_on_one_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    monkeypatch.setattr(
        import_module("pipeline.digitize"), "read_pages", lambda *_: seen.append(cv2.getNumThreads()) or []
    )
    page = tmp_path / "page.pdf"
    page.write_bytes(b"%PDF-1.7")
    digitize(page)
    assert seen == [1] and cv2.getNumThreads() == 2

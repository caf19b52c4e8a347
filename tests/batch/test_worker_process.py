from __future__ import annotations

import pytest

from pipeline.batch.worker_process import _finished
from pipeline.model.document import DocumentError


def fails(error: Exception) -> None:
    raise error


def test_a_worker_without_memory_gives_the_document_up_and_not_the_run() -> None:
    error = _finished(fails, (MemoryError(),)).error
    assert isinstance(error, DocumentError)
    assert error.status == "too-large"


@pytest.mark.parametrize("error", [DocumentError("empty", "x"), KeyError("x")])
def test_any_other_error_is_for_the_one_who_asked(error: Exception) -> None:
    assert _finished(fails, (error,)).error is error

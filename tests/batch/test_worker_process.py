from __future__ import annotations

import errno
from multiprocessing import Pipe
from threading import Event
from types import SimpleNamespace

import pytest

from pipeline.batch.supervised import WorkerProcess
from pipeline.batch.worker_process import Channel, Finished, _answer, _finished
from pipeline.model.document import DocumentError
from pipeline.settings import LimitSettings


def fails(error: Exception) -> None:
    raise error


def test_a_worker_without_memory_gives_the_document_up_and_not_the_run() -> None:
    error = _finished(fails, (MemoryError(),)).error
    assert isinstance(error, DocumentError)
    assert error.status == "too-large"


@pytest.mark.parametrize("error", [DocumentError("empty", "x"), KeyError("x")])
def test_any_other_error_is_for_the_one_who_asked(error: Exception) -> None:
    assert _finished(fails, (error,)).error is error


def test_a_full_disk_in_a_worker_is_not_the_death_of_its_process() -> None:
    ours, theirs = Pipe()
    worker = object.__new__(WorkerProcess)
    worker._connection, worker._limits = ours, LimitSettings()
    with ours, theirs:
        theirs.send(Finished(error=OSError(errno.ENOSPC, "No space left on device")))
        with pytest.raises(OSError, match="No space left"):
            worker.call(print, (), lambda _: None, Event())


class Unsendable:
    """A result whose sending takes more memory than there is."""

    def __reduce__(self) -> str:
        raise MemoryError


def test_a_result_that_there_is_no_memory_to_send_gives_the_document_up() -> None:
    ours, theirs = Pipe()
    with ours, theirs:
        _answer(Channel(theirs), Unsendable, ())
        told = ours.recv()
    assert isinstance(told, Finished)
    assert isinstance(told.error, DocumentError)
    assert told.error.status == "too-large"


def test_a_worker_with_little_address_space_left_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def megabytes(worker: WorkerProcess) -> float:
        worker._reserved = 170.0
        return 10.0

    monkeypatch.setattr(WorkerProcess, "megabytes", megabytes)
    for space, usable in ((100.0, False), (200.0, True)):
        worker = object.__new__(WorkerProcess)
        worker._limits = LimitSettings(megabytes=100.0, library_megabytes=space)
        worker._process = SimpleNamespace(is_alive=lambda: True)  # type: ignore[assignment]
        assert worker.is_usable is usable

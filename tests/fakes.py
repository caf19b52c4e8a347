"""A `digitize` that reads no document: the words of the file say what comes out.

Stands apart from the tests so that a worker process, started afresh, can import it.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import ModuleType
from typing import Any

from pipeline.batch import supervised
from pipeline.batch.job import OnPage
from pipeline.batch.worker_process import WorkerStart, serve
from pipeline.batch.workers import Workers
from pipeline.model.document import Digitized, Document, DocumentError, PageEntry
from pipeline.model.page_selection import PageSelection
from pipeline.model.record import Header, Kegiatan, Record, Source
from pipeline.ocr.protocol import OcrMissingError
from pipeline.process import stage
from pipeline.settings import LimitSettings, Settings
from pipeline.store.cache import sha256_of

log = logging.getLogger("pipeline.fake")


class InThisProcess(Executor):
    """An executor that makes each call at once, in the calling thread, so that what a test puts in is used."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def serve_at_once(start: WorkerStart) -> None:
    """Stands for `serve` in a process that reads no document: what reads one takes a second to import."""
    stages = ModuleType("pipeline.stages")
    vars(stages)["warm_up"] = lambda: None
    sys.modules[stages.__name__] = stages
    serve(start)


def dask_setup(_worker: Any) -> None:
    """Have the processes of a Dask worker that preloads this module start so."""
    supervised.serve = serve_at_once  # type: ignore[attr-defined]


def workers_here(
    limit: int, on_page: OnPage | None = None, limits: LimitSettings | None = None
) -> Callable[[int], AbstractContextManager[Workers]]:
    """Stands for `local_workers`."""
    return lambda _: nullcontext(Workers(InThisProcess(), on_page=on_page))


def record(name: str = "a", place: int = 1, nama: str | None = "Uji Coba", **header: object) -> Record:
    """A record with one step."""
    return Record(
        id=f"{name}/{place:02d}",
        source=Source(file=f"{name}.pdf", sha256="0" * 64, pages=(place, place), kind="text"),
        header=Header.model_validate({"nama_sop": nama, **header}),
        kegiatan=[Kegiatan(no=1, uraian="Menerima surat")],
    )


def digitized(name: str = "a", names: tuple[str | None, ...] = ("Uji Coba",)) -> Digitized:
    """A document with a record per name, a page each."""
    records = tuple(record(name, place, nama) for place, nama in enumerate(names, start=1))
    pages = [PageEntry(number=i, kind="text", role="matrix", sops=[r.id]) for i, r in enumerate(records, start=1)]
    document = Document(name=name, file=f"{name}.pdf", sha256="0" * 64, kind="text", pages=pages)
    return Digitized(document, records)


def fake_digitize(
    path: Path,
    settings: Settings,
    *,
    name: str,
    on_page: Callable[[int, int], None] | None = None,
    password: str | None = None,
    taught: Mapping[str, object] | None = None,
    selection: PageSelection | None = None,
) -> Digitized:
    """What the file's first word asks for: "crash", "fault", "hang" and so on, or a SOP for each word."""
    words = path.read_text().split()
    match words[:1]:
        case ["crash"]:
            raise KeyError("nobody foresaw this")
        case ["fault"]:
            raise DocumentError("encrypted", "a password is needed")
        case ["no-ocr"]:
            raise OcrMissingError("Tesseract is not installed", "tesseract-ocr")
        case ["die"]:
            os._exit(9)
        case ["killed"]:  # so many times, as from outside
            tries = path.with_suffix(".tries")
            count = len(tries.read_bytes()) if tries.exists() else 0
            tries.write_bytes(bytes(count + 1))
            if count < int(words[1]):
                os.kill(os.getpid(), signal.SIGKILL)
        case ["hang"]:
            time.sleep(600)
        case ["stall"]:
            if on_page is not None:
                on_page(1, 2)
            time.sleep(600)
        case ["gate"]:  # until it is opened
            while not path.with_suffix(".open").exists():
                time.sleep(0.05)
        case ["slow"]:
            time.sleep(float(words[1]))
        case ["eat"]:
            eaten = [bytes([1]) * 20_000_000 for _ in range(int(words[1]))]
            time.sleep(len(eaten))
    with stage(log, "fake"), stage(log, "fake", page=1):
        if on_page is not None:
            on_page(1, 1)
    result = digitized(name, tuple(words))
    changed = result.document.model_copy(
        update={"sha256": sha256_of(path), "status": "ok" if words else "no-sop", "message": None if words else "none"}
    )
    return Digitized(changed, result.records)

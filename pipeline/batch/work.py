"""One document of a run, whatever may happen."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError

from pipeline.batch.inputs import SUFFIXES, Input
from pipeline.errors import PipelineError
from pipeline.model.document import Digitized, Document, Status
from pipeline.model.record import Record
from pipeline.settings import Settings
from pipeline.store.cache import Cache, code_version, key_of, sha256_of

OnPage = Callable[[str, int, int], None]
"""Told a document's name, how many of its pages are done, and how many it has."""

PDF_MARK = b"%PDF-"


class Digitize(Protocol):
    """The story of one document: `pipeline.digitize.digitize`."""

    def __call__(
        self,
        path: Path,
        settings: Settings,
        *,
        name: str,
        on_page: Callable[[int, int], None] | None = None,
        password: str | None = None,
    ) -> Digitized: ...


@dataclass(frozen=True)
class Job:
    """All that the reading of one document depends on; can be sent to another process or machine.

    `environment` names what else the result depends on (the OCR engine and its languages). Without `cache` nothing is
    kept. `digitize` is the pipeline's own where it is None.
    """

    document: Input
    settings: Settings
    password: str | None = None
    cache: Path | None = None
    environment: str = ""
    digitize: Digitize | None = None


def work(job: Job, on_page: OnPage | None = None) -> Digitized:
    """What came out of the job's document. Raises nothing: whatever goes wrong is its status and message."""
    try:
        digest = sha256_of(job.document.path)
    except OSError as error:
        return failed(job.document, "", "unreadable", f"the file cannot be opened: {error.strerror}")
    cache, key = Cache(job.cache) if job.cache else None, _key(job, digest)
    known = restored(cache, key) if cache else None
    if known is not None:
        return known
    result = _read(job, digest, on_page)
    if cache and not result.document.failed:
        cache.put_json(key, as_json(result))
    return result


def failed(document: Input, digest: str, status: Status, message: str) -> Digitized:
    """A document of which nothing could be read."""
    return Digitized(
        Document(name=document.name, file=document.file, sha256=digest, status=status, message=message),
    )


def as_json(result: Digitized) -> dict[str, object]:
    """A result as plain JSON values, for the cache."""
    return {
        "document": result.document.model_dump(mode="json"),
        "records": [record.as_json() for record in result.records],
    }


def restored(cache: Cache, key: str) -> Digitized | None:
    """The result that was kept under `key`; None where there is none, or none that holds."""
    stored = cache.get_json(key)
    if stored is None:
        return None
    try:
        records = tuple(Record.model_validate(record) for record in stored["records"])
        return Digitized(Document.model_validate(stored["document"]), records)
    except (ValidationError, KeyError, TypeError):
        return None


def _key(job: Job, digest: str) -> str:
    document = job.document
    given = (document.name, document.file, repr(job.settings), job.password or "", job.environment)
    return key_of([digest, code_version(), *given])


def _read(job: Job, digest: str, on_page: OnPage | None) -> Digitized:
    document = job.document
    if not _is_known(document.path):
        suffix = document.path.suffix or "a file without suffix"
        return failed(document, digest, "unsupported", f"{suffix} is not read: save it as PDF")
    report = None if on_page is None else lambda done, total: on_page(document.name, done, total)
    try:
        digitize = job.digitize or _digitize()
        result = digitize(document.path, job.settings, name=document.name, on_page=report, password=job.password)
    except PipelineError as error:
        return failed(document, digest, "ocr-missing", error.message)
    except Exception as error:  # the one place: a document must never stop the others
        return failed(document, digest, "failed", f"an error nobody foresaw, please report it: {told(error)}")
    return _under_its_own_name(result, document)


def told(error: BaseException) -> str:
    """An error in one line, with the place in this package where it came up: "KeyError: 'x' (layout/grid.py:88)"."""
    package = Path(__file__).parent.parent
    places = [frame for frame in traceback.extract_tb(error.__traceback__) if package in Path(frame.filename).parents]
    where = f" ({Path(places[-1].filename).relative_to(package).as_posix()}:{places[-1].lineno})" if places else ""
    message = " ".join(str(error).split())
    return f"{type(error).__name__}: {message}{where}"


def _is_known(path: Path) -> bool:
    """Whether a reader takes the file: by suffix, or because it is a PDF under another name."""
    if path.suffix.lower() in SUFFIXES:
        return True
    with path.open("rb") as file:
        return PDF_MARK in file.read(1024)


def _digitize() -> Digitize:
    # Here and not above: a run whose documents are all in the cache must not wait for the readers' libraries.
    from pipeline.digitize import digitize

    return digitize


def _under_its_own_name(result: Digitized, document: Input) -> Digitized:
    """The result with `file` as the run knows it: the path below the given folder, which one document cannot know."""
    changed = result.document.model_copy(update={"file": document.file})
    records = (
        record.model_copy(update={"source": record.source.model_copy(update={"file": document.file})})
        for record in result.records
    )
    return Digitized(changed, tuple(records))

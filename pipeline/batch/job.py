"""One document of a run, whatever may happen."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from pydantic import ValidationError

from pipeline.batch.attempt import Fault, attempt
from pipeline.batch.inputs import Input
from pipeline.model.document import Digitized, Document
from pipeline.model.formats import input_kind
from pipeline.model.record import Record
from pipeline.ocr.engine import OcrMissing
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
        taught: Mapping[str, object] | None = None,
    ) -> Digitized: ...


@dataclass(frozen=True)
class Job:
    """All that the reading of one document depends on; can be sent to another process or machine.

    `taught` is the reviewer's lexicon. `environment` names what else the result depends on (the OCR engine and its
    languages). Without `cache` nothing is kept. `digitize` is the pipeline's own where it is None.
    """

    document: Input
    settings: Settings
    password: str | None = None
    cache: Path | None = None
    environment: str = ""
    taught: Mapping[str, object] | None = None
    digitize: Digitize | None = None


def recalled(job: Job) -> Digitized | None:
    """What is known of the job's document from a run before; None where it has to be read."""
    if job.cache is None or not job.document.path.is_file():
        return None
    stored = Cache(job.cache).get_json(_key(job, sha256_of(job.document.path)))
    return None if stored is None else restored(stored)


def work(job: Job, on_page: OnPage | None = None) -> Digitized:
    """What comes out of the job's document, kept for `recalled`; what is wrong with it is its status and message."""
    try:
        digest = sha256_of(job.document.path)
    except OSError as error:
        return failed(job.document, "", Fault("unreadable", f"the file cannot be opened: {error.strerror}"))
    result = _read(job, digest, on_page)
    if job.cache and not result.document.failed:
        Cache(job.cache).put_json(_key(job, digest), as_json(result))
    return result


def failed(document: Input, digest: str, fault: Fault) -> Digitized:
    """A document of which nothing could be read."""
    return Digitized(
        Document(name=document.name, file=document.file, sha256=digest, status=fault.status, message=fault.message)
    )


def as_json(result: Digitized) -> dict[str, object]:
    """A result as plain JSON values, for the cache."""
    return {
        "document": result.document.model_dump(mode="json"),
        "records": [record.as_json() for record in result.records],
    }


def restored(stored: Any) -> Digitized | None:
    """The result that `as_json` wrote; None where it does not hold."""
    try:
        records = tuple(Record.model_validate(record) for record in stored["records"])
        return Digitized(Document.model_validate(stored["document"]), records)
    except (ValidationError, KeyError, TypeError):
        return None


def _key(job: Job, digest: str) -> str:
    taught = json.dumps(job.taught, sort_keys=True, default=str)
    names = (job.document.name, job.document.file)
    return key_of([digest, code_version(), *names, repr(job.settings), job.password or "", job.environment, taught])


def _read(job: Job, digest: str, on_page: OnPage | None) -> Digitized:
    document = job.document
    if not _is_known(document.path):
        suffix = document.path.suffix or "a file without suffix"
        return failed(document, digest, Fault("unsupported", f"{suffix} is not read: save it as PDF"))
    report = None if on_page is None else lambda done, total: on_page(document.name, done, total)
    digitize = job.digitize or _digitize
    read = partial(digitize, document.path, job.settings, name=document.name, on_page=report)
    try:
        outcome = attempt(partial(read, password=job.password, taught=job.taught))
    except OcrMissing as error:  # the other documents may do without
        outcome = Fault("ocr-missing", error.message)
    if isinstance(outcome, Fault):
        return failed(document, digest, outcome)
    return _under_its_own_name(outcome.value, document)


def _is_known(path: Path) -> bool:
    """Whether a reader takes the file: by suffix, or because it is a PDF under another name."""
    if input_kind(path) is not None:
        return True
    with path.open("rb") as file:
        return PDF_MARK in file.read(1024)


def _digitize(
    path: Path,
    settings: Settings,
    *,
    name: str,
    on_page: Callable[[int, int], None] | None = None,
    password: str | None = None,
    taught: Mapping[str, object] | None = None,
) -> Digitized:
    # Imported here: a run whose documents are all known must not wait for the readers' libraries.
    from pipeline.digitize import digitize

    return digitize(path, settings, name=name, on_page=on_page, password=password, taught=taught)


def _under_its_own_name(result: Digitized, document: Input) -> Digitized:
    """The result with `file` as the run knows it: the path below the given folder, which one document cannot know."""
    changed = result.document.model_copy(update={"file": document.file})
    records = (
        record.model_copy(update={"source": record.source.model_copy(update={"file": document.file})})
        for record in result.records
    )
    return Digitized(changed, tuple(records))

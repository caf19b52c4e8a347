"""One document of a run: read it, or take its result from the cache; a document that fails is a result too."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from time import perf_counter
from typing import Protocol

from pipeline import sentences
from pipeline.batch.attempt import Done, Fault, attempt
from pipeline.batch.correction_files import CorrectionFiles
from pipeline.batch.file_faults import failed_result, file_digest, file_fault
from pipeline.batch.inputs import Input
from pipeline.batch.kept_readings import as_bytes, from_bytes, named_selection, note_as_read
from pipeline.batch.library_remarks import library_remarks, remark_issues
from pipeline.corrections.page_readings import selections_in
from pipeline.message import msg
from pipeline.model.document import Digitized, Status
from pipeline.model.formats import HEAD_BYTES, PDF_MARK, input_kind
from pipeline.model.issue import Issue
from pipeline.model.packed import packed
from pipeline.model.page_selection import PageSelection
from pipeline.process import log_stage_times, logging_of
from pipeline.settings import LimitSettings, Settings
from pipeline.store.cache import Cache, code_version, key_of
from pipeline.store.remote_path import RemotePath, remote

OnPage = Callable[[str, int, int], None]
"""Called with a document's name, how many of its pages are done, and how many it has."""

GIVEN_UP: tuple[Status, ...] = ("timed-out", "too-large")

log = logging.getLogger(__name__)


class Digitize(Protocol):
    """A function that reads one document, as `pipeline.stages.digitize` does."""

    def __call__(
        self,
        path: Path,
        settings: Settings,
        *,
        name: str,
        on_page: Callable[[int, int], None] | None = None,
        password: str | None = None,
        taught: Mapping[str, object] | None = None,
        selection: PageSelection | None = None,
    ) -> Digitized:
        """Read the file at `path`; `name` begins the ids of its records, `on_page` is called after each page."""
        ...


@dataclass(frozen=True)
class Job:
    """All that the reading of one document depends on; can be sent to another process or machine.

    Attributes:
        document: The file to read.
        settings: The thresholds and choices of all stages.
        password: Of an encrypted PDF.
        cache: The folder of results; None where nothing is kept.
        environment: What else the result depends on: the OCR engine and its languages, in one line.
        taught: The reviewer's lexicon.
        digitize: What reads the document; the pipeline's own where it is None.
        retry: Whether to read a document that a run before gave up.
        selection: The pages that are read; all where it is None.
    """

    document: Input
    settings: Settings
    password: str | None = None
    cache: Path | None = None
    environment: str = ""
    taught: Mapping[str, object] | None = None
    digitize: Digitize | None = None
    retry: bool = False
    selection: PageSelection | None = None


def selection_jobs(jobs: Sequence[Job], corrections: CorrectionFiles) -> list[Job]:
    """The jobs for pages that reviewers have read by themselves, as SOPs that were missed."""
    files = [(job, corrections.files.get(job.document.name)) for job in jobs]
    return [replace(job, selection=one) for job, file in files if file for one in selections_in(file)]


def cached_result(job: Job) -> Digitized | None:
    """The result of a run before, from the cache; None where the document has to be read.

    That a document was given up is a result too, for the limits that it was given up with.
    """
    if job.cache is None:
        return None
    digest = known_digest(job)
    if digest is None:
        return None
    if isinstance(digest, Fault):
        return failed_result(job.document, "", digest)
    keys = [_key(job, digest)] if job.retry else [_key(job, digest), _gave_up_key(job, digest)]
    stored = next((content for content in map(Cache(job.cache).get, keys) if content is not None), None)
    result = None if stored is None else from_bytes(stored)
    if result is not None:
        if not result.document.failed:
            _note_as_read(job, keys[0])
        with logging_of(job.document.name):
            log.info("%s, from the cache", summary(result))
    return result


def kept_result(job: Job, digest: str) -> Digitized | None:
    """The result of a job from the cache, where the sha256 of its file is known; None where it is not kept."""
    stored = None if job.cache is None else Cache(job.cache).get(_key(job, digest))
    return None if stored is None else from_bytes(stored)


def note_job_as_read(job: Job, digest: str) -> None:
    """Note that what a job gave, for a file of that sha256, is what was last read of its document."""
    _note_as_read(job, _key(job, digest))


def _note_as_read(job: Job, key: str) -> None:
    note_as_read(Cache(job.cache or Path()), job.document.name, job.selection, key)


def known_digest(job: Job) -> str | Fault | None:
    """The sha256 of a job's file; of one in a store only what was noted when it was last fetched, None before."""
    place = remote(job.document.path)
    if place is None:
        return digest_of(job)
    fault, note = fault_of(job), _digest_key(place)
    noted = None if fault or job.cache is None or note is None else Cache(job.cache).get(note)
    return fault or (None if noted is None else noted.decode("ascii", "replace"))


def note_digest(job: Job, place: RemotePath, digest: str) -> None:
    """Note the sha256 of a file in a store, for runs that find it as it was listed."""
    note = _digest_key(place)
    if job.cache is not None and note is not None:
        Cache(job.cache).put(note, digest.encode())


def _digest_key(place: RemotePath) -> str | None:
    version = place.listed.version if place.listed else ""
    return key_of(["sha256", str(place), version]) if version else None


def digest_of(job: Job) -> str | Fault:
    """The sha256 of a job's file, or its fault; see `file_digest`."""
    return file_digest(job.document.path, job.settings.limits.file_megabytes)


def fault_of(job: Job) -> Fault | None:
    """Why a job's file is not to be opened; see `file_fault`."""
    return file_fault(job.document.path, job.settings.limits.file_megabytes)


def given_up(job: Job, fault: Fault, *, is_kept: bool = True) -> Digitized:
    """The result of a document that was given up, which is kept for the next run unless that is to try it again."""
    digest = known_digest(job)
    if digest is None:
        return failed_result(job.document, "", fault)
    if isinstance(digest, Fault):
        return failed_result(job.document, "", digest)
    if not is_kept:
        return failed_result(job.document, digest, fault)
    result = failed_result(job.document, digest, Fault(fault.status, sentences.RETRY.format(fault=fault.message)))
    if job.cache:
        Cache(job.cache).put(_gave_up_key(job, digest), as_bytes(result))
    return result


def run_job(job: Job, on_page: OnPage | None = None) -> Digitized:
    """Read the job's document and put the result into the cache; what is wrong with it is its status and message."""
    with logging_of(job.document.name):
        started = perf_counter()
        result = _read_and_keep(job, on_page)
        log_stage_times()
        log.info("%s in %.0f ms", summary(result), 1000 * (perf_counter() - started))
        return result


def summary(result: Digitized) -> str:
    """What a document came to, in one line for the log: "ok: 2 SOPs on 6 pages"."""
    document = result.document
    if document.failed:
        return f"{document.status}: {document.message}"
    return f"{document.status}: SOPs {len(result.records)}, pages {len(document.pages)}"


def depends_key(job: Job) -> str:
    """One key for what the result of a job depends on beside its document, the same for all jobs of a run."""
    taught = json.dumps(job.taught, sort_keys=True, default=str)
    return key_of([code_version(), _settings_text(job.settings), job.password or "", job.environment, taught])


@lru_cache(maxsize=16)
def _settings_text(settings: Settings) -> str:
    return repr(replace(settings, limits=LimitSettings()))  # what was read within limits depends on none


def _key(job: Job, digest: str) -> str:
    names = (job.document.name, job.document.file)
    return key_of([digest, depends_key(job), *names, *named_selection(job.selection)])


def _gave_up_key(job: Job, digest: str) -> str:
    return key_of(["given up", _key(job, digest), repr(job.settings.limits)])


def _read_and_keep(job: Job, on_page: OnPage | None) -> Digitized:
    digest = digest_of(job)
    if isinstance(digest, Fault):
        return failed_result(job.document, "", digest)
    with library_remarks() as remarks:
        outcome = _read(job, on_page)
    if isinstance(outcome, Fault):
        return given_up(job, outcome) if outcome.status in GIVEN_UP else failed_result(job.document, digest, outcome)
    return kept(job, outcome.value, remarks)


def kept(job: Job, read: Digitized, remarks: Sequence[str]) -> Digitized:
    """The result of a job, which is put into the cache: what was read, and what libraries said meanwhile."""
    result = _of_run(read, job.document, remark_issues(remarks))
    digest = result.document.sha256
    if job.cache and not result.document.failed:
        key = _key(job, digest)
        Cache(job.cache).put(key, as_bytes(result))
        _note_as_read(job, key)
    return result


def report_of(job: Job, on_page: OnPage | None) -> Callable[[int, int], None] | None:
    """What is told of each page of a job's document."""
    return None if on_page is None else lambda done, total: on_page(job.document.name, done, total)


def _read(job: Job, on_page: OnPage | None) -> Done[Digitized] | Fault:
    document = job.document
    if not _has_reader(document.path):
        suffix = document.path.suffix or "a file without suffix"
        return Fault("unsupported", msg("{suffix} is not read: save it as PDF", suffix=suffix))
    digitize = job.digitize or _own_digitize()
    read = partial(digitize, document.path, job.settings, name=document.name, on_page=report_of(job, on_page))
    if job.selection is not None:
        read = partial(read, selection=job.selection)
    return attempt(partial(read, password=job.password, taught=job.taught))


def _has_reader(path: Path) -> bool:
    """Whether a reader takes the file: by its suffix, or because it is a PDF under another suffix."""
    if input_kind(path) is not None:
        return True
    with path.open("rb") as file:
        return PDF_MARK in file.read(HEAD_BYTES)


def _own_digitize() -> Digitize:
    # Imported here: a run whose documents are all in the cache must not wait for the readers' libraries.
    from pipeline.stages import digitize

    return digitize


def _of_run(result: Digitized, document: Input, issues: Sequence[Issue]) -> Digitized:
    """The result with what `digitize` cannot know: the path below the folder given to the run, and further issues."""
    told = [*result.document.issues, *issues]
    changed = result.document.model_copy(update={"file": document.file, "issues": told})
    if result.document.file == document.file:
        return Digitized(changed, result.records)
    records = (
        record.model_copy(update={"source": record.source.model_copy(update={"file": document.file})})
        for record in result.records
    )
    return Digitized(changed, packed(records))

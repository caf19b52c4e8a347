"""A long document divided among workers: what each is called with, and what becomes of what they return."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from pipeline.batch.at_hand import at_hand
from pipeline.batch.attempt import Done, Fault, attempt
from pipeline.batch.file_faults import failed_result
from pipeline.batch.frontier import Frontier, PartInWork
from pipeline.batch.job import Job, OnPage, cached_result, digest_of, fault_of, kept, report_of, run_job, summary
from pipeline.batch.library_remarks import library_remarks
from pipeline.model.document import Digitized
from pipeline.model.packed import Packed, Packing
from pipeline.model.part import Part, parts_of
from pipeline.model.record import Record
from pipeline.process import log_stage_times, logging_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Divided:
    """What a worker returns of a document that is long enough to be read by several: its parts."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class PartRead:
    """A part of a document as far as its drafts.

    Pickled: the process that hands it on to other workers needs neither know nor unpack it.

    Attributes:
        part: Which; it may have been made shorter while it was read.
        digest: The sha256 of the file that was read.
        analysis: Its analysis without the drafts.
        drafts: Those of its head and of its tail.
        remarks: What libraries said while it was read.
    """

    part: Part
    digest: str
    analysis: bytes
    drafts: bytes
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class PartRecords:
    """The records of a part, pickled."""

    part: Part
    records: bytes


@dataclass(frozen=True)
class Unfit:
    """What a worker returns of parts that cannot be put together: the document has to be read as a whole."""


def run_or_divide(job: Job, workers: int, on_page: OnPage | None = None) -> Digitized | Divided:
    """Run a job, or say how its document may be divided among so many workers."""
    if on_page is not None:
        on_page(job.document.name, 0, 0)
    with at_hand(job) as found:
        if isinstance(found, Fault):
            return failed_result(job.document, "", found)
        known = cached_result(found) if found is not job else None  # of a file in a store nobody else could tell
        if known is not None:
            return known
        may_divide = workers > 1 and job.digitize is None and job.selection is None
        parts = _parts(found, workers) if may_divide else ()
        return Divided(parts) if len(parts) > 1 else run_job(found, on_page)


def _parts(job: Job, workers: int) -> tuple[Part, ...]:
    """The parts of a document; none where it cannot be read, which is told when it is tried as a whole."""
    from pipeline.part_stages import page_count

    if fault_of(job):
        return ()
    with logging_of(job.document.name), library_remarks():
        pages = attempt(partial(page_count, job.document.path, job.settings, job.password))
    limits = job.settings.limits
    return parts_of(pages.value, workers, limits.part_pages, limits.part_beyond) if isinstance(pages, Done) else ()


def run_part(job: Job, part: Part, on_page: OnPage | None = None, frontier: Frontier | None = None) -> PartRead | Unfit:
    """Read a part of a job's document; who sees its frontier can give its last pages to another worker meanwhile."""
    with at_hand(job) as found:
        return Unfit() if isinstance(found, Fault) else _part_read(found, PartInWork(part, frontier), on_page)


def _part_read(job: Job, work: PartInWork, on_page: OnPage | None) -> PartRead | Unfit:
    from pipeline.part_stages import read_part

    digest = digest_of(job)
    if isinstance(digest, Fault):
        return Unfit()
    read = partial(read_part, job.document.path, work.part, job.settings, on_page=report_of(job, on_page))
    with logging_of(job.document.name), library_remarks() as remarks:
        outcome = attempt(partial(read, password=job.password, taught=job.taught, part_after=work.after))
        log_stage_times()
    if isinstance(outcome, Fault):
        return Unfit()
    analysis = outcome.value
    stretches = analysis.head, analysis.tail
    head, tail = (replace(stretch, drafts=Packing()) for stretch in stretches)
    drafts = pickle.dumps(tuple(stretch.drafts.values for stretch in stretches), pickle.HIGHEST_PROTOCOL)
    slim = pickle.dumps(replace(analysis, head=head, tail=tail), pickle.HIGHEST_PROTOCOL)
    return PartRead(work.part, digest, slim, drafts, tuple(remarks))


def run_records(job: Job, analyses: Sequence[tuple[Part, bytes]], read: PartRead) -> PartRecords | Unfit:
    """Make the records of a part of a job's document, given the analyses of all."""
    from pipeline.part_stages import part_records

    parts = [(part, pickle.loads(analysis)) for part, analysis in analyses]
    document, drafts = job.document, pickle.loads(read.drafts)
    make = partial(part_records, parts, read.part, drafts, document.file, read.digest, document.name, job.settings)
    with logging_of(document.name), library_remarks():
        outcome = attempt(partial(make, job.taught))
        log_stage_times()
    if isinstance(outcome, Fault) or outcome.value is None:
        return Unfit()
    return PartRecords(read.part, pickle.dumps(outcome.value, pickle.HIGHEST_PROTOCOL))


def run_joined(job: Job, read: Sequence[PartRead], records: Sequence[PartRecords]) -> Digitized | Unfit:
    """Put a job's document together from its parts, and keep the result."""
    from pipeline.part_stages import whole_document

    with at_hand(job) as now:
        same = not isinstance(now, Fault) and {part.digest for part in read} == {digest_of(now)}
    if not same:
        return Unfit()  # somebody is writing the file
    document = job.document
    found = Packed[Record]()
    for part in records:
        found.extend(pickle.loads(part.records))
    parts = [(part.part, pickle.loads(part.analysis)) for part in read]
    ids = [f"{document.name}/{place:02d}" for place in range(1, len(found) + 1)]
    make = partial(whole_document, parts, document.file, read[0].digest, document.name, ids, job.settings, job.taught)
    with logging_of(document.name):
        outcome = attempt(make)
        if isinstance(outcome, Fault) or outcome.value is None:
            return Unfit()
        result = kept(job, Digitized(outcome.value, found), [line for part in read for line in part.remarks])
        log.info("%s, in %d parts", summary(result), len(read))
    return result

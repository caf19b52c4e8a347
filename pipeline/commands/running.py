"""`sop run`: documents read, and what comes of them written."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pipeline import console_run
from pipeline.batch.cluster import ClusterChoice, anywhere
from pipeline.batch.correction_files import renewed
from pipeline.batch.earlier import earlier_entries, layout_for, remove_documents
from pipeline.batch.job import Job
from pipeline.batch.last_run import run_keys
from pipeline.batch.run import run_jobs
from pipeline.batch.run_outputs import OutputPlan, RunOutputs
from pipeline.batch.scratch import sweep_scratch
from pipeline.batch.workers import usable_cores
from pipeline.commands.digitizing import GivenDocuments, given_documents, open_workers, read_documents
from pipeline.errors import NOT_ALL, OK
from pipeline.export.json import REPORT_FILE, index_from, index_of
from pipeline.model.document import Digitized, FolderLayout, Index, IndexEntry
from pipeline.options import (
    ClusterAddress,
    ClusterWait,
    Corrections,
    Dpi,
    ForceOcr,
    Given,
    Memory,
    NoCorrections,
    NoOcr,
    OcrLang,
    Out,
    Password,
    PasswordFile,
    Poll,
    Prune,
    Retry,
    Second,
    Timeout,
    Verbose,
    Wait,
    Watch,
    cluster_of,
    password_of,
    settings_of,
)
from pipeline.settings import Settings
from pipeline.store.cache import Cache
from pipeline.store.folder_lock import HeldFolder
from pipeline.store.index_file import read_index, write_index
from pipeline.store.left_behind import sweep_parts
from pipeline.store.manifest import DamagedManifestError, Manifest, forget_manifest, manifest_of
from pipeline.store.outputs import CACHE, output_folder

REPORT = "report"

log = logging.getLogger(__name__)


def run(
    context: typer.Context,
    inputs: Given,
    out: Out = Path("outputs"),
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", metavar="N", min=1, help="How many documents are read at a time; all cores if not given."
        ),
    ] = None,
    corrections: Corrections = None,
    no_corrections: NoCorrections = False,
    prune: Prune = False,
    ocr_lang: OcrLang = None,
    dpi: Dpi = None,
    force_ocr: ForceOcr = False,
    no_ocr: NoOcr = False,
    second: Second = None,
    password: Password = None,
    password_file: PasswordFile = None,
    timeout: Timeout = None,
    memory: Memory = None,
    retry: Retry = False,
    wait: Wait = None,
    watch: Watch = False,
    poll: Poll = None,
    cluster: ClusterAddress = None,
    cluster_wait: ClusterWait = None,
    shard: Annotated[
        bool, typer.Option("--shard", help="Lay the folders of very many documents into 256 others, by their names.")
    ] = False,
    verbose: Verbose = 0,
) -> int:
    """Read all documents and write their records.

    Reads pdf, png, jpg, jpeg, tif, tiff, txt and md, and docx, doc and odt where LibreOffice is installed. The exit
    code is 0 where every document gave records, 1 where one could not be read or holds no SOP, and 2 for wrong usage.

    Where another run writes into the same folder this one says so, and waits until that is done. With --watch it goes
    on until it is interrupted or told to end, and says what it did, a line for each document.
    """
    if watch:
        from pipeline.commands.watching import keep_digitized  # here: no other run must wait for what watches folders

        return keep_digitized(context)
    settings = settings_of(
        ocr_lang=ocr_lang, dpi=dpi, force_ocr=force_ocr, no_ocr=no_ocr, second=second, timeout=timeout, memory=memory
    )
    request = RunRequest(
        inputs=inputs,
        out=out,
        settings=settings,
        password=password_of(password, password_file),
        jobs=jobs,
        corrections=corrections,
        no_corrections=no_corrections,
        prune=prune,
        retry=retry,
        shard=shard,
        cluster=cluster_of(cluster, cluster_wait, jobs),
    )
    with console_run.held(out, wait) as folder:
        try:
            return _run(request, folder)
        except DamagedManifestError as error:
            log.info("the manifest of the last run is of no use: %s", error)
            forget_manifest(out)
            return _run(request, folder)


@dataclass(frozen=True)
class RunRequest:
    """What a run is asked for; see `run`."""

    inputs: Sequence[Path]
    out: Path
    settings: Settings
    password: str | None
    jobs: int | None
    corrections: Path | None
    no_corrections: bool
    prune: bool
    retry: bool
    shard: bool
    cluster: ClusterChoice | None


def _run(asked: RunRequest, held: HeldFolder) -> int:
    """Read the documents and write their records into a folder that nobody else writes to; return the exit code."""
    out = asked.out
    before = read_index(out)
    layout = _layout(asked, before)
    given = given_documents(
        asked.inputs, out, asked.corrections, asked.settings, asked.password, asked.no_corrections, asked.retry
    )
    if asked.cluster is not None:
        given = replace(given, jobs=[anywhere(job) for job in given.jobs])
    with manifest_of(output_folder(out)) as manifest:
        keys = run_keys(given.jobs[0], given.files)
        plan = OutputPlan(
            out, asked.settings, given.files, keys, asked.no_corrections, layout, held.check, _report_part
        )
        outputs = RunOutputs(plan, given.jobs, Cache(out / CACHE), manifest, partial(_read_again, asked))
        was_read = _read_changed(outputs, asked, given)
        gone, left = _pruned(asked, before, given)
        index = _written_index(outputs, before, given, left, layout, out)
        _write_report(outputs, manifest, given, out)
        ends = outputs.ends()
    if held.was_left or was_read:
        sweep_scratch()
        sweep_parts(out if held.was_left else out / CACHE, held.begun)
    unmatched = outputs.files.unmatched(document.name for document in given.found.documents)
    remarks = [*console_run.correction_remarks(ends, unmatched), *console_run.earlier_remarks(gone, left, asked.prune)]
    console_run.show_run(index, out, remarks)
    in_order = all(entry.status == "ok" and not entry.kept_from for entry in index.documents if not entry.earlier)
    return OK if in_order else NOT_ALL


def _layout(asked: RunRequest, before: Index | None) -> FolderLayout:
    """How the folders of documents lie, written down before the first of them if that is not the usual way."""
    layout = layout_for(before, asked.out, shard=asked.shard)
    if layout == "sharded" and before is None:
        write_index(asked.out, index_of([], layout=layout))  # so that the next run after a killed one knows it
    return layout


def _read_changed(outputs: RunOutputs, asked: RunRequest, given: GivenDocuments) -> bool:
    """Read and write what is not as the last run left it; return whether there was any such document."""
    todo = outputs.to_read()
    read_documents(todo, given.files, outputs.take, asked.jobs, asked.cluster)
    if todo:
        outputs.renew(renewed(given.files, given.stamps))
    outputs.finish()
    return bool(todo)


def _pruned(
    asked: RunRequest, before: Index | None, given: GivenDocuments
) -> tuple[list[IndexEntry], list[IndexEntry]]:
    """The documents of earlier runs that this one was not given: those whose records are removed, and the others.

    Records are removed where that was asked for and no folder that could not be read may hold their document.
    """
    earlier = earlier_entries(before, {document.name for document in given.found.documents})
    gone = [entry for entry in earlier if asked.prune and not given.found.may_hold(entry.file)]
    remove_documents(asked.out, gone)
    taken_out = {entry.name for entry in gone}
    return gone, [entry for entry in earlier if entry.name not in taken_out]


def _written_index(
    outputs: RunOutputs,
    before: Index | None,
    given: GivenDocuments,
    earlier: Sequence[IndexEntry],
    layout: FolderLayout,
    out: Path,
) -> Index:
    """The index of this run's documents and those of `earlier` ones, which is written."""
    folder = given.files.folder_from(out) or (before.corrections if before else None)
    index = index_from([*outputs.entries(), *earlier], given.found.passed_over, folder, layout)
    write_index(out, index)
    return index


def _read_again(asked: RunRequest, job: Job) -> Digitized:
    """Read a document whose result was lost."""
    with open_workers(asked.cluster, asked.jobs or usable_cores(), [job], lambda *_: None) as workers:
        (result,) = run_jobs([job], workers)
        return result


def _report_part(document: Digitized, layout: FolderLayout) -> bytes:
    from pipeline.review.report_file import part_bytes  # here: a run without changes must not wait for templates

    return part_bytes(document, layout)


def _write_report(outputs: RunOutputs, manifest: Manifest, given: GivenDocuments, out: Path) -> None:
    """Write the report of a run, unless it stands as it was written last and would be the same."""
    job = given.jobs[0]
    about = outputs.report_key()
    if manifest.stands(REPORT, about, out / REPORT_FILE):
        return
    from pipeline.review.report_file import KeptParts, write_report

    paths = {document.name: document.path for document in given.found.documents}
    names = [job.document.name for job in given.jobs]
    parts = KeptParts(len(names), lambda place: manifest.report(names[place]))
    path = write_report(out, parts, paths, job.settings, job.password)
    manifest.put_standing(REPORT, about, path)

"""`sop run`, and how commands read all documents before they tell of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pipeline import console_run, doctor
from pipeline.batch.cluster import ClusterChoice, ClusterNeeds, anywhere, on_cluster
from pipeline.batch.conclude import conclude
from pipeline.batch.correction_files import CorrectionFiles, correction_stamps, load_correction_files, renewed
from pipeline.batch.earlier import corrections_folder, earlier_entries, layout_for, remove_documents, settled
from pipeline.batch.inputs import gather
from pipeline.batch.job import Job, OnPage, selection_jobs, selection_read
from pipeline.batch.revise import DryRun
from pipeline.batch.run import OpenWorkers, run_jobs
from pipeline.batch.workers import local_workers, usable_cores
from pipeline.errors import NOT_ALL, OK
from pipeline.export.json import index_of
from pipeline.export.names import document_folder
from pipeline.model.document import Digitized
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
from pipeline.store.outputs import CACHE, output_folder, write_document
from pipeline.store.side_by_side import side_by_side

INPUTS = Path("inputs")


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
        inputs,
        out,
        settings,
        password_of(password, password_file),
        jobs,
        corrections,
        no_corrections,
        prune,
        retry,
        shard,
        cluster_of(cluster, cluster_wait, jobs),
    )
    with console_run.held(out, wait) as folder:
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
    out, settings = asked.out, asked.settings
    before = read_index(out)
    layout = layout_for(before, out, shard=asked.shard)
    if layout == "sharded" and before is None:
        write_index(out, index_of([], layout=layout))  # so that also the next run after one that is killed knows it
    fresh: list[str] = []

    def settle(document: Digitized, files: CorrectionFiles) -> Digitized:
        name = document.document.name
        folder = out / document_folder(name, layout)
        return settled(document, folder, has_corrections=asked.no_corrections or name in files.files)

    def write(result: Digitized, files: CorrectionFiles) -> None:
        held.check()
        fresh.append(result.document.name)
        for document in conclude([result], files, settings).documents:
            write_document(out, settle(document, files), layout=layout)

    found, files, concluded = read_and_conclude(
        asked.inputs,
        out,
        asked.corrections,
        settings,
        asked.password,
        asked.jobs,
        retry=asked.retry,
        no_corrections=asked.no_corrections,
        on_fresh=write,
        cluster=asked.cluster,
    )
    held.check()
    documents = list(side_by_side(lambda document: settle(document, files), concluded.documents, out))
    for _ in side_by_side(lambda document: write_document(out, document, layout=layout), documents, out):
        pass
    earlier = earlier_entries(before, {document.name for document in found.documents})
    if asked.prune:
        remove_documents(out, earlier)
    kept = [] if asked.prune else earlier
    folder = files.folder_from(out) or (before.corrections if before else None)
    index = index_of(documents, found.passed_over, kept, folder, layout)
    write_index(out, index)
    from pipeline.review.report_file import write_report  # here: no other command must wait for templates

    paths = {one.name: one.path for one in found.documents}
    write_report(out, documents, paths, settings, asked.password, layout=layout)
    if held.was_left or fresh:
        sweep_parts(out if held.was_left else out / CACHE, held.begun)
    unmatched = files.unmatched(document.name for document in found.documents)
    remarks = [
        *console_run.correction_remarks(concluded.outcomes, unmatched),
        *console_run.earlier_remarks(earlier, asked.prune),
    ]
    console_run.show_run(index, out, remarks)
    in_order = all(entry.status == "ok" and not entry.kept_from for entry in index.documents if not entry.earlier)
    return OK if in_order else NOT_ALL


def read_and_conclude(
    inputs: Sequence[Path] | None,
    out: Path,
    corrections: Path | None,
    settings: Settings,
    password: str | None,
    jobs: int | None = None,
    *,
    retry: bool = False,
    no_corrections: bool = False,
    on_fresh: Callable[[Digitized, CorrectionFiles], None] | None = None,
    cluster: ClusterChoice | None = None,
) -> DryRun:
    """Read all documents, or take them from the cache, then apply corrections and checks.

    What was not in the cache is handed to `on_fresh` as soon as it is read. With `retry` documents that were given up
    are read again. They are read on a cluster where one is given, else in processes of this machine.
    """
    given = inputs or [INPUTS]
    found = gather(given, out)
    folder = None if no_corrections else corrections_folder(corrections, given, out)
    stamps = correction_stamps(folder)
    correction_files = load_correction_files(folder)
    cache, environment = output_folder(out) / CACHE, doctor.ocr_environment()
    todo = [
        Job(document, settings, password, cache, environment, correction_files.taught, retry=retry)
        for document in found.documents
    ]
    if cluster is not None:
        todo = [anywhere(job) for job in todo]
    with console_run.progress(len(todo)) as done:

        def on_done(result: Digitized, fresh: bool) -> None:
            done.document(result)
            if on_fresh is not None and fresh:
                on_fresh(result, correction_files)

        with _workers(cluster, jobs or usable_cores(), todo, done.page) as workers:
            run_jobs(selection_jobs(todo, correction_files), workers)
            results = run_jobs(todo, workers, on_done)
    correction_files = renewed(correction_files, stamps)
    concluded = conclude(results, correction_files, settings, lambda name: partial(selection_read, Cache(cache), name))
    return DryRun(found, correction_files, concluded)


def _workers(
    cluster: ClusterChoice | None, count: int, jobs: Sequence[Job], on_page: OnPage
) -> AbstractContextManager[OpenWorkers]:
    """What opens the workers that read: those of a cluster, or processes of this machine."""
    limits = jobs[0].settings.limits
    if cluster is None:
        return nullcontext(local_workers(count, on_page, limits))
    first, shared = jobs[0].document.path, jobs[0].cache
    needs = ClusterNeeds(doctor.ocr_environment, (first,), shared, limits, on_page, count)
    return on_cluster(cluster, needs)

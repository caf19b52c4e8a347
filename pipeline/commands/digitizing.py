"""The documents that a command is given: found, and read by workers or taken from the cache."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from pipeline import console_run, doctor
from pipeline.batch.cluster import ClusterChoice, ClusterNeeds, on_cluster
from pipeline.batch.conclude import conclude
from pipeline.batch.correction_files import CorrectionFiles, correction_stamps, load_correction_files, renewed
from pipeline.batch.earlier import corrections_folder
from pipeline.batch.inputs import Inputs, gather
from pipeline.batch.job import Job, OnPage, selection_jobs
from pipeline.batch.kept_readings import selection_read
from pipeline.batch.revise import DryRun
from pipeline.batch.run import OpenWorkers, results_of, run_jobs
from pipeline.batch.run_outputs import note_readings
from pipeline.batch.workers import local_workers, usable_cores
from pipeline.model.document import Digitized
from pipeline.model.packed import Packing
from pipeline.settings import Settings
from pipeline.store.cache import Cache
from pipeline.store.manifest import DamagedManifestError, forget_manifest, manifest_of
from pipeline.store.outputs import CACHE, output_folder

INPUTS = Path("inputs")


@dataclass(frozen=True)
class GivenDocuments:
    """What a run is about: the documents, the reviewers' files, what tells their change, a job for each document."""

    found: Inputs
    files: CorrectionFiles
    stamps: Mapping[str, object]
    jobs: Sequence[Job]


def read_and_conclude(
    inputs: Sequence[Path] | None, out: Path, corrections: Path | None, settings: Settings, password: str | None
) -> DryRun:
    """Read all documents, or take them from the cache, then apply corrections and checks."""
    given = given_documents(inputs, out, corrections, settings, password)
    try:
        with manifest_of(out) as manifest:
            note_readings(manifest, given.jobs[0])
    except DamagedManifestError:
        forget_manifest(out)
    places, results = dict[str, int](), Packing[Digitized]()

    def take(result: Digitized, *, fresh: bool) -> None:
        places[result.document.name] = len(places)
        results.append(result)

    read_documents(given.jobs, given.files, take)
    in_order = (results.values[places[job.document.name]] for job in given.jobs)
    files = renewed(given.files, given.stamps)
    readings = partial(partial, selection_read, Cache(out / CACHE))
    return DryRun(given.found, files, conclude(in_order, files, settings, readings))


def given_documents(
    inputs: Sequence[Path] | None,
    out: Path,
    corrections: Path | None,
    settings: Settings,
    password: str | None,
    no_corrections: bool = False,
    retry: bool = False,
) -> GivenDocuments:
    """What is to be read; with `retry` documents that were given up are read again."""
    paths = inputs or [INPUTS]
    found = gather(paths, out)
    folder = None if no_corrections else corrections_folder(corrections, paths, out)
    stamps = correction_stamps(folder)
    files = load_correction_files(folder)
    cache, environment = output_folder(out) / CACHE, doctor.ocr_environment()
    jobs = [
        Job(document, settings, password, cache, environment, files.taught, retry=retry) for document in found.documents
    ]
    return GivenDocuments(found, files, stamps, jobs)


class TakeResult(Protocol):
    """Takes what was read of a document, and whether it was read just now."""

    def __call__(self, result: Digitized, *, fresh: bool) -> None:
        """Take `result`; `fresh` where it was not in the cache."""
        ...


def read_documents(
    todo: Sequence[Job],
    files: CorrectionFiles,
    take: TakeResult,
    count: int | None = None,
    cluster: ClusterChoice | None = None,
) -> None:
    """Read documents, or take them from the cache, and hand each on as soon as it is there.

    They are read on a cluster where one is given, else in `count` processes of this machine.
    """
    if not todo:
        return
    with (
        console_run.progress(len(todo)) as done,
        open_workers(cluster, count or usable_cores(), todo, done.page) as workers,
    ):
        run_jobs(selection_jobs(todo, files), workers)
        with closing(results_of(todo, workers)) as results:
            for _, result, fresh in results:
                done.document(result)
                take(result, fresh=fresh)


def open_workers(
    cluster: ClusterChoice | None, count: int, jobs: Sequence[Job], on_page: OnPage
) -> AbstractContextManager[OpenWorkers]:
    """What opens the workers that read: those of a cluster, or processes of this machine."""
    limits = jobs[0].settings.limits
    if cluster is None:
        return nullcontext(local_workers(count, on_page, limits))
    first, shared = jobs[0].document.path, jobs[0].cache
    needs = ClusterNeeds(doctor.ocr_environment, (first,), shared, limits, on_page, count)
    return on_cluster(cluster, needs)

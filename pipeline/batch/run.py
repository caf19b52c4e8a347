"""All documents of a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Future, wait
from contextlib import AbstractContextManager

from pipeline.batch.attempt import Fault
from pipeline.batch.job import Job, cached_result, failed_result
from pipeline.batch.workers import Workers
from pipeline.model.document import Digitized
from pipeline.store.cache import sha256_of

OpenWorkers = Callable[[int], AbstractContextManager[Workers]]
"""Opens workers for so many jobs."""

OnDone = Callable[[Digitized], None]


def run_jobs(jobs: Sequence[Job], open_workers: OpenWorkers, on_done: OnDone | None = None) -> tuple[Digitized, ...]:
    """Run all jobs; return their results in the order of `jobs`.

    Documents in the cache are not given to the workers. Where a worker dies (killed, out of memory, a crash in a
    library), the jobs that were lost with it run again, each by itself; one that kills its worker once more becomes a
    failed document.

    Args:
        jobs: What to read, a document each.
        open_workers: Opens workers for a number of jobs, as a context manager.
        on_done: Called with each result as it comes.
    """
    report = on_done or (lambda _: None)
    results = {index: result for index, job in enumerate(jobs) if (result := cached_result(job)) is not None}
    for result in results.values():
        report(result)
    unread = [index for index in range(len(jobs)) if index not in results]
    fresh = _run_together([jobs[index] for index in unread], open_workers, report)
    for index, outcome in zip(unread, fresh, strict=True):
        results[index] = outcome or _run_alone(jobs[index], open_workers, report)
    return tuple(results[index] for index in range(len(jobs)))


def _run_together(jobs: Sequence[Job], open_workers: OpenWorkers, on_done: OnDone) -> list[Digitized | None]:
    """The results of jobs that run side by side, None for those lost with their worker."""

    def report(future: Future[Digitized]) -> None:
        if not future.cancelled() and future.exception() is None:
            on_done(future.result())

    if not jobs:
        return []
    futures: list[Future[Digitized]] = []
    with open_workers(len(jobs)) as workers:
        for job in jobs:
            try:
                futures.append(workers.executor.submit(workers.task, job))
            except BrokenExecutor:  # a worker died before all jobs were handed out
                break
            futures[-1].add_done_callback(report)
        wait(futures)
    lost = [None] * (len(jobs) - len(futures))
    return [None if isinstance(future.exception(), BrokenExecutor) else future.result() for future in futures] + lost


def _run_alone(job: Job, open_workers: OpenWorkers, on_done: OnDone) -> Digitized:
    """The result of a job whose worker died; a failed document where its worker dies again."""
    (result,) = _run_together([job], open_workers, on_done)
    if result is None:
        fault = Fault("failed", "the process that read it died: out of memory, or a crash in a library")
        result = failed_result(job.document, sha256_of(job.document.path), fault)
        on_done(result)
    return result

"""All documents of a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Future, wait
from contextlib import AbstractContextManager

from pipeline.batch.attempt import Fault
from pipeline.batch.job import Job, failed, recalled
from pipeline.batch.workers import Workers
from pipeline.model.document import Digitized
from pipeline.store.cache import sha256_of

Open = Callable[[int], AbstractContextManager[Workers]]
"""Opens workers for so many jobs."""

OnDone = Callable[[Digitized], None]


def run(jobs: Sequence[Job], open_workers: Open, on_done: OnDone | None = None) -> tuple[Digitized, ...]:
    """What came out of every job, in the order of `jobs`; `on_done` is told each as it comes.

    Documents known from a run before are not given to the workers. Where a worker dies (killed, out of memory, a crash
    in a library), the jobs that were lost with it are done again, each by itself; the one that kills its worker once
    more becomes a failed document.
    """
    tell = on_done or (lambda _: None)
    results = {index: known for index, job in enumerate(jobs) if (known := recalled(job)) is not None}
    for known in results.values():
        tell(known)
    unknown = [index for index in range(len(jobs)) if index not in results]
    fresh = _together([jobs[index] for index in unknown], open_workers, tell)
    for index, result in zip(unknown, fresh, strict=True):
        results[index] = result or _alone(jobs[index], open_workers, tell)
    return tuple(results[index] for index in range(len(jobs)))


def _together(jobs: Sequence[Job], open_workers: Open, tell: OnDone) -> list[Digitized | None]:
    """The results of jobs done side by side, None for those lost with their worker."""

    def done(future: Future[Digitized]) -> None:
        if not future.cancelled() and future.exception() is None:
            tell(future.result())

    if not jobs:
        return []
    futures: list[Future[Digitized]] = []
    with open_workers(len(jobs)) as workers:
        for job in jobs:
            try:
                futures.append(workers.executor.submit(workers.task, job))
            except BrokenExecutor:  # a worker died before all jobs were handed out
                break
            futures[-1].add_done_callback(done)
        wait(futures)
    lost = [None] * (len(jobs) - len(futures))
    return [None if isinstance(future.exception(), BrokenExecutor) else future.result() for future in futures] + lost


def _alone(job: Job, open_workers: Open, tell: OnDone) -> Digitized:
    (result,) = _together([job], open_workers, tell)
    if result is None:
        fault = Fault("failed", "the process that read it died: out of memory, or a crash in a library")
        result = failed(job.document, sha256_of(job.document.path), fault)
        tell(result)
    return result

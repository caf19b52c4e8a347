"""All documents of a run."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import BrokenExecutor, Future, as_completed
from contextlib import AbstractContextManager, closing

from pipeline import sentences
from pipeline.batch.attempt import Fault
from pipeline.batch.job import Job, cached_result, given_up
from pipeline.batch.workers import Workers
from pipeline.model.document import Digitized, DocumentError

OpenWorkers = Callable[[int], AbstractContextManager[Workers]]
"""Opens workers for so many jobs."""

OnDone = Callable[[Digitized, bool], None]
"""Called with each result as it comes, and whether it was read just now."""


def run_jobs(jobs: Sequence[Job], open_workers: OpenWorkers, on_done: OnDone | None = None) -> tuple[Digitized, ...]:
    """Run all jobs; return their results in the order of `jobs`.

    Documents in the cache are not given to the workers. Where a worker dies (killed, a crash in a library), the jobs
    that were lost with it run again, each by itself; one that kills its worker once more becomes a failed document.
    A document that a worker was stopped at, for its time or memory, is given up at once.

    Args:
        jobs: What to read, a document each.
        open_workers: Opens workers for a number of jobs, as a context manager.
        on_done: Called in this thread; what it raises ends the run.
    """
    report = on_done or (lambda result, fresh: None)
    results: dict[int, Digitized] = {}
    for index, job in enumerate(jobs):
        known = cached_result(job)
        if known is not None:
            results[index] = known
            report(known, False)
    lost: list[int] = []
    with closing(_run_together(jobs, [i for i in range(len(jobs)) if i not in results], open_workers)) as outcomes:
        for index, result in outcomes:
            if isinstance(result, Digitized):
                results[index] = result
                report(result, True)
            else:
                lost.append(index)
    for index in sorted(lost):
        results[index] = _run_alone(jobs, index, open_workers)
        report(results[index], True)
    return tuple(results[index] for index in range(len(jobs)))


def _run_together(
    jobs: Sequence[Job], places: Sequence[int], open_workers: OpenWorkers
) -> Generator[tuple[int, Digitized | BrokenExecutor]]:
    """The results of jobs that run side by side, as they come, or what broke the worker that one was lost with."""
    if not places:
        return
    with open_workers(len(places)) as workers:
        futures: dict[Future[Digitized], int] = {}
        for submitted, place in enumerate(places):
            try:
                futures[workers.executor.submit(workers.task, jobs[place])] = place
            except BrokenExecutor as broken:  # a worker died before all jobs were handed out
                yield from ((missing, broken) for missing in places[submitted:])
                break
        for future in as_completed(futures):
            yield futures[future], _outcome(jobs[futures[future]], future)


def _outcome(job: Job, future: Future[Digitized]) -> Digitized | BrokenExecutor:
    try:
        return future.result()
    except DocumentError as limit:
        return given_up(job, Fault(limit.status, limit.message))
    except BrokenExecutor as broken:
        return broken


def _run_alone(jobs: Sequence[Job], place: int, open_workers: OpenWorkers) -> Digitized:
    """The result of a job whose worker died; a failed document where its worker dies again."""
    ((_, result),) = _run_together(jobs, [place], open_workers)
    if isinstance(result, BrokenExecutor):
        return given_up(jobs[place], Fault("failed", sentences.DIED.format(how=str(result) or "killed")))
    return result

"""All documents of a run."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from typing import Any

from pipeline import sentences
from pipeline.batch.attempt import Fault
from pipeline.batch.division import (
    Divided,
    PartRead,
    PartRecords,
    Unfit,
    run_joined,
    run_or_divide,
    run_part,
    run_records,
)
from pipeline.batch.gathering import Gathering
from pipeline.batch.job import Job, cached_result, given_up
from pipeline.batch.supervised import WorkerDied
from pipeline.batch.workers import Workers
from pipeline.model.document import Digitized, DocumentError
from pipeline.model.part import Part
from pipeline.store.side_by_side import side_by_side

TRIES = 3  # of a document by itself, where its worker is killed from outside

OpenWorkers = Callable[[int], AbstractContextManager[Workers]]
"""Opens workers for so many jobs."""

OnDone = Callable[[Digitized, bool], None]
"""Called with each result as it comes, and whether it was read just now."""


def run_jobs(jobs: Sequence[Job], open_workers: OpenWorkers, on_done: OnDone | None = None) -> tuple[Digitized, ...]:
    """Run all jobs; return their results in the order of `jobs`.

    Args:
        jobs: What to read, a document each.
        open_workers: Opens workers for a number of jobs, as a context manager.
        on_done: Called in this thread; what it raises ends the run.
    """
    report = on_done or (lambda result, fresh: None)
    found: dict[int, Digitized] = {}
    with closing(results_of(jobs, open_workers)) as results:
        for place, result, fresh in results:
            found[place] = result
            report(result, fresh)
    return tuple(found[place] for place in range(len(jobs)))


def results_of(jobs: Sequence[Job], open_workers: OpenWorkers) -> Generator[tuple[int, Digitized, bool]]:
    """Run all jobs; give for each its place, its result as it comes, and whether it was read just now.

    Documents in the cache are not given to the workers. Where a worker dies (killed, a crash in a library), the jobs
    that were lost with it run again, each by itself; one that kills its worker once more becomes a failed document.
    A document that a worker was stopped at, for its time or memory, is given up at once.
    """
    todo: list[int] = []
    for place, known in enumerate(side_by_side(cached_result, jobs, jobs[0].cache if jobs else None)):
        if known is None:
            todo.append(place)
        else:
            yield place, known, False
    lost: list[int] = []
    with closing(_run_together(jobs, todo, open_workers)) as outcomes:
        for place, result in outcomes:
            if isinstance(result, Digitized):
                yield place, result, True
            else:
                lost.append(place)
    for place in sorted(lost):
        yield place, _run_alone(jobs, place, open_workers), True


def _run_together(
    jobs: Sequence[Job], places: Sequence[int], open_workers: OpenWorkers, *, divide: bool = True
) -> Generator[tuple[int, Digitized | BrokenExecutor]]:
    """The results of jobs that run side by side, as they come, or what broke the worker that one was lost with."""
    if not places:
        return
    with open_workers(len(places)) as workers:
        run, waiting = _Run(jobs, workers, workers.count if divide else 1), iter(places)
        run.begin(waiting)
        while run.calls:
            done, _ = wait(run.calls, return_when=FIRST_COMPLETED)
            for future in sorted(done, key=run.place_of):
                yield from run.settle(future)
            run.begin(waiting)
            run.share()
        yield from run.missing.items()


@dataclass(frozen=True)
class _Call:
    """What a worker was asked for: the job's place, and the part of its document, None for all of it."""

    place: int
    part: Part | None = None


class _Run:
    """The calls that workers are at."""

    def __init__(self, jobs: Sequence[Job], workers: Workers, count: int) -> None:
        self._jobs, self._workers, self._count = jobs, workers, count
        self.calls: dict[Future[Any], _Call] = {}
        self.missing: dict[int, BrokenExecutor] = {}
        self._gathering: dict[int, Gathering] = {}

    def begin(self, places: Iterator[int]) -> None:
        """Have the documents of the next jobs read, as many as the workers' window has room for."""
        window = self._workers.window
        while window is None or len(self.calls) < window:
            place = next(places, None)
            if place is None:
                return
            self._submit(_Call(place), run_or_divide, self._jobs[place], self._count, self._workers.on_page)

    def share(self) -> None:
        """Have workers with nothing to do take over half of what is left to another one of a long document."""
        while 0 < len(self.calls) < self._count:
            left = {place: gathering.left() for place, gathering in self._gathering.items()}
            place = max(left, key=left.__getitem__, default=None)
            if place is None or left[place] < self._jobs[place].settings.limits.part_left:
                return
            self._read_part(place, self._gathering[place].halved())

    def place_of(self, future: Future[Any]) -> int:
        """The place of the job that a call is for."""
        return self.calls[future].place

    def settle(self, future: Future[Any]) -> Iterator[tuple[int, Digitized | BrokenExecutor]]:
        """Go on with what a call returned; the result of its job where that is known now."""
        call = self.calls.pop(future)
        if call.part is not None and call.place not in self._gathering:
            return  # of a document that was given up, or is read as a whole
        job = self._jobs[call.place]
        try:
            found = future.result()
        except DocumentError as limit:
            found = given_up(job, Fault(limit.status, limit.message))
        except BrokenExecutor as broken:
            found = broken
        if isinstance(found, Digitized | BrokenExecutor):
            self._forget(call.place)
            yield call.place, found
        elif isinstance(found, Unfit):
            self._forget(call.place)
            self._submit(_Call(call.place), run_or_divide, job, 1, self._workers.on_page)
        else:
            self._go_on(call.place, job, found)

    def _go_on(self, place: int, job: Job, found: Divided | PartRead | PartRecords) -> None:
        """Ask for what comes next of a document that is divided: its parts, then their records, then the whole."""
        if isinstance(found, Divided):
            self._gathering[place] = Gathering(found.parts, self._workers.folder)
            for part in found.parts:
                self._read_part(place, part)
            return
        gathering = self._gathering[place]
        gathering.take(found)
        if isinstance(found, PartRead) and gathering.is_read:
            for read in gathering.largest_first:
                self._submit(_Call(place, read.part), run_records, job, gathering.analyses, read)
        elif isinstance(found, PartRecords) and gathering.is_whole:
            self._submit(_Call(place), run_joined, job, *gathering.in_order)

    def _read_part(self, place: int, part: Part) -> None:
        gathering = self._gathering.get(place)
        if gathering is not None:  # None where a worker died as it was given another part
            arguments = self._jobs[place], part, self._workers.on_page, gathering.frontier_of(part)
            self._submit(_Call(place, part), run_part, *arguments)

    def _forget(self, place: int) -> None:
        """Let go of all other parts of a document: what is under way is no longer waited for."""
        gathering = self._gathering.pop(place, None)
        if gathering is None:
            return
        gathering.close()
        for future in [future for future, call in self.calls.items() if call.place == place]:
            if future.cancel():
                del self.calls[future]

    def _submit(self, call: _Call, task: Callable[..., Any], *arguments: Any) -> None:
        try:
            self.calls[self._workers.executor.submit(task, *arguments)] = call
        except BrokenExecutor as broken:  # a worker died before all jobs were handed out
            self._forget(call.place)
            self.missing[call.place] = broken


def _run_alone(jobs: Sequence[Job], place: int, open_workers: OpenWorkers) -> Digitized:
    """The result of a job whose worker died; a failed document where its worker dies again.

    Where it was killed from outside the document may have no part in that: it has more tries, and the next run tries
    it anew.
    """
    for _ in range(TRIES):
        known = cached_result(jobs[place])
        if known is not None:
            return known  # it was read, and its worker died before it had told
        ((_, result),) = _run_together(jobs, [place], open_workers, divide=False)
        if isinstance(result, Digitized):
            return result
        if not (isinstance(result, WorkerDied) and result.was_killed):
            return given_up(jobs[place], Fault("failed", sentences.DIED.format(how=str(result) or "killed")))
    return given_up(jobs[place], Fault("failed", sentences.KILLED.format(how=str(result))), is_kept=False)

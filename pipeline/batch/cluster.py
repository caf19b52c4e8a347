"""A Dask cluster that documents are read on: one that is there, or one that is started here."""

from __future__ import annotations

import asyncio
import logging
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from pipeline.batch.cluster_executor import ClusterExecutor, no_workers
from pipeline.batch.cluster_worker import Build, Environment, Terms, look
from pipeline.batch.job import Job, OnPage
from pipeline.batch.worker_process import report_page
from pipeline.batch.workers import Workers
from pipeline.errors import PipelineError
from pipeline.message import msg
from pipeline.process import log_level
from pipeline.settings import ClusterSettings, LimitSettings
from pipeline.store.atomic import write_bytes
from pipeline.store.remote_path import remote

LOCAL = "local"
"""Given instead of an address: a cluster is started on this machine, and ended after the run."""

ADDRESS = re.compile(r"((?P<scheme>tcp|tls)://)?([^\s/:]+|\[[0-9a-fA-F:.]+\]):\d{1,5}")

MISSING = msg("--cluster needs dask.distributed, which is not installed")
MISSING_ADVICE = "pip install 'sop-pipeline[cluster]'"
NO_SCHEDULER = msg("no scheduler answers at {address}: {why}")
NO_SCHEDULER_ADVICE = msg("Start one: dask scheduler. Its address is as in tcp://host:8786.")
NO_ADDRESS = msg("--cluster takes the address of a scheduler or the word local, and not {address}")
NO_CERTIFICATES = msg("--cluster tls://... needs certificates, which Dask's configuration does not name")
NO_CERTIFICATES_ADVICE = msg("Set DASK_DISTRIBUTED__COMM__TLS__CA_FILE, and those of the client.")
NOT_STARTED = msg("no cluster could be started here: {why}")
WITHOUT_PROGRAM = msg("{address} cannot do what is asked: {why}")
WITHOUT_PROGRAM_ADVICE = msg("Install this program on its machine too, in the same version.")


@dataclass(frozen=True)
class ClusterChoice:
    """Which cluster reads: the address of its scheduler, or `LOCAL`, and what is waited for."""

    address: str
    settings: ClusterSettings = field(default_factory=ClusterSettings)


@dataclass(frozen=True)
class ClusterNeeds:
    """What a run has a cluster do.

    Attributes:
        environment: Finds out what recognises text on a machine; can be pickled.
        inputs: Files that all workers have to see.
        shared: The folder of results, which they have to see too; None where nothing is kept.
        limits: Of each document.
        on_page: Called with each page that was read.
        count: How many workers are started where there are none.
    """

    environment: Environment
    inputs: tuple[Path, ...] = ()
    shared: Path | None = None
    limits: LimitSettings = field(default_factory=LimitSettings)
    on_page: OnPage | None = None
    count: int = 1


def anywhere(job: Job) -> Job:
    """The job with paths that do not depend on the folder that a worker was started in."""
    document = replace(job.document, path=_whole(job.document.path))
    return replace(job, document=document, cache=job.cache and _whole(job.cache))


def _whole(path: Path) -> Path:
    return path if remote(path) else path.absolute()


@contextmanager
def on_cluster(
    choice: ClusterChoice, needs: ClusterNeeds
) -> Iterator[Callable[[int], AbstractContextManager[Workers]]]:
    """Give what opens the workers of a cluster: it is connected with when they are first needed, and left at the end.

    Raises:
        PipelineError: It is not there, has no workers, or its workers would read documents otherwise.
    """
    with ExitStack() as stack:
        opened: list[Workers] = []

        @contextmanager
        def open_workers(_: int) -> Iterator[Workers]:
            if not opened:
                opened.append(stack.enter_context(_connected(choice, needs)))
            yield opened[0]

        yield open_workers


@contextmanager
def _connected(choice: ClusterChoice, needs: ClusterNeeds) -> Iterator[Workers]:
    try:
        import dask
        import distributed  # noqa: F401
    except ImportError:
        raise PipelineError(MISSING, MISSING_ADVICE) from None
    silence_dask()
    settings = choice.settings
    with ExitStack() as stack:
        stack.enter_context(dask.config.set({"distributed.admin.low-level-log-length": settings.kept_messages}))
        client = stack.enter_context(_client(choice, needs.count))
        marks = [stack.enter_context(_mark(needs.shared))] if needs.shared else []
        places = (*marks, *(_not_looked_at(path) for path in needs.inputs if path.exists()))
        terms = Terms(
            Build.here(needs.environment), needs.environment, places, needs.limits, log_level(), client.id, settings
        )
        threads = _ready_threads(client, terms)
        executor = ClusterExecutor(client, terms, needs.on_page)
        try:
            yield Workers(executor, threads, report_page, threads * settings.calls_per_thread)
        finally:
            executor.shutdown(cancel_futures=True)


@contextmanager
def _client(choice: ClusterChoice, count: int) -> Iterator[Any]:
    from distributed import Client

    settings = choice.settings
    with ExitStack() as stack:
        if choice.address == LOCAL:
            cluster = stack.enter_context(_started(count, settings))
            address, encryption = cluster.scheduler_address, cluster.security
        else:
            _reach(choice.address, settings.connect_seconds)
            address, encryption = choice.address, None  # as Dask's configuration has it
        try:
            client = Client(address, timeout=settings.connect_seconds, set_as_default=False, security=encryption)
        except (OSError, ValueError, ImportError) as error:
            raise _unreachable(address, error) from error
        try:
            yield client
        finally:
            with suppress(Exception):  # it may be gone already
                client.close(timeout=settings.closing_seconds)


def _reach(address: str, seconds: float) -> None:
    """See that a scheduler listens at an address: Dask's own client waits for ever for what answers nothing.

    Raises:
        PipelineError: None does.
    """
    from distributed.security import Security

    found = ADDRESS.fullmatch(address)
    if found is None:
        raise PipelineError(NO_ADDRESS.format(address=address), NO_SCHEDULER_ADVICE)
    encryption = Security().get_connection_args("client")
    if found["scheme"] == "tls" and encryption.get("ssl_context") is None:
        raise PipelineError(NO_CERTIFICATES, NO_CERTIFICATES_ADVICE)
    try:
        kind = asyncio.run(asyncio.wait_for(_kind_of_server(address, seconds, encryption), seconds + 1))
    except (OSError, ValueError) as error:
        raise _unreachable(address, error) from error
    if kind != "Scheduler":
        raise PipelineError(NO_SCHEDULER.format(address=address, why=msg("it is another server")), NO_SCHEDULER_ADVICE)


async def _kind_of_server(address: str, seconds: float, encryption: Mapping[str, Any]) -> str:
    from distributed.comm import connect

    comm = await connect(address, timeout=seconds, **encryption)
    try:
        await comm.write({"op": "identity", "reply": True})
        return str((await comm.read()).get("type"))
    finally:
        comm.abort()


def _unreachable(address: str, error: Exception) -> PipelineError:
    why = " ".join(str(error).split()) or "no answer"
    return PipelineError(NO_SCHEDULER.format(address=address, why=why), NO_SCHEDULER_ADVICE)


ANY_PORT = "127.0.0.1:0"  # for what Dask would serve at its usual one, and warn where that is taken


@contextmanager
def _started(count: int, settings: ClusterSettings) -> Iterator[Any]:
    """Start a cluster whose traffic is encrypted: whoever may speak to a scheduler may have it do anything."""
    import dask
    from distributed import LocalCluster

    changed = {
        "distributed.scheduler.allowed-failures": settings.allowed_failures,
        "distributed.worker.profile.enabled": False,
        "distributed.scheduler.http.routes": [],  # without encryption they would tell anybody here what is read
        "distributed.worker.http.routes": [],
    }
    with dask.config.set(changed):
        try:
            local = LocalCluster(
                n_workers=count,
                threads_per_worker=1,
                processes=True,
                dashboard_address=None,
                scheduler_kwargs={"dashboard_address": ANY_PORT},
                memory_limit=0,
                silence_logs=logging.CRITICAL,
                security=True,
            )
        except (OSError, RuntimeError, ImportError) as error:
            raise PipelineError(NOT_STARTED.format(why=str(error))) from error
        try:
            yield local
        finally:
            with suppress(Exception):
                local.close(timeout=settings.closing_seconds)


def _not_looked_at(path: Path) -> Path:
    """The path without what a store told here of it, for a worker to look itself."""
    place = remote(path)
    return cast(Path, replace(place, listed=None)) if place else path


@contextmanager
def _mark(folder: Path) -> Iterator[Path]:
    """Put a file into the folder while the block runs, by which a worker knows that it sees the same one."""
    mark = folder / f"cluster-{uuid.uuid4().hex}"
    write_bytes(mark, b"")
    try:
        yield mark
    finally:
        mark.unlink(missing_ok=True)


def _ready_threads(client: Any, terms: Terms) -> int:
    """Wait for workers, and see that all of them read documents as this machine does; how many threads they have.

    Raises:
        PipelineError: There are none, or one of them does not.
    """
    address, seconds = client.scheduler.address, terms.settings.wait_seconds
    try:
        client.wait_for_workers(1, timeout=seconds)
    except TimeoutError:
        raise no_workers(address, seconds) from None
    try:
        obstacles = client.run(look, terms, on_error="return")
    except Exception as error:
        raise PipelineError(WITHOUT_PROGRAM.format(address=address, why=str(error)), WITHOUT_PROGRAM_ADVICE) from error
    for worker, found in sorted(obstacles.items()):
        if isinstance(found, PipelineError):
            raise found
        if found is not None and not isinstance(found, OSError):  # one that went away meanwhile is of no interest
            raise PipelineError(WITHOUT_PROGRAM.format(address=worker, why=str(found)), WITHOUT_PROGRAM_ADVICE)
    return sum(client.nthreads().values()) or 1


def silence_dask() -> None:
    """Keep what Dask logs off the terminal: what is wrong with a cluster is told in one line by who uses it."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado"):
            logger = logging.getLogger(name)
            logger.handlers.clear()
            logger.propagate = True
            logger.setLevel(logging.CRITICAL)

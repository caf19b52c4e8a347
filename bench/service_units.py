"""The systemd units of a cluster in docs/systemd, started on this machine by what plays systemd.

A unit that ends, however it ends, is started again after its `RestartSec`, as long as it is not stopped. What it left
running is not ended, though systemd would do that: the processes of a unit are to end by themselves.
"""

from __future__ import annotations

import random
import re
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import psutil

from bench.page import ROOT

UNITS = {name: ROOT / "docs" / "systemd" / f"sop-{name}.service" for name in ("scheduler", "worker")}
VARIABLES = ROOT / "docs" / "scale" / "cluster.env"
LOOK = 0.05  # seconds between two looks at whether a unit has ended
STOPPING = 30.0  # seconds that a unit has to end in when it is stopped
UNGIVEN_PORTS = (20_000, 32_000)  # below those that systems choose from where a program asks for any
READY = 60.0  # seconds that a scheduler has to listen in, on a busy machine


def free_port() -> int:
    """A port of the loopback that nobody listens at now, and that no connection is given before it is listened at."""
    while True:
        port = random.SystemRandom().randrange(*UNGIVEN_PORTS)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def service_of(unit: Path) -> dict[str, list[str]]:
    """What the `[Service]` section of a unit says, under each name in its order."""
    said: dict[str, list[str]] = {}
    _, _, section = unit.read_text().partition("[Service]\n")
    for line in section.partition("\n[")[0].splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            said.setdefault(name, []).append(value)
    return said


def command_of(line: str, changed: Mapping[str, str]) -> list[str]:
    """A command of docs/ as it is started here: a program of this Python, other places and addresses."""
    for old, new in changed.items():
        line = line.replace(old, new)
    program, *arguments = shlex.split(line)
    return [sys.executable, "-m", {"dask": "dask", "sop": "pipeline"}[Path(program).name], *arguments]


def certificates(folder: Path) -> dict[str, str]:
    """The variables of docs/scale/cluster.env, with certificates made in a folder."""
    from distributed import Security

    made = Security.temporary()
    contents = {"ca.pem": made.tls_ca_file, "cluster.pem": made.tls_client_cert, "cluster-key.pem": made.tls_client_key}
    for name, content in contents.items():
        (folder / name).write_text(content)
    lines = VARIABLES.read_text().replace("/etc/sop", str(folder)).splitlines()
    return dict(line.split("=", 1) for line in lines if not line.startswith("#"))


@dataclass
class RunningUnit:
    """A unit, with its main process.

    Attributes:
        name: Its own.
        command: What it runs.
        environment: In which it does.
        folder: Its temporary files and its log.
        restart_seconds: How long after its end it is started again.
        process: Its main process, of the last start.
        starts: How often it was started.
    """

    name: str
    command: list[str]
    environment: Mapping[str, str]
    folder: Path
    restart_seconds: float
    process: psutil.Popen | None = None
    starts: int = 0
    _ended: float | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start the main process."""
        temporary = self.folder / "tmp"
        temporary.mkdir(parents=True, exist_ok=True)
        with (self.folder / "log").open("a") as log:
            self.process = psutil.Popen(
                self.command,
                env={**self.environment, "TMPDIR": str(temporary)},
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.starts += 1
        self._ended = None

    def keep(self) -> None:
        """Start it again where it has ended so long ago."""
        if self.process is None or self.process.poll() is None:
            return
        self._ended = self._ended or monotonic()
        if monotonic() - self._ended >= self.restart_seconds:
            self.start()

    def stop(self) -> None:
        """End it with all that it has started, in order first."""
        if self.process is None:
            return
        family: list[psutil.Process] = []
        with suppress(psutil.Error):
            family = self.process.children(recursive=True)
            self.process.terminate()
        for left in psutil.wait_procs([self.process, *family], timeout=STOPPING)[1]:
            with suppress(psutil.Error):
                left.kill()
        self.process.wait()


@dataclass(frozen=True)
class OutsideCluster:
    """A scheduler and its workers, as the units of docs/systemd start them, each started again when it ends.

    Attributes:
        address: The scheduler's.
        variables: With which a run reaches it.
        scheduler: Its unit.
        workers: Theirs, each of one thread.
    """

    address: str
    variables: Mapping[str, str]
    scheduler: RunningUnit
    workers: tuple[RunningUnit, ...]

    def await_scheduler(self) -> None:
        """Wait until something listens at the scheduler's address."""
        port, end = int(self.address.rpartition(":")[2]), monotonic() + READY
        while monotonic() < end:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                return
            sleep(LOOK)


@contextmanager
def outside_cluster(folder: Path, workers: int, environment: Mapping[str, str]) -> Iterator[OutsideCluster]:
    """Have such a cluster while the block runs; its connections are encrypted, as the units have it.

    Args:
        folder: For certificates, logs and temporary files; made if need be.
        workers: How many of one thread each.
        environment: Of all processes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    variables, port = certificates(folder), free_port()
    changed = {"${SCHEDULER_HOST}": "127.0.0.1", "8786": str(port)}
    given = {**environment, **variables}
    scheduler = _unit("scheduler", "scheduler", folder, changed, given)
    others = tuple(
        _unit("worker", f"worker-{number}", folder, changed, given, "--nthreads 1") for number in range(1, workers + 1)
    )
    units, end = (scheduler, *others), Event()
    keeper = Thread(target=_keep, args=(units, end), name="plays systemd", daemon=True)
    for unit in units:
        unit.start()
    keeper.start()
    try:
        yield OutsideCluster(f"tls://127.0.0.1:{port}", variables, scheduler, others)
    finally:
        end.set()
        keeper.join()
        for unit in reversed(units):
            unit.stop()


def _unit(
    kind: str, name: str, folder: Path, changed: Mapping[str, str], environment: Mapping[str, str], options: str = ""
) -> RunningUnit:
    service, own = service_of(UNITS[kind]), folder / name
    (line,), (restart,), (seconds,) = (service[key] for key in ("ExecStart", "Restart", "RestartSec"))
    if restart != "always" or not re.fullmatch(r"\d+", seconds):
        raise ValueError(f"{UNITS[kind]}: Restart={restart} with RestartSec={seconds} is not what is played here")
    command = command_of(f"{line} {options}", {**changed, "/var/cache/sop": str(own / "cache")})
    said = dict(line.split("=", 1) for line in service.get("Environment", ()))
    return RunningUnit(name, command, {**environment, **said}, own, float(seconds))


def _keep(units: tuple[RunningUnit, ...], end: Event) -> None:
    while not end.wait(LOOK):
        for unit in units:
            unit.keep()

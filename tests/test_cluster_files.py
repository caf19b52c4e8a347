"""The systemd units and the compose file of docs/ start a cluster that reads, as far as one machine can show it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import HTTPException
from itertools import product
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psutil
import pytest
from dask_clusters import Killable, started
from ruamel.yaml import YAML
from typeset import Bundle, Cover, SopSpec, chain, typeset

from bench.service_units import UNITS, certificates, command_of, free_port, service_of

PROJECT = Path(__file__).parents[1]
SCALE = PROJECT / "docs" / "scale"
COMPOSE: dict[str, Any] = YAML(typ="safe").load((SCALE / "compose.yaml").read_text())
READY = {"scheduler": "Scheduler at:", "worker": "Registered to:"}


def run(command: list[str], variables: Mapping[str, str]) -> str:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "LANGUAGE": "en", **variables}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def documents(folder: Path) -> None:
    (folder / "inputs").mkdir()
    for name in "ab":
        typeset(Bundle((SopSpec(Cover(nama_sop=f"Surat {name}"), (chain(2),)),)), folder / "inputs" / f"{name}.pdf")


def test_the_units_start_a_cluster_with_encryption_that_ends_as_a_whole(tmp_path: Path) -> None:
    variables, port = certificates(tmp_path), free_port()
    changed = {"${SCHEDULER_HOST}": "127.0.0.1", "8786": str(port), "/var/cache/sop": str(tmp_path / "cache")}
    commands = [command_of(service_of(unit)["ExecStart"][0], changed) for unit in UNITS.values()]
    documents(tmp_path)
    with ExitStack() as stack:
        scheduler, worker = [
            stack.enter_context(started(command, folder=tmp_path, until=until, **variables))
            for command, until in zip(commands, READY.values(), strict=True)
        ]
        line = f"sop run {tmp_path}/inputs --out {tmp_path}/outputs --no-ocr --cluster tls://127.0.0.1:{port}"
        assert "2 SOPs" in run(command_of(line, {}), variables)
        for killable in (scheduler, worker):
            shows_no_pages(killable)
        ends_as_a_whole(worker)


def shows_no_pages(killable: Killable) -> None:
    """No port of a process answers what Dask's web pages would: who works on what."""
    processes = (psutil.Process(killable.process.pid), *killable.children())
    found = (connection for process in processes for connection in process.net_connections("tcp"))
    ports = {connection.laddr.port for connection in found if connection.status == psutil.CONN_LISTEN}
    assert ports
    asked = list(product(ports, ("info/main/workers.html", "json/identity.json", "metrics")))
    with ThreadPoolExecutor(len(asked)) as at_once:  # each waits for an answer that does not come
        answers = [at_once.submit(page_of, port, page) for port, page in asked]
    for answer in answers:
        assert isinstance(answer.exception(), (OSError, HTTPException))


def page_of(port: int, page: str) -> bytes:
    with urlopen(f"http://127.0.0.1:{port}/{page}", timeout=2) as answer:
        return bytes(answer.read())


def ends_as_a_whole(worker: Killable) -> None:
    """What a nanny, its worker and those that read leave behind when the first is killed: nothing."""
    children = worker.children()
    assert len(children) >= 2
    worker.process.kill()
    assert not psutil.wait_procs(children, timeout=60)[1]


def test_the_services_of_the_compose_file_read(tmp_path: Path) -> None:
    services, port = COMPOSE["services"], str(free_port())
    changed = {"8786": port, "0.0.0.0": "127.0.0.1", "//scheduler:": "//127.0.0.1:", "/tmp": str(tmp_path)}
    changed |= {"/srv/sop": str(tmp_path)}
    documents(tmp_path)
    with ExitStack() as stack:
        for name, until in READY.items():
            command = command_of(services[name]["command"], changed)
            variables = services[name].get("environment", {})
            stack.enter_context(started(command, folder=tmp_path, until=until, **variables))
        assert "2 SOPs" in run(command_of(services["run"]["command"], changed), {})


def test_the_compose_file_names_nothing_that_it_does_not_have() -> None:
    services = COMPOSE["services"]
    assert set(COMPOSE) == {"name", "services", "networks", "volumes"}
    known = {
        "image",
        "build",
        "command",
        "environment",
        "depends_on",
        "deploy",
        "networks",
        "volumes",
        "init",
        "restart",
    }
    for service in services.values():
        assert set(service) <= {*known, "profiles"}
        assert set(service["networks"]) <= set(COMPOSE["networks"])
        assert {volume.partition(":")[0] for volume in service.get("volumes", ())} <= set(COMPOSE["volumes"])
        assert set(service.get("depends_on", ())) <= set(services)
        assert "ports" not in service
    build = services["scheduler"]["build"]
    context = (SCALE / build["context"]).resolve()
    assert context == PROJECT
    assert (context / build["dockerfile"]).is_file()
    copied = re.findall(r"^COPY (.+) \S+$", (SCALE / "Dockerfile").read_text(), re.MULTILINE)
    sent = {line[1:] for line in (SCALE / "Dockerfile.dockerignore").read_text().splitlines() if line.startswith("!")}
    assert {name for line in copied for name in line.split()} == sent
    assert all((context / name).exists() for name in sent)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_the_units_of_a_cluster(tmp_path: Path) -> None:
    program = tmp_path / "dask"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for unit in UNITS.values():
        (tmp_path / unit.name).write_text(unit.read_text().replace("/opt/sop/.venv/bin/dask", str(program)))
    paths = [str(tmp_path / unit.name) for unit in UNITS.values()]
    command = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not any(unit.name in done.stderr for unit in UNITS.values()), done.stderr

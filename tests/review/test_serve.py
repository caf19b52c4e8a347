"""The server as the command starts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from reviewing import SAMPLE

from pipeline.errors import PipelineError
from pipeline.review.serve import bound


@pytest.mark.untraced
def test_the_command_tells_the_address_and_ends_when_it_is_interrupted(place: Path) -> None:
    command = [sys.executable, "-m", "pipeline", "review", str(SAMPLE), "--no-browser"]
    folders = ["--out", str(place / "outputs"), "--corrections", str(place / "corrections")]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen([*command, *folders], env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            address = server.stdout.readline().split()[-1]
            with urllib.request.urlopen(address, timeout=60) as answer:
                assert "sop-bintan" in answer.read().decode()
            server.send_signal(signal.SIGINT)
            assert server.wait(60) == 0
        finally:
            server.kill()


def test_a_port_that_is_taken_is_told_or_another_is_found() -> None:
    first = bound("127.0.0.1", 0, exact=True)
    port = first.listener.getsockname()[1]
    with pytest.raises(PipelineError):
        bound("127.0.0.1", port, exact=True)
    other = bound("127.0.0.1", port, exact=False)
    assert other.address != first.address
    for place in (first, other):
        assert place.token is None
        place.listener.close()


def test_whoever_listens_to_other_machines_gets_a_token() -> None:
    place = bound("0.0.0.0", 0, exact=True)
    assert place.token
    assert place.address.endswith(f"?token={place.token}")
    place.listener.close()

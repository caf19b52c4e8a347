from __future__ import annotations

import errno
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest
from filelock import FileLock

from pipeline.errors import PipelineError
from pipeline.settings.output_folders import FolderLockSettings
from pipeline.store.folder_holder import HOLDER, Holder
from pipeline.store.folder_lock import LEASE, LOCK, FolderInUseError, hold

QUICK = FolderLockSettings(lease=0.6, beat=0.1, look=0.02, patience=0.05)
HOLD = """
import sys, time
from pathlib import Path
from pipeline.settings.output_folders import FolderLockSettings
from pipeline.store.folder_lock import hold
with hold(Path(sys.argv[1]), settings=FolderLockSettings(lease=0.6, beat=0.1)):
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def held_by_another(out: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLD, str(out)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_nothing_stays_of_it(tmp_path: Path) -> None:
    with hold(tmp_path) as held:
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted([LOCK, LEASE, HOLDER])
        assert not held.was_left
        held.check()
    assert list(tmp_path.iterdir()) == []


def test_another_is_told_who_holds_it_and_since_when(tmp_path: Path) -> None:
    with held_by_another(tmp_path) as process:
        with pytest.raises(FolderInUseError) as refused, hold(tmp_path, 0, settings=QUICK):
            pass
        holder = refused.value.holder
        assert holder
        assert holder.pid == process.pid
        assert holder.host == Holder.here().host
        assert f"process {process.pid} of {holder.user} on {holder.host}, since 20" in str(refused.value)
        assert (tmp_path / LOCK).exists()


def test_another_waits_and_says_so_once(tmp_path: Path) -> None:
    told: list[Holder | None] = []
    with held_by_another(tmp_path) as process:
        assert process.stdin
        threading.Timer(0.3, process.stdin.close).start()
        with hold(tmp_path, on_wait=told.append, settings=QUICK) as held:
            assert not held.was_left
            assert json.loads((tmp_path / HOLDER).read_bytes())["pid"] != process.pid
    assert [holder.pid for holder in told if holder] == [process.pid]


def test_a_killed_holder_holds_nothing_and_is_known_to_have_been_killed(tmp_path: Path) -> None:
    with held_by_another(tmp_path) as process:
        process.kill()
        process.wait()
        begun = monotonic()
        with hold(tmp_path, 5, settings=QUICK) as held:
            assert held.was_left
        assert monotonic() - begun < 0.5  # less than its lease would last
    assert list(tmp_path.iterdir()) == []


def marked_by_another_machine(out: Path, lease: float) -> None:
    """Leave what a run on another machine writes, which no lock of this one knows of."""
    record = ["filelock/2", "pid=1", "host=elsewhere", "mode=lease", "token=aa", f"duration={lease}"]
    (out / LEASE).write_text("\n".join(record) + "\n")
    holder = {"pid": 1, "host": "elsewhere", "user": "ani", "since": "2026-11-22T01:15:00+00:00"}
    (out / HOLDER).write_text(json.dumps(holder))


def test_a_run_of_another_machine_is_waited_for_until_it_gives_no_sign_of_life(tmp_path: Path) -> None:
    marked_by_another_machine(tmp_path, QUICK.lease)
    alive = threading.Event()

    def beat() -> None:
        while not alive.wait(0.1):
            (tmp_path / LEASE).touch()

    thread = threading.Thread(target=beat)
    thread.start()
    with pytest.raises(FolderInUseError, match="process 1 of ani on elsewhere"), hold(tmp_path, 1, settings=QUICK):
        pass
    alive.set()
    thread.join()
    with hold(tmp_path, 5, settings=QUICK) as held:
        assert held.was_left


def test_a_lease_that_was_never_written_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / LEASE).touch()
    with hold(tmp_path, 5, settings=QUICK):
        pass
    assert list(tmp_path.iterdir()) == []


def test_who_was_taken_for_dead_writes_no_more(tmp_path: Path) -> None:
    with hold(tmp_path, settings=QUICK) as held:
        (tmp_path / LEASE).unlink()
        marked_by_another_machine(tmp_path, QUICK.lease)
        assert held.lost.wait(5)
        with pytest.raises(PipelineError, match="another machine writes"):
            held.check()
    assert (tmp_path / LEASE).exists()  # it is the other's


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS])
def test_where_the_disk_knows_no_locks_the_lease_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(number, "no locks")

    monkeypatch.setattr(FileLock, "acquire", refused)
    with held_by_another(tmp_path):
        with pytest.raises(FolderInUseError), hold(tmp_path, 0, settings=QUICK):
            pass
        sleep(QUICK.lease)
        with pytest.raises(FolderInUseError), hold(tmp_path, 0, settings=QUICK):
            pass


def test_a_folder_that_takes_no_lock(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PipelineError, match="cannot be written"), hold(tmp_path / "file"):
        pass

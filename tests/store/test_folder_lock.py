from __future__ import annotations

import errno
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest
from filelock import FileLock

from pipeline.errors import PipelineError
from pipeline.settings.output_folders import FolderLockSettings
from pipeline.store import folder_lock
from pipeline.store.folder_holder import HOLDER, Holder
from pipeline.store.folder_lock import LEASE, LOCK, FolderInUseError, hold

QUICK = FolderLockSettings(lease=0.2, beat=0.05, look=0.02, patience=0.05)
LONG = replace(QUICK, lease=600.0)  # longer than any test waits
HOLD = """
import sys, time
from pathlib import Path
from pipeline.settings.output_folders import FolderLockSettings
from pipeline.store.folder_lock import hold
with hold(Path(sys.argv[1]), settings=FolderLockSettings(lease=600.0, beat=0.05)):
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


def until(is_so: Callable[[], bool]) -> None:
    begun = monotonic()
    while not is_so():
        assert monotonic() - begun < 60
        sleep(0.02)


def test_nothing_stays_of_it(tmp_path: Path) -> None:
    with hold(tmp_path) as held:
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted([LOCK, LEASE, HOLDER])
        assert not held.was_left
        held.check()
    assert list(tmp_path.iterdir()) == []


def test_another_is_told_who_holds_it_and_since_when(tmp_path: Path) -> None:
    with held_by_another(tmp_path) as process:
        with pytest.raises(FolderInUseError) as refused, hold(tmp_path, 0, settings=LONG):
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

        def end_it(holder: Holder | None) -> None:
            told.append(holder)
            assert process.stdin
            process.stdin.close()

        with hold(tmp_path, on_wait=end_it, settings=LONG) as held:
            assert not held.was_left
            assert json.loads((tmp_path / HOLDER).read_bytes())["pid"] != process.pid
    assert [holder.pid for holder in told if holder] == [process.pid]


def test_a_killed_holder_holds_nothing_and_is_known_to_have_been_killed(tmp_path: Path) -> None:
    with held_by_another(tmp_path) as process:
        process.kill()
        process.wait()
        with hold(tmp_path, 60, settings=LONG) as held:  # its lease would last longer
            assert held.was_left
    assert list(tmp_path.iterdir()) == []


def marked_by_another_machine(out: Path, lease: float) -> None:
    """Leave what a run on another machine writes, which no lock of this one knows of."""
    record = ["filelock/2", "pid=1", "host=elsewhere", "mode=lease", "token=aa", f"duration={lease}"]
    (out / LEASE).write_text("\n".join(record) + "\n")
    holder = {"pid": 1, "host": "elsewhere", "user": "ani", "since": "2026-11-22T01:15:00+00:00"}
    (out / HOLDER).write_text(json.dumps(holder))


def test_a_run_of_another_machine_is_waited_for_until_it_gives_no_sign_of_life(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def beat(seconds: float) -> None:  # between any two looks of who waits
        (tmp_path / LEASE).touch()
        sleep(seconds)

    marked_by_another_machine(tmp_path, QUICK.lease)
    with monkeypatch.context() as patch:
        patch.setattr(folder_lock, "sleep", beat)
        with (
            pytest.raises(FolderInUseError, match="process 1 of ani on elsewhere"),
            hold(tmp_path, 3 * QUICK.lease, settings=QUICK),
        ):
            pass
    with hold(tmp_path, 60, settings=QUICK) as held:
        assert held.was_left


def test_a_lease_that_was_never_written_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / LEASE).touch()
    with hold(tmp_path, 60, settings=QUICK):
        pass
    assert list(tmp_path.iterdir()) == []


def test_who_was_taken_for_dead_writes_no_more(tmp_path: Path) -> None:
    with hold(tmp_path, settings=QUICK) as held:
        (tmp_path / LEASE).unlink()
        marked_by_another_machine(tmp_path, QUICK.lease)
        assert held.lost.wait(60)
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
        with pytest.raises(FolderInUseError), hold(tmp_path, 0, settings=LONG):
            pass
        before = (tmp_path / LEASE).stat().st_mtime_ns
        until(lambda: (tmp_path / LEASE).stat().st_mtime_ns > before)  # it gives signs of life


def test_a_folder_that_takes_no_lock(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PipelineError, match="cannot be written"), hold(tmp_path / "file"):
        pass

"""A folder in a store is held against other machines: here two runs of one process, in a store that both see."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

pytest.importorskip("fsspec")

from pipeline.settings.output_folders import FolderLockSettings
from pipeline.store import folder_lock, store_marker
from pipeline.store.folder_holder import HOLDER, Holder
from pipeline.store.folder_lock import FolderInUseError, hold
from pipeline.store.remote_path import RemotePath, place_of
from pipeline.store.remote_store import StoreError
from pipeline.store.store_marker import Mark, Marker, marked

QUICK = FolderLockSettings(lease=0.2, beat=0.05, look=0.02, remote_look=0.02, settle=0.02, patience=0.05)
LONG = replace(QUICK, lease=600.0)  # longer than any test waits
ELSEWHERE = Holder(7, "elsewhere", "ani", "2026-11-22T01:15:00+00:00")


@pytest.fixture
def out(request: pytest.FixtureRequest) -> Iterator[RemotePath]:
    folder = RemotePath.of(f"memory://{request.node.name}")
    yield folder
    (folder / HOLDER).unlink(missing_ok=True)


def waits(holder: Holder | None) -> None:
    Event().wait(QUICK.look)


def write(out: RemotePath, mark: Mark) -> None:
    (out / HOLDER).put(json.dumps(asdict(mark)).encode())


def test_it_is_renewed_and_goes_with_the_run(out: RemotePath) -> None:
    lost = Event()
    with marked(out, waits, LONG, lost):
        later = first = Marker(out).read()
        assert first
        assert first.holder.host == Holder.here().host
        begun = monotonic()
        while later and later.beats == first.beats and monotonic() - begun < 60:
            waits(None)
            later = Marker(out).read()
        assert later
        assert (later.token, later.beats > first.beats) == (first.token, True)
    assert not (out / HOLDER).exists()
    assert not lost.is_set()


def test_a_run_that_lives_is_waited_for_and_one_that_does_not_is_not(out: RemotePath) -> None:
    seen = list[Holder | None]()
    beats = round(2 * QUICK.lease / QUICK.look)  # for longer than a run that does not live is waited for

    def on_held(holder: Holder | None) -> None:
        seen.append(holder)
        if len(seen) <= beats:
            write(out, Mark("other", len(seen), ELSEWHERE))
        waits(holder)

    write(out, Mark("other", 0, ELSEWHERE))
    with marked(out, on_held, QUICK, Event()):
        assert len(seen) > beats
    assert set(seen) == {ELSEWHERE}


def test_that_of_a_killed_run_of_this_machine_is_taken_over_at_once(out: RemotePath) -> None:
    write(out, Mark("other", 1, replace(ELSEWHERE, host=Holder.here().host)))
    with marked(out, lambda holder: pytest.fail("it waits"), QUICK, Event()):
        pass


def test_of_two_that_begin_at_once_one_has_it_after_the_other(out: RemotePath, monkeypatch: pytest.MonkeyPatch) -> None:
    both, inside, read = threading.Barrier(2), list[str](), Marker.read
    looked: set[Marker] = set()

    def read_together(marker: Marker) -> Mark | None:
        found = read(marker)
        if marker not in looked:
            looked.add(marker)
            both.wait(60)  # neither sees the other's at first
        return found

    def settle(_: float) -> None:
        if not inside:
            both.wait(60)  # until both have written

    monkeypatch.setattr(Marker, "is_of_the_dead", lambda marker, mark: False)  # as two machines see it
    monkeypatch.setattr(Marker, "read", read_together)
    monkeypatch.setattr(store_marker, "sleep", settle)

    def run(name: str) -> None:
        with marked(out, waits, LONG, Event()):
            inside.append(name)
            Event().wait(0.1)
            inside.append(name)

    threads = [threading.Thread(target=run, args=(name,)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert inside in (["a", "a", "b", "b"], ["b", "b", "a", "a"])


def test_who_was_taken_for_dead_is_told(out: RemotePath) -> None:
    lost = Event()
    with marked(out, waits, QUICK, lost):
        for _ in range(300):
            write(out, Mark("other", 1, ELSEWHERE))  # again where it was being renewed at that very moment
            if lost.wait(0.2):
                break
        assert lost.is_set()
    assert (out / HOLDER).exists()  # it is the other's


def test_a_store_that_does_not_answer_is_a_folder_that_is_lost(
    out: RemotePath, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = Event()

    def refused(*_: object) -> None:
        raise StoreError("the store does not answer")

    with marked(out, waits, QUICK, lost):
        monkeypatch.setattr(Marker, "read", refused)
        assert lost.wait(60)


def test_a_folder_in_a_store_is_held(out: RemotePath, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_lock, "OF_ONE_PROCESS", frozenset())
    path: Path = place_of(str(out))
    with hold(path, settings=QUICK) as held:
        assert (out / HOLDER).exists()
        held.check()
        with pytest.raises(FolderInUseError), hold(path, 0, settings=QUICK):
            pass
    write(out, Mark("other", 1, ELSEWHERE))
    with pytest.raises(FolderInUseError, match="process 7 of ani on elsewhere"), ExitStack() as stack:
        stack.enter_context(hold(path, 0, settings=QUICK))

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from pipeline.batch import watch as watching
from pipeline.batch.watch import Ending, Look, Watched, settled, watch
from pipeline.settings.watching import WatchSettings
from pipeline.store.atomic import write_bytes
from pipeline.store.remote_path import place_of

QUICK = WatchSettings(quiet=0.1, longest=2.0, told=0.3, tick=30.0, there=0.2, poll=0.2, retry=0.1, retry_most=0.2)
NOTHING_MORE = 3 * QUICK.quiet  # seconds in which a run that must not come would


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Satu")
    return tmp_path


def until(is_so: Callable[[], bool]) -> None:
    begun = monotonic()
    while not is_so():
        assert monotonic() - begun < 60
        sleep(0.02)


def put(path: Path, text: str) -> None:
    """Have a file there in one moment: one that is empty for a while is a change of its own."""
    made = path.parents[1] / "made"
    made.write_text(text)
    made.replace(path)


class Clock(threading.Event):
    """Nobody ends the wait; it takes no time, and something is done meanwhile."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[float], None]) -> None:
        super().__init__()
        self.now, self._meanwhile = 0.0, meanwhile
        monkeypatch.setattr(watching, "monotonic", lambda: self.now)

    def wait(self, timeout: float | None = None) -> bool:
        self.now += timeout or 0.0
        self._meanwhile(self.now)
        return False


def noting(looks: list[Look]) -> Callable[[Look], bool]:
    """A run that notes what it is called with."""

    def run(look: Look) -> bool:
        looks.append(look)
        return True

    return run


@contextmanager
def watched(run: Callable[[Look], bool], given: str = "in", poll: float | None = None) -> Iterator[Ending]:
    ending = Ending()
    what = Watched((Path(given),), Path("in/out"))
    thread = threading.Thread(target=watch, args=(what, run, ending, QUICK, poll))
    thread.start()
    try:
        yield ending
    finally:
        ending.end()
        thread.join(60)
        assert not thread.is_alive()


@pytest.mark.parametrize("poll", [None, 0.2])
def test_what_comes_changes_and_goes_is_run_once_each_and_outputs_are_not(place: Path, poll: float | None) -> None:
    looks: list[list[str]] = []

    def run(look: Look) -> bool:
        looks.append(sorted(Path(name).name for name in look.documents))
        for name in (f"{len(looks)}.txt", "1.txt"):  # as a run writes what it found, here even into the folder
            (place / "in" / "out").mkdir(exist_ok=True)
            (place / "in" / "out" / name).write_text(str(len(looks)))
        return True

    with watched(run, poll=poll):
        until(lambda: len(looks) == 1)
        sleep(NOTHING_MORE)
        put(place / "in" / "b.txt", "Dua")
        until(lambda: len(looks) == 2)
        put(place / "in" / "b.txt", "Dua Tiga")
        until(lambda: len(looks) == 3)
        (place / "in" / "a.txt").unlink()
        until(lambda: len(looks) == 4)
        sleep(NOTHING_MORE)
    assert looks == [["a.txt"], ["a.txt", "b.txt"], ["a.txt", "b.txt"], ["b.txt"]]


def test_a_file_that_may_be_read_now_is_run_again(place: Path) -> None:
    before = Watched((Path("in"),), Path("out")).look()
    (place / "in" / "a.txt").chmod(0o600)
    assert Watched((Path("in"),), Path("out")).look() != before


def test_where_the_system_refuses_to_look_there_is_nothing(place: Path) -> None:
    refused = Watched((Path("x" * 300),), Path("y" * 300), Path("z" * 300))
    assert refused.look() == Look()
    assert not refused.folders


def test_corrections_count_also_where_their_folder_comes_later(place: Path) -> None:
    looks: list[Look] = []
    with watched(noting(looks)):
        until(lambda: len(looks) == 1)
        (place / "corrections").mkdir()
        put(place / "corrections" / "a.yaml", "corrections: []\n")
        until(lambda: len(looks) == 2)
        put(place / "corrections" / "a.yaml", "corrections: [] # seen\n")
        until(lambda: len(looks) == 3)
    assert [len(look.corrections) for look in looks] == [0, 1, 1]


def test_a_run_that_came_to_no_end_is_begun_anew(place: Path) -> None:
    looks: list[Look] = []

    def run(look: Look) -> bool:
        looks.append(look)
        return len(looks) == 3

    with watched(run):
        until(lambda: len(looks) == 3)
        sleep(NOTHING_MORE)
    assert len(looks) == 3
    assert looks[0] == looks[2]


def test_a_file_that_is_still_copied_is_waited_for(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def copy(now: float) -> None:
        if now < 0.8:
            with (place / "in" / "large.txt").open("a") as file:
                file.write("isi")

    told, clock = list[list[str]](), Clock(monkeypatch, copy)
    what = Watched((Path("in"),), Path("out"))
    look = settled(what, QUICK, clock, lambda names: told.append(list(names)))
    assert clock.now >= 0.8
    assert look == what.look()
    assert told == [["in/large.txt"]] or told == [[str(place / "in" / "large.txt")]]


def test_what_never_rests_is_waited_for_so_long_and_no_longer(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, lambda now: put(place / "in" / "log.txt", "x" * round(100 * now)))
    settled(Watched((Path("in"),), Path("out")), QUICK, clock)
    assert QUICK.longest <= clock.now <= QUICK.longest + 2 * QUICK.quiet


def test_where_the_system_watches_no_more_folders_it_is_looked(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing:
        def schedule(self, *_: object, **__: object) -> None:
            raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(watching, "Observer", Refusing)
    looks: list[Look] = []
    with watched(noting(looks)):
        until(lambda: len(looks) == 1)
        os.utime(place / "in" / "a.txt", (1, 1))
        until(lambda: len(looks) == 2)


def test_a_folder_that_is_gone_holds_nothing(place: Path) -> None:
    what = Watched((place / "in",), place / "out", place / "nowhere")
    assert len(what.look().documents) == 1
    (place / "in" / "a.txt").unlink()
    (place / "in").rmdir()
    assert what.look() == Look()
    assert what.folders == []
    assert what.names[place] == {"in", "corrections"}
    assert Watched((place / "in" / "a.txt",), place / "out", no_corrections=True).names == {}


def test_a_folder_that_comes_back_is_watched_again(place: Path) -> None:
    looks: list[Look] = []
    with watched(noting(looks)):
        until(lambda: len(looks) == 1)
        (place / "in").rename(place / "away")
        until(lambda: len(looks) == 2)
        (place / "away").rename(place / "in")
        until(lambda: len(looks) == 3)
        put(place / "in" / "b.txt", "Dua")
        until(lambda: len(looks) == 4)
    assert [len(look.documents) for look in looks] == [1, 0, 1, 2]


def test_a_file_that_is_replaced_is_seen(place: Path) -> None:
    looks: list[Look] = []
    with watched(noting(looks), "in/a.txt"):
        until(lambda: len(looks) == 1)
        (place / "in" / "new").write_text("Dua Tiga")
        (place / "in" / "new").replace(place / "in" / "a.txt")
        until(lambda: len(looks) == 2)


def test_a_store_is_looked_at() -> None:
    pytest.importorskip("fsspec")
    write_bytes(place_of("memory://watched/a.txt"), b"Satu")
    what = Watched((place_of("memory://watched"),), place_of("memory://watched/out"), no_corrections=True)
    before = what.look()
    assert what.is_remote
    assert (list(before.documents), what.folders) == (["memory://watched/a.txt"], [])
    write_bytes(place_of("memory://watched/a.txt"), b"Dua")
    assert before.differences(what.look()) == ["memory://watched/a.txt"]

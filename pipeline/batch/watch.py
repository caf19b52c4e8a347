"""Folders that live: what stands in them, whether it has come to rest, and when to look again.

The system tells that something has changed (watchdog), and nothing else is taken from what it tells: what counts is how
the folder looks before and after. So what it loses does no harm, what a run writes into the folder begins no other run,
and where it tells nothing, as on network shares, looking every few seconds does the same.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from pipeline.batch.correction_files import correction_stamps
from pipeline.batch.earlier import CORRECTIONS, corrections_folder
from pipeline.batch.inputs import gather
from pipeline.errors import PipelineError
from pipeline.settings.watching import WatchSettings
from pipeline.store.remote_path import remote

log = logging.getLogger(__name__)

Stamps = Mapping[str, object]
"""By path what changes when a file does: its size in bytes and its time in nanoseconds, in a store its version."""

CHANGES = frozenset({"created", "modified", "moved", "deleted", "closed"})  # of watchdog: no file that was only read


@dataclass(frozen=True)
class Look:
    """What stands in the folders at one moment: documents, and correction files."""

    documents: Stamps = field(default_factory=dict)
    corrections: Stamps = field(default_factory=dict)

    def differences(self, other: Look) -> list[str]:
        """The files that are not the same in both, by name."""
        both = [(self.documents, other.documents), (self.corrections, other.corrections)]
        return sorted(name for one, two in both for name in one.keys() | two.keys() if one.get(name) != two.get(name))


@dataclass(frozen=True)
class Watched:
    """What is watched.

    Attributes:
        given: Files and folders of documents.
        out: The output folder, of which nothing is looked at.
        corrections: The folder of corrections, None to find it as a run does.
        no_corrections: Whether there are to be none.
    """

    given: tuple[Path, ...]
    out: Path
    corrections: Path | None = None
    no_corrections: bool = False

    def look(self) -> Look:
        """What stands there now. Where nothing can be seen, as of a share that is gone, there is nothing."""
        documents = {}
        with suppress(PipelineError, OSError):
            for document in gather(self.given, self.out).documents:
                with suppress(OSError):  # it went meanwhile
                    documents[str(document.path)] = _stamp(document.path)
        with suppress(PipelineError, OSError):
            return Look(documents, correction_stamps(self.corrections_now))
        return Look(documents)

    @property
    def is_remote(self) -> bool:
        """Whether some of it is in a store, of which the system tells nothing."""
        return any(remote(path) for path in (*self.given, self.corrections) if path is not None)

    @property
    def corrections_now(self) -> Path | None:
        """The folder of corrections that a run would take; None where there is none."""
        if self.no_corrections:
            return None
        try:
            return corrections_folder(self.corrections, self.given, self.out)
        except (PipelineError, OSError):
            return None

    @property
    def folders(self) -> list[Path]:
        """The folders that the system is to tell all changes of."""
        corrections = self.corrections_now
        found = [*self.given, *([corrections] if corrections else [])]
        return list(dict.fromkeys(path for path in found if remote(path) is None and _is_folder(path)))

    @property
    def names(self) -> Mapping[Path, frozenset[str]]:
        """By folder the names in it of which the system is to tell: files given, and folders that may appear."""
        given = [path.absolute() for path in self.given if remote(path) is None]
        wanted = [path for path in given if not _is_folder(path)]
        if not self.no_corrections and self.corrections_now is None:
            out = [self.out.absolute()] if remote(self.out) is None else []
            beside = [Path().absolute(), *(path.parent for path in (*given, *out))]
            wanted += [folder / CORRECTIONS for folder in beside]
        folders = {path.parent for path in wanted if _is_folder(path.parent)}
        return {folder: frozenset(path.name for path in wanted if path.parent == folder) for folder in folders}


def _is_folder(path: Path) -> bool:
    """Whether it is a folder, as far as the system says: of a share that is gone it tells an error."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _stamp(path: Path) -> object:
    place = remote(path)
    if place is not None:
        return place.listed or place.look()
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns  # the last for who may read it, which no other time tells


class _Wake(FileSystemEventHandler):
    """Sets an event when something changed outside the output folder, of some names where they are given."""

    def __init__(self, changed: Event, out: Path, names: frozenset[str] = frozenset()) -> None:
        self._changed, self._out, self._names = changed, out if remote(out) else out.resolve(), names

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Hear of one change."""
        if event.event_type not in CHANGES:
            return
        paths = [Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path]
        if self._names and not self._names & {path.name for path in paths}:
            return
        if any(self._out not in path.resolve().parents for path in paths):
            self._changed.set()


@contextmanager
def telling(watched: Watched, changed: Event) -> Iterator[bool]:
    """Have the system set `changed` while the block runs; yields whether it does."""
    observer = Observer()
    try:
        for folder in watched.folders:
            observer.schedule(_Wake(changed, watched.out), str(folder), recursive=True)
        for folder, names in watched.names.items():
            observer.schedule(_Wake(changed, watched.out, names), str(folder), recursive=False)
        observer.start()
    except OSError as error:  # the system watches so many folders and no more
        log.info("the system tells of no changes: %s", error)
        yield False
        return
    try:
        yield True
    finally:
        observer.stop()
        observer.join()


@dataclass(frozen=True)
class Ending:
    """Set together when the watch is to end; `changed` alone when there is something to look at."""

    ended: Event = field(default_factory=Event)
    changed: Event = field(default_factory=Event)

    def end(self) -> None:
        """End the watch."""
        self.ended.set()
        self.changed.set()


def watch(
    watched: Watched,
    run: Callable[[Look], bool],
    ending: Ending,
    settings: WatchSettings,
    poll: float | None = None,
    tell: Callable[[Sequence[str]], None] = lambda names: None,
) -> None:
    """Run whenever something has changed and come to rest, until the watch is to end.

    Args:
        watched: What to watch.
        run: Reads what stands there, and says whether it came to an end; else it is called again after a while.
        ending: Ends the watch.
        settings: Times.
        poll: Look every so many seconds; None to be told by the system.
        tell: Called with files that keep changing.
    """
    done: Look | None = None
    retry = settings.retry
    while not ending.ended.is_set():
        folders, names = watched.folders, watched.names
        is_still = poll is not None or watched.is_remote
        with nullcontext(False) if is_still else telling(watched, ending.changed) as is_told:
            while not ending.ended.is_set() and (watched.folders, watched.names) == (folders, names):
                ending.changed.clear()
                look = settled(watched, settings, ending.ended, tell)
                pause = settings.tick if is_told else poll or settings.poll
                if look != done and not ending.ended.is_set():
                    is_done = run(look)
                    done, pause = (look, pause) if is_done else (None, retry)
                    retry = settings.retry if is_done else min(2 * retry, settings.retry_most)
                _wait(watched, ending, settings.there, pause)


def _wait(watched: Watched, ending: Ending, step: float, seconds: float) -> None:
    """Wait for a change, of which a folder that goes or comes back, as with a network, is one that nothing tells of."""
    given = [path for path in watched.given if remote(path) is None]
    until, were_there = monotonic() + seconds, [_is_folder(path) for path in given]
    while (left := until - monotonic()) > 0 and not ending.ended.is_set():
        if ending.changed.wait(min(left, step)) or [_is_folder(path) for path in given] != were_there:
            return


def settled(
    watched: Watched, settings: WatchSettings, ended: Event, tell: Callable[[Sequence[str]], None] = lambda names: None
) -> Look:
    """Wait until nothing changes any more, so that no file is read that is still being copied.

    Args:
        watched: Where to look.
        settings: How long nothing must change, and how long to wait for that.
        ended: Set when the watch is to end.
        tell: Called once with the files that keep changing, where that takes long.

    Returns:
        What stands there then.
    """
    begun, told, before = monotonic(), False, watched.look()
    while not ended.wait(settings.quiet):
        now = watched.look()
        changing, waited = before.differences(now), monotonic() - begun
        if not changing or waited > settings.longest:
            return now
        if not told and waited > settings.told:
            told = True
            tell(changing)
        before = now
    return before

"""A path in a store that is reached by URL, with those methods of `pathlib.Path` that this package uses.

`universal-pathlib` has all of them, but takes a store that does not answer for a file that is not there, and removes
what is in a folder with the folder: what an earlier run wrote would be lost with the connection.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, cast
from uuid import uuid4

from pipeline.store.remote_store import RemoteStore, store_of

LONGEST_SUFFIX = 16  # characters, of a file's name that is fetched
VERSIONS = ("ETag", "etag", "md5Hash", "generation", "mtime", "LastModified", "last_modified", "created", "modified")
"""What stores call that which changes when a file does; the first that is told, for listings tell less than `info`."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a store tells of a file: whether it is a folder, its bytes, and what changes with its content.

    `version` is "" where the store tells nothing of the kind.
    """

    is_folder: bool
    size: int
    version: str


@dataclass(frozen=True, slots=True)
class RemotePath:
    """A path in a store.

    Attributes:
        store: Which.
        path: Its path there.
        listed: What a listing of its folder said of it, if it is from there.
    """

    store: RemoteStore
    path: PurePosixPath
    listed: Listed | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, url: str) -> RemotePath:
        """The path that a URL names. Raises PipelineError where nothing reaches it."""
        store, path = store_of(url)
        return cls(store, PurePosixPath(path))

    def __str__(self) -> str:
        return self.store.url(str(self.path))

    def __truediv__(self, other: str | PurePosixPath) -> RemotePath:
        return self._at(self.path / other)

    def __lt__(self, other: RemotePath) -> bool:
        return str(self) < str(other)

    @property
    def name(self) -> str:
        """Its last part."""
        return self.path.name

    @property
    def stem(self) -> str:
        """Its last part without suffix."""
        return self.path.stem

    @property
    def suffix(self) -> str:
        """The suffix of its last part."""
        return self.path.suffix

    @property
    def parent(self) -> RemotePath:
        """The folder that it is in; itself where that would be above its bucket."""
        above = self.path.parent
        return self if above == PurePosixPath() else self._at(above)

    @property
    def bucket(self) -> RemotePath | None:
        """The bucket that it is in; None in a store that has none."""
        return None if self.path.root or not self.path.parts else self._at(PurePosixPath(self.path.parts[0]))

    def joined(self, relative: str) -> RemotePath:
        """What a relative path leads to, up by ".." too."""
        return self._at(PurePosixPath(posixpath.normpath(self.path / relative)))

    def relative_to(self, other: RemotePath) -> PurePosixPath:
        """The path as it is reached from a folder above it. Raises ValueError where it is not below that."""
        return self.path.relative_to(other.path)

    def look(self) -> Listed:
        """What the store tells of it now.

        Raises:
            OSError: It is not there, or may not be looked at.
            StoreError: The store does not answer.
        """
        with self.store.answering(self._key):
            return listed(self.store.system.info(self._key))

    def exists(self) -> bool:
        """Whether there is a file or folder."""
        return self.listed is not None or self._looked() is not None

    def is_dir(self) -> bool:
        """Whether it is a folder."""
        found = self.listed or self._looked()
        return found is not None and found.is_folder

    def is_file(self) -> bool:
        """Whether it is a file."""
        found = self.listed or self._looked()
        return found is not None and not found.is_folder

    def is_symlink(self) -> bool:
        """Whether it is a link, which stores have not."""
        return False

    def iterdir(self) -> Iterator[RemotePath]:
        """What is in the folder, each with what the listing says of it. Raises as `look` does."""
        with self.store.answering(self._key):
            entries = self.store.system.ls(self._key, detail=True)
        for entry in entries:
            path = PurePosixPath(str(entry["name"]))
            if path != self.path:  # stores of objects keep one in the place of an empty folder
                yield replace(self, path=self.path / path.name, listed=listed(entry))

    def below(self) -> Iterator[RemotePath]:
        """All files in the folder and those in it. Raises as `look` does."""
        for path in sorted(self.iterdir()):
            if path.is_dir():
                yield from path.below()
            else:
                yield path

    def read_bytes(self) -> bytes:
        """The file's content. Raises as `look` does."""
        with self.store.answering(self._key):
            return bytes(self.store.system.cat_file(self._key))

    def holds(self, content: bytes) -> bool:
        """Whether that is what the file holds, asked for by as little as will do. Raises as `look` does."""
        found = self.listed or self.look()
        if found.is_folder or found.size != len(content):
            return False
        digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
        return found.version.endswith(f'ETag="{digest}"') or self.read_bytes() == content

    def fetch(self, local: Path) -> None:
        """Copy the file to one on this machine. Raises as `look` does."""
        with self.store.answering(self._key):
            self.store.system.get_file(self._key, str(local))

    def put(self, content: bytes) -> None:
        """Write the file, whole or not at all, and its folder if need be. Raises as `look` does."""
        with self.store.answering(self._key):
            if self.store.puts_whole:
                self.store.system.pipe_file(self._key, content)
            else:
                self._beside(lambda part: self.store.system.pipe_file(part, content))

    def put_file(self, local: Path) -> None:
        """The same with what a file of this machine holds, which is never whole in memory. Raises as `look` does."""
        with self.store.answering(self._key):
            if not self.store.puts_whole:
                self._beside(partial(self.store.system.put_file, str(local)))
            elif self.store.protocol == "memory":  # whose open files are seen before they are whole
                self.store.system.pipe_file(self._key, local.read_bytes())
            else:
                self.store.system.put_file(str(local), self._key)

    def _beside(self, put: Callable[[str], object]) -> None:
        system, part = self.store.system, self.path.with_name(f".{uuid4().hex[:8]}.part")
        try:
            try:
                put(str(part))
            except FileNotFoundError:
                system.makedirs(str(self.path.parent), exist_ok=True)
                put(str(part))
            system.mv(str(part), self._key)
        except BaseException:
            with suppress(Exception):
                system.rm_file(str(part))
            raise

    def unlink(self, missing_ok: bool = False) -> None:
        """Remove the file. Raises as `look` does."""
        try:
            with self.store.answering(self._key):
                self.store.system.rm_file(self._key)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rmdir(self) -> None:
        """Remove the folder; OSError where it is not empty, or the store has none."""
        if self.store.puts_whole:
            raise FileNotFoundError(str(self))
        self.store.system.rmdir(self._key)

    def mkdir(self, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
        """Make the folder, where the store has such; with `exist_ok` only."""
        if not self.store.puts_whole:
            with self.store.answering(self._key):
                self.store.system.makedirs(self._key, exist_ok=True)

    @property
    def _key(self) -> str:
        return str(self.path)

    def _at(self, path: PurePosixPath) -> RemotePath:
        return RemotePath(self.store, path)

    def _looked(self) -> Listed | None:
        try:
            return self.look()
        except (FileNotFoundError, NotADirectoryError):
            return None


def listed(info: Mapping[str, Any]) -> Listed:
    """What fsspec tells of a file.

    >>> listed({"name": "b/a.pdf", "type": "file", "size": 3, "ETag": '"900150983cd2"'})
    Listed(is_folder=False, size=3, version='3 ETag="900150983cd2"')
    """
    is_folder, size = info.get("type") == "directory", int(info.get("size") or 0)
    told = next((f"{size} {name}={_plain(info[name])}" for name in VERSIONS if info.get(name)), "")
    return Listed(is_folder, size, told)


def _plain(version: object) -> object:
    """A version as it is always written: the same time is a date in what some stores tell, a number in their lists."""
    return version.timestamp() if isinstance(version, datetime) else version


def remote(path: Path) -> RemotePath | None:
    """The path in a store that something of type `Path` may be; None where it is one on this machine."""
    found: object = path
    return found if isinstance(found, RemotePath) else None


@contextmanager
def fetched(path: Path) -> Iterator[Path]:
    """The file on this machine: itself, or a copy of one in a store, which is removed after. Raises as `look` does."""
    place = remote(path)
    if place is None:
        yield path
        return
    with TemporaryDirectory(prefix="sop-input-") as folder:
        suffix = place.suffix if len(place.suffix) <= LONGEST_SUFFIX else ""
        local = Path(folder) / f"document{suffix}"  # a name in a store may be longer than one on a disk
        place.fetch(local)
        yield local


def all_below(folder: Path) -> Iterator[Path]:
    """All files in a folder and those in it, on this machine or in a store.

    Raises:
        OSError: One of the folders cannot be read; `rglob` would pass over what is in it.
    """
    place = remote(folder)
    return _files_below(folder) if place is None else cast(Iterator[Path], place.below())


def _files_below(folder: Path) -> Iterator[Path]:
    for here, _, files in os.walk(folder, onerror=_raised):
        yield from (Path(here) / name for name in files)


def _raised(error: OSError) -> None:
    raise error


def address_from(folder: Path, base: Path) -> str:
    """How a folder is reached from another: a relative path, or where they are in different stores a whole one."""
    place, start = remote(folder), remote(base)
    if place is not None:
        same = start is not None and start.store == place.store
        return posixpath.relpath(place.path, start.path) if start and same else str(place)
    if start is not None:
        return folder.resolve().as_posix()
    return Path(os.path.relpath(folder.resolve(), base.resolve())).as_posix()


def place_from(address: str, base: Path) -> Path:
    """The folder that `address_from` tells of; credentials, which it does not tell, are those of `base`."""
    named, start = place_of(address), remote(base)
    place = remote(named)
    if start is None:
        return named if place else base / address
    if place is None:
        return named if named.is_absolute() else cast(Path, start.joined(address))
    same = (place.store.protocol, place.store.host) == (start.store.protocol, start.store.host)
    return cast(Path, replace(place, store=start.store)) if same else named


def place_of(given: str | Path) -> Path:
    """The file or folder that a command was given: a path on this machine, or one in a store where it is a URL.

    A path in a store is handed on as a `Path`, whose methods it has as far as the package uses them; what can do with a
    file of this machine only asks `remote`.

    Raises:
        PipelineError: Nothing reaches the URL.
    """
    if not isinstance(given, str):
        return given
    protocol, sign, rest = given.partition("://")
    if not sign or "/" in protocol:
        return Path(given)
    if protocol in ("file", "local"):
        return Path(f"/{rest.lstrip('/')}")
    return cast(Path, RemotePath.of(given))

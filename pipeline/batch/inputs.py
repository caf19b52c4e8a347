"""Which documents a run is about, and what they are called."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import NamedTuple, cast

from pipeline.errors import PipelineError
from pipeline.export.names import stems
from pipeline.message import msg
from pipeline.model.formats import INPUT_KINDS, input_kind
from pipeline.model.text import printable
from pipeline.store.remote_path import RemotePath, remote
from pipeline.store.remote_store import StoreRefusesError


@dataclass(frozen=True, slots=True)
class Input:
    """A file to be read.

    Attributes:
        path: Where it is.
        file: Its path below the folder given to the run, "/" between folders.
        name: That path without suffix: the folder of its records, and the first part of their ids.
    """

    path: Path
    file: str
    name: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """The documents of a run.

    Attributes:
        documents: In order of name.
        passed_over: What is in its folders that is not read; folders end with "/".
        closed: Folders that cannot be read, by what the paths of files in them begin with: nobody knows what is there.
    """

    documents: tuple[Input, ...]
    passed_over: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()

    def may_hold(self, file: str) -> bool:
        """Whether a document that was not found may be there, in a folder that cannot be read."""
        return file.startswith(self.closed)


def gather(given: Sequence[Path], out: Path | None = None) -> Inputs:
    """Find all documents in `given`: files as they are, folders with all they hold.

    In folders only files with a known suffix count; hidden files and folders, links to folders and READMEs do not. A
    file or folder that cannot be read is a document like any other, whose status says so.

    Args:
        given: Files and folders.
        out: The output folder, which is passed over.

    Raises:
        PipelineError: Something given is not there, or there is no document at all.
    """
    found: dict[Path, PurePath] = {}  # path -> path below its folder; the same file given twice is one input
    passed_over: dict[Path, str] = {}
    closed: list[str] = []
    for start in given:
        for met in _under(start, out):
            if met.is_closed:
                closed.append("" if met.path == start else f"{_name(met.below)}/")
            if met.is_input:
                found.setdefault(_real(met.path), met.below)
            else:
                passed_over.setdefault(_real(met.path), _name(met.below) + met.note)
    if not found:
        kinds = " ".join(sorted(suffix[1:] for suffix in INPUT_KINDS))
        raise PipelineError(
            msg("no documents in {paths}", paths=", ".join(str(path) for path in given)),
            msg("Give files, or folders that hold files of these kinds: {kinds}.", kinds=kinds),
        )
    files = [_name(below) for below in found.values()]
    others = {name for path, name in passed_over.items() if path not in found}
    documents = (Input(*parts) for parts in zip(found, files, stems(files), strict=True))
    return Inputs(tuple(sorted(documents, key=lambda document: document.name)), tuple(sorted(others)), tuple(closed))


def is_document(path: PurePath) -> bool:
    """Whether a file met in a folder is a document: by suffix, and not a README that explains the folder."""
    return input_kind(path) is not None and path.stem.upper() != "README"


class Met(NamedTuple):
    """What was met at or below something given to the run: its path, the path below that, and whether to read it.

    A folder that cannot be read is an input too: of it there is that to be told.
    """

    path: Path
    below: PurePath
    is_input: bool
    note: str = ""
    is_closed: bool = False


def _under(start: Path, out: Path | None) -> Iterator[Met]:
    """What is at or below `start`, in order of name."""
    place = remote(start)
    if place is not None:
        yield from _in_store(place, remote(out) if out else None)
    elif start.is_dir():
        yield from _walk(start, _real(out) if out else None)
    elif os.path.lexists(start):  # also what cannot be opened: a link in a circle, for instance
        yield Met(start, Path(start.name), is_input=True)
    else:
        raise _missing(start)


def _missing(start: object) -> PipelineError:
    message = msg("there is no file or folder {path}", path=str(start))
    return PipelineError(message, msg("Check the path, or quote it if it holds spaces."))


def _in_store(start: RemotePath, out: RemotePath | None) -> Iterator[Met]:
    """The same in a store that is reached by URL."""
    try:
        found = start.look()
    except (FileNotFoundError, NotADirectoryError):
        raise _missing(start) from None
    if found.is_folder:
        yield from _walk_store(start, start, out)
    else:
        yield _met(replace(start, listed=found), PurePath(start.name), is_input=True)


def _walk_store(folder: RemotePath, start: RemotePath, out: RemotePath | None) -> Iterator[Met]:
    try:
        found = sorted(folder.iterdir())
    except StoreRefusesError:
        if folder == start:
            raise
        yield _met(folder, folder.relative_to(start), is_input=True)._replace(is_closed=True)
        return
    for path in found:
        below, hidden = path.relative_to(start), _hidden(path.name)
        if not path.is_dir():
            if not hidden or is_document(below):
                yield _met(path, below, is_input=not hidden and is_document(below))
        elif hidden:
            if path != out:
                yield _met(path, below, is_input=False, note="/")
        elif path != out:
            yield from _walk_store(path, start, out)


def _met(path: RemotePath, below: PurePath, *, is_input: bool, note: str = "") -> Met:
    return Met(cast(Path, path), below, is_input, note)


def _walk(start: Path, out: Path | None) -> Iterator[Met]:
    refused: list[Path] = []
    for folder, folders, files in os.walk(start, onerror=lambda error: refused.append(Path(error.filename))):
        here = Path(folder)
        inside = sorted(name for name in folders if _real(here / name) != out)
        for name in inside:
            path = here / name
            if _hidden(name) or path.is_symlink():
                yield Met(path, path.relative_to(start), is_input=False, note="/")
        folders[:] = [name for name in inside if not _hidden(name)]
        for name in sorted(files):
            path = here / name
            if not _hidden(name):
                yield Met(path, path.relative_to(start), is_input=is_document(path))
            elif is_document(path):
                yield Met(path, path.relative_to(start), is_input=False)
    for path in refused:
        below = Path(path.name) if path == start else path.relative_to(start)
        yield Met(path, below, is_input=True, is_closed=True)


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$"))  # the latter is what Word leaves beside a file that is open


def _real(path: Path) -> Path:
    """A path without links; as far as it goes where they lead in a circle."""
    if remote(path):
        return path
    return Path(os.path.realpath(path))


def _name(path: PurePath) -> str:
    """A path as text, also where the disk holds a name that is no UTF-8, or would do something to a terminal."""
    return printable(os.fsencode(path.as_posix()).decode("utf-8", "replace"))

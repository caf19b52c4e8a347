"""Which documents a run is about, and what they are called."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.export.names import stems
from pipeline.model.formats import INPUT_KINDS, input_kind


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
    """The documents of a run, in order of name, and the files in its folders that no reader takes."""

    documents: tuple[Input, ...]
    passed_over: tuple[str, ...] = ()


def gather(given: Sequence[Path], out: Path | None = None) -> Inputs:
    """Find all documents in `given`: files as they are, folders with all they hold.

    In folders only files with a known suffix count; hidden files and folders and READMEs do not.

    Args:
        given: Files and folders.
        out: The output folder, which is passed over.

    Raises:
        PipelineError: Something given is not there, or there is no document at all.
    """
    found: dict[Path, Path] = {}  # path -> path below its folder; the same file given twice is one input
    passed_over: dict[Path, Path] = {}
    for start in given:
        for path, below in _under(start, out):
            if start.is_file() or is_document(path):
                found.setdefault(path.resolve(), below)
            else:
                passed_over.setdefault(path.resolve(), below)
    if not found:
        kinds = " ".join(sorted(suffix[1:] for suffix in INPUT_KINDS))
        raise PipelineError(
            f"no documents in {', '.join(str(path) for path in given)}",
            f"Give files, or folders that hold files of these kinds: {kinds}.",
        )
    files = [_printable(below) for below in found.values()]
    others = {_printable(below) for path, below in passed_over.items() if path not in found}
    documents = (Input(*parts) for parts in zip(found, files, stems(files), strict=True))
    return Inputs(tuple(sorted(documents, key=lambda document: document.name)), tuple(sorted(others)))


def is_document(path: Path) -> bool:
    """Whether a file met in a folder is a document: by suffix, and not a README that explains the folder."""
    return input_kind(path) is not None and path.stem.upper() != "README"


def _under(start: Path, out: Path | None) -> Iterator[tuple[Path, Path]]:
    """Files at or below `start`, each with its path below it, in order of name."""
    if start.is_file():
        yield start, Path(start.name)
    elif start.is_dir():
        yield from _walk(start, out.resolve() if out else None)
    else:
        raise PipelineError(f"there is no file or folder {start}", "Check the path, or quote it if it holds spaces.")


def _walk(start: Path, out: Path | None) -> Iterator[tuple[Path, Path]]:
    for folder, folders, files in os.walk(start):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not _hidden(name) and (here / name).resolve() != out)
        for name in sorted(files):
            if not _hidden(name):
                yield here / name, (here / name).relative_to(start)


def _hidden(name: str) -> bool:
    return name.startswith(".")


def _printable(path: Path) -> str:
    """A path as text, also where the disk holds a name that is no UTF-8."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")

"""Writing a file whole or not at all."""

from __future__ import annotations

import filecmp
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from errno import EEXIST, EISDIR, ENOTDIR
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from pipeline import sentences
from pipeline.errors import PipelineError
from pipeline.message import Message
from pipeline.store.remote_path import RemotePath, fetched, remote
from pipeline.store.remote_store import FULL

UNUSUAL = (b"0.0000", b"NaN", b"Infinity")
SMALL = re.compile(rb"\de-\d")
"""What may be a number that the faster writer writes otherwise than `json` does: very small, or none."""


def write_bytes(path: Path, content: bytes) -> bool:
    """Write `content` to `path`, making its folder if need be; leave a file that already holds it as it is.

    The content goes to a file beside `path` that is then renamed, so that an interrupted run leaves the old file or
    the new one. A store of objects does the same by itself.

    Returns:
        Whether the file had to be written.

    Raises:
        PipelineError: The disk or the store refuses.
    """
    place = remote(path)
    try:
        if place is not None:
            return _put(place, content)
        if _holds(path, content):
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, content)
    except OSError as error:
        told = sentences.NOT_WRITTEN.format(path=str(path), why=error.strerror or str(error))
        raise PipelineError(told, _advice(error)) from error
    return True


def write_lines(path: Path, lines: Iterable[bytes]) -> bool:
    """Write a file line by line, never whole in memory; else as `write_bytes`.

    Raises:
        PipelineError: The disk or the store refuses.
    """
    place = remote(path)
    try:
        with ExitStack() as stack:
            if place is None:
                path.parent.mkdir(parents=True, exist_ok=True)
                folder = path.parent
            else:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            part = stack.enter_context(_part_in(folder))
            with part.open("wb") as file:
                file.writelines(lines)
            return _place_lines(part, path)
    except OSError as error:
        told = sentences.NOT_WRITTEN.format(path=str(path), why=error.strerror or str(error))
        raise PipelineError(told, _advice(error)) from error


def _place_lines(part: Path, path: Path) -> bool:
    """Put a file that is written where it belongs, unless one that is the same is there."""
    place = remote(path)
    if path.is_file():
        with fetched(path) as there:
            if filecmp.cmp(part, there, shallow=False):
                return False
    if place is None:
        part.replace(path)
    else:
        place.put_file(part)
    return True


def _put(place: RemotePath, content: bytes) -> bool:
    try:
        if place.holds(content):
            return False
    except (FileNotFoundError, NotADirectoryError):
        pass
    place.put(content)
    return True


def _replace(path: Path, content: bytes) -> None:
    with _part_in(path.parent) as part:
        part.write_bytes(content)
        part.replace(path)


@contextmanager
def _part_in(folder: Path) -> Iterator[Path]:
    """A new file for what is not whole yet, removed where nobody moved it away."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
    os.close(handle)
    part = Path(name)
    try:
        part.chmod(0o666 & ~_umask())  # mkstemp's files are for their owner alone; results are to be shared
        yield part
    finally:
        part.unlink(missing_ok=True)


def _advice(error: OSError) -> Message:
    if error.errno in FULL:
        return sentences.GIVE_ROOM
    return sentences.GIVE_FILE_PLACE if error.errno in (EISDIR, ENOTDIR, EEXIST) else sentences.GIVE_PLACE


def write_json(path: Path, content: Any) -> bool:
    """Write `content` as `json_bytes` gives it; return whether the file had to be written."""
    return write_bytes(path, json_bytes(content))


def json_bytes(content: Any) -> bytes:
    """`content` as a JSON file: UTF-8, two-space indent, keys in the order given, a newline at the end.

    These are the bytes of Python's `json`, which takes ten times as long where it indents.

    Raises:
        ValueError: `content` holds NaN or infinity.
    """
    written = to_json(content, indent=2)
    if any(mark in written for mark in UNUSUAL) or (b"e-" in written and SMALL.search(written)):
        written = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False).encode()
    return written + b"\n"


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.is_file() and path.read_bytes() == content
    except FileNotFoundError:
        return False


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask

"""Writing so that no reader ever meets half a file."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any


def write_bytes(path: Path, content: bytes) -> bool:
    """Whether the file had to be written; one that already holds `content` is left as it is.

    The folder is made if need be. The content goes to a file beside `path` that then takes its name, so that an
    interrupted run leaves the old file or the new one. Raises OSError where the disk refuses.
    """
    if _holds(path, content):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        part.chmod(0o666 & ~_umask())  # mkstemp's files are for their owner alone; results are to be shared
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return True


def write_json(path: Path, content: Any) -> bool:
    """Whether the file had to be written: UTF-8, two-space indent, keys in the order given, a newline at the end."""
    return write_bytes(path, json_bytes(content))


def json_bytes(content: Any) -> bytes:
    """`content` as the bytes of a JSON file; the same content gives the same bytes."""
    return (json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except FileNotFoundError:
        return False


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask

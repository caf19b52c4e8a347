"""The output folder: what a run writes, and what a run before left behind."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.export.json import INDEX_FILE, RECORD_FILE, files_of
from pipeline.message import msg
from pipeline.model.document import Digitized, Index
from pipeline.store.atomic import write_json


def write_document(out: Path, digitized: Digitized) -> Path:
    """Write the files of one document, remove records that it no longer has; return its folder."""
    folder = out / digitized.document.name
    files = files_of(digitized)
    for name, content in files.items():
        write_json(folder / name, content)
    for name in stale_records(folder, list(files)):
        (folder / name).unlink()
    return folder


def write_index(out: Path, index: Index) -> Path:
    """Write index.json; return its path."""
    path = out / INDEX_FILE
    write_json(path, index.model_dump(mode="json"))
    return path


def stale_records(folder: Path, current: Sequence[str]) -> list[str]:
    """The record files in `folder` that are not among `current`: this run found fewer SOPs, or other names."""
    found = (path.name for path in folder.iterdir() if RECORD_FILE.match(path.name))
    return sorted(set(found) - set(current))


def output_folder(out: Path) -> Path:
    """Make the output folder if need be, and return it.

    Raises:
        PipelineError: It cannot be made or written to.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PipelineError(
            msg("cannot make the folder {folder}: {error}", folder=str(out), error=error.strerror or str(error)),
            msg("Give another place with --out."),
        ) from None
    if not os.access(out, os.W_OK | os.X_OK):
        message = msg("the folder {folder} cannot be written to", folder=str(out))
        raise PipelineError(message, msg("Give another place with --out."))
    return out

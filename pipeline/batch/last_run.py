"""Which documents stand in the output folder as the last run left them, so that nothing need be done for them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import time_ns

from pipeline.batch.correction_files import CorrectionFiles
from pipeline.batch.file_faults import MEGABYTE
from pipeline.batch.inputs import Input
from pipeline.batch.job import Job, depends_key
from pipeline.export.json import DOCUMENT_FILE, RECORD_FILE
from pipeline.store.manifest import Head
from pipeline.store.remote_path import remote
from pipeline.store.stamps import Stamp, read_stamp, restamped, stamp_in_store, stamp_of


@dataclass(frozen=True)
class RunKeys:
    """What the documents of a run depend on beside their files, and when the run began.

    Attributes:
        run: The key of what all of them depend on: code, settings, environment, password, the reviewers' words.
        corrections: The key of the corrections of each document that has some.
        most_bytes: Of a file that is opened.
        now: In nanoseconds.
    """

    run: str
    corrections: Mapping[str, str]
    most_bytes: float
    now: int


def run_keys(job: Job, files: CorrectionFiles) -> RunKeys:
    """What the documents of a run depend on, given one of its jobs and the reviewers' files."""
    return RunKeys(depends_key(job), files.keys, job.settings.limits.file_megabytes * MEGABYTE, time_ns())


def standing(document: Input, head: Head, keys: RunKeys, folder: Path) -> Head | None:
    """What is known of a document where its file, what it depends on and all that was written of it are as they were.

    Args:
        document: A document of the run.
        head: What the last run noted of it.
        keys: What it depends on now.
        folder: Where its files were written.

    Returns:
        The head itself, or one with new times where files have others and the same content; None where anything
        is changed.
    """
    if head.run != keys.run or head.corrections != keys.corrections.get(document.name, "") or head.source is None:
        return None
    try:
        source = restamped(document.path, head.source, stamp_of(document.path), head.noted)
        if source is None or source.size > keys.most_bytes:
            return None
        files = _standing_files(folder, head)
    except OSError:
        return None
    if files is None:
        return None
    if source is head.source and files is head.files:
        return head
    return head._replace(noted=keys.now, source=source, files=files)


def _standing_files(folder: Path, head: Head) -> Mapping[str, Stamp] | None:
    """The stamps of a document's files; None where one is changed, gone or there beside them."""
    found = written_files(folder)
    if found.keys() != head.files.keys():
        return None
    now: dict[str, Stamp] = {}
    for name, stamp in head.files.items():
        kept = restamped(folder / name, stamp, found[name], head.noted)
        if kept is None:
            return None
        now[name] = kept
    return head.files if all(now[name] is stamp for name, stamp in head.files.items()) else now


def written_files(folder: Path) -> dict[str, Stamp]:
    """The stamps of the files in a document's folder that a run writes, by name, without reading them.

    Raises:
        OSError: The folder cannot be read.
    """
    place = remote(folder)
    if place is not None:
        found = {path.name: path.listed for path in place.iterdir() if _is_written(path.name)}
        return {name: stamp_in_store(listed) for name, listed in found.items() if listed is not None}
    with os.scandir(folder) as entries:
        return {entry.name: stamp_of(folder, entry.stat()) for entry in entries if _is_written(entry.name)}


def _is_written(name: str) -> bool:
    return name == DOCUMENT_FILE or RECORD_FILE.match(name) is not None


def stamps_of(folder: Path) -> dict[str, Stamp]:
    """The stamps of the files that stand in a document's folder.

    Raises:
        OSError: They cannot be read.
    """
    return {name: read_stamp(folder / name, found) for name, found in written_files(folder).items()}

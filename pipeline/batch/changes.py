"""What one run changed in an output folder, a line for each document."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.model.document import IndexEntry
from pipeline.store.index_file import read_index
from pipeline.store.remote_path import remote

ChangeKind = Literal["new", "changed", "rewritten", "gone", "failed"]


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What became of one document.

    Attributes:
        kind: "rewritten" where its records are others though its file is the same, as after a correction.
        entry: The document in the index; as it was before where it is not there any more.
        pruned: Of one that is gone: whether its records were taken out.
    """

    kind: ChangeKind
    entry: IndexEntry
    pruned: bool = False


@dataclass(frozen=True, slots=True)
class _Written:
    """A document in an output folder: its line of the index, and when its files were written last, in nanoseconds."""

    entry: IndexEntry
    written: int


Outputs = Mapping[str, _Written]
"""The documents of an output folder by name, without those of earlier runs."""


def outputs_of(out: Path) -> Outputs:
    """The documents of the last run into a folder."""
    index = read_index(out)
    entries = [entry for entry in index.documents if not entry.earlier] if index else []
    return {entry.name: _Written(entry, _last_written(out / entry.folder)) for entry in entries}


def _last_written(folder: Path) -> int:
    if remote(folder) is not None:
        return 0  # a look at each would cost more than the run; the index tells most
    with suppress(OSError), os.scandir(folder) as found:
        return max((entry.stat().st_mtime_ns for entry in found if entry.is_file()), default=0)
    return 0


def changes(before: Outputs, after: Outputs, out: Path) -> list[DocumentChange]:
    """What is other than before, in order of name.

    Args:
        before: The folder before a run.
        after: The folder after it.
        out: The folder, for whether records of what is gone are there.
    """
    found = []
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if new is not None and old != new:
            found.append(DocumentChange(_kind(old, new), new.entry))
        elif new is None and old is not None:
            found.append(DocumentChange("gone", old.entry, pruned=not (out / old.entry.folder).exists()))
    return found


def _kind(old: _Written | None, new: _Written) -> ChangeKind:
    if new.entry.status not in ("ok", "no-sop"):
        return "failed"
    if old is None:
        return "new"
    return "changed" if old.entry.sha256 != new.entry.sha256 else "rewritten"

"""What `sop run --watch` prints: a line for each document that a run changed, and what it waits for."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pipeline.batch.changes import DocumentChange
from pipeline.console import print_error
from pipeline.console_run import DOCUMENT_STATUSES, MOST_NAMES
from pipeline.message import Message, Param, counted, msg
from pipeline.model.text import printable
from pipeline.summary import named
from pipeline.translation import shown, translate


def show_changes(found: Sequence[DocumentChange], given: Sequence[Path], now: datetime) -> None:
    """Print a line for each change, with the time; where there is none, that the folders are watched."""
    for change in found:
        _say(f"{now:%H:%M:%S} {shown(line_of(change))}")
    if not found:
        _say(f"{now:%H:%M:%S} {translate('in order; watching {folders}', folders=_names(given))}")


def line_of(change: DocumentChange) -> Message:
    """Say what became of a document."""
    entry = change.entry
    if change.kind == "gone":
        if change.pruned:
            return msg("gone: {file}: its records were taken out", file=entry.file)
        return msg("gone: {file}: its records stay; --prune takes them out", file=entry.file)
    if change.kind == "failed":
        fault = entry.said or DOCUMENT_STATUSES[entry.status]
        return msg("failed: {file}: {fault}", file=entry.file, fault=fault)
    sops, steps = counted("{n} SOP", "{n} SOPs", entry.sops), counted("{n} step", "{n} steps", entry.kegiatan)
    issues = counted("{n} issue", "{n} issues", entry.issues)
    parts: dict[str, Param] = {"file": entry.file, "sops": sops, "steps": steps, "issues": issues}
    if change.kind == "new":
        return msg("new: {file}: {sops}, {steps}, {issues}", **parts)
    if change.kind == "changed":
        return msg("changed: {file}: {sops}, {steps}, {issues}", **parts)
    return msg("written anew: {file}: {sops}, {steps}, {issues}", **parts)


def show_waiting(names: Sequence[str]) -> None:
    """Say which files keep changing, and are waited for."""
    _say(translate("waiting for what is still being written: {files}", files=named(names, MOST_NAMES, "…")))


def show_empty(given: Sequence[Path]) -> None:
    """Say that there is nothing to read, and that nothing is taken out for it."""
    _say(translate("no documents in {folders}: what was read before stays as it is", folders=_names(given)))


def show_crash(code: int) -> None:
    """Say that a run came to nothing, and is begun anew."""
    how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    print_error(msg("the run came to no end ({how}); it is begun anew after a while", how=how))


def _names(given: Sequence[Path]) -> str:
    return ", ".join(str(path) for path in given)


def _say(line: str) -> None:
    print(printable(line), file=sys.stdout, flush=True)  # at once, also into a log

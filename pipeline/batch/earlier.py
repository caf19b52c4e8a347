"""What earlier runs into the same folder left, and what of it stays: good and corrected records, other documents."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path

from pydantic import ValidationError

from pipeline import sentences
from pipeline.errors import PipelineError
from pipeline.export.json import DOCUMENT_FILE
from pipeline.message import Message, msg
from pipeline.model.document import Digitized, Document, FolderLayout, Index, IndexEntry
from pipeline.model.record import Record
from pipeline.store.index_file import read_index
from pipeline.store.outputs import record_files, remove_document
from pipeline.store.remote_path import place_from, remote
from pipeline.store.remote_store import StoreRefusesError

UNCORRECTED = b'"corrections": []'  # ends a record that no correction took part in, as it is written
CORRECTIONS = "corrections"
TAIL = 64  # bytes of a record's file that show how it ends


def settled(new: Digitized, folder: Path, *, has_corrections: bool) -> Digitized:
    """What is to be written of a document, given what stands in the output folder.

    Where it could not be read, the records of an earlier reading stay. Where they were corrected and there are no
    corrections for them now, they stay too.

    Args:
        new: The document as it was read now.
        folder: That of its records in the output folder.
        has_corrections: Whether the run has a corrections file for the document, or was told to do without.
    """
    if new.document.failed:
        return _with_records_of(new, folder, sentences.OLD_RECORDS)
    if not has_corrections and any(_is_corrected(path) for path in record_files(folder)):
        return _with_records_of(new, folder, sentences.CORRECTED_RECORDS)
    return new


def _with_records_of(new: Digitized, folder: Path, told: Message) -> Digitized:
    """The document with the records that stand in its folder, where these are whole; else as it is."""
    try:
        before = Document.model_validate_json((folder / DOCUMENT_FILE).read_bytes())
        records = tuple(Record.model_validate_json((folder / sop.file).read_bytes()) for sop in before.sops)
    except (OSError, ValidationError):
        return new
    if not records:
        return new
    document = new.document
    message = told.format(fault=document.said or "", count=len(records))
    changes = {
        "kind": before.kind,
        "message": str(message),
        "wording": message,
        "pages": before.pages,
        "issues": document.issues if document.failed else before.issues,
        "kept_from": before.kept_from or before.sha256,
    }
    return Digitized(document.model_copy(update=changes), records)


def _is_corrected(path: Path) -> bool:
    """Whether corrections took part in a record, by its file."""
    try:
        content = path.read_bytes()
        if UNCORRECTED in content[-TAIL:]:
            return False
        return bool(Record.model_validate_json(content).corrections)
    except (OSError, ValidationError):
        return False


def layout_for(before: Index | None, out: Path, *, shard: bool) -> FolderLayout:
    """How a run lays its documents' folders: as those that are there, else as it is told.

    Raises:
        PipelineError: It is told otherwise than they lie.
    """
    if before is None or not before.documents:
        return "sharded" if shard else before.layout if before else "flat"
    if shard and before.layout != "sharded":
        fault = msg("{folder} holds documents whose folders are not sharded", folder=str(out))
        raise PipelineError(fault, msg("Give another place with --out. With .cache moved there nothing is read again."))
    return before.layout


def earlier_entries(before: Index | None, names: Collection[str]) -> list[IndexEntry]:
    """The documents of earlier runs that are not among `names`, those of this run."""
    entries = before.documents if before else []
    return [entry.model_copy(update={"earlier": True}) for entry in entries if entry.name not in names]


def remove_documents(out: Path, entries: Sequence[IndexEntry]) -> None:
    """Remove the records of documents, and the folders that are empty then; nothing else."""
    for entry in entries:
        remove_document(out, out / entry.folder)


def corrections_folder(given: Path | None, inputs: Sequence[Path], out: Path) -> Path | None:
    """The folder of correction files: the one given, that of the last run, else one called corrections.

    It is looked for in the current folder, then beside the inputs and in their folders, then beside the outputs.

    Raises:
        PipelineError: The folder given is not there.
    """
    if given is not None:
        if not given.is_dir():
            raise PipelineError(
                msg("there is no folder {folder}", folder=str(given)),
                msg("Give the folder that holds the correction files."),
            )
        return given
    before = read_index(out)
    remembered = [_plain(place_from(before.corrections, out))] if before and before.corrections else []
    around = [place for path in inputs for place in _around(path)]
    places = [*remembered, *(place / CORRECTIONS for place in [Path(), *around, out.parent])]
    return next((place for place in places if _is_folder(place)), None)


def _is_folder(place: Path) -> bool:
    try:
        return place.is_dir()
    except StoreRefusesError:
        return False


def _plain(path: Path) -> Path:
    """The path without "..", where that leads to the same place."""
    if remote(path):
        return path
    plain = Path(os.path.normpath(path))
    return plain if plain.is_dir() and path.is_dir() and plain.samefile(path) else path


def _around(path: Path) -> list[Path]:
    """The folders where corrections of an input may be: its own, and the one above."""
    inside = path if path.is_dir() else path.parent
    if remote(path):
        return [inside.parent, inside]
    return [inside.parent if inside.name else inside.resolve().parent, inside]

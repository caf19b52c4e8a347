"""Records that earlier runs wrote, read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from pipeline.errors import PipelineError
from pipeline.export.json import RECORD_FILE
from pipeline.export.names import is_stem
from pipeline.message import msg
from pipeline.model.record import Record


def found_record_files(given: Sequence[Path]) -> list[Path]:
    """The record files among `given`: files as they are, of folders all with what they hold, in order of name.

    Raises:
        PipelineError: A path is not there, or there is no record at all.
    """
    for path in given:
        if not path.exists():
            raise PipelineError(
                msg("there is no {path}", path=str(path)), msg("Give records, or the folder that sop run wrote.")
            )
    found = dict.fromkeys(file for path in given for file in (_below(path) if path.is_dir() else [path]))
    if not found:
        places = ", ".join(str(path) for path in given)
        raise PipelineError(msg("no record is in {places}", places=places), msg("Run sop run first."))
    return list(found)


def _below(folder: Path) -> Iterator[Path]:
    """Record files below a folder; hidden folders, such as the cache, hold none."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.name.startswith(".") and not path.is_symlink():
            yield from _below(path)
        elif RECORD_FILE.match(path.name):
            yield path


def read_record(path: Path) -> Record:
    """Read one record.

    Raises:
        PipelineError: The file cannot be read, or is no record.
    """
    advice = msg("Give a .sop.json file that sop run wrote.")
    try:
        record = Record.model_validate_json(path.read_bytes())
    except OSError as error:
        why = error.strerror or str(error)
        raise PipelineError(msg("cannot read {path}: {why}", path=str(path), why=why), advice) from error
    except ValidationError as error:
        raise PipelineError(msg("{path} is no record of a SOP", path=str(path)), advice) from error
    if not is_stem(record.id):
        raise PipelineError(msg("{path} is no record of a SOP", path=str(path)), advice)
    return record


def read_records(given: Sequence[Path]) -> list[Record]:
    """Read all records among files and folders.

    Raises:
        PipelineError: A path is not there, a file is no record, there is none, or two have the same id.
    """
    records: dict[str, Record] = {}
    for path in found_record_files(given):
        record = read_record(path)
        if record.id in records:
            raise PipelineError(
                msg("two records are called {id}", id=record.id), msg("Give the outputs of one folder at a time.")
            )
        records[record.id] = record
    return list(records.values())

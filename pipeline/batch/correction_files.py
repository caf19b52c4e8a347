"""The folder of correction files: one for each document, and `lexicon.yaml` for all of them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.corrections import CorrectionsFile, parse_corrections, parse_overlay
from pipeline.corrections.problem import CorrectionsError, Problem
from pipeline.errors import PipelineError
from pipeline.export.names import LEXICON
from pipeline.message import msg
from pipeline.store.cache import key_of
from pipeline.store.remote_path import address_from, all_below, remote

log = logging.getLogger(__name__)

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True)
class CorrectionFiles:
    """What stands in the folder.

    Attributes:
        files: By the name of their document.
        taught: The words of `lexicon.yaml`, None where there is none.
        folder: Where they stand.
        keys: What tells one content and place of a file from another, by the name of its document.
    """

    files: Mapping[str, CorrectionsFile] = field(default_factory=dict)
    taught: Mapping[str, object] | None = None
    folder: Path | None = None
    keys: Mapping[str, str] = field(default_factory=dict)

    def folder_from(self, out: Path) -> str | None:
        """The folder as it is reached from `out`; None where there is none."""
        return None if self.folder is None else address_from(self.folder, out)

    def unmatched(self, names: Iterable[str]) -> tuple[str, ...]:
        """List the files that are about no document of these names."""
        known = set(names)
        return tuple(file.file for name, file in sorted(self.files.items()) if name not in known)


def load_correction_files(folder: Path | None) -> CorrectionFiles:
    """Read all that stands in a folder; nothing where it is None.

    Raises:
        CorrectionsError: Something in the files cannot be taken; all of it, in all files, is named at once.
        PipelineError: A file cannot be read.
    """
    if folder is None:
        return CorrectionFiles()
    paths = _yaml_files(folder)
    lexicon = paths.pop(LEXICON, None)
    files: dict[str, CorrectionsFile] = {}
    keys: dict[str, str] = {}
    problems: list[Problem] = []
    for name, path in paths.items():
        text = read_text(path)
        keys[name] = key_of([str(path), text])
        try:
            files[name] = parse_corrections(text, str(path))
        except CorrectionsError as error:
            problems += error.problems
    if problems:
        raise CorrectionsError(problems)
    return CorrectionFiles(files, load_overlay(lexicon) if lexicon else None, folder, keys)


def correction_stamps(folder: Path | None) -> Mapping[str, object]:
    """What tells whether a file of the folder was changed: by name its size in bytes and its time in nanoseconds.

    In a store, what that calls its version.
    """
    if folder is None:
        return {}
    place = remote(folder)
    if place is not None:
        return {str(path): path.listed for path in place.below() if path.suffix in SUFFIXES}
    found = {path.as_posix(): path.stat() for path in folder.rglob("*") if path.suffix in SUFFIXES and path.is_file()}
    return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in found.items()}


def renewed(files: CorrectionFiles, stamps: Mapping[str, object]) -> CorrectionFiles:
    """The files as they are now, where one was changed since `stamps`: reading documents takes hours.

    The words that documents were read with stay. Where a file cannot be taken as it is now, all stay as they were.
    """
    if correction_stamps(files.folder) == stamps:
        return files
    try:
        return replace(load_correction_files(files.folder), taught=files.taught)
    except PipelineError as error:
        log.info("corrections stay as they were at the beginning: %s", error)
        return files


def _yaml_files(folder: Path) -> dict[str, Path]:
    """The YAML files in a folder, by their path without suffix."""
    found: dict[str, Path] = {}
    try:
        paths = sorted(path for path in all_below(folder) if path.suffix in SUFFIXES)
    except OSError as error:
        raise _not_read(error.filename or folder, error) from None
    for path in paths:
        name = path.relative_to(folder).with_suffix("").as_posix()
        if path.name.startswith("."):
            continue
        if name in found:
            raise PipelineError(
                msg("{one} and {other} are about the same document", one=str(found[name]), other=str(path)),
                msg("Put them into one file."),
            )
        found[name] = path
    return found


def file_for(folder: Path, name: str) -> Path:
    """The file of a folder that is about the document of that name, or where it is to be written."""
    paths = [folder / f"{name}{suffix}" for suffix in SUFFIXES]
    return next((path for path in paths if path.is_file()), paths[0])


def load_corrections(path: Path) -> CorrectionsFile:
    """Read a corrections file.

    Raises:
        CorrectionsError: Something in it cannot be taken; all of it is named at once.
        PipelineError: The file cannot be read.
    """
    return parse_corrections(read_text(path), str(path))


def load_overlay(path: Path) -> Mapping[str, object]:
    """Read the reviewer's lexicon, to be laid over the package's.

    Raises:
        CorrectionsError: Something in it cannot be taken; all of it is named at once.
        PipelineError: The file cannot be read.
    """
    return parse_overlay(read_text(path), str(path)).model_dump()


def read_text(path: Path) -> str:
    """Read a file's text as UTF-8, line ends as they are.

    Raises:
        PipelineError: It cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise _not_read(path, error) from None
    except UnicodeDecodeError:
        message = msg("{path} is not UTF-8 text", path=str(path))
        raise PipelineError(message, msg("Save it as UTF-8.")) from None


def _not_read(path: object, error: OSError) -> PipelineError:
    return PipelineError(msg("{path} cannot be read: {error}", path=str(path), error=error.strerror or str(error)))

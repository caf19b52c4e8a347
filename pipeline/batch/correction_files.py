"""The folder of correction files: one for each document, and `lexicon.yaml` for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.corrections import CorrectionsFile, load_corrections, load_overlay
from pipeline.corrections.problem import CorrectionsError, Problem

LEXICON = "lexicon"


@dataclass(frozen=True)
class CorrectionFiles:
    """What stands in the folder.

    Attributes:
        files: By the name of their document.
        taught: The words of `lexicon.yaml`, None where there is none.
    """

    files: Mapping[str, CorrectionsFile] = field(default_factory=dict)
    taught: Mapping[str, object] | None = None

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
    lexicon = folder / f"{LEXICON}.yaml"
    files: dict[str, CorrectionsFile] = {}
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.yaml")):
        if path != lexicon and not path.name.startswith("."):
            try:
                files[path.relative_to(folder).with_suffix("").as_posix()] = load_corrections(path)
            except CorrectionsError as error:
                problems += error.problems
    if problems:
        raise CorrectionsError(problems)
    return CorrectionFiles(files, load_overlay(lexicon) if lexicon.is_file() else None)

"""What reviewers do with corrections at a terminal: check them, add one, rebase a stale one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.batch.conclude import Concluded
from pipeline.batch.correction_files import CorrectionFiles, load_overlay, read_text
from pipeline.batch.inputs import Inputs
from pipeline.corrections import Outcome
from pipeline.corrections.commands import AppendedEntry, CheckReport, CorrectionRequest, correct, rebase
from pipeline.corrections.entry import Action
from pipeline.corrections.normalizer import Normalizer
from pipeline.errors import PipelineError
from pipeline.export.json import RECORD_FILE
from pipeline.export.names import LEXICON, is_stem
from pipeline.message import msg
from pipeline.model.record import Record
from pipeline.model.text import printable
from pipeline.normalize.lexicon import load_lexicon
from pipeline.store.atomic import write_bytes


class DryRun(NamedTuple):
    """A run as far as it goes before anything is written."""

    inputs: Inputs
    corrections: CorrectionFiles
    concluded: Concluded


def check_corrections(run: DryRun) -> CheckReport:
    """Collect how every correction ended, and the issues of every record."""
    issues = [
        (record.id, issue)
        for document in run.concluded.documents
        for record in document.records
        for issue in record.issues
    ]
    unmatched = run.corrections.unmatched(document.name for document in run.inputs.documents)
    return CheckReport(run.concluded.outcomes, tuple(issues), unmatched)


def action_of(value: str | None, *, confirm: bool, insert: bool, remove: bool) -> Action:
    """Choose what an entry does by the options given.

    Raises:
        PipelineError: They contradict each other, or the value.
    """
    asked: dict[Action, bool] = {"confirm": confirm, "insert": insert, "remove": remove}
    chosen = [action for action, given in asked.items() if given]
    if len(chosen) > 1:
        options = ", ".join(f"--{action}" for action in chosen)
        raise PipelineError(msg("{options} exclude each other", options=options), msg("Give one of them."))
    action = chosen[0] if chosen else "set"
    if (value is None) != (action == "remove"):
        message = msg("--remove takes no VALUE") if value else msg("{action} needs a VALUE", action=action)
        raise PipelineError(message, msg("See {command} --help.", command="sop correct"))
    return action


def add_correction(record: str, request: CorrectionRequest, out: Path, folder: Path) -> tuple[Path, AppendedEntry]:
    """Append an entry to the corrections file of a record's document.

    Args:
        record: The record's id, or the path of its file.
        request: What to do.
        out: Where the last run wrote its records.
        folder: Where correction files are kept.

    Returns:
        The corrections file, and what was appended to it.

    Raises:
        PipelineError: There is no such record, or the entry is not well-formed or would do nothing.
    """
    meant, records = _found(record, out)
    name = meant.id.rpartition("/")[0]
    if not is_stem(name):
        message = msg('"{name}" is no id of a record', name=printable(meant.id))
        raise PipelineError(message, msg("`sop run` writes records anew."))
    path = folder / f"{name}.yaml"
    lexicon = folder / f"{LEXICON}.yaml"
    normalizer = Normalizer(load_lexicon(load_overlay(lexicon) if lexicon.is_file() else None))
    text = read_text(path) if path.is_file() else None
    entry = correct(records, meant, request, text, str(path), normalizer)
    write_bytes(path, entry.text.encode())
    return path, entry


def _found(record: str, out: Path) -> tuple[Record, tuple[Record, ...]]:
    """The record by that id or path, and all of its document, as the last run wrote them."""
    path = Path(record)
    folder = path.parent if path.is_file() else out / record.rpartition("/")[0]
    files = sorted(file for file in folder.glob("*") if RECORD_FILE.match(file.name)) if folder.is_dir() else []
    records = {file: Record.model_validate_json(file.read_bytes()) for file in files}
    meant = [found for file, found in records.items() if found.id == record or (path.is_file() and file == path)]
    if not meant:
        message = msg("there is no record {record} in {folder}/", record=record, folder=str(out))
        raise PipelineError(message, msg("`sop run` writes them; index.json names them."))
    return meant[0], tuple(records.values())


def stale_in(file: Path, outcomes: Iterable[Outcome]) -> list[Outcome]:
    """List the stale entries of one corrections file."""
    return [outcome for outcome in outcomes if outcome.status == "stale" and _is_of(outcome, file)]


def rebase_lines(file: Path, outcomes: Sequence[Outcome], lines: Iterable[int]) -> int:
    """Rewrite the stale entries that begin at these lines to what is read now.

    Returns:
        How many there were.

    Raises:
        PipelineError: No stale entry begins at one of the lines, or it has to be put right by hand.
    """
    own = [outcome for outcome in outcomes if _is_of(outcome, file)]
    text, todo = read_text(file), sorted(set(lines), reverse=True)  # from below: what is above keeps its place
    for line in todo:
        text = rebase(text, own, line, str(file))
    write_bytes(file, text.encode())
    return len(todo)


def _is_of(outcome: Outcome, file: Path) -> bool:
    return Path(outcome.entry.file).resolve() == file.resolve()

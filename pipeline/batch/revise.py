"""What reviewers ask of a run at a terminal: how their corrections fare, one more of them, an old one renewed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.batch.conclude import Concluded
from pipeline.batch.correction_files import LEXICON, CorrectionFiles
from pipeline.batch.inputs import Inputs
from pipeline.corrections import Outcome, load_overlay
from pipeline.corrections.commands import AppendedEntry, CheckReport, CorrectionRequest, correct, rebase
from pipeline.corrections.entry import Action
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.parse import read_text
from pipeline.errors import PipelineError
from pipeline.export.json import RECORD_FILE
from pipeline.model.record import Record
from pipeline.normalize.lexicon import load_lexicon
from pipeline.store.atomic import write_bytes


class Reading(NamedTuple):
    """A run as far as it goes before anything is written."""

    inputs: Inputs
    said: CorrectionFiles
    concluded: Concluded


def review(reading: Reading) -> CheckReport:
    """Every correction's end and every record's issues."""
    issues = [
        (record.id, issue)
        for document in reading.concluded.documents
        for record in document.records
        for issue in record.issues
    ]
    unmatched = reading.said.unmatched(document.name for document in reading.inputs.documents)
    return CheckReport(reading.concluded.outcomes, tuple(issues), unmatched)


def action_of(value: str | None, *, confirm: bool, insert: bool, remove: bool) -> Action:
    """What an entry does, by the options given; PipelineError where they contradict each other."""
    asked: dict[Action, bool] = {"confirm": confirm, "insert": insert, "remove": remove}
    chosen = [action for action, given in asked.items() if given]
    if len(chosen) > 1:
        raise PipelineError(f"--{' and --'.join(chosen)} exclude each other", "Give one of them.")
    action = chosen[0] if chosen else "set"
    if (value is None) != (action == "remove"):
        raise PipelineError(
            "--remove takes no VALUE" if value else f"{action} needs a VALUE", "See sop correct --help."
        )
    return action


def revise(record: str, wish: CorrectionRequest, out: Path, folder: Path) -> tuple[Path, AppendedEntry]:
    """The corrections file of a record's document, after one more entry was written to it."""
    meant, records = _found(record, out)
    path = folder / f"{meant.id.rpartition('/')[0]}.yaml"
    lexicon = folder / f"{LEXICON}.yaml"
    normalizer = Normalizer(load_lexicon(load_overlay(lexicon) if lexicon.is_file() else None))
    text = read_text(path) if path.is_file() else None
    correction = correct(records, meant, wish, text, str(path), normalizer)
    write_bytes(path, correction.text.encode())
    return path, correction


def _found(record: str, out: Path) -> tuple[Record, tuple[Record, ...]]:
    """The record by that id or path, and all of its document, as the last run wrote them."""
    path = Path(record)
    folder = path.parent if path.is_file() else out / record.rpartition("/")[0]
    files = sorted(file for file in folder.glob("*") if RECORD_FILE.match(file.name)) if folder.is_dir() else []
    records = {file: Record.model_validate_json(file.read_bytes()) for file in files}
    meant = [found for file, found in records.items() if found.id == record or (path.is_file() and file == path)]
    if not meant:
        raise PipelineError(f"there is no record {record} in {out}/", "`sop run` writes them; index.json names them.")
    return meant[0], tuple(records.values())


def stale_in(file: Path, outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The stale entries of one corrections file."""
    return [outcome for outcome in outcomes if outcome.status == "stale" and _is_of(outcome, file)]


def rebase_lines(file: Path, outcomes: Sequence[Outcome], lines: Iterable[int]) -> int:
    """How many entries were rewritten, each at a line that was named."""
    own = [outcome for outcome in outcomes if _is_of(outcome, file)]
    text, todo = read_text(file), sorted(set(lines), reverse=True)  # from below: what is above keeps its place
    for line in todo:
        text = rebase(text, own, line, str(file))
    write_bytes(file, text.encode())
    return len(todo)


def _is_of(outcome: Outcome, file: Path) -> bool:
    return Path(outcome.entry.file).resolve() == file.resolve()

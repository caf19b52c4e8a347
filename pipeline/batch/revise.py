"""What reviewers do with corrections at a terminal: check them, add one, rebase a stale one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from pipeline.batch.conclude import Concluded
from pipeline.batch.correction_files import CorrectionFiles, file_for, load_overlay, read_text
from pipeline.batch.inputs import Inputs
from pipeline.batch.kept_readings import as_read, selection_read
from pipeline.corrections import Outcome
from pipeline.corrections.commands import CheckReport, rebase
from pipeline.corrections.correction_base import CorrectionBase
from pipeline.corrections.doubts import DoubtFilter, doubts_of
from pipeline.corrections.entry import FAILED, MARKS, Action
from pipeline.corrections.new_entry import CorrectionRequest
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.problem import with_suggestions
from pipeline.corrections.request import AppendedEntry, correct
from pipeline.corrections.yaml_edit import new_file
from pipeline.errors import PipelineError
from pipeline.export.json import DOCUMENT_FILE
from pipeline.export.names import LEXICON, document_folder, is_stem
from pipeline.message import msg
from pipeline.model.document import Digitized, Document
from pipeline.model.record import Record
from pipeline.model.text import printable
from pipeline.normalize.lexicon import load_lexicon
from pipeline.store.atomic import write_bytes
from pipeline.store.cache import Cache
from pipeline.store.file_lock import locked
from pipeline.store.index_file import layout_of, read_index
from pipeline.store.outputs import CACHE, record_files
from pipeline.store.remote_path import place_of, remote
from pipeline.validate import catalogue

OUTCOMES = frozenset(f"correction-{status}" for status in FAILED)
"""The codes of issues that tell how an entry ended, which is listed by itself."""


class DryRun(NamedTuple):
    """A run as far as it goes before anything is written."""

    inputs: Inputs
    corrections: CorrectionFiles
    concluded: Concluded


def check_corrections(run: DryRun, wanted: DoubtFilter | None = None) -> CheckReport:
    """Collect how every correction ended, and what is doubted of every document, as far as it is wanted.

    Raises:
        PipelineError: There is no such code, or no document or record of that name.
    """
    wanted = wanted or DoubtFilter()
    _check_names(wanted, run)
    doubts = [
        doubt
        for document in run.concluded.documents
        for doubt in doubts_of(document.document, document.records)
        if wanted.takes(doubt) and doubt.issue.code not in OUTCOMES
    ]
    unmatched = run.corrections.unmatched(document.name for document in run.inputs.documents)
    return CheckReport(run.concluded.outcomes, tuple(doubts), unmatched)


def _check_names(wanted: DoubtFilter, run: DryRun) -> None:
    if wanted.document is not None:
        _check_document(wanted.document, run)
    codes = [*catalogue().checks, *catalogue().elsewhere]
    if wanted.code is not None and wanted.code not in codes:
        fault = with_suggestions(
            msg("there is no code {code}", code=wanted.code), get_close_matches(wanted.code, codes)
        )
        raise PipelineError(fault, msg("docs/checks.md lists them."))


def _check_document(wanted: str, run: DryRun) -> None:
    names: list[str] = []
    files: set[str] = set()
    for document in run.concluded.documents:
        names += [document.document.name, *(record.id for record in document.records)]
        files.add(document.document.file)
    if wanted not in {*names, *files}:
        near = get_close_matches(wanted, names, n=3)
        raise PipelineError(with_suggestions(msg("there is no document or record {name}", name=wanted), near))


def action_of(value: str | None, *, confirm: bool, insert: bool, remove: bool, move: bool = False) -> Action:
    """Choose what an entry does by the options given.

    Raises:
        PipelineError: They contradict each other, or the value.
    """
    asked: dict[Action, bool] = {"confirm": confirm, "insert": insert, "remove": remove, "move": move}
    chosen = [action for action, given in asked.items() if given]
    if len(chosen) > 1:
        options = ", ".join(f"--{action}" for action in chosen)
        raise PipelineError(msg("{options} exclude each other", options=options), msg("Give one of them."))
    action = chosen[0] if chosen else "set"
    needless = value is not None and action in MARKS
    if needless or (value is None and action in ("set", "insert")):
        fault = msg("--{action} takes no VALUE") if needless else msg("{action} needs a VALUE")
        raise PipelineError(fault.format(action=action), msg("See {command} --help.", command="sop correct"))
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
    path = place_of(record)
    meant = _record_in(path).id if path.is_file() else record
    name = meant.rpartition("/")[0]
    if not is_stem(name):
        message = msg('"{name}" is no id of a record', name=printable(meant))
        raise PipelineError(message, msg("`sop run` writes records anew."))
    read = _as_read(name, out)
    file, lexicon = file_for(folder, name), file_for(folder, LEXICON)
    normalizer = Normalizer(load_lexicon(load_overlay(lexicon) if lexicon.is_file() else None))
    normalizer = replace(normalizer, reading_of=partial(selection_read, Cache(out / CACHE), name))
    base = CorrectionBase(read.records, str(file), normalizer)
    with locked(file):
        text = read_text(file) if file.is_file() else new_file(read.document.file, read.document.sha256)
        done = correct(base, meant, request, text)
        write_bytes(file, done.text.encode())
    return file, done


def _as_read(name: str, out: Path) -> Digitized:
    """A document as the last run read it; as it wrote it, corrected, where what was read is not kept any more."""
    kept = as_read(Cache(out / CACHE), name)
    if kept is not None:
        return kept
    path = out / document_folder(name, layout_of(out)) / DOCUMENT_FILE
    if path.is_file():
        records = tuple(_record_in(file) for file in record_files(path.parent))
        return Digitized(Document.model_validate_json(path.read_bytes()), records)
    index = read_index(out)
    known = [entry.name for entry in index.documents] if index else []
    message = msg("there is no document {name} in {folder}/", name=name, folder=str(out))
    near = get_close_matches(name, known, n=3)
    raise PipelineError(with_suggestions(message, near), msg("`sop run` writes them; index.json names them."))


def _record_in(path: Path) -> Record:
    try:
        return Record.model_validate_json(path.read_bytes())
    except ValidationError:
        raise PipelineError(msg("{path} is no record", path=str(path)), msg("`sop run` writes records anew.")) from None


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
    todo = sorted(set(lines), reverse=True)  # from below: what is above keeps its place
    with locked(file):
        text = read_text(file)
        for line in todo:
            text = rebase(text, own, line, str(file))
        write_bytes(file, text.encode())
    return len(todo)


def _is_of(outcome: Outcome, file: Path) -> bool:
    given = outcome.entry.file
    return given == str(file) if remote(file) else Path(given).resolve() == file.resolve()

"""What can only be done when all documents of a run are read: it is cheap, and never cached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.batch.said import Said
from pipeline.corrections import CorrectionsFile, Outcome, apply, document_issues
from pipeline.corrections.normalizer import Normalizer
from pipeline.model.document import Digitized, PageEntry
from pipeline.model.record import Record
from pipeline.normalize.lexicon import load_lexicon


@dataclass(frozen=True)
class Concluded:
    """The run's documents as they are written out, and what became of every correction, in the files' order."""

    documents: tuple[Digitized, ...]
    outcomes: tuple[Outcome, ...] = ()


def conclude(results: Sequence[Digitized], said: Said) -> Concluded:
    """The run with its corrections. Raises CorrectionsError where one cannot be taken."""
    if not said.files:
        return Concluded(tuple(results))
    normalizer = Normalizer(load_lexicon(said.taught))
    documents: list[Digitized] = []
    outcomes: list[Outcome] = []
    for result in results:
        file = said.files.get(result.document.name)
        if file is not None and not result.document.failed:
            result, ends = corrected(result, file, normalizer)
            outcomes += ends
        documents.append(result)
    return Concluded(tuple(documents), tuple(outcomes))


def corrected(
    result: Digitized, file: CorrectionsFile, normalizer: Normalizer
) -> tuple[Digitized, tuple[Outcome, ...]]:
    """One document with its corrections, and what became of each."""
    records, outcomes = apply(result.records, file, normalizer)
    document = result.document
    issues = document_issues(file, records, outcomes, document.sha256)
    changes: dict[str, object] = {"issues": [*document.issues, *issues]}
    if [record.id for record in records] != [record.id for record in result.records]:
        changes["pages"] = [_claimed(page, records) for page in document.pages]
    if document.status == "no-sop" and records:
        changes |= {"status": "ok", "message": None}
    return Digitized(document.model_copy(update=changes), records), outcomes


def _claimed(page: PageEntry, records: Sequence[Record]) -> PageEntry:
    """The page with the records that claim it after a reviewer put in or took out one."""
    ids = [record.id for record in records if record.source.pages[0] <= page.number <= record.source.pages[1]]
    return page.model_copy(update={"sops": ids})

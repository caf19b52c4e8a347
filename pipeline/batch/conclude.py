"""Corrections, links and checks, which need all documents of a run: cheap, and never cached."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from pipeline.batch.correction_files import CorrectionFiles
from pipeline.corrections import CorrectionsFile, Outcome, apply, confirmed_paths, document_issues
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.page_readings import ReadingOf, nothing_read
from pipeline.corrections.request import Applied
from pipeline.kept_results import KeptResults
from pipeline.model.document import Digitized, PageEntry
from pipeline.model.record import Record
from pipeline.normalize.lexicon import load_lexicon
from pipeline.normalize.related_sops import linked
from pipeline.process import stage
from pipeline.settings import Settings, ValidateSettings
from pipeline.validate import validate

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Concluded:
    """The run's documents as they are written out, and the outcome of every correction, in the files' order."""

    documents: tuple[Digitized, ...]
    outcomes: tuple[Outcome, ...] = ()


def conclude(
    results: Sequence[Digitized],
    corrections: CorrectionFiles,
    settings: Settings,
    readings: Callable[[str], ReadingOf] = lambda name: nothing_read,
) -> Concluded:
    """Apply the corrections, link related SOPs, then run the checks over all documents of a run.

    Args:
        results: What was read.
        corrections: The reviewers' files.
        settings: Thresholds of the checks.
        readings: Gives by its name what pages of a document were read by themselves.

    Raises:
        CorrectionsError: A correction has a value that its field cannot take.
    """
    with stage(log, "corrections"):
        documents, outcomes = (
            _corrected_run(results, corrections, settings, readings) if corrections.files else (list(results), [])
        )
    with stage(log, "links"):
        linked_documents = with_links(documents, settings.language.same_sop)
    with stage(log, "checks"):
        checked_documents = checked(linked_documents, outcomes, settings.validate)
    return Concluded(checked_documents, tuple(outcomes))


def with_links(documents: Sequence[Digitized], likeness: float, kept: KeptResults | None = None) -> list[Digitized]:
    """Link the related SOPs (Keterkaitan) of every record to the SOP of the run that they name.

    Args:
        documents: All documents of the run.
        likeness: How like a SOP's name an item must be, 0..100.
        kept: What was worked out before, with the same likeness.
    """
    found = iter(linked([record for document in documents for record in document.records], likeness, kept))
    return [replace(d, records=tuple(islice(found, len(d.records)))) for d in documents]


def _corrected_run(
    results: Sequence[Digitized],
    corrections: CorrectionFiles,
    settings: Settings,
    readings: Callable[[str], ReadingOf],
) -> tuple[list[Digitized], list[Outcome]]:
    normalizer = Normalizer(load_lexicon(corrections.taught), settings.language)
    documents: list[Digitized] = []
    outcomes: list[Outcome] = []
    for result in results:
        file = corrections.files.get(result.document.name)
        if file is not None and not result.document.failed:
            own = replace(normalizer, reading_of=readings(result.document.name))
            result, ends = corrected(result, file, own)
            outcomes += ends
        documents.append(result)
    return documents, outcomes


def checked(
    documents: Sequence[Digitized],
    outcomes: Sequence[Outcome],
    settings: ValidateSettings,
    kept: KeptResults | None = None,
) -> tuple[Digitized, ...]:
    """Add to every record the issues that the checks find, in each alone and over the whole run.

    Args:
        documents: All documents of the run.
        outcomes: How the entries of their corrections ended.
        settings: Thresholds of the checks.
        kept: What was worked out before, with the same settings.
    """
    records = [record for document in documents for record in document.records]
    checked_records = iter(validate(records, settings, confirmed_paths(outcomes), kept))
    return tuple(replace(d, records=tuple(islice(checked_records, len(d.records)))) for d in documents)


def corrected(
    result: Digitized,
    file: CorrectionsFile,
    normalizer: Normalizer,
    applied: Applied | None = None,
    kept: KeptResults | None = None,
) -> tuple[Digitized, tuple[Outcome, ...]]:
    """Apply one document's corrections, unless that was done before; return it with the outcome of each."""
    done = (applied.records, applied.outcomes) if applied else apply(result.records, file, normalizer, kept)
    records, outcomes = done
    document = result.document
    issues = document_issues(file, records, outcomes, document.sha256)
    changes: dict[str, object] = {"issues": [*document.issues, *issues]}
    if [record.id for record in records] != [record.id for record in result.records]:
        changes["pages"] = [_claimed(page, records) for page in document.pages]
    if document.status == "no-sop" and records:
        changes |= {"status": "ok", "message": None, "wording": None}
    return Digitized(document.model_copy(update=changes), records), outcomes


def _claimed(page: PageEntry, records: Sequence[Record]) -> PageEntry:
    """The page with the records that claim it after a reviewer put in or took out one."""
    ids = [record.id for record in records if record.source.pages[0] <= page.number <= record.source.pages[1]]
    return page.model_copy(update={"sops": ids})

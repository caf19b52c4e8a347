"""Corrections, links and checks: of one document, and of all of a run, of which only facts need be at hand."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice

from pydantic import TypeAdapter

from pipeline.batch.correction_files import CorrectionFiles
from pipeline.corrections import CorrectionsFile, Outcome, apply, confirmed_paths, document_issues
from pipeline.corrections.correction_base import Applied
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.page_readings import ReadingOf, nothing_read
from pipeline.kept_results import KeptResults
from pipeline.model.document import Digitized, PageEntry
from pipeline.model.issue import Issue
from pipeline.model.packed import Packed, Packing, packed
from pipeline.model.record import Record
from pipeline.model.record_facts import RecordFacts, facts_of
from pipeline.normalize.lexicon import load_lexicon
from pipeline.normalize.related_sops import Links, links_of, with_links
from pipeline.process import stage
from pipeline.settings import Settings, ValidateSettings
from pipeline.validate import run_issues, validate_one

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Concluded:
    """The run's documents as they are written out, and the outcome of every correction, in the files' order.

    Of more than a few documents each is made anew when it is asked for.
    """

    documents: Sequence[Digitized]
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What is found of a record beside the others of the run: the SOPs that it names, and issues."""

    links: Links = ()
    issues: tuple[Issue, ...] = ()


class Corrector:
    """Applies the correction files of a run; the lexicon is loaded with the first document that has one."""

    def __init__(
        self,
        files: CorrectionFiles,
        settings: Settings,
        readings: Callable[[str], ReadingOf] = lambda name: nothing_read,
    ) -> None:
        """Take the reviewers' files, and what gives by its name what pages of a document were read by themselves."""
        self._files, self._settings, self._readings = files, settings, readings
        self._normalizer: Normalizer | None = None

    def corrected(self, result: Digitized) -> tuple[Digitized, tuple[Outcome, ...]]:
        """A document with its corrections, and the outcome of each.

        Raises:
            CorrectionsError: A correction has a value that its field cannot take.
        """
        name = result.document.name
        file = self._files.files.get(name)
        if file is None or result.document.failed:
            return result, ()
        if self._normalizer is None:
            self._normalizer = Normalizer(load_lexicon(self._files.taught), self._settings.language)
        return corrected(result, file, replace(self._normalizer, reading_of=self._readings(name)))


def conclude(
    results: Iterable[Digitized],
    corrections: CorrectionFiles,
    settings: Settings,
    readings: Callable[[str], ReadingOf] = lambda name: nothing_read,
) -> Concluded:
    """Apply the corrections, link related SOPs, then run the checks over all documents of a run.

    No more than a few documents are whole at a time.

    Args:
        results: What was read.
        corrections: The reviewers' files.
        settings: Thresholds of the checks.
        readings: Gives by its name what pages of a document were read by themselves.

    Raises:
        CorrectionsError: A correction has a value that its field cannot take.
    """
    corrector = Corrector(corrections, settings, readings)
    read, facts, outcomes = Packing[Digitized](), list[tuple[RecordFacts, ...]](), list[Outcome]()
    with stage(log, "corrections"):
        for result in results:
            document, own = corrector.corrected(result)
            read.append(document)
            facts.append(facts_of_document(document))
            outcomes += own
    found = findings_of(facts, settings)
    done = (
        with_findings(document, own, outcomes, settings.validate)
        for document, own in zip(read.values, found, strict=True)
    )
    return Concluded(packed(done), tuple(outcomes))


def checked(
    documents: Sequence[Digitized], outcomes: Sequence[Outcome], settings: Settings, kept: KeptResults | None = None
) -> tuple[Digitized, ...]:
    """Link the related SOPs of all documents, and add to every record the issues that the checks find.

    Args:
        documents: All documents of the run, corrected.
        outcomes: How the entries of their corrections ended.
        settings: How like a SOP's name an item must be, and thresholds of the checks.
        kept: What was worked out before, with the same settings.
    """
    found = findings_of([facts_of_document(document, kept) for document in documents], settings)
    return tuple(
        with_findings(document, own, outcomes, settings.validate, kept)
        for document, own in zip(documents, found, strict=True)
    )


def facts_of_document(document: Digitized, kept: KeptResults | None = None) -> tuple[RecordFacts, ...]:
    """What links and checks over the run look at of a document's records."""
    kept = kept or KeptResults()
    return tuple(kept.once(partial(facts_of, record), (record,), "facts") for record in document.records)


def findings_of(documents: Sequence[Sequence[RecordFacts]], settings: Settings) -> list[tuple[Findings, ...]]:
    """Link the related SOPs (Keterkaitan) of every record to the SOP of the run that they name, and check all.

    Args:
        documents: The facts of all documents of the run, in its order.
        settings: How like a SOP's name an item must be, and thresholds of the checks.

    Returns:
        Of each document what is found of each of its records.
    """
    facts = [record for document in documents for record in document]
    with stage(log, "links"):
        links = links_of(facts, settings.language.same_sop)
    with stage(log, "checks"):
        issues = run_issues(facts, settings.validate)
    found = iter([Findings(own, tuple(told)) for own, told in zip(links, issues, strict=True)])
    return [tuple(islice(found, len(document))) for document in documents]


def with_findings(
    document: Digitized,
    found: Sequence[Findings],
    outcomes: Sequence[Outcome],
    settings: ValidateSettings,
    kept: KeptResults | None = None,
) -> Digitized:
    """A document as it is written: its records linked, with the issues that the checks find in each and in the run."""
    seen, kept = confirmed_paths(outcomes), kept or KeptResults()

    def done(record: Record, own: Findings) -> Record:
        linked = kept.once(partial(with_links, record, own.links), (record,), ("links", own.links))
        return validate_one(linked, own.issues, settings, seen.get(record.id, ()), kept)

    records = (done(record, own) for record, own in zip(document.records, found, strict=True))
    small = packed if isinstance(document.records, Packed) else tuple
    return replace(document, records=small(records))


def findings_as_json(found: Sequence[Findings]) -> bytes:
    """What was found of a document's records as bytes to be kept; the same findings give the same bytes."""
    return _adapter().dump_json(tuple(found))


@cache
def _adapter() -> TypeAdapter[tuple[Findings, ...]]:
    return TypeAdapter(tuple[Findings, ...])


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

"""What a run writes of its documents: each as soon as it is known, and nothing of those that are as they were left.

What is held of a document that is done are rows of the manifest; its records are read again from the cache where other
documents of the run turn out to say something of it.
"""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pipeline.batch.conclude import (
    Corrector,
    Findings,
    facts_of_document,
    findings_as_json,
    findings_of,
    with_findings,
)
from pipeline.batch.correction_files import CorrectionFiles
from pipeline.batch.earlier import settled
from pipeline.batch.job import Job, depends_key, kept_result, note_job_as_read
from pipeline.batch.kept_readings import selection_read
from pipeline.batch.last_run import RunKeys, stamps_of, standing
from pipeline.corrections import Outcome
from pipeline.corrections.page_readings import ReadingOf, selections_in
from pipeline.export.json import index_entry
from pipeline.export.names import document_folder
from pipeline.model.document import Digitized, FolderLayout, IndexEntry
from pipeline.model.record_facts import facts_as_json, facts_from_json
from pipeline.process import logging_of, stage
from pipeline.settings import Settings
from pipeline.store.cache import Cache
from pipeline.store.manifest import Head, Kept, Manifest
from pipeline.store.outputs import write_document
from pipeline.store.side_by_side import side_by_side
from pipeline.store.stamps import Stamp, stamp_of

log = logging.getLogger(__name__)

HELD = 64  # records of documents that are kept at hand, so that a small run reads nothing again from the cache
AT_A_TIME = 1000  # documents whose stamps are in memory
FINDINGS = "findings"
READINGS = "readings"
UNKNOWN = Head("", "", 0, None, {})
"""Of a document that is to be done again in any case."""

ReadAgain = Callable[[Job], Digitized]
"""Reads a document again whose result the cache does not hold any more."""


@dataclass(frozen=True)
class OutputPlan:
    """What a run writes, and from what.

    Attributes:
        out: The output folder.
        settings: Those of the run.
        files: The reviewers' files.
        keys: What its documents depend on.
        no_corrections: Whether the run was told to do without corrections.
        layout: How the folders of documents lie.
        check: Makes sure, before something is written, that the output folder is still this run's.
        report: Writes what the report of a run shows of a document.
    """

    out: Path
    settings: Settings
    files: CorrectionFiles
    keys: RunKeys
    no_corrections: bool
    layout: FolderLayout
    check: Callable[[], None]
    report: Callable[[Digitized, FolderLayout], bytes]


class RunOutputs:
    """The documents of a run in the output folder."""

    def __init__(
        self, plan: OutputPlan, jobs: Sequence[Job], cache: Cache, manifest: Manifest, read_again: ReadAgain
    ) -> None:
        """Take what is planned and the jobs of all documents, in order of name."""
        self._plan, self._cache, self._manifest, self._read_again = plan, cache, manifest, read_again
        self._jobs = {job.document.name: job for job in jobs}
        self._corrector = Corrector(plan.files, plan.settings, self._readings)
        self._sources: dict[str, Stamp] = {}
        self._held: dict[str, Digitized] = {}
        self._held_records = 0
        self._waiting: set[str] = set()
        self._others_read = manifest.note(READINGS) != plan.keys.run

    def to_read(self) -> list[Job]:
        """The documents that are not as the last run left them."""
        todo: list[Job] = []
        with stage(log, "looking for changes"):
            jobs = list(self._jobs.values())
            for start in range(0, len(jobs), AT_A_TIME):
                todo += self._changed(jobs[start : start + AT_A_TIME])
        self._sources = {job.document.name: seen for job in todo if (seen := _seen(job.document.path))}
        self._manifest.put_note(READINGS, self._plan.keys.run)
        return todo

    def _changed(self, jobs: Sequence[Job]) -> list[Job]:
        """Those of some documents that are not as the last run left them."""
        changed = []
        heads = [(job, self._manifest.head(job.document.name)) for job in jobs]
        for (job, head), now in zip(heads, side_by_side(self._standing, heads, self._plan.out), strict=True):
            if now is None:
                changed.append(job)
                continue
            with logging_of(job.document.name):
                log.info("as the last run left it")
            if now is not head:
                self._manifest.restamp(job.document.name, now)
            if now.source is not None and self._others_read:
                note_job_as_read(job, now.source.sha256)
        return changed

    def _standing(self, one: tuple[Job, Head | None]) -> Head | None:
        """What is known of a document that is as the last run left it."""
        (job, head), plan = one, self._plan
        folder = plan.out / document_folder(job.document.name, plan.layout)
        return None if head is None else standing(job.document, head, plan.keys, folder)

    def take(self, result: Digitized, *, fresh: bool) -> None:
        """Take what was read of a document. What was read just now is written, for the run may be ended any time."""
        name = result.document.name
        self._manifest.put_note(FINDINGS, "")
        if name in self._sources:
            self._sources[name] = self._sources[name]._replace(sha256=result.document.sha256)
        if fresh:
            self._manifest.put(name, self._concluded(result))
        else:
            corrected, outcomes = self._corrector.corrected(result)
            self._manifest.put(name, Kept(UNKNOWN, ends=_ends(outcomes), facts=_facts(corrected)))
            self._waiting.add(name)
        self._hold(result)

    @property
    def files(self) -> CorrectionFiles:
        """The reviewers' files that took part."""
        return self._plan.files

    def renew(self, files: CorrectionFiles) -> None:
        """Take the reviewers' files as they are by now: documents whose file is another are corrected again."""
        before = self._plan.files
        if files is before:
            return
        self._plan = replace(self._plan, files=files, keys=replace(self._plan.keys, corrections=files.keys))
        self._corrector = Corrector(files, self._plan.settings, self._readings)
        for name in self._jobs:
            if before.keys.get(name) != files.keys.get(name):
                self._source(name)
                self.take(self._result(name), fresh=False)

    def finish(self) -> None:
        """Write what the documents of the run tell of each other, where that is not what was written last."""
        names = list(self._jobs)
        digest = hashlib.sha256()
        for name in names:
            digest.update(self._manifest.facts(name))
        noted = f"{self._plan.keys.run} {digest.hexdigest()}"
        if self._manifest.note(FINDINGS) == noted:
            return
        found = findings_of([facts_from_json(self._manifest.facts(name)) for name in names], self._plan.settings)
        for name, own in zip(names, found, strict=True):
            if name in self._waiting or self._manifest.findings(name) != findings_as_json(own):
                self._manifest.put(name, self._concluded(self._result(name), own))
        self._manifest.put_note(FINDINGS, noted)

    def entries(self) -> list[IndexEntry]:
        """The entries of all documents in the index, in order of name."""
        return [IndexEntry.model_validate_json(self._manifest.entry(name)) for name in self._jobs]

    def ends(self) -> Counter[str]:
        """How many corrections came to which end."""
        found: Counter[str] = Counter()
        for name in self._jobs:
            found.update(self._manifest.ends(name))
        return found

    def report_key(self) -> str:
        """What tells one report of a run from another: what it may show of each document, in order of name."""
        digest = hashlib.sha256(self._plan.keys.run.encode())
        for name in self._jobs:
            digest.update(hashlib.sha256(self._manifest.report(name)).digest())
        return digest.hexdigest()

    def _concluded(self, result: Digitized, found: Sequence[Findings] | None = None) -> Kept:
        """Write a document with what was found of it beside the others; with what it says alone where `found` is None.

        So too where the document turns out to be another by now: then it is looked at again by the next run.
        """
        plan, name = self._plan, result.document.name
        corrected, outcomes = self._corrector.corrected(result)
        facts = facts_of_document(corrected)
        changed = found is not None and len(found) != len(facts)
        if found is None or changed:
            (found,) = findings_of([facts], plan.settings)
        document = with_findings(corrected, found, outcomes, plan.settings.validate)
        folder = plan.out / document_folder(name, plan.layout)
        document = settled(document, folder, has_corrections=plan.no_corrections or name in plan.files.files)
        plan.check()
        write_document(plan.out, document, layout=plan.layout)
        head = UNKNOWN if changed else self._head(document, folder)
        entry = index_entry(document, plan.layout).model_dump_json().encode()
        shown = plan.report(document, plan.layout)
        return Kept(head, entry, _ends(outcomes), facts_as_json(facts), findings_as_json(found), shown)

    def _head(self, document: Digitized, folder: Path) -> Head:
        """What will tell whether a document is as it was written just now.

        Nothing does where it could not be read, or older records stay in its place, for then it depends on these.
        """
        plan, name = self._plan, document.document.name
        source, file = self._source(name), plan.files.files.get(name)
        if document.document.failed or document.document.kept_from is not None or source is None:
            return UNKNOWN
        if source.sha256 != document.document.sha256 or (file is not None and any(selections_in(file))):
            return UNKNOWN
        return Head(plan.keys.run, plan.keys.corrections.get(name, ""), plan.keys.now, source, stamps_of(folder))

    def _source(self, name: str) -> Stamp | None:
        """The stamp of a document's file from before it was read, with the digest of what was read."""
        if name not in self._sources:
            head = self._manifest.head(name)
            if head is None or head.source is None:
                return None
            self._sources[name] = head.source
        return self._sources[name]

    def _result(self, name: str) -> Digitized:
        """What was read of a document, before corrections: at hand, from the cache, or read once more."""
        held = self._held.pop(name, None)
        if held is not None:
            return held
        job, source = self._jobs[name], self._source(name)
        return (kept_result(job, source.sha256) if source else None) or self._read_again(job)

    def _hold(self, result: Digitized) -> None:
        """Keep a result at hand: one that the cache does not keep, and others as long as they are few."""
        count = len(result.records)
        if result.document.failed or self._held_records + count <= HELD:
            self._held[result.document.name] = result
            self._held_records += count

    def _readings(self, name: str) -> ReadingOf:
        return partial(selection_read, self._cache, name)


def note_readings(manifest: Manifest, job: Job) -> None:
    """Note with which settings documents are read now: what was last read of them may not be what a run wrote."""
    manifest.put_note(READINGS, depends_key(job))


def _ends(outcomes: Iterable[Outcome]) -> Counter[str]:
    return Counter[str](outcome.status for outcome in outcomes)


def _facts(document: Digitized) -> bytes:
    return facts_as_json(facts_of_document(document))


def _seen(path: Path) -> Stamp | None:
    """The stamp of a file that is about to be read; None where there is none."""
    try:
        return stamp_of(path)
    except OSError:
        return None

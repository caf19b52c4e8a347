"""The documents of an output folder as reviewers see them, and their corrections files as the page changes them."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from pipeline.batch.conclude import checked, corrected, with_links
from pipeline.batch.correction_files import file_for, load_overlay, read_text
from pipeline.batch.earlier import index_before
from pipeline.batch.job import as_read, selection_read
from pipeline.corrections import Outcome, parse_corrections
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.request import Applied
from pipeline.corrections.taught_words import with_taught_word
from pipeline.errors import PipelineError
from pipeline.export.json import DOCUMENT_FILE, named
from pipeline.export.names import LEXICON
from pipeline.message import msg
from pipeline.model.document import Digitized, Document, Index, IndexEntry
from pipeline.model.record import Record
from pipeline.normalize.lexicon import load_lexicon
from pipeline.normalize.related_sops import LINK
from pipeline.review.editing import Corrected, Editing, Signature
from pipeline.review.fields import field_paths, search_words, seen_paths
from pipeline.review.queue import QueueItem, queue_items
from pipeline.settings import Settings
from pipeline.settings.review_page import ReviewSettings
from pipeline.store.atomic import write_bytes
from pipeline.store.cache import Cache
from pipeline.store.outputs import CACHE, write_document, write_index

NO_FILE = "none"
"""The version of a corrections file that is not there."""

_ACROSS_DOCUMENTS = ("nomor-sop-double", "sop-twice")  # issues that only a whole run can find


Stamp = tuple[int | None, int | None]
"""When a document's records and the lexicon were written, in nanoseconds; None where they are not there."""


class ConflictError(Exception):
    """The corrections file is not the one that the page was made from; `text` is what it holds now."""

    def __init__(self, text: str | None) -> None:
        super().__init__("the corrections file was changed meanwhile")
        self.text = text


@dataclass(frozen=True)
class Opened:
    """A document as the page shows it.

    Attributes:
        place: Its place in the folder, from 0.
        read: Document and records as the machine read them; None where the last run did not keep that.
        now: The same after corrections and checks.
        text: What is in its corrections file; None where there is none.
        outcomes: How the entries of the file ended.
        applied: What the corrections alone make of the records; None where nobody worked that out yet.
    """

    place: int
    read: Digitized | None
    now: Digitized
    text: str | None
    outcomes: tuple[Outcome, ...] = ()
    applied: Applied | None = None

    @property
    def version(self) -> str:
        """What tells this text of the corrections file from any other."""
        return version_of(self.text)

    def record(self, sop: int) -> Record | None:
        """The record at a place, from 1."""
        return self.now.records[sop - 1] if 0 < sop <= len(self.now.records) else None


@dataclass
class History:
    """What was done to a corrections file since the server was started: its text before and after each action."""

    done: list[tuple[str | None, str | None]] = field(default_factory=list)
    undone: list[tuple[str | None, str | None]] = field(default_factory=list)


@dataclass(frozen=True)
class Overview:
    """What the queue needs of a document: its doubts, how many of its fields there are, how many a reviewer saw."""

    items: tuple[QueueItem, ...] = ()
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    fields: int = 0
    seen: int = 0
    reviewed: tuple[bool, ...] = ()


class ReviewFolder:
    """An output folder with its corrections. All that is asked of it goes by the places of documents, never by names.

    Args:
        out: Where the last run wrote its records.
        corrections: The folder of corrections files; made when the first is written.
        paths: The files that were read, by the names of their documents.
        settings: Those of the run.
        limits: Those of the page.
    """

    def __init__(
        self,
        out: Path,
        corrections: Path,
        paths: Mapping[str, Path],
        settings: Settings,
        limits: ReviewSettings | None = None,
    ) -> None:
        self._out, self._corrections, self._paths = out, corrections, paths
        self._settings, self.limits = settings, limits or ReviewSettings()
        index = index_before(out)
        if index is None:
            message = msg("there are no records in {folder}/", folder=str(out))
            raise PipelineError(message, msg("`sop run` writes them."))
        self._index: Index = index
        self._lock = threading.RLock()
        self._opened: OrderedDict[int, tuple[Stamp, Opened]] = OrderedDict()
        self._history: dict[int, History] = {}
        self._texts: OrderedDict[str, str] = OrderedDict()  # of corrections files that a page was made from
        self._made: tuple[int | None, Normalizer] | None = None
        self.normalizer()
        self.overviews: list[Overview] = []
        self.overviews = [self._first_overview(place) for place in range(len(index.documents))]

    @property
    def entries(self) -> Sequence[IndexEntry]:
        """The documents of the folder."""
        return self._index.documents

    def path(self, place: int) -> Path | None:
        """The file that a document was read from; None where it is not there any more."""
        return self._paths.get(self.entries[place].name)

    def open(self, place: int) -> Opened:
        """A document as its corrections file makes it now.

        Raises:
            CorrectionsError: Something in the file cannot be taken.
            PipelineError: The file or a record cannot be read.
        """
        text, stamp = self._text(place), self._stamp(place)
        kept = self._opened.get(place)
        if kept is None or kept[0] != stamp or kept[1].text != text:
            self._remember(text)
            kept = (stamp, self._made_of(place, text, self._as_read(place)))
        self._keep(place, *kept)
        return kept[1]

    def _made_of(self, place: int, text: str | None, read: Digitized | None, applied: Applied | None = None) -> Opened:
        written = self._written(place)
        if read is None:
            return Opened(place, None, written, text)
        now, outcomes = self._concluded(place, read, text, written, applied)
        return Opened(place, read, now, text, outcomes, applied)

    def _keep(self, place: int, stamp: Stamp, opened: Opened) -> None:
        """Keep a document in memory, as long as nothing else is written; the last that were opened stay."""
        self._opened[place] = (stamp, opened)
        self._opened.move_to_end(place)
        while len(self._opened) > self.limits.kept_documents:
            self._opened.popitem(last=False)

    def _stamp(self, place: int) -> Stamp:
        """What changes when a run, or a lexicon, makes something else of a document."""
        path = self._out / self.entries[place].folder / DOCUMENT_FILE
        self.normalizer()
        return path.stat().st_mtime_ns if path.is_file() else None, self._made[0] if self._made else None

    def _first_overview(self, place: int) -> Overview:
        """That of a document as it was written, where no correction has a part in it: nothing is checked anew."""
        if not self._file(place).is_file():
            written = self._written(place)
            if not any(record.corrections for record in written.records):
                return self.overview(Opened(place, None, written, None))
        return self.overview(self.open(place))

    def text_of(self, version: str) -> str | None:
        """What a corrections file held when a page was made from it; None where that is long ago."""
        return self._texts.get(version)

    def _remember(self, text: str | None) -> None:
        if text is not None:
            self._texts[version_of(text)] = text
            while len(self._texts) > self.limits.undo_steps:
                self._texts.popitem(last=False)

    def overview(self, opened: Opened) -> Overview:
        """What the queue needs of a document."""
        records = opened.now.records
        paths = {record.id: field_paths(record) for record in records}
        return Overview(
            items=tuple(queue_items(opened.place, opened.now.document, records)),
            names=tuple(record.header.nama_sop or record.judul or record.id for record in records),
            words=tuple(search_words(record) for record in records),
            reviewed=tuple(record.review.status == "reviewed" for record in records),
            fields=sum(len(found) for found in paths.values()),
            seen=sum(len(seen_paths(paths[record.id], record.id, opened.outcomes)) for record in records),
        )

    def edit(self, place: int, version: str, by: Signature, change: Callable[[Editing], Editing]) -> Opened:
        """Change a document's corrections, and write them and its records.

        Args:
            place: Of the document.
            version: Of the corrections file that the reviewer has before them.
            by: Who does it.
            change: What is done.

        Raises:
            ConflictError: The file was changed meanwhile. Nothing was written.
            PipelineError: It cannot be done. Nothing was written.
        """
        with self._lock:
            opened = self._unchanged(place, version)
            if opened.read is None:
                why = msg("what was read of {file} is not kept any more", file=self.entries[place].file)
                raise PipelineError(why, msg("`sop run` reads it again."))
            normalizer, name = self._normalizer_for(place), str(self._file(place))
            known = opened.applied
            now = Corrected.of(opened.read.records, opened.text, name, normalizer) if known is None else known
            done = change(Editing(opened.read.records, name, normalizer, by, now)).now
            text = done.text
            if text != opened.text:
                history = self._history.setdefault(place, History())
                history.done = [*history.done, (opened.text, text)][-self.limits.undo_steps :]
                history.undone = []
            return self._put(opened, text, done)

    def rewrite(self, place: int, version: str, change: Callable[[Opened], str]) -> Opened:
        """Change the text of a corrections file itself, as for an entry that went stale; see `edit`."""
        with self._lock:
            opened = self._unchanged(place, version)
            text = change(opened)
            history = self._history.setdefault(place, History())
            history.done.append((opened.text, text))
            history.undone = []
            return self._put(opened, text)

    def undo(self, place: int, version: str) -> Opened:
        """Take the last action back out of the corrections file; see `edit`."""
        return self._step(place, version, back=True)

    def redo(self, place: int, version: str) -> Opened:
        """Do again what was taken back last; see `edit`."""
        return self._step(place, version, back=False)

    def steps(self, place: int) -> tuple[int, int]:
        """How many actions can be taken back, and how many done again."""
        history = self._history.get(place, History())
        return len(history.done), len(history.undone)

    def _step(self, place: int, version: str, *, back: bool) -> Opened:
        with self._lock:
            opened = self._unchanged(place, version)
            history = self._history.setdefault(place, History())
            source, sink = (history.done, history.undone) if back else (history.undone, history.done)
            if not source:
                raise PipelineError(msg("there is nothing to take back") if back else msg("there is nothing to redo"))
            before, after = source[-1]
            here, there = (after, before) if back else (before, after)
            if here != opened.text:
                raise ConflictError(opened.text)
            sink.append(source.pop())
            return self._put(opened, there)

    def _unchanged(self, place: int, version: str) -> Opened:
        opened = self.open(place)
        if opened.version != version:
            raise ConflictError(opened.text)
        return opened

    def _put(self, before: Opened, text: str | None, applied: Applied | None = None) -> Opened:
        """Write a corrections file and what follows from it, of which some may be `applied` already."""
        place = before.place
        opened, path = self._made_of(place, text, before.read, applied), self._file(place)
        if text is None:
            path.unlink(missing_ok=True)
        else:
            write_bytes(path, text.encode())
        self._remember(text)
        write_document(self._out, opened.now)
        self._keep(place, self._stamp(place), opened)
        self.overviews[place] = self.overview(opened)
        self._write_index(place, opened.now)
        return opened

    def _write_index(self, place: int, now: Digitized) -> None:
        issues = len(now.document.issues) + sum(len(record.issues) for record in now.records)
        steps = sum(len(record.kegiatan) for record in now.records)
        changes: dict[str, object] = {"issues": issues, "sops": len(now.records), "kegiatan": steps}
        changes |= {name: getattr(now.document, name) for name in ("status", "message", "wording")}
        entries = list(self._index.documents)
        entries[place] = entries[place].model_copy(update=changes)
        totals = self._index.totals.model_copy(
            update={
                "issues": sum(entry.issues for entry in entries),
                "sops": sum(entry.sops for entry in entries),
                "kegiatan": sum(entry.kegiatan for entry in entries),
            }
        )
        if entries[place] != self._index.documents[place]:
            self._index = self._index.model_copy(update={"documents": entries, "totals": totals})
            write_index(self._out, self._index)

    def _file(self, place: int) -> Path:
        return file_for(self._corrections, self.entries[place].name)

    def _text(self, place: int) -> str | None:
        path = self._file(place)
        return read_text(path) if path.is_file() else None

    def normalizer(self) -> Normalizer:
        """What makes values of a reviewer's words, by the lexicon as it is now."""
        lexicon = file_for(self._corrections, LEXICON)
        stamp = lexicon.stat().st_mtime_ns if lexicon.is_file() else None
        if self._made is None or self._made[0] != stamp:
            taught = None if stamp is None else load_overlay(lexicon)
            self._made = (stamp, Normalizer(load_lexicon(taught), self._settings.language))
        return self._made[1]

    def lexicon_text(self) -> str | None:
        """What is in the reviewers' lexicon; None where there is none."""
        path = file_for(self._corrections, LEXICON)
        return read_text(path) if path.is_file() else None

    def teach(self, version: str, printed: str, meant: str) -> None:
        """Teach a word to all documents, which they follow when they are read the next time.

        Raises:
            ConflictError: The lexicon was changed meanwhile.
            PipelineError: It is no word, or taught already.
        """
        with self._lock:
            text, path = self.lexicon_text(), file_for(self._corrections, LEXICON)
            if version_of(text) != version:
                raise ConflictError(text)
            write_bytes(path, with_taught_word(text, str(path), printed, meant).encode())

    def taught(self) -> Mapping[str, object] | None:
        """The words of the reviewers' lexicon; None where there is none."""
        lexicon = file_for(self._corrections, LEXICON)
        return load_overlay(lexicon) if lexicon.is_file() else None

    def _normalizer_for(self, place: int) -> Normalizer:
        """The same with what was read of pages of a document by themselves."""
        reading_of = partial(selection_read, Cache(self._out / CACHE), self.entries[place].name)
        return replace(self.normalizer(), reading_of=reading_of)

    def _written(self, place: int) -> Digitized:
        """The document as the last run wrote it."""
        folder = self._out / self.entries[place].folder
        try:
            document = Document.model_validate_json((folder / DOCUMENT_FILE).read_bytes())
            paths = [folder / sop.file for sop in document.sops]
            return Digitized(document, tuple(Record.model_validate_json(path.read_bytes()) for path in paths))
        except (OSError, ValidationError) as error:
            message = msg("the records in {folder}/ cannot be read", folder=str(folder))
            raise PipelineError(message, msg("`sop run` writes records anew.")) from error

    def _as_read(self, place: int) -> Digitized | None:
        """What the last run read; None where that is not kept, or older records stand in its place."""
        entry = self.entries[place]
        return None if entry.kept_from is not None else as_read(Cache(self._out / CACHE), entry.name)

    def _concluded(
        self, place: int, read: Digitized, text: str | None, written: Digitized, applied: Applied | None
    ) -> tuple[Digitized, tuple[Outcome, ...]]:
        """The document after its corrections, with what only a whole run can tell taken from what was written."""
        now = read
        outcomes: tuple[Outcome, ...] = ()
        if text is not None and not read.document.failed:
            file = parse_corrections(text, str(self._file(place)))
            now, outcomes = corrected(read, file, self._normalizer_for(place), applied)
        (now,) = checked(with_links([now], self._settings.language.same_sop), outcomes, self._settings.validate)
        before = {record.id: record for record in written.records}
        records = tuple(_with_run(record, before.get(record.id)) for record in now.records)
        return Digitized(named(replace(now, records=records)), records), outcomes


def version_of(text: str | None) -> str:
    """What tells one text of a corrections file from another."""
    return NO_FILE if text is None else hashlib.sha256(text.encode()).hexdigest()


def _with_run(record: Record, written: Record | None) -> Record:
    """The record with its links to other documents, and the doubts that compare them, as the last run found them."""
    if written is None:
        return record
    evidence = dict(record.evidence)
    for path, seen in written.evidence.items():
        links = [change for change in seen.changes if change.rule == LINK]
        if links and path in evidence and not any(change.rule == LINK for change in evidence[path].changes):
            changes = [*evidence[path].changes, *links]
            evidence[path] = evidence[path].model_copy(update={"changes": changes})
    same = record.header.nomor_sop == written.header.nomor_sop
    there = {issue.code for issue in record.issues}
    kept = [i for i in written.issues if i.code in _ACROSS_DOCUMENTS and i.code not in there and same]
    if not kept and evidence == record.evidence:
        return record
    return record.model_copy(update={"evidence": evidence, "issues": [*record.issues, *kept]})

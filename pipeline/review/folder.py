"""The documents of an output folder as reviewers see them, and their corrections files as the page changes them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from pipeline.batch.correction_files import file_for, load_overlay, read_text
from pipeline.batch.kept_readings import as_read, selection_read
from pipeline.corrections import parse_corrections
from pipeline.corrections.correction_base import Applied, CorrectionBase
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.taught_words import with_taught_word
from pipeline.errors import PipelineError
from pipeline.export.json import DOCUMENT_FILE, INDEX_FILE, INDEX_LINES_FILE
from pipeline.export.names import LEXICON
from pipeline.kept_results import KeptResults
from pipeline.message import msg
from pipeline.model.document import Digitized, Document, Index, IndexEntry
from pipeline.model.record import Record
from pipeline.normalize.lexicon import load_lexicon
from pipeline.review.conclusion import concluded, index_with
from pipeline.review.editing import Editing, Signature
from pipeline.review.opened import ConflictError, History, Opened, version_of
from pipeline.review.overview import Overview, overview_of
from pipeline.review.write_back import WriteBack
from pipeline.settings import Settings
from pipeline.settings.review_page import ReviewSettings
from pipeline.store.atomic import write_bytes
from pipeline.store.cache import Cache
from pipeline.store.file_lock import locked
from pipeline.store.index_file import read_index, write_index
from pipeline.store.outputs import CACHE, write_document

Stamp = tuple[int | None, int | None]
"""When a document's records and the lexicon were written, in nanoseconds; None where they are not there."""


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
        index = read_index(out)
        if index is None:
            message = msg("there are no records in {folder}/", folder=str(out))
            raise PipelineError(message, msg("`sop run` writes them."))
        self._index: Index = index
        self._lock = threading.RLock()
        self._disk_index = self._index_stamp()
        self._write_back = WriteBack(out, self._write)
        self._opened: OrderedDict[int, tuple[Stamp, Opened]] = OrderedDict()
        self._history: dict[int, History] = {}
        self._texts: OrderedDict[str, str] = OrderedDict()  # of corrections files that a page was made from
        self._made: tuple[int | None, Normalizer] | None = None
        self._results = KeptResults()
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
            kept = (stamp, self._made_of(place, text, self._as_read(place), self._written(place)))
        self._keep(place, *kept)
        return kept[1]

    def _made_of(
        self,
        place: int,
        text: str | None,
        read: Digitized | None,
        written: Digitized,
        applied: Applied | None = None,
    ) -> Opened:
        if read is None:
            return Opened(place, None, written, written, text)
        file = None if text is None else parse_corrections(text, str(self._file(place)))
        by = self._normalizer_for(place)
        now, outcomes = concluded(read, file, written, by, self._settings, self._results, applied)
        return Opened(place, read, now, written, text, outcomes, applied)

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
                return overview_of(place, written, (), KeptResults())
        opened = self.open(place)
        return overview_of(place, opened.now, opened.outcomes, KeptResults())

    def text_of(self, version: str) -> str | None:
        """What a corrections file held when a page was made from it; None where that is long ago."""
        return self._texts.get(version)

    def _remember(self, text: str | None) -> None:
        if text is not None:
            self._texts[version_of(text)] = text
            while len(self._texts) > self.limits.undo_steps:
                self._texts.popitem(last=False)

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
        with self._changing(self._file(place)):
            opened = self._unchanged(place, version)
            if opened.read is None:
                why = msg("what was read of {file} is not kept any more", file=self.entries[place].file)
                raise PipelineError(why, msg("`sop run` reads it again."))
            normalizer, name = self._normalizer_for(place), str(self._file(place))
            base = CorrectionBase(opened.read.records, name, normalizer, self._results)
            done = change(Editing(base, by, opened.applied or base.applied(opened.text))).now
            self._note(place, opened.text, done.text)
            return self._put(opened, done.text, done)

    def rewrite(self, place: int, version: str, change: Callable[[Opened], str]) -> Opened:
        """Change the text of a corrections file itself, as for an entry that went stale; see `edit`."""
        with self._changing(self._file(place)):
            opened = self._unchanged(place, version)
            text = change(opened)
            self._note(place, opened.text, text)
            return self._put(opened, text)

    def _note(self, place: int, before: str | None, after: str | None) -> None:
        history = self._history.get(place, History())
        self._history[place] = history.with_action(before, after, self.limits.undo_steps)

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
        with self._changing(self._file(place)):
            opened = self._unchanged(place, version)
            history, there = self._history.get(place, History()).step(opened.text, back=back)
            self._history[place] = history
            return self._put(opened, there)

    @contextmanager
    def _changing(self, path: Path) -> Iterator[None]:
        """Keep the other threads of this page, and all other processes, from a file that reviewers write."""
        with self._lock, locked(path):
            yield

    def _unchanged(self, place: int, version: str) -> Opened:
        opened = self.open(place)
        if opened.version != version:
            raise ConflictError(opened.text)
        return opened

    def _put(self, before: Opened, text: str | None, applied: Applied | None = None) -> Opened:
        """Write a corrections file and what follows from it, of which some may be `applied` already."""
        place = before.place
        opened, path = self._made_of(place, text, before.read, before.written, applied), self._file(place)
        if text is None:
            path.unlink(missing_ok=True)
        else:
            write_bytes(path, text.encode())
        self._remember(text)
        if self._write_back.put(place, partial(self._write, place, opened.now)):
            opened = replace(opened, written=opened.now)
        self._keep(place, self._stamp(place), opened)
        self.overviews[place] = overview_of(place, opened.now, opened.outcomes, self._results)
        return opened

    def _write(self, place: int, now: Digitized | None = None) -> None:
        """Write a document's records and its line of the index into the folder, which is held meanwhile.

        Args:
            place: The document's.
            now: As it is known to be now; None to make it anew of what a run has read since, and its corrections.
        """
        with self._lock:
            is_own = self._disk_index == self._index_stamp()
            there = self._index if is_own else read_index(self._out) or self._index
            names = [entry.name for entry in there.documents]
            if self.entries[place].name not in names:
                return  # a run has taken the document out
            now = now or self.open(place).now
            write_document(self._out, now, self._results, layout=there.layout)
            self._index = index_with(self._index, place, now)
            changed = self._index if is_own else index_with(there, names.index(self.entries[place].name), now)
            if changed != there:
                write_index(self._out, changed)
            if is_own:
                self._disk_index = self._index_stamp()

    def _index_stamp(self) -> tuple[int, int] | None:
        """What tells the index that this page wrote from one of another run."""
        try:
            name = INDEX_FILE if self._index.documents_file is None else INDEX_LINES_FILE
            stat = (self._out / name).stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_ino

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
            self._results = KeptResults(self.limits.kept_results)
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
        path = file_for(self._corrections, LEXICON)
        with self._changing(path):
            text = self.lexicon_text()
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

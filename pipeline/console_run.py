"""What `sop run` prints: how far it is, a row per document, what failed and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from pipeline import sentences
from pipeline.console import ends_text, number_columns, output, print_error
from pipeline.export.json import INDEX_FILE
from pipeline.message import Message, counted, msg
from pipeline.model.document import Digitized, Index, IndexEntry
from pipeline.model.document import Status as DocumentStatus
from pipeline.model.text import printable
from pipeline.store.folder_holder import Holder
from pipeline.store.folder_lock import HeldFolder, hold, in_use
from pipeline.store.outputs import output_folder
from pipeline.summary import and_more, failures, named, next_steps, shortened, worst_first
from pipeline.translation import shown, speaking, spoken, translate

DOCUMENT_STATUSES: dict[DocumentStatus, Message] = {
    "ok": msg("ok"),
    "no-sop": msg("no-sop"),
    "not-read": msg("not-read"),
    "not-a-pdf": msg("not-a-pdf"),
    "not-an-image": msg("not-an-image"),
    "not-text": msg("not-text"),
    "unsupported": msg("unsupported"),
    "empty": msg("empty"),
    "truncated": msg("truncated"),
    "damaged": msg("damaged"),
    "encrypted": msg("encrypted"),
    "zero-pages": msg("zero-pages"),
    "unreadable": msg("unreadable"),
    "timed-out": msg("timed-out"),
    "too-large": msg("too-large"),
    "ocr-missing": msg("ocr-missing"),
    "failed": msg("failed"),
}
MOST_ROWS = 100  # documents in the table of a run; all of them are in index.json
MOST_NAMES = 20  # names or messages in one list
NAME_WIDTH = 48  # characters of a document's name
NUMBERS_WIDTH = 56  # columns that the table needs beside the name


@dataclass(frozen=True)
class RunProgress:
    """What a run calls to say how far it is: a page of a document done, a document done."""

    page: Callable[[str, int, int], None]
    document: Callable[[Digitized], None]


class RunState:
    """How far a run is: documents that are done, and which page of which document is read.

    It is told by several threads.
    """

    def __init__(self, documents: int) -> None:
        self._documents = documents
        self._done = 0
        self._pages: dict[str, tuple[frozenset[int], int]] = {}
        self._lock = Lock()

    def page(self, name: str, page: int, of: int) -> None:
        """Note that `page` of the `of` pages of a document are read."""
        with self._lock:
            read, _ = self._pages.pop(name, (frozenset(), 0))  # several workers may read pages of it, some the same
            self._pages[name] = (read | {page} if page else read, of)  # last: the one that was heard of last

    def document(self, name: str) -> None:
        """Note that a document is done."""
        with self._lock:
            self._done += 1
            self._pages.pop(name, None)

    @property
    def share(self) -> float:
        """How many documents are done, those that are read in part counted in part."""
        with self._lock:
            return self._done + sum(len(read) / of for read, of in self._pages.values() if of)

    @property
    def at_work(self) -> Message | str:
        """The document that was heard of last, and its page."""
        with self._lock:
            if not self._pages:
                return ""
            name, (read, of) = list(self._pages.items())[-1]
        name = shortened(printable(name), NAME_WIDTH)
        return msg("{file}, page {page} of {pages}", file=name, page=min(len(read) + 1, of), pages=of) if of else name


@contextmanager
def progress(documents: int, console: Console | None = None) -> Iterator[RunProgress]:
    """Show on stderr which document and page is read, and the time left; nothing where that is no terminal."""
    console, state, language = console or Console(stderr=True), RunState(documents), spoken()
    left = f"{translate('time left')} "
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=20), MofNCompleteColumn())
    times = (TextColumn(left), TimeRemainingColumn())
    with Progress(*columns, *times, console=console, disable=not console.is_terminal, transient=True) as bars:
        bar = bars.add_task(translate("documents"), total=documents)

        def show() -> None:
            with speaking(language):  # a thread that hears of pages has no language of its own
                bars.update(
                    bar, completed=state.share, description=escape(shown(state.at_work) or translate("documents"))
                )

        def on_page(name: str, page: int, of: int) -> None:
            state.page(name, page, of)
            show()

        def on_document(result: Digitized) -> None:
            state.document(result.document.name)
            show()

        yield RunProgress(page=on_page, document=on_document)


@contextmanager
def held(out: Path, wait: float | None = None) -> Iterator[HeldFolder]:
    """Keep other runs out of an output folder, which is made if need be; say so while there is one to wait for.

    Args:
        out: The output folder.
        wait: How many seconds to wait; None for as long as that takes.
    """

    def on_wait(holder: Holder | None) -> None:
        print_error(sentences.IN_USE_WAITING.format(in_use=in_use(out, holder)))

    was_there = out.exists()
    try:
        with hold(output_folder(out), wait, on_wait) as folder:
            yield folder
    except BaseException:
        if not was_there:
            with suppress(OSError):  # something was written into it
                out.rmdir()
        raise


def show_run(index: Index, out: Path, notes: Sequence[str] = ()) -> None:
    """Print a row per document, the messages of those that have one, the notes, and where to look.

    Args:
        index: The index of the run.
        out: The output folder.
        notes: Further lines, about corrections for instance.
    """
    console, where = output(), str(out / INDEX_FILE)
    rows = [entry for entry in index.documents if not entry.earlier]
    console.print(_table(rows, console.width))
    lines = [*remarks(rows, index.passed_over, where), *notes]
    if len(rows) > MOST_ROWS:
        lines.insert(0, shown(and_more(len(rows) - MOST_ROWS, where)))
    for line in [*lines, _total(index, out), *_what_next(rows)]:
        console.print(escape(printable(line)), soft_wrap=True)


def _table(rows: Sequence[IndexEntry], width: int) -> Table:
    numbers = number_columns(translate("Pages"), translate("SOPs"), translate("Steps"), translate("Issues"))
    table = Table(translate("Document"), translate("Status"), *numbers)
    for entry in worst_first(rows, MOST_ROWS):
        counts = (entry.pages, entry.sops, entry.kegiatan, entry.issues)
        name = shortened(entry.file, max(NAME_WIDTH // 2, min(NAME_WIDTH, width - NUMBERS_WIDTH)))
        table.add_row(escape(name), shown(DOCUMENT_STATUSES[entry.status]), *(str(count) for count in counts))
    return table


def _total(index: Index, out: Path) -> str:
    totals = index.totals
    line = translate(
        "{sops} with {steps} in {documents}: see {out}, {index} for all of them",
        sops=counted("{n} SOP", "{n} SOPs", totals.sops),
        steps=counted("{n} step", "{n} steps", totals.kegiatan),
        documents=counted("{n} document", "{n} documents", totals.documents),
        out=f"{out}/",
        index=str(out / INDEX_FILE),
    )
    return line


def _what_next(rows: Sequence[IndexEntry]) -> list[str]:
    """What failed, and what to do about it."""
    failed = "; ".join(shown(message) for message in failures(rows))
    return [*([failed] if failed else []), *(f"- {shown(step)}" for step in next_steps(rows))]


def remarks(documents: Sequence[IndexEntry], passed_over: Sequence[str], where: str) -> list[str]:
    """A line for each document with a message, up to `MOST_NAMES`, and one for the files that were not looked at."""
    told = [entry for entry in documents if entry.said]
    lines = [f"{shortened(entry.file, NAME_WIDTH)}: {shown(entry.said or '')}" for entry in told[:MOST_NAMES]]
    if len(told) > MOST_NAMES:
        lines.append(shown(and_more(len(told) - MOST_NAMES, where)))
    if passed_over:
        names = [shortened(name, NAME_WIDTH) for name in passed_over]
        lines.append(translate("Not looked at: {files}", files=named(names, MOST_NAMES, where)))
    return lines


def correction_remarks(ends: Mapping[str, int], unmatched: Sequence[str]) -> list[str]:
    """How many corrections came to which end, and the files that are about no document of the run."""
    counts = ends_text(ends)
    lines = [translate("Corrections: {counts}", counts=counts)] if counts else []
    return lines + [translate("{file}: about no document of this run", file=file) for file in unmatched]


def earlier_remarks(gone: Sequence[IndexEntry], left: Sequence[IndexEntry], prune: bool) -> list[str]:
    """What became of the documents of earlier runs that are not among the inputs: taken out, or left."""
    why_left = sentences.NOT_PRUNED if prune else sentences.EARLIER
    return [
        shown(told.format(documents=counted("{n} document", "{n} documents", len(entries)), names=_names_of(entries)))
        for told, entries in ((sentences.PRUNED, gone), (why_left, left))
        if entries
    ]


def _names_of(entries: Sequence[IndexEntry]) -> Message | str:
    return named([shortened(entry.file, NAME_WIDTH) for entry in entries], MOST_NAMES, INDEX_FILE)

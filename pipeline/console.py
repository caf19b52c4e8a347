"""What the command prints: results on stdout; errors, the log and progress bars on stderr."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from pipeline import sentences
from pipeline.corrections import Outcome
from pipeline.corrections.entry import STATUSES
from pipeline.doctor import Finding, Need
from pipeline.export.json import INDEX_FILE
from pipeline.message import Message, counted, msg
from pipeline.model.document import Digitized, Index, IndexEntry
from pipeline.model.document import Status as DocumentStatus
from pipeline.model.text import printable
from pipeline.process import send_log_to, stop_log_to
from pipeline.translation import shown, translate

NEEDS: dict[Need, Message] = {"needed": msg("needed"), "for scans": msg("for scans"), "optional": msg("optional")}
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
FILE_WIDTH = 160  # columns of a table that goes to a file, which has no edge to fold it at


def print_error(message: Message | str, advice: Message | str = "") -> None:
    """Print the message and the advice to stderr: one line, or as many as the message has."""
    first, *others = [printable(line) for line in shown(message).splitlines()] or [""]
    lines = [f"sop: {first}", *others]
    end = lines[-1] if lines[-1].endswith((".", "?", "!")) else f"{lines[-1]}."
    print("\n".join([*lines[:-1], f"{end} {shown(advice)}".strip()]), file=sys.stderr)


def say(line: str) -> None:
    """Print one line to stdout, whatever a name or a text in it holds."""
    print(printable(line))


@contextmanager
def logged(verbosity: int) -> Iterator[None]:
    """Print what the package logs to stderr while the block runs.

    Args:
        verbosity: 0 for nothing, 1 for documents, stages and the kinds of pages (INFO), 2 for decisions (DEBUG).
    """
    if not verbosity:
        yield
        return
    handler = StderrHandler()
    handler.setFormatter(LogFormat(with_module=verbosity > 1))
    send_log_to(handler, logging.INFO if verbosity == 1 else logging.DEBUG)
    try:
        yield
    finally:
        stop_log_to(handler)


class StderrHandler(logging.Handler):
    """Prints log lines to what is stderr at the time: under a progress bar that is rich, which prints them above it."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one record."""
        print(printable(self.format(record)), file=sys.stderr, flush=True)


class LogFormat(logging.Formatter):
    """Log lines as "sop-bintan: layout: 34 ms", with the module that logs in second place where that is asked for."""

    def __init__(self, *, with_module: bool) -> None:
        super().__init__()
        self._with_module = with_module

    def format(self, record: logging.LogRecord) -> str:
        """Join the document's name, the module and the message, those of them that there are."""
        module = record.name if self._with_module else ""
        return ": ".join(part for part in (vars(record).get("document"), module, record.getMessage()) if part)


@dataclass(frozen=True)
class RunProgress:
    """What a run calls to say how far it is: a page of a document done, a document done."""

    page: Callable[[str, int, int], None]
    document: Callable[[Digitized], None]


@contextmanager
def progress(documents: int) -> Iterator[RunProgress]:
    """Show bars for documents and pages on stderr; nothing where that is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bars:
        whole = bars.add_task(translate("documents"), total=documents)
        pages_of = translate("pages")  # here: the thread that hears of pages has no language of its own
        pages = bars.add_task(pages_of, total=None)
        done: dict[str, tuple[int, int]] = {}

        def on_page(name: str, page: int, of: int) -> None:
            done[name] = (page, of)
            totals = [sum(parts) for parts in zip(*done.values(), strict=True)]
            bars.update(pages, completed=totals[0], total=totals[1], description=f"{pages_of} ({escape(name)})")

        yield RunProgress(page=on_page, document=lambda _: bars.advance(whole))


def show_run(index: Index, out: Path, notes: Sequence[str] = ()) -> None:
    """Print a row per document, the messages of those that have one, the notes, and where to look.

    Args:
        index: The index of the run.
        out: The output folder.
        notes: Further lines, about corrections for instance.
    """
    console = _output()
    numbers = _number_columns(translate("Pages"), translate("SOPs"), translate("Steps"), translate("Issues"))
    table = Table(translate("Document"), translate("Status"), *numbers)
    rows = [entry for entry in index.documents if not entry.earlier]
    for entry in rows:
        counts = (entry.pages, entry.sops, entry.kegiatan, entry.issues)
        table.add_row(escape(entry.file), shown(DOCUMENT_STATUSES[entry.status]), *(str(count) for count in counts))
    console.print(table)
    for line in [*remarks(rows, index.passed_over), *notes]:
        console.print(escape(printable(line)), soft_wrap=True)
    totals = index.totals
    line = translate(
        "{sops} with {steps} in {documents}: see {out}, {index} for all of them",
        sops=counted("{n} SOP", "{n} SOPs", totals.sops),
        steps=counted("{n} step", "{n} steps", totals.kegiatan),
        documents=counted("{n} document", "{n} documents", totals.documents),
        out=f"{out}/",
        index=str(out / INDEX_FILE),
    )
    console.print(escape(printable(line)), soft_wrap=True)


def remarks(documents: Sequence[IndexEntry], passed_over: Sequence[str]) -> list[str]:
    """A line for each document with a message, and one for the files that were not looked at."""
    lines = [f"{entry.file}: {shown(entry.said)}" for entry in documents if entry.said]
    if passed_over:
        lines.append(translate("Not looked at: {files}", files=", ".join(passed_over)))
    return lines


def correction_remarks(outcomes: Sequence[Outcome], unmatched: Sequence[str]) -> list[str]:
    """How many corrections came to which end, and the files that are about no document of the run."""
    counts = ends_of(outcomes)
    lines = [translate("Corrections: {counts}", counts=counts)] if counts else []
    return lines + [translate("{file}: about no document of this run", file=file) for file in unmatched]


def earlier_remarks(entries: Sequence[IndexEntry], pruned: bool) -> list[str]:
    """What became of the documents of earlier runs that are not among the inputs."""
    if not entries:
        return []
    names = ", ".join(entry.file for entry in entries)
    told = sentences.PRUNED if pruned else sentences.EARLIER
    return [shown(told.format(documents=counted("{n} document", "{n} documents", len(entries)), names=names))]


def ends_of(outcomes: Sequence[Outcome]) -> str:
    """How many corrections came to which end: "2 applied, 1 stale"."""
    ends = Counter(outcome.status for outcome in outcomes)
    return ", ".join(f"{count} {shown(STATUSES[status])}" for status, count in sorted(ends.items()))


def show_findings(findings: Sequence[Finding]) -> None:
    """Print a row per thing that was looked for, and how to get what is missing."""
    table = Table(translate("What"), translate("Found"), translate("Need"), translate("To get it"))
    for finding in findings:
        advice = "" if finding.found is not None else shown(finding.advice)
        found = finding.found or translate("missing")
        table.add_row(escape(shown(finding.what)), shown(found), shown(NEEDS[finding.need]), escape(advice))
    _output().print(table)


def _number_columns(*heads: str) -> Iterator[Column]:
    return (Column(head, justify="right") for head in heads)


def _output() -> Console:
    return Console() if sys.stdout.isatty() else Console(width=FILE_WIDTH)

"""What the command prints: results on stdout; errors, the log and progress bars on stderr."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from pipeline.corrections import Outcome
from pipeline.corrections.entry import STATUSES
from pipeline.doctor import Finding, Need
from pipeline.message import Message, msg
from pipeline.model.text import printable
from pipeline.process import send_log_to, stop_log_to
from pipeline.translation import shown, translate

NEEDS: dict[Need, Message] = {"needed": msg("needed"), "for scans": msg("for scans"), "optional": msg("optional")}
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


def ends_of(outcomes: Sequence[Outcome]) -> str:
    """How many corrections came to which end: "2 applied, 1 stale"."""
    return ends_text(Counter(outcome.status for outcome in outcomes))


def ends_text(ends: Mapping[str, int]) -> str:
    """Counts of corrections by their ends as text: "2 applied, 1 stale"."""
    return ", ".join(f"{ends[status]} {shown(STATUSES[status])}" for status in sorted(STATUSES) if ends.get(status))


def show_findings(findings: Sequence[Finding]) -> None:
    """Print a row per thing that was looked for, and how to get what is missing."""
    table = Table(translate("What"), translate("Found"), translate("Need"), translate("To get it"))
    for finding in findings:
        advice = "" if finding.found is not None else shown(finding.advice)
        found = finding.found or translate("missing")
        table.add_row(escape(shown(finding.what)), shown(found), shown(NEEDS[finding.need]), escape(advice))
    output().print(table)


def number_columns(*heads: str) -> Iterator[Column]:
    """Columns whose numbers stand below each other."""
    return (Column(head, justify="right") for head in heads)


def output() -> Console:
    """The terminal, or a file, which has no edge to fold a table at."""
    return Console() if sys.stdout.isatty() else Console(width=FILE_WIDTH)

"""The `sop` command."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from errno import EACCES, EIO, ELOOP, ENAMETOOLONG, ENOTCONN, EPERM, EROFS, ESTALE
from functools import partial

import typer

from pipeline import console, sentences
from pipeline.batch.attempt import Fault, attempt
from pipeline.batch.worker_process import silence_libraries
from pipeline.commands import collecting, comparing, correcting, exporting, looking, running
from pipeline.errors import INTERRUPTED, NOT_ALL, OK, USAGE, PipelineError
from pipeline.message import msg
from pipeline.store.cache import installed
from pipeline.translation import language_of, speaking, spoken
from pipeline.usage import VERSION, SopCommand, SopGroup, split_language, usage_error

DISTRIBUTION = "sop-pipeline"
REFUSED = frozenset({EACCES, EIO, ELOOP, ENAMETOOLONG, ENOTCONN, EPERM, EROFS, ESTALE})
"""The numbers of errors by which the system says that a path is not for this command, or its disk or network gone."""

app = typer.Typer(
    name="sop",
    cls=SopGroup,
    help="Turns Indonesian SOP AP documents, text PDFs or scans, into records other software can import.",
    epilog="Exit codes: 0 in order, 1 not all documents in order, 2 wrong usage or a broken set-up, 130 interrupted.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

COMMANDS: dict[str, Callable[..., int]] = {
    "run": running.run,
    "check": correcting.check,
    "correct": correcting.correct,
    "rebase": correcting.rebase,
    "draw": looking.draw,
    "review": looking.review,
    "list": collecting.list_command,
    "search": collecting.search,
    "diff": comparing.diff,
    "export": exporting.export,
    "schema": exporting.schema,
    "doctor": looking.doctor_command,
}

for _name, _command_function in COMMANDS.items():
    app.command(_name, cls=SopCommand)(_command_function)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit with 0 in order, 1 not all documents, 2 wrong usage, 130 interrupted."""
    silence_libraries()
    sys.exit(exit_code(sys.argv[1:] if arguments is None else arguments))


def exit_code(arguments: Sequence[str]) -> int:
    """Run the command in the language of --lang or the locale; return its exit code.

    Whatever goes wrong is printed in one line.
    """
    with speaking(language_of(os.environ)):
        try:
            language, rest = split_language(arguments)
        except PipelineError as error:
            console.print_error(error.message, error.advice)
            return error.exit_code
        with speaking(language or spoken()):
            if rest[:1] == [VERSION]:
                print(f"sop {installed(DISTRIBUTION)}")
                return OK
            return _exit_code(rest)


def _exit_code(arguments: Sequence[str]) -> int:
    try:
        outcome = attempt(partial(_reaching, arguments))
    except PipelineError as error:
        console.print_error(error.message, error.advice)
        return error.exit_code
    if isinstance(outcome, Fault):
        console.print_error(outcome.message)
        return NOT_ALL
    if outcome.value == INTERRUPTED:
        console.print_error(msg("interrupted"), msg("What was read so far is kept for the next run."))
    return outcome.value


def _reaching(arguments: Sequence[str]) -> int:
    """Run the command; a path that the system refuses to it is the set-up's fault, and told as such."""
    try:
        return _command(arguments)
    except OSError as error:
        if error.errno not in REFUSED or not isinstance(error.filename, str):
            raise
        told = sentences.NOT_REACHED.format(path=error.filename, why=error.strerror or str(error))
        raise PipelineError(told, sentences.LOOK_AT_PATH) from error


def _command(arguments: Sequence[str]) -> int:
    """Run the command that `arguments` name; return its exit code.

    Raises:
        PipelineError: Wrong usage, or a broken set-up.
    """
    try:
        code = app(args=list(arguments) or ["--help"], prog_name="sop", standalone_mode=False)
    except typer.TyperException as error:
        raise usage_error(error) from None
    return int(code or OK) if arguments else USAGE

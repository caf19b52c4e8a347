"""The options that several commands share, and the settings that they ask for."""

from __future__ import annotations

import os
import shlex
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline import console
from pipeline.batch.cluster import LOCAL, ClusterChoice
from pipeline.batch.correction_files import read_text
from pipeline.doctor import tesseract_languages
from pipeline.errors import PipelineError
from pipeline.message import msg
from pipeline.ocr.tesseract import require_languages
from pipeline.settings import ClusterSettings, OcrSettings, Settings
from pipeline.store.remote_path import place_of

CORRECTIONS = Path("corrections")
OUTPUTS = Path("outputs")
PASSWORD_VARIABLE = "SOP_PASSWORD"


class SecondReaderUse(StrEnum):
    """What a second engine reads again."""

    NONE = "none"
    DOUBTFUL = "doubtful"
    ALL = "all"


class ListFormat(StrEnum):
    """How a listing is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class Listed(StrEnum):
    """What a row of a listing is."""

    SOPS = "sops"
    STEPS = "steps"
    PERFORMERS = "performers"
    AGENCIES = "agencies"
    LAWS = "laws"
    RELATED = "related"
    DOUBLES = "doubles"


Given = Annotated[
    list[Path],
    typer.Argument(
        metavar="INPUT", parser=place_of, help="Files, or folders that are searched for them with all they hold."
    ),
]
Out = Annotated[
    Path, typer.Option("--out", "-o", metavar="DIR", parser=place_of, help="The folder that gets what comes out.")
]
GivenOrAll = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="INPUT", parser=place_of, help="The documents that the corrections are about; inputs/ if not given."
    ),
]
RecordsGiven = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="RECORDS", parser=place_of, help="Records, or folders with all that they hold; outputs/ if not given."
    ),
]
PrintedAs = Annotated[ListFormat, typer.Option("--format", help="How to print it.")]
Corrections = Annotated[
    Path | None,
    typer.Option(
        "--corrections",
        metavar="DIR",
        parser=place_of,
        help="The folder of correction files; corrections/ if not given.",
    ),
]
Password = Annotated[
    str | None,
    typer.Option(
        "--password",
        metavar="TEXT",
        help="The password of encrypted PDFs; SOP_PASSWORD of the environment if not given.",
    ),
]
PasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        metavar="FILE",
        parser=place_of,
        help="A file of passwords, one a line, of which one fits.",
    ),
]
OcrLang = Annotated[
    str | None, typer.Option("--ocr-lang", metavar="LANG", help="Tesseract's languages for scans, as in ind+eng.")
]
Dpi = Annotated[
    float | None, typer.Option("--dpi", metavar="N", min=72, max=1200, help="The resolution scans are worked at.")
]
ForceOcr = Annotated[bool, typer.Option("--force-ocr", help="Recognise every page, also those with a text layer.")]
NoOcr = Annotated[bool, typer.Option("--no-ocr", help="Recognise nothing: scanned pages stay unread, and say so.")]
Second = Annotated[
    SecondReaderUse | None,
    typer.Option("--second", help="What of a scan a second engine reads again, where rapidocr is installed."),
]

Timeout = Annotated[
    float | None,
    typer.Option(
        "--timeout", metavar="SECONDS", min=1, help="How long one document may take; 4 hours, 120 a page, if not given."
    ),
]
Memory = Annotated[
    float | None,
    typer.Option("--memory", metavar="MB", min=300, help="How much memory one document may take; 2000 if not given."),
]
NoCorrections = Annotated[
    bool, typer.Option("--no-corrections", help="Write what was read, also over records that were corrected.")
]
Prune = Annotated[bool, typer.Option("--prune", help="Take out the records of inputs that are no more.")]
Wait = Annotated[
    float | None,
    typer.Option(
        "--wait",
        metavar="SECONDS",
        min=0,
        help="How long to wait for another run that writes into the same folder; until it is done if not given.",
    ),
]
Watch = Annotated[
    bool, typer.Option("--watch", help="Run again whenever a document or correction comes, goes or changes.")
]
Poll = Annotated[
    float | None,
    typer.Option(
        "--poll",
        metavar="SECONDS",
        min=0.1,
        help="Look for changes every so many seconds, as on network folders; told by the system if not given.",
    ),
]
Retry = Annotated[bool, typer.Option("--retry", help="Read again what a run before gave up.")]
ClusterAddress = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Have a Dask cluster read, with its scheduler at tcp://HOST:PORT; local to start one here with N workers.",
    ),
]
ClusterWait = Annotated[
    float | None,
    typer.Option(
        "--cluster-wait",
        metavar="SECONDS",
        min=1,
        help="How long a cluster may be without any worker; 60 seconds if not given.",
    ),
]


def _log_until_the_end(context: typer.Context, verbosity: int) -> int:
    """Log to stderr until the command is done."""
    context.with_resource(console.logged(verbosity))
    return verbosity


Verbose = Annotated[
    int,
    typer.Option(
        "--verbose",
        "-v",
        count=True,
        callback=_log_until_the_end,
        show_default=False,
        help="Log documents, stages and kinds of pages to stderr; -vv also what was decided, and where.",
    ),
]


def settings_of(
    *,
    ocr_lang: str | None,
    dpi: float | None,
    force_ocr: bool,
    no_ocr: bool,
    second: SecondReaderUse | None = None,
    timeout: float | None = None,
    memory: float | None = None,
) -> Settings:
    """The settings that the options ask for.

    Raises:
        PipelineError: The options contradict each other, or name no language, or one that is not installed.
    """
    if force_ocr and no_ocr:
        raise PipelineError(msg("--force-ocr and --no-ocr exclude each other"), msg("Give one of them."))
    settings = Settings()
    ocr = replace(settings.ocr, when="force" if force_ocr else "never" if no_ocr else "auto")
    if ocr_lang is not None:
        ocr = replace(ocr, languages=languages_of(ocr_lang))
        _require_installed(ocr)
    if second is not None:
        ocr = replace(ocr, second=second.value)
    scan = settings.scan if dpi is None else replace(settings.scan, dpi=dpi)
    return replace(settings, ocr=ocr, scan=scan, limits=settings.limits.within(timeout, memory))


def languages_of(text: str) -> tuple[str, ...]:
    """Split Tesseract's languages: "ind+eng" -> ("ind", "eng").

    Raises:
        PipelineError: `text` names no language.
    """
    languages = tuple(part.strip() for part in text.split("+") if part.strip())
    if not languages:
        raise PipelineError(msg("--ocr-lang names no language"), msg("Give one or more, as in ind+eng."))
    return languages


def _require_installed(ocr: OcrSettings) -> None:
    """Check the languages asked for before anything is read. Where there is no Tesseract at all, scans say so."""
    installed = tesseract_languages() if ocr.when != "never" else ()
    if installed:
        require_languages(ocr.languages, installed, "tesseract --list-langs")


def same_folders(out: Path, corrections: Path | None) -> str:
    """The options by which another command finds the same folders; "" where it does so without."""
    given = [("--out", out if out != OUTPUTS else None), ("--corrections", corrections)]
    return "".join(f" {option} {shlex.quote(str(folder))}" for option, folder in given if folder is not None)


def password_of(given: str | None, file: Path | None) -> str | None:
    """The passwords to try on encrypted PDFs, one a line; None where there are none.

    Raises:
        PipelineError: The file cannot be read, or a password was given as well.
    """
    if file is None:
        return given or os.environ.get(PASSWORD_VARIABLE) or None
    if given is not None:
        raise PipelineError(msg("--password and --password-file exclude each other"), msg("Give one of them."))
    lines = [line for line in read_text(file).splitlines() if line]
    return "\n".join(lines) or None


def cluster_of(address: str | None, wait: float | None, jobs: int | None) -> ClusterChoice | None:
    """The cluster that the options ask for; None where documents are read by processes of this machine.

    Raises:
        PipelineError: The options contradict each other.
    """
    if address is None:
        if wait is not None:
            raise PipelineError(msg("--cluster-wait is of use with --cluster only"), msg("Give both, or none."))
        return None
    if jobs is not None and address != LOCAL:
        raise PipelineError(
            msg("--jobs and --cluster {address} exclude each other", address=address),
            msg("How many documents a cluster reads at a time is said where its workers are started."),
        )
    settings = ClusterSettings()
    return ClusterChoice(address, settings if wait is None else replace(settings, wait_seconds=wait))

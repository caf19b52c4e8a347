"""`sop draw`, `sop review` and `sop doctor`: what was read beside its pages, and what is installed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline import console, console_review, console_run, doctor
from pipeline.batch.attempt import Fault, attempt
from pipeline.batch.draw import draw_pages
from pipeline.batch.inputs import gather
from pipeline.batch.workers import local_workers
from pipeline.commands.digitizing import INPUTS
from pipeline.errors import NOT_ALL, OK
from pipeline.message import counted, msg
from pipeline.options import (
    Corrections,
    Dpi,
    ForceOcr,
    Given,
    GivenOrAll,
    Memory,
    NoOcr,
    OcrLang,
    Out,
    Password,
    PasswordFile,
    Second,
    Timeout,
    Verbose,
    Wait,
    password_of,
    settings_of,
)
from pipeline.translation import translate


def draw(
    inputs: Given,
    out: Out = Path("outputs/pages"),
    ocr_lang: OcrLang = None,
    dpi: Dpi = None,
    force_ocr: ForceOcr = False,
    no_ocr: NoOcr = False,
    second: Second = None,
    password: Password = None,
    password_file: PasswordFile = None,
    timeout: Timeout = None,
    memory: Memory = None,
    wait: Wait = None,
    verbose: Verbose = 0,
) -> int:
    """Write PNG pages with the words, rulings, grid, symbols and page kinds that were found drawn over them.

    Each document's pages go to a folder of its own, as page-001.png and so on.
    """
    settings = settings_of(
        ocr_lang=ocr_lang, dpi=dpi, force_ocr=force_ocr, no_ocr=no_ocr, second=second, timeout=timeout, memory=memory
    )
    password = password_of(password, password_file)
    found = gather(inputs, out)
    with console_run.held(out, wait), local_workers(1, limits=settings.limits)(1) as workers:
        tasks = [workers.executor.submit(draw_pages, document, settings, password, out) for document in found.documents]
        outcomes = [attempt(task.result) for task in tasks]
    for document, outcome in zip(found.documents, outcomes, strict=True):
        if isinstance(outcome, Fault):
            console.print_error(msg("{file}: {fault}", file=document.file, fault=outcome.message))
        else:
            pages, folder = counted("{n} page", "{n} pages", outcome.value), f"{out / document.name}/"
            console.say(f"{document.file}: {translate('{pages} in {folder}', pages=pages, folder=folder)}")
    return NOT_ALL if any(isinstance(outcome, Fault) for outcome in outcomes) else OK


def review(
    inputs: GivenOrAll = None,
    out: Out = Path("outputs"),
    corrections: Corrections = None,
    reviewer: Annotated[
        str | None, typer.Option("--reviewer", help="Who says so; the name on this machine if not given.")
    ] = None,
    host: Annotated[
        str, typer.Option("--host", help="Where to listen; from other machines the page asks for a token.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option("--port", metavar="N", min=1, max=65535, help="The port; 8350 if not given.")
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the browser.")] = False,
    password: Password = None,
    password_file: PasswordFile = None,
) -> int:
    """Show what was read beside its page in a browser, to be confirmed and corrected there.

    Shows the documents of the last run. What is corrected is written at once into the corrections files, and the
    records follow.
    """
    console_review.run_review(
        console_review.ReviewOptions(
            inputs=tuple(inputs or [INPUTS]),
            out=out,
            corrections=corrections,
            reviewer=reviewer,
            host=host,
            port=port,
            browser=not no_browser,
            password=password_of(password, password_file),
        )
    )
    return OK


def doctor_command() -> int:
    """Say what is installed and what is missing.

    The exit code is 1 where something is missing that text PDFs or scans need.
    """
    found = doctor.findings()
    console.show_findings(found)
    return NOT_ALL if doctor.missing(found) else OK

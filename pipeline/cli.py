"""The `sop` command."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pipeline import console, console_corrections, console_review, console_run, doctor
from pipeline.batch.attempt import Fault, attempt
from pipeline.batch.conclude import conclude
from pipeline.batch.correction_files import CorrectionFiles, load_correction_files
from pipeline.batch.draw import draw_pages
from pipeline.batch.earlier import corrections_folder, earlier_entries, index_before, remove_documents, settled
from pipeline.batch.inputs import gather
from pipeline.batch.job import Job
from pipeline.batch.revise import DryRun, action_of, add_correction, check_corrections, rebase_lines, stale_in
from pipeline.batch.run import run_jobs
from pipeline.batch.worker_process import silence_libraries
from pipeline.batch.workers import local_workers, usable_cores
from pipeline.corrections.doubts import DoubtFilter, page_range
from pipeline.corrections.new_entry import CorrectionRequest
from pipeline.errors import PipelineError
from pipeline.export.json import index_of
from pipeline.message import counted, msg
from pipeline.model.document import Digitized
from pipeline.model.issue import Severity
from pipeline.options import (
    CORRECTIONS,
    Corrections,
    Dpi,
    ForceOcr,
    Given,
    GivenOrAll,
    Memory,
    NoCorrections,
    NoOcr,
    OcrLang,
    Out,
    Password,
    PasswordFile,
    Prune,
    Retry,
    Second,
    Timeout,
    Verbose,
    password_of,
    same_folders,
    settings_of,
)
from pipeline.settings import Settings
from pipeline.store.cache import installed
from pipeline.store.outputs import CACHE, output_folder, write_document, write_index
from pipeline.translation import language_of, shown, speaking, spoken, translate
from pipeline.usage import VERSION, SopCommand, SopGroup, split_language, usage_error

DISTRIBUTION = "sop-pipeline"

OK, NOT_ALL, USAGE, INTERRUPTED = 0, 1, 2, 130

INPUTS = Path("inputs")

app = typer.Typer(
    name="sop",
    cls=SopGroup,
    help="Turns Indonesian SOP AP documents, text PDFs or scans, into records other software can import.",
    epilog="Exit codes: 0 in order, 1 not all documents in order, 2 wrong usage or a broken set-up, 130 interrupted.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command(cls=SopCommand)
def run(
    inputs: Given,
    out: Out = Path("outputs"),
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", metavar="N", min=1, help="How many documents are read at a time; all cores if not given."
        ),
    ] = None,
    corrections: Corrections = None,
    no_corrections: NoCorrections = False,
    prune: Prune = False,
    ocr_lang: OcrLang = None,
    dpi: Dpi = None,
    force_ocr: ForceOcr = False,
    no_ocr: NoOcr = False,
    second: Second = None,
    password: Password = None,
    password_file: PasswordFile = None,
    timeout: Timeout = None,
    memory: Memory = None,
    retry: Retry = False,
    verbose: Verbose = 0,
) -> int:
    """Read all documents and write their records.

    Reads pdf, png, jpg, jpeg, tif, tiff, txt and md, and docx, doc and odt where LibreOffice is installed. The exit
    code is 0 where every document gave records, 1 where one could not be read or holds no SOP, and 2 for wrong usage.
    """
    settings = settings_of(
        ocr_lang=ocr_lang, dpi=dpi, force_ocr=force_ocr, no_ocr=no_ocr, second=second, timeout=timeout, memory=memory
    )
    password = password_of(password, password_file)
    before = index_before(out)

    def settle(document: Digitized, files: CorrectionFiles) -> Digitized:
        name = document.document.name
        return settled(document, out, has_corrections=no_corrections or name in files.files)

    def write(result: Digitized, files: CorrectionFiles) -> None:
        for document in conclude([result], files, settings).documents:
            write_document(out, settle(document, files))

    found, files, concluded = _dry_run(
        inputs,
        out,
        corrections,
        settings,
        password,
        jobs,
        retry=retry,
        no_corrections=no_corrections,
        on_fresh=write,
    )
    documents = [settle(document, files) for document in concluded.documents]
    for document in documents:
        write_document(out, document)
    earlier = earlier_entries(before, {document.name for document in found.documents})
    if prune:
        remove_documents(out, earlier)
    kept = [] if prune else earlier
    folder = files.folder_from(out) or (before.corrections if before else None)
    index = index_of(documents, found.passed_over, kept, folder)
    write_index(out, index)
    unmatched = files.unmatched(document.name for document in found.documents)
    remarks = [
        *console_run.correction_remarks(concluded.outcomes, unmatched),
        *console_run.earlier_remarks(earlier, prune),
    ]
    console_run.show_run(index, out, remarks)
    in_order = all(entry.status == "ok" and not entry.kept_from for entry in index.documents if not entry.earlier)
    return OK if in_order else NOT_ALL


@app.command(cls=SopCommand)
def check(
    inputs: GivenOrAll = None,
    out: Out = Path("outputs"),
    corrections: Corrections = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail also where a record holds an issue that is more than information.")
    ] = False,
    document: Annotated[
        str | None, typer.Option("--document", metavar="NAME", help="Only what is about this document or record.")
    ] = None,
    page: Annotated[
        str | None, typer.Option("--page", metavar="N", help="Only what is on these pages: 4 or 4-6.")
    ] = None,
    severity: Annotated[
        Severity | None,
        typer.Option("--severity", help="Only what is as grave; warning if not given."),
    ] = None,
    code: Annotated[
        str | None,
        typer.Option("--code", metavar="CODE", help="Only issues of this code, as docs/checks.md lists them."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="List all issues, however many there are.")] = False,
    ocr_lang: OcrLang = None,
    dpi: Dpi = None,
    force_ocr: ForceOcr = False,
    no_ocr: NoOcr = False,
    second: Second = None,
    password: Password = None,
    password_file: PasswordFile = None,
    timeout: Timeout = None,
    memory: Memory = None,
    verbose: Verbose = 0,
) -> int:
    """List every correction with its status, and what is doubted: where, what was read, why, and how to confirm it.

    Only documents that no run has read yet are read; nothing is written but what is kept for the next run. The exit
    code is 1 where a correction is stale, orphan or ambiguous, or is about no document.
    """
    settings = settings_of(
        ocr_lang=ocr_lang, dpi=dpi, force_ocr=force_ocr, no_ocr=no_ocr, second=second, timeout=timeout, memory=memory
    )
    password = password_of(password, password_file)
    least: Severity | None = severity if severity else None if strict or code else "warning"
    wanted = DoubtFilter(document, least, code, page_range(page) if page else None)
    checked = check_corrections(_dry_run(inputs, out, corrections, settings, password), wanted)
    console_corrections.show_checked(checked, same_folders(out, corrections), every=every)
    return NOT_ALL if checked.failed(strict=strict) else OK


@app.command(cls=SopCommand)
def correct(
    record: Annotated[str, typer.Argument(metavar="RECORD", help="A record: its id, or the path of its file.")],
    target: Annotated[str, typer.Argument(metavar="TARGET", help="What is meant, as in header/nama_sop.")],
    value: Annotated[
        str | None, typer.Argument(metavar="VALUE", help="What it should read, as it stands; quote it for the shell.")
    ] = None,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="It is right: VALUE is what it reads; what stands there if not given.")
    ] = False,
    insert: Annotated[bool, typer.Option("--insert", help="VALUE is missing.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="It is not in the document.")] = False,
    after: Annotated[
        str | None, typer.Option("--after", help="Where to insert: after which item, as they are counted now.")
    ] = None,
    yaml: Annotated[bool, typer.Option("--yaml", help="VALUE is YAML: a list, or a thing of several parts.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put this in the place of what the file says of the same field.")
    ] = False,
    why: Annotated[str | None, typer.Option("--why", help="For whoever reads the diff.")] = None,
    reviewer: Annotated[str | None, typer.Option("--reviewer", help="Who says so.")] = None,
    out: Out = Path("outputs"),
    corrections: Corrections = None,
) -> int:
    """Append a well-formed entry to the corrections of a record's document, and tell what changes.

    It says in its `expect` what stands there now: what the last run read, with the entries that the file has already.
    Nothing is written where it could not be applied.
    """
    action = action_of(value, confirm=confirm, insert=insert, remove=remove)
    request = CorrectionRequest(target, action, value, after, why, reviewer, yaml, replace)
    folder = corrections if corrections is not None else corrections_folder(None, [], out) or CORRECTIONS
    path, correction = add_correction(record, request, out, folder)
    console_corrections.show_correction(path, correction)
    return OK


@app.command(cls=SopCommand)
def rebase(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The corrections file with the stale entries.")],
    inputs: GivenOrAll = None,
    line: Annotated[
        list[int] | None,
        typer.Option("--line", metavar="N", help="The line of a stale entry to rewrite; may be repeated."),
    ] = None,
    out: Out = Path("outputs"),
    corrections: Corrections = None,
    ocr_lang: OcrLang = None,
    dpi: Dpi = None,
    force_ocr: ForceOcr = False,
    no_ocr: NoOcr = False,
    second: Second = None,
    password: Password = None,
    password_file: PasswordFile = None,
    timeout: Timeout = None,
    memory: Memory = None,
    verbose: Verbose = 0,
) -> int:
    """Rewrite stale corrections to what is read now, each only when told to.

    Without --line it tells what each stale entry would expect, and writes nothing; the exit code is then 1 where there
    is one.
    """
    settings = settings_of(
        ocr_lang=ocr_lang, dpi=dpi, force_ocr=force_ocr, no_ocr=no_ocr, second=second, timeout=timeout, memory=memory
    )
    password = password_of(password, password_file)
    folder = file.parent if corrections is None else corrections
    checked = check_corrections(_dry_run(inputs, out, folder, settings, password))
    if line:
        rewritten = rebase_lines(file, checked.outcomes, line)
        console.say(f"{file}: {shown(counted('{n} entry rewritten', '{n} entries rewritten', rewritten))}")
        return OK
    return NOT_ALL if console_corrections.show_stale(stale_in(file, checked.outcomes)) else OK


@app.command(cls=SopCommand)
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
    output_folder(out)
    with local_workers(1, limits=settings.limits)(1) as workers:
        tasks = [workers.executor.submit(draw_pages, document, settings, password, out) for document in found.documents]
        outcomes = [attempt(task.result) for task in tasks]
    for document, outcome in zip(found.documents, outcomes, strict=True):
        if isinstance(outcome, Fault):
            console.print_error(msg("{file}: {fault}", file=document.file, fault=outcome.message))
        else:
            pages, folder = counted("{n} page", "{n} pages", outcome.value), f"{out / document.name}/"
            console.say(f"{document.file}: {translate('{pages} in {folder}', pages=pages, folder=folder)}")
    return NOT_ALL if any(isinstance(outcome, Fault) for outcome in outcomes) else OK


@app.command(cls=SopCommand)
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


@app.command(name="doctor", cls=SopCommand)
def doctor_command() -> int:
    """Say what is installed and what is missing.

    The exit code is 1 where something is missing that text PDFs or scans need.
    """
    found = doctor.findings()
    console.show_findings(found)
    return NOT_ALL if doctor.missing(found) else OK


def _dry_run(
    inputs: Sequence[Path] | None,
    out: Path,
    corrections: Path | None,
    settings: Settings,
    password: str | None,
    jobs: int | None = None,
    *,
    retry: bool = False,
    no_corrections: bool = False,
    on_fresh: Callable[[Digitized, CorrectionFiles], None] | None = None,
) -> DryRun:
    """Read all documents, or take them from the cache, then apply corrections and checks.

    What was not in the cache is handed to `on_fresh` as soon as it is read. With `retry` documents that were given up
    are read again.
    """
    given = inputs or [INPUTS]
    found = gather(given, out)
    folder = None if no_corrections else corrections_folder(corrections, given, out)
    correction_files = load_correction_files(folder)
    cache, environment = output_folder(out) / CACHE, doctor.ocr_environment()
    todo = [
        Job(document, settings, password, cache, environment, correction_files.taught, retry=retry)
        for document in found.documents
    ]
    with console_run.progress(len(todo)) as done:

        def on_done(result: Digitized, fresh: bool) -> None:
            done.document(result)
            if on_fresh is not None and fresh:
                on_fresh(result, correction_files)

        results = run_jobs(todo, local_workers(jobs or usable_cores(), done.page, settings.limits), on_done)
    return DryRun(found, correction_files, conclude(results, correction_files, settings))


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
        outcome = attempt(partial(_command, arguments))
    except PipelineError as error:
        console.print_error(error.message, error.advice)
        return error.exit_code
    if isinstance(outcome, Fault):
        console.print_error(outcome.message)
        return NOT_ALL
    if outcome.value == INTERRUPTED:
        console.print_error(msg("interrupted"), msg("What was read so far is kept for the next run."))
    return outcome.value


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

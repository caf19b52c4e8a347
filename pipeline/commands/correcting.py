"""`sop check`, `sop correct` and `sop rebase`: corrections, and what is doubted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline import console, console_corrections, console_run
from pipeline.batch.earlier import corrections_folder
from pipeline.batch.revise import action_of, add_correction, check_corrections, rebase_lines, stale_in
from pipeline.commands.digitizing import read_and_conclude
from pipeline.corrections.doubts import DoubtFilter, page_range
from pipeline.corrections.new_entry import CorrectionRequest
from pipeline.errors import NOT_ALL, OK
from pipeline.message import counted
from pipeline.model.issue import Severity
from pipeline.options import (
    CORRECTIONS,
    Corrections,
    Dpi,
    ForceOcr,
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
    same_folders,
    settings_of,
)
from pipeline.store.remote_path import place_of
from pipeline.translation import shown


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
    wait: Wait = None,
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
    with console_run.held(out, wait):
        read = read_and_conclude(inputs, out, corrections, settings, password)
    checked = check_corrections(read, wanted)
    console_corrections.show_checked(checked, same_folders(out, corrections), every=every)
    return NOT_ALL if checked.failed(strict=strict) else OK


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
    move: Annotated[bool, typer.Option("--move", help="It stands at another place of its list: see --after.")] = False,
    after: Annotated[
        str | None,
        typer.Option("--after", help="Where to insert or move to: after which item, as they are counted now."),
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
    action = action_of(value, confirm=confirm, insert=insert, remove=remove, move=move)
    request = CorrectionRequest(target, action, value, after, why, reviewer, yaml, replace)
    folder = corrections if corrections is not None else corrections_folder(None, [], out) or CORRECTIONS
    path, correction = add_correction(record, request, out, folder)
    console_corrections.show_correction(path, correction)
    return OK


def rebase(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", parser=place_of, help="The corrections file with the stale entries.")
    ],
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
    wait: Wait = None,
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
    with console_run.held(out, wait):
        read = read_and_conclude(inputs, out, folder, settings, password)
    checked = check_corrections(read)
    if line:
        rewritten = rebase_lines(file, checked.outcomes, line)
        console.say(f"{file}: {shown(counted('{n} entry rewritten', '{n} entries rewritten', rewritten))}")
        return OK
    return NOT_ALL if console_corrections.show_stale(stale_in(file, checked.outcomes)) else OK

"""`sop export`: records in the formats of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline import console
from pipeline.errors import OK, PipelineError
from pipeline.export.export_formats import FORMATS, ExportOptions
from pipeline.message import counted, msg
from pipeline.options import OUTPUTS, Out, RecordsGiven
from pipeline.store.atomic import write_bytes
from pipeline.store.outputs import output_folder
from pipeline.store.record_files import read_records
from pipeline.translation import translate


def export(
    records: RecordsGiven = None,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="|".join(FORMATS), help="The format to write; may be repeated."),
    ] = None,
    out: Out = Path("exports"),
    sheets: Annotated[bool, typer.Option("--sheets", help="xlsx: add a sheet for each SOP.")] = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="csv: for databases, without the marks that spreadsheets need.")
    ] = False,
) -> int:
    """Write records in the formats of other programs.

    Takes what sop run wrote; nothing is read again.
    """
    _require_formats(to or [])
    found = read_records(records or [OUTPUTS])
    output_folder(out)
    options = ExportOptions(raw=raw, sheets=sheets)
    for name in dict.fromkeys(to or []):
        contents = FORMATS[name](found, options)
        for file, content in contents.items():
            write_bytes(out / file, content)
        sops, files = counted("{n} SOP", "{n} SOPs", len(found)), counted("{n} file", "{n} files", len(contents))
        console.say(f"{name}: {translate('{sops}, {files} in {folder}', sops=sops, files=files, folder=f'{out}/')}")
    return OK


def _require_formats(names: list[str]) -> None:
    known = ", ".join(FORMATS)
    if not names:
        raise PipelineError(msg("--to names no format"), msg("Take one of {known}.", known=known))
    for name in names:
        if name not in FORMATS:
            raise PipelineError(msg("there is no format {name}", name=name), msg("Take one of {known}.", known=known))

"""`sop export` and `sop schema`: records in the formats of other programs, and what these may rely on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline import console
from pipeline.errors import OK, PipelineError
from pipeline.export.export_formats import FORMATS, ExportOptions, remarks_of
from pipeline.message import counted, msg
from pipeline.options import OUTPUTS, Out, RecordsGiven
from pipeline.store.atomic import write_bytes, write_json
from pipeline.store.outputs import output_folder
from pipeline.store.record_files import read_records
from pipeline.store.remote_path import place_of
from pipeline.translation import shown, translate

SCHEMAS = ("record", "document", "index", "corrections", "lexicon")


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
    data_objects: Annotated[
        bool, typer.Option("--data-objects", help="bpmn: kelengkapan and output as data objects, too.")
    ] = False,
) -> int:
    """Write records in the formats of other programs.

    Takes what sop run wrote; nothing is read again.
    """
    _require_formats(to or [])
    found = read_records(records or [OUTPUTS])
    output_folder(out)
    options = ExportOptions(raw=raw, sheets=sheets, data_objects=data_objects)
    for name in dict.fromkeys(to or []):
        contents = FORMATS[name](found, options)
        for file, content in contents.items():
            write_bytes(out / file, content)
        for remark in remarks_of(name, found):
            console.say(f"{name}: {shown(remark)}")
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


def schema(
    name: Annotated[str | None, typer.Argument(metavar="|".join(SCHEMAS), help="Which one; all if not given.")] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", parser=place_of, help="A folder to write to, a file for each."),
    ] = None,
) -> int:
    """Print the JSON Schemas (2020-12) of what is written, and of the files of reviewers.

    Each tells what stands in a field, in which unit, and where the form of PermenPAN-RB 35/2012 has it.
    """
    if name is not None and name not in SCHEMAS:
        known = ", ".join(SCHEMAS)
        raise PipelineError(msg("there is no schema {name}", name=name), msg("Take one of {known}.", known=known))
    found = {one: _schema(one) for one in SCHEMAS if name in (None, one)}
    if out is None:
        print(json.dumps(found[name] if name else found, ensure_ascii=False, indent=2))
        return OK
    for one, content in found.items():
        write_json(output_folder(out) / f"{one}.schema.json", content)
    return OK


def _schema(name: str) -> dict[str, Any]:
    """One of `SCHEMAS`: of an output, or of a file of the reviewers."""
    from pipeline.corrections.schema import schemas
    from pipeline.export.json_schema import MODELS, output_schema

    return output_schema(name) if name in MODELS else schemas()[f"{name}.schema.json"]

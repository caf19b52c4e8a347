"""The formats of `sop export` by name: each a pure function from records to the contents of files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.export.names import record_stem
from pipeline.message import Message, msg
from pipeline.model.record import Record


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a user may ask of a format. A format takes notice of those that it knows, and passes over the others.

    Attributes:
        raw: csv: for databases, without the marks that spreadsheets need.
        sheets: xlsx: a sheet for each SOP besides.
        data_objects: bpmn: kelengkapan and output as data objects besides.
    """

    raw: bool = False
    sheets: bool = False
    data_objects: bool = False


Contents = Mapping[str, bytes]
"""Contents of files by name; "/" stands between folders. Names of files of one SOP begin with its `record_stem`."""

Format = Callable[[Sequence[Record], ExportOptions], Contents]
"""Writes records, in their order, whose ids all differ. It opens no file, and the same records give the same bytes."""


def _json(records: Sequence[Record], options: ExportOptions) -> Contents:
    """All records in one file, as a list."""
    values = [record.as_json() for record in records]
    return {"sop.json": (json.dumps(values, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()}


def _jsonl(records: Sequence[Record], options: ExportOptions) -> Contents:
    """All records in one file, one a line."""
    lines = (json.dumps(record.as_json(), ensure_ascii=False, allow_nan=False) + "\n" for record in records)
    return {"sop.jsonl": "".join(lines).encode()}


def _csv(records: Sequence[Record], options: ExportOptions) -> Contents:
    """A file for each table, and SQL that makes tables for them."""
    from pipeline.export.tables.csv_files import csv_files

    return csv_files(records, raw=options.raw)


def _xlsx(records: Sequence[Record], options: ExportOptions) -> Contents:
    """A workbook with a sheet for each table."""
    from pipeline.export.tables.workbook import workbook

    return {"sop.xlsx": workbook(records, sheets=options.sheets)}


def _parquet(records: Sequence[Record], options: ExportOptions) -> Contents:
    """A file for each table."""
    from pipeline.export.tables.parquet_files import parquet_files

    return parquet_files(records)


def _sqlite(records: Sequence[Record], options: ExportOptions) -> Contents:
    """A database of all tables, with full-text search."""
    from pipeline.export.tables.database import database

    return {"sop.sqlite": database(records)}


def _svg(records: Sequence[Record], options: ExportOptions) -> Contents:
    """A drawing of each SOP."""
    from pipeline.export.swimlanes.svg_swimlanes import swimlanes_svg

    return {f"{record_stem(record)}.svg": swimlanes_svg(record).encode() for record in records}


def _bpmn(records: Sequence[Record], options: ExportOptions) -> Contents:
    """A process of each SOP."""
    from pipeline.export.bpmn.bpmn_xml import bpmn_xml

    return {f"{record_stem(record)}.bpmn": bpmn_xml(record, options.data_objects).encode() for record in records}


def _mermaid(records: Sequence[Record], options: ExportOptions) -> Contents:
    """A flowchart of each SOP."""
    from pipeline.export.flowchart_text import mermaid_text

    return {f"{record_stem(record)}.mmd": mermaid_text(record).encode() for record in records}


def _dot(records: Sequence[Record], options: ExportOptions) -> Contents:
    """A digraph of each SOP."""
    from pipeline.export.flowchart_text import dot_text

    return {f"{record_stem(record)}.dot": dot_text(record).encode() for record in records}


def _html(records: Sequence[Record], options: ExportOptions) -> Contents:
    """The form of each SOP, to be printed from a browser."""
    from pipeline.export.form.form_html import form_html

    return {f"{record_stem(record)}.html": form_html(record).encode() for record in records}


def _docx(records: Sequence[Record], options: ExportOptions) -> Contents:
    """The form of each SOP, to be edited and printed."""
    from pipeline.export.form.form_docx import form_docx

    return {f"{record_stem(record)}.docx": form_docx(record) for record in records}


# Libraries are imported by the function that needs them: `sop --help` reads this, and is not to wait for them.
FORMATS: Mapping[str, Format] = {
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "xlsx": _xlsx,
    "parquet": _parquet,
    "sqlite": _sqlite,
    "svg": _svg,
    "bpmn": _bpmn,
    "mermaid": _mermaid,
    "dot": _dot,
    "html": _html,
    "docx": _docx,
}


def remarks_of(name: str, records: Sequence[Record]) -> list[Message]:
    """What a person should know of the files of a format: where a SOP is not as the format asks for."""
    if name != "bpmn":
        return []
    from pipeline.export.bpmn.bpmn_xml import bpmn_faults

    return [
        msg("{sop}: {why}", sop=record.id, why=fault.message) for record in records for fault in bpmn_faults(record)
    ]

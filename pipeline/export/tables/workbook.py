"""Tables as one XLSX workbook: a sheet a table, an index of the sheets, and on wish a sheet a SOP."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from pipeline.export.tables.formula_text import is_formula
from pipeline.export.tables.sop_sheet import SheetRow, sop_sheet
from pipeline.export.tables.table_list import TABLES
from pipeline.export.tables.table_model import Table, Value
from pipeline.model.record import Record

MADE = datetime(1980, 1, 1, tzinfo=UTC)  # the same records give the same bytes
MOST_LETTERS = 32_767  # of a cell, by the format
CUT = " … (cut: a cell holds no more; see the record)"
MOST_NAME = 31  # letters of a sheet's name, by the format
WRAPPED = 24  # letters: wider columns hold prose, which is shown in several lines
# Text is text, whatever it looks like.
PLAIN_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


def workbook(records: Sequence[Record], *, sheets: bool) -> bytes:
    """Write the workbook.

    Args:
        records: Records whose ids all differ.
        sheets: Add a sheet for each SOP, in the form's order.
    """
    content = BytesIO()
    with xlsxwriter.Workbook(content, PLAIN_TEXT) as book:
        book.set_properties({"title": "SOP", "created": MADE})
        writer = _Writer(book)
        names = sop_names(records) if sheets else []
        index, columns = book.add_worksheet("index"), book.add_worksheet("columns")
        counts = [writer.table(book.add_worksheet(table.name), table, records) for table in TABLES]
        for name, record in zip(names, records, strict=False):
            writer.sop(book.add_worksheet(name), record)
        writer.index(index, counts, records, names)
        writer.columns(columns)
    return content.getvalue()


def sop_names(records: Sequence[Record]) -> list[str]:
    """Names for the sheets of SOPs: their ids, short enough and each only once; "sop-bintan/02" -> "sop-bintan 02"."""
    taken, names = {"index", "columns", *(table.name for table in TABLES)}, []
    for record in records:
        plain = "".join(" " if letter in "[]:*?/\\'" else letter for letter in record.id)
        name, place = plain[-MOST_NAME:].strip(), 1
        while name.casefold() in taken:
            place += 1
            name = f"{plain[-(MOST_NAME - len(str(place)) - 1) :].strip()} {place}"
        taken.add(name.casefold())
        names.append(name)
    return names


class _Writer:
    """Writes sheets in the formats of one workbook."""

    def __init__(self, book: Any) -> None:
        top = {"valign": "top"}
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, **top})
        self._plain = book.add_format(top)
        self._wrapped = book.add_format({"text_wrap": True, **top})
        self._quoted = book.add_format({"text_wrap": True, "quote_prefix": True, **top})
        self._link = book.add_format({"font_color": "blue", "underline": 1, **top})

    def table(self, sheet: Any, table: Table, records: Sequence[Record]) -> int:
        """Write a table with its heads frozen; return how many rows it has."""
        rows = [row for record in records for row in table.rows(record)]
        self._heads(sheet, [(column.name, column.width) for column in table.columns])
        for line, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                self._cell(sheet, line, place, value, wrapped=table.columns[place].width > WRAPPED)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(rows)), len(table.columns) - 1)
        return len(rows)

    def sop(self, sheet: Any, record: Record) -> None:
        """Write one SOP as the form has it."""
        form = sop_sheet(record)
        for place, width in enumerate(form.widths):
            sheet.set_column(place, place, width)
        for line, (values, is_head) in enumerate(form.rows):
            self._form_row(sheet, line, values, is_head=is_head)
        sheet.freeze_panes(form.matrix + 1, 2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)

    def index(self, sheet: Any, counts: Sequence[int], records: Sequence[Record], names: Sequence[str]) -> None:
        """Write what sheets there are, each with a link, and what SOPs."""
        self._heads(sheet, [("sheet", 28), ("rows", 8), ("what it holds", 80)])
        for line, (table, count) in enumerate(zip(TABLES, counts, strict=True), start=1):
            self._sheet_link(sheet, line, table.name)
            self._cell(sheet, line, 1, count)
            self._cell(sheet, line, 2, table.about, wrapped=True)
        self._sheet_link(sheet, len(TABLES) + 1, "columns")
        self._cell(sheet, len(TABLES) + 1, 2, "What stands in which column")
        for line, (name, record) in enumerate(zip(names, records, strict=False), start=len(TABLES) + 3):
            self._sheet_link(sheet, line, name)
            self._cell(sheet, line, 1, len(record.kegiatan))
            self._cell(sheet, line, 2, record.header.nama_sop or record.judul or record.id, wrapped=True)
        sheet.freeze_panes(1, 0)

    def columns(self, sheet: Any) -> None:
        """Write what stands in which column."""
        self._heads(sheet, [("table", 20), ("column", 24), ("type", 10), ("what it holds", 80)])
        found = [(table.name, column.name, column.kind, column.about) for table in TABLES for column in table.columns]
        for line, row in enumerate(found, start=1):
            for place, value in enumerate(row):
                self._cell(sheet, line, place, value, wrapped=place > 2)
        sheet.freeze_panes(1, 0)

    def _heads(self, sheet: Any, heads: Sequence[tuple[str, int]]) -> None:
        for place, (name, width) in enumerate(heads):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, name, self._head)

    def _form_row(self, sheet: Any, line: int, values: SheetRow, *, is_head: bool) -> None:
        for place, value in enumerate(values):
            if is_head and isinstance(value, str):
                sheet.write_string(line, place, value, self._head)
            else:
                self._cell(sheet, line, place, value, wrapped=True)

    def _sheet_link(self, sheet: Any, line: int, name: str) -> None:
        sheet.write_url(line, 0, f"internal:'{name}'!A1", self._link, name)

    def _cell(self, sheet: Any, line: int, place: int, value: Value, *, wrapped: bool = False) -> None:
        """Write a value: a number as one, text as text also where it looks like a formula, and nothing for null."""
        if isinstance(value, str):
            text = value if len(value) <= MOST_LETTERS else value[: MOST_LETTERS - len(CUT)] + CUT
            form = self._quoted if is_formula(text) else self._wrapped if wrapped else self._plain
            sheet.write_string(line, place, text, form)
        elif value is not None:
            sheet.write_number(line, place, value, self._plain)

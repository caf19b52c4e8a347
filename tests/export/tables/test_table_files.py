"""The files that tables are written as, opened by the libraries that others open them with."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from fakes import record

from pipeline.errors import PipelineError
from pipeline.export.tables import parquet_files as parquet
from pipeline.export.tables.csv_files import csv_files
from pipeline.export.tables.database import database
from pipeline.export.tables.frames import tables_of
from pipeline.export.tables.parquet_files import parquet_files
from pipeline.export.tables.table_list import SOP, TABLES
from pipeline.export.tables.workbook import MOST_LETTERS, sop_names, workbook
from pipeline.model.record import Record

EVIL = '=HYPERLINK("x")'
WORDS = "Menerima surat,\nlalu \"menyalin\" – 'ya'"


@pytest.fixture(scope="module")
def records() -> list[Record]:
    first = record("a", 1, EVIL, instansi=["Dinas Évaluasi"])
    step = first.kegiatan[0].model_copy(update={"uraian": WORDS, "keterangan": "-"})
    return [first.model_copy(update={"kegiatan": [step]}), record("b" * 40, 1, "Dua")]


def test_csv_is_safe_for_spreadsheets_and_raw_is_as_read(records: list[Record]) -> None:
    safe, raw = csv_files(records, raw=False), csv_files(records, raw=True)
    assert safe["sop.csv"].startswith(b"\xef\xbb\xbf")
    for files, name in ((safe, f"'{EVIL}"), (raw, EVIL)):
        sops = list(csv.DictReader(io.StringIO(files["sop.csv"].decode("utf-8-sig"), newline="")))
        assert [row["nama_sop"] for row in sops] == [name, "Dua"]
        steps = list(csv.DictReader(io.StringIO(files["kegiatan.csv"].decode("utf-8-sig"), newline="")))
        assert (steps[0]["uraian"], steps[0]["keterangan"], steps[0]["nomor"]) == (WORDS, "-", "")
    assert {f"{table.name}.csv" for table in TABLES} == set(safe) - {"tables.sql"}
    assert set(raw) - set(safe) == {"postgresql.sql"}


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_a_workbook_has_an_index_frozen_heads_and_a_sheet_a_sop_on_wish(records: list[Record]) -> None:
    assert opened(workbook(records, sheets=False)).sheetnames == ["index", "columns", *(t.name for t in TABLES)]
    book = opened(workbook(records, sheets=True))
    assert book.sheetnames[-2:] == sop_names(records)
    linked = [cell.hyperlink.location for cell in book["index"]["A"] if cell.hyperlink]
    assert linked == [f"'{name}'!A1" for name in [*(t.name for t in TABLES), "columns", *sop_names(records)]]
    for table in TABLES:
        sheet = book[table.name]
        assert (sheet.freeze_panes, [cell.value for cell in sheet[1]]) == ("B2", table.heads)
    widths = [book["kegiatan"].column_dimensions[letter].width for letter in "BD"]
    assert 5 < widths[0] < 10
    assert 50 < widths[1] < 70
    form = [[cell.value for cell in row] for row in book["a 01"]]
    assert form[1][:3] == [None, "Nama SOP", EVIL]
    assert next(row for row in form if row[0] == 1)[1] == WORDS


def test_text_in_a_workbook_is_text_whatever_it_looks_like(records: list[Record]) -> None:
    sheet = opened(workbook(records, sheets=False))["sop"]
    cell = sheet.cell(2, SOP.heads.index("nama_sop") + 1)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (EVIL, "s", True)


def test_names_of_sheets_are_short_and_differ() -> None:
    names = sop_names([record(name, 1) for name in ("x" * 40, "y" + "x" * 40, "a/b[c]", "sop", "A", "a")])
    assert len({name.casefold() for name in names}) == 6
    assert max(map(len, names)) <= 31
    assert names[2] == "a b c  01"


def test_what_no_cell_can_hold_says_that_it_was_cut() -> None:
    long = record("a", 1, "x" * (MOST_LETTERS + 1))
    names = [cell.value or "" for cell in opened(workbook([long], sheets=False))["sop"][2]]
    (name,) = [str(value) for value in names if str(value).startswith("xx")]
    assert len(name) == MOST_LETTERS
    assert "cut" in name[-60:]


def test_a_database_has_rows_keys_and_full_text_search(records: list[Record], tmp_path: Path) -> None:
    (tmp_path / "sop.sqlite").write_bytes(database(records))
    with closing(sqlite3.connect(tmp_path / "sop.sqlite")) as connection:
        frames = tables_of(records)
        for table in TABLES:
            found = connection.execute(f'SELECT * FROM "{table.name}"').fetchall()
            assert len(found) == len(frames[table.name])
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT nama_sop, judul FROM sop").fetchall()[0] == (EVIL, None)
        search = "SELECT sop_id, path FROM search WHERE search MATCH ?"
        assert connection.execute(search, ('"evaluasi"',)).fetchall() == [("a/01", "/header/instansi/0")]
        assert connection.execute(search, ('"menya"*',)).fetchall() == [("a/01", "/kegiatan/0/uraian")]


def test_the_query_of_the_page_is_answered(records: list[Record]) -> None:
    page = (Path(__file__).parents[3] / "docs" / "export.md").read_text("utf-8")
    query = page.partition("```sql\n")[2].partition("```")[0]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database(records))
        found = connection.execute(query).fetchall()
    assert found == [(EVIL, "/header/instansi/0", None, "Dinas [Évaluasi]")]


def test_parquet_gives_the_frames_again(records: list[Record]) -> None:
    frames = tables_of(records)
    for name, content in parquet_files(records).items():
        read = pd.read_parquet(io.BytesIO(content))
        pd.testing.assert_frame_equal(read, frames[name.removesuffix(".parquet")], check_dtype=False)


def test_without_pyarrow_it_says_how_to_get_it(records: list[Record], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "find_spec", lambda _: None)
    with pytest.raises(PipelineError) as caught:
        parquet_files(records)
    assert "sop-pipeline[tables]" in str(caught.value.advice)

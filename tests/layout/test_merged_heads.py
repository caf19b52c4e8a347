"""Heads over several columns, and those that are over one."""

from __future__ import annotations

from dataclasses import replace

from drawn import Cells, drawn
from sop_regions import find_sops

from pipeline.layout.sop_tables import MatrixTable
from pipeline.layout.text_lines import flat
from pipeline.model.headings import Headings
from pipeline.model.rulings import join
from pipeline.settings import LayoutSettings

XS = (20.0, 50.0, 200.0, 280.0, 360.0, 440.0, 500.0, 580.0)
YS = (20.0, 60.0, 120.0, 180.0, 240.0)
HEAD = {
    (0, 0): "No",
    (0, 1): "Kegiatan",
    (0, 2): "Staf",
    (0, 3): "Kabag",
    (0, 4): "Kelengkapan",
    (0, 5): "Waktu",
    (0, 6): "Output",
}
ROWS = {(n, 0): str(n) for n in range(1, 4)} | {(n, 1): f"Kegiatan ke {n}" for n in range(1, 4)}


def matrix_of(headings: Headings, cells: Cells, *gone: tuple[str, int, int]) -> MatrixTable:
    (region,) = find_sops([drawn(XS, YS, cells, gone=gone)], headings, LayoutSettings())
    return region.parts[0]


def roles(matrix: MatrixTable) -> list[str]:
    return [flat(column.head) for column in matrix.columns if column.kind == "pelaksana"]


def test_two_names_in_one_head_are_two_roles_where_a_line_parts_them_below(headings: Headings) -> None:
    matrix = matrix_of(headings, HEAD | ROWS, ("v", 3, 0))
    assert roles(matrix) == ["Staf", "Kabag"]
    assert matrix.edges == XS


def test_one_name_over_two_columns_is_one_role(headings: Headings) -> None:
    head = {**HEAD, (0, 2): "Pengadministrasi Umum dan Staf"}
    del head[0, 3]
    assert roles(matrix_of(headings, head | ROWS, ("v", 3, 0))) == ["Pengadministrasi Umum dan Staf"]


def test_two_names_without_a_line_or_symbols_below_are_left_together(headings: Headings) -> None:
    gone = tuple(("v", 3, row) for row in range(4))
    assert roles(matrix_of(headings, HEAD | ROWS, *gone)) == ["Staf Kabag"]


def test_a_column_that_counts_under_the_head_of_the_activities_is_the_number(headings: Headings) -> None:
    head = {key: text for key, text in HEAD.items() if key != (0, 0)}
    matrix = matrix_of(headings, head | ROWS, ("v", 1, 0))
    assert [column.kind for column in matrix.columns[:2]] == ["no", "kegiatan"]
    assert [flat(row[0]) for row in matrix.body.texts] == ["1", "2", "3"]


def test_a_list_inside_one_activity_is_no_number(headings: Headings) -> None:
    head = {key: text for key, text in HEAD.items() if key != (0, 0)}
    rows = {(1, 0): "Menyiapkan:\n1. surat\n3. arsip", (2, 0): "Mengirim surat", (3, 0): "Mengarsip"}
    gone = tuple(("v", 1, row) for row in range(4))
    assert matrix_of(headings, head | rows, *gone).columns[0].kind == "kegiatan"


def test_a_line_that_only_the_activities_have_parts_no_step(headings: Headings) -> None:
    rows = {(1, 0): "1", (3, 0): "2", (1, 1): "Menerima surat", (2, 1): "dan berkas", (3, 1): "Mengarsip"}
    gone = tuple(("h", 2, column) for column in (0, 2, 3, 4, 5, 6))
    matrix = matrix_of(headings, HEAD | rows, *gone)
    assert [flat(row[1]) for row in matrix.body.texts] == ["Menerima surat dan berkas", "Mengarsip"]


def test_steps_of_one_number_are_parted_by_lines_that_other_columns_have(headings: Headings) -> None:
    rows = {(1, 0): "1", (3, 0): "2", (1, 1): "a. Menerima surat", (2, 1): "b. Mencatat", (3, 1): "Mengarsip"}
    matrix = matrix_of(headings, HEAD | rows, ("h", 2, 0))
    assert [flat(row[1]) for row in matrix.body.texts] == ["a. Menerima surat", "b. Mencatat", "Mengarsip"]


def test_columns_that_only_their_numbers_part_are_less_sure_than_those_that_a_line_parts(headings: Headings) -> None:
    counted = {(1, i): str(i + 1) for i in (0, 1, 2, 4, 5, 6)} | {(1, 2): "3" + " " * 12 + "4"}
    rows = {(n, 0): str(n - 1) for n in (2, 3)} | {(n, 1): f"Kegiatan ke {n}" for n in (2, 3)}
    gone = tuple(("v", 3, row) for row in range(4))
    guessed = matrix_of(headings, HEAD | counted | rows, *gone)
    ruled = matrix_of(headings, HEAD | rows)
    assert [c.confidence for c in guessed.columns if c.kind == "pelaksana"] == [0.9, 0.9]
    assert [c.confidence for c in ruled.columns] == [None] * 7


def test_a_word_that_overflows_its_column_stays_in_it(headings: Headings) -> None:
    """A head that is one word, wider than its column, over the next head; a cell likewise."""
    head = {**HEAD, (0, 4): "Persyaratan/Perlengkapan", (0, 5): "      Waktu"}
    cells = {(1, 4): "Formulir/kuitansi/faktur", (1, 5): "\n1 hari"}
    matrix = matrix_of(headings, head | ROWS | cells)
    assert [column.kind for column in matrix.columns[4:]] == ["kelengkapan", "waktu", "output"]
    assert [flat(matrix.body.texts[0][i]) for i in (4, 5)] == ["Formulir/kuitansi/faktur", "1 hari"]


def test_rows_that_only_horizontal_lines_part_have_the_columns_of_the_head(headings: Headings) -> None:
    gone = tuple(("v", i, row) for i in range(len(XS)) for row in (1, 2, 3))
    page = drawn(XS, YS, HEAD | ROWS | {(1, 6): "Agenda"}, gone=gone)
    page = replace(page, rulings=join(page.rulings, 1.0, 1.0))
    (region,) = find_sops([page], headings, LayoutSettings())
    body = region.parts[0].body
    assert [flat(row[1]) for row in body.texts] == ["Kegiatan ke 1", "Kegiatan ke 2", "Kegiatan ke 3"]
    assert flat(body.texts[0][6]) == "Agenda"

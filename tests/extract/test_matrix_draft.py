"""Rows of a matrix over its pages."""

from __future__ import annotations

import pytest
from drawn import Cells, drawn
from sop_regions import find_sops

from pipeline.extract.matrix_draft import read_matrix
from pipeline.layout.text_lines import flat
from pipeline.model.draft import MatrixDraft
from pipeline.model.headings import Headings
from pipeline.settings import LayoutSettings

XS = (20.0, 50.0, 200.0, 280.0, 360.0, 440.0, 500.0, 580.0)
HEAD = {
    (0, 0): "No",
    (0, 1): "Kegiatan",
    (0, 2): "Staf",
    (0, 3): "Kabag",
    (0, 4): "Kelengkapan",
    (0, 5): "Waktu",
    (0, 6): "Output",
}


def row(place: int, number: str, text: str, time: str = "5 menit") -> dict[tuple[int, int], str]:
    return {(place, 0): number, (place, 1): text, (place, 5): time}


def matrix_of(headings: Headings, *pages: Cells) -> MatrixDraft:
    drawings = []
    for number, cells in enumerate(pages, 1):
        rows = 1 + max(place for place, _ in cells)
        drawings.append(drawn(XS, [20.0 + 40 * i for i in range(rows + 1)], cells, number=number))
    (region,) = find_sops(drawings, headings, LayoutSettings())
    return read_matrix(region.parts)


def rows_of(matrix: MatrixDraft) -> list[tuple[str, str, str]]:
    return [(flat(r.cells[0]), flat(r.cells[1]), flat(r.cells[5])) for r in matrix.rows]


def test_columns_between_activity_and_quality_are_performers(headings: Headings) -> None:
    matrix = matrix_of(headings, HEAD | row(1, "1", "Menerima surat"))
    assert [column.kind for column in matrix.columns] == [
        "no",
        "kegiatan",
        "pelaksana",
        "pelaksana",
        "kelengkapan",
        "waktu",
        "output",
    ]
    assert [(lane.column, lane.x0) for lane in matrix.parts[0].lanes] == [(2, 200.0), (3, 280.0)]


def test_a_page_without_head_goes_on(headings: Headings) -> None:
    matrix = matrix_of(
        headings,
        HEAD | row(1, "1", "Menerima surat"),
        {**row(0, "2", "Mencatat surat"), **row(1, "3", "Mengarsip")},
    )
    assert [number for number, *_ in rows_of(matrix)] == ["1", "2", "3"]
    assert [(band.no, part.page.number) for part in matrix.parts for band in part.bands] == [(1, 1), (2, 2), (3, 2)]


def test_a_row_over_a_page_break_is_one_row_with_two_bands(headings: Headings) -> None:
    matrix = matrix_of(
        headings,
        HEAD | row(1, "1", "Menerima surat") | row(2, "2", "Mencatat surat dari", "1 hari"),
        {**row(0, "", "bagian lain", ""), **row(1, "3", "Mengarsip")},
    )
    assert rows_of(matrix)[1] == ("2", "Mencatat surat dari bagian lain", "1 hari")
    assert [(band.no, part.page.number) for part in matrix.parts for band in part.bands] == [
        (1, 1),
        (2, 1),
        (2, 2),
        (3, 2),
    ]


def test_an_unread_number_after_a_page_break_does_not_join_two_rows(headings: Headings) -> None:
    matrix = matrix_of(
        headings,
        HEAD | row(1, "1", "Menerima surat"),
        {**row(0, "", "Mencatat surat"), **row(1, "3", "Mengarsip")},
    )
    assert [text for _, text, _ in rows_of(matrix)] == ["Menerima surat", "Mencatat surat", "Mengarsip"]


def test_a_row_that_adds_up_is_told_and_is_no_activity(headings: Headings) -> None:
    matrix = matrix_of(headings, HEAD | row(1, "1", "Menerima surat") | row(2, "", "Jumlah waktu", "5 menit"))
    assert len(matrix.rows) == 1
    assert [(issue.code, "Jumlah waktu" in issue.message) for issue in matrix.issues] == [("row-not-a-step", True)]


LEFT = {(0, 0): "No", (0, 1): "Kegiatan", (0, 2): "Staf", (0, 3): "Pelaksana"}


def beside(*rows: tuple[str, str, str], numbered: bool = False) -> dict[tuple[int, int], str]:
    """A sheet with the columns of Mutu Baku, and those numbers if asked."""
    heads = ("No" if numbered else "Keterangan", "Kelengkapan", "Waktu", "Output")
    cells = {(0, i): head for i, head in enumerate(heads)}
    for place, (number, needs, result) in enumerate(rows, 1):
        cells |= {(place, 0): number, (place, 1): needs, (place, 3): result}
    return cells


def joined(headings: Headings, left: Cells, right: Cells) -> MatrixDraft:
    pages = [
        drawn(xs, [20.0 + 40 * i for i in range(2 + max(row for row, _ in cells))], cells, number=number)
        for number, (xs, cells) in enumerate(((XS[:5], left), ((20.0, 60.0, 240.0, 320.0, 560.0), right)), 1)
    ]
    (region,) = find_sops(pages, headings, LayoutSettings())
    assert region.pages == (1, 2)
    return read_matrix(region.parts)


def test_columns_on_another_sheet_are_joined_by_place(headings: Headings) -> None:
    left = LEFT | {(1, 0): "1", (1, 1): "Menerima", (2, 0): "2", (2, 1): "Mencatat"}
    matrix = joined(headings, left, beside(("", "Surat", "Agenda"), ("", "Agenda", "Arsip")))
    output = next(column.index for column in matrix.columns if column.kind == "output")
    assert [flat(row.cells[output]) for row in matrix.rows] == ["Agenda", "Arsip"]


def test_columns_on_another_sheet_are_joined_by_number_where_it_has_one(headings: Headings) -> None:
    left = LEFT | {(n, 0): str(n) for n in (1, 2, 3)} | {(n, 1): f"Langkah {n}" for n in (1, 2, 3)}
    matrix = joined(headings, left, beside(("3", "Agenda", "Arsip"), ("1", "Surat", "Agenda"), numbered=True))
    output = next(column.index for column in matrix.columns if column.kind == "output")
    assert {row.no: flat(row.cells[output]) for row in matrix.rows if output in row.cells} == {1: "Agenda", 3: "Arsip"}


def test_columns_that_fit_no_row_are_told(headings: Headings) -> None:
    left = LEFT | {(n, 0): str(n) for n in (1, 2, 3)} | {(n, 1): f"Langkah {n}" for n in (1, 2, 3)}
    matrix = joined(headings, left, beside(("", "Surat", "Agenda"), ("", "Agenda", "Arsip")))
    assert [issue.code for issue in matrix.issues] == ["side-rows-unjoined"]
    assert len(matrix.columns) == 4


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ("1 2 3 4 5 6 7", []),
        ("1 2 3 4 5 7 7", []),  # one number misread
        ("1 2 3 4 5 6 8", []),
        ("1 2 3 5 6 7 8", ["page 1: 7 columns were found, where the row below the heads counts 8"]),
        ("1 2 3 - 4 5 6", ["page 1: 7 columns were found, where the row below the heads counts 6"]),
    ],
)
def test_columns_are_held_against_the_row_that_counts_them(headings: Headings, numbers: str, told: list[str]) -> None:
    counted = {(1, place): number.strip("-") for place, number in enumerate(numbers.split())}
    page = HEAD | counted | row(2, "1", "Menerima surat")
    matrix = matrix_of(headings, page, HEAD | counted | row(2, "2", "Mencatat surat"))
    assert [str(issue.message) for issue in matrix.issues if issue.code == "columns-miscounted"] == told
    assert len(matrix.rows) == 2

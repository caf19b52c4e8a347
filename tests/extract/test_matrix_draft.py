"""Rows of a matrix over its pages."""

from __future__ import annotations

import pytest
from drawn import Cells, drawn
from sop_regions import find_sops

from pipeline.extract.matrix_draft import read_matrix
from pipeline.layout.text_lines import flat
from pipeline.model.draft import MatrixDraft
from pipeline.model.headings import Headings
from pipeline.normalize.lexicon import load_headings
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


@pytest.fixture(scope="module")
def headings() -> Headings:
    return load_headings()


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

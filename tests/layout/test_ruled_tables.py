"""The grid of a matrix survives what is drawn across it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from typeset import Cover, Edge, Matrix, Row, SopSpec, Style, Symbol, chain, sample
from typeset.cases import merged

from pipeline.layout.matrix_head import is_number_row
from pipeline.layout.regions import SopRegion
from pipeline.layout.text_lines import flat

Find = Callable[..., list[SopRegion]]

CROSSED = [
    pytest.param(Style(), id="elbows"),
    pytest.param(Style(connectors="straight"), id="straight"),
    pytest.param(Style(dashed_connectors=True, arrow="none"), id="dashed"),
    pytest.param(Style(fill="grey", shadow=True, symbol_labels="words"), id="filled"),
    pytest.param(Style(rulings="filled"), id="thin-rectangles"),
    pytest.param(Style(rulings="rect"), id="rectangles"),
    pytest.param(Style(rulings="doubled"), id="doubled"),
    pytest.param(Style(rulings="dashed"), id="dashed-rulings"),
    pytest.param(Style(text_size=6.0), id="small"),
    pytest.param(Style(matrix_landscape=False), id="portrait"),
]


@pytest.mark.parametrize("style", CROSSED)
def test_columns_and_rows_are_those_printed(regions: Find, style: Style) -> None:
    (region,) = regions(SopSpec(Cover(), (chain(8, decision=3),)), style)
    kinds = [column.kind for column in region.parts[0].columns]
    assert kinds == ["no", "kegiatan", *["pelaksana"] * 4, "kelengkapan", "waktu", "output", "keterangan"]
    assert sum(len(part.body.bands) for part in region.parts) == 8


def test_connectors_that_run_on_rulings_make_no_cells(regions: Find) -> None:
    roles = ("A1", "B2", "C3")
    rows = tuple(Row(f"Kegiatan ke {n}", symbols=(Symbol(roles[n % 3]),)) for n in range(6))
    edges = tuple(
        Edge((n + 1, roles[n % 3]), (m + 1, roles[m % 3])) for n in range(6) for m in range(6) if abs(n - m) == 2
    )
    (region,) = regions(SopSpec(None, (Matrix(roles, rows, edges),)))
    assert len(region.parts[0].columns) == 9
    assert len(region.parts[0].body.bands) == 6


def test_a_merged_cell_is_read_for_every_row_it_spans(regions: Find) -> None:
    (region,) = regions(SopSpec(Cover(), (merged(),)))
    (part,) = region.parts
    waktu = next(column.index for column in part.columns if column.kind == "waktu")
    assert [flat(row[waktu]) for row in part.body.texts] == ["5 menit", "5 menit", "1 jam", "1 jam", "1 jam"]


def test_a_word_of_the_first_row_is_no_head(regions: Find) -> None:
    base = chain(3)
    first = replace(base.rows[0], cells={**base.rows[0].cells, "output": "Dokumen", "kelengkapan": "Bahan"})
    (region,) = regions(SopSpec(Cover(), (replace(base, rows=(first, *base.rows[1:])),)))
    assert len(region.parts[0].body.bands) == 3


def test_every_row_keeps_its_symbols_column(regions: Find) -> None:
    (region,) = regions(sample(5))
    lanes = [column for column in region.parts[0].columns if column.kind == "pelaksana"]
    assert [flat(lane.head) for lane in lanes] == [
        "Pengadministrasi Umum",
        "Kasubbag Tata Usaha",
        "Kepala Bagian",
        "Sekretaris Daerah",
    ]


@pytest.mark.parametrize(
    ("texts", "counts"),
    [
        (("1", "2", "3", "4", "5"), True),
        (("1", "2", "3 4", "5", "6"), True),  # a line between two columns was lost
        (("1", "2", "", "4", "B"), True),
        (("1", "Menerima surat", "", "5 menit", "Surat"), False),
        (("1", "", "", "", ""), False),
        (("", "", "", "4", "", "", "7", "", ""), True),  # a bad scan has lost the others
        (("", "", "", "5", "", "", "7", "", ""), False),
        (("8", "2", "3", "4", "Ss", "&", "7", "8", "9", "10"), True),  # some were misread
        (("1", "2", "Budi", "", "", ""), False),
        (("7", "8", "9"), False),
    ],
)
def test_a_number_row_counts_and_says_nothing_else(texts: tuple[str, ...], counts: bool) -> None:
    assert is_number_row(texts, 0.6) is counts

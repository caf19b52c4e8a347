from __future__ import annotations

from typing import Literal

from pipeline.model.draft import Column, MatrixDraft, RowDraft
from pipeline.model.geometry import Box
from pipeline.model.page import CellText
from pipeline.normalize.text_layer.columns import across_borders, beside_roles, out_of_line
from pipeline.settings import TextDoubtSettings

from .conftest import Typeset

Kind = Literal["kegiatan", "pelaksana", "kelengkapan", "waktu", "output"]


def matrix(kinds: tuple[Kind, ...], *rows: tuple[CellText, ...]) -> MatrixDraft:
    empty = CellText(1, rows[0][0].box)
    columns = tuple(Column(index, kind, empty) for index, kind in enumerate(kinds))
    return MatrixDraft(columns, tuple(RowDraft(n, dict(enumerate(cells))) for n, cells in enumerate(rows, 1)), ())


def test_a_line_that_lost_its_first_word(typeset_cell: Typeset, doubt_settings: TextDoubtSettings) -> None:
    texts = ("Surat masuk", "Lembar disposisi", "Konsep surat", "Arsip surat")
    for centred in (False, True):
        cells = [(typeset_cell(text, y=20.0 * n, centred=centred),) for n, text in enumerate(texts)]
        assert list(out_of_line(matrix(("output",), *cells), doubt_settings)) == []
        cells[1] = (typeset_cell(texts[1], y=20.0, lost="Lembar", centred=centred),)
        assert [(n, text) for n, _, text in out_of_line(matrix(("output",), *cells), doubt_settings)] == [
            (1, "disposisi")
        ]


def test_the_items_of_a_list_hang(typeset_cell: Typeset, doubt_settings: TextDoubtSettings) -> None:
    plain = [(typeset_cell(text, y=40.0 * n),) for n, text in enumerate(("Surat", "Nota", "Arsip", "Undangan"))]
    item = typeset_cell("- Lembar", "- disposisi", y=200.0, lost="-")
    hanging = typeset_cell("- Lembar", y=200.0)
    listed = CellText(1, item.box, (hanging.lines[0], item.lines[1]))
    assert list(out_of_line(matrix(("output",), *plain, (listed,)), doubt_settings)) == []


def test_words_over_the_border_of_their_cell(typeset_cell: Typeset, doubt_settings: TextDoubtSettings) -> None:
    own = typeset_cell("Surat", width=60)
    wide = CellText(1, own.box, typeset_cell("Menerima surat masuk", width=200).lines)
    found = list(across_borders(matrix(("output",), (wide,), (own,)), doubt_settings))
    assert [(n, text) for n, _, text in found] == [(0, "Menerima surat masuk")]


def test_a_line_that_goes_on_in_the_next_cell(typeset_cell: Typeset, doubt_settings: TextDoubtSettings) -> None:
    line = typeset_cell("Draf surat tugas", width=200).lines[0]
    first, second = line.words[:2], line.words[2:]
    border = (first[-1].box.x1 + second[0].box.x0) / 2
    left = typeset_cell("Draf", width=border)
    right = typeset_cell("tugas", x=border, width=80)
    split = (CellText(1, left.box, (type(line)(first),)), CellText(1, right.box, (type(line)(second),)))
    found = list(across_borders(matrix(("kelengkapan", "output"), split, (left, right)), doubt_settings))
    assert [(n, column.kind, text) for n, column, text in found] == [
        (0, "kelengkapan", "Draf surat"),
        (0, "output", "tugas"),
    ]


def test_words_in_a_roles_column_beside_an_empty_cell(typeset_cell: Typeset) -> None:
    role, empty = typeset_cell("Lembar disposisi"), CellText(1, typeset_cell("x").box)
    answer = typeset_cell("Tidak")
    rows = ((role, empty), (answer, empty), (role, role))
    assert [(n, text) for n, _, text in beside_roles(matrix(("pelaksana", "kelengkapan"), *rows))] == [
        (0, "Lembar disposisi")
    ]


def test_a_full_line_beside_a_column_whose_lines_begin_alike(
    typeset_cell: Typeset, doubt_settings: TextDoubtSettings
) -> None:
    """A cell without room at its right, and the next one's words at its left, as all words of that column."""
    full = typeset_cell("bencana, dan data", width=300)
    border = full.lines[0].box.x1 - 2
    left = CellText(1, Box(0, full.box.top, border, full.box.bottom), full.lines)
    plain = typeset_cell("Dilaksanakan", x=border)
    shifted = CellText(1, plain.box, typeset_cell("Dilaksanakan", x=border - 2.5).lines)
    other = (typeset_cell("Nota"), typeset_cell("BNPB", "TNI", "POLRI", x=border))
    kinds: tuple[Kind, ...] = ("kelengkapan", "output")
    assert list(across_borders(matrix(kinds, (left, plain), other), doubt_settings)) == []
    assert len(list(across_borders(matrix(kinds, (left, shifted), other), doubt_settings))) == 2

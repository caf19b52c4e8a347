from __future__ import annotations

from dataclasses import replace

from pipeline.model.page import CellText, Line
from pipeline.normalize.text_layer.lines import Sides, room_in
from pipeline.settings import TextDoubtSettings

from .conftest import Typeset


def found(cell: CellText, settings: TextDoubtSettings) -> list[str]:
    return list(room_in(cell, Sides.of([cell]), settings))


def test_a_gap_as_wide_as_a_word(typeset_cell: Typeset, doubt_settings: TextDoubtSettings) -> None:
    cell = typeset_cell("Menerima surat masuk", "dari pemohon", lost="surat")
    assert found(cell, doubt_settings) == ["Menerima … masuk"]
    assert found(typeset_cell("Menerima surat masuk"), doubt_settings) == []


def test_room_that_an_author_leaves_is_none(typeset_cell: Typeset, doubt_settings: TextDoubtSettings) -> None:
    assert found(typeset_cell("060/ nomor /SOP/2018", lost="nomor"), doubt_settings) == []
    assert found(typeset_cell("- lalu Disposisi Bupati", lost="lalu"), doubt_settings) == []


def test_justified_lines_have_wide_gaps(typeset_cell: Typeset, doubt_settings: TextDoubtSettings) -> None:
    lines = ("Mahasiswa dan mengecek", "syarat yang dari mengecek", "daftar itu dari mengecek", "serta untuk mengecek")
    cell = typeset_cell(*lines)
    ends = [max(line.box.x1 for line in cell.lines)] * 4
    last = [
        replace(line.words[-1], box=line.words[-1].box.shifted(end - line.box.x1, 0))
        for line, end in zip(cell.lines, ends, strict=True)
    ]
    pairs = [replace(line, words=(line.words[0], word)) for line, word in zip(cell.lines, last, strict=True)]
    assert found(replace(cell, lines=tuple(pairs)), doubt_settings) == []


def test_a_line_from_margin_to_margin_is_justified(typeset_cell: Typeset, doubt_settings: TextDoubtSettings) -> None:
    cell = typeset_cell("Formulir, fotokopi", "kartu keluarga")
    first, last = cell.lines[0].words
    wide = Line((first, replace(last, box=last.box.shifted(cell.box.x1 - 5 - last.box.x1, 0))))
    assert found(replace(cell, lines=(wide, cell.lines[1])), doubt_settings) == []
    short = Line((first, replace(last, box=last.box.shifted(cell.box.x1 - 15 - last.box.x1, 0))))
    assert found(replace(cell, lines=(short, cell.lines[1])), doubt_settings) == ["Formulir, … fotokopi"]


def test_a_line_that_ends_before_the_next_word_had_to(typeset_cell: Typeset, doubt_settings: TextDoubtSettings) -> None:
    lost = typeset_cell("Memeriksa dan memberi arahan", "atas surat", width=150, lost="arahan")
    assert found(lost, doubt_settings) == ["memberi … atas"]
    assert found(typeset_cell("Memeriksa dan memberi;", "atas surat", width=150), doubt_settings) == []
    assert found(typeset_cell("Memeriksa dan memberi", "Atas surat", width=150), doubt_settings) == []
    assert found(typeset_cell("Memeriksa dan memberi", "b. atas surat", width=150), doubt_settings) == []


def test_a_line_between_two_others(typeset_cell: Typeset, doubt_settings: TextDoubtSettings) -> None:
    cell = typeset_cell("Surat", "Nota", "Dinas", "Berkas", lost="Dinas")
    assert found(cell, doubt_settings) == ["Nota … Berkas"]

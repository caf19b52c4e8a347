"""Labels of a cover, wherever they stand in a cell."""

from __future__ import annotations

import pytest

from pipeline.layout.cover_labels import CoverLabel, labels_in
from pipeline.layout.text_lines import cell_text
from pipeline.model.geometry import Box
from pipeline.model.grid import Cell
from pipeline.model.page import Page, PageKind, Word
from pipeline.normalize.lexicon import load_headings
from pipeline.settings import LayoutSettings


def page_of(*lines: str, kind: PageKind = "text") -> Page:
    """Lines 12 points apart, words as wide as their letters; a gap of many spaces stays one."""
    words = []
    for row, line in enumerate(lines):
        x = 0.0
        for part in line.split(" "):
            if part:
                words.append(Word(part, Box(x, 12.0 * row, x + 5.0 * len(part), 12.0 * row + 10), 10.0))
            x += 5.0 * len(part) + 3.0
    return Page(1, 600.0, 800.0, kind, tuple(words), ())


def labels_of(page: Page) -> list[CoverLabel]:
    settings = LayoutSettings()
    cell = Cell(0, 1, 0, 1, Box(0.0, 0.0, 600.0, 800.0))
    lines = cell_text(page, cell.box).lines
    return labels_in(cell, lines, load_headings(), settings.likeness_on(page.kind), settings)


def values_of(page: Page) -> dict[str, str]:
    return {label.name: " ".join(line.text for line in label.rest) for label in labels_of(page)}


def test_a_label_broken_over_lines_is_one_label() -> None:
    (label,) = labels_of(page_of("Nama Standar", "Operasional", "Prosedur"))
    assert (label.name, label.box, label.whole) == ("nama_sop", False, True)


def test_label_and_value_of_one_cell_come_apart_with_or_without_a_space() -> None:
    assert values_of(page_of("Nomor SOP : 060/12/ORG")) == {"nomor_sop": "060/12/ORG"}
    assert values_of(page_of("Nomor SOP:060/12/ORG", "Tanggal Revisi:-")) == {
        "nomor_sop": "060/12/ORG",
        "tanggal_revisi": "-",
    }


@pytest.mark.parametrize("label", ["Disahkan Oleh", "Disahkan Oleh :", "Disahkan Oleh    :"])
def test_a_label_may_stand_at_the_middle_of_a_value_without_a_line_between_them(label: str) -> None:
    block = (" " * 30 + "SEKRETARIS DAERAH", label, " " * 26 + "Drs. BUDI SANTOSO, M.Si")
    (found,) = labels_of(page_of(*block))
    assert (found.name, found.apart, found.whole) == ("disahkan_oleh", True, False)
    assert [line.text for line in found.rest] == ["SEKRETARIS DAERAH", "Drs. BUDI SANTOSO, M.Si"]


def test_a_label_in_the_middle_of_a_sentence_is_none() -> None:
    assert labels_of(page_of("Surat ini dianggap sah apabila", "Disahkan oleh", "kepala bagian yang berwenang")) == []


def test_text_that_begins_like_a_label_is_none() -> None:
    assert labels_of(page_of("Nomor 49 Tahun 2017 tentang Pelayanan")) == []
    assert labels_of(page_of("Peringatan dini harus disampaikan kepada atasan sebelum kegiatan dimulai")) == []


def test_a_list_item_that_is_part_of_a_label_is_none() -> None:
    for kind in ("text", "scan"):
        assert labels_of(page_of("• Dokumen perencanaan", "• Komputer", kind=kind)) == []


def test_a_box_label_leads_the_lines_below_it() -> None:
    assert values_of(page_of("Dasar Hukum :", "1. Undang-Undang Nomor 25")) == {
        "dasar_hukum": "1. Undang-Undang Nomor 25"
    }


def test_labels_side_by_side_in_one_cell_are_two() -> None:
    labels = labels_of(page_of("Dasar Hukum" + " " * 20 + "Kualifikasi Pelaksana", "1. UU"))
    assert [label.name for label in labels] == ["dasar_hukum", "kualifikasi_pelaksana"]
    assert labels[0].cell.box.x1 == labels[1].cell.box.x0


def test_misread_labels_count_on_a_scan_only() -> None:
    assert [label.name for label in labels_of(page_of("Tanggai Ffektif", kind="scan"))] == ["tanggal_efektif"]
    assert labels_of(page_of("Tanggai Ffektif")) == []

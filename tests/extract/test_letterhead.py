"""The issuing body beside its logo, whose caption is none of its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from drawn import drawn, words_of
from drawn_covers import header_of

from pipeline.model.geometry import Box
from pipeline.model.page import CellText, PageKind, Word
from pipeline.normalize.lexicon import load_headings

XS = (20.0, 260.0, 380.0, 560.0)
YS = (20.0, 55.0, 90.0, 125.0, 160.0)
LABELS = ("Nomor SOP", "Tanggal Pembuatan", "Tanggal Revisi", "Tanggal Efektif")
FIELDS = {(row, 1): label for row, label in enumerate(LABELS)} | {(row, 2): f"{row + 1}" for row in range(4)}
LETTERHEAD = "KEMENTERIAN CONTOH REPUBLIK INDONESIA\nUNIVERSITAS NEGERI CONTOH"
LOGO = Word("@a", Box(80.0, 22.0, 140.0, 60.0), 38.0, 0.1)
"""What recognition makes of a drawing: an illegible word, much higher than the lines."""


ARMS = Box(80.0, 22.0, 180.0, 74.0)
"""Where a drawing was seen, around the caption."""


def letterhead(
    caption: str, *beside: Word, left: float = 90.0, kind: PageKind = "scan", drawings: tuple[Box, ...] = ()
) -> CellText:
    """The issuing body of a cover with a caption right below where the logo stands, and other words beside."""
    page = drawn(XS, YS, FIELDS, kind=kind, gone=[("h", i, 0) for i in range(1, 4)])
    sure = 0.95 if kind == "scan" else None
    words = [*words_of(caption, left, 62, sure), *words_of(LETTERHEAD, 40, 76, sure)]
    page = replace(page, words=(*page.words, *words, *beside), drawings=drawings)
    return header_of(page, load_headings()).fields["instansi"]


def least(text: CellText) -> float | None:
    return min((word.confidence for word in text.words if word.confidence is not None), default=None)


def test_a_caption_that_says_the_name_again_below_its_logo_is_left_out() -> None:
    got = letterhead("CONTOH", LOGO)
    assert (got.text, least(got)) == (LETTERHEAD, 0.95)
    assert got.words[0].readings == ("CONTOH",)


def test_a_caption_that_was_misread_is_left_out_as_well() -> None:
    assert letterhead("NEGER1 CONTOH", replace(LOGO, box=Box(80.0, 22.0, 165.0, 60.0))).text == LETTERHEAD


def test_a_narrow_line_below_a_logo_that_says_something_else_is_doubted_and_kept() -> None:
    got = letterhead("BADAN", LOGO)
    assert (got.text, least(got)) == (f"BADAN\n{LETTERHEAD}", 0.5)


def test_a_line_that_stands_in_another_is_one_of_the_letterhead_where_no_logo_is_above_it() -> None:
    got = letterhead("UNIVERSITAS")
    assert (got.text, least(got)) == (f"UNIVERSITAS\n{LETTERHEAD}", 0.95)


def test_letters_that_stand_in_a_word_are_no_word_said_again() -> None:
    assert letterhead("IND", LOGO).text == f"IND\n{LETTERHEAD}"


def test_a_line_wider_than_the_logo_above_it_is_one_of_the_letterhead() -> None:
    got = letterhead("PEMERINTAH KABUPATEN", LOGO, left=60.0)
    assert (got.text, least(got)) == (f"PEMERINTAH KABUPATEN\n{LETTERHEAD}", 0.95)


def test_a_line_far_below_the_logo_is_one_of_the_letterhead() -> None:
    got = letterhead("BADAN", replace(LOGO, box=Box(80.0, 5.0, 140.0, 35.0)))
    assert least(got) == 0.95


def test_an_illegible_word_as_high_as_the_lines_is_no_logo() -> None:
    got = letterhead("BADAN", Word("@a", Box(80.0, 50.0, 140.0, 60.0), 10.0, 0.1))
    assert least(got) == 0.95


def test_a_text_layer_has_no_captions() -> None:
    assert letterhead("CONTOH", kind="text").text == f"CONTOH\n{LETTERHEAD}"


def test_what_a_coat_of_arms_says_is_another_reading_of_the_letterhead() -> None:
    got = letterhead("NIVERSITAS NEG", drawings=(ARMS,))
    assert (got.text, least(got)) == (LETTERHEAD, 0.95)
    assert got.words[0].readings == ("NIVERSITAS NEG",)


def test_words_in_a_drawing_that_the_letterhead_does_not_say_make_its_first_line_unsure() -> None:
    got = letterhead("PENGAYOMAN", drawings=(ARMS,))
    first, *others = got.lines
    assert got.text == LETTERHEAD
    assert ({word.confidence for word in first.words}, {w.confidence for line in others for w in line.words}) == (
        {0.5},
        {0.95},
    )


def test_a_drawing_around_all_of_a_letterhead_is_none() -> None:
    assert letterhead("BADAN", drawings=(Box(30.0, 21.0, 255.0, 120.0),)).text == f"BADAN\n{LETTERHEAD}"


def test_a_drawing_elsewhere_on_the_page_changes_nothing() -> None:
    got = letterhead("BADAN", drawings=(Box(280.0, 300.0, 340.0, 360.0), Box(80.0, 0.0, 140.0, 15.0)))
    assert (got.text, least(got)) == (f"BADAN\n{LETTERHEAD}", 0.95)


def above(*lines: str, kind: PageKind = "text", logo: Sequence[Word] = ()) -> str | None:
    """The issuing body of a cover whose letterhead stands above its table."""
    fields = {(row, 0): label for row, label in enumerate(LABELS)} | {(row, 1): f"{row + 1}" for row in range(4)}
    ys = tuple(y + 100 for y in YS)
    page = drawn((20.0, 260.0, 560.0), ys, fields, kind=kind)
    sure = None if kind == "text" else 0.95
    words = [word for n, line in enumerate(lines) for word in words_of(line, 100, 20.0 + 12 * n, sure)]
    fields_read = header_of(replace(page, words=(*page.words, *words, *logo)), load_headings()).fields
    return fields_read["instansi"].text if "instansi" in fields_read else None


def test_a_letterhead_may_stand_above_the_table() -> None:
    body = ("PEMERINTAH KABUPATEN CONTOH", "DINAS KEPENDUDUKAN", "DAN PENCATATAN SIPIL")
    assert above(*body, "Jalan Merdeka Nomor 5 Telp. 3352") == "\n".join(body)
    assert above(*body, "", "STANDAR OPERASIONAL PROSEDUR") == "\n".join(body)
    assert above("LAMPIRAN PERATURAN BUPATI", "NOMOR 7 TAHUN 2020", *body, "STANDAR PELAYANAN") == "\n".join(body)
    assert above("STANDAR OPERASIONAL PROSEDUR", "SURAT MASUK") is None


def test_the_letterhead_above_the_table_of_a_scan_is_read_without_its_logo() -> None:
    body = ("PEMERINTAH KABUPATEN CONTOH", "DINAS KEPENDUDUKAN", "DAN PENCATATAN SIPIL")
    logo = (Word("SETIA", Box(20.0, 21.0, 50.0, 29.0), 8.0, 0.8), Word("&%", Box(20.0, 31.0, 60.0, 60.0), 29.0, 0.1))
    assert above(*body, "Jalan Merdeka Nomor 5", kind="scan", logo=logo) == "\n".join(body)


def test_the_letterhead_may_stand_at_the_right_of_the_fields() -> None:
    """What stands there and names no body, such as a page's number, is none."""
    xs = (20.0, 140.0, 320.0, 560.0)
    for said, read in ((LETTERHEAD, LETTERHEAD), ("Halaman 1 dari 3", None)):
        fields = {(row, col): text for row in range(4) for col, text in ((0, LABELS[row]), (1, f"{row + 1}"))}
        page = drawn(xs, YS, fields | {(0, 2): said}, gone=[("h", i, 2) for i in range(1, 4)])
        found = header_of(page, load_headings()).fields.get("instansi")
        assert (found.text if found else None) == read


@pytest.mark.parametrize("title", ["STANDAR OPERASIONAL PROSEDUR", "Standar Operasional Prosedur (SOP)", "SOP-AP"])
def test_a_title_is_no_issuing_body(title: str) -> None:
    """Neither a line of it below the body nor a cell of its own."""
    body = "PEMERINTAH KABUPATEN CONTOH"
    for said, read in ((f"{body}\n{title}", body), (title, None), ("DINAS SOP", "DINAS SOP")):
        page = drawn(XS, YS, FIELDS | {(0, 0): said}, gone=[("h", i, 0) for i in range(1, 4)])
        found = header_of(page, load_headings()).fields.get("instansi")
        assert (found.text if found else None) == read

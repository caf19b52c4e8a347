"""Covers and matrices without ruling lines: what is drawn for them, and that they are read like ruled ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from drawn import words_of
from hypothesis import given
from hypothesis import strategies as st
from typeset import SopSpec, Style, chain, typeset
from typeset.cases import cases
from typeset.spec import Ruling

from bench.facts import GROUPS, compared, of_record, of_truth
from pipeline.extract.header_draft import read_header
from pipeline.layout.regions import CoverRegion
from pipeline.layout.ruled_page import RuledPage
from pipeline.layout.sop_tables import read_page
from pipeline.layout.unruled import RulingInference, lacks_rulings
from pipeline.layout.unruled.column_edges import best_fitting, edge_between, fit, mirrored_edges
from pipeline.layout.unruled.inferred_rulings import TextTables
from pipeline.layout.unruled.row_breaks import breaks_between, breaks_by_room, chain_end
from pipeline.model.clustering import free_intervals
from pipeline.model.geometry import Box
from pipeline.model.grid import TextTable
from pipeline.model.page import Page, Word
from pipeline.normalize.lexicon import load_headings
from pipeline.readers.camelot_tables import text_tables
from pipeline.readers.pdf import PdfFile
from pipeline.settings import Settings
from pipeline.stages import digitize

SETTINGS = Settings()
UNRULED = SETTINGS.layout.unruled
HEADINGS = load_headings()
READ = tuple(group for group in GROUPS if group not in ("performers", "symbols", "edges"))


def pages_of(path: Path) -> list[Page]:
    file = PdfFile(path, None, SETTINGS.read)
    try:
        return [found.page for found in file.pages()]
    finally:
        file.close()


def lacks(page: Page) -> bool:
    return lacks_rulings(RuledPage(page, HEADINGS, SETTINGS.layout), HEADINGS, SETTINGS.layout)


def lined_by(parsers: TextTables, pages: Sequence[Page]) -> list[Page]:
    rulings = RulingInference(HEADINGS, SETTINGS.layout, parsers)
    return [rulings.add(RuledPage(page, HEADINGS, SETTINGS.layout)).page for page in pages]


def lined(pages: Sequence[Page]) -> list[Page]:
    return lined_by(text_tables, pages)


CASES = (
    ("none", "plain"),
    ("across", "plain"),
    ("frame", "plain"),
    ("down", "plain"),
    ("across", "merged-mutu-baku"),
    ("none", "continued-without-head"),
    ("none", "row-over-page-break"),
    ("none", "matrix-without-number-of-its-own-rows"),
    ("none", "short-labels"),
    ("none", "title-rows"),
    ("frame", "cover-over-two-pages"),
    ("none", "role-heads-90-rotate-90"),
    ("frame", "user-unit"),
)


@pytest.mark.parametrize(("rulings", "name"), CASES)
def test_a_document_without_lines_says_what_a_ruled_one_does(tmp_path: Path, name: str, rulings: str) -> None:
    spec, style = cases()[name]
    truth = typeset(spec, tmp_path / "a.pdf", style.but(rulings=rulings))
    read = digitize(tmp_path / "a.pdf", SETTINGS, name="a")
    counts = compared([of_truth(sop) for sop in truth], [of_record(record.as_json()) for record in read.records])
    assert {group: counts[group] for group in READ if len(set(counts[group])) > 1} == {}
    assert {issue.code for issue in read.document.issues} == {"table-without-lines"}
    assert all(issue.severity == "info" and issue.path == "" for issue in read.document.issues)


@pytest.mark.parametrize("rulings", ["line", "filled", "dashed", "doubled"])
def test_ruled_pages_want_no_lines_and_stay_as_they_are(tmp_path: Path, rulings: Ruling) -> None:
    typeset(cases()["plain"][0], tmp_path / "a.pdf", Style(rulings=rulings))
    pages = pages_of(tmp_path / "a.pdf")
    assert not any(lacks(page) for page in pages)
    assert all(new is old for new, old in zip(lined(pages), pages, strict=True))


def test_pages_of_a_regulation_want_no_lines(tmp_path: Path) -> None:
    spec, _ = cases()["bundle-between-law-text"]
    typeset(spec, tmp_path / "a.pdf", Style())
    assert not any(lacks(page) for page in pages_of(tmp_path / "a.pdf"))


def prose(*lines: str) -> Page:
    words = [
        Word(text, Box(72.0 + 60 * i, 100 + 14.0 * row, 122.0 + 60 * i, 110 + 14.0 * row), 10.0)
        for row, line in enumerate(lines)
        for i, text in enumerate(line.split())
    ]
    return Page(1, 595.0, 842.0, "text", tuple(words), ())


def test_a_list_of_the_labels_in_a_regulation_is_no_cover() -> None:
    listed = prose("a. Nomor", "b. Tanggal", "c. Pengesahan", "d. Keterkaitan", "e. Peringatan")
    assert not lacks(listed)
    assert not lacks(Page(1, 595.0, 842.0, "text", (), ()))


@pytest.mark.parametrize(
    ("sentence", "is_head"), [("prosedur sarana pelaksana", False), ("Prosedur Sarana Pelaksana", True)]
)
def test_words_that_stand_apart_in_a_sentence_are_no_head(sentence: str, is_head: bool) -> None:
    placed = zip((40.0, 200.0, 400.0), sentence.split(), strict=True)
    words = [Word(text, Box(x, 100.0, x + 60, 110.0), 10.0) for x, text in placed]
    assert lacks(Page(1, 595.0, 842.0, "text", tuple(words), ())) is is_head


def test_a_label_that_runs_into_its_value_is_a_label() -> None:
    cover = prose("NomorSOP:060/12", "TanggalRevisi:2018", "NamaSOP:Surat")
    assert lacks(cover)
    (page,) = lined([cover])
    assert sum(ruling.axis == "h" for ruling in page.rulings) == 4


def test_boxes_below_each_other_under_letters_end_where_a_signature_begins() -> None:
    """Two labels in two lines are two: "Judul" above "No. Dokumen" is no "Judul Dokumen"."""
    left = ("Judul : | Surat", "No. Dokumen : | 060/12", "Tanggal Revisi :", "Tanggal Terbit : | 2018", "")
    boxes = ("A. Dasar Hukum", "1. Undang-Undang", "B. Kualifikasi Pelaksana", "1. Sarjana", "2. Teliti", "", "")
    right = ("Kepala Puskesmas", "", "", "dr. SITI AMINAH", "NIP. 19650909 199310 1 002")
    words = words_of("\n".join((*left, *boxes)), 40.0, 100.0) + words_of("\n".join(right), 380.0, 100.0 + 12 * 12)
    (page,) = lined([Page(1, 595.0, 842.0, "text", tuple(words), ())])
    (cover,), _ = read_page(RuledPage(page, HEADINGS, SETTINGS.layout), HEADINGS, SETTINGS.layout)[0], None
    header = read_header(CoverRegion((cover,)), None, 0.0, HEADINGS, SETTINGS.extract)
    assert {name: [item.text for item in items] for name, items in header.lists.items()} == {
        "dasar_hukum": ["Undang-Undang"],
        "kualifikasi_pelaksana": ["Sarjana", "Teliti"],
    }
    assert (header.fields["nama_sop"].text, header.fields["nomor_sop"].text) == ("Surat", "060/12")
    assert header.signature["nama"].text == "dr. SITI AMINAH"


def test_no_word_is_cut_by_a_drawn_line(tmp_path: Path) -> None:
    typeset(SopSpec(None, (chain(8),)), tmp_path / "a.pdf", Style(rulings="none"))
    (page,) = lined(pages_of(tmp_path / "a.pdf"))
    lanes = {w.text for w in page.words if w.size < 7}  # labels of connectors may stand on a column's side
    for ruling in page.rulings:
        cut = [w.text for w in page.words if w.box.grown(-0.5).intersection(ruling.box) and w.text not in lanes]
        assert cut == []


def test_without_a_parser_that_fits_the_room_between_words_tells(tmp_path: Path) -> None:
    typeset(SopSpec(None, (chain(4),)), tmp_path / "a.pdf", Style(rulings="none"))
    pages = pages_of(tmp_path / "a.pdf")
    alone = lined_by(lambda page, area, words: (), pages)
    edges = [sorted({r.at for r in page.rulings if r.axis == "v"}) for page in (alone[0], lined(pages)[0])]
    assert edges[0] == pytest.approx(edges[1], abs=3.0)
    assert "camelot" not in alone[0].issues[-1].message


def test_edges_through_words_and_second_edges_lower_the_quality_of_a_parser() -> None:
    gaps, taken = [(10.0, 20.0), (30.0, 40.0)], [(0.0, 12.0), (20.0, 30.0)]
    tables = [
        TextTable(name, (0.0, *xs, 50.0), ()) for name, *xs in (("a", 11.0, 35.0), ("b", 15.0, 35.0), ("c", 15.0))
    ]
    assert [round(fit(t, gaps, taken), 2) for t in tables] == [0.5, 1.0, 0.67]
    assert best_fitting(tables, gaps, taken) is tables[1]
    assert best_fitting([TextTable("d", (0.0, 50.0), ())], gaps, taken) is None


def test_an_edge_goes_where_a_parser_has_one_before_wider_rooms() -> None:
    assert edge_between((0.0, 100.0), [(10.0, 20.0)], ()) == 60.0
    assert edge_between((0.0, 100.0), [(10.0, 20.0)], (4.0,)) == 5.0
    assert 0 <= edge_between((0.0, 10.0), [(0.0, 10.0), (0.0, 4.0)], ()) <= 10


def test_columns_of_symbols_are_as_wide_at_both_sides_of_their_heads() -> None:
    lanes = [Box(100, 0, 120, 10), Box(150, 0, 190, 10)]
    assert mirrored_edges(lanes, [(50, 100), (120, 150), (190, 300)]) == [80.0, 140.0, 200.0]
    assert mirrored_edges(lanes, [(90, 100), (120, 150), (190, 195)]) == [90.0, 140.0, 195.0]


def test_rows_begin_at_numbers_in_their_first_line() -> None:
    anchors = [(0.0, 10.0), (50.0, 60.0), (90.0, 100.0)]
    main = [*anchors, (12.0, 22.0), (62.0, 72.0)]
    assert breaks_between(anchors, main, [(24.0, 34.0)], 0.0, 10.0, UNRULED) == [47.0, 87.0]


def test_text_above_the_first_number_is_the_rest_of_the_row_before() -> None:
    anchors = [(30.0, 40.0), (60.0, 70.0), (90.0, 100.0)]
    assert breaks_between(anchors, [*anchors, (0.0, 10.0)], [], 0.0, 10.0, UNRULED)[0] == 27.0


def test_rows_around_numbers_in_their_middle_end_where_they_are_even() -> None:
    anchors = [(25.0, 35.0), (80.0, 90.0)]  # rows from 0 to 60 and from 60 to 110
    main = [(10.0, 20.0), (25.0, 35.0), (40.0, 50.0), *anchors, (68.0, 78.0), (92.0, 102.0)]
    full = [(float(y), y + 10.0) for y in (1, 13, 25, 37, 49, 61, 73, 85, 97)]
    (cut,) = breaks_between(anchors, main, full, 0.0, 10.0, UNRULED)
    assert cut == pytest.approx(60.0, abs=1.0)


def test_a_cell_merged_over_two_rows_does_not_move_their_border() -> None:
    anchors = [(0.0, 10.0), (40.0, 50.0), (80.0, 90.0)]
    assert breaks_between(anchors, anchors, [(34.0, 44.0)], 0.0, 10.0, UNRULED)[0] == 37.0


def test_rows_without_numbers_part_where_all_columns_leave_room() -> None:
    main = [(0.0, 10.0), (12.0, 22.0), (40.0, 50.0), (52.0, 62.0), (80.0, 90.0)]
    assert breaks_by_room(main, [(20.0, 30.0)], 10.0, UNRULED) == [35.0, 71.0]
    assert breaks_by_room([], [], 10.0, UNRULED) == []


def test_text_that_hangs_together_ends_before_a_larger_gap() -> None:
    assert chain_end([(0, 10), (12, 22), (40, 50)], 0.0, 5.0) == 22


spans = st.lists(st.tuples(st.floats(0, 100), st.floats(0, 20)).map(lambda s: (s[0], s[0] + s[1])), max_size=8)


@given(spans)
def test_clear_stretches_hold_nothing_that_is_taken(taken: list[tuple[float, float]]) -> None:
    clear = free_intervals(taken, 10.0, 90.0)
    assert all(10 <= a < b <= 90 for a, b in clear)
    assert not any(a < t1 and t0 < b for a, b in clear for t0, t1 in taken if t1 > t0)

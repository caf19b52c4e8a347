"""Which page is a cover, which a matrix, and where one SOP ends and the next begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from drawn import drawn, words_of
from sop_regions import find_sops
from typeset import Bundle, Cover, Matter, SopSpec, Style, chain, sample
from typeset.cases import BLANK, LAW, Case, layout
from typeset.spec import Continuation

from pipeline.layout.regions import SopFinder, SopRegion
from pipeline.layout.ruled_page import RuledPage
from pipeline.layout.text_lines import flat
from pipeline.model.headings import Headings
from pipeline.model.page import Page
from pipeline.settings import Settings

Find = Callable[..., list[SopRegion]]

PAGES: dict[str, list[tuple[int, int]]] = {
    "bundle-between-law-text": [(3, 4), (7, 8)],
    "bundle-back-to-back": [(1, 2), (3, 5), (6, 7)],
    "titled-matrices-under-one-cover": [(1, 2), (3, 3)],
    "no-cover": [(1, 1)],
    "cover-over-two-pages": [(1, 3)],
    "cover-and-matrix-on-one-page": [(1, 1)],
    "cover-and-matrix-on-one-page-going-on": [(1, 2)],
    "continued-with-head": [(1, 3)],
    "continued-with-numbers-only": [(1, 3)],
    "continued-without-head": [(1, 3)],
    "row-over-page-break": [(1, 3)],
    "lampiran-above-cover": [(1, 2)],
}
CASES: dict[str, Case] = layout()


@pytest.mark.parametrize("name", PAGES)
def test_first_and_last_page(regions: Find, name: str) -> None:
    assert [region.pages for region in regions(*CASES[name])] == PAGES[name]


def test_titles_tell_the_matrices_of_one_cover_apart(regions: Find) -> None:
    found = regions(*CASES["eight-matrices-under-one-cover"])
    titles = [flat(region.parts[0].title) for region in found if region.parts[0].title]
    assert titles == [f"PROSEDUR BAGIAN KE {n}" for n in range(1, 9)]
    assert [region.first_of_cover for region in found] == [True] + [False] * 7
    assert len({id(region.cover) for region in found}) == 1


def test_pages_without_a_sop_make_none(regions: Find) -> None:
    assert regions(Bundle((LAW, BLANK, Matter(("Nota Dinas", "Yth. Kepala Bagian")), LAW))) == []


def test_a_page_between_cover_and_matrix_does_not_part_them(regions: Find) -> None:
    cover, matrix = SopSpec(Cover(), ()), SopSpec(None, (chain(4),))
    (region,) = regions(Bundle((cover, LAW, BLANK, matrix)))
    assert region.cover is not None
    assert region.pages == (1, 4)


def test_a_cover_without_a_matrix_is_told(regions: Find) -> None:
    found = regions(Bundle((SopSpec(Cover(), ()), sample(3))))
    assert [region.pages for region in found] == [(1, 1), (2, 3)]
    assert [issue.code for issue in found[0].issues] == ["matrix-missing"]


@pytest.mark.parametrize("continuation", ["head", "numbers", "none"])
def test_the_number_row_is_never_an_activity(regions: Find, continuation: Continuation) -> None:
    spec = SopSpec(Cover(), (chain(16),))
    (region,) = regions(spec, Style(number_row=True, continuation=continuation))
    assert sum(len(part.body.bands) for part in region.parts) == 16


def test_two_matrices_without_covers_and_titles_are_told_apart_by_their_numbers(regions: Find) -> None:
    found = regions(Bundle((SopSpec(None, (chain(4),)), SopSpec(None, (chain(3),)))))
    assert [region.pages for region in found] == [(1, 1), (2, 2)]


def test_no_more_pages_are_open_than_the_sop_at_hand_stands_on(
    pages: Callable[..., list[Page]], headings: Headings
) -> None:
    """In a bundle between pages of law; those of law hold nothing open."""
    finder = SopFinder(headings, Settings().layout)
    found: list[SopRegion] = []
    opened: list[frozenset[int]] = []
    read = pages(*CASES["bundle-between-law-text"])
    for page in read:
        found += finder.add(RuledPage(page, headings, Settings().layout))
        opened.append(finder.open_pages)
    found += finder.finish()
    assert [region.pages for region in found] == PAGES["bundle-between-law-text"]
    assert opened[:4] == [frozenset(), frozenset(), frozenset({3}), frozenset({3, 4})]
    assert opened[6] == frozenset({7})
    assert finder.open_pages == frozenset()


def test_what_stands_at_the_head_of_cover_and_matrix_is_no_title(headings: Headings) -> None:
    xs, ys = (20.0, 50.0, 200.0, 300.0, 380.0, 460.0), (100.0, 130.0, 180.0)
    matrix = {(0, 0): "No", (0, 1): "Kegiatan", (0, 2): "Staf", (0, 3): "Waktu", (0, 4): "Output", (1, 1): "Menerima"}
    fields = {(0, 0): "Nomor SOP", (1, 0): "Tanggal Pembuatan", (2, 0): "Tanggal Efektif", (3, 0): "Nama SOP"}
    cover = drawn((20.0, 200.0, 460.0), (100.0, 130.0, 160.0, 190.0, 220.0), fields)
    head = words_of("PEMERINTAH KABUPATEN CONTOH", 20.0, 60.0)
    pages = [cover, drawn(xs, ys, matrix, number=2)]
    title = words_of("PROSEDUR SURAT", 20.0, 75.0)
    pages = [replace(page, words=(*head, *(title if page is pages[1] else ()), *page.words)) for page in pages]
    (region,) = find_sops(pages, headings, Settings().layout)
    assert region.parts[0].title is not None
    assert flat(region.parts[0].title) == "PROSEDUR SURAT"


@pytest.mark.parametrize("drop", [False, True])
def test_a_part_whose_columns_are_narrower_has_its_own_edges(drop: bool, headings: Headings) -> None:
    heads = ("No", "Kegiatan", "Staf", "Kabag", "Kepala", "Kelengkapan", "Waktu", "Output")
    first = (20.0, 50.0, 200.0, 280.0, 360.0, 440.0, 520.0, 580.0, 660.0)
    after = (20.0, 50.0, 200.0, 280.0, 360.0, 440.0, 520.0, 560.0, 620.0)
    ys = (100.0, 130.0, 180.0)
    begun = drawn(first, ys, {(0, i): head for i, head in enumerate(heads)} | {(1, 0): "1", (1, 1): "Menerima"})
    gone = [("v", 3, 0), ("v", 3, 1)] if drop else []
    going_on = drawn(after, ys, {(0, 0): "2", (0, 1): "Mencatat", (1, 0): "3", (1, 1): "Mengirim"}, number=2, gone=gone)
    (region,) = find_sops([begun, going_on], headings, Settings().layout)
    edges = region.parts[1].edges
    assert len(edges) == len(after)
    assert (edges == after) is not drop

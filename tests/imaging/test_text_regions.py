"""Text is gathered by the paper it lies on; symbols, lines and specks are no text."""

from __future__ import annotations

import cv2
import numpy as np
from scanned import SCALE, paper, printed, ruled

from pipeline.imaging.binarize import binarize
from pipeline.imaging.centrelines import draw_rulings, straight_rulings
from pipeline.imaging.colour import luminance
from pipeline.imaging.components import Components
from pipeline.imaging.ruling_lines import find_lines, letters_on_lines
from pipeline.imaging.text_regions import TextMap, find_text
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

SETTINGS = ScanSettings()
EM = 9 * SCALE
XS, YS = (30.0, 160.0, 290.0, 390.0), (30.0, 90.0, 170.0)


def mapped(page: Pixels) -> TextMap:
    grey = luminance(page)
    ink = binarize(grey, SETTINGS.ink_reach * SCALE, SETTINGS.text_contrast)
    lines = find_lines(grey, ink, EM, SETTINGS)
    line_mask = draw_rulings(straight_rulings(lines, EM, SCALE, SETTINGS), SCALE, lines.mask)
    bare_lines = np.asarray(line_mask & (letters_on_lines(ink, lines, SETTINGS) ^ 1))
    return find_text(
        Components.of(np.asarray(ink & (line_mask ^ 1), dtype=np.uint8)), line_mask, bare_lines, EM, SETTINGS
    )


def test_each_cell_is_a_block_with_its_lines_counted() -> None:
    page = ruled(paper(), XS, YS)
    printed(page, "Menerima surat", 36, 48)
    printed(page, "masuk", 36, 61)
    printed(page, "5 menit", 166, 48)
    regions = mapped(page).regions
    assert [region.line_count for region in regions] == [2, 1]
    assert regions[0].right < 160 * SCALE < regions[1].left


def test_text_outside_the_table_falls_apart_by_nearness() -> None:
    page = ruled(paper(), XS, YS)
    printed(page, "SOP PELAYANAN", 120, 20)
    printed(page, "Kepala Dinas", 40, 210)
    printed(page, "Sekretaris", 300, 210)
    assert len(mapped(page).regions) == 3


def at(x: float, y: float) -> tuple[int, int]:
    return round(x * SCALE), round(y * SCALE)


def test_symbols_and_their_connectors_are_no_text() -> None:
    page = ruled(paper(), XS, YS)
    cv2.ellipse(page, at(200, 50), at(16, 8), 0, 0, 360, (0, 0, 0), 2)
    diamond = np.array([at(340, 40), at(356, 52), at(340, 64), at(324, 52)])
    cv2.polylines(page, [diamond], True, (0, 0, 0), 2)
    cv2.rectangle(page, at(180, 110), at(220, 130), (0, 0, 0), 2)
    cv2.line(page, at(200, 58), at(200, 110), (0, 0, 0), 2)
    assert mapped(page).regions == ()


def test_words_in_a_symbol_are_text() -> None:
    page = ruled(paper(), XS, YS)
    cv2.rectangle(page, (round(180 * SCALE), round(110 * SCALE)), (round(240 * SCALE), round(135 * SCALE)), (0,) * 3, 2)
    printed(page, "Proses", 190, 126, size=8)
    (region,) = mapped(page).regions
    assert 180 * SCALE < region.left < region.right < 240 * SCALE


def test_specks_are_no_text() -> None:
    page = ruled(paper(), XS, YS)
    for x in range(40, 380, 23):
        page[round(60 * SCALE), round(x * SCALE)] = 0
    assert mapped(page).regions == ()


def test_a_dash_far_before_its_list_item_belongs_to_it() -> None:
    page = ruled(paper(), XS, YS)
    printed(page, "Disposisi", 58, 48)
    printed(page, "Bupati", 58, 61)
    cv2.rectangle(page, at(37, 44.6), at(39, 45.2), (0, 0, 0), -1)
    (region,) = mapped(page).regions
    assert region.left < 40 * SCALE
    assert region.line_count == 2


def test_dirt_far_from_all_letters_is_left_out() -> None:
    for x, y, width, height in ((34, 38, 2, 0.6), (37, 44.6, 0.6, 2), (150, 44.6, 2, 0.6)):
        page = ruled(paper(), XS, YS)
        printed(page, "Disposisi", 58, 48)
        cv2.rectangle(page, at(x, y), at(x + width, y + height), (0, 0, 0), -1)
        (region,) = mapped(page).regions
        assert region.left > 50 * SCALE
        assert region.right < 140 * SCALE


def test_standing_heads_are_told_from_wrapped_ones() -> None:
    page = ruled(paper(), (30.0, 60.0, 120.0), (30.0, 130.0))
    head = printed(paper(90, 24), "KASUBBAG UMUM", 4, 15, size=8)
    standing = np.rot90(head)  # reads from bottom to top
    page[round(34 * SCALE) : round(34 * SCALE) + standing.shape[0], round(36 * SCALE) : round(36 * SCALE) + 50] = (
        standing[:, :50]
    )
    for row, part in enumerate(("KASU", "BBAG", "UMUM")):
        printed(page, part, 70, 60 + 14 * row, size=8)
    regions = mapped(page).regions
    assert [region.is_vertical for region in sorted(regions, key=lambda b: b.left)] == [True, False]


def test_letters_keep_what_a_line_runs_over() -> None:
    page = ruled(paper(), XS, YS)
    printed(page, "INFORMASI", 40, YS[1] + 0.5)  # its feet stand on the line
    (region,) = mapped(page).regions
    assert region.line_count == 1
    assert region.letter_count >= 6


def test_every_pixel_has_the_block_it_belongs_to() -> None:
    page = ruled(paper(), XS, YS)
    printed(page, "Surat", 36, 48)
    printed(page, "Nota", 166, 48)
    text = mapped(page)
    for index, region in enumerate(text.regions):
        rows, columns = np.nonzero(text.labels == index + 1)
        assert (columns.min(), columns.max() + 1) == (region.left, region.right)
        assert (rows.min(), rows.max() + 1) == (region.top, region.bottom)

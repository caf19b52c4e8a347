"""Text is gathered cell by cell; symbols, lines and specks are no text."""

from __future__ import annotations

import cv2
import numpy as np
from scanned import SCALE, paper, printed, ruled

from pipeline.imaging.binarize import darkness_tone, ink_mask
from pipeline.imaging.components import InkPieces
from pipeline.imaging.ruling_lines import drawn, find_lines, rulings, touching
from pipeline.imaging.text_regions import TextMap, text_map
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

SETTINGS = ScanSettings()
EM = 9 * SCALE
XS, YS = (30.0, 160.0, 290.0, 390.0), (30.0, 90.0, 170.0)


def mapped(page: Pixels) -> TextMap:
    grey = darkness_tone(page)
    ink = ink_mask(grey, SETTINGS.ink_reach * SCALE, SETTINGS.text_contrast)
    lines = find_lines(grey, ink, EM, SETTINGS)
    barriers = drawn(rulings(lines, EM, SCALE, SETTINGS), SCALE, lines.mask)
    blank = np.asarray(barriers & (touching(ink, lines) ^ 1))
    return text_map(InkPieces.of(ink & (barriers ^ 1)), barriers, blank, EM, SETTINGS)


def test_each_cell_is_a_block_with_its_lines_counted() -> None:
    page = ruled(paper(), XS, YS)
    printed(page, "Menerima surat", 36, 48)
    printed(page, "masuk", 36, 61)
    printed(page, "5 menit", 166, 48)
    blocks = mapped(page).blocks
    assert [block.lines for block in blocks] == [2, 1]
    assert blocks[0].right < 160 * SCALE < blocks[1].left


def test_text_outside_the_table_falls_apart_by_nearness() -> None:
    page = ruled(paper(), XS, YS)
    printed(page, "SOP PELAYANAN", 120, 20)
    printed(page, "Kepala Dinas", 40, 210)
    printed(page, "Sekretaris", 300, 210)
    assert len(mapped(page).blocks) == 3


def test_symbols_and_their_connectors_are_no_text() -> None:
    page = ruled(paper(), XS, YS)
    at = lambda x, y: (round(x * SCALE), round(y * SCALE))  # noqa: E731
    cv2.ellipse(page, at(200, 50), at(16, 8), 0, 0, 360, (0, 0, 0), 2)
    diamond = np.array([at(340, 40), at(356, 52), at(340, 64), at(324, 52)])
    cv2.polylines(page, [diamond], True, (0, 0, 0), 2)
    cv2.rectangle(page, at(180, 110), at(220, 130), (0, 0, 0), 2)
    cv2.line(page, at(200, 58), at(200, 110), (0, 0, 0), 2)
    assert mapped(page).blocks == ()


def test_words_in_a_symbol_are_text() -> None:
    page = ruled(paper(), XS, YS)
    cv2.rectangle(page, (round(180 * SCALE), round(110 * SCALE)), (round(240 * SCALE), round(135 * SCALE)), (0,) * 3, 2)
    printed(page, "Proses", 190, 126, size=8)
    (block,) = mapped(page).blocks
    assert 180 * SCALE < block.left < block.right < 240 * SCALE


def test_specks_are_no_text() -> None:
    page = ruled(paper(), XS, YS)
    for x in range(40, 380, 23):
        page[round(60 * SCALE), round(x * SCALE)] = 0
    assert mapped(page).blocks == ()


def test_standing_heads_are_told_from_wrapped_ones() -> None:
    page = ruled(paper(), (30.0, 60.0, 120.0), (30.0, 130.0))
    head = printed(paper(90, 24), "KASUBBAG UMUM", 4, 15, size=8)
    standing = np.rot90(head)  # reads from bottom to top
    page[round(34 * SCALE) : round(34 * SCALE) + standing.shape[0], round(36 * SCALE) : round(36 * SCALE) + 50] = (
        standing[:, :50]
    )
    for row, part in enumerate(("KASU", "BBAG", "UMUM")):
        printed(page, part, 70, 60 + 14 * row, size=8)
    blocks = mapped(page).blocks
    assert [block.standing for block in sorted(blocks, key=lambda b: b.left)] == [True, False]


def test_letters_keep_what_a_line_runs_over() -> None:
    page = ruled(paper(), XS, YS)
    printed(page, "INFORMASI", 40, YS[1] + 0.5)  # its feet stand on the line
    (block,) = mapped(page).blocks
    assert block.lines == 1 and block.letters >= 6


def test_every_pixel_has_the_block_it_belongs_to() -> None:
    page = ruled(paper(), XS, YS)
    printed(page, "Surat", 36, 48)
    printed(page, "Nota", 166, 48)
    text = mapped(page)
    for index, block in enumerate(text.blocks):
        rows, columns = np.nonzero(text.owner == index + 1)
        assert (columns.min(), columns.max() + 1) == (block.left, block.right)
        assert (rows.min(), rows.max() + 1) == (block.top, block.bottom)

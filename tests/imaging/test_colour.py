"""Whatever the colours, text ends up dark on light, and a stamp does not."""

from __future__ import annotations

import tracemalloc

import cv2
import numpy as np
import pytest
from scanned import SCALE, paper, printed

from pipeline.imaging.binarize import despeckle
from pipeline.imaging.colour import grey_versions
from pipeline.imaging.illumination import flatten_background
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

SETTINGS = ScanSettings()
WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def filled(page: Pixels, x0: float, x1: float, colour: tuple[int, int, int]) -> Pixels:
    page[round(40 * SCALE) : round(70 * SCALE), round(x0 * SCALE) : round(x1 * SCALE)] = colour
    return page


def dark_share(tone: Pixels, x0: float, x1: float, top: float = 42, bottom: float = 68) -> float:
    part = tone[round(top * SCALE) : round(bottom * SCALE), round((x0 + 2) * SCALE) : round((x1 - 2) * SCALE)]
    return float((part < 110).mean())


@pytest.mark.parametrize("fill", [(31, 78, 121), (68, 114, 196), (112, 173, 71), (30, 30, 30)])
def test_white_on_a_dark_fill_is_turned_over(fill: tuple[int, int, int]) -> None:
    page = printed(filled(paper(), 60, 200, fill), "KEGIATAN", 80, 60, size=11, colour=WHITE)
    assert 0.02 < dark_share(grey_versions(page, SCALE, SETTINGS).text, 60, 200) < 0.3


@pytest.mark.parametrize("fill", [(217, 217, 217), (68, 114, 196), (255, 192, 0), (255, 255, 0), (150, 150, 150)])
def test_black_on_a_fill_stays_dark_on_light(fill: tuple[int, int, int]) -> None:
    page = printed(filled(paper(), 60, 200, fill), "KEGIATAN", 80, 60, size=11)
    assert 0.02 < dark_share(grey_versions(page, SCALE, SETTINGS).text, 60, 200) < 0.3


def test_cells_of_one_head_are_judged_each_by_itself() -> None:
    page = filled(filled(paper(), 60, 160, (31, 78, 121)), 160, 260, (255, 192, 0))
    for x in (60, 160, 260):
        cv2.line(page, (round(x * SCALE), round(40 * SCALE)), (round(x * SCALE), round(70 * SCALE)), BLACK, 3)
    printed(page, "KEGIATAN", 70, 60, size=11, colour=WHITE)
    printed(page, "WAKTU", 180, 60, size=11)
    tone = grey_versions(page, SCALE, SETTINGS).text
    assert 0.02 < dark_share(tone, 60, 160) < 0.3
    assert 0.02 < dark_share(tone, 160, 260) < 0.3


@pytest.mark.parametrize("fill", [(112, 173, 71), (155, 194, 230), (140, 140, 140)])
def test_paper_beside_a_line_between_fills_is_white(fill: tuple[int, int, int]) -> None:
    page = filled(paper(), 60, 260, fill)
    middle, line = round(160 * SCALE), 2
    for x in (60, 160, 260):
        cv2.line(page, (round(x * SCALE), round(40 * SCALE)), (round(x * SCALE), round(120 * SCALE)), BLACK, line)
    tones = grey_versions(np.asarray(cv2.GaussianBlur(page, (0, 0), 0.6), dtype=np.uint8), SCALE, SETTINGS)
    rows = slice(round(40 * SCALE) + 4, round(70 * SCALE) - 4)
    assert tones.lines[rows, middle].max() < 110
    for tone in (tones.lines, tones.text):
        beside = np.hstack([tone[rows, middle - 12 : middle - 3], tone[rows, middle + 3 : middle + 12]])
        assert beside.min() > 200


@pytest.mark.parametrize("fill", [(255, 230, 153), (255, 242, 204), (198, 224, 180), (248, 203, 173)])
def test_black_on_a_pale_strip_keeps_its_letters_and_lines(fill: tuple[int, int, int]) -> None:
    page, top, bottom = paper(), round(40 * SCALE), round(54 * SCALE)
    page[top:bottom, round(40 * SCALE) : round(380 * SCALE)] = fill
    printed(page, "Kualifikasi Pelaksana", 60, 50, size=9)
    for y in (top, bottom):
        cv2.line(page, (round(40 * SCALE), y), (round(380 * SCALE), y), BLACK, 2)
    blurred = np.asarray(cv2.GaussianBlur(page, (0, 0), 0.6), dtype=np.uint8)
    tones = grey_versions(blurred, SCALE, SETTINGS)
    without = printed(paper(), "Kualifikasi Pelaksana", 60, 50, size=9)
    plain = grey_versions(np.asarray(cv2.GaussianBlur(without, (0, 0), 0.6), dtype=np.uint8), SCALE, SETTINGS)
    part = slice(top + 6, bottom - 6), slice(round(55 * SCALE), round(180 * SCALE))
    assert np.count_nonzero(tones.text[part] < 110) > 0.9 * np.count_nonzero(plain.text[part] < 110)
    assert np.median(tones.text[part]) > 240
    assert tones.coloured is None or not tones.coloured[top - 3 : bottom + 4].any()


@pytest.mark.parametrize("colour", [(0, 0, 255), (200, 0, 0), (0, 32, 96)])
def test_coloured_words_are_kept(colour: tuple[int, int, int]) -> None:
    page = printed(paper(), "Menerima surat masuk", 60, 60, size=10, colour=colour)
    assert dark_share(grey_versions(page, SCALE, SETTINGS).text, 58, 180, 50, 62) > 0.05


def test_a_stamp_is_faded() -> None:
    page = paper()
    for radius in (18, 26, 34):
        cv2.circle(page, (round(120 * SCALE), round(60 * SCALE)), round(radius * SCALE), (90, 70, 190), 4, cv2.LINE_AA)
    tones = grey_versions(page, SCALE, SETTINGS)
    assert dark_share(tones.text, 80, 160, 20, 100) == 0.0
    assert dark_share(tones.lines, 80, 160, 20, 100) > 0.02
    assert tones.coloured is not None
    assert tones.coloured.any()


def test_a_black_page_has_no_coloured_ink() -> None:
    assert grey_versions(printed(paper(), "Surat", 60, 60), SCALE, SETTINGS).coloured is None


def test_paper_is_white_after_a_shadow() -> None:
    light = np.linspace(0.45, 1.0, paper().shape[1])[None, :, None]
    page = (printed(paper(), "Menerima surat masuk", 20, 60, size=11) * light).astype(np.uint8)
    tone = grey_versions(page, SCALE, SETTINGS).text
    assert np.percentile(tone, 20) > 225
    assert dark_share(tone, 18, 150, 50, 62) > 0.03


def test_salt_and_pepper_is_taken_off_and_a_clean_page_left_alone() -> None:
    page = printed(paper(), "Menerima surat masuk. i.e.", 20, 60, size=9)
    assert despeckle(page, SETTINGS) is page
    luck = np.random.default_rng(1).random(page.shape[:2])
    noisy = page.copy()
    noisy[luck < 0.01], noisy[luck > 0.99] = 0, 255
    assert np.abs(despeckle(noisy, SETTINGS).astype(int) - page).mean() < np.abs(noisy.astype(int) - page).mean() / 4


def test_strokes_as_thin_as_a_pixel_stay_beside_salt_and_pepper() -> None:
    page = np.full((200, 200), 255, np.uint8)
    page[20:180, 40] = page[100, 20:180] = 0
    page[np.arange(20, 80), np.arange(110, 170)] = 0
    noisy = page.copy()
    near = cv2.erode(page, np.ones((5, 5), np.uint8)) == 0
    noisy[7:200:13, 5:200:17][~near[7:200:13, 5:200:17]] = 0
    cleaned = despeckle(noisy, SETTINGS)
    assert np.count_nonzero(cleaned[page == 0]) <= 0.03 * np.count_nonzero(page == 0)  # ends of strokes
    assert (cleaned[~near] == 255).all()


def test_of_small_print_specks_alone_are_taken() -> None:
    page = np.full((200, 300), 255, np.uint8)
    for x in range(20, 280, 12):  # as an e of five points: a stroke of a pixel about a hole of one
        page[90:97, x] = page[90, x : x + 4] = page[93, x : x + 4] = page[96, x : x + 4] = page[90:93, x + 3] = 0
    noisy = page.copy()
    noisy[5:80:9, 5:300:11] = noisy[110:200:9, 5:300:11] = 0
    assert (despeckle(noisy, SETTINGS) == page).all()


def test_a_ragged_edge_is_smoothed_with_salt_and_pepper() -> None:
    page = np.full((200, 200, 3), 255, np.uint8)
    page[60:140, 60:140] = 0
    ragged = page.copy()
    ragged[59, 62:140:5] = ragged[62:140:7, 140] = 0
    ragged[60, 64:140:6] = 255
    ragged[5:50:6, 5:200:9] = ragged[150:200:6, 5:200:9] = ragged[100, 10:50:5] = 0
    assert (despeckle(ragged, SETTINGS) == page).mean() > 0.999


def test_flattening_keeps_contrast() -> None:
    grey = np.full((300, 300), 120, np.uint8)
    grey[140:144, 100:200] = 30
    even = flatten_background(grey, 40 / SETTINGS.paper_reach, SETTINGS)
    assert even[10, 10] == 255
    assert even[142, 150] < 80


def test_a_page_with_a_fill_and_a_stamp_takes_nine_bytes_a_pixel_on_the_way() -> None:
    page = printed(filled(paper(), 60, 200, (200, 215, 180)), "KEGIATAN", 80, 60, size=11)
    cv2.circle(page, (500, 700), 120, (160, 40, 200), 4)
    tracemalloc.start()
    try:
        found = grey_versions(page, SCALE, SETTINGS)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.coloured is not None
    assert peak < 9 * page[..., 0].size

"""A scanned page is the page that its text layer would have been."""

from __future__ import annotations

import weakref
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from scanned import SCALE, Silent, has_tesseract, paper, printed, ruled, seen, sop, tesseract, text_words
from typeset import Style

from pipeline.imaging.colour import luminance
from pipeline.model.geometry import Box
from pipeline.model.orientation import Orientation
from pipeline.model.page import Page
from pipeline.model.pixels import Pixels
from pipeline.ocr.crops import Crop, RecognizedCrop
from pipeline.ocr.protocol import Engine, RecognitionRequest, RecognizedWord
from pipeline.ocr.recognition import certainty
from pipeline.readers.scan import ScannedPage, read_scan
from pipeline.settings import ScanSettings

SETTINGS = ScanSettings()


def plain(words: Sequence[str]) -> Counter[str]:
    return Counter(word.strip(".,;:-()/•") for word in words if word.strip(".,;:-()/•"))


def read(number: int, pixels: Pixels, scale: float, engine: Engine) -> ScannedPage:
    return read_scan(number, lambda: (pixels, scale), engine, SETTINGS)


def recall(page: Page, words: Sequence[str]) -> float:
    wanted = plain(words)
    return sum((wanted & plain([word.text for word in page.words])).values()) / sum(wanted.values())


@has_tesseract
@pytest.mark.parametrize("number", [1, 2])
def test_the_words_of_a_clean_scan_are_those_of_the_text(tmp_path: Path, number: int) -> None:
    path = sop(tmp_path)
    page = read(number, seen(path, number), SCALE, tesseract()).page
    assert recall(page, text_words(path, number)) >= 0.95
    assert page.kind == "scan"
    assert page.number == number
    assert all(0 <= word.confidence <= 1 for word in page.words if word.confidence is not None)
    assert all(word.confidence is not None for word in page.words)


@has_tesseract
def test_a_page_on_its_head_is_turned_and_its_frame_turns_it_back(tmp_path: Path) -> None:
    path = sop(tmp_path)
    upright = read(2, seen(path, 2), SCALE, tesseract()).page
    turned = read(2, np.ascontiguousarray(seen(path, 2)[::-1, ::-1]), SCALE, tesseract()).page
    assert recall(turned, [word.text for word in upright.words]) >= 0.95
    first = next(word for word in upright.words if word.text == "KEGIATAN")
    same = next(word for word in turned.words if word.text == "KEGIATAN")
    where = turned.transform.displayed(same.box)
    expected = Box(
        upright.width - first.box.x1,
        upright.height - first.box.bottom,
        upright.width - first.box.x0,
        upright.height - first.box.top,
    )
    assert where.as_list() == pytest.approx(expected.as_list(), abs=3)


@has_tesseract
def test_a_skewed_sideways_page_is_read(tmp_path: Path) -> None:
    path = sop(tmp_path)
    picture = np.ascontiguousarray(np.rot90(seen(path, 2)))
    rows, columns = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), 1.7, 1.0)
    skewed = cv2.warpAffine(picture, turn, (columns, rows), borderValue=(255, 255, 255))
    page = read(2, np.asarray(skewed, dtype=np.uint8), SCALE, tesseract()).page
    assert recall(page, text_words(path, 2)) >= 0.9
    assert page.width > page.height


def standing(text: str, tracking: int) -> Pixels:
    """Bold capitals that run from bottom to top, the room between them narrower by `tracking` pixels."""
    font = ImageFont.load_default(28)
    picture = Image.new("L", (40 * len(text), 44), 255)
    x = 6.0
    for letter in text:
        ImageDraw.Draw(picture).text((x, 34), letter, fill=0, font=font, anchor="ls", stroke_width=1)
        x += font.getlength(letter) - tracking
    pixels = np.asarray(picture.crop((0, 0, round(x) + 6, 44)), dtype=np.uint8)
    return np.ascontiguousarray(np.rot90(np.dstack([pixels] * 3)))


@has_tesseract
@pytest.mark.parametrize("text", ["PPTK", "PPK", "KPA"])
def test_a_short_head_of_touching_letters_stands(text: str) -> None:
    page = ruled(paper(420, 200), (30, 60, 200, 390), (30, 110, 150))
    for row, line in enumerate(("Menerima surat masuk dan", "menyerahkan kepada kepala")):
        printed(page, line, 66, 50 + 14 * row)
    head = standing(text, 3)
    rows, columns = head.shape[:2]
    page[110:][:rows, 100 : 100 + columns] = head
    words = read(1, page, SCALE, tesseract()).page.words
    assert (text, Orientation.BOTTOM_TO_TOP) in [(word.text, word.orientation) for word in words]


@has_tesseract
def test_black_text_is_read_under_a_stamp(tmp_path: Path) -> None:
    page = paper(300, 120)
    for row, text in enumerate(("Tanggal Pembuatan", "Surat Keputusan", "Kepala Bagian Umum", "Daftar Informasi")):
        printed(page, text, 40, 30 + 22 * row, size=11)
    layer = page.copy()
    for radius in (28, 40, 52):
        cv2.circle(
            layer, (round(120 * SCALE), round(60 * SCALE)), round(radius * SCALE), (110, 80, 200), 5, cv2.LINE_AA
        )
    stamped = np.minimum(page, layer)
    found = read(1, stamped, SCALE, tesseract()).page
    assert (
        recall(found, ["Tanggal", "Pembuatan", "Surat", "Keputusan", "Kepala", "Bagian", "Umum", "Daftar", "Informasi"])
        >= 0.8
    )


@has_tesseract
def test_small_print_is_read_from_the_finer_scan(tmp_path: Path) -> None:
    path = sop(tmp_path, Style(text_size=6.0))
    scanned = read(2, seen(path, 2, 300), 300 / 72, tesseract())
    assert recall(scanned.page, text_words(path, 2)) >= 0.9
    assert scanned.picture.scale == pytest.approx(SCALE)


class OnItsHead:
    """Reads pictures badly when it is first asked, then well; notes whether the page's own picture is still held."""

    name = "on its head"

    def __init__(self, loaded: list[weakref.ref[Pixels]]) -> None:
        self.loaded, self.held = loaded, list[bool]()

    def recognize(self, requests: Sequence[RecognitionRequest]) -> list[tuple[RecognizedWord, ...]]:
        self.held.append(any(picture() is not None for picture in self.loaded))
        sure = 0.1 if len(self.held) == 1 else 0.9
        return [(RecognizedWord("kata", Box(10, 10, 30, 30), sure, 0),) for _ in requests]


def test_a_picture_is_let_go_before_text_is_read_and_loaded_again_for_a_page_on_its_head(tmp_path: Path) -> None:
    pixels, loaded = seen(sop(tmp_path, Style(text_size=6.0)), 2, 300), list[weakref.ref[Pixels]]()
    pixels[40:240, 40:440] = (200, 40, 40)
    engine = OnItsHead(loaded)

    def load() -> tuple[Pixels, float]:
        picture = pixels.copy()
        loaded.append(weakref.ref(picture))
        return picture, 300 / 72

    assert read_scan(2, load, engine, SETTINGS).page.words
    assert len(loaded) == 2
    assert not any(engine.held)


def test_a_large_picture_is_let_go_while_the_page_is_looked_at_and_the_same_is_shown(tmp_path: Path) -> None:
    pixels, engines, loads = seen(sop(tmp_path, Style(text_size=6.0)), 2, 300), [Silent(), Silent()], list[float]()
    pixels[40:240, 40:440] = (200, 40, 40)
    for kept, engine in zip((40.0, 0.0), engines, strict=True):

        def load(kept: float = kept) -> tuple[Pixels, float]:
            loads.append(kept)
            return pixels.copy(), 300 / 72

        read_scan(2, load, engine, replace(SETTINGS, kept_megabytes=kept))
    assert loads == [40.0, 0.0, 0.0]
    first, second = (engine.shown for engine in engines)
    assert first
    assert all(np.array_equal(a.pixels, b.pixels) for a, b in zip(first, second, strict=True))


def test_the_picture_is_that_in_which_rulings_were_found() -> None:
    scanned = read(3, ruled(paper(), (30.0, 200.0, 390.0), (30.0, 90.0, 250.0)), SCALE, Silent())
    page, picture = scanned.page, scanned.picture
    grey, scale = luminance(picture.pixels), picture.scale
    assert len(page.rulings) == 6
    for ruling in page.rulings:
        x, y = ruling.box.center
        assert grey[round(y * scale - 0.5), round(x * scale - 0.5)] < 100
    assert (page.width, page.height) == pytest.approx((420, 300), abs=2)


def test_an_empty_page_has_no_words_and_asks_nothing() -> None:
    engine = Silent()
    page = read(1, paper(), SCALE, engine).page
    assert page.words == ()
    assert page.rulings == ()
    assert engine.shown == []


class Doubtful:
    """Reads "l5" without much confidence, and "15" where only digits are allowed."""

    name = "doubtful"

    def __init__(self, second: str, sure: float) -> None:
        self.second, self.sure = second, sure

    def recognize(self, requests: Sequence[RecognitionRequest]) -> list[tuple[RecognizedWord, ...]]:
        box = Box(10, 10, 30, 30)
        return [
            (RecognizedWord(self.second, box, self.sure, 0) if s.alphabet else RecognizedWord("l5", box, 0.5, 0),)
            for s in requests
        ]


def doubted(engine: Engine) -> Page:
    return read(1, printed(paper(), "15 kata ini", 60, 80, size=12), SCALE, engine).page


def test_of_two_readings_of_a_number_the_surer_stands_and_the_other_is_kept() -> None:
    (word,) = doubted(Doubtful("15", 0.9)).words
    assert (word.text, word.readings, word.confidence) == ("15", ("l5",), 0.9)
    (word,) = doubted(Doubtful("75", 0.3)).words
    assert (word.text, word.readings, word.confidence) == ("l5", ("75",), 0.5)


def test_a_number_read_twice_alike_is_surer() -> None:
    (word,) = doubted(Doubtful("l5", 0.8)).words
    assert (word.text, word.readings, word.confidence) == ("l5", (), 0.8)


class Capitals:
    """Reads the broken head of a narrow column."""

    name = "capitals"

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts

    def recognize(self, requests: Sequence[RecognitionRequest]) -> list[tuple[RecognizedWord, ...]]:
        box = Box(10, 10, 30, 30)
        return [tuple(RecognizedWord(text, box, 0.9, line) for line, text in enumerate(self.texts)) for _ in requests]


def test_a_lone_stroke_among_capitals_is_an_i() -> None:
    words = doubted(Capitals(["KABAG", "ORGANISAS", "l"])).words
    assert [(word.text, word.readings) for word in words][-1] == ("I", ("l",))
    assert [word.text for word in doubted(Capitals(["Kabag", "|", "l"])).words] == ["Kabag", "l"]


def test_certainty_weighs_letters() -> None:
    box, blank = Box(0, 0, 1, 1), Crop(np.zeros((1, 1), np.uint8), 0, 0, 1)
    words = (RecognizedWord("--", box, 0.1, 0), RecognizedWord("abc", box, 0.9, 0))
    assert certainty([]) == 0.0
    assert certainty([RecognizedCrop(blank, words)]) == pytest.approx(0.9)


@pytest.mark.parametrize("shape", [(30_000, 1), (1, 30_000), (30_000, 30), (3, 3)])
def test_a_strip_shows_no_text_and_says_so(shape: tuple[int, int]) -> None:
    pixels = np.full((*shape, 3), 255, np.uint8)
    page = read(1, pixels, max(shape) / 842, Silent()).page
    assert page.words == ()
    assert [issue.code for issue in page.issues] == ["page-unreadable"]

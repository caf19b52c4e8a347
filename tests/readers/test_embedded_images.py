"""What a pasted picture shows is added to the page it is pasted on."""

from __future__ import annotations

import numpy as np
import pytest
from scanned import SCALE, Silent, paper, printed, ruled

from pipeline.model.geometry import Box
from pipeline.model.page import Page, Picture, Word
from pipeline.model.pixels import Pixels
from pipeline.readers.embedded_images import read_regions
from pipeline.settings import ScanSettings

SETTINGS = ScanSettings()
OWN = Word("Prosedur", Box(20, 10, 60, 20), 10)


PAGE = Page(1, 600, 400, "text", (OWN,), ())


def with_picture(pasted: Pixels, x: float, y: float) -> Picture:
    """A text page of 600 x 400 points with a picture pasted at (x, y)."""
    pixels = paper(600, 400)
    top, left = round(y * SCALE), round(x * SCALE)
    pixels[top : top + pasted.shape[0], left : left + pasted.shape[1]] = pasted
    return Picture(pixels, SCALE)


def table() -> Pixels:
    page = ruled(paper(300, 200), (10.0, 150.0, 290.0), (10.0, 60.0, 190.0))
    for row in range(4):
        printed(page, "Menerima surat", 16, 80 + 20 * row)
    return page


def test_words_and_rulings_come_in_the_pages_own_points() -> None:
    page = read_regions(PAGE, with_picture(table(), 100, 150), [Box(100, 150, 400, 350)], Silent(), SETTINGS)
    assert page.kind == "mixed"
    assert page.words[0] == OWN
    level = sorted(ruling.at for ruling in page.rulings if ruling.axis == "h")
    plumb = sorted(ruling.at for ruling in page.rulings if ruling.axis == "v")
    assert level == pytest.approx([160, 210, 340], abs=1.5)
    assert plumb == pytest.approx([110, 250, 390], abs=1.5)
    (word,) = page.words[1:]
    assert 110 < word.box.x0 < word.box.x1 < 250
    assert 210 < word.box.top < word.box.bottom < 340
    assert word.orientation == 0


def test_lines_of_a_picture_pasted_sideways_stand_as_they_are_seen() -> None:
    page = read_regions(
        PAGE,
        with_picture(np.ascontiguousarray(np.rot90(table())), 100, 50),
        [Box(100, 50, 300, 350)],
        Silent(),
        SETTINGS,
    )
    level = sorted(ruling.at for ruling in page.rulings if ruling.axis == "h")
    assert level == pytest.approx([60, 200, 340], abs=1.5)
    assert not page.words[1].orientation.is_horizontal


def test_a_region_beyond_the_page_or_next_to_nothing_adds_nothing() -> None:
    picture = with_picture(table(), 100, 150)
    regions = [Box(900, 900, 950, 950), Box(10, 10, 14, 12)]
    assert read_regions(PAGE, picture, regions, Silent(), SETTINGS).words == (OWN,)

"""Pictures pasted on a text page: what they show is read and added to the page's own words and rulings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.model.geometry import Box, PageTransform
from pipeline.model.orientation import Orientation
from pipeline.model.page import Page, Picture, Ruling, Word
from pipeline.ocr.protocol import Engine
from pipeline.ocr.second_reader import SecondReader
from pipeline.readers.scan import read_scan
from pipeline.settings import ScanSettings


def read_regions(
    page: Page,
    picture: Picture,
    regions: Sequence[Box],
    engine: Engine,
    settings: ScanSettings,
    second: SecondReader | None = None,
) -> Page:
    """The page with the words and rulings of `regions` of its picture, in its own coordinates, added: a mixed page."""
    words, rulings, issues = list(page.words), list(page.rulings), list(page.issues)
    for region in regions:
        part = _read(page, picture, region, engine, settings, second)
        if part is not None:
            words += [_word_on_page(word, part.transform, region) for word in part.words]
            rulings += [_ruling_on_page(ruling, part.transform, region) for ruling in part.rulings]
            issues += [issue for issue in part.issues if issue.code == "words-unsure"]  # its edges are no paper's
    return replace(page, kind="mixed", words=tuple(words), rulings=tuple(rulings), issues=tuple(issues))


def _read(
    page: Page, picture: Picture, region: Box, engine: Engine, settings: ScanSettings, second: SecondReader | None
) -> Page | None:
    """The region as a page of its own; None where there is nothing to see."""
    inside = region.intersection(page.box)
    if inside is None:
        return None
    edges = inside.scaled(picture.scale)
    rows, columns = slice(round(edges.top), round(edges.bottom)), slice(round(edges.x0), round(edges.x1))
    pixels = np.ascontiguousarray(picture.pixels[rows, columns])
    if min(pixels.shape[:2]) < settings.least_pixels:
        return None
    return read_scan(page.number, lambda: (pixels, picture.scale), engine, settings, second).page


def _word_on_page(word: Word, transform: PageTransform, region: Box) -> Word:
    box = transform.displayed(word.box).shifted(max(0.0, region.x0), max(0.0, region.top))
    return replace(word, box=box, orientation=word.orientation.plus(_orientation(transform)))


def _ruling_on_page(ruling: Ruling, transform: PageTransform, region: Box) -> Ruling:
    """The ruling's ends and place, moved; what is horizontal on an image that lies sideways is vertical on the page."""
    box = transform.displayed(ruling.box).shifted(max(0.0, region.x0), max(0.0, region.top))
    return Ruling.along(_orientation(transform).turned_axis(ruling.axis), box, ruling.width)


def _orientation(transform: PageTransform) -> Orientation:
    """The orientation of upright writing as it is displayed."""
    x0, y0 = transform.point(0.0, 0.0)
    x1, y1 = transform.point(1.0, 0.0)
    return Orientation.of_vector(x1 - x0, y0 - y1)

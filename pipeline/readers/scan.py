"""A scanned page as the same Page that a text layer gives: upright, with rulings and recognised words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from pipeline.imaging.binarize import local_contrast, threshold
from pipeline.imaging.centrelines import draw_rulings, straight_rulings
from pipeline.imaging.colour import GreyVersions, grey_versions
from pipeline.imaging.components import Components
from pipeline.imaging.drawings import drawn_places
from pipeline.imaging.freed_memory import release_memory
from pipeline.imaging.rectify import POINTS_PER_INCH, Rectification, SourcePicture, rectify
from pipeline.imaging.ruling_lines import find_lines, letters_on_lines
from pipeline.imaging.stamps import faded_ink, ink_places, light_strokes, round_stamps, without_strokes
from pipeline.imaging.text_regions import TextMap, find_text
from pipeline.imaging.warp import page_transform
from pipeline.message import msg
from pipeline.model.geometry import Box
from pipeline.model.issue import Issue
from pipeline.model.page import Page, Picture, Ruling
from pipeline.model.pixels import Pixels
from pipeline.ocr.protocol import Engine
from pipeline.ocr.recognition import PageRecognizer
from pipeline.ocr.second_reader import SecondReader
from pipeline.readers.scan_warnings import scan_warnings
from pipeline.settings import ScanSettings


@dataclass(frozen=True)
class ScannedPage:
    """A scanned page as it was read, and the upright picture that it was read from."""

    page: Page
    picture: Picture


@dataclass(frozen=True)
class Inspected:
    """What is seen on an upright picture before it is read: its text blocks, and rulings and drawings in points.

    `stamps` is 1 on the strokes of round stamps, of the picture's shape; None where there are none.
    """

    reader: PageRecognizer
    rulings: tuple[Ruling, ...]
    drawings: tuple[Box, ...]
    stamps: Pixels | None = None


LoadPicture = Callable[[], tuple[Pixels, float]]
"""Makes the picture of a page as displayed: uint8, grey (rows, columns) or RGB (rows, columns, 3); pixels per point."""


def read_scan(
    number: int,
    load: LoadPicture,
    engine: Engine,
    settings: ScanSettings,
    second: SecondReader | None = None,
) -> ScannedPage:
    """Read page `number` from its picture, which is loaded once more where the page turns out to be upside down."""
    release_memory()  # of what was read before: once a page costs nothing that can be measured
    pixels, scale = load()
    shortest = min(pixels.shape[:2])
    if shortest * min(1.0, settings.skew_dpi / POINTS_PER_INCH / scale) < settings.least_pixels:
        return _too_small(number, pixels, scale)
    size = pixels.nbytes
    release_memory(size)  # of what made the picture
    source = SourcePicture(pixels, scale, settings, again=lambda: load()[0])
    del pixels
    rectification = rectify(source, settings)
    fine = settings.dpi / POINTS_PER_INCH
    sheet = rectification.render(fine)
    release_memory(size)  # of what it was measured on
    seen = inspect(rectification, sheet, fine, engine, settings, second)
    if seen.reader.is_upside_down():
        del seen  # with its pictures, before others are made
        rectification, sheet = rectification.turned_over(), np.ascontiguousarray(sheet[::-1, ::-1])
        seen = inspect(rectification, sheet, fine, engine, settings, second)
    words = tuple(seen.reader.words())
    page = Page(
        number=number,
        width=rectification.width,
        height=rectification.height,
        kind="scan",
        words=words,
        rulings=seen.rulings,
        issues=scan_warnings(number, words, seen.rulings, (rectification.width, rectification.height), settings),
        transform=page_transform(rectification.matrix),
        faded=faded_places(seen.reader),
        drawings=seen.drawings,
    )
    return ScannedPage(page, Picture(sheet if seen.stamps is None else without_strokes(sheet, seen.stamps), fine))


def _too_small(number: int, pixels: Pixels, scale: float) -> ScannedPage:
    """A page whose picture is a strip, or a dot, that nobody could read."""
    rows, columns = pixels.shape[:2]
    told = msg(
        "page {page}: its picture of {width} x {height} pixels shows no text", page=number, width=columns, height=rows
    )
    issue = Issue.of("page-unreadable", "warning", told)
    page = Page(number, columns / scale, rows / scale, "scan", (), (), (issue,))
    return ScannedPage(page, Picture(pixels, scale))


def faded_places(reader: PageRecognizer) -> tuple[Box, ...]:
    """Where ink over the print was taken off a page, in points."""
    if reader.over is None:
        return ()
    return in_points(ink_places(reader.over, reader.settings.stamp_square * reader.em), reader.scale)


def in_points(places: Iterable[tuple[int, int, int, int]], scale: float) -> tuple[Box, ...]:
    """Places as (left, top, right, bottom) in pixels, `scale` of them to a point, as boxes in points."""
    return tuple(Box(*map(float, place)).scaled(1 / scale) for place in places)


@dataclass(frozen=True)
class SheetLayout:
    """What is seen on an upright picture before anything is read.

    Attributes:
        text: Where text is.
        em: The text size in pixels.
        rulings: Its straight lines, in points.
        drawings: The places of what is drawn on it, in points.
        over: 1 on ink over the print, that was or is to be taken off; None where there is none.
        strokes: The part of that which has no colour, and is still to be taken off; None where there is none.
        stamps: 1 on what of round stamps hides the drawing below it; None where there are none.
    """

    text: TextMap
    em: float
    rulings: tuple[Ruling, ...]
    drawings: tuple[Box, ...]
    over: Pixels | None
    strokes: Pixels | None
    stamps: Pixels | None


def inspect(
    rectification: Rectification,
    sheet: Pixels,
    scale: float,
    engine: Engine,
    settings: ScanSettings,
    second: SecondReader | None = None,
) -> Inspected:
    """Look at the upright picture before anything is read.

    Where the text is small and the scan has more to show, text is read from finer pictures.
    """
    source = rectification.source
    if source.scale < settings.zoom_least * scale or source.size > settings.kept_megabytes * 1e6:
        source.let_go()
    grey = grey_versions(sheet, scale, settings)
    seen = sheet_layout(grey, rectification.em * scale, scale, settings)
    finer = min(source.scale, settings.crop_em / seen.em * scale)
    if finer >= settings.zoom_least * scale:
        del grey  # no two sets of pictures at a time, the finer of which is what takes most memory of all
        size = round(sheet.nbytes * (finer / scale) ** 2)
        release_memory(size)
        grey = grey_versions(_last_rendered(rectification, finer), finer, settings)
        release_memory(size)
    source.let_go()
    picture = grey.text if seen.strokes is None else without_strokes(grey.text, seen.strokes)
    reader = PageRecognizer(picture, seen.text, seen.em, scale, engine, settings, second, seen.over, grey.lightest)
    return Inspected(reader, seen.rulings, seen.drawings, seen.stamps)


def _last_rendered(rectification: Rectification, scale: float) -> Pixels:
    """The upright picture, of which the source is let go."""
    picture = rectification.render(scale)
    rectification.source.let_go()
    return picture


def sheet_layout(grey: GreyVersions, size: float, scale: float, settings: ScanSettings) -> SheetLayout:
    """Find lines and text on an upright picture; `size` is about that of its text, in pixels."""
    ruled = _ruled(grey, size, scale, settings)
    ink = Components.of(ruled.ink)
    em = ink.em(scale, settings)
    drawings = in_points(drawn_places(ink, em, settings), scale)
    over = faded_ink(grey, settings)
    strokes = light_strokes(grey.text, ink, em, settings)
    if strokes is not None:
        ink = Components.of(np.asarray(ink.mask & (strokes ^ 1), dtype=np.uint8))
        over = strokes if over is None else np.asarray(over | strokes, dtype=np.uint8)
    text, rulings = find_text(ink, ruled.lines, ruled.bare_lines, em, settings), ruled.rulings
    del ink, ruled
    stamps = None if over is None else round_stamps(grey.text, over, em, settings)
    return SheetLayout(text, em, rulings, drawings, over, strokes, stamps)


@dataclass(frozen=True)
class RuledSheet:
    """The lines of an upright picture, and its ink beside them; masks are uint8 (rows, columns), 0 or 1.

    Attributes:
        rulings: Its straight lines, in points.
        lines: 1 where a line runs.
        bare_lines: The part of them that no letter runs into.
        ink: 1 on ink that is no line's.
    """

    rulings: tuple[Ruling, ...]
    lines: Pixels
    bare_lines: Pixels
    ink: Pixels


def _ruled(grey: GreyVersions, size: float, scale: float, settings: ScanSettings) -> RuledSheet:
    """Part lines and other ink of a picture; what was worked out on the way is let go."""
    text_ink, line_ink = _inks(grey, scale, settings)
    lines = find_lines(grey.lines, line_ink, size, settings, grey.coloured)
    del line_ink
    straight = straight_rulings(lines, size, scale, settings)
    line_mask = draw_rulings(straight, scale, lines.mask)
    bare_lines = letters_on_lines(text_ink, lines, settings)
    bare_lines ^= 1
    bare_lines &= line_mask
    return RuledSheet(straight, line_mask, bare_lines, np.asarray(text_ink & (line_mask ^ 1), dtype=np.uint8))


def _inks(grey: GreyVersions, scale: float, settings: ScanSettings) -> tuple[Pixels, Pixels]:
    """1 on ink that may be text, and on ink that may be lines."""
    contrast = local_contrast(grey.text, settings.ink_reach * scale)
    text_ink = threshold(contrast, settings.text_contrast)
    if grey.lines is not grey.text:
        contrast = local_contrast(grey.lines, settings.ink_reach * scale)
    return text_ink, threshold(contrast, settings.line_contrast)

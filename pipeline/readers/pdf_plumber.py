"""PDF pages through pdfplumber: the second reader, for text that PDFium cannot map, and the oracle in tests."""

from __future__ import annotations

import struct
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.cmapdb import FileUnicodeMap
from pdfminer.layout import LTChar, LTComponent, LTContainer
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import dict_value, stream_value
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page as PlumberPage
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from pipeline.model.geometry import Box
from pipeline.model.orientation import Orientation
from pipeline.readers.characters import Character, Characters
from pipeline.readers.glyphs import SOFT_HYPHEN, put_right, undecodable

Thing = dict[str, Any]

LEAST_UNIT, MOST_UNIT = 0.01, 200.0  # points: with others a page is smaller than a letter, or larger than a house
PARSER_ERRORS = (
    *(PDFException, PSException, PdfminerException, MalformedPDFException, RuntimeError),
    *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, EOFError, struct.error),
)
"""What pdfminer raises on content that it cannot follow."""
MOST_DEPTH = 12  # of forms in forms whose fonts are looked for


@dataclass(frozen=True)
class DisplayedArea:
    """The displayed part of a page: its crop box moved to the origin, in units of a point."""

    left: float
    top: float
    unit: float
    box: Box

    @classmethod
    def of(cls, plumber: PlumberPage) -> DisplayedArea:
        """What is displayed of a page."""
        x0, top, x1, bottom = _displayed_crop(plumber)
        unit = unit_of(plumber)
        return cls(x0, top, unit, Box(0.0, 0.0, (x1 - x0) * unit, (bottom - top) * unit))

    def things(self, plumber: PlumberPage) -> dict[str, list[Thing]]:
        """The page's objects as pdfplumber tells them, by kind ("char", "line", "rect", "curve", "image"), placed here.

        Raises PdfminerException where pdfminer cannot follow the page. A character, which most objects are, has only
        what words are made of.
        """
        found: dict[str, list[Thing]] = {}
        for item in _leaves(plumber.layout):
            if isinstance(item, LTChar) and isinstance(item.fontname, str):
                found.setdefault("char", []).append(self._char(plumber, item))
            else:
                thing = plumber.process_object(item)
                found.setdefault(thing["object_type"], []).append(self.placed(thing))
        return found

    def _char(self, plumber: PlumberPage, char: LTChar) -> Thing:
        x, y = plumber.mediabox[:2]
        top, bottom = plumber.height - char.y1 + y, plumber.height - char.y0 + y
        return {
            "text": char.get_text(),
            "fontname": char.fontname,
            "matrix": char.matrix,
            "upright": char.upright,
            "size": char.size * self.unit,
            "height": char.height,
            "x0": (char.x0 + x - self.left) * self.unit,
            "x1": (char.x1 + x - self.left) * self.unit,
            "top": (top - self.top) * self.unit,
            "bottom": (bottom - self.top) * self.unit,
            "doctop": plumber.initial_doctop + top,
        }

    def placed(self, thing: Thing) -> Thing:
        """A pdfplumber object in displayed coordinates."""
        moved = dict(thing)
        for key in ("x0", "x1"):
            moved[key] = (thing[key] - self.left) * self.unit
        for key in ("top", "bottom"):
            moved[key] = (thing[key] - self.top) * self.unit
        for key in ("size", "linewidth"):
            if isinstance(thing.get(key), int | float):
                moved[key] = thing[key] * self.unit
        if "path" in thing:
            moved["path"] = [(command, *map(self._point, points)) for command, *points in thing["path"]]
        return moved

    def _point(self, point: tuple[float, float]) -> tuple[float, float]:
        return (point[0] - self.left) * self.unit, (point[1] - self.top) * self.unit


class PlumberFile:
    """A PDF as pdfplumber reads it, opened when something is asked of it that PDFium cannot tell."""

    def __init__(self, path: Path, password: str | None) -> None:
        self._path, self._password = path, password
        self._first: list[PlumberPage] = []  # as many as were asked for

    @cached_property
    def _pdf(self) -> PDF | None:
        try:
            with _quiet():
                return pdfplumber.open(self._path, password=self._password or "")
        except PARSER_ERRORS:
            return None

    @cached_property
    def _pages(self) -> Sequence[PlumberPage] | None:
        """All pages; None where the tree of pages is broken."""
        try:
            with _quiet():
                return self._pdf.pages if self._pdf is not None else None
        except PARSER_ERRORS:
            return None

    @cached_property
    def _one_by_one(self) -> Iterator[PlumberPage]:
        return self._read_pages()

    def _read_pages(self) -> Iterator[PlumberPage]:
        """The pages in order, up to where the tree of pages is broken."""
        if self._pdf is None:
            return
        try:
            for number, page in enumerate(PDFPage.create_pages(self._pdf.doc), 1):
                yield PlumberPage(self._pdf, page, page_number=number)
        except PARSER_ERRORS:
            return

    def close(self) -> None:
        """Close the file. pdfplumber's own way would read every page of it first, and fail where one is broken."""
        if "_pdf" in self.__dict__ and self._pdf is not None:
            for page in self._first:
                page.close()
            self._pdf.stream.close()

    def let_go(self) -> None:
        """Let go of what pdfminer keeps: every object that it has met."""
        if "_pdf" in self.__dict__ and self._pdf is not None:
            self._pdf.doc._cached_objs.clear()

    def page_count(self) -> int:
        """How many pages it sees; 0 where it cannot read the file."""
        return len(self._pages or ())

    def has_no_pages(self) -> bool:
        """Whether it can be read, and has no page."""
        return self._pages is not None and not self._pages

    def unit(self, index: int) -> float:
        """The unit of a page in points; 1 where it cannot be told."""
        page = self._page(index)
        return unit_of(page) if page else 1.0

    def image_attributes(self, index: int) -> list[Mapping[str, Any]]:
        """The dictionaries of a page's images, as the file has them."""
        page = self._page(index)
        if page is None:
            return []
        try:
            return [image["stream"].attrs for image in page.images]
        except PARSER_ERRORS:
            return []
        finally:
            page.close()

    def characters(self, index: int, orientation: Orientation, tiny: float = 0.0) -> tuple[Characters, int]:
        """The characters of a page on the upright page, and how many glyphs have no meaning.

        Args:
            index: The page's place, from 0.
            orientation: Of its writing as displayed.
            tiny: Points; nobody sees a smaller character.
        """
        read = self._read_characters(index)
        if read is None:
            return Characters.of([]), sys.maxsize
        area, things = read
        known = [thing for thing in things if not undecodable(thing["text"])]
        found = Characters.of([_character(thing, orientation, area.box) for thing in known], tiny)
        return found, len(things) - len(known)

    def soft_hyphens(self, index: int) -> list[Box]:
        """The boxes of a page's soft hyphens, as displayed."""
        page = self._page(index)
        if page is not None and not _may_write(page, SOFT_HYPHEN):
            return []
        read = self._read_characters(index)
        soft = [thing for thing in read[1] if thing["text"] == SOFT_HYPHEN] if read else []
        return [Box(thing["x0"], thing["top"], thing["x1"], thing["bottom"]) for thing in soft]

    def _read_characters(self, index: int) -> tuple[DisplayedArea, list[Thing]] | None:
        page = self._page(index)
        if page is None:
            return None
        try:
            area = DisplayedArea.of(page)
            return area, area.things(page).get("char", [])
        except PARSER_ERRORS:
            return None
        finally:
            page.close()

    def _page(self, index: int) -> PlumberPage | None:
        """A page by its place, None where there is none; the tree is read no further, that of all pages is dear."""
        with _quiet():
            self._first += islice(self._one_by_one, max(0, index + 1 - len(self._first)))
        return self._first[index] if index < len(self._first) else None


def _character(thing: Thing, orientation: Orientation, area: Box) -> Character:
    own = Orientation.of_vector(*thing["matrix"][:2]).minus(orientation)
    shown = Box(thing["x0"], thing["top"], thing["x1"], thing["bottom"])
    box = orientation.upright_box(shown, area.x1, area.bottom)
    baseline = box.bottom if own.is_horizontal else box.x1
    return Character(put_right(thing["text"]), box, baseline, thing["size"], own, str(thing.get("fontname", "")))


def _may_write(page: PlumberPage, letter: str) -> bool:
    """Whether a font that a page may use has a glyph for a letter: far cheaper to tell than what the page writes."""
    manager = PDFResourceManager()
    try:
        fonts = [manager.get_font(None, dict_value(font)) for font in _font_dictionaries(page.page_obj.resources)]
    except PARSER_ERRORS:
        return True  # nobody can tell
    return any(_has_glyph(font, letter) for font in fonts)


def _font_dictionaries(resources: object, depth: int = 0) -> Iterator[object]:
    """The fonts that resources name, those of forms included (ISO 32000-2, 7.8.3)."""
    named = dict_value(resources)
    yield from dict_value(named.get("Font", {})).values()
    for thing in dict_value(named.get("XObject", {})).values() if depth < MOST_DEPTH else ():
        form = stream_value(thing).attrs
        if "Resources" in form:
            yield from _font_dictionaries(form["Resources"], depth + 1)


def _has_glyph(font: PDFFont, letter: str) -> bool:
    """Whether a font maps a code to a letter; true also where its map is none of its own."""
    encoded = getattr(font, "cid2unicode", {}).values()
    to_unicode = getattr(font, "unicode_map", None)
    if to_unicode is not None and not isinstance(to_unicode, FileUnicodeMap):
        return True
    return letter in encoded or (to_unicode is not None and letter in to_unicode.cid2unichr.values())


@contextmanager
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def unit_of(plumber: PlumberPage) -> float:
    """The page's unit in points; 1 where the file tells none that makes a page."""
    told = plumber.page_obj.attrs.get("UserUnit", 1)
    return float(told) if isinstance(told, int | float) and LEAST_UNIT <= told <= MOST_UNIT else 1.0


def _displayed_crop(plumber: PlumberPage) -> tuple[float, float, float, float]:
    """x0, top, x1 and bottom of the page's crop box in pdfplumber's coordinates.

    pdfplumber's own `cropbox` is right on unturned pages only: it exchanges the axes of a turned box, no more.
    """
    crop, media = (sorted_box(box) for box in (plumber.page_obj.cropbox, plumber.page_obj.mediabox))
    left, low = max(crop[0] - media[0], 0.0), max(crop[1] - media[1], 0.0)
    right, high = max(media[2] - crop[2], 0.0), max(media[3] - crop[3], 0.0)
    # what is cut off at the displayed page's left, top, right and bottom
    cut = {
        0: (left, high, right, low),
        90: (low, left, high, right),
        180: (right, low, left, high),
        270: (high, right, low, left),
    }.get(plumber.rotation, (left, high, right, low))
    x0, top, x1, bottom = plumber.mediabox
    return x0 + cut[0], top + cut[1], x1 - cut[2], bottom - cut[3]


def sorted_box(box: Sequence[float]) -> tuple[float, float, float, float]:
    """A PDF rectangle, given by any two opposite corners, as left, low, right, high."""
    x0, y0, x1, y1 = (float(value) for value in box)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _leaves(container: LTContainer[Any]) -> Iterator[LTComponent]:
    """Everything that is drawn, figures opened."""
    for item in container:
        if isinstance(item, LTContainer):
            yield from _leaves(item)
        else:
            yield item

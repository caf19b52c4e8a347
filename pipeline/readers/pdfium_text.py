"""The characters of a page as PDFium places them, each with why it cannot be seen where that is so."""

from __future__ import annotations

import ctypes
import math
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Any, Literal

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.model.geometry import Box
from pipeline.model.orientation import Orientation
from pipeline.model.vectors import Colour, VectorPath
from pipeline.readers.glyphs import put_right
from pipeline.readers.pdfium_objects import Affine, PageObjects, PaintedText
from pipeline.settings import TextLayerSettings

Hidden = Literal["", "invisible", "tiny", "clipped", "covered", "paper-coloured"]
"""Why a character cannot be seen: painted in no colour, at no size, outside its clip, under a white patch that was
painted later, or in the colour of the paper; "" where it can."""

HYPHEN_AT_BREAK = 2  # what PDFium gives for a hyphen that it takes for a word's break
UNKNOWN = 0xFFFD
MOST_OVERLAP = 0.25  # of the size: kerning brings two letters no nearer than that
WRONG_SHARE = 0.3  # of a font's letters that overlap more: its widths are wrong
NAME_BYTES = 128  # of a font's name

_as_read = lru_cache(maxsize=4096)(put_right)  # few glyphs make many characters


@dataclass(slots=True)
class Character:
    """A character as it stands on the upright page, in points.

    Attributes:
        text: One character, or none where it stands for nothing; a ligature is as many as it has letters.
        box: From where the pen stood to where it went on, and from the descent up by the size.
        baseline: Where it stands: y of horizontal writing, x of writing on end.
        size: Of its font.
        font: What its font is called.
        run: The text object that paints it, by its place among all that is painted.
        hidden: Why it cannot be seen.
    """

    text: str
    box: Box
    baseline: float
    size: float
    orientation: Orientation
    font: str
    run: int
    hidden: Hidden = ""


@dataclass(frozen=True, slots=True)
class TextRun:
    """What the characters of a text object share, in the page's user space.

    `advance` is the direction of its writing, `size` the size of its font, `font` PDFium's address of it, `name` what
    that is called.
    """

    address: int
    font: int
    size: float
    advance: tuple[float, float]
    name: str


@dataclass(frozen=True, slots=True)
class RawCharacter:
    """A glyph in the page's user space: its letters, where it stands, and (left, bottom, right, top) around it."""

    text: str
    run: TextRun
    origin: tuple[float, float]
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True)
class RawText:
    """The text of a page before anybody knows how it lies.

    `unmapped` counts the characters that the file does not say the meaning of; they are left out of `characters`.
    `break_hyphens` are the places in `characters` of hyphens at the end of a line, which may be soft ones: PDFium does
    not tell the two apart.
    """

    characters: list[RawCharacter] = field(default_factory=list)
    unmapped: int = 0
    break_hyphens: tuple[int, ...] = ()

    @property
    def doubtful_hyphens(self) -> tuple[int, ...]:
        """Those of `break_hyphens` that stand between two different words: "undang-" before "undang" is no soft one."""
        return tuple(place for place in self.break_hyphens if not self._is_doubling(place))

    def _is_doubling(self, place: int) -> bool:
        before = "".join(takewhile(str.isalpha, (c.text for c in reversed(self.characters[:place]))))[::-1]
        after = "".join(c.text for c in self.characters[place + 1 : place + 1 + len(before)])
        return bool(before) and before.casefold() == after.casefold()

    def main_orientation(self, to_displayed: Affine) -> Orientation:
        """The orientation that most characters are written in, as displayed; upright where there is none."""
        counts = dict.fromkeys(Orientation, 0)
        for character in self.characters:
            if character.text > " ":
                counts[_orientation(*_turned(character.run.advance, to_displayed))] += 1
        return max(counts, key=lambda orientation: (counts[orientation], -orientation))


def raw_text(page: pdfium.PdfPage) -> RawText:
    """The characters of a page in the order in which they are painted, blanks among them; none that PDFium made up."""
    handle = pdfium_c.FPDFText_LoadPage(page.raw)
    if not handle:
        return RawText()
    try:
        return _raw_text(handle)
    finally:
        pdfium_c.FPDFText_ClosePage(handle)


def _raw_text(handle: Any) -> RawText:
    x, y, bounds = ctypes.c_double(), ctypes.c_double(), pdfium_c.FS_RECTF()
    runs: dict[int, TextRun] = {}
    names: dict[int, str] = {}
    found: list[RawCharacter] = []
    indices: list[int] = []
    hyphens: list[int] = []
    unmapped = 0
    for index in range(pdfium_c.FPDFText_CountChars(handle)):
        thing = pdfium_c.FPDFText_GetTextObject(handle, index)
        if not thing:
            continue
        address = ctypes.cast(thing, ctypes.c_void_p).value or 0
        run = runs.get(address)
        if run is None:
            run = runs[address] = _run(handle, index, thing, address, names)
        code = pdfium_c.FPDFText_GetUnicode(handle, index)
        if code in (0, UNKNOWN) or pdfium_c.FPDFText_HasUnicodeMapError(handle, index) == 1:
            unmapped += 1
            continue
        pdfium_c.FPDFText_GetCharOrigin(handle, index, x, y)
        pdfium_c.FPDFText_GetLooseCharBox(handle, index, bounds)
        around = (bounds.left, bounds.bottom, bounds.right, bounds.top)
        text = chr(code)
        if code == HYPHEN_AT_BREAK:
            text = "-"
            hyphens.append(len(found))
        elif found and found[-1].run is run and found[-1].origin == (x.value, y.value) and found[-1].bounds == around:
            text = found.pop().text + text  # PDFium gives each letter of a ligature the place of all of it
            indices.pop()
        found.append(RawCharacter(text, run, (x.value, y.value), around))
        indices.append(index)
    return RawText(_as_wide_as_seen(handle, found, indices), unmapped, tuple(hyphens))


def _as_wide_as_seen(handle: Any, found: list[RawCharacter], indices: Sequence[int]) -> list[RawCharacter]:
    """The characters, as wide as their ink in fonts whose widths are wrong: many would reach far over the next."""
    pairs, over = Counter[int](), Counter[int]()
    for before, after in pairwise(found):
        if before.run.font == after.run.font:
            pairs[before.run.font] += 1
            over[before.run.font] += _reaches_over(before, after)
    wrong = {font for font, count in over.items() if count > WRONG_SHARE * pairs[font]}
    if not wrong:
        return found
    edges = [ctypes.c_double() for _ in range(4)]
    wide = []
    for character, index in zip(found, indices, strict=True):
        if character.run.font in wrong and character.text.strip():
            pdfium_c.FPDFText_GetCharBox(handle, index, *edges)
            left, right, bottom, top = (edge.value for edge in edges)
            across = abs(character.run.advance[0]) >= abs(character.run.advance[1])
            own = character.bounds
            seen = (left, own[1], right, own[3]) if across else (own[0], bottom, own[2], top)
            character = replace(character, bounds=seen)
        wide.append(character)
    return wide


def _reaches_over(before: RawCharacter, after: RawCharacter) -> bool:
    """Whether a character covers more of the next one on its line than kerning does."""
    (dx, dy), size = before.run.advance, before.run.size
    axis, sign = (0, dx) if abs(dx) >= abs(dy) else (1, dy)
    end = before.bounds[axis + 2] if sign > 0 else before.bounds[axis]
    step = (after.origin[axis] - before.origin[axis]) * (1 if sign > 0 else -1)
    over = (end - after.origin[axis]) * (1 if sign > 0 else -1)
    return step > 0 and over > MOST_OVERLAP * size and before.origin[1 - axis] == after.origin[1 - axis]


def _run(handle: Any, index: int, thing: Any, address: int, names: dict[int, str]) -> TextRun:
    """The text object that paints a character; `names` holds those of fonts, by their addresses."""
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(handle, index, matrix)
    size = pdfium_c.FPDFText_GetFontSize(handle, index) * math.hypot(matrix.c, matrix.d)
    font = pdfium_c.FPDFTextObj_GetFont(thing)
    place = ctypes.cast(font, ctypes.c_void_p).value or 0
    if place not in names:
        names[place] = _name_of(font)
    return TextRun(address, place, abs(size), (matrix.a, matrix.b), names[place])


def _name_of(font: Any) -> str:
    """What a font is called; one without a name (Type 3) by how far it reaches up, which tells it from others."""
    name, ascent = ctypes.create_string_buffer(NAME_BYTES), ctypes.c_float()
    pdfium_c.FPDFFont_GetBaseFontName(font, name, NAME_BYTES)
    if name.value:
        return sys.intern(name.value.decode("utf-8", "replace").rpartition("+")[2])  # without the mark of a subset
    pdfium_c.FPDFFont_GetAscent(font, 1.0, ascent)
    return f"unnamed {ascent.value:.3f}"


def characters_of(
    text: RawText, objects: PageObjects, to_upright: Affine, settings: TextLayerSettings
) -> list[Character]:
    """The characters on the upright page, those that cannot be seen with the reason why.

    Args:
        text: The page's text.
        objects: What is painted on it, in the coordinates that `to_upright` leads to.
        to_upright: From the page's user space to points of the upright page.
        settings: What is tiny, and what is white.
    """
    sight = _Sight(objects, settings)
    scale = math.sqrt(abs(to_upright[0] * to_upright[3] - to_upright[1] * to_upright[2]))
    painted = {run.address: run for run in objects.texts}
    runs: dict[int, _UprightRun] = {}
    found = []
    for raw in text.characters:
        run = runs.get(raw.run.address)
        if run is None:
            orientation = _orientation(*_turned(raw.run.advance, to_upright))
            doubts = sight.doubts(painted.get(raw.run.address), raw.run.size * scale)
            run = runs[raw.run.address] = _UprightRun(orientation, raw.run.size * scale, raw.run.name, doubts)
        character = _placed(raw, run, to_upright)
        if run.doubts.any and character.text.strip():
            character.hidden = sight.hidden(character, run.doubts)
        found.append(character)
    _show_twins(found, objects)
    return found


@dataclass(frozen=True, slots=True)
class _Doubts:
    """What may keep characters of a text object from being seen.

    `hidden` holds for all of them; `clip` cuts through them, `patches` lie on some of them; `on_paper`, they have the
    colour of paper.
    """

    order: int = -1
    hidden: Hidden = ""
    clip: Box | None = None
    patches: tuple[VectorPath, ...] = ()
    on_paper: bool = False

    @property
    def any(self) -> bool:
        """Whether there is anything to look at, character by character."""
        return bool(self.hidden or self.clip or self.patches or self.on_paper)


@dataclass(frozen=True, slots=True)
class _UprightRun:
    """What the characters of a text object share on the upright page; `size` is in points."""

    orientation: Orientation
    size: float
    font: str
    doubts: _Doubts


class _Sight:
    """What can be seen of a page's text, by what else is painted on it."""

    def __init__(self, objects: PageObjects, settings: TextLayerSettings) -> None:
        self._settings, self._images = settings, objects.images
        filled = [path for path in objects.paths if path.fill is not None]
        self._patches = [path for path in filled if self._is_paper(path.fill)]
        self._grounds = [path for path in filled if not self._is_paper(path.fill)]

    def doubts(self, run: PaintedText | None, size: float) -> _Doubts:
        """What may keep the characters of a text object from being seen, which are `size` points high."""
        if run is None:
            return _Doubts()
        hidden: Hidden = "invisible" if run.invisible else "tiny" if size < self._settings.tiny else ""
        clip = run.clip.grown(self._settings.clip_slack * size) if run.clip else None
        return _Doubts(
            order=run.order,
            hidden=hidden,
            clip=clip if clip and run.box.intersection(clip) != run.box else None,
            patches=tuple(p for p in self._patches[self._later(run) :] if p.box.intersection(run.box)),
            on_paper=self._is_paper(run.fill),
        )

    def hidden(self, character: Character, doubts: _Doubts) -> Hidden:
        """Why a character cannot be seen; "" where it can."""
        if doubts.hidden:
            return doubts.hidden
        x, y = character.box.center
        if doubts.clip is not None and not doubts.clip.contains(x, y):
            return "clipped"
        if any(_covers(path, x, y) for path in doubts.patches):
            return "covered"
        if doubts.on_paper and not self._stands_out(x, y, doubts.order):
            return "paper-coloured"
        return ""

    def _later(self, run: PaintedText) -> int:
        """Where the patches begin that are painted after a text object: they are in the order of painting."""
        return bisect_right(self._patches, run.order, key=lambda path: path.order)

    def _stands_out(self, x: float, y: float, order: int) -> bool:
        """Whether something darker than paper, or an image, was painted there before."""
        return any(path.order < order and _covers(path, x, y) for path in self._grounds) or any(
            image.order < order and image.box.contains(x, y) for image in self._images
        )

    def _is_paper(self, colour: Colour | None) -> bool:
        """Whether a colour is opaque and as light as paper."""
        return colour is not None and colour[3] == 255 and min(colour[:3]) >= self._settings.paper_tone


def _covers(path: VectorPath, x: float, y: float) -> bool:
    """Whether a point lies in the area of a filled path, by the even-odd rule (ISO 32000-2, 8.5.3.3.3)."""
    if not path.box.contains(x, y):
        return False
    inside = False
    for subpath in path.subpaths:
        points = subpath.points
        for (x0, y0), (x1, y1) in pairwise((*points, points[0])):
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
                inside = not inside
    return inside


def _show_twins(characters: Sequence[Character], objects: PageObjects) -> None:
    """Show covered characters that stand for a later one: PDFium leaves out the second of two alike in one place."""
    covered = [character for character in characters if character.hidden == "covered"]
    if not covered:
        return
    seen = [character for character in characters if not character.hidden and character.text.strip()]
    for character in covered:
        x, y = character.box.center
        over = any(text.order > character.run and text.box.contains(x, y) for text in objects.texts)
        if over and not any(other.box.contains(x, y) for other in seen):
            character.hidden = ""


def _placed(raw: RawCharacter, run: _UprightRun, to_upright: Affine) -> Character:
    """The character, its box from its lower edge, the font's descent, up by its size: fonts reach up differently."""
    a, b, c, d, e, f = to_upright
    left, bottom, right, top = raw.bounds
    x0, y0 = a * left + c * bottom + e, b * left + d * bottom + f
    x1, y1 = a * right + c * top + e, b * right + d * top + f
    if x1 < x0:
        x0, x1 = x1, x0
    if y1 < y0:
        y0, y1 = y1, y0
    x, y = raw.origin
    orientation, size = run.orientation, run.size
    if orientation is Orientation.UPRIGHT:
        box, baseline = Box(x0, y1 - size, x1, y1), b * x + d * y + f
    elif orientation is Orientation.UPSIDE_DOWN:
        box, baseline = Box(x0, y0, x1, y0 + size), b * x + d * y + f
    elif orientation is Orientation.BOTTOM_TO_TOP:
        box, baseline = Box(x1 - size, y0, x1, y1), a * x + c * y + e
    else:
        box, baseline = Box(x0, y0, x0 + size, y1), a * x + c * y + e
    return Character(_as_read(raw.text), box, baseline, size, orientation, run.font, run.doubts.order)


def _turned(direction: tuple[float, float], matrix: Affine) -> tuple[float, float]:
    """A direction under the matrix; y still grows upward, as orientations want it."""
    x, y = direction
    return matrix[0] * x + matrix[2] * y, -(matrix[1] * x + matrix[3] * y)


_orientation = lru_cache(maxsize=4096)(Orientation.of_vector)

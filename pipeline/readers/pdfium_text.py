"""The characters of a page as PDFium places them."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from ctypes import byref, c_double, c_float, c_size_t, create_string_buffer
from dataclasses import dataclass, replace
from itertools import compress, repeat, takewhile
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.model.orientation import Orientation
from pipeline.readers import pdfium_calls as calls
from pipeline.readers.characters import Flags, Floats, Integers
from pipeline.readers.pdfium_objects import Affine
from pipeline.readers.replaced_text import put_in_place

HYPHEN_AT_BREAK = 2  # what PDFium gives for a hyphen that it takes for a word's break
UNKNOWN = 0xFFFD
MOST_OVERLAP = 0.25  # of the size: kerning brings two letters no nearer than that
WRONG_SHARE = 0.3  # of a font's letters that overlap more: its widths are wrong
NAME_BYTES = 128  # of a font's name


class TextRun(NamedTuple):
    """What the characters of a text object share, in the page's user space.

    `address` is PDFium's of the object, `font` that of its font, `name` what that is called, `size` its size; `advance`
    is the direction of the writing.
    """

    address: int
    font: int
    size: float
    advance: tuple[float, float]
    name: str


@dataclass(frozen=True, eq=False, slots=True)
class RawText:
    """The text of a page before anybody knows how it lies: columns of its glyphs, in the page's user space.

    Attributes:
        texts: The letters of each glyph; a ligature is as many as it has.
        run_places: int64 (glyphs,), places in `runs`.
        origins: float64 (glyphs, 2), where each stands.
        bounds: float64 (glyphs, 4), left, top, right, bottom around it.
        runs: The text objects.
        unmapped: The number of glyphs that the file does not say the meaning of; they are left out of the columns.
        break_hyphens: The places of hyphens at the end of a line, which may be soft ones: PDFium does not tell the two
            apart.
    """

    texts: list[str]
    run_places: Integers
    origins: Floats
    bounds: Floats
    runs: list[TextRun]
    unmapped: int = 0
    break_hyphens: tuple[int, ...] = ()

    @property
    def doubtful_hyphens(self) -> tuple[int, ...]:
        """Those of `break_hyphens` that stand between two different words: "undang-" before "undang" is no soft one."""
        return tuple(place for place in self.break_hyphens if not self._is_doubling(place))

    def _is_doubling(self, place: int) -> bool:
        before = "".join(takewhile(str.isalpha, reversed(self.texts[:place])))[::-1]
        after = "".join(self.texts[place + 1 : place + 1 + len(before)])
        return bool(before) and before.casefold() == after.casefold()

    def run_orientations(self, matrix: Affine) -> list[Orientation]:
        """The orientations of the runs' writing under the matrix, which leads to coordinates whose y grows downward."""
        a, b, c, d, _, _ = matrix
        advances = [run.advance for run in self.runs]
        known = {(x, y): Orientation.of_vector(a * x + c * y, -(b * x + d * y)) for x, y in set(advances)}
        return [known[advance] for advance in advances]

    def main_orientation(self, to_displayed: Affine) -> Orientation:
        """The orientation that most characters are written in, as displayed; upright where there is none."""
        inked = {text for text in set(self.texts) if text > " "}  # few letters make many characters
        letters = np.fromiter(map(inked.__contains__, self.texts), np.bool_, len(self.texts))
        counts = dict.fromkeys(Orientation, 0)
        totals = np.bincount(self.run_places[letters], minlength=len(self.runs)).tolist()
        for orientation, count in zip(self.run_orientations(to_displayed), totals, strict=True):
            counts[orientation] += count
        return max(counts, key=lambda orientation: (counts[orientation], -orientation))


def raw_text(page: pdfium.PdfPage) -> RawText:
    """The characters of a page in the order in which they are painted, blanks among them; none that PDFium made up."""
    handle = pdfium_c.FPDFText_LoadPage(page.raw)
    try:
        return _raw_text(calls.as_argument(calls.address_of(handle)) if handle else None)
    finally:
        if handle:
            pdfium_c.FPDFText_ClosePage(handle)


def _raw_text(handle: Any) -> RawText:
    count = calls.count_chars(handle) if handle else 0
    objects = calls.ask_each(calls.text_object, repeat(handle), range(count))
    painted = [index for index, thing in enumerate(objects) if thing]
    codes = calls.ask_each(calls.unicode_of, repeat(handle), painted)
    errors = calls.ask_each(calls.has_map_error, repeat(handle), painted)
    meant = [code not in (0, UNKNOWN) and error != 1 for code, error in zip(codes, errors, strict=True)]
    known, codes = list(compress(painted, meant)), list(compress(codes, meant))
    runs, matrices = _runs(handle, {objects[index]: index for index in reversed(known)})
    places = {run.address: place for place, run in enumerate(runs)}
    run_places = np.array([places[objects[index]] for index in known], np.int64)
    placed = [(run.address, matrix) for run, matrix in zip(runs, matrices, strict=True)]
    origins, bounds = put_in_place(placed, run_places, *_where_they_stand(handle, known))
    is_break = np.array(codes, np.int64) == HYPHEN_AT_BREAK
    texts = ["-" if code == HYPHEN_AT_BREAK else chr(code) for code in codes]
    first = _first_of_ligatures(run_places, origins, bounds) | is_break
    if not first.all():
        texts = _ligatures(texts, first)
    kept = np.flatnonzero(first)
    text = RawText(
        texts,
        run_places[kept],
        origins[kept],
        bounds[kept],
        runs,
        len(painted) - len(known),
        tuple(np.flatnonzero(is_break[kept]).tolist()),
    )
    return _as_wide_as_seen(handle, text, [known[place] for place in kept.tolist()])


def _where_they_stand(handle: Any, indices: Sequence[int]) -> tuple[Floats, Floats]:
    """The origins (glyphs, 2) and the bounds (glyphs, 4) of characters, by PDFium's indices."""
    origins, bounds = (c_double * (2 * len(indices)))(), (c_float * (4 * len(indices)))()
    xs, ys = calls.places_in(origins, 16), calls.places_in(origins, 16, 8)
    calls.ask_each(calls.char_origin, repeat(handle), indices, xs, ys)
    calls.ask_each(calls.loose_char_box, repeat(handle), indices, calls.places_in(bounds, 16))
    points, boxes = np.frombuffer(memoryview(origins), np.float64), np.frombuffer(memoryview(bounds), np.float32)
    return points.reshape(-1, 2), boxes.reshape(-1, 4).astype(np.float64)


def _first_of_ligatures(run_places: Integers, origins: Floats, bounds: Floats) -> Flags:
    """Which characters stand elsewhere than the one before: PDFium gives each letter of a ligature the place of all."""
    first = np.ones(len(run_places), np.bool_)
    first[1:] = (
        (run_places[1:] != run_places[:-1])
        | (origins[1:] != origins[:-1]).any(axis=1)
        | (bounds[1:] != bounds[:-1]).any(axis=1)
    )
    return first


def _ligatures(texts: Sequence[str], first: Flags) -> list[str]:
    """The letters of each ligature together."""
    found: list[str] = []
    for text, begins in zip(texts, first.tolist(), strict=True):
        if begins:
            found.append(text)
        else:
            found[-1] += text
    return found


def _as_wide_as_seen(handle: Any, text: RawText, indices: Sequence[int]) -> RawText:
    """The text, its characters as wide as their ink in fonts whose widths are wrong: many reach far over the next."""
    fonts = np.array([run.font for run in text.runs], np.uint64)[text.run_places]
    alike = fonts[1:] == fonts[:-1]
    over = alike & _reach_over(text)
    wrong = []
    for font in np.unique(fonts[1:][over]).tolist():
        pairs = fonts[1:] == font
        if (over & pairs).sum() > WRONG_SHARE * (alike & pairs).sum():
            wrong.append(font)
    if not wrong:
        return text
    bounds = text.bounds.copy()
    edges = [c_double() for _ in range(4)]
    places = [byref(edge) for edge in edges]
    for place in np.flatnonzero(np.isin(fonts, wrong)).tolist():
        if not text.texts[place].strip():
            continue
        calls.char_box(handle, indices[place], *places)
        left, right, bottom, top = (edge.value for edge in edges)
        dx, dy = text.runs[text.run_places[place]].advance
        if abs(dx) >= abs(dy):
            bounds[place, [0, 2]] = left, right
        else:
            bounds[place, [1, 3]] = top, bottom
    return replace(text, bounds=bounds)


def _reach_over(text: RawText) -> Flags:
    """Which characters but the last cover more of the next one on their line than kerning does, (glyphs - 1,)."""
    advances = np.array([run.advance for run in text.runs]).reshape(-1, 2)[text.run_places[:-1]]
    sizes = np.array([run.size for run in text.runs])[text.run_places[:-1]]
    across = np.abs(advances[:, 0]) >= np.abs(advances[:, 1])
    forward = np.where(across, advances[:, 0], advances[:, 1]) > 0
    left, top, right, bottom = text.bounds[:-1].T
    ends = np.where(across, np.where(forward, right, left), np.where(forward, top, bottom))
    before = np.where(across[:, None], text.origins[:-1], text.origins[:-1, ::-1])
    after = np.where(across[:, None], text.origins[1:], text.origins[1:, ::-1])
    sign = np.where(forward, 1.0, -1.0)
    step, over = (after[:, 0] - before[:, 0]) * sign, (ends - after[:, 0]) * sign
    found: Flags = (step > 0) & (over > MOST_OVERLAP * sizes) & (before[:, 1] == after[:, 1])
    return found


def _runs(handle: Any, first: Mapping[int, int]) -> tuple[list[TextRun], list[Affine]]:
    """The text objects by their addresses, each asked by the index of one of its characters, and their matrices."""
    buffer = (c_float * (6 * len(first)))()
    calls.ask_each(calls.char_matrix, repeat(handle), first.values(), calls.places_in(buffer, 24))
    entries = iter(buffer[:])  # far faster than of the array itself
    matrices: list[Affine] = list(zip(entries, entries, entries, entries, entries, entries, strict=True))
    fonts = [font or 0 for font in map(calls.font_of, map(calls.as_argument, first))]
    names = {font: _font_name(font) for font in dict.fromkeys(fonts)}
    sizes = map(calls.font_size, repeat(handle), first.values())
    found = [
        TextRun(address, font, abs(size * math.hypot(c, d)), (a, b), names[font])
        for address, font, size, (a, b, c, d, _, _) in zip(first, fonts, sizes, matrices, strict=True)
    ]
    return found, matrices


def _font_name(font: int) -> str:
    """What a font is called; one without a name (Type 3) by how far it reaches up, which tells it from others."""
    handle, name, ascent = calls.as_argument(font), create_string_buffer(NAME_BYTES), c_float()
    calls.font_name(handle, byref(name), c_size_t(NAME_BYTES))
    if name.value:
        return sys.intern(name.value.decode("utf-8", "replace").rpartition("+")[2])  # without the mark of a subset
    calls.font_ascent(handle, c_float(1.0), byref(ascent))
    return f"unnamed {ascent.value:.3f}"

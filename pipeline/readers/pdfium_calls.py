"""PDFium's functions that are asked thousands of times a page, with nothing between.

pypdfium2's own wrappers make a pointer object of every handle, and ctypes converts each argument of a declared type at
each call: both cost as much as the question. So arguments are not declared here, and whoever calls sees to it that they
are what PDFium's public headers (fpdf_text.h, fpdf_edit.h, fpdf_transformpage.h) ask for: an int goes in as C's int, a
handle as `as_argument` makes it, an out-parameter as `byref` of a buffer, all else as an object of its ctypes type. A
handle comes back as its address, or None where PDFium gives none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from ctypes import PYFUNCTYPE, byref, c_int, c_size_t, c_uint, c_void_p, cast, sizeof
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium_c

UNSIGNED, INT, HANDLE = c_uint, c_int, c_void_p

as_argument: Callable[[int | None], Any] = c_void_p.from_param
"""An address as what a function takes for a handle."""


def address_of(handle: Any) -> int:
    """The address behind a handle of pypdfium2; 0 of none."""
    return cast(handle, c_void_p).value or 0


def places_in(buffer: Any, step: int, first: int = 0) -> Iterator[Any]:
    """Places in a buffer for answers, as functions take them, each so many bytes behind the one before."""
    return map(byref, repeat(buffer), range(first, sizeof(buffer), step))


def ask_each(function: Callable[..., int], *arguments: Iterable[Any]) -> list[int]:
    """Call a function with the first of the arguments, then with the second, and so on: what it returns of each."""
    return list(map(function, *arguments))


def _function(name: str, result: Any) -> Callable[..., Any]:
    """The function of that name in the library that pypdfium2 has loaded."""
    return PYFUNCTYPE(result)(address_of(getattr(pdfium_c, name)))


count_chars = _function("FPDFText_CountChars", INT)  # text page
text_object = _function("FPDFText_GetTextObject", HANDLE)  # text page, int
unicode_of = _function("FPDFText_GetUnicode", UNSIGNED)  # text page, int
has_map_error = _function("FPDFText_HasUnicodeMapError", INT)  # text page, int
char_origin = _function("FPDFText_GetCharOrigin", INT)  # text page, int, two doubles: x, y
loose_char_box = _function("FPDFText_GetLooseCharBox", INT)  # text page, int, four floats: left, top, right, bottom
char_box = _function("FPDFText_GetCharBox", INT)  # text page, int, a double each: left, right, bottom, top
char_matrix = _function("FPDFText_GetMatrix", INT)  # text page, int, six floats: a to f
font_size = _function("FPDFText_GetFontSize", pdfium_c.FPDFText_GetFontSize.restype)  # text page, int
font_ascent = _function("FPDFFont_GetAscent", INT)  # font, c_float, a float
font_name = _function("FPDFFont_GetBaseFontName", c_size_t)  # font, buffer, its c_size_t
font_of = _function("FPDFTextObj_GetFont", HANDLE)  # object

object_type = _function("FPDFPageObj_GetType", INT)  # object
object_bounds = _function("FPDFPageObj_GetBounds", INT)  # object, a float each: left, bottom, right, top
object_matrix = _function("FPDFPageObj_GetMatrix", INT)  # object, six floats
fill_colour = _function("FPDFPageObj_GetFillColor", INT)  # object, an unsigned each: red, green, blue, opacity
stroke_colour = _function("FPDFPageObj_GetStrokeColor", INT)  # the same
stroke_width = _function("FPDFPageObj_GetStrokeWidth", INT)  # object, a float
dash_count = _function("FPDFPageObj_GetDashCount", INT)  # object
render_mode = _function("FPDFTextObj_GetTextRenderMode", INT)  # object

draw_mode = _function("FPDFPath_GetDrawMode", INT)  # path, an int each: fill, stroke
count_segments = _function("FPDFPath_CountSegments", INT)  # path
path_segment = _function("FPDFPath_GetPathSegment", HANDLE)  # path, int
segment_point = _function("FPDFPathSegment_GetPoint", INT)  # segment, a float each: x, y
segment_type = _function("FPDFPathSegment_GetType", INT)  # segment
segment_closes = _function("FPDFPathSegment_GetClose", INT)  # segment

clip_path = _function("FPDFPageObj_GetClipPath", HANDLE)  # object
count_clip_paths = _function("FPDFClipPath_CountPaths", INT)  # clip
count_clip_segments = _function("FPDFClipPath_CountPathSegments", INT)  # clip, int
clip_segment = _function("FPDFClipPath_GetPathSegment", HANDLE)  # clip, int, int

count_page_objects = _function("FPDFPage_CountObjects", INT)  # page
page_object = _function("FPDFPage_GetObject", HANDLE)  # page, int
count_form_objects = _function("FPDFFormObj_CountObjects", INT)  # form
form_object = _function("FPDFFormObj_GetObject", HANDLE)  # form, c_size_t
image_pixel_size = _function("FPDFImageObj_GetImagePixelSize", INT)  # image, an unsigned each: width, height

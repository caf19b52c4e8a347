"""PDFium's functions that are asked thousands of times a page, with handles and buffers as plain addresses.

pypdfium2's own wrappers make a pointer object of every handle, which costs as much as the question. Signatures are
those of PDFium's public headers (fpdf_text.h, fpdf_edit.h, fpdf_transformpage.h). A handle is an int, or None where
PDFium gives none; an out-parameter is the address of a buffer that lives as long as the call.
"""

from __future__ import annotations

from collections.abc import Callable
from ctypes import PYFUNCTYPE, c_float, c_int, c_size_t, c_uint, c_void_p, cast
from typing import Any

import pypdfium2.raw as pdfium_c

UNSIGNED, INT, FLOAT, HANDLE = c_uint, c_int, c_float, c_void_p


def address_of(handle: Any) -> int:
    """The address behind a handle of pypdfium2; 0 of none."""
    return cast(handle, c_void_p).value or 0


def _function(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The function of that name in the library that pypdfium2 has loaded."""
    prototype = PYFUNCTYPE(result, *arguments)
    return prototype(address_of(getattr(pdfium_c, name)))


count_chars = _function("FPDFText_CountChars", INT, HANDLE)
text_object = _function("FPDFText_GetTextObject", HANDLE, HANDLE, INT)
unicode_of = _function("FPDFText_GetUnicode", UNSIGNED, HANDLE, INT)
has_map_error = _function("FPDFText_HasUnicodeMapError", INT, HANDLE, INT)
char_origin = _function("FPDFText_GetCharOrigin", INT, HANDLE, INT, HANDLE, HANDLE)  # two doubles: x, y
loose_char_box = _function(
    "FPDFText_GetLooseCharBox", INT, HANDLE, INT, HANDLE
)  # four floats: left, top, right, bottom
char_box = _function(
    "FPDFText_GetCharBox", INT, HANDLE, INT, HANDLE, HANDLE, HANDLE, HANDLE
)  # doubles: left, right, ...
char_matrix = _function("FPDFText_GetMatrix", INT, HANDLE, INT, HANDLE)  # six floats: a to f
font_size = _function("FPDFText_GetFontSize", pdfium_c.FPDFText_GetFontSize.restype, HANDLE, INT)
font_ascent = _function("FPDFFont_GetAscent", INT, HANDLE, FLOAT, HANDLE)  # a float
font_name = _function("FPDFFont_GetBaseFontName", c_size_t, HANDLE, HANDLE, c_size_t)
font_of = _function("FPDFTextObj_GetFont", HANDLE, HANDLE)

object_type = _function("FPDFPageObj_GetType", INT, HANDLE)
object_bounds = _function(
    "FPDFPageObj_GetBounds", INT, HANDLE, HANDLE, HANDLE, HANDLE, HANDLE
)  # left, bottom, right, top
object_matrix = _function("FPDFPageObj_GetMatrix", INT, HANDLE, HANDLE)
fill_colour = _function("FPDFPageObj_GetFillColor", INT, HANDLE, HANDLE, HANDLE, HANDLE, HANDLE)  # four unsigned ints
stroke_colour = _function("FPDFPageObj_GetStrokeColor", INT, HANDLE, HANDLE, HANDLE, HANDLE, HANDLE)
stroke_width = _function("FPDFPageObj_GetStrokeWidth", INT, HANDLE, HANDLE)
dash_count = _function("FPDFPageObj_GetDashCount", INT, HANDLE)
render_mode = _function("FPDFTextObj_GetTextRenderMode", INT, HANDLE)

draw_mode = _function("FPDFPath_GetDrawMode", INT, HANDLE, HANDLE, HANDLE)
count_segments = _function("FPDFPath_CountSegments", INT, HANDLE)
path_segment = _function("FPDFPath_GetPathSegment", HANDLE, HANDLE, INT)
segment_point = _function("FPDFPathSegment_GetPoint", INT, HANDLE, HANDLE, HANDLE)  # two floats: x, y
segment_type = _function("FPDFPathSegment_GetType", INT, HANDLE)
segment_closes = _function("FPDFPathSegment_GetClose", INT, HANDLE)

clip_path = _function("FPDFPageObj_GetClipPath", HANDLE, HANDLE)
count_clip_paths = _function("FPDFClipPath_CountPaths", INT, HANDLE)
count_clip_segments = _function("FPDFClipPath_CountPathSegments", INT, HANDLE, INT)
clip_segment = _function("FPDFClipPath_GetPathSegment", HANDLE, HANDLE, INT, INT)

count_page_objects = _function("FPDFPage_CountObjects", INT, HANDLE)
page_object = _function("FPDFPage_GetObject", HANDLE, HANDLE, INT)
count_form_objects = _function("FPDFFormObj_CountObjects", INT, HANDLE)
form_object = _function("FPDFFormObj_GetObject", HANDLE, HANDLE, c_size_t)
image_pixel_size = _function("FPDFImageObj_GetImagePixelSize", INT, HANDLE, HANDLE, HANDLE)  # two unsigned ints

"""From a spec to a PDF: sheets in order, each turned, cropped and scaled as the style asks."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import FloatObject, NameObject
from reportlab.pdfgen.canvas import Canvas

from .cover import PRIVATE_BULLET, draw_cover, signature_lines
from .flow import draw_flow
from .matrix import Drawn, draw_matrix
from .spec import Bundle, Matter, SopSpec, Style
from .table import Cut, Sheet
from .text import LEADING, register
from .truth import truth_of

SIZES = {"A4": (595.28, 841.89), "F4": (609.45, 935.43), "Legal": (612.0, 1008.0), "Letter": (612.0, 792.0)}


def typeset(what: SopSpec | Bundle, path: Path, style: Style | None = None) -> list[dict[str, Any]]:
    """Write `what` as a PDF to `path` and return its truth, a list of SOPs in the form of the truth files."""
    style = style or Style()
    register()
    sheets: list[Sheet] = []
    truth: list[dict[str, Any]] = []
    for part in what.parts if isinstance(what, Bundle) else (what,):
        if isinstance(part, Matter):
            sheets.append(matter(part, style))
        else:
            truth += truth_of(part, lay_out(sheets, part, style), style)
    write(sheets, path, style)
    return truth


def save_truth(truth: list[dict[str, Any]], pdf: Path) -> Path:
    """Write the truth beside the PDF as <stem>.gold.json."""
    path = pdf.with_suffix(".gold.json")
    path.write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def size_of(style: Style, landscape: bool) -> tuple[float, float]:
    width, height = SIZES[style.size]
    return (height, width) if landscape else (width, height)


def lay_out(sheets: list[Sheet], spec: SopSpec, style: Style) -> list[tuple[int, int]]:
    """Draw an SOP onto new sheets; the first and last page of each of its matrices, from 1."""
    first, top = len(sheets) + 1, None
    matrix_size = size_of(style, style.matrix_landscape) if style.split == "none" else (1300.0, 1000.0)
    if spec.cover:
        size = matrix_size if style.together else size_of(style, style.cover_landscape)
        below = draw_cover(sheets, spec.cover, style, *size)
        top = below + 14 if style.together else None
    pages = []
    for k, matrix in enumerate(spec.matrices):
        drawn = draw_matrix(sheets, matrix, style, lambda: Sheet(*matrix_size, style), top if k == 0 else None)
        draw_flow(sheets, matrix, drawn, style)
        if style.split != "none":
            sheets[-1:] = cut_up(sheets[-1], drawn, style)
        begin = first if k == 0 else min(drawn.heads) + 1
        if spec.cover and style.signature == "matrix" and k == len(spec.matrices) - 1:
            sign(sheets[-1], signature_lines(spec.cover), drawn.feet[len(sheets) - 1] + 14 + 12 * len(matrix.ket))
        pages.append((begin, len(sheets)))
    return pages


def cut_up(sheet: Sheet, drawn: Drawn, style: Style) -> list[Sheet]:
    """The pages that show a large sheet, cut between two roles, behind the roles, and between two rows."""
    roles = [column for column in drawn.columns if column.is_role]
    xs = (0.0, roles[1].x1, roles[-1].x1, sheet.width)
    ys = (0.0, drawn.parts[len(drawn.parts) * 2 // 3].bottom, sheet.height)
    areas = [[(x0, top, x1, bottom) for x0, x1 in pairwise(xs)] for top, bottom in pairwise(ys)]
    if style.split == "down":
        areas = [list(column) for column in zip(*areas, strict=True)]
    return [Cut(sheet, area, style.margin) for row in areas for area in row]


def sign(sheet: Sheet, lines: list[str], y: float) -> None:
    """The signature block below a matrix, at the right."""
    for line in lines:
        y += sheet.style.text_size * LEADING
        sheet.write(sheet.width * 0.68, y, line)


def matter(page: Matter, style: Style) -> Sheet:
    sheet = Sheet(*size_of(style, page.landscape), style)
    for i, line in enumerate(page.lines):
        sheet.write(style.margin * 1.5, style.margin * 1.5 + (i + 1) * style.text_size * 1.5, line)
    return sheet


def write(sheets: list[Sheet], path: Path, style: Style) -> None:
    """Write the sheets; the same sheets give the same bytes."""
    canvas = Canvas(str(path), invariant=1, pageCompression=1)
    for number, sheet in enumerate(sheets, 1):
        if style.footer:
            sheet.write(style.margin, sheet.height - style.margin * 0.6, style.footer.format(page=number), 7)
        begin_page(canvas, sheet, number)
        sheet.ink(canvas)
        canvas.showPage()
    canvas.save()
    if style.mark == PRIVATE_BULLET:
        make_bullets_private(path)
    if style.user_unit != 1.0:
        set_user_unit(path, style.user_unit)


def begin_page(canvas: Canvas, sheet: Sheet, number: int) -> None:
    """Size, /Rotate and crop box of a page, and the axes so that drawing stays upright in points."""
    style, unit = sheet.style, sheet.style.user_unit
    if style.turned and style.turned_pages is not None and number not in style.turned_pages:
        turn, rotate = style.rotate, style.rotate
    else:
        turn, rotate = style.rotate + style.turned, style.rotate
    left, top, right, bottom = style.crop or (0.0, 0.0, 0.0, 0.0)
    width, height = left + sheet.width + right, top + sheet.height + bottom
    media = (height, width) if turn % 180 else (width, height)
    # reportlab exchanges the sides of a page that has /Rotate 90 or 270 itself
    sides = media[::-1] if rotate % 180 else media
    canvas.setPageSize((sides[0] / unit, sides[1] / unit))
    canvas.setPageRotation(rotate)
    matrix = turned_axes(turn % 360, width, height)
    if style.crop:
        corners = [mapped(matrix, x, y) for x, y in ((left, bottom), (left + sheet.width, bottom + sheet.height))]
        xs, ys = sorted(c[0] / unit for c in corners), sorted(c[1] / unit for c in corners)
        canvas.setCropBox((xs[0], ys[0], xs[1], ys[1]))
    canvas.scale(1 / unit, 1 / unit)
    canvas.transform(*matrix)
    if style.crop:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(2, 2, "dipotong")  # beyond the crop box: nobody sees it
        canvas.translate(left, bottom)


Axes = tuple[float, float, float, float, float, float]


def turned_axes(turn: int, width: float, height: float) -> Axes:
    """The transform that makes an upright sheet stand right after the page was turned clockwise by `turn`."""
    return {
        0: (1, 0, 0, 1, 0, 0),
        90: (0, 1, -1, 0, height, 0),
        180: (-1, 0, 0, -1, width, height),
        270: (0, -1, 1, 0, 0, width),
    }[turn]


def mapped(matrix: Axes, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def make_bullets_private(path: Path) -> None:
    """Let the fonts' ToUnicode maps call the bullet U+F0B7, as office programs store Symbol's bullet."""
    writer = PdfWriter(clone_from=PdfReader(str(path)))
    for page in writer.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            if "/ToUnicode" in font.get_object():
                cmap = font.get_object()["/ToUnicode"].get_object()
                cmap.set_data(cmap.get_data().replace(b"<2022>", b"<F0B7>"))
    writer.write(str(path))


def set_user_unit(path: Path, unit: float) -> None:
    writer = PdfWriter(clone_from=PdfReader(str(path)))
    for page in writer.pages:
        page[NameObject("/UserUnit")] = FloatObject(unit)
    writer.write(str(path))

"""A SOP as a Word document in the form of PermenPAN-RB 35/2012, to be edited and printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from math import floor
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from pipeline.export.form.docx_shapes import FONT, POINTS, shapes_of
from pipeline.export.form.form_cover import BOXES, FIELDS, cover_fields, cover_items, instansi_lines, signature_lines
from pipeline.export.form.form_pages import TITLE_GAP, TITLE_TYPE, Form, FormPage, Sheet, form_of
from pipeline.export.swimlanes.form_table import GROUP_HEIGHT, PADDING, PELAKSANA, TYPE, cell_lines
from pipeline.export.swimlanes.text_width import LINE_HEIGHT, drawable
from pipeline.model.record import Record

MARGIN = 45.0
"""Around a sheet of A4 across, in pixels of 1/96 inch."""
SHEET = Sheet(1030.0, 680.0)
EMPTY_TITLE = 4.0
"""The height of a line without words, which carries the shapes of a page."""
COVER_TYPE = 9.0  # points
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of all that is packed, so that the same record gives the same bytes."""


def form_docx(record: Record) -> bytes:
    """Write one SOP: tables to be edited, with symbols and connectors as Word's own shapes over them."""
    document = Document()
    _prepare(document, record)
    _cover(document, record)
    if record.kegiatan:
        form, numbers = form_of(record, SHEET), count(1)
        for number, page in enumerate(form.pages):
            document.add_section(WD_SECTION.NEW_PAGE)
            _matrix(document, form, page, form.title if number == 0 else (), numbers)
    packed = BytesIO()
    document.save(packed)
    return without_times(packed.getvalue())


def without_times(content: bytes) -> bytes:
    """A zip archive, which a Word file is, without the time at which its parts were written."""
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as given, ZipFile(packed, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(ZipInfo(name, EPOCH), given.read(name), ZIP_DEFLATED)
    return packed.getvalue()


def _prepare(document: Any, record: Record) -> None:
    properties = document.core_properties
    properties.title = drawable(record.header.nama_sop or record.judul or record.id)[:255]
    properties.author = properties.comments = ""
    properties.created = properties.modified = datetime(1980, 1, 1, tzinfo=UTC)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Pt(MARGIN * POINTS))
    section.header_distance = section.footer_distance = Pt(0)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(COVER_TYPE)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)


def _cover(document: Any, record: Record) -> None:
    fields = cover_fields(record.header)
    identity = _table(document, len(FIELDS), (SHEET.width * 0.42, SHEET.width * 0.17, SHEET.width * 0.41))
    office = identity.cell(0, 0).merge(identity.cell(len(FIELDS) - 1, 0))
    office.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _write(office, instansi_lines(record.header), bold=True, centred=True)
    for row, (name, label) in enumerate(FIELDS):
        _write(identity.cell(row, 1), [label])
        if name == "disahkan_oleh":
            _signature(identity.cell(row, 2), record)
        else:
            _write(identity.cell(row, 2), fields[name].split("\n"))
    _spacer(document)
    boxes = _table(document, len(BOXES), (SHEET.width / 2, SHEET.width / 2))
    for row, pair in enumerate(BOXES):
        for column, (name, label) in enumerate(pair):
            cell = boxes.cell(row, column)
            _write(cell, [f"{label}:"], bold=True)
            _items(cell, cover_items(record.header, name))


def _signature(cell: Any, record: Record) -> None:
    for number, (kind, line) in enumerate(signature_lines(record.header.disahkan_oleh)):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(drawable(line))
        if kind == "name":
            paragraph.paragraph_format.space_before = Pt(26)
            run.bold = run.underline = True


def _items(cell: Any, items: Sequence[str]) -> None:
    """The items of a box, numbered; a single one stands alone."""
    for number, item in enumerate(items, 1):
        paragraph = cell.add_paragraph()
        if len(items) > 1:
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Pt(14), Pt(-14)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(14))
        paragraph.add_run((f"{number}.\t" if len(items) > 1 else "") + drawable(item))


def _matrix(document: Any, form: Form, page: FormPage, title: Sequence[str], numbers: count[int]) -> None:
    """A title, which carries all shapes of the page, and the table that they lie over."""
    scale = min(1.0, SHEET.width / form.width(page))
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _set_lines(paragraph, TITLE_TYPE * LINE_HEIGHT if title else EMPTY_TITLE)
    paragraph.paragraph_format.space_after = Pt(TITLE_GAP * POINTS if title else 0)
    run = paragraph.add_run(drawable(" ".join(title)))
    run.bold, run.font.size = True, Pt(TITLE_TYPE * POINTS)
    left, top = MARGIN + form.left * scale, MARGIN + (form.title_height if title else EMPTY_TITLE)
    for shape in shapes_of(page, left, top + form.head_height * scale, scale, numbers):
        paragraph._p.append(parse_xml(shape))
    _matrix_table(document, form, page, scale)


def _set_lines(paragraph: Any, height: float) -> None:
    """Give a paragraph lines that are so many pixels high, whatever stands in them."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(height * POINTS)


def _matrix_table(document: Any, form: Form, page: FormPage, scale: float) -> None:
    columns = [*form.before, *form.behind]
    lanes = [end - start for start, end in page.layout.lanes]
    widths = [*(c.width for c in form.before), *lanes, *(c.width for c in form.behind)]
    table = _table(document, 2 + len(page.rows), [width * scale for width in widths])
    heights = [GROUP_HEIGHT, form.head_height - GROUP_HEIGHT, *(end - start for start, end in page.bands)]
    for row, height in zip(table.rows, heights, strict=True):
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.EXACTLY, Pt(height * scale * POINTS)
    size = floor(2 * TYPE * POINTS * scale) / 2  # Word has half points, and would round up
    upper, lower, *rows = [row.cells for row in table.rows]
    first = len(form.before)
    places = [*range(first), *range(first + len(lanes), len(widths))]
    for place, column in zip(places, columns, strict=True):
        for cells, number in zip(rows, page.rows, strict=True):
            step = form.cells.rows[number]
            _write(cells[place], column.words(step).split("\n") if step else [], size=size, scale=scale)
        head = lower[place] if column.group else upper[place].merge(lower[place])
        _head(head, column.head_lines, size)
    for place, name in enumerate(form.heads, first):
        _head(lower[place], name, size)
    groups = [*(c.group for c in form.before), *[PELAKSANA] * len(lanes), *(c.group for c in form.behind)]
    for group in dict.fromkeys(name for name in groups if name):
        spans = [place for place, name in enumerate(groups) if name == group]
        _head(upper[spans[0]].merge(upper[spans[-1]]), cell_lines(group, SHEET.width), size)


def _table(document: Any, rows: int, widths: Sequence[float]) -> Any:
    """An empty table of fixed widths, in pixels, with all rulings and no padding of its own."""
    table = document.add_table(rows, len(widths))
    table.style, table.autofit = "Table Grid", False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round(PADDING * POINTS * 20)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)
    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), "0")
    indent.set(qn("w:type"), "dxa")
    table._tbl.tblPr.append(indent)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width * POINTS)
    for row in table._tbl.tr_lst:  # python-docx' own cells of a column look through the whole table each time
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = Pt(width * POINTS)
    return table


def _head(cell: Any, lines: Sequence[str], size: float) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _write(cell, lines, size=size, bold=True, centred=True)


def _write(
    cell: Any,
    lines: Sequence[str],
    size: float = COVER_TYPE,
    bold: bool = False,
    centred: bool = False,
    scale: float | None = None,
) -> None:
    """Words in a cell, which Word wraps; with a `scale` their lines are as high as the layout has them."""
    paragraph = cell.paragraphs[0]
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if scale is not None:
        paragraph.paragraph_format.space_before = Pt(PADDING * POINTS * scale)
        _set_lines(paragraph, LINE_HEIGHT * size / POINTS)
    for number, line in enumerate(lines):
        run = paragraph.add_run(drawable(line))
        run.bold, run.font.size = bold or None, Pt(size)
        if number + 1 < len(lines):
            run.add_break()


def _spacer(document: Any) -> None:
    """What keeps two tables apart, as low as it can be: Word makes one of tables that touch."""
    _set_lines(document.add_paragraph(), 1.0)

"""A SOP as a page of HTML that prints as the form of PermenPAN-RB 35/2012: the cover, then the matrix page by page."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from pipeline.export.form.form_cover import BOXES, FIELDS, cover_fields, cover_items, instansi_lines, signature_lines
from pipeline.export.form.form_pages import Sheet, form_of
from pipeline.export.form.form_svg import draw_page
from pipeline.export.swimlanes.text_width import drawable
from pipeline.model.record import Record

SHEET = Sheet(1030.0, 696.0)
"""The room on a sheet of A4 across, in pixels of 1/96 inch."""
STYLE = """
@page { size: A4 landscape; margin: 12mm }
* { box-sizing: border-box }
body { margin: 0; color: #000; background: #fff; font: 9pt Arial, "Liberation Sans", Helvetica, sans-serif }
section + section { break-before: page }
svg { display: block; font-family: Arial, "Liberation Sans", Helvetica, sans-serif }
h1 { margin: 0 0 10px; font-size: 14px; line-height: 1.2; text-align: center }
table { width: 100%; border-collapse: collapse }
td { border: 1px solid #000; padding: 4px 6px; vertical-align: top }
.office { width: 42%; text-align: center; vertical-align: middle; font-weight: bold }
.label { width: 17% }
.boxes td { width: 50% }
.boxes b { display: block }
ol { margin: 2px 0 0; padding-left: 20px }
.name { padding-top: 34px; font-weight: bold; text-decoration: underline }
.signature { text-align: center }
@media screen { body { padding: 12mm; width: 297mm } section + section { margin-top: 12mm } }
"""


def form_html(record: Record) -> str:
    """Write one SOP as one file that needs no other: HTML with its style, drawings as SVG."""
    html = ET.Element("html", lang="id")
    head = ET.SubElement(html, "head")
    ET.SubElement(head, "meta", charset="utf-8")
    _words(ET.SubElement(head, "title"), record.header.nama_sop or record.judul or record.id)
    ET.SubElement(head, "style").text = STYLE
    body = ET.SubElement(html, "body")
    _cover(ET.SubElement(body, "section"), record)
    if record.kegiatan:
        _matrix(body, record)
    return "<!DOCTYPE html>\n" + ET.tostring(html, encoding="unicode", method="html") + "\n"


def _cover(section: ET.Element, record: Record) -> None:
    identity = ET.SubElement(section, "table")
    fields = cover_fields(record.header)
    for number, (name, label) in enumerate(FIELDS):
        row = ET.SubElement(identity, "tr")
        if number == 0:
            office = ET.SubElement(row, "td", {"class": "office", "rowspan": str(len(FIELDS))})
            _lines(office, instansi_lines(record.header))
        _words(ET.SubElement(row, "td", {"class": "label"}), label)
        if name == "disahkan_oleh":
            _signature(ET.SubElement(row, "td", {"class": "signature"}), record)
        else:
            _words(ET.SubElement(row, "td"), fields[name])
    boxes = ET.SubElement(section, "table", {"class": "boxes"})
    for pair in BOXES:
        row = ET.SubElement(boxes, "tr")
        for name, label in pair:
            cell = ET.SubElement(row, "td")
            _words(ET.SubElement(cell, "b"), f"{label}:")
            _items(cell, cover_items(record.header, name))


def _items(cell: ET.Element, items: Sequence[str]) -> None:
    """The items of a box, numbered; a single one stands alone."""
    if len(items) == 1:
        _words(ET.SubElement(cell, "div"), items[0])
    elif items:
        parent = ET.SubElement(cell, "ol")
        for item in items:
            _words(ET.SubElement(parent, "li"), item)


def _signature(cell: ET.Element, record: Record) -> None:
    for kind, line in signature_lines(record.header.disahkan_oleh):
        _words(ET.SubElement(cell, "div", {"class": kind}), line)


def _matrix(body: ET.Element, record: Record) -> None:
    form = form_of(record, SHEET)
    for number, page in enumerate(form.pages):
        section = ET.SubElement(body, "section")
        if number == 0 and form.title:
            _words(ET.SubElement(section, "h1"), "\n".join(form.title))
        draw_page(section, form, page, SHEET.width)


def _lines(parent: ET.Element, lines: Sequence[str]) -> None:
    for line in lines:
        _words(ET.SubElement(parent, "div"), line)


def _words(element: ET.Element, text: str | None) -> None:
    """Words without what HTML cannot hold; a line break stays one."""
    first, *others = drawable(text or "").split("\n")
    element.text = first
    for line in others:
        ET.SubElement(element, "br").tail = line

"""The cover of an SOP: identity table, signature, six lists."""

from __future__ import annotations

from .spec import DATE_FIELDS, LABELS, LIST_FIELDS, Cover, Style
from .table import PAD, Placed, Sheet, cell, height_of
from .text import LEADING, font_of, width_of, wrap

PRIVATE_BULLET = "\uf0b7"
SIGNING_SPACE = 2  # empty lines where the signature goes


def draw_cover(sheets: list[Sheet], cover: Cover, style: Style, width: float, height: float) -> float:
    """Draw the cover onto new sheets appended to `sheets`; the y below it on the last comes back."""
    sheet = Sheet(width, height, style)
    sheets.append(sheet)
    y = lampiran(sheet, style)
    y = identity(sheet, cover, style, y)
    if style.nama_sop == "title":
        sheet.write_centered(y + 16, cover.nama_sop.upper(), style.text_size + 1)
        y += 26
    if style.cover_pages == 2:
        sheet = Sheet(width, height, style)
        sheets.append(sheet)
        y = style.margin
    for left, right in (LIST_FIELDS[0:2], LIST_FIELDS[2:4], LIST_FIELDS[4:6]):
        y = list_pair(sheet, cover, style, y, left, right)
    if style.closing_row:
        x0, x1 = style.margin, sheet.width - style.margin
        bottom = y + height_of(style.closing_row, x1 - x0, style)
        sheet.put(cell(x0, y, x1, bottom, style.closing_row, style))
        y = bottom
    return y


def lampiran(sheet: Sheet, style: Style) -> float:
    y = style.margin
    for line in style.lampiran:
        sheet.write(sheet.width * 0.55, y + style.text_size, line, style.text_size * 0.9)
        y += style.text_size * LEADING
    return y + (6 if style.lampiran else 0)


def label(style: Style, name: str) -> str:
    return style.labels.get(name, LABELS[name])


def signature_lines(cover: Cover) -> list[str]:
    s = cover.signature
    nip = f"NIP. {s.nip}" if s.nip else ""
    return [s.jabatan, *[""] * SIGNING_SPACE, *(x for x in (s.nama, s.pangkat, nip) if x)]


def fields(cover: Cover, style: Style) -> list[tuple[str, str]]:
    """The identity table's labels and values from top to bottom."""
    signer = "\n".join(signature_lines(cover)) if style.signature == "cover" else cover.signature.jabatan
    out = [(label(style, "nomor_sop"), cover.nomor_sop)]
    out += [(label(style, f), value) for f in DATE_FIELDS if (value := getattr(cover, f)) is not None]
    out.append((label(style, "disahkan_oleh"), signer))
    return out + ([(label(style, "nama_sop"), cover.nama_sop)] if style.nama_sop == "field" else [])


def identity(sheet: Sheet, cover: Cover, style: Style, top: float) -> float:
    x0, x3 = style.margin, sheet.width - style.margin
    x1, x2 = x0 + (x3 - x0) * 0.44, x0 + (x3 - x0) * 0.62
    y = top
    rows = fields(cover, style)
    if style.stacked_fields:
        y = two_cells(sheet, style, *rows.pop(0), (x1, x2, x3), y)
        last = rows.pop() if style.nama_sop == "field" else None
        y = stacked_cells(sheet, style, rows, (x1, x2, x3), y)
        rows = [last] if last else []
    for name, value in rows:
        if style.label_cells == 1:
            y = one_cell(sheet, style, name, value, x1, x3, y)
        else:
            y = two_cells(sheet, style, name, value, (x1, x2, x3), y)
    name_lines = wrap(
        "\n".join((*cover.instansi, *style.address)), x1 - x0 - 2 * PAD, font_of(style, True), style.text_size, style
    )
    sheet.put(Placed(x0, top, x1, y, tuple(name_lines), style.text_size, True, "center", True))
    return y


def one_cell(sheet: Sheet, style: Style, name: str, value: str, x0: float, x1: float, y: float) -> float:
    text = f"{name} : {value}" if style.colon else f"{name} {value}"
    bottom = y + height_of(text, x1 - x0, style)
    sheet.put(cell(x0, y, x1, bottom, text, style))
    return bottom


def two_cells(sheet: Sheet, style: Style, name: str, value: str, xs: tuple[float, float, float], y: float) -> float:
    x1, x2, x3 = xs
    shown = f": {value}" if style.colon else value
    bottom = y + max(height_of(name, x2 - x1, style), height_of(shown, x3 - x2, style))
    block = "\n" in value
    sheet.put(cell(x1, y, x2, bottom, name, style))
    sheet.put(cell(x2, y, x3, bottom, shown, style, align="center" if block else "left"))
    return bottom


def stacked_cells(
    sheet: Sheet, style: Style, rows: list[tuple[str, str]], xs: tuple[float, float, float], y: float
) -> float:
    """All labels in one cell and all values in the next, each label in the line that its value begins in."""
    x1, x2, x3 = xs
    shown = [wrap(value or " ", x3 - x2 - 2 * PAD, font_of(style), style.text_size, style) for _, value in rows]
    names = [line for (name, _), value in zip(rows, shown, strict=True) for line in (name, *[""] * (len(value) - 1))]
    values = [line for value in shown for line in value]
    bottom = y + len(values) * style.text_size * LEADING + 2 * PAD
    sheet.put(Placed(x1, y, x2, bottom, tuple(names), style.text_size))
    sheet.put(Placed(x2, y, x3, bottom, tuple(values), style.text_size))
    return bottom


def list_pair(sheet: Sheet, cover: Cover, style: Style, y: float, *names: str) -> float:
    """Two lists side by side, their heads above them or as their first line."""
    x0, x2 = style.margin, sheet.width - style.margin
    x1 = (x0 + x2) / 2
    spans = list(zip(names, ((x0, x1), (x1, x2)), strict=True))
    colon = ":" if style.colon else ""
    if not style.heads_in_cell:
        bottom = y + max(height_of(label(style, n) + colon, b - a, style, True) for n, (a, b) in spans)
        for name, (a, b) in spans:
            sheet.put(cell(a, y, b, bottom, label(style, name) + colon, style, bold=True))
        y = bottom
    if style.list_columns == 2:
        return abreast(sheet, [(getattr(cover, n), *span) for n, span in spans], style, y)
    boxes = [listed(getattr(cover, n), label(style, n), style, b - a) for n, (a, b) in spans]
    bottom = y + max(max(len(lines) for lines, _, _ in boxes) * style.text_size * LEADING + 2 * PAD, 20)
    for (_, (a, b)), (lines, marks, hang) in zip(spans, boxes, strict=True):
        sheet.put(Placed(a, y, b, bottom, lines, style.text_size, marks=marks, hang=hang))
    return bottom


def abreast(sheet: Sheet, boxes: list[tuple[tuple[str, ...], float, float]], style: Style, y: float) -> float:
    """Boxes whose items stand in two columns without a line between them."""
    height = 0.0
    for items, a, b in boxes:
        half, middle = (len(items) + 1) // 2, (a + b) / 2
        for some, first, left, right in ((items[:half], 0, a, middle), (items[half:], half, middle, b)):
            lines, marks, hang = listed(some, "", style, right - left, first, len(items))
            for n, (line, mark) in enumerate(zip(lines, marks, strict=True)):
                baseline = y + PAD + (n + 0.95) * style.text_size * LEADING
                if mark:
                    sheet.write(left + PAD, baseline, mark)
                sheet.write(left + PAD + hang, baseline, line)
            height = max(height, len(lines) * style.text_size * LEADING + 2 * PAD)
    for _, a, b in boxes:
        sheet.put(Placed(a, y, b, y + height + PAD, (), style.text_size))
    return y + height + PAD


def listed(
    items: tuple[str, ...], head: str, style: Style, width: float, first: int = 0, count: int | None = None
) -> tuple[tuple[str, ...], tuple[str, ...], float]:
    """A list's lines, the mark before each and the indent of the text."""
    font = font_of(style)
    marked = [mark_of(style, first + i) if (count or len(items)) > 1 else "" for i in range(len(items))]
    hang = max((width_of(f"{m} ", font, style.text_size) for m in marked if m), default=0.0)
    # the head stands where the marks stand, left of the items' text
    lines, marks = ([""], [f"{head}:"]) if style.heads_in_cell or style.subheads else ([], [])
    for item, mark in zip(items, marked, strict=True):
        broken = wrap(item, width - 2 * PAD - hang, font, style.text_size, style)
        lines += broken
        place = {"first": 0, "middle": (len(broken) - 1) // 2, "last": len(broken) - 1}[style.mark_place]
        marks += [mark if n == place else "" for n in range(len(broken))]
    return tuple(lines), tuple(marks), hang


def mark_of(style: Style, index: int) -> str:
    """The mark of the item at `index` in the manner of the style: "1." gives "3.", "a." gives "c."."""
    if style.mark.startswith("1"):
        return f"{index + 1}{style.mark[1:]}"
    if style.mark == PRIVATE_BULLET:
        return "•"  # called private when the file is written
    return f"{chr(ord('a') + index)}." if style.mark == "a." else style.mark

"""The flowchart matrix: columns, head, rows over several sheets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from .spec import ABOVE, HEADS, Matrix, Row, Style
from .table import PAD, Align, Placed, Sheet, cell, height_of
from .text import LEADING, font_of, width_of

WIDTHS = {"no": 1.0, "kegiatan": 5.0, "role": 2.1, "kelengkapan": 3.0, "waktu": 2.0, "output": 3.0, "keterangan": 2.0}
SYMBOL_HEIGHT = 24.0
HANG = 16.0  # of an activity's lines behind their number


@dataclass(frozen=True)
class Column:
    key: str  # "no", "kegiatan", "role:<name>", "kelengkapan" ... or an extra column's head
    head: str
    x0: float
    x1: float

    @property
    def is_role(self) -> bool:
        return self.key.startswith("role:")


@dataclass(frozen=True)
class Part:
    """The part of a row on one sheet; `row` from 0, `first` where the row begins."""

    row: int
    sheet: int
    top: float
    bottom: float
    first: bool = True


@dataclass(frozen=True)
class Drawn:
    """Where a matrix came to stand: its columns, row parts, and the head's bottom and the table's foot by sheet."""

    columns: tuple[Column, ...]
    parts: tuple[Part, ...]
    heads: dict[int, float]
    feet: dict[int, float]


def columns_of(
    matrix: Matrix, style: Style, x0: float, x1: float, side: Literal["both", "left", "right"] = "both"
) -> tuple[Column, ...]:
    left = [*([] if style.number_inside else ["no"]), "kegiatan", *(f"role:{r}" for r in matrix.roles)]
    keys = {"both": [*left, *style.columns], "left": left, "right": list(style.columns)}[side]
    shares = [style.widths.get(k.split(":")[0], WIDTHS.get(k.split(":")[0], 2.0)) for k in keys]
    unit, out = (x1 - x0) / sum(shares), []
    for key, share in zip(keys, shares, strict=True):
        out.append(Column(key, head_of(key, style), x0, x0 + share * unit))
        x0 += share * unit
    return tuple(out)


def head_of(key: str, style: Style) -> str:
    if key.startswith("role:"):
        return key[5:]
    head = style.heads.get(key, HEADS.get(key, key))
    return f"{head} ({style.waktu_unit})" if key == "waktu" and style.waktu_unit else head


def grouped(columns: tuple[Column, ...], style: Style) -> list[tuple[str, list[Column]]]:
    """The columns under each head of the first line; a column without such a head alone under ""."""
    roles = [c for c in columns if c.is_role]
    mutu = [c for c in columns if c.key in style.columns and c.key not in ("no", "keterangan")]
    groups: list[tuple[str, list[Column]]] = []
    for column in columns:
        if style.pelaksana_head and column.is_role:
            if column is roles[0]:
                groups.append((style.pelaksana_head, roles))
        elif style.mutu_head and column in mutu:
            if column is mutu[0]:
                groups.append((style.mutu_head, mutu))
        else:
            groups.append(("", [column]))
    return groups


def draw_head(sheet: Sheet, columns: tuple[Column, ...], style: Style, top: float, overleaf: bool = False) -> float:
    """Both lines of the head; the y below it."""
    columns, dark = merged_heads(columns, style, overleaf), style.dark_head
    groups = grouped(columns, style)
    upper = style.text_size * LEADING + 2 * PAD if any(name for name, _ in groups) else 0.0
    needed = [head_height(c, style) - (0 if name else upper) for name, cs in groups for c in cs]
    if style.role_groups:
        needed = [n + style.text_size * LEADING + 2 * PAD for n in needed]
    middle, bottom = top + upper, top + upper + max(needed)
    for name, members in groups:
        if name:
            sheet.put(
                cell(members[0].x0, top, members[-1].x1, middle, name, style, bold=True, align="center", dark=dark)
            )
        for column in members:
            turn = style.role_turn if column.is_role else 0
            look = {"bold": True, "align": "center", "middle": True, "turn": turn, "dark": dark}
            y = middle if name else top
            if column.is_role and style.role_groups:
                y = put_role_group(sheet, column, [c for c in columns if c.is_role], style, y, dark)
            sheet.put(cell(column.x0, y, column.x1, bottom, column.head, style, **look))
    return bottom


def put_role_group(sheet: Sheet, column: Column, roles: list[Column], style: Style, top: float, dark: bool) -> float:
    """The head over a role column and its neighbours, drawn with the first of them; the y below it."""
    first, height = 0, style.text_size * LEADING + 2 * PAD
    for name, count in style.role_groups:
        if column in roles[first : first + count]:
            if not name:
                return top
            if column is roles[first]:
                x1 = roles[first + count - 1].x1
                sheet.put(cell(column.x0, top, x1, top + height, name, style, bold=True, align="center", dark=dark))
            return top + height
        first += count
    return top


def merged_heads(columns: tuple[Column, ...], style: Style, overleaf: bool) -> tuple[Column, ...]:
    """The columns as the head shows them: some have one head over several."""
    out: list[Column] = []
    for column in columns:
        joined = overleaf and column.key in style.merged_overleaf
        if out and (joined or (column.key == "kegiatan" and not style.number_head)):
            head = column.head if out[-1].key == "no" else out[-1].head
            out[-1] = replace(column, x0=out[-1].x0, head=head)
        else:
            out.append(column)
    return tuple(out)


def head_height(column: Column, style: Style) -> float:
    if column.is_role and style.role_turn:
        return min(90.0, width_of(column.head, font_of(style, True), style.text_size) + 2 * PAD + 2)
    return height_of(column.head, column.x1 - column.x0, style, True)


def draw_numbers(sheet: Sheet, columns: tuple[Column, ...], style: Style, top: float) -> float:
    bottom = top + style.text_size * LEADING + 2 * PAD
    for i, column in enumerate(columns, 1):
        sheet.put(cell(column.x0, top, column.x1, bottom, str(i), style, align="center"))
    return bottom


def text_at(row: Row, no: int, column: Column) -> str:
    if column.key == "no":
        return f"{no}." if row.nomor is None else row.nomor
    if column.key == "kegiatan":
        return row.uraian
    return "" if column.is_role else row.cells.get(column.key, "")


def numbered(column: Column, height: float, text: str, style: Style) -> Placed:
    """An activity's cell with the mark of each of its lines, if any, at its left."""
    lines: list[str] = []
    marks: list[str] = []
    for line in text.split("\n"):
        mark, _, rest = line.partition(" ")
        broken = cell(column.x0 + HANG, 0, column.x1, height, rest, style).lines
        lines += broken
        marks += [mark, *[""] * (len(broken) - 1)]
    placed = cell(column.x0, 0, column.x1, height, "", style)
    return replace(placed, lines=tuple(lines), marks=tuple(marks), hang=HANG)


def row_height(row: Row, no: int, columns: tuple[Column, ...], style: Style) -> float:
    texts = [(text_at(row, no, c), c.x1 - c.x0) for c in columns]
    by_text = max(height_of(text, width - style.number_inside * HANG, style) for text, width in texts if text != ABOVE)
    stacked = max((sum(s.role == r.role for s in row.symbols) for r in row.symbols), default=0)
    return max(by_text, style.row_height, stacked * (SYMBOL_HEIGHT + 8) + 8 if stacked > 1 else 0.0)


def draw_matrix(
    sheets: list[Sheet], matrix: Matrix, style: Style, new_sheet: Callable[[], Sheet], top: float | None = None
) -> Drawn:
    """Draw a matrix from y `top` of the last sheet, or on a new one, over as many sheets as it needs."""
    if top is None:
        sheets.append(new_sheet())
        top = style.margin
    if matrix.judul:
        for line in matrix.judul.split("\n"):
            sheets[-1].write_centered(top + 14, line, style.text_size + 1)
            top += 14
        top += 10
    return Press(sheets, matrix, style, new_sheet).run(top)


class Press:
    """The state of one matrix being drawn: where the pen is, and what stands already."""

    def __init__(self, sheets: list[Sheet], matrix: Matrix, style: Style, new_sheet: Callable[[], Sheet]) -> None:
        self.sheets, self.matrix, self.style, self.new_sheet = sheets, matrix, style, new_sheet
        x0, x1 = style.margin, sheets[-1].width - style.margin
        apart = style.quality_sheets != "none"
        self.columns = columns_of(matrix, style, x0, x1, "left" if apart else "both")
        self.beside = columns_of(matrix, style, x0 + 40, x1 - 40, "right") if apart else ()
        self.waiting: list[list[tuple[int, float]]] = [[]]  # by sheet: rows and heights of the sheet beside it
        self.parts: list[Part] = []
        self.heads: dict[int, float] = {}
        self.feet: dict[int, float] = {}
        self.y = 0.0

    @property
    def limit(self) -> float:
        return self.sheets[-1].height - self.style.margin - 30

    def run(self, top: float) -> Drawn:
        self.y = draw_head(self.sheets[-1], self.columns, self.style, top)
        if self.style.number_row:
            self.y = draw_numbers(self.sheets[-1], self.columns, self.style, self.y)
        self.unrule(self.y)
        self.put_strip()
        self.heads[len(self.sheets) - 1] = self.y
        for i, row in enumerate(self.matrix.rows):
            if title := self.matrix.titles.get(i + 1):
                self.put_title(title)
            self.place(i, row)
        self.feet[len(self.sheets) - 1] = self.y
        self.put_beside()
        for j, line in enumerate(self.matrix.ket):
            self.sheets[-1].write(self.style.margin, self.y + 22 + 12 * j, line)
        return Drawn(self.columns, tuple(self.parts), self.heads, self.feet)

    def put_beside(self) -> None:
        """The sheets with the rest of the columns, whose rows are as high and stand a little higher."""
        first = self.style.continuation == "head" or self.style.quality_sheets == "down" or len(self.heads) == 1
        for rows in self.waiting if self.beside else ():
            self.sheets.append(self.new_sheet())
            y = self.style.margin - 7
            if first:
                y = draw_head(self.sheets[-1], self.beside, self.style, y)
            first = self.style.continuation == "head"
            for index, height in rows:
                for column in self.beside:
                    text = text_at(self.matrix.rows[index], index + 1, column)
                    self.sheets[-1].put(cell(column.x0, y, column.x1, y + height, text, self.style))
                y += height
            self.feet[len(self.sheets) - 1] = y
        self.waiting = [[]]

    def turn_page(self) -> None:
        """A new sheet with as much of the head as the style repeats."""
        self.feet[len(self.sheets) - 1] = self.y
        if self.style.quality_sheets == "over":
            self.put_beside()
        elif self.beside:
            self.waiting.append([])
        self.sheets.append(self.new_sheet())
        self.y = self.style.margin
        if self.style.continuation == "head":
            self.y = draw_head(self.sheets[-1], self.columns, self.style, self.y, overleaf=True)
        if self.style.continuation == "numbers" or (self.style.continuation == "head" and self.style.number_row):
            self.y = draw_numbers(self.sheets[-1], self.columns, self.style, self.y)
        if self.style.open_top and self.y == self.style.margin:
            self.sheets[-1].open_top = self.y
        self.unrule(self.y)
        self.put_strip()
        self.heads[len(self.sheets) - 1] = self.y

    def unrule(self, head: float) -> None:
        """Leave out the lines between role columns, down to the head's foot or all of them."""
        if self.style.role_rulings != "all":
            self.sheets[-1].unruled = {c.x1 for c in self.columns if c.is_role} - {
                [c for c in self.columns if c.is_role][-1].x1
            }
            self.sheets[-1].unruled_to = head if self.style.role_rulings == "body" else float("inf")

    def put_strip(self) -> None:
        """An empty low row."""
        if self.style.strips:
            bottom = self.y + 0.9 * self.style.text_size
            self.sheets[-1].put(*(cell(c.x0, self.y, c.x1, bottom, "", self.style) for c in self.columns))
            self.y = bottom

    def put_title(self, title: str) -> None:
        """A row over all columns that is no activity."""
        bottom = self.y + self.style.text_size * LEADING + 2 * PAD
        x0, x1 = self.columns[0].x0, self.columns[-1].x1
        self.sheets[-1].put(cell(x0, self.y, x1, bottom, title, self.style, bold=True))
        self.y = bottom

    def place(self, index: int, row: Row) -> None:
        height = row_height(row, index + 1, (*self.columns, *self.beside), self.style)
        texts = {c: text_at(row, index + 1, c) for c in self.columns}
        cells = [cell(c.x0, 0, c.x1, height, "" if t == ABOVE else t, self.style) for c, t in texts.items()]
        if self.style.number_inside:
            cells[0] = numbered(self.columns[0], height, f"{index + 1}. {row.uraian}", self.style)
        room = self.limit - self.y
        if height > room:
            keep = self.lines_that_fit(room)
            if self.style.split_rows and keep >= 2 and any(len(c.lines) > keep for c in cells):
                self.put(index, texts, [replace(c, lines=c.lines[:keep]) for c in cells], room, first=True)
                cells = [replace(c, lines=c.lines[keep:]) for c in cells]
                height = max(len(c.lines) for c in cells) * self.style.text_size * LEADING + 2 * PAD
                self.turn_page()
                self.put(index, texts, cells, height, first=False)
                return
            self.turn_page()
        self.put(index, texts, cells, height, first=True)

    def lines_that_fit(self, room: float) -> int:
        """How many lines of a row may stand on this sheet; none where a symbol would not fit."""
        fit = int((room - 2 * PAD) / (self.style.text_size * LEADING))
        return fit if room >= self.style.row_height else 0

    def put(self, index: int, texts: dict[Column, str], cells: list[Placed], height: float, first: bool) -> None:
        """One row part: its cells, those merged with the cell above by moving that cell's bottom."""
        sheet = self.sheets[-1]
        top, bottom = self.y, self.y + height
        for column, placed in zip(self.columns, cells, strict=True):
            align: Align = "left" if column.key in ("kegiatan", "kelengkapan", "output", "keterangan") else "center"
            placed = replace(placed, top=top, bottom=bottom, align=align)
            above = self.cell_above(sheet, column, top) if texts[column] == ABOVE else None
            if above is None:
                sheet.put(placed)
                if column.key == "kegiatan" and self.style.lines_in_activity:
                    sheet.extra.append(("h", top + PAD + placed.size * LEADING, column.x0, column.x1))
            else:
                sheet.cells[sheet.cells.index(above)] = replace(above, bottom=bottom, middle=True)
        self.parts.append(Part(index, len(self.sheets) - 1, top, bottom, first))
        self.waiting[-1].append((index, height))
        self.y = bottom

    def cell_above(self, sheet: Sheet, column: Column, top: float) -> Placed | None:
        """The body cell that ends where this one begins; none right below the head."""
        if top == self.heads[len(self.sheets) - 1]:
            return None
        return next((c for c in sheet.cells if c.x0 == column.x0 and c.x1 == column.x1 and c.bottom == top), None)

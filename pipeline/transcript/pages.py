"""Covers and matrices of a transcript as made-up pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from pipeline.model.issue import Issue
from pipeline.model.page import Page
from pipeline.transcript.cover import LEFT, Cover
from pipeline.transcript.heads import Head
from pipeline.transcript.parts import MatrixSheet, Sheet
from pipeline.transcript.sheet import (
    Paragraph,
    Part,
    SheetCell,
    SheetTable,
    inside_width,
    lay_out,
    padded,
    text_width,
    widest_word,
    wrapped,
)
from pipeline.transcript.tokens import Dictionary, TextLine, line_of, said, text_of
from pipeline.transcript.vocabulary import Vocabulary

_LEAST = {"no": 2.0, "pelaksana": 6.0}  # the narrowest a column gets, in text sizes
_SLACK = 4.0  # in text sizes: beyond a column's widest word, so that its lines do not seem to break words
_ROOM = 14.0  # in text sizes: beyond the longest item, so that none seems to go on in the next line


def pages_of(sheets: Sequence[Sheet], words: Dictionary, vocabulary: Vocabulary) -> tuple[Page, ...]:
    """A page per sheet, from 1."""
    return tuple(_page(number, sheet, sheets, words, vocabulary) for number, sheet in enumerate(sheets, 1))


def _page(number: int, sheet: Sheet, sheets: Sequence[Sheet], words: Dictionary, vocabulary: Vocabulary) -> Page:
    size = words.settings.text_size
    if isinstance(sheet, Cover):
        return lay_out(number, _cover_parts(sheet, size, vocabulary), _cover_issues(sheet, number), size)
    if isinstance(sheet, MatrixSheet):
        same = [other for other in sheets if isinstance(other, MatrixSheet) and other.sop == sheet.sop]
        parts = _matrix_parts(sheet, _columns(same, words, size), words, size)
        return lay_out(number, parts, _matrix_issues(sheet, number), size)
    return lay_out(number, [Paragraph(lines) for lines in sheet.paragraphs], (), size)


def _cover_parts(cover: Cover, size: float, vocabulary: Vocabulary) -> list[Part]:
    labels = [(line_of(vocabulary.headings.cover[name][0]), lines) for name, lines in cover.fields.items()]
    left = [(name, lines) for name, lines in cover.boxes.items() if name in LEFT]
    right = [(name, lines) for name, lines in cover.boxes.items() if name not in LEFT]
    rows = max(len(labels), 1)
    cells = [SheetCell(0, rows, 0, 1, cover.instansi)]
    for row, (label, lines) in enumerate(labels):
        cells += [SheetCell(row, row + 1, 1, 2, (label,)), SheetCell(row, row + 1, 2, 3, lines)]
    if not labels:
        cells.append(SheetCell(0, 1, 1, 3))
    for row, pair in zip(
        range(rows, rows + 2 * len(vocabulary.headings.boxes), 2), zip_longest(left, right), strict=False
    ):
        for (start, end), box in zip(((0, 1), (1, 3)), pair, strict=True):
            head = (line_of(vocabulary.headings.boxes[box[0]][0]),) if box else ()
            cells += [
                SheetCell(row, row + 1, start, end, head),
                SheetCell(row + 1, row + 2, start, end, box[1] if box else ()),
            ]
    table = SheetTable(_cover_widths(cover, [label for label, _ in labels], left, right, size), tuple(cells))
    return [Paragraph(cover.heading), table] if cover.heading else [table]


Box = tuple[str, tuple[TextLine, ...]]


def _cover_widths(
    cover: Cover, labels: Sequence[TextLine], left: Sequence[Box], right: Sequence[Box], size: float
) -> tuple[float, ...]:
    """Three columns: the body and the left boxes, the labels, the values; the right boxes stand under the last two."""
    room = _ROOM * size if cover.whole else 0.2 * size
    first = max(
        _longest(cover.instansi, size), _longest([line for _, lines in left for line in lines], size) + room, 15 * size
    )
    label = max(_longest(labels, size), 8 * size) + size
    value = _longest([line for lines in cover.fields.values() for line in lines], size) + size
    behind = _longest([line for _, lines in right for line in lines], size) + room
    return first + size, label + size, max(value, behind - label, 15 * size) + size


def _longest(lines: Sequence[TextLine], size: float) -> float:
    return max((text_width(text_of(line), size) for line in lines), default=0.0)


@dataclass(frozen=True)
class _Columns:
    """A matrix's columns, the same on all its pages: their widths, and in points the room that head and body lines
    had in the document, as far as the words they broke tell.
    """

    widths: tuple[float, ...]
    head: tuple[float, ...]
    body: tuple[float, ...]


def _columns(sheets: Sequence[MatrixSheet], words: Dictionary, size: float) -> _Columns:
    columns = sheets[0].table.columns
    cells = [[line_of(step[i]) for sheet in sheets for step in sheet.table.steps] for i in range(len(columns))]
    head = _rooms([[column.head] for column in columns], words, size)
    body = _rooms(cells, words, size)
    rooms = (
        max(above, below, _LEAST.get(column.kind, 3.0) * size)
        for column, above, below in zip(columns, head, body, strict=True)
    )
    return _Columns(tuple(padded(room, size) for room in rooms), head, body)


def _rooms(columns: Sequence[Sequence[TextLine]], words: Dictionary, size: float) -> tuple[float, ...]:
    """The room of each column's lines: its widest word, where words were broken, and more where none was."""
    broken = any(words.breaks(text_of(line)) for lines in columns for line in lines)
    slack = 0.0 if broken else _SLACK * size
    return tuple(width + slack if (width := widest_word(lines, size)) else 0.0 for lines in columns)


def _filling(line: TextLine, rows: tuple[int, int], col: int, room: float, width: float, size: float) -> SheetCell:
    """A cell whose lines are broken to `room` and set so wide that a full one fills the column's `width`."""
    stretch = inside_width(width, size) / room if room else 1.0
    return SheetCell(*rows, col, col + 1, wrapped(line, room, size), stretch)


def _matrix_parts(sheet: MatrixSheet, columns: _Columns, words: Dictionary, size: float) -> list[Part]:
    table = sheet.table
    cells = _head_cells(table.head, columns, size) if table.head else []
    row = max((cell.row_end for cell in cells), default=0)
    if table.numbered:
        cells += [SheetCell(row, row + 1, col, col + 1, (line_of(str(col + 1)),)) for col in range(len(columns.widths))]
        row += 1
    for index, step in enumerate(table.steps, row):
        for col, (column, text) in enumerate(zip(table.columns, step, strict=True)):
            if column.kind == "pelaksana":
                cells.append(SheetCell(index, index + 1, col, col + 1, (line_of(text),) if text else ()))
            else:
                room, width = columns.body[col], columns.widths[col]
                cells.append(_filling(said(text, words), (index, index + 1), col, room, width, size))
    return [*map(Paragraph, sheet.title), SheetTable(columns.widths, tuple(cells)), *map(Paragraph, sheet.below)]


def _head_cells(head: Head, columns: _Columns, size: float) -> list[SheetCell]:
    """Heads over several columns above the heads of those; the others as high as both."""
    spans = {name: head.span(name) for name in head.groups if head.span(name)}
    rows = 2 if spans else 1
    cells = [SheetCell(0, 1, span.start, span.stop, (head.groups[name],)) for name, span in spans.items()]
    for col, column in enumerate(head.columns):
        top = 1 if any(col in span for span in spans.values()) else 0
        cells.append(_filling(column.head, (top, rows), col, columns.head[col], columns.widths[col], size))
    return cells


def _cover_issues(cover: Cover, number: int) -> list[Issue]:
    return _debris(cover.debris, number)


def _matrix_issues(sheet: MatrixSheet, number: int) -> list[Issue]:
    issues = _debris(sheet.table.head.debris if sheet.table.head else (), number)
    if sheet.table.shifted:
        rows = ", ".join(sheet.table.shifted)
        message = f"page {number}: rows {rows} had lost or gained empty cells and were put under the columns they fit"
        issues.append(Issue(code="rows-realigned", severity="info", message=message))
    return issues


def _debris(texts: Sequence[str], number: int) -> list[Issue]:
    """What was read and taken for nothing, told word by word."""
    said = list(dict.fromkeys(text for text in texts if text))
    if not said:
        return []
    listed = ", ".join(f'"{text}"' for text in said)
    return [Issue(code="transcript-debris", severity="info", message=f"page {number}: not taken for data: {listed}")]

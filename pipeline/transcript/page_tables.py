"""Covers and matrices of a transcript as tables whose columns are as wide as their words need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from pipeline.settings import TranscriptSettings
from pipeline.transcript.column_heads import HeadText
from pipeline.transcript.cover_text import LEFT_BOXES, CoverText
from pipeline.transcript.dictionary import Dictionary, TextLine, line_of, text_of
from pipeline.transcript.known_words import KnownWords
from pipeline.transcript.matrix_text import MatrixText
from pipeline.transcript.mending import mended_words
from pipeline.transcript.typesetting import (
    Lines,
    UnplacedCell,
    UnplacedTable,
    inside_width,
    longest,
    padded,
    widest_word,
    wrapped,
)

# A cover's columns: the issuing body and the left boxes, the labels, the values; right boxes stand under the last two.
BODY, LABEL, VALUE = range(3)
COVER_COLUMNS = 3
SIDES = (range(BODY, LABEL), range(LABEL, COVER_COLUMNS))


@dataclass(frozen=True, slots=True)
class BoxPlace:
    """Where one of the six boxes of a cover stands: its label in `row`, its text in the row below, in `columns`."""

    name: str
    row: int
    columns: range


def box_places(cover: CoverText) -> Iterator[BoxPlace]:
    """The boxes of a cover, those of either side below one another, under the identity fields."""
    first = max(len(cover.fields), 1)
    for columns in SIDES:
        names = [name for name in cover.boxes if (name in LEFT_BOXES) == (columns.start == BODY)]
        yield from (BoxPlace(name, first + 2 * place, columns) for place, name in enumerate(names))


def cover_table(cover: CoverText, known: KnownWords, settings: TranscriptSettings) -> UnplacedTable:
    """A cover as one table: the identity fields beside the issuing body, the boxes in two columns below."""
    labels = [line_of(known.headings.cover[name][0]) for name in cover.fields]
    cells = [UnplacedCell(0, max(len(labels), 1), BODY, LABEL, cover.instansi)]
    for row, (label, lines) in enumerate(zip(labels, cover.fields.values(), strict=True)):
        cells += [_cell(row, range(LABEL, VALUE), (label,)), _cell(row, range(VALUE, COVER_COLUMNS), lines)]
    if not labels:
        cells.append(_cell(0, range(LABEL, COVER_COLUMNS)))
    boxes = {(place.row, place.columns): place.name for place in box_places(cover)}
    for row, columns in product(sorted({row for row, _ in boxes}), SIDES):
        name = boxes.get((row, columns))
        head = (line_of(known.headings.boxes[name][0]),) if name else ()
        cells += [_cell(row, columns, head), _cell(row + 1, columns, cover.boxes[name] if name else ())]
    return UnplacedTable(_cover_widths(cover, labels, settings), tuple(cells))


def _cell(row: int, columns: range, lines: Lines = ()) -> UnplacedCell:
    return UnplacedCell(row, row + 1, columns.start, columns.stop, lines)


def _cover_widths(cover: CoverText, labels: Sequence[TextLine], settings: TranscriptSettings) -> tuple[float, ...]:
    """As wide as the longest lines; where items run on in one line, so wide that none seems to go on in the next."""
    size = settings.text_size
    room = (settings.item_room if cover.whole else settings.line_room) * size
    left = [line for name, lines in cover.boxes.items() if name in LEFT_BOXES for line in lines]
    right = [line for name, lines in cover.boxes.items() if name not in LEFT_BOXES for line in lines]
    least = settings.least_cover_column * size
    first = max(longest(cover.instansi, settings), longest(left, settings) + room, least)
    label = max(longest(labels, settings), settings.least_label_column * size) + size
    value = longest((line for lines in cover.fields.values() for line in lines), settings) + size
    return first + size, label + size, max(value, longest(right, settings) + room - label, least) + size


@dataclass(frozen=True)
class MatrixColumns:
    """A matrix's columns, the same on all its pages, in points.

    `head` and `body` are the room that head and body lines had in the document, as far as the words they broke tell.
    """

    widths: tuple[float, ...]
    head: tuple[float, ...]
    body: tuple[float, ...]


def matrix_columns(tables: Sequence[MatrixText], dictionary: Dictionary) -> MatrixColumns:
    """The columns of a matrix by the words of all its tables."""
    columns, settings = tables[0].columns, dictionary.settings
    cells = [[line_of(step[index]) for table in tables for step in table.steps] for index in range(len(columns))]
    head = _rooms([[column.head] for column in columns], dictionary)
    body = _rooms(cells, dictionary)
    least = {"no": settings.least_number_column, "pelaksana": settings.least_role_column}
    rooms = (
        max(above, below, least.get(column.kind, settings.least_column) * settings.text_size)
        for column, above, below in zip(columns, head, body, strict=True)
    )
    return MatrixColumns(tuple(padded(room, settings) for room in rooms), head, body)


def _rooms(columns: Sequence[Sequence[TextLine]], dictionary: Dictionary) -> tuple[float, ...]:
    """The room of each column's lines: its widest word, where words were broken, and more where none was."""
    settings = dictionary.settings
    broken = any(dictionary.breaks(text_of(line)) for lines in columns for line in lines)
    slack = 0.0 if broken else settings.column_slack * settings.text_size
    return tuple(width + slack if (width := widest_word(lines, settings)) else 0.0 for lines in columns)


def group_columns(head: HeadText) -> dict[str, range]:
    """The columns below each head over several of them, by its name."""
    return {name: span for name in head.groups if (span := head.span(name))}


def head_rows(table: MatrixText) -> int:
    """How many rows of the table stand above its first step."""
    rows = (2 if group_columns(table.head) else 1) if table.head else 0
    return rows + table.numbered


def matrix_table(table: MatrixText, columns: MatrixColumns, dictionary: Dictionary) -> UnplacedTable:
    """A table of a matrix: its head, the row that counts the columns, its steps."""
    settings, first = dictionary.settings, head_rows(table)
    cells = _head_cells(table.head, columns, settings) if table.head else []
    if table.numbered:
        count = range(len(columns.widths))
        cells += [_cell(first - 1, range(col, col + 1), (line_of(str(col + 1)),)) for col in count]
    for row, step in enumerate(table.steps, first):
        for col, (column, text) in enumerate(zip(table.columns, step, strict=True)):
            if column.kind == "pelaksana":
                cells.append(_cell(row, range(col, col + 1), (line_of(text),) if text else ()))
            else:
                cells.append(
                    _filled(
                        mended_words(text, dictionary), range(row, row + 1), col, columns.body[col], columns, settings
                    )
                )
    return UnplacedTable(columns.widths, tuple(cells))


def _head_cells(head: HeadText, columns: MatrixColumns, settings: TranscriptSettings) -> list[UnplacedCell]:
    """Heads over several columns above the heads of those; the others as high as both."""
    groups = group_columns(head)
    cells = [_cell(0, span, (head.groups[name],)) for name, span in groups.items()]
    for col, column in enumerate(head.columns):
        rows = range(1 if any(col in span for span in groups.values()) else 0, 2 if groups else 1)
        cells.append(_filled(column.head, rows, col, columns.head[col], columns, settings))
    return cells


def _filled(
    line: TextLine, rows: range, col: int, room: float, columns: MatrixColumns, settings: TranscriptSettings
) -> UnplacedCell:
    """A cell whose lines are broken to `room` and set so wide that a full one fills its column."""
    stretch = inside_width(columns.widths[col], settings) / room if room else 1.0
    return UnplacedCell(rows.start, rows.stop, col, col + 1, wrapped(line, room, settings), stretch)

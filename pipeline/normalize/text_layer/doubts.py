"""The doubts about a draft's text layer, as issues on the fields that they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.message import msg
from pipeline.model.draft import Draft, HeaderDraft, MatrixDraft
from pipeline.model.issue import Issue
from pipeline.model.page import CellText
from pipeline.model.pointer import pointer
from pipeline.normalize.text_layer import columns, cover
from pipeline.normalize.text_layer.letter_widths import LetterWidths
from pipeline.normalize.text_layer.lines import Sides, room_in
from pipeline.settings import TextDoubtSettings

Found = Iterator[tuple[str, str, str]]
"""A doubt's code, the JSON pointer of the field, and the words."""

_FIELDS = {
    "no": "nomor",
    "kegiatan": "uraian",
    "kelengkapan": "mutu_baku/kelengkapan",
    "waktu": "mutu_baku/waktu",
    "output": "mutu_baku/output",
    "keterangan": "keterangan",
}  # where a column's cells go in a step of the record
_MESSAGES = {
    "letters-misfit": msg("wider or narrower than the letters read: {words}"),
    "words-missing": msg("room for words that were not read: {words}"),
    "text-out-of-line": msg("does not stand where the others of its column or block stand: {words}"),
    "text-across-border": msg("goes over the border of its cell: {words}"),
    "text-beside-cell": msg("empty, while this stands beside it: {words}"),
}


def layer_doubts(draft: Draft, widths: LetterWidths, settings: TextDoubtSettings) -> list[Issue]:
    """Find the fields whose words do not stand as the words of a text do: one issue for each field and kind."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, path, text in _all(draft, widths, settings):
        if text not in found[code, path]:
            found[code, path].append(text)
    return [
        Issue.of(code, "info", _MESSAGES[code].format(words=", ".join(f'"{text}"' for text in texts)), path)
        for (code, path), texts in found.items()
    ]


def _all(draft: Draft, widths: LetterWidths, settings: TextDoubtSettings) -> Found:
    for path, cell in cells_by_pointer(draft):
        yield from (("letters-misfit", path, word.text) for word in cell.words if widths.is_odd(word))
    if draft.header is not None:
        yield from _cover_doubts(draft.header, settings)
    if draft.matrix is not None:
        yield from _matrix_doubts(draft.matrix, settings)


def _cover_doubts(header: HeaderDraft, settings: TextDoubtSettings) -> Found:
    for path, cell in _cover_cells(header):
        yield from (("words-missing", path, text) for text in room_in(cell, Sides.of([cell]), settings))
    yield from (("text-out-of-line", path, text) for path, text in cover.out_of_line(header, settings))


def _matrix_doubts(matrix: MatrixDraft, settings: TextDoubtSettings) -> Found:
    for column in matrix.columns:
        cells = [(n, row.cells[column.index]) for n, row in enumerate(matrix.rows) if column.index in row.cells]
        sides = Sides.of([cell for _, cell in cells])
        for n, cell in cells if column.kind in _FIELDS else ():
            yield from (("words-missing", _path(n, column.kind), text) for text in room_in(cell, sides, settings))
    checks = {
        "text-out-of-line": columns.out_of_line(matrix, settings),
        "text-across-border": columns.across_borders(matrix, settings),
        "text-beside-cell": columns.beside_roles(matrix),
    }
    for code, found in checks.items():
        yield from ((code, _path(n, column.kind), text) for n, column, text in found if column.kind in _FIELDS)


def cells_by_pointer(draft: Draft) -> Iterator[tuple[str, CellText]]:
    """List the cells of a draft that have a field of the record to themselves, with its JSON pointer."""
    if draft.header is not None:
        yield from _cover_cells(draft.header)
    if draft.matrix is not None:
        kinds = {column.index: column.kind for column in draft.matrix.columns}
        heads = [column.head for column in draft.matrix.columns if column.kind == "pelaksana"]
        yield from ((pointer("pelaksana", n), head) for n, head in enumerate(heads))
        for n, row in enumerate(draft.matrix.rows):
            yield from ((_path(n, kinds[i]), cell) for i, cell in row.cells.items() if kinds[i] in _FIELDS)


def _cover_cells(header: HeaderDraft) -> Iterator[tuple[str, CellText]]:
    yield from ((pointer("header", name), cell) for name, cell in header.fields.items())
    yield from ((pointer("header", "disahkan_oleh", name), cell) for name, cell in header.signature.items())


def _path(row: int, kind: str) -> str:
    return pointer("kegiatan", row, *_FIELDS[kind].split("/"))

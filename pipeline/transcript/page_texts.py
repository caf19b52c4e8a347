"""A transcript's blocks put together as covers, matrices and the text around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.message import msg
from pipeline.model.issue import Issue
from pipeline.transcript.blocks import Row, TextBlock
from pipeline.transcript.boxes import Lines, first_box_row
from pipeline.transcript.column_heads import HeadText, agreed_heads
from pipeline.transcript.cover_text import (
    CoverText,
    is_cover,
    known_lines,
    opens_box,
    read_cover_table,
    split_by_known,
    with_lost_ends,
    with_paragraphs,
)
from pipeline.transcript.dictionary import Dictionary, line_of
from pipeline.transcript.identity import label_column
from pipeline.transcript.known_words import KnownWords
from pipeline.transcript.matrix_text import MatrixText, is_matrix, read_matrix, table_head
from pipeline.transcript.merged_columns import KnownLines
from pipeline.transcript.page_tables import cover_table, matrix_columns, matrix_table
from pipeline.transcript.typesetting import PlacedPage, place_page

_TITLE = re.compile(r"(?:sop|standar|prosedur)\b", re.IGNORECASE)
_SIGNED = re.compile(r"\bNIP\b|,$", re.IGNORECASE)


@dataclass
class CoverBlocks:
    """The blocks of a cover: paragraphs above its table, its rows, paragraphs below."""

    above: list[TextBlock]
    rows: list[Row]
    below: list[TextBlock] = field(default_factory=list)


@dataclass
class MatrixBlocks:
    """One table of a matrix, with its title above and what stands below it."""

    title: list[TextBlock]
    rows: list[Row]
    below: list[TextBlock] = field(default_factory=list)


@dataclass(frozen=True)
class MatrixPageText:
    """One table of a matrix, the paragraphs above and below it, and the number of the matrix it is a part of."""

    title: tuple[Lines, ...]
    table: MatrixText
    below: tuple[Lines, ...]
    sop: int


@dataclass(frozen=True)
class OtherText:
    """Paragraphs that belong to neither."""

    paragraphs: tuple[Lines, ...]


PageText = CoverText | MatrixPageText | OtherText


def page_texts_of(blocks: Sequence[TextBlock], dictionary: Dictionary, known: KnownWords) -> list[PageText]:
    """Put blocks together as one page per cover and per table of a matrix, in order, and one for the rest."""
    parts, rest = _parts(blocks, dictionary, known)
    covers = _covers([part for part in parts if isinstance(part, CoverBlocks)], dictionary, known)
    matrices = _matrices([part for part in parts if isinstance(part, MatrixBlocks)], dictionary, known)
    page_texts: list[PageText] = [covers.pop(0) if isinstance(part, CoverBlocks) else matrices.pop(0) for part in parts]
    return [*page_texts, OtherText(_lines(rest))] if rest else page_texts


def _matrices(parts: Sequence[MatrixBlocks], dictionary: Dictionary, known: KnownWords) -> list[MatrixPageText]:
    """All tables of matrices; one without a head goes on with the one before it."""
    heads = [table_head(part.rows, dictionary, known) for part in parts]
    agreed = iter(agreed_heads([head for head in heads if head], dictionary, known))
    page_texts: list[MatrixPageText] = []
    before: HeadText | None = None
    for sop, (part, found) in enumerate(zip(parts, heads, strict=True)):
        head = next(agreed) if found else None
        table = read_matrix(part.rows, head, before, dictionary, known)
        before = head or before
        goes_on = head is None and page_texts and len(page_texts[-1].table.columns) == len(table.columns)
        same = page_texts[-1].sop if goes_on else sop
        page_texts.append(MatrixPageText(_lines(part.title), table, _lines(part.below), same))
    return page_texts


def _parts(
    blocks: Sequence[TextBlock], dictionary: Dictionary, known: KnownWords
) -> tuple[list[CoverBlocks | MatrixBlocks], list[TextBlock]]:
    """Covers and matrix tables in order, with the paragraphs that belong to them; the rest where there are none."""
    parts: list[CoverBlocks | MatrixBlocks] = []
    pending: list[TextBlock] = []
    for block in blocks:
        last = parts[-1] if parts else None
        cover = last if isinstance(last, CoverBlocks) else None
        if block.rows and is_matrix(block.rows, known, dictionary.settings):
            parts.append(MatrixBlocks(pending or _title_of(cover), list(block.rows)))
            pending = []
        elif block.rows and is_cover(block.rows, dictionary, known):
            if cover and not pending and _only_boxes(block, dictionary, known):
                cover.rows += block.rows
            else:
                parts.append(CoverBlocks(_unsigned(pending, last), list(block.rows)))
                pending = []
        elif cover and (cover.below or opens_box(block, dictionary, known)):
            cover.below.append(_as_text(block))
        else:
            pending.append(_as_text(block))
    if parts and pending:
        parts[-1].below += pending
        pending = []
    return parts, pending


def _only_boxes(block: TextBlock, dictionary: Dictionary, known: KnownWords) -> bool:
    return (
        label_column(block.rows, known, dictionary.settings) is None
        and first_box_row(block.rows, dictionary, known) == 0
    )


def _title_of(cover: CoverBlocks | None) -> list[TextBlock]:
    """A title that closes the paragraphs of a cover, taken from them: the matrix's own."""
    if cover and len(cover.below) > 1 and len(cover.below[-1].lines) == 1 and _TITLE.match(cover.below[-1].text):
        return [cover.below.pop()]
    return []


def _unsigned(pending: list[TextBlock], last: CoverBlocks | MatrixBlocks | None) -> list[TextBlock]:
    """The paragraphs before a cover that are its own; a signature goes to the matrix before it."""
    ends = [index for index, block in enumerate(pending) if any(_SIGNED.search(line) for line in block.lines)]
    if not ends or not isinstance(last, MatrixBlocks):
        return pending
    last.below += pending[: ends[-1] + 1]
    return pending[ends[-1] + 1 :]


def _as_text(block: TextBlock) -> TextBlock:
    """A table that is neither, as the lines it has."""
    if not block.rows:
        return block
    lines = (" ".join(cell for cell in row if cell) for row in block.rows)
    return TextBlock(block.line, tuple(line for line in lines if line))


def _covers(parts: Sequence[CoverBlocks], dictionary: Dictionary, known: KnownWords) -> list[CoverText]:
    """All covers; those that lost their columns or lines are read with the help of those that did not."""
    first = [_cover(part, KnownLines(), dictionary, known) for part in parts]
    seen = known_lines(cover for cover in first if not (cover.whole or cover.merged))
    again = [
        _cover(part, seen, dictionary, known) if cover.merged else cover
        for part, cover in zip(parts, first, strict=True)
    ]
    least = dictionary.settings.least_item
    return [with_lost_ends(split_by_known(cover, again, least), again, dictionary) for cover in again]


def _cover(part: CoverBlocks, seen: KnownLines, dictionary: Dictionary, known: KnownWords) -> CoverText:
    cover = read_cover_table(part.rows, seen, dictionary, known)
    return with_paragraphs(cover, part.above, part.below, dictionary, known)


def _lines(blocks: Sequence[TextBlock]) -> tuple[Lines, ...]:
    return tuple(tuple(line_of(line) for line in block.lines) for block in blocks)


def place_pages(page_texts: Sequence[PageText], dictionary: Dictionary, known: KnownWords) -> list[PlacedPage]:
    """Place the text of every page, numbered from 1."""
    return [_placed(number, page_text, page_texts, dictionary, known) for number, page_text in enumerate(page_texts, 1)]


def _placed(
    number: int, page_text: PageText, page_texts: Sequence[PageText], dictionary: Dictionary, known: KnownWords
) -> PlacedPage:
    settings = dictionary.settings
    if isinstance(page_text, CoverText):
        heading = [page_text.heading] if page_text.heading else []
        table = cover_table(page_text, known, settings)
        return place_page(number, heading, table, [], _debris(page_text.debris, number), settings)
    if isinstance(page_text, MatrixPageText):
        same = [other.table for other in page_texts if isinstance(other, MatrixPageText) and other.sop == page_text.sop]
        table = matrix_table(page_text.table, matrix_columns(same, dictionary), dictionary)
        return place_page(number, page_text.title, table, page_text.below, _matrix_issues(page_text, number), settings)
    return place_page(number, page_text.paragraphs, None, [], [], settings)


def _matrix_issues(page_text: MatrixPageText, number: int) -> list[Issue]:
    issues = _debris(page_text.table.head.debris if page_text.table.head else (), number)
    if page_text.table.shifted:
        rows = ", ".join(page_text.table.shifted)
        message = msg(
            "page {page}: rows {rows} had lost or gained empty cells and were put under the columns they fit",
            page=number,
            rows=rows,
        )
        issues.append(Issue.of("rows-realigned", "info", message))
    return issues


def _debris(texts: Iterable[str], number: int) -> list[Issue]:
    """What was read and taken for nothing, told word by word."""
    told = list(dict.fromkeys(text for text in texts if text))
    if not told:
        return []
    listed = ", ".join(f'"{text}"' for text in told)
    message = msg("page {page}: not taken for data: {words}", page=number, words=listed)
    return [Issue.of("transcript-debris", "info", message)]

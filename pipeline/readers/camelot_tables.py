"""What camelot's parser for tables without ruling lines sees in the words of a page.

The words are set anew on a sheet of their own, upright and where they stand on the page, and camelot reads that. So its
coordinates are the page's, whatever the file's rotation, crop box, user unit or password; only the words of the table
are on the sheet; and a scanned page, of which camelot could read nothing, is as good as any other.

Of camelot's parsers `network` fits these tables best (the F1 of its column edges is 0.93 on matrices of real documents
whose lines were taken away, that of `stream` 0.78), and `hybrid` sees what `network` does.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.model.geometry import Box
from pipeline.model.grid import TextTable
from pipeline.model.page import Page, Word
from pipeline.readers.camelot_frames import without_frames

PARSER = "network"
LETTER = 0.5  # width of Helvetica's x in em: camelot needs only places, so every letter is set as x
DESCENT = 0.207  # how deep Helvetica's letters reach below the base line, in em
MARGIN = 2.0  # points around the area, so that no word lies on its edge


def text_tables(page: Page, area: Box, words: Sequence[Word]) -> tuple[TextTable, ...]:
    """Parse words as tables without ruling lines.

    Args:
        page: The page of the words.
        area: Where on it tables are looked for.
        words: What the parser sees.

    Returns:
        The tables that it finds; none where there are no words, or where they are beyond it.
    """
    if not words:
        return ()
    sheet, height, around = sheet_of(page.width, page.height, words), page.height, area.grown(MARGIN)
    place = f"{around.x0:.2f},{height - around.top:.2f},{around.x1:.2f},{height - around.bottom:.2f}"
    with warnings.catch_warnings(), without_frames() as read_pdf:
        warnings.simplefilter("ignore")
        try:
            found = read_pdf(sheet, pages="1", flavor=PARSER, table_areas=[place], suppress_stdout=True)
        except (ArithmeticError, LookupError, ValueError):
            return ()
    return tuple(_table(table, height) for table in found if table.cols and table.rows)


def _table(table: Any, height: float) -> TextTable:
    """Camelot's (left, right) and (top, bottom) pairs, bottom-left origin, as edges with the origin at the top."""
    xs = sorted({round(float(x), 2) for column in table.cols for x in column})
    ys = sorted({round(height - float(y), 2) for row in table.rows for y in row})
    return TextTable(PARSER, tuple(xs), tuple(ys))


def sheet_of(width: float, height: float, words: Iterable[Word]) -> bytes:
    """Write a PDF of one page with a run of letters in every word's box.

    Words that are not upright are set upright, at the height of their middle.

    Args:
        width: Of the page, in points.
        height: Of the page, in points.
        words: What to set.
    """
    stream = "\n".join(_set(word, height) for word in words).encode("ascii")
    return _file(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.3f} {height:.3f}] /Contents 4 0 R"
        " /Resources << /Font << /F 5 0 R >> >> >>".encode("ascii"),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def _set(word: Word, height: float) -> str:
    box, count = word.box, max(1, len(word.text))
    size = box.height if word.orientation.is_horizontal else min(box.width, box.height)
    stretch = box.width / (count * LETTER)
    base = height - (box.center[1] + size / 2) + DESCENT * size
    return f"BT /F 1 Tf {stretch:.4f} 0 0 {size:.3f} {box.x0:.3f} {base:.3f} Tm ({'x' * count}) Tj ET"


def _file(*objects: bytes) -> bytes:
    """A PDF file of these objects, numbered from 1; the first is its catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        len(out),
    )

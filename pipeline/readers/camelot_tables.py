"""What camelot's parsers for tables without ruling lines see in the words of a page.

The words are set anew on a sheet of their own, upright and where they stand on the page, and camelot reads that. So its
coordinates are the page's, whatever the file's rotation, crop box, user unit or password; only the words of the table
are on the sheet; and a scanned page, of which camelot could read nothing, is as good as any other.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.model.geometry import Box
from pipeline.model.grid import TextTable
from pipeline.model.page import Page, Ruling, Word

PARSERS = ("network", "stream", "hybrid")
LETTER = 0.5  # width of Helvetica's x in em: camelot needs only places, so every letter is set as x
DESCENT = 0.207  # how deep Helvetica's letters reach below the base line, in em
MARGIN = 2.0  # points around the area, so that no word lies on its edge


def text_tables(page: Page, area: Box, words: Sequence[Word], rulings: Sequence[Ruling] = ()) -> tuple[TextTable, ...]:
    """The tables that each parser sees in `words` and `rulings` within `area`; none where there are no words."""
    if not words:
        return ()
    sheet = sheet_of(page.width, page.height, words, rulings)
    return tuple(table for parser in PARSERS for table in _parsed(sheet, parser, area.grown(MARGIN), page.height))


def _parsed(sheet: bytes, parser: str, area: Box, height: float) -> list[TextTable]:
    from camelot.io import read_pdf  # heavy, and wanted by few documents

    place = f"{area.x0:.2f},{height - area.top:.2f},{area.x1:.2f},{height - area.bottom:.2f}"
    options: dict[str, Any] = {"engine": "vector"} if parser == "hybrid" else {}  # lines as they are, no rendering
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = read_pdf(sheet, pages="1", flavor=parser, table_areas=[place], suppress_stdout=True, **options)
        except (ArithmeticError, LookupError, ValueError):
            return []  # some arrangements of text are beyond a parser: the others go on
    return [_table(parser, table, height) for table in found if table.cols and table.rows]


def _table(parser: str, table: Any, height: float) -> TextTable:
    """Camelot's (left, right) and (top, bottom) pairs, bottom-left origin, as edges with the origin at the top."""
    xs = sorted({round(float(x), 2) for column in table.cols for x in column})
    ys = sorted({round(height - float(y), 2) for row in table.rows for y in row})
    return TextTable(parser, tuple(xs), tuple(ys))


def sheet_of(width: float, height: float, words: Iterable[Word], rulings: Iterable[Ruling] = ()) -> bytes:
    """Write a PDF of one page with a run of letters in every word's box, and the rulings as lines.

    Words that are not upright are set upright, at the height of their middle.

    Args:
        width: Of the page, in points.
        height: Of the page, in points.
        words: What to set.
        rulings: What to draw.
    """
    content = "\n".join([*(_set(word, height) for word in words), *(_drawn(ruling, height) for ruling in rulings)])
    stream = content.encode("ascii")
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


def _drawn(ruling: Ruling, height: float) -> str:
    x0, x1 = (ruling.start, ruling.end) if ruling.axis == "h" else (ruling.at, ruling.at)
    y0, y1 = (ruling.at, ruling.at) if ruling.axis == "h" else (ruling.start, ruling.end)
    return f"{ruling.width:.2f} w {x0:.2f} {height - y0:.2f} m {x1:.2f} {height - y1:.2f} l S"


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
